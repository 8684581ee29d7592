"""Comparison pages: the form and its table, and two provisions side by side."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.interface_language import interface_language
from app.labels import country
from app.library_access import current_access, library
from app.pages.compare_side_view import shown_pairs
from app.pages.compare_state import MOST, CompareState, compare_state
from app.pages.compare_view import row_groups
from app.pages.compare_words import trait_label
from app.pages.errors import status_of
from app.principal import current_principal
from app.treaty_places import treaties_cited
from extraction.errors import RogatioError
from indexing.comparison.held_countries import held_countries
from indexing.comparison.table import Comparison, Provision
from indexing.folding import fold
from indexing.search.provision_scopes import provision_at
from indexing.search.results import Hit
from nlp.concepts.layer import concepts
from nlp.document_type import national_law_types
from nlp.elements.instruments import treaty_provisions

compare_pages = Blueprint("compare", __name__, url_prefix="/compare")


@compare_pages.app_template_global()
def can_compare(hit: Hit) -> bool:
    """Tell whether a hit is a provision of a country's law."""
    return bool(hit.unit) and hit.document_type in national_law_types()


@compare_pages.get("/")
def compare_page() -> tuple[str, int]:
    """Show the form and its table; what can't be compared is said above the form, which keeps what was asked."""
    state = compare_state(request.args)
    try:
        made, problem = _compared(state), None
    except RogatioError as error:
        made, problem = None, error
    return _page(state, made, problem), status_of(problem) if problem else 200


def _compared(state: CompareState) -> Comparison | None:
    return None if state.is_empty else library().compare(state.request(), current_principal())


def _page(state: CompareState, made: Comparison | None, problem: RogatioError | None) -> str:
    names = [country(column.jurisdiction) for column in made.columns] if made else []
    return render_template(
        "compare.html",
        state=state,
        made=made,
        problem=problem.sentence(interface_language()) if problem else "",
        names=names,
        groups=row_groups(made, names) if made else [],
        provisions=_provisions(made) if made else [],
        known=sorted(concepts().values(), key=lambda one: fold(one.name(interface_language()))),
        treaties=treaties_cited(treaty_provisions(), interface_language()),
        countries=_countries(state),
        numbers=MOST,
        own=interface_language(),
    )


@compare_pages.get("/provision")
def start() -> AnyResponse:
    """Go on to the comparison that begins with the provision at a place of a document."""
    given = request.args
    at = given.get("at", 0, type=int)
    found = provision_at(given.get("document", ""), at, given.get("unit", ""), current_access(), library().engine)
    return redirect(url_for(".compare_page", p=found))


@compare_pages.get("/side")
def side() -> str:
    left, right, date = (request.args.get(name, "").strip() for name in ("left", "right", "date"))
    made = library().side_by_side(left, right, date, current_principal())
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
    return [one for column in made.columns for one in column.provisions]


def _countries(state: CompareState) -> list[str]:
    """Return the countries whose law is held, and those that were asked for."""
    held = held_countries(current_access(), library().engine)
    return sorted({*held, *state.jurisdictions}, key=lambda code: fold(country(code)))
