"""Corrections, deletion and reindexing through the library: what the store, the engine and the disk then hold."""

import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from engine_kinds import elasticsearch_url

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Collection, Principal
from indexing.ingest.ingest import IngestOptions
from indexing.installation import Library
from indexing.records.record import Record
from indexing.search.request import SearchRequest
from indexing.settings import Settings
from indexing.store.deletion import remove
from indexing.store.derived import Derived
from indexing.store.reading import Selection
from indexing.store.schema import Status
from indexing.store.writing import ensure_collection

LETTER = "To the competent judicial authority.\n\nThe court requests the statement of the witness {name}.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(Settings(tmp_path / "home"))
    yield opened
    opened.close()


def ingest(library: Library, folder: Path, *names: str, **said: str) -> dict[str, str]:
    """Take in a letter about each name; return ids by name."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(LETTER.format(name=name))
    library.ingest([folder], IngestOptions(**said))
    access = library.store.access(LOCAL_USER)
    return {Path(one.source).stem: one.id for one in library.store.every_document(access)}


def found(library: Library, query: str, **filters: str) -> list[str]:
    request = SearchRequest(query, {name: (value,) for name, value in filters.items()}, mode="words")
    return [hit.source for hit in library.search(request).hits]


def holding(home: Path, word: bytes) -> list[str]:
    """Return the files of an installation that hold ``word`` as it stands."""
    return [path.name for path in home.rglob("*") if path.is_file() and word in path.read_bytes()]


def test_a_deleted_document_is_gone_everywhere(library: Library, tmp_path: Path) -> None:
    ids = ingest(library, tmp_path / "in", "Alvarezoide", "Bocuse")
    sha256 = library.store.document(library.store.access(LOCAL_USER), ids["Alvarezoide"]).sha256
    assert holding(tmp_path / "home", b"Alvarezoide")
    assert library.delete(ids["Alvarezoide"]) == (ids["Alvarezoide"],)
    assert found(library, "Alvarezoide") == []
    assert found(library, "Bocuse") == ["Bocuse.txt"]
    assert library.engine.count("public", [ids["Alvarezoide"]]) == 0
    assert not list((tmp_path / "home").rglob(f"*{sha256}*"))
    (line,) = library.store.deletions(library.store.access(LOCAL_USER))
    assert (line.document, line.author) == (ids["Alvarezoide"], "local")
    with pytest.raises(RogatioError, match=r"indexing\.no_such_document"):
        library.delete(ids["Alvarezoide"])


def test_a_copy_takes_the_place_of_what_was_deleted(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "b.txt").write_text(LETTER.format(name="Alvarez"))
    ids = ingest(library, folder, "Alvarez")
    first, copy = ids["Alvarez"], ids["b"]
    assert found(library, "Alvarez") == ["Alvarez.txt"]
    library.delete(first)
    assert found(library, "Alvarez") == ["b.txt"]
    access = library.store.access(LOCAL_USER)
    assert library.store.document(access, copy).status is Status.INDEXED
    library.delete(copy)
    assert found(library, "Alvarez") == []
    assert [line.original_removed for line in library.store.deletions(access)] == [False, True]


def test_what_is_inside_goes_with_its_container(library: Library, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "case.zip", "w") as package:
        for name in ("Castro", "Duarte"):
            package.writestr(f"{name}.txt", LETTER.format(name=name))
    ids = ingest(library, tmp_path / "in", "Alvarez")
    assert found(library, "Castro") == ["Castro.txt"]
    assert set(library.delete(ids["case"])) == {ids["case"], ids["Castro"], ids["Duarte"]}
    assert found(library, "witness") == ["Alvarez.txt"]
    assert len(library.store.documents(library.store.access(LOCAL_USER))) == 1


def test_a_correction_survives_ingest_reindex_and_another_reading(library: Library, tmp_path: Path) -> None:
    ids = ingest(library, tmp_path / "in", "Alvarez", jurisdiction="FR", title="As it came in")
    library.correct(ids["Alvarez"], "jurisdiction", "UY", LOCAL_USER)
    library.correct(ids["Alvarez"], "title", "Exhorto 7", LOCAL_USER)
    library.correct(ids["Alvarez"], "document_type", "rogatory_letter", LOCAL_USER)
    library.correct(ids["Alvarez"], "date", "2021-05-03", LOCAL_USER)

    def check() -> None:
        (hit,) = library.search(SearchRequest("Alvarez", {"jurisdiction": ("UY",)})).hits
        assert (hit.title, hit.document_type, hit.date) == ("Exhorto 7", "rogatory_letter", "2021-05-03")
        assert found(library, "Alvarez", jurisdiction="FR") == []
        document = library.store.document(library.store.access(LOCAL_USER), ids["Alvarez"])
        assert (document.title, document.jurisdiction, document.date) == ("Exhorto 7", "UY", "2021-05-03")

    check()
    library.reindex()
    check()
    ingest(library, tmp_path / "in", "Alvarez", jurisdiction="BR", title="Said again")
    check()


@pytest.mark.parametrize(
    ("field", "said", "held"),
    [
        ("jurisdiction", " España ", "ES"),
        ("document_type", "carta rogatoria", "rogatory_letter"),
        ("date", "2021", "2021"),
    ],
)
def test_what_is_corrected_is_kept_as_its_field_keeps_it(
    library: Library, tmp_path: Path, field: str, said: str, held: str
) -> None:
    document = ingest(library, tmp_path / "in", "Alvarez")["Alvarez"]
    library.correct(document, field, said, LOCAL_USER)
    assert getattr(library.store.document(library.store.access(LOCAL_USER), document), field) == held


@pytest.mark.parametrize(
    ("field", "said"), [("jurisdiction", "Atlantis"), ("document_type", "poem"), ("date", "lunes")]
)
def test_a_correction_to_what_is_none_is_refused(library: Library, tmp_path: Path, field: str, said: str) -> None:
    document = ingest(library, tmp_path / "in", "Alvarez")["Alvarez"]
    with pytest.raises(RogatioError, match=r"indexing\.unknown_value"):
        library.correct(document, field, said, LOCAL_USER)


def test_the_text_of_a_bad_page_is_corrected_for_good(library: Library, tmp_path: Path) -> None:
    ids = ingest(library, tmp_path / "in", "A1varcz")
    library.correct(ids["A1varcz"], "page_text", LETTER.format(name="Alvarez"), LOCAL_USER, page=1)
    assert found(library, "Alvarez") == ["A1varcz.txt"]
    assert found(library, "A1varcz") == []
    library.reindex()
    assert found(library, "Alvarez") == ["A1varcz.txt"]
    with pytest.raises(RogatioError, match=r"indexing\.no_such_page"):
        library.correct(ids["A1varcz"], "page_text", "text", LOCAL_USER, page=9)


def test_reindex_extracts_nothing(library: Library, tmp_path: Path) -> None:
    ingest(library, tmp_path / "in", "Alvarez", "Bocuse")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "home" / "derived").rglob("*.zst")}
    assert before
    for original in (tmp_path / "home" / "originals").rglob("*"):
        if original.is_file():
            os.unlink(original)
    library.engine.drop("public")
    assert found(library, "witness") == []
    progress: list[tuple[int, int]] = []
    report = library.reindex(on_progress=lambda done, known: progress.append((done, known)))
    assert (report.engine, report.documents) == ("embedded", 2)
    assert progress == [(1, 2), (2, 2)]
    assert sorted(found(library, "witness")) == ["Alvarez.txt", "Bocuse.txt"]
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_only_stale_annotations_are_made_again(library: Library, tmp_path: Path) -> None:
    ids = ingest(library, tmp_path / "in", "Alvarez", "Bocuse")
    access = library.store.access(LOCAL_USER)
    derived = Derived(tmp_path / "home")
    stale = library.store.document(access, ids["Alvarez"])
    held = derived.annotations(stale.sha256, stale.id)
    derived.write_annotations(stale.sha256, stale.id, replace(held, version="pipeline@0", spans=()), tmp_path)
    good = library.store.document(access, ids["Bocuse"])
    times = [derived.annotations_path(one.sha256, one.id).stat().st_mtime_ns for one in (stale, good)]
    library.reindex()
    again = [derived.annotations_path(one.sha256, one.id).stat().st_mtime_ns for one in (stale, good)]
    assert again[0] != times[0]
    assert again[1] == times[1]
    assert derived.annotations(stale.sha256, stale.id) == held


def test_one_space_alone_may_be_rebuilt(library: Library, tmp_path: Path) -> None:
    ingest(library, tmp_path / "in", "Alvarez")
    ingest(library, tmp_path / "more", "Bocuse", collection="fr-files")
    assert library.reindex(space="authority-fr-files").documents == 1
    assert library.reindex().documents == 2
    assert sorted(found(library, "witness")) == ["Alvarez.txt", "Bocuse.txt"]


def test_an_engine_that_there_is_not_is_refused(library: Library) -> None:
    with pytest.raises(RogatioError, match=r"indexing\.no_such_engine"):
        library.reindex("solr")


def test_what_is_deleted_while_it_is_on_its_way_never_comes_back(library: Library, tmp_path: Path) -> None:
    """The worker has it already: neither the index nor the disk keeps anything of what it makes."""
    folder = tmp_path / "in"
    ingest(library, folder, "Bocuse")
    (folder / "Alvarezoide.txt").write_text(LETTER.format(name="Alvarezoide"))

    def delete() -> None:
        access = library.store.access(LOCAL_USER)
        for one in library.store.documents(access, Selection(source="Alvarezoide.txt", status=Status.WAITING)):
            library.delete(one.id)

    write = library.engine.write

    def write_late(space: str, records: Iterable[Record]) -> None:
        delete()
        write(space, records)

    library.engine.write = write_late  # type: ignore[method-assign]
    library.ingest([folder / "Alvarezoide.txt"])
    assert library.store.deletions(library.store.access(LOCAL_USER))
    assert found(library, "Alvarezoide") == []
    assert library.engine.count("public") == library.engine.count("public", [hit_id(library, "Bocuse")])
    assert len(list((tmp_path / "home" / "originals").rglob("*/*"))) == 1
    assert len(list((tmp_path / "home" / "derived").rglob("document.json.zst"))) == 1


def hit_id(library: Library, query: str) -> str:
    return library.search(SearchRequest(query)).hits[0].document_id


def test_a_document_deleted_during_a_rebuild_does_not_stop_it(library: Library, tmp_path: Path) -> None:
    ids = ingest(library, tmp_path / "in", "Alvarezoide", "Bocuse", "Castro")

    def delete(done: int, known: int) -> None:
        access = library.store.access(LOCAL_USER)
        for one in library.store.documents(access, Selection(source="Castro.txt")):
            remove(library.store, one, "local")  # what ``delete`` does first waits until the rebuild is done

    library.reindex(on_progress=delete, workers=1)
    library.engine.delete("public", [ids["Castro"]])
    assert sorted(found(library, "witness")) == ["Alvarezoide.txt", "Bocuse.txt"]
    assert len(list((tmp_path / "home" / "derived").rglob("*.zst"))) == 8


def test_a_copy_in_another_case_file_is_found_in_its_own(library: Library, tmp_path: Path) -> None:
    first = ingest(library, tmp_path / "in", "Alvarez", case_file="7/2020")
    ingest(library, tmp_path / "more", "Alvarez", case_file="8/2021")
    access = library.store.access(LOCAL_USER)
    for case_file in ("7/2020", "8/2021"):
        (hit,) = library.search(SearchRequest("Alvarez", {"case_file": (case_file,)})).hits
        assert library.store.document(access, hit.document_id).case_file == case_file
    sha256 = library.store.document(access, first["Alvarez"]).sha256
    assert len(library.store.documents(access, Selection(collection="public", sha256=sha256))) == 2
    library.delete(first["Alvarez"])
    assert found(library, "Alvarez", case_file="8/2021") == ["Alvarez.txt"]
    assert library.store.page_text(access, hit.document_id)


def test_the_line_of_a_deletion_does_not_tell_of_other_collections(library: Library, tmp_path: Path) -> None:
    ids = ingest(library, tmp_path / "in", "Alvarez", collection="fr-files")
    library.ingest([tmp_path / "in"], IngestOptions(collection="br-files"))
    library.delete(ids["Alvarez"] if found(library, "Alvarez", collection="fr-files") else "")
    (line,) = library.store.deletions(library.store.access(LOCAL_USER))
    assert line.original_removed
    assert found(library, "Alvarez", collection="br-files" if line.collection == "fr-files" else "fr-files")


def test_who_sees_a_part_of_a_space_is_told_no_count_of_the_whole(library: Library, tmp_path: Path) -> None:
    ingest(library, tmp_path / "in", "Alvarez", collection="fr-files")
    ensure_collection(library.store, Collection("fr-more", "More", "fr-files"), LOCAL_USER)
    assert library.status(LOCAL_USER).records["authority-fr-files"] > 0
    assert library.status(Principal("x", frozenset({"fr-more"}))).records == {}


def test_an_installation_is_its_owner_s_alone(library: Library, tmp_path: Path) -> None:
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0


@pytest.mark.elasticsearch
def test_from_embedded_to_elasticsearch_by_one_command(tmp_path: Path) -> None:
    url = elasticsearch_url()
    home, collection = tmp_path / "home", f"moved-{uuid4().hex[:8]}"
    library = Library(Settings(home, elasticsearch_url=url))
    ids = ingest(library, tmp_path / "in", "Alvarez", "Bocuse", collection=collection)
    space = f"authority-{collection}"
    report = library.reindex("elasticsearch", space)
    moved = Library(Settings(home, engine="elasticsearch", elasticsearch_url=url))
    try:
        assert (report.engine, report.documents) == ("elasticsearch", 2)
        assert moved.engine.count(space) == library.engine.count(space)
        assert found(moved, "witness Bocuse")[0] == "Bocuse.txt"
        moved.delete(ids["Bocuse"])
        assert found(moved, "Bocuse") == []
        assert len(moved.store.documents(moved.store.access(LOCAL_USER), Selection(collection=collection))) == 1
    finally:
        moved.engine.drop(space)


def test_a_space_that_there_is_not_is_told_with_those_there_are(library: Library, tmp_path: Path) -> None:
    ingest(library, tmp_path / "in", "Alvarez")
    with pytest.raises(RogatioError, match=r"indexing\.no_such_space: .*public"):
        library.reindex(space="nowhere")
