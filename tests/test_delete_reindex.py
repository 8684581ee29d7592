"""Corrections, deletion and reindexing through the library: resulting state of store, engine and disk."""

import os
import threading
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from engine_kinds import elasticsearch_url

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Collection, Principal
from indexing.ingest.corrections import correct
from indexing.ingest.corrections import delete as delete_document
from indexing.ingest.ingest import IngestOptions
from indexing.ingest.ingest import ingest as ingest_files
from indexing.ingest.reindexing import reindex
from indexing.ingest.status import status
from indexing.installation import Installation
from indexing.records.record import Record
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.store.deletion import finish_removals, remove_documents
from indexing.store.derived import Derived
from indexing.store.reading import Selection
from indexing.store.schema import Status
from indexing.store.writing import ensure_collection, settle

LETTER = "To the competent judicial authority.\n\nThe court requests the statement of the witness {name}.\n"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    opened = Installation(Settings(tmp_path / "home"))
    yield opened
    opened.close()


def ingest(installation: Installation, folder: Path, *names: str, **said: str) -> dict[str, str]:
    """Take in a letter about each name; return ids by name."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(LETTER.format(name=name))
    ingest_files(installation, [folder], IngestOptions(**said))
    access = installation.store.access(LOCAL_USER)
    return {Path(one.source).stem: one.id for one in installation.store.every_document(access)}


def hit_sources(installation: Installation, query: str, **filters: str) -> list[str]:
    request = SearchRequest(query, {name: (value,) for name, value in filters.items()}, mode="words")
    return [hit.source for hit in search(installation, request).hits]


def holding(home: Path, word: bytes) -> list[str]:
    """Return the files of an installation that hold ``word`` as it stands."""
    return [path.name for path in home.rglob("*") if path.is_file() and word in path.read_bytes()]


def test_a_deleted_document_is_gone_everywhere(installation: Installation, tmp_path: Path) -> None:
    ids = ingest(installation, tmp_path / "in", "Alvarezoide", "Bocuse")
    sha256 = installation.store.document(installation.store.access(LOCAL_USER), ids["Alvarezoide"]).sha256
    assert holding(tmp_path / "home", b"Alvarezoide")
    assert delete_document(installation, ids["Alvarezoide"]) == (ids["Alvarezoide"],)
    assert hit_sources(installation, "Alvarezoide") == []
    assert hit_sources(installation, "Bocuse") == ["Bocuse.txt"]
    assert installation.engine.count("public", [ids["Alvarezoide"]]) == 0
    assert not list((tmp_path / "home").rglob(f"*{sha256}*"))
    (line,) = installation.store.deletions(installation.store.access(LOCAL_USER))
    assert (line.document, line.author) == (ids["Alvarezoide"], "local")
    with pytest.raises(RogatioError, match=r"indexing\.no_such_document"):
        delete_document(installation, ids["Alvarezoide"])


def test_a_copy_takes_the_place_of_what_was_deleted(installation: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "b.txt").write_text(LETTER.format(name="Alvarez"))
    ids = ingest(installation, folder, "Alvarez")
    first, copy = ids["Alvarez"], ids["b"]
    assert hit_sources(installation, "Alvarez") == ["Alvarez.txt"]
    delete_document(installation, first)
    assert hit_sources(installation, "Alvarez") == ["b.txt"]
    access = installation.store.access(LOCAL_USER)
    assert installation.store.document(access, copy).status is Status.INDEXED
    delete_document(installation, copy)
    assert hit_sources(installation, "Alvarez") == []
    assert [line.original_removed for line in installation.store.deletions(access)] == [False, True]


def test_what_is_inside_goes_with_its_container(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "case.zip", "w") as package:
        for name in ("Castro", "Duarte"):
            package.writestr(f"{name}.txt", LETTER.format(name=name))
    ids = ingest(installation, tmp_path / "in", "Alvarez")
    assert hit_sources(installation, "Castro") == ["Castro.txt"]
    assert set(delete_document(installation, ids["case"])) == {ids["case"], ids["Castro"], ids["Duarte"]}
    assert hit_sources(installation, "witness") == ["Alvarez.txt"]
    assert len(installation.store.documents(installation.store.access(LOCAL_USER))) == 1


def test_a_correction_survives_ingest_reindex_and_another_reading(installation: Installation, tmp_path: Path) -> None:
    ids = ingest(installation, tmp_path / "in", "Alvarez", jurisdiction="FR", title="As it came in")
    correct(installation, ids["Alvarez"], {"jurisdiction": "UY"}, LOCAL_USER)
    correct(installation, ids["Alvarez"], {"title": "Exhorto 7"}, LOCAL_USER)
    correct(installation, ids["Alvarez"], {"document_type": "rogatory_letter"}, LOCAL_USER)
    correct(installation, ids["Alvarez"], {"date": "2021-05-03"}, LOCAL_USER)

    def check() -> None:
        (hit,) = search(installation, SearchRequest("Alvarez", {"jurisdiction": ("UY",)})).hits
        assert (hit.title, hit.document_type, hit.date) == ("Exhorto 7", "rogatory_letter", "2021-05-03")
        assert hit_sources(installation, "Alvarez", jurisdiction="FR") == []
        document = installation.store.document(installation.store.access(LOCAL_USER), ids["Alvarez"])
        assert (document.title, document.jurisdiction, document.date) == ("Exhorto 7", "UY", "2021-05-03")

    check()
    reindex(installation)
    check()
    ingest(installation, tmp_path / "in", "Alvarez", jurisdiction="BR", title="Said again")
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
    installation: Installation, tmp_path: Path, field: str, said: str, held: str
) -> None:
    document = ingest(installation, tmp_path / "in", "Alvarez")["Alvarez"]
    correct(installation, document, {field: said}, LOCAL_USER)
    assert getattr(installation.store.document(installation.store.access(LOCAL_USER), document), field) == held


@pytest.mark.parametrize(
    ("field", "said"), [("jurisdiction", "Atlantis"), ("document_type", "poem"), ("date", "lunes")]
)
def test_a_correction_to_an_invalid_value_is_refused(
    installation: Installation, tmp_path: Path, field: str, said: str
) -> None:
    document = ingest(installation, tmp_path / "in", "Alvarez")["Alvarez"]
    with pytest.raises(RogatioError, match=r"indexing\.unknown_value"):
        correct(installation, document, {field: said}, LOCAL_USER)


def test_the_text_of_a_bad_page_is_corrected_for_good(installation: Installation, tmp_path: Path) -> None:
    ids = ingest(installation, tmp_path / "in", "A1varcz")
    correct(installation, ids["A1varcz"], {"page_text": LETTER.format(name="Alvarez")}, LOCAL_USER, page=1)
    assert hit_sources(installation, "Alvarez") == ["A1varcz.txt"]
    assert hit_sources(installation, "A1varcz") == []
    reindex(installation)
    assert hit_sources(installation, "Alvarez") == ["A1varcz.txt"]
    with pytest.raises(RogatioError, match=r"indexing\.no_such_page"):
        correct(installation, ids["A1varcz"], {"page_text": "text"}, LOCAL_USER, page=9)


def test_reindex_extracts_nothing(installation: Installation, tmp_path: Path) -> None:
    ingest(installation, tmp_path / "in", "Alvarez", "Bocuse")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "home" / "derived").rglob("*.zst")}
    assert before
    for original in (tmp_path / "home" / "originals").rglob("*"):
        if original.is_file():
            os.unlink(original)
    installation.engine.drop("public")
    assert hit_sources(installation, "witness") == []
    progress: list[tuple[int, int]] = []
    report = reindex(installation, on_progress=lambda done, known: progress.append((done, known)))
    assert (report.engine, report.documents) == ("embedded", 2)
    assert progress == [(1, 2), (2, 2)]
    assert sorted(hit_sources(installation, "witness")) == ["Alvarez.txt", "Bocuse.txt"]
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_only_stale_annotations_are_made_again(installation: Installation, tmp_path: Path) -> None:
    ids = ingest(installation, tmp_path / "in", "Alvarez", "Bocuse")
    access = installation.store.access(LOCAL_USER)
    derived = Derived(tmp_path / "home")
    stale = installation.store.document(access, ids["Alvarez"])
    held = derived.annotations(stale.sha256, stale.id, stale.annotations)
    good = installation.store.document(access, ids["Bocuse"])
    paths = [derived.annotations_path(one.sha256, one.id, one.annotations) for one in (stale, good)]
    paths[0].unlink()
    derived.write_annotations(stale.sha256, stale.id, "0" * 32, replace(held, version="pipeline@0"), tmp_path)
    settle(installation.store, [(stale.id, {"annotation_version": "pipeline@0", "annotations": "0" * 32})])
    time = paths[1].stat().st_mtime_ns
    reindex(installation)
    assert sorted((tmp_path / "home" / "derived").rglob("annotations-*")) == sorted(paths)
    assert paths[1].stat().st_mtime_ns == time
    assert installation.store.annotations(access, stale.id) == held


def test_one_partition_alone_may_be_rebuilt(installation: Installation, tmp_path: Path) -> None:
    ingest(installation, tmp_path / "in", "Alvarez")
    ingest(installation, tmp_path / "more", "Bocuse", collection="fr-files")
    assert reindex(installation, partition="authority-fr-files").documents == 1
    assert reindex(installation).documents == 2
    assert sorted(hit_sources(installation, "witness")) == ["Alvarez.txt", "Bocuse.txt"]


def test_an_index_of_another_release_is_built_again_also_after_a_deletion(
    installation: Installation, tmp_path: Path
) -> None:
    ids = ingest(installation, tmp_path / "in", "Alvarez", "Bocuse")
    folder = tmp_path / "home" / "index" / "public"
    (folder / (folder / "current").read_text()).rename(folder / "v000001-0")
    (folder / "current").write_text("v000001-0")
    with pytest.raises(RogatioError, match="index_of_other_version"):
        delete_document(installation, ids["Alvarez"])
    taken: list[object] = []
    with pytest.raises(RogatioError, match="index_of_other_version"):
        ingest_files(installation, [tmp_path / "in" / "Bocuse.txt"], on_event=taken.append)
    assert not taken  # it is refused before a file is read
    assert reindex(installation).documents == 1
    assert (hit_sources(installation, "Alvarez"), hit_sources(installation, "Bocuse")) == ([], ["Bocuse.txt"])


def test_an_engine_that_does_not_exist_is_refused(installation: Installation) -> None:
    with pytest.raises(RogatioError, match=r"indexing\.no_such_engine"):
        reindex(installation, "solr")


def test_what_is_deleted_while_it_is_on_its_way_never_comes_back(installation: Installation, tmp_path: Path) -> None:
    """The worker has it already: neither the index nor the disk keeps anything of what it makes."""
    folder = tmp_path / "in"
    ingest(installation, folder, "Bocuse")
    (folder / "Alvarezoide.txt").write_text(LETTER.format(name="Alvarezoide"))

    def delete() -> None:
        access = installation.store.access(LOCAL_USER)
        for one in installation.store.documents(access, Selection(source="Alvarezoide.txt", status=Status.WAITING)):
            delete_document(installation, one.id)

    write = installation.engine.write
    deleting = threading.Thread(target=delete)

    def write_late(partition: str, records: Iterable[Record]) -> str:
        deleting.start()
        while not installation.store.deletions(installation.store.access(LOCAL_USER)):
            time.sleep(0.01)
        return write(partition, records)

    installation.engine.write = write_late  # type: ignore[method-assign]
    ingest_files(installation, [folder / "Alvarezoide.txt"])
    deleting.join()
    assert installation.store.deletions(installation.store.access(LOCAL_USER))
    assert hit_sources(installation, "Alvarezoide") == []
    assert installation.engine.count("public") == installation.engine.count("public", [hit_id(installation, "Bocuse")])
    assert len(list((tmp_path / "home" / "originals").rglob("*/*"))) == 1
    assert len(list((tmp_path / "home" / "derived").rglob("document.json.zst"))) == 1


def hit_id(installation: Installation, query: str) -> str:
    return search(installation, SearchRequest(query)).hits[0].document_id


def test_a_document_deleted_during_a_rebuild_does_not_stop_it(installation: Installation, tmp_path: Path) -> None:
    ingest(installation, tmp_path / "in", "Alvarezoide", "Bocuse", "Castro")

    def delete(done: int, known: int) -> None:
        access = installation.store.access(LOCAL_USER)
        for one in installation.store.documents(access, Selection(source="Castro.txt")):
            remove_documents(
                installation.store, [one], "local", "embedded"
            )  # what is left to do waits until the rebuild is done

    reindex(installation, on_progress=delete, workers=1)
    finish_removals(installation.store, installation.engine)
    assert sorted(hit_sources(installation, "witness")) == ["Alvarezoide.txt", "Bocuse.txt"]
    assert len(list((tmp_path / "home" / "derived").rglob("*.zst"))) == 8


def test_a_copy_in_another_case_file_is_found_in_its_own(installation: Installation, tmp_path: Path) -> None:
    first = ingest(installation, tmp_path / "in", "Alvarez", case_file="7/2020")
    ingest(installation, tmp_path / "more", "Alvarez", case_file="8/2021")
    access = installation.store.access(LOCAL_USER)
    for case_file in ("7/2020", "8/2021"):
        (hit,) = search(installation, SearchRequest("Alvarez", {"case_file": (case_file,)})).hits
        assert installation.store.document(access, hit.document_id).case_file == case_file
    sha256 = installation.store.document(access, first["Alvarez"]).sha256
    assert len(installation.store.documents(access, Selection(collection="public", sha256=sha256))) == 2
    delete_document(installation, first["Alvarez"])
    assert hit_sources(installation, "Alvarez", case_file="8/2021") == ["Alvarez.txt"]
    assert installation.store.page_text(access, hit.document_id)


def test_the_line_of_a_deletion_does_not_reveal_other_collections(installation: Installation, tmp_path: Path) -> None:
    ids = ingest(installation, tmp_path / "in", "Alvarez", collection="fr-files")
    ingest_files(installation, [tmp_path / "in"], IngestOptions(collection="br-files"))
    delete_document(installation, ids["Alvarez"] if hit_sources(installation, "Alvarez", collection="fr-files") else "")
    (line,) = installation.store.deletions(installation.store.access(LOCAL_USER))
    assert line.original_removed
    assert hit_sources(installation, "Alvarez", collection="br-files" if line.collection == "fr-files" else "fr-files")


def test_who_sees_a_part_of_a_partition_sees_no_count_of_the_whole(installation: Installation, tmp_path: Path) -> None:
    ingest(installation, tmp_path / "in", "Alvarez", collection="fr-files")
    ensure_collection(installation.store, Collection("fr-more", "More", "fr-files"), LOCAL_USER)
    assert status(installation, LOCAL_USER).records["authority-fr-files"] > 0
    assert status(installation, Principal("x", frozenset({"fr-more"}))).records == {}


def test_an_installation_is_its_owner_s_alone(installation: Installation, tmp_path: Path) -> None:
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0


@pytest.mark.elasticsearch
def test_from_embedded_to_elasticsearch_by_one_command(tmp_path: Path) -> None:
    url = elasticsearch_url()
    home, collection = tmp_path / "home", f"moved-{uuid4().hex[:8]}"
    installation = Installation(Settings(home, elasticsearch_url=url))
    ids = ingest(installation, tmp_path / "in", "Alvarez", "Bocuse", collection=collection)
    partition = f"authority-{collection}"
    report = reindex(installation, "elasticsearch", partition)
    moved = Installation(Settings(home, engine="elasticsearch", elasticsearch_url=url))
    try:
        assert (report.engine, report.documents) == ("elasticsearch", 2)
        assert moved.engine.count(partition) == installation.engine.count(partition)
        assert hit_sources(moved, "witness Bocuse")[0] == "Bocuse.txt"
        delete_document(moved, ids["Bocuse"])
        assert hit_sources(moved, "Bocuse") == []
        assert len(moved.store.documents(moved.store.access(LOCAL_USER), Selection(collection=collection))) == 1
    finally:
        moved.engine.drop(partition)


def test_a_partition_that_does_not_exist_is_reported_with_the_existing_ones(
    installation: Installation, tmp_path: Path
) -> None:
    ingest(installation, tmp_path / "in", "Alvarez")
    with pytest.raises(RogatioError, match=r"indexing\.no_such_space: .*public"):
        reindex(installation, partition="nowhere")


def test_deleting_what_has_no_bytes_leaves_everything_else(installation: Installation, tmp_path: Path) -> None:
    """A damaged member of a package has neither bytes nor a folder of its own."""
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "case.zip", "w") as package:
        package.writestr("../Castro.txt", LETTER.format(name="Castro"))
    ids = ingest(installation, tmp_path / "in", "Alvarez")
    assert set(delete_document(installation, ids["case"])) == {ids["case"], ids["Castro"]}
    access = installation.store.access(LOCAL_USER)
    assert "Alvarez" in installation.store.text(access, ids["Alvarez"])
    assert installation.store.original(access, ids["Alvarez"]).is_file()
