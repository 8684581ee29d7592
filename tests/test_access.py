"""Access filter: every reading method of the store, for several principals, returns only granted data."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_records import BRAZIL, FRANCE, PUBLIC, add_document

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, AccessFilter, Collection, Principal, access_filter
from indexing.ingest.corrections import correct, delete
from indexing.ingest.ingest import IngestOptions, ingest
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.index_entries import confirm_writes
from indexing.store.reading import Selection, Store
from indexing.store.schema import DocumentRow, Status
from indexing.store.writing import add_items, begin_batch, ensure_collection, record_corrections, writing

PRINCIPALS = {
    "nobody": Principal("nobody"),
    "reader": Principal("reader", frozenset({PUBLIC.id})),
    "paris": Principal("paris", frozenset({PUBLIC.id, FRANCE.id})),
    "brasilia": Principal("brasilia", frozenset({BRAZIL.id})),
    "stranger": Principal("stranger", frozenset({"no-such-collection"})),
    "local": LOCAL_USER,
}
MAY_SEE = {
    "nobody": set(),
    "reader": {PUBLIC.id},
    "paris": {PUBLIC.id, FRANCE.id},
    "brasilia": {BRAZIL.id},
    "stranger": set(),
    "local": {PUBLIC.id, FRANCE.id, BRAZIL.id},
}
OF_ONE_DOCUMENT = {
    "document",
    "reading",
    "page_text",
    "words",
    "annotations",
    "original",
    "corrections",
    "page_texts",
    "text",
}


class Filled:
    """A store with a document, its copy, a batch and a correction in each of three collections."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.documents: dict[str, str] = {}
        self.batches: dict[str, str] = {}
        for collection in (PUBLIC, FRANCE, BRAZIL):
            self.documents[collection.id] = document = add_document(
                store, folder, collection, b"the same bytes", case_file="7"
            )
            add_document(store, folder, collection, b"the same bytes", place="/in/copy.pdf", case_file="7")
            self.batches[collection.id] = batch = begin_batch(store, collection.id, "local")
            item = {"source": "letter.pdf", "document": document, "collection": collection.id}
            add_items(store, batch, [{**item, "ordinal": 1, "status": Status.INDEXED}])
            record_corrections(store, document, {"title": "Corrected"}, "local")
            with writing(store) as session:
                confirm_writes(session, "embedded", "generation", [(session.get_one(DocumentRow, document), "")])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("access")
    store = Store(Settings(folder / "home"))
    yield Filled(store, folder)
    store.close()


def _readers() -> dict[str, Callable[..., Any]]:
    methods = inspect.getmembers(Store, inspect.isfunction)
    return {name: method for name, method in methods if not name.startswith("_") and name not in ("access", "close")}


# What each method gives of a collection, as a number that must be 0 for who may not see it.
def _alone(access: AccessFilter, collection: str) -> AccessFilter:
    """Return the filter restricted to one collection of ``access``."""
    readable = ((partition, ids & {collection}) for partition, ids in access.readable)
    return replace(access, readable=tuple(readable))


LISTS: dict[str, Callable[[Filled, AccessFilter, str], int]] = {
    "collections": lambda it, access, c: sum(one.id == c for one in it.store.collections(access)),
    "case_files": lambda it, access, c: len(it.store.case_files(access, c)),
    "documents": lambda it, access, c: len(it.store.documents(access, Selection(collection=c))),
    "sorted_documents": lambda it, access, c: len(it.store.sorted_documents(access, Selection(collection=c), "title")),
    "latest": lambda it, access, c: len(it.store.latest(access, Selection(collection=c))),
    "every_document": lambda it, access, c: sum(one.collection == c for one in it.store.every_document(access)),
    "counts": lambda it, access, c: sum(it.store.counts(access, c).values()),
    "count": lambda it, access, c: it.store.count(access, Selection(collection=c)),
    "tally": lambda it, access, c: sum(row[-1] for row in it.store.tally(access, Selection(collection=c))),
    "batches": lambda it, access, c: sum(one.collection == c for one in it.store.batches(access)),
    "items": lambda it, access, c: len(it.store.items(access, it.batches[c])),
    "not_encoded": lambda it, access, c: it.store.not_encoded(_alone(access, c), "embedded", "another@1"),
    "words_only": lambda it, access, c: it.store.words_only(_alone(access, c), "embedded"),
    "deletions": lambda it, access, c: sum(one.collection == c for one in it.store.deletions(access)),
}


def test_every_reading_method_takes_an_access_filter_and_is_tried_here() -> None:
    for name, method in _readers().items():
        assert list(inspect.signature(method).parameters)[1] == "access", name
    assert set(_readers()) == OF_ONE_DOCUMENT | set(LISTS) | {"collection"}


@pytest.mark.parametrize("who", PRINCIPALS)
@pytest.mark.parametrize("method", sorted(OF_ONE_DOCUMENT))
def test_methods_of_one_document(filled: Filled, who: str, method: str) -> None:
    access = filled.store.access(PRINCIPALS[who])
    for collection, document in filled.documents.items():
        arguments = (document, 1) if method in ("page_text", "page_texts") else (document,)
        if collection in MAY_SEE[who]:
            assert getattr(filled.store, method)(access, *arguments) is not None
        else:
            with pytest.raises(RogatioError, match=r"indexing\.no_such_document"):
                getattr(filled.store, method)(access, *arguments)


@pytest.mark.parametrize("who", PRINCIPALS)
@pytest.mark.parametrize("method", sorted(set(LISTS) - {"deletions"}))
def test_methods_that_list_and_count(filled: Filled, who: str, method: str) -> None:
    access = filled.store.access(PRINCIPALS[who])
    for collection in filled.documents:
        assert (LISTS[method](filled, access, collection) > 0) == (collection in MAY_SEE[who])


@pytest.mark.parametrize("who", PRINCIPALS)
def test_a_collection_that_may_not_be_seen_is_as_one_that_does_not_exist(filled: Filled, who: str) -> None:
    access = filled.store.access(PRINCIPALS[who])
    for collection in (FRANCE.id, "never-made"):
        if collection in MAY_SEE[who]:
            assert filled.store.collection(access, collection).id == collection
        else:
            with pytest.raises(RogatioError, match=r"indexing\.no_such_collection"):
                filled.store.collection(access, collection)


def test_copies_are_reported_within_a_collection_only(filled: Filled) -> None:
    access = filled.store.access(LOCAL_USER)
    for collection, document in filled.documents.items():
        copies = filled.store.documents(access, Selection(duplicate_of=document))
        assert [copy.collection for copy in copies] == [collection]


def test_deletions_are_reported_to_who_could_see_the_document(tmp_path: Path) -> None:
    installation = Installation(Settings(tmp_path / "home"))
    document = add_document(installation.store, tmp_path, FRANCE, b"a letter")
    ensure_collection(installation.store, BRAZIL, LOCAL_USER)
    for who in ("nobody", "brasilia", "stranger"):
        with pytest.raises(RogatioError, match=r"indexing\.no_such_document"):
            delete(installation, document, PRINCIPALS[who])
        with pytest.raises(RogatioError, match=r"indexing\.no_such_document"):
            correct(installation, document, {"title": "Mine"}, PRINCIPALS[who])
    delete(installation, document, PRINCIPALS["paris"])
    for who, allowed in MAY_SEE.items():
        reported = installation.store.deletions(installation.store.access(PRINCIPALS[who]))
        assert [one.document for one in reported] == ([document] if FRANCE.id in allowed else [])


def test_nobody_ingests_into_what_was_not_granted(tmp_path: Path) -> None:
    installation = Installation(Settings(tmp_path / "home"))
    (tmp_path / "letter.txt").write_text("A letter.")
    for options in (IngestOptions(collection=FRANCE.id), IngestOptions()):
        with pytest.raises(RogatioError, match=r"indexing\.no_such_collection"):
            ingest(installation, [tmp_path / "letter.txt"], options, PRINCIPALS["brasilia"])
    assert installation.store.collections(installation.store.access(LOCAL_USER)) == ()
    assert not list((tmp_path / "home" / "originals").rglob("*"))


def test_a_partition_without_a_granted_collection_is_never_opened() -> None:
    collections = [PUBLIC, FRANCE, BRAZIL, Collection("fr-more", "More of France", "fr")]
    granted = access_filter(Principal("x", frozenset({"fr-more"})), collections)
    assert granted.partitions == ("authority-fr",)
    assert granted.collections == {"fr-more"}
    assert not granted.allows(FRANCE.id)


def test_documents_are_read_through_their_own_condition() -> None:
    """A collection of which a part may be seen is no licence to read its documents: ``visible_documents`` is."""
    root = Path(__file__).parent.parent
    sources = [file for package in ("app", "indexing") for file in (root / package).rglob("*.py")]
    naming = {str(file.relative_to(root)) for file in sources if "access.collections" in file.read_text("utf-8")}
    assert naming <= {"app/uploads/job_records.py", "indexing/store/reading.py"}
