"""The search page and the state encoded in its address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.audit.recording import note_documents
from app.document_kinds import LISTED_KINDS, kind_of, types_of
from app.home.view import first_page
from app.i18n import interface_language, interface_variety
from app.labels import value_label
from app.marked_text import Piece, pieces
from app.passages.passages import own_passages
from app.principal import current_principal, installation
from app.requests.life.summary import references
from app.search.export import MAX_EXPORTED
from app.search.notices import (
    YEAR,
    day_sentence,
    long_forms,
    offered_in_force,
    offered_year,
    out_of_force_sentence,
    title_languages,
)
from app.search.suggestions import suggestions
from indexing.access import Principal
from indexing.analysis.folding import fold
from indexing.records.validity import read_day
from indexing.search.query_fields import check_filters
from indexing.search.request import FACETS, INTERPRETED, MODES, FacetValue, Hit, SearchRequest, SearchResult
from indexing.search.search import search as search_index
from indexing.store.reading import Store
from indexing.vectors.encoder import open_encoder

DAY = "in_force"
FILTERS = (*FACETS, DAY)
SORTS = ("relevance", "newest", "oldest", "title")
GROUPS = ("document", "jurisdiction", "language", "document_type")
PAGE_SIZE = 10
GROUP_SIZE = 3


@dataclass(frozen=True, slots=True)
class SearchState:
    """``first`` is the rank of the page's first hit, from 1; ``after`` the cursor of the previous page.

    ``kind`` restricts the document types to those of one of ``LISTED_KINDS``.
    """

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    group_by: str = ""
    after: str = ""
    first: int = 1
    mode: str = "both"
    as_words: tuple[str, ...] = ()
    kind: str = ""

    @property
    def day(self) -> str:
        """Return the single day requested in ``in_force``, empty for anything else."""
        (day,) = self.filters.get(DAY, ()) if len(self.filters.get(DAY, ())) == 1 else ("",)
        return read_day(day)

    @property
    def is_empty(self) -> bool:
        return not self.query and not self.filters and not self.kind

    @property
    def is_of_every_kind(self) -> bool:
        return not self.kind and "document_type" not in self.filters

    def request(self) -> SearchRequest:
        return SearchRequest(
            query=self.query,
            filters={**self.filters, **self._types()},
            limit=GROUP_SIZE if self.group_by else PAGE_SIZE,
            after=self.after,
            sort=self.sort,
            group_by=self.group_by,
            facets=FACETS,
            mode=self.mode,
            as_words=self.as_words,
        )

    def _types(self) -> dict[str, tuple[str, ...]]:
        """Return the document types of the kind; of those selected only the ones that belong to it."""
        chosen = self.filters.get("document_type", ())
        its_own = types_of(self.kind)
        return {"document_type": tuple(kind for kind in its_own if kind in chosen) or its_own} if its_own else {}

    def arguments(self) -> dict[str, str | int | list[str]]:
        """Return the arguments of the address without default values."""
        given: dict[str, str | int | list[str]] = {"q": self.query, "group": self.group_by, "after": self.after}
        given |= {name: list(values) for name, values in self.filters.items()}
        given |= {"sort": self.sort} if self.sort != "relevance" else {}
        given |= {"kind": self.kind}
        given |= {"mode": self.mode} if self.mode != "both" else {}
        given |= {"as_words": list(self.as_words)} if self.as_words else {}
        given |= {"first": self.first} if self.first > 1 else {}
        return {name: value for name, value in given.items() if value}

    def export_arguments(self) -> dict[str, str | int | list[str]]:
        """Return the arguments of the address of an export, which has neither pages nor groups."""
        return replace(self, after="", first=1, group_by="").arguments()

    def kept(self, without: Sequence[str] = ()) -> list[tuple[str, str]]:
        """Return the hidden fields by which a form keeps the state: all except the query, the page and ``without``."""
        fields = []
        for name, value in replace(self, after="", first=1).arguments().items():
            if name not in ("q", *without):
                fields += [(name, str(item)) for item in (value if isinstance(value, list) else [value])]
        return fields

    def url(self) -> str:
        return url_for("search.search", **self.arguments())  # type: ignore[arg-type]

    def sorted_by(self, sort: str) -> SearchState:
        return replace(self, sort=sort, after="", first=1)

    def grouped_by(self, group_by: str) -> SearchState:
        return replace(self, group_by=group_by, after="", first=1)

    def searched(self, mode: str) -> SearchState:
        return replace(self, mode=mode, after="", first=1)

    def of_kind(self, kind: str) -> SearchState:
        return replace(self, kind=kind, after="", first=1)

    def in_force(self, value: str) -> SearchState:
        """Return the state with ``value`` as the only value of ``in_force``."""
        return replace(self, filters={**self.filters, DAY: (value,)}, after="", first=1)

    def with_words(self, recognised: str) -> SearchState:
        """Return the state that searches the words of ``recognised`` as words."""
        return replace(self, as_words=(*self.as_words, recognised), after="", first=1)

    def asking(self, query: str) -> SearchState:
        return replace(self, query=query, after="", first=1)

    def next_page(self, after: str, shown: int) -> SearchState:
        return replace(self, after=after, first=self.first + shown)

    def from_start(self) -> SearchState:
        return replace(self, after="", first=1)

    def has(self, name: str, value: str) -> bool:
        return value in self.filters.get(name, ())

    def toggled(self, name: str, value: str) -> SearchState:
        """Return the state with ``value`` of filter ``name`` added, or removed if it is set."""
        values = self.filters.get(name, ())
        values = tuple(v for v in values if v != value) if value in values else (*values, value)
        filters = {key: remaining for key, remaining in {**self.filters, name: values}.items() if remaining}
        return replace(self, filters=filters, after="", first=1)

    def without_filters(self) -> SearchState:
        return replace(self, filters={}, after="", first=1)


def state_from(arguments: MultiDict[str, str]) -> SearchState:
    """Read the state from the address; invalid values are ignored."""
    filters = {name: tuple(dict.fromkeys(filter(None, arguments.getlist(name)))) for name in FILTERS}
    filters[DAY] = filters[DAY][-1:]  # the value of the form field takes precedence over the previous address
    sort, group, mode, kind = (arguments.get(name, "") for name in ("sort", "group", "mode", "kind"))
    return SearchState(
        query=arguments.get("q", "").strip(),
        filters={name: values for name, values in filters.items() if values},
        sort=sort if sort in SORTS else "relevance",
        group_by=group if group in GROUPS else "",
        after=arguments.get("after", ""),
        mode=mode if mode in MODES else "both",
        as_words=tuple(name for name in INTERPRETED if name in arguments.getlist("as_words")),
        kind=kind if kind in LISTED_KINDS else "",
        first=max(1, arguments.get("first", 1, type=int)),
    )


search_pages = Blueprint("search", __name__)


@search_pages.get("/")
def search() -> str:
    state = state_from(request.args)
    if state.is_empty:
        return first_page()
    check_filters(state.filters)
    principal, store = current_principal(), installation().store
    access = store.access(principal)
    granted = own_passages(store, access, state.query) if state.query else ()
    result = search_index(installation(), state.request(), principal)
    note_documents(hit.document_id for hit in result.hits)
    return render_template(
        "search.html",
        state=state,
        result=result,
        granted=len(granted),
        facets=_facets(state, result),
        kinds=_kinds(state, result if state.is_of_every_kind else _of_every_kind(state, principal)),
        groups=_groups(result.hits),
        references=_references(store, result.hits),
        languages=title_languages(store, access, result.hits),
        sorts=SORTS,
        group_fields=GROUPS,
        modes=MODES if open_encoder(installation().settings) else (),
        passage=passage,
        out_of_force_sentence=out_of_force_sentence,
        long_forms=long_forms,
        most_exported=MAX_EXPORTED,
        offers=_offers(state, result),
        day_sentence=day_sentence(result, interface_variety()),
    )


def _references(store: Store, hits: Sequence[Hit]) -> dict[str, str]:
    """Return the reference of each letter among the hits by its document, since letters often have the same title."""
    return references(store, {hit.document_id for hit in hits if kind_of(hit.document_type) == "request"})


def _offers(state: SearchState, result: SearchResult) -> list[tuple[str, str, SearchState]]:
    """Return what is offered for a bare year or day: ``year`` and ``in_force``, the value, and the search with it."""
    offers = []
    if of_year := offered_year(state.query, result):
        offers.append((YEAR, of_year[0], state.asking(of_year[1]).toggled(YEAR, of_year[0])))
    if of_day := offered_in_force(state.query, result):
        offers.append((DAY, of_day[0], state.asking(of_day[1]).in_force(of_day[0])))
    return offers


@search_pages.get("/suggestions")
def suggest() -> str:
    """Show completions of the typed words ``q``; with ``list`` only the options of a listbox for the script."""
    typed = request.args.get("q", "").strip()
    found = suggestions(installation(), current_principal(), typed, interface_language())
    note_documents([document.id for document in found.documents] + [hit.document_id for hit in found.cited])
    if "list" in request.args:
        return render_template("suggestion_options.html", found=found)
    return render_template("suggestions.html", found=found, typed=typed)


def heading_length(hit: Hit) -> int:
    """Return how many characters at the start of the snippet repeat the end of the hit's path, 0 if none."""
    for first in range(len(hit.path)):
        words = " ".join(hit.path[first:]).split()
        if found := re.match(r"\s*" + r"\s+".join(map(re.escape, words)) + r"\s+(?=\S)", hit.snippet):
            return found.end()
    return 0


def passage(hit: Hit) -> list[Piece]:
    """Return the snippet of a hit in pieces with marks, without blank lines.

    A heading that the path of the hit already shows is left out, unless a match is in it.
    """
    cut = 0 if has_marked_heading(hit) else heading_length(hit)
    found = pieces(hit.snippet[cut:], hit.snippet_start + cut, hit.marks)
    found = [replace(piece, text=re.sub(r"\s*\n\s*", "\n", piece.text)) for piece in found]
    if found:
        found[0] = replace(found[0], text=found[0].text.lstrip())
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return found


@search_pages.app_template_global()
def has_marked_heading(hit: Hit) -> bool:
    """Return whether the snippet begins with the heading of the hit's path and a match is in that heading."""
    end = hit.snippet_start + heading_length(hit)
    return any(hit.snippet_start <= start < end for start, _ in hit.marks)


def _of_every_kind(state: SearchState, principal: Principal) -> SearchResult:
    """Return the result of a search among all kinds and types, with the counts of the types alone."""
    filters = {name: values for name, values in state.filters.items() if name != "document_type"}
    asked = replace(state, filters=filters, kind="", group_by="", after="").request()
    return search_index(installation(), replace(asked, limit=1, facets=("document_type",)), principal)


def _kinds(state: SearchState, result: SearchResult) -> list[FacetValue]:
    """Return the number of results of each kind, all first (empty value), without kinds that have none.

    ``result`` is that of all kinds, so that the numbers are the same on the pages of each.
    """
    types, counts = result.facets.get("document_type", ()), Counter[str]()
    for item in types:
        counts[kind_of(item.value)] += item.count + item.beside
    shown = [kind for kind in LISTED_KINDS if counts[kind] or kind == state.kind]
    at_least = any(item.at_least for item in types)
    return [
        FacetValue("", result.listed, 0, at_least),
        *(FacetValue(kind, counts[kind], 0, at_least) for kind in shown),
    ]


def _facets(state: SearchState, result: SearchResult) -> list[tuple[str, list[FacetValue]]]:
    """Return the informative facets; a selected value remains even if its count is zero."""
    facets = []
    for name, counted in result.facets.items():
        if name == "document_type" and state.kind:
            counted = tuple(item for item in counted if kind_of(item.value) == state.kind)
        known = {item.value for item in counted}
        at_least = any(item.at_least for item in counted)
        chosen = [FacetValue(value, 0, 0, at_least) for value in state.filters.get(name, ()) if value not in known]
        values = sorted((*counted, *chosen), key=lambda item: -(item.count + item.beside))
        if name in ("jurisdiction", "language", "document_type"):
            values.sort(key=lambda item: fold(value_label(name, item.value)))
        elif name == "year":
            values.sort(key=lambda item: item.value, reverse=True)
        some_have_none = name == "case_file" and len(values) == 1
        if len(values) > 1 or some_have_none or name in state.filters:
            facets.append((name, values))
    return facets


def _groups(hits: tuple[Hit, ...]) -> list[tuple[str, list[Hit]]]:
    """Return the hits by group, in the order of the groups."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.group, []).append(hit)
    return list(groups.items())
