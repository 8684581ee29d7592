"""Expressions of laws from the history of a Git repository of Markdown files.

A repository is read as data, along the first parents from its HEAD: none of its hooks, filters or settings runs, and
nothing is fetched. A law is a Markdown file with front matter. That a file is gone says nothing of the law in it.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from dulwich.diff_tree import tree_changes
from dulwich.errors import FileFormatException, NotGitRepository, ObjectFormatException
from dulwich.objects import Commit, ObjectID
from dulwich.repo import Repo

from extraction.errors import RogatioError
from indexing.ingest.arrivals import printable
from indexing.records.validity import HISTORY, Claim, Validity, exactly, labelled_days

_MARKDOWN = (".md", ".markdown")
_FRONT_MATTER = re.compile(rb"\A(?:\xef\xbb\xbf)?---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_STATUS = re.compile(rb"^status:(.*)$", re.MULTILINE)
_LAWS_OF_A_REFORM = 20
_FIRST_DAY = "1971-01-01"  # Git knows no day before 1970: what is older is put there
_DAMAGED = (KeyError, ValueError, OSError, zlib.error, FileFormatException, ObjectFormatException)


@dataclass(frozen=True, slots=True)
class LawVersion:
    """A text of the file ``path``; ``commit`` brought it."""

    path: str
    commit: str
    content: bytes
    claim: Claim

    @property
    def name(self) -> str:
        return printable(PurePosixPath(self.path).name)

    @property
    def place(self) -> str:
        return f"{self.claim.place}@{self.commit}"


@dataclass(frozen=True, slots=True)
class _Change:
    """``order`` counts commits; ``day`` is empty where nothing says it, ``is_told`` where the message does."""

    order: int
    commit: str
    blob: ObjectID
    day: str
    is_told: bool


def ensure_history(repository: Path) -> None:
    """Raise ``indexing.no_history`` for what is no Git repository."""
    try:
        Repo(str(repository)).close()
    except NotGitRepository as error:
        raise RogatioError("indexing.no_history", path=str(repository)) from error


def law_versions(repository: Path, under: Collection[str] = ()) -> Iterator[tuple[LawVersion, ...]]:
    """Yield the versions of one law after another, the oldest first, of files or folders ``under`` or all.

    Of several texts for one day the last counts, and one with the same words as the text before it is no version.
    Raises ``indexing.no_history`` for what is no Git repository, ``indexing.history_unreadable`` for a damaged one.
    """
    try:
        with Repo(str(repository)) as repo:
            root = repository.resolve()
            for path, changes in _changes(repo, under).items():
                if versions := tuple(_versions(repo, printable(f"{root}#{path}"), path, changes)):
                    yield versions
    except NotGitRepository as error:
        raise RogatioError("indexing.no_history", path=str(repository)) from error
    except _DAMAGED as error:
        raise RogatioError("indexing.history_unreadable", path=str(repository)) from error


def _changes(repo: Repo, under: Collection[str]) -> Mapping[str, list[_Change]]:
    """Return every text that each file had, by path."""
    held: dict[str, list[_Change]] = defaultdict(list)
    tree = None
    for order, commit in enumerate(_line(repo)):
        changed = [
            (path, one.new.sha)
            for one in tree_changes(repo.object_store, tree, commit.tree)
            if one.new and one.new.sha and one.new.mode and S_ISREG(one.new.mode)
            if (path := (one.new.path or b"").decode("utf-8", "backslashreplace")).lower().endswith(_MARKDOWN)
        ]
        tree = commit.tree
        day, is_told = _day(commit, len(changed))
        for path, blob in changed:
            if not under or any(path == one or path.startswith(f"{one.rstrip('/')}/") for one in under):
                held[path].append(_Change(order, commit.id.decode(), blob, day, is_told))
    return held


def _line(repo: Repo) -> list[Commit]:
    """Return the commits of the main line, the oldest first; a shallow clone begins where it was cut."""
    line: list[Commit] = []
    following: ObjectID | None = repo.head()
    while following:
        commit = repo.object_store[following]
        assert isinstance(commit, Commit)
        line.append(commit)
        following = next(iter(repo.get_parents(following, commit)), None)
    return line[::-1]


def _day(commit: Commit, laws: int) -> tuple[str, bool]:
    """Return the day that a message gives (it speaks of all files of a reform, not of an import), else its author's."""
    if laws <= _LAWS_OF_A_REFORM:
        for told in labelled_days(commit.message.decode("utf-8", "replace")):
            return told, True
    offset = timezone(timedelta(seconds=commit.author_timezone))
    written = datetime.fromtimestamp(commit.author_time, UTC).astimezone(offset).date().isoformat()
    return (written if written >= _FIRST_DAY else ""), False


def _versions(repo: Repo, place: str, path: str, changes: list[_Change]) -> Iterator[LawVersion]:
    last_of_a_day = {one.day: one for one in changes}
    before: tuple[bytes, ...] = ()
    for one in sorted(last_of_a_day.values(), key=lambda change: (change.day, change.order)):
        content: bytes = repo.object_store[one.blob].as_raw_string()
        if (words := _words(content)) and words != before:
            validity = exactly(one.day) if one.is_told else Validity(one.day)
            claim = Claim((), validity, HISTORY, f"commit {one.commit[:12]}", place=place)
            yield LawVersion(path, one.commit, content, claim)
            before = words


def _words(content: bytes) -> tuple[bytes, ...]:
    """Return what makes a text another version: its words and its status; nothing for what is no law."""
    front = _FRONT_MATTER.match(content)
    if not front:
        return ()
    status = _STATUS.search(front[1])
    return (status[1].strip() if status else b"", *content[front.end() :].split())
