"""Store on SQLite and PostgreSQL: every record is stored once, with the author of each change."""

import os
import stat
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import MetaData, delete, update
from sqlalchemy.orm import Session
from store_records import ANNOTATIONS, BRAZIL, DOCUMENT, FRANCE, PUBLIC, add_document

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, AccessFilter
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.settings import Settings
from indexing.store.deletion import finish_removals, remove_documents
from indexing.store.index_entries import pending
from indexing.store.page_corrections import with_page_texts, words_with_page_texts
from indexing.store.reading import Selection, Store
from indexing.store.schema import DatabaseOwnerRow, DocumentRow, Status
from indexing.store.writing import add_items, begin_batch, finish_batch, record_corrections, settle


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    opened = Store(Settings(tmp_path / "home", database_url=url))
    assert opened.database.dialect.name == request.param
    yield opened
    held = MetaData()
    held.reflect(opened.database)  # what is there, and not only the tables of the modules that were imported
    held.drop_all(opened.database)
    opened.close()


def test_a_database_is_not_opened_with_another_home(postgresql_url: str, tmp_path: Path) -> None:
    """Its folder may be moved; another folder has neither the originals nor the index that the records name."""
    home, moved, other = (Settings(tmp_path / name, database_url=postgresql_url) for name in ("home", "moved", "other"))
    first = Store(home)
    add_document(first, tmp_path, PUBLIC, b"an act")
    with first.database.begin() as connection:  # a database of a release that made no marks
        connection.execute(delete(DatabaseOwnerRow))
    first.close()
    home.home.rename(moved.home)
    for settings in (other, moved, other):
        with nullcontext() if settings is moved else pytest.raises(RogatioError, match=r"database_of_another_home"):
            Store(settings).close()
    held, known = Store(moved), MetaData()
    known.reflect(held.database)
    known.drop_all(held.database)
    held.close()


def test_what_went_in_comes_out(store: Store, tmp_path: Path) -> None:
    document_id = add_document(store, tmp_path, PUBLIC, b"%PDF", case_file="12/2021")
    access = store.access(LOCAL_USER)
    document = store.document(access, document_id)
    assert (document.source, document.size, document.status, document.case_file) == (
        "letter.pdf",
        4,
        Status.INDEXED,
        "12/2021",
    )
    assert store.reading(access, document_id) == DOCUMENT
    assert store.words(access, document_id).rows.tolist() == DOCUMENT.words.rows.tolist()
    assert store.annotations(access, document_id) == ANNOTATIONS
    assert store.original(access, document_id).read_bytes() == b"%PDF"
    assert stat.S_IMODE(store.original(access, document_id).stat().st_mode) == 0o444
    assert store.page_text(access, document_id, 3) == "Troisième page."
    assert store.case_files(access, "public") == ("12/2021",)
    assert store.counts(access) == {"indexed": 1, "pages": 3, "passages": 2}


def test_the_same_file_is_one_document_and_a_copy_is_linked_within_its_collection(store: Store, tmp_path: Path) -> None:
    first = add_document(store, tmp_path, FRANCE, b"a letter")
    assert add_document(store, tmp_path, FRANCE, b"a letter") == first
    copy = add_document(store, tmp_path, FRANCE, b"a letter", place="/in/again.pdf", source="again.pdf")
    elsewhere = add_document(store, tmp_path, BRAZIL, b"a letter")
    access = store.access(LOCAL_USER)
    assert len({first, copy, elsewhere}) == 3
    assert store.document(access, copy).duplicate_of == first
    assert store.document(access, elsewhere).duplicate_of == ""
    assert store.reading(access, copy) == DOCUMENT
    assert store.annotations(access, copy) == ANNOTATIONS
    assert [one.id for one in store.documents(access, Selection(duplicate_of=first))] == [copy]


def test_what_was_added_last_is_listed_first_and_continues_after_a_page(store: Store, tmp_path: Path) -> None:
    added = [
        add_document(store, tmp_path, FRANCE, f"letter {number}".encode(), place=f"/in/{number}.pdf")
        for number in range(5)
    ]
    access = store.access(LOCAL_USER)
    assert [one.id for one in store.latest(access)] == added[::-1]
    assert [one.id for one in store.latest(access, limit=2)] == added[:2:-1]
    assert [one.id for one in store.latest(access, after=added[3])] == added[2::-1]
    assert [one.id for one in store.latest(access, Selection(source="none.pdf"))] == []
    with pytest.raises(RogatioError, match="no_such_document"):
        store.latest(AccessFilter("nobody", ()), after=added[3])


def test_documents_of_one_moment_are_each_listed_once(store: Store, tmp_path: Path) -> None:
    for number in range(4):
        add_document(store, tmp_path, FRANCE, f"letter {number}".encode(), place=f"/in/{number}.pdf")
    with Session(store.database) as session, session.begin():
        session.execute(update(DocumentRow).values(added=datetime(2030, 1, 1, tzinfo=UTC)))
    access, listed, after = store.access(LOCAL_USER), [], ""
    while page := store.latest(access, after=after, limit=1):
        listed.append(page[0].id)
        after = page[0].id
    assert listed == sorted(one.id for one in store.documents(access))


def test_a_deletion_leaves_nothing_but_its_line(store: Store, tmp_path: Path) -> None:
    document_id = add_document(store, tmp_path, FRANCE, b"a letter")
    access = store.access(LOCAL_USER)
    document = store.document(access, document_id)
    batch = begin_batch(store, FRANCE.id, "local")
    line = {"ordinal": 1, "source": "letter.pdf", "document": document_id, "collection": FRANCE.id}
    add_items(store, batch, [{**line, "status": Status.INDEXED}])
    record_corrections(store, document_id, {"title": "Rogatoire"}, "ana")
    image = tmp_path / "home" / "cache" / "pages" / document.sha256[:2] / document.sha256 / "1-800.webp"
    image.parent.mkdir(parents=True)
    image.write_bytes(b"an image of the page")
    remove_documents(store, [document], "ana", "embedded")
    assert list((tmp_path / "home").rglob(f"*{document.sha256[:8]}*")) != []
    finish_removals(store, EmbeddedEngine(tmp_path / "home"))
    with pytest.raises(RogatioError, match="no_such_document"):
        store.document(access, document_id)
    assert list((tmp_path / "home").rglob(f"*{document.sha256[:8]}*")) == []
    (left,) = store.deletions(access)
    assert (left.document, left.sha256, left.author, left.original_removed) == (
        document_id,
        document.sha256,
        "ana",
        True,
    )
    assert [item.source for item in store.items(access, batch)] == [""]


def test_bytes_stay_while_another_document_has_them_and_a_copy_takes_over(store: Store, tmp_path: Path) -> None:
    first = add_document(store, tmp_path, FRANCE, b"a letter")
    copies = [add_document(store, tmp_path, FRANCE, b"a letter", place=place) for place in ("/b", "/c")]
    elsewhere = add_document(store, tmp_path, BRAZIL, b"a letter")
    access = store.access(LOCAL_USER)
    remove_documents(store, [store.document(access, first)], "ana", "embedded")
    finish_removals(store, EmbeddedEngine(tmp_path / "home"))
    (heir,) = [one for one in copies if not store.document(access, one).duplicate_of]
    (other,) = set(copies) - {heir}
    assert store.document(access, heir).status is Status.WAITING
    assert pending(store, "embedded", FRANCE.id, "") == [heir]
    assert store.document(access, other).duplicate_of == heir
    assert store.original(access, elsewhere).read_bytes() == b"a letter"
    assert store.deletions(access)[0].original_removed is False


def test_corrections_stay_with_author_and_the_newest_counts(store: Store, tmp_path: Path) -> None:
    document_id = add_document(store, tmp_path, FRANCE, b"a letter")
    record_corrections(store, document_id, {"title": "Rogatoire"}, "ana")
    record_corrections(store, document_id, {"title": "Commission rogatoire"}, "luis")
    access = store.access(LOCAL_USER)
    assert store.document(access, document_id).title == "Commission rogatoire"
    made = store.corrections(access, document_id)
    assert [(one.author, one.value) for one in made] == [("ana", "Rogatoire"), ("luis", "Commission rogatoire")]
    with pytest.raises(RogatioError, match="not_correctable"):
        record_corrections(store, document_id, {"sha256": "0"}, "ana")


def test_a_corrected_page_reads_as_it_was_typed_and_all_else_moves_along(store: Store, tmp_path: Path) -> None:
    document_id = add_document(store, tmp_path, FRANCE, b"a letter")
    record_corrections(store, document_id, {"page_text": "Deux.\n\nEt demie."}, "ana", page=2)
    access = store.access(LOCAL_USER)
    assert store.reading(access, document_id) == DOCUMENT  # as long as the annotations are those of this text
    settle(store, [(document_id, {"processed_revision": 1})])
    document = store.reading(access, document_id)
    assert document.text == "Première page.\n\nDeux.\n\nEt demie.\n\nTroisième page."
    assert [document.text[page.start : page.end] for page in document.pages] == [
        "Première page.",
        "Deux.\n\nEt demie.",
        "Troisième page.",
    ]
    blocks = [document.text[block.start : block.end] for block in document.blocks]
    assert blocks == ["Première page.", "Deux.", "Et demie.", "Troisième page."]
    rows = store.words(access, document_id).rows
    assert [document.text[row["start"] : row["end"]] for row in rows] == ["Première", "Troisième"]


@pytest.mark.parametrize("pages", [(1,), (3,), (1, 3), (1, 2, 3)])
def test_any_page_may_be_corrected(pages: tuple[int, ...]) -> None:
    texts = {page: f"Page {page} retapée" for page in pages}
    document = with_page_texts(DOCUMENT, texts)
    expected = [texts.get(p.number, DOCUMENT.text[p.start : p.end]) for p in DOCUMENT.pages]
    assert [document.text[page.start : page.end] for page in document.pages] == expected
    assert [document.text[block.start : block.end] for block in document.blocks] == expected
    words = words_with_page_texts(DOCUMENT.words, DOCUMENT, texts)
    assert len(words.rows) == 3 - len(pages)


def test_batches_and_their_items(store: Store, tmp_path: Path) -> None:
    add_document(store, tmp_path, FRANCE, b"a letter")
    batch = begin_batch(store, FRANCE.id, "ana")
    facts = {"seconds": 5}
    item = {"document": "", "collection": FRANCE.id, "status": Status.FAILED}
    add_items(
        store,
        batch,
        [
            {**item, "ordinal": number, "source": name, "error": "extraction.time_limit", "error_facts": facts}
            for number, name in enumerate("ab", start=1)
        ],
    )
    access = store.access(LOCAL_USER)
    assert store.batches(access)[0].finished is None
    finish_batch(store, batch)
    assert store.batches(access)[0].finished is not None
    assert [(one.source, one.error, one.error_facts) for one in store.items(access, batch)] == [
        ("a", "extraction.time_limit", facts),
        ("b", "extraction.time_limit", facts),
    ]


def test_a_file_that_is_no_file_is_refused(tmp_path: Path) -> None:
    import os

    store = Store(Settings(tmp_path / "home"))
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path / "missing"):
        with pytest.raises(RogatioError, match="not_a_file"):
            store.originals.keep(path, tmp_path)
    with pytest.raises(RogatioError, match="folder_unreadable"):
        store.originals.keep(tmp_path, tmp_path)


def test_a_home_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(RogatioError, match=r"indexing\.home_not_writable"):
        Store(Settings(tmp_path / "home"))


@pytest.mark.skipif(os.access("/proc/self", os.W_OK), reason="no folder that may not be written")
def test_a_home_that_cannot_be_written_is_reported() -> None:
    with pytest.raises(RogatioError, match=r"indexing\.home_not_writable"):
        Store(Settings(Path("/proc/self")))
