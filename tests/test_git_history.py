"""Laws from a Git history: each text with its day, read as data, and point-in-time search over them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from dulwich.objects import Blob, Commit, Tree
from dulwich.repo import Repo

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.ingest.git_history import law_versions
from indexing.ingest.ingest import ingest_history
from indexing.ingest.status import status as installation_status
from indexing.installation import Installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.works.provision_history import law_of
from indexing.works.works import work

LAW = """---
title: "Ley Nº 19574 - Ley integral contra el lavado de activos"
country: "uy"
official_type: "Ley"
official_number: "19574"
year: "2017"
status: "{status}"
{more}---
# Ley Nº 19574

## Artículo 1

El que convierta dinero será castigado con {years} años de prisión.

## Artículo 2

Esta ley rige desde su publicación.
"""
PATH = "uy/UY-ley-19574.md"


def law(years: str, status: str = "in_force", more: str = "") -> bytes:
    return LAW.format(years=years, status=status, more=more).encode()


class History:
    """A repository that is written commit by commit."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.path = folder
        self.repo = Repo.init(str(folder))
        self.files: dict[str, bytes] = {}
        self.head: bytes | None = None

    def commit(self, message: str, seconds: int = 1_700_000_000, **changed: bytes | None) -> None:
        """Commit ``changed`` texts by path, ``None`` for a file that goes; ``seconds`` is the author's clock."""
        for path, content in changed.items():
            self.files.pop(path, None)
            if content is not None:
                self.files[path] = content
        made = Commit()
        made.tree = self._tree(self.files)
        made.parents = [self.head] if self.head else []
        made.author = made.committer = b"A <a@example.org>"
        made.author_time = made.commit_time = seconds
        made.author_timezone = made.commit_timezone = 0
        made.message = message.encode()
        self.repo.object_store.add_object(made)
        self.head = made.id
        self.repo.refs[b"HEAD"] = made.id

    def _tree(self, files: dict[str, bytes]) -> bytes:
        tree = Tree()
        folders: dict[str, dict[str, bytes]] = {}
        for path, content in files.items():
            folder, slash, rest = path.partition("/")
            if slash:
                folders.setdefault(folder, {})[rest] = content
            else:
                blob = Blob.from_string(content)
                self.repo.object_store.add_object(blob)
                tree.add(path.encode(), 0o100644, blob.id)
        for folder, held in folders.items():
            tree.add(folder.encode(), 0o40000, self._tree(held))
        self.repo.object_store.add_object(tree)
        made: bytes = tree.id
        return made


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "laws")


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    opened = Installation(Settings(tmp_path / "home"))
    yield opened
    opened.close()


def starts(history: History, *under: str) -> list[list[str]]:
    return [[one.claim.validity.start for one in versions] for versions in law_versions(history.path, under)]


def at(installation: Installation, day: str) -> list[str]:
    """Return the years of prison in the text that is found on a day."""
    result = search(installation, SearchRequest(f"convierta dinero in_force:{day}", mode="words"))
    return [hit.snippet.partition("castigado con ")[2].partition(" ")[0] for hit in result.hits if hit.unit == "art. 1"]


def test_days_are_in_messages_otherwise_the_author_s_counts(history: History) -> None:
    history.commit("[bootstrap] Ley\n\nSource-Date: 2010-01-01", **{PATH: law("cinco")})
    history.commit("Reforma\n\nFecha: 2015-03-01", **{PATH: law("ocho")})
    history.commit("Reforma sin más", 1_600_000_000, **{PATH: law("nueve")})
    (versions,) = law_versions(history.path)
    assert [one.claim.validity.start for one in versions] == ["2010-01-01", "2015-03-01", "2020-09-13"]
    assert [one.claim.validity.earliest for one in versions] == ["2010-01-01", "2015-03-01", ""]
    assert [one.name for one in versions] == ["UY-ley-19574.md"] * 3
    assert len({one.place for one in versions}) == 3


def test_what_is_no_law_or_says_nothing_new_is_no_version(history: History) -> None:
    history.commit("Date: 2010-01-01", **{PATH: law("cinco"), "README.md": b"# Laws\n", "a.txt": law("x")})
    history.commit("Date: 2011-01-01", **{PATH: law("cinco", more="last_updated: 2011-01-01\n")})
    history.commit("Date: 2012-01-01", **{PATH: None})
    history.commit("Date: 2013-01-01", **{PATH: law("cinco", "repealed")})
    assert starts(history) == [["2010-01-01", "2013-01-01"]]


def test_of_texts_for_one_day_the_last_counts_in_any_order_of_commits(history: History) -> None:
    history.commit("Date: 2010-01-01", **{PATH: law("cinco")})
    history.commit("Date: 2015-01-01", **{PATH: law("ocho")})
    history.commit("[correction]\n\nDate: 2010-01-01", **{PATH: law("seis")})
    (versions,) = law_versions(history.path)
    assert [one.claim.validity.start for one in versions] == ["2010-01-01", "2015-01-01"]
    assert b"seis" in versions[0].content


def test_one_day_is_not_that_of_a_whole_import(history: History) -> None:
    laws = {f"uy/{number}.md": law(str(number)) for number in range(30)}
    history.commit("Import\n\nDate: 2010-01-01", **laws)
    assert {tuple(one) for one in starts(history)} == {("2023-11-14",)}


def test_a_day_before_git_is_not_known(history: History) -> None:
    history.commit("Código Penal de 1889", 86_400, **{PATH: law("cinco")})
    assert starts(history) == [[""]]


def test_files_and_folders_can_be_chosen(history: History) -> None:
    history.commit("Date: 2010-01-01", **{PATH: law("a"), "pe/x.md": law("b"), "pe/deep/y.md": law("c")})
    assert len(starts(history, "pe")) == 2
    assert len(starts(history, PATH)) == 1
    assert starts(history, "p") == []


def test_a_search_finds_the_text_of_the_day(history: History, installation: Installation) -> None:
    history.commit("Date: 2010-01-01", **{PATH: law("cinco")})
    history.commit("Date: 2015-03-01", **{PATH: law("ocho")})
    report = ingest_history(installation, [history.path])
    assert (report.came_in, report.indexed, report.failed) == (2, 2, 0)
    assert at(installation, "2012-06-01") == ["cinco"]
    assert at(installation, "2015-03-01") == ["ocho"]
    assert at(installation, "2009-12-31") == []
    assert ingest_history(installation, [history.path]).unchanged == 2


def test_a_law_that_was_repealed_is_in_force_no_more(history: History, installation: Installation) -> None:
    history.commit("Date: 2010-01-01", **{PATH: law("cinco")})
    history.commit("Date: 2015-03-01", **{PATH: law("cinco", "repealed")})
    for _ in range(2):
        ingest_history(installation, [history.path])
        assert at(installation, "2012-06-01") == ["cinco"]
        assert at(installation, "2015-03-01") == []
        assert at(installation, "today") == []


def test_a_correction_takes_the_place_of_what_was_stored_and_what_was_known_stays(
    history: History, installation: Installation
) -> None:
    history.commit("Date: 2010-01-01", **{PATH: law("cinco")})
    ingest_history(installation, [history.path])
    access = installation.store.access(LOCAL_USER)
    (held,) = installation.store.documents(access)
    before = law_of(installation.store, access, held.id)
    history.commit("[correction]\n\nDate: 2010-01-01", **{PATH: law("seis")})
    ingest_history(installation, [history.path])
    assert at(installation, "2012-06-01") == ["seis"]
    then = work(installation.store, access, before.id, before.expressions[0].known_from)
    assert [one.document for one in then.on("2012-06-01")] == [held.id]


def test_a_first_day_that_the_file_gives_is_surer_than_a_commit(history: History, installation: Installation) -> None:
    history.commit("Date: 2010-01-01", **{PATH: law("cinco", more='in_force_from: "2010-07-01"\n')})
    for _ in range(2):
        ingest_history(installation, [history.path])
        assert at(installation, "2010-06-30") == []
        assert at(installation, "2010-07-01") == ["cinco"]


def test_nothing_of_a_repository_runs(history: History, installation: Installation, tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    script = f"#!/bin/sh\ntouch {witness}\n"
    hook = history.path / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(script)
    hook.chmod(0o755)
    config = history.path / ".git" / "config"
    config.write_text(
        config.read_text() + f'[core]\n\tfsmonitor = {hook}\n\tpager = {hook}\n[filter "x"]\n\tsmudge = {hook}\n'
        f"[include]\n\tpath = {tmp_path / 'none'}\n[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {hook}\n"
    )
    history.commit("Date: 2010-01-01", **{PATH: law("cinco"), ".gitattributes": b"*.md filter=x\n"})
    ingest_history(installation, [history.path])
    assert at(installation, "today") == ["cinco"]
    assert not witness.exists()


def test_what_is_no_repository_or_a_damaged_one_is_reported(history: History, tmp_path: Path) -> None:
    with pytest.raises(RogatioError, match="no_history"):
        list(law_versions(tmp_path))
    installation = Installation(Settings(tmp_path / "unbegun"))
    with pytest.raises(RogatioError, match="no_history"):
        ingest_history(installation, [tmp_path])
    assert installation_status(installation, LOCAL_USER).unfinished == 0, "nothing was begun that is to be gone on with"
    installation.close()
    history.commit("Date: 2010-01-01", **{PATH: law("cinco")})
    shutil.rmtree(history.path / ".git" / "objects")
    (history.path / ".git" / "objects").mkdir()
    with pytest.raises(RogatioError, match="history_unreadable"):
        list(law_versions(history.path))
