"""Expressions of laws from the history of a Git repository of Markdown files.

The repository is read as data along the first parents from HEAD; hooks, filters and settings are not executed and
nothing is fetched. A law is a Markdown file with front matter. The removal of a file implies nothing about its law.
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
_FIRST_DAY = "1971-01-01"  # Git has no dates before 1970; older ones are recorded as 1970
_DAMAGED = (KeyError, ValueError, OSError, zlib.error, FileFormatException, ObjectFormatException)


@dataclass(frozen=True, slots=True)
class LawVersion:
    """An expression of the law in the file ``path``, introduced by ``commit``; ``claim`` is its period of validity."""

    path: str
    commit: str
    content: bytes
    claim: Claim

    @property
    def name(self) -> str:
        """The file name."""
        return printable(PurePosixPath(self.path).name)

    @property
    def place(self) -> str:
        """The origin of the expression: repository, path and commit."""
        return f"{self.claim.place}@{self.commit}"


@dataclass(frozen=True, slots=True)
class _Change:
    """A new text of a file; ``order`` counts commits, ``day`` is ISO 8601 or empty; ``is_stated``: by the message."""

    order: int
    commit: str
    blob: ObjectID
    day: str
    is_stated: bool


def ensure_history(repository: Path) -> None:
    """Raise ``indexing.no_history`` if ``repository`` is not a Git repository."""
    try:
        Repo(str(repository)).close()
    except NotGitRepository as error:
        raise RogatioError("indexing.no_history", path=str(repository)) from error


def law_versions(repository: Path, under: Collection[str] = ()) -> Iterator[tuple[LawVersion, ...]]:
    """Yield for each law its expressions, oldest first; ``under`` restricts to files or folders.

    Of several texts for one day the last counts; a text with the same words as its predecessor is no new expression.
    Raises ``indexing.no_history`` for anything but a Git repository, ``indexing.history_unreadable`` if it is damaged.
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
    """Return all texts of each file, by path."""
    changes: dict[str, list[_Change]] = defaultdict(list)
    tree = None
    for order, commit in enumerate(_main_line(repo)):
        changed = [
            (path, change.new.sha)
            for change in tree_changes(repo.object_store, tree, commit.tree)
            if change.new and change.new.sha and change.new.mode and S_ISREG(change.new.mode)
            if (path := (change.new.path or b"").decode("utf-8", "backslashreplace")).lower().endswith(_MARKDOWN)
        ]
        tree = commit.tree
        day, is_stated = _day(commit, len(changed))
        for path, blob in changed:
            if not under or any(path == part or path.startswith(f"{part.rstrip('/')}/") for part in under):
                changes[path].append(_Change(order, commit.id.decode(), blob, day, is_stated))
    return changes


def _main_line(repo: Repo) -> list[Commit]:
    """Return the commits along first parents, oldest first; those of a shallow clone begin at its boundary."""
    line: list[Commit] = []
    following: ObjectID | None = repo.head()
    while following:
        commit = repo.object_store[following]
        assert isinstance(commit, Commit)
        line.append(commit)
        following = next(iter(repo.get_parents(following, commit)), None)
    return line[::-1]


def _day(commit: Commit, laws: int) -> tuple[str, bool]:
    """Return the day of a commit and whether its message states it; otherwise the day is that of authorship.

    A stated day applies to all files of a reform, but not of an import with more than ``_LAWS_OF_A_REFORM`` files.
    """
    if laws <= _LAWS_OF_A_REFORM:
        for stated in labelled_days(commit.message.decode("utf-8", "replace")):
            return stated, True
    offset = timezone(timedelta(seconds=commit.author_timezone))
    authored = datetime.fromtimestamp(commit.author_time, UTC).astimezone(offset).date().isoformat()
    return (authored if authored >= _FIRST_DAY else ""), False


def _versions(repo: Repo, place: str, path: str, changes: list[_Change]) -> Iterator[LawVersion]:
    last_of_a_day = {change.day: change for change in changes}
    before: tuple[bytes, ...] = ()
    for latest in sorted(last_of_a_day.values(), key=lambda last: (last.day, last.order)):
        content: bytes = repo.object_store[latest.blob].as_raw_string()
        if (words := _words(content)) and words != before:
            validity = exactly(latest.day) if latest.is_stated else Validity(latest.day)
            claim = Claim((), validity, HISTORY, f"commit {latest.commit[:12]}", place=place)
            yield LawVersion(path, latest.commit, content, claim)
            before = words


def _words(content: bytes) -> tuple[bytes, ...]:
    """Return status and words, which distinguish expressions; nothing for a file without front matter."""
    front = _FRONT_MATTER.match(content)
    if not front:
        return ()
    status = _STATUS.search(front[1])
    return (status[1].strip() if status else b"", *content[front.end() :].split())
