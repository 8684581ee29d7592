"""Lists of documents by kind, country, collection, case file, tag and state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from flask import Blueprint, render_template, request

from app.document_kinds import LISTED_KINDS, kind_of, types_of
from app.documents.page_images import can_show
from app.home.overview import overview
from app.labels import country
from app.principal import current_access, installation
from app.requests.life.summary import summaries
from indexing.access import AccessFilter, Collection
from indexing.analysis.folding import fold
from indexing.store.reading import SORTS, Selection, Store
from indexing.store.schema import Status
from indexing.store.tags import tag_counts, tags_of

document_lists = Blueprint("document_lists", __name__)
PAGE_SIZE = 50


@document_lists.get("/documents")
def documents() -> str:
    """List the documents of one ``kind``, ``jurisdiction``, collection, case file, tag or status.

    ``sort`` is one of :data:`SORTS`, ``first`` the rank of the first document shown, from 1.
    """
    access, store = current_access(), installation().store
    collection, kind = request.args.get("collection", ""), request.args.get("kind", "")
    selection = Selection(
        collection=collection,
        case_file=request.args.get("case_file", ""),
        status=_status(request.args.get("status", "")),
        document_type=request.args.get("document_type", "") or types_of(kind),
        jurisdiction=request.args.get("jurisdiction", ""),
        tag=request.args.get("tag", ""),
    )
    sort, first = _sort(request.args.get("sort", "")), max(1, request.args.get("first", 1, type=int))
    found = store.sorted_documents(access, selection, sort, skip=first - 1, limit=PAGE_SIZE + 1)
    figures = overview(store, access)
    return render_template(
        "documents.html",
        documents=found[:PAGE_SIZE],
        letters=summaries(store, found),
        can_show=can_show,
        sort=sort,
        sorts=tuple(SORTS),
        before=max(1, first - PAGE_SIZE) if first > 1 else 0,
        after=first + PAGE_SIZE if len(found) > PAGE_SIZE else 0,
        total=store.count(access, selection),
        selection=selection,
        kind=kind if kind in LISTED_KINDS else "",
        kinds=_kind_counts(store, access, selection, figures.kinds),
        countries=_country_counts(store, access, selection, figures.countries),
        collections=_collection_counts(store, access, selection),
        case_files=store.case_files(access, collection) if collection else (),
        states=tuple(Status),
        tags=tags_of(store, access, [document.id for document in found]),
        tag_counts=tag_counts(store, access, replace(selection, tag="")),
        link=_link,
    )


def _kind_counts(
    store: Store, access: AccessFilter, selection: Selection, kinds: Iterable[str]
) -> list[tuple[str, int]]:
    """Return the number of documents in the selection in all (``""``) and of each kind, ignoring type."""
    counts = Counter[str]()
    for _, document_type, count in store.tally(access, replace(selection, document_type="")):
        counts[kind_of(document_type)] += count
    return [("", counts.total()), *((kind, counts[kind]) for kind in kinds)]


def _country_counts(
    store: Store, access: AccessFilter, selection: Selection, countries: Iterable[str]
) -> list[tuple[str, int]]:
    """Return countries by name, each with the number that the selection has in any country."""
    counts = Counter[str]()
    for jurisdiction, _, count in store.tally(access, replace(selection, jurisdiction="")):
        counts[jurisdiction] += count
    return [(code, counts[code]) for code in sorted(countries, key=lambda code: fold(country(code)))]


def _collection_counts(store: Store, access: AccessFilter, selection: Selection) -> list[tuple[Collection, int]]:
    """Return the collections, each with the number that the selection has in it, ignoring collection and case file."""
    selections = [(held, replace(selection, collection=held.id, case_file="")) for held in store.collections(access)]
    return [(held, store.count(access, within)) for held, within in selections]


def _sort(asked: str) -> str:
    return asked if asked in SORTS else SORTS[0]


def _status(asked: str) -> str:
    return asked if asked in {status.value for status in Status} else ""


def _link(**changes: str) -> dict[str, str]:
    """Return the arguments of the list's address with ``changes``; it starts at the first page."""
    names = ("sort", "kind", "jurisdiction", "collection", "case_file", "status", "document_type", "tag")
    given = {name: request.args.get(name, "") for name in names}
    if "kind" in changes:
        given["document_type"] = ""
    return {name: value for name, value in {**given, **changes}.items() if value}
