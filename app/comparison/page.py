"""Comparison pages and the state encoded in their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app.comparison.comparing import compare
from app.comparison.penalty_chart import penalty_charts
from app.comparison.question import AvailableLaw, available_law
from app.comparison.side_by_side import side_by_side
from app.comparison.side_view import shown_pairs
from app.comparison.table import Comparison, ComparisonRequest, Provision
from app.comparison.view import row_groups, trait_label
from app.error_pages import status_of
from app.i18n import interface_language, interface_variety
from app.labels import country, worded
from app.principal import current_access, current_principal, installation
from app.treaty_citations import treaties_cited
from extraction.errors import RogatioError
from extraction.resource import load
from indexing.analysis.folding import fold
from indexing.search.provision_lookup import provision_at
from indexing.search.query_fields import check_filters, listed_countries
from indexing.search.request import Hit
from nlp.concepts.layer import Concept, concepts
from nlp.document_kinds import national_law_types
from nlp.elements.instruments import treaty_provisions

LIMIT = (1, 3, 5)
USUAL_MOST = 3
MOST_BELOW_EACH_OTHER = 3
COUNTRY_ARGUMENTS = ("country", "countries")


@dataclass(frozen=True, slots=True)
class CompareState:
    """``citations`` are lines of one field; ``provisions`` and ``left_out`` are ids of provisions."""

    concept: str = ""
    treaty: str = ""
    query: str = ""
    citations: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    date: str = ""
    most: int = USUAL_MOST

    @property
    def is_empty(self) -> bool:
        return not (self.concept or self.treaty or self.query or self.citations or self.provisions)

    def request(self) -> ComparisonRequest:
        return ComparisonRequest(
            concept=self.concept,
            treaty=self.treaty,
            query=self.query,
            citations=self.citations,
            provisions=self.provisions,
            left_out=self.left_out,
            jurisdictions=self.jurisdictions,
            date=self.date,
            language=interface_language(),
            most=self.most,
        )

    def arguments(self) -> dict[str, str | int | list[str]]:
        """Return the arguments of the address without default values."""
        given: dict[str, str | int | list[str]] = {
            "concept": self.concept,
            "treaty": self.treaty,
            "q": self.query,
            "cite": "\n".join(self.citations),
            "p": list(self.provisions),
            "without": list(self.left_out),
            "country": list(self.jurisdictions),
            "date": self.date,
            "most": self.most if self.most != USUAL_MOST else 0,
        }
        return {name: value for name, value in given.items() if value}

    def url(self, endpoint: str = "compare.compare_page") -> str:
        return url_for(endpoint, **self.arguments())  # type: ignore[arg-type]

    def without(self, provision: str) -> CompareState:
        """Return the state without a provision, whether it was named or found."""
        return replace(
            self,
            provisions=tuple(other for other in self.provisions if other != provision),
            left_out=tuple(dict.fromkeys((*self.left_out, provision))),
        )

    def with_provisions(self, shown: tuple[str, ...], added: str) -> CompareState:
        """Return the state that compares the ``shown`` provisions of a country and ``added``."""
        return replace(
            self,
            provisions=tuple(dict.fromkeys((*self.provisions, *shown, added))),
            left_out=tuple(other for other in self.left_out if other != added),
        )


def compare_state(arguments: MultiDict[str, str]) -> CompareState:
    """Read the state from the address; invalid values are ignored."""
    most = arguments.get("most", USUAL_MOST, type=int)
    return CompareState(
        concept=arguments.get("concept", ""),
        treaty=arguments.get("treaty", "").strip(),
        query=arguments.get("q", "").strip(),
        citations=_several(line for line in arguments.get("cite", "").splitlines()),
        provisions=_several(arguments.getlist("p")),
        left_out=_several(arguments.getlist("without")),
        jurisdictions=countries_asked(arguments),
        date=arguments.get("date", "").strip(),
        most=min(max(most, LIMIT[0]), LIMIT[-1]),
    )


def countries_asked(arguments: MultiDict[str, str]) -> tuple[str, ...]:
    """Return the countries of an address, which may repeat ``country`` or list them in ``countries``."""
    return listed_countries(value for name in COUNTRY_ARGUMENTS for value in arguments.getlist(name))


def _several(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


compare_pages = Blueprint("compare", __name__, url_prefix="/compare")


@compare_pages.app_template_global()
def can_compare(hit: Hit) -> bool:
    """Return whether a hit is a provision of a country's law."""
    return bool(hit.unit) and hit.document_type in national_law_types()


@compare_pages.app_template_global()
def column_alone(names: Sequence[str]) -> int | None:
    """Return which of the countries ``names`` a narrow screen shows alone: that of ``only``, or else the first.

    Few countries are shown below each other, where they can be compared: then the result is None.
    """
    if len(names) <= MOST_BELOW_EACH_OTHER:
        return None
    chosen = country(request.args.get("only", ""))
    return names.index(chosen) if chosen in names else 0


@compare_pages.get("/")
def compare_page() -> tuple[str, int]:
    return comparison_page(compare_state(request.args))


def comparison_page(state: CompareState, refused: RogatioError | None = None) -> tuple[str, int]:
    """Show the form and its table; errors are shown above the form, which keeps its input.

    ``refused`` is the error of a form below the table, such as that which opens a workspace.
    """
    try:
        made, problem = _compared(state), refused
    except RogatioError as error:
        made, problem = None, error
    return _page(state, made, problem), status_of(problem) if problem else 200


def _compared(state: CompareState) -> Comparison | None:
    """Return the table, None without a question; raises what ``check_filters`` and ``compare`` do."""
    check_filters({COUNTRY_ARGUMENTS[0]: state.jurisdictions})
    return None if state.is_empty else compare(installation(), state.request(), current_principal())


def _page(state: CompareState, made: Comparison | None, problem: RogatioError | None) -> str:
    names = [country(column.jurisdiction) for column in made.columns] if made else []
    law = available_law(current_access(), installation().engine)
    return render_template(
        "compare.html",
        state=state,
        made=made,
        problem=problem.sentence(interface_variety()) if problem else "",
        names=names,
        groups=row_groups(made, names) if made else [],
        charts=penalty_charts(made) if made else (),
        provisions=_provisions(made) if made else [],
        choices=_concept_choices(law, state.concept),
        treaties=treaties_cited(treaty_provisions(), interface_variety()),
        countries=_countries(law, state),
        counts=law.countries,
        numbers=LIMIT,
        own=interface_language(),
    )


@compare_pages.get("/provision")
def start() -> AnyResponse:
    """Redirect to the comparison that begins with the provision at a place of a document."""
    given = request.args
    at = given.get("at", 0, type=int)
    found = provision_at(given.get("document", ""), at, given.get("unit", ""), current_access(), installation().engine)
    return redirect(url_for(".compare_page", p=found))


@compare_pages.get("/side")
def side() -> str:
    left, right, date = (request.args.get(name, "").strip() for name in ("left", "right", "date"))
    made = side_by_side(installation(), left, right, date, current_principal())
    return render_template(
        "compare_side.html",
        made=made,
        pairs=shown_pairs(made),
        date=date,
        trait_label=trait_label,
        swapped=url_for(".side", left=right, right=left, date=date or None),
        as_table=CompareState(provisions=(left, right), date=date).url(),
    )


def _provisions(made: Comparison) -> list[Provision]:
    return [provision for column in made.columns for provision in column.quoted]


def _countries(law: AvailableLaw, state: CompareState) -> list[str]:
    """Return the countries whose law is held, and those that were asked for."""
    return sorted({*law.countries, *state.jurisdictions}, key=lambda code: fold(country(code)))


def _concept_choices(law: AvailableLaw, chosen: str) -> list[tuple[str, list[tuple[Concept, int]]]]:
    """Return the concepts that the laws held are about, and the chosen one, by kind and name, with their counts."""
    own = interface_variety()
    known = concepts()
    held = [known[code] for code in sorted({*law.concepts, chosen}) if code in known]
    return [
        (
            worded(names),
            [
                (entry, law.concepts.get(entry.id, 0))
                for entry in sorted(held, key=lambda entry: fold(entry.name(own)))
                if entry.kind == kind
            ],
        )
        for kind, names in load("nlp.concept_kinds")["kinds"].items()
        if any(entry.kind == kind for entry in held)
    ]
