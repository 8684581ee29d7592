"""Gap matrix pages and the state that their addresses encode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.comparison.page import COUNTRY_ARGUMENTS, CompareState
from app.error_pages import status_of
from app.gap_matrix.changes import changes_since
from app.gap_matrix.matrix import Cell, Matrix, cell_of, matrix
from app.gap_matrix.national_law import treaty_texts
from app.gap_matrix.verdict_writing import record_second_reading, set_verdict
from app.gap_matrix.verdicts import CellKey, history, valid_verdict
from app.gap_matrix.view import (
    SYMBOLS,
    countries_from,
    countries_with_law,
    passages_from,
    passages_of_row,
    shown_evidence,
    shown_proposals,
    titles,
)
from app.i18n import interface_language, interface_variety
from app.jobs import jobs
from app.labels import country
from app.principal import current_access, current_principal, installation
from app.treaty_citations import element_place, obligation_level, treaty_name
from extraction.errors import RogatioError
from indexing.access import PUBLIC_PARTITION, AccessFilter
from indexing.analysis.folding import fold
from indexing.records.validity import today, whole_day
from indexing.store.reading import Store
from nlp.elements.instruments import Element, ModelInstrument, instrument, instruments


@dataclass(frozen=True, slots=True)
class MatrixState:
    """State of a matrix page: no ``countries`` means all with available law, no ``day`` (ISO 8601) means today.

    ``cell`` is the open one (``conversion:ES``), ``only`` the country that a narrow screen shows, ``since`` the first
    day of the changes that are listed.
    """

    model: ModelInstrument
    countries: tuple[str, ...] = ()
    collection: str = PUBLIC_PARTITION
    day: str = ""
    cell: str = ""
    only: str = ""
    since: str = ""

    def arguments(self) -> dict[str, str | list[str]]:
        """Return the arguments of the address without default values."""
        given: dict[str, str | list[str]] = {
            "country": list(self.countries),
            "collection": self.collection if self.collection != PUBLIC_PARTITION else "",
            "date": self.day,
        }
        return {name: value for name, value in given.items() if value}

    def kept(self, *without: str) -> dict[str, str]:
        """Return the arguments of what is open on the page, which its links and forms keep."""
        given = {"cell": self.cell, "only": self.only, "since": self.since}
        return {name: value for name, value in given.items() if value and name not in without}

    def url(self, endpoint: str = "matrices.page", **more: str) -> str:
        """Return an address of the matrix; the page of the matrix or of a cell keeps what is open unless it is given.

        An empty value removes an argument.
        """
        kept = self.kept() if endpoint == "matrices.page" else self.kept("cell") if endpoint == "matrices.cell" else {}
        given = {name: value for name, value in {**self.arguments(), **kept, **more}.items() if value}
        return url_for(endpoint, instrument_id=self.model.id, **given)  # type: ignore[arg-type]

    def cell_url(self, element: str, code: str, in_matrix: bool = False) -> str:
        """Return the address of a cell: its page, or the matrix with the cell beside it."""
        if in_matrix:
            return self.url(cell=f"{element}:{code}", _anchor=cell_anchor(element, code))
        return self.url("matrices.cell", element_id=element, code=code)

    def closed_url(self, element: str, code: str) -> str:
        """Return the address of the matrix without an open cell, at the one that was open."""
        return self.url(cell="", only=code, _anchor=cell_anchor(element, code))

    def compare_url(self, concept: str = "", provisions: Sequence[str] = ()) -> str:
        """Return the comparison of given provisions or, in the countries, of a concept, else of the instrument."""
        named = CompareState(provisions=tuple(provisions), date=self.day)
        treaty = "" if concept else self.model.treaty
        state = CompareState(concept=concept, treaty=treaty, jurisdictions=self.countries, date=self.day)
        return (named if provisions else state).url()


def cell_anchor(element: str, code: str) -> str:
    """Return the id of the link of a cell in the matrix."""
    return f"cell-{element}-{code}"


def matrix_state(instrument_id: str) -> MatrixState:
    """Read the address or form; raises ``nlp.no_such_instrument``, ``app.bad_parameter``, ``no_such_day``."""
    given = request.values
    countries = tuple(countries_from(value for name in COUNTRY_ARGUMENTS for value in given.getlist(name)))
    day, *shown = (given.get(name, "").strip() for name in ("date", "cell", "only", "since"))
    day = whole_day(day) if day else ""
    return MatrixState(instrument(instrument_id), countries, requested_collection(), day, *shown)


def requested_collection() -> str:
    """Return the collection of the matrix."""
    return request.values.get("collection") or PUBLIC_PARTITION


def shown_countries(state: MatrixState, store: Store, access: AccessFilter) -> Sequence[str]:
    """Return the countries of the columns."""
    return state.countries or [code for code, _ in countries_with_law(store, access)]


def known_element(model: ModelInstrument, element_id: str, code: str) -> tuple[Element, str]:
    """Return an element and a country's code; raises ``nlp.no_such_element`` and ``app.bad_parameter``."""
    element = model.element(element_id)
    codes = countries_from([code])
    if len(codes) != 1:
        raise RogatioError("app.bad_parameter", name="country")
    return element, codes[0]


matrices = Blueprint("matrices", __name__, url_prefix="/matrix")
_CELL = "/<instrument_id>/<element_id>/<code>"


@matrices.app_template_global()
def place_of(element: Element, model: ModelInstrument) -> str:
    """Return the citation of an element's treaty provision in the interface's language."""
    return element_place(element, model, interface_variety())


@matrices.app_template_global()
def obligation_level_of(element: Element) -> str:
    return obligation_level(element)


matrices.add_app_template_global(cell_anchor)


@matrices.app_template_global()
def treaty_of(model: ModelInstrument) -> str:
    return treaty_name(model.treaty, interface_variety())


@matrices.get("/")
def choose() -> str:
    access, store = current_access(), installation().store
    return render_template(
        "matrix_choice.html",
        instruments=instruments().values(),
        countries=sorted(countries_with_law(store, access), key=lambda one: fold(country(one[0]))),
        collections=store.collections(access),
        own=interface_language(),
    )


@matrices.get("/open")
def opened() -> Response:
    """Redirect from the form to the address of its matrix."""
    return redirect(matrix_state(request.args.get("instrument", "")).url())


@matrices.get("/<instrument_id>")
def page(instrument_id: str) -> str:
    return _matrix_page(matrix_state(instrument_id))


def _matrix_page(state: MatrixState, **refused: Any) -> str:
    """Show a matrix with its open cell, whose form may have been ``refused`` (see :func:`_refused`)."""
    access, store = current_access(), installation().store
    found = matrix(store, access, state.model, shown_countries(state, store, access), state.collection, state.day)
    return render_template(
        "matrix.html",
        state=state,
        matrix=found,
        titles=titles(store, access, found),
        own=interface_language(),
        symbols=SYMBOLS,
        collections=store.collections(access),
        texts=treaty_texts(state.model, interface_language(), access, installation().engine),
        looking="looking" in request.args,
        **_changes(state, found.countries),
        **_selected_cell(state, found),
        **refused,
    )


@matrices.post("/<instrument_id>/look")
def look_through(instrument_id: str) -> Response:
    """Compute the proposals of the countries in the background."""
    access, store, state = current_access(), installation().store, matrix_state(instrument_id)
    jobs().compute_proposals(state.model.id, tuple(shown_countries(state, store, access)), state.day)
    return redirect(state.url(looking="1"))


@matrices.get("/<instrument_id>/<element_id>/compare")
def compared(instrument_id: str, element_id: str) -> Response:
    """Redirect to the comparison of the row's proposals or evidence, else of the element's concept."""
    access, held, state = current_access(), installation(), matrix_state(instrument_id)
    element, countries = state.model.element(element_id), shown_countries(state, held.store, access)
    found = matrix(held.store, access, state.model, countries, state.collection, state.day)
    provisions = passages_of_row(held.store, held.engine, access, found.row(element))
    return redirect(state.compare_url(element.concepts[0], provisions))


@matrices.get(_CELL)
def cell(instrument_id: str, element_id: str, code: str) -> str:
    state = matrix_state(instrument_id)
    return _cell_page(state, *known_element(state.model, element_id, code))


def _cell_page(state: MatrixState, element: Element, country: str, **refused: Any) -> str:
    access, store = current_access(), installation().store
    found = cell_of(store, access, state.model, element, country, state.collection, state.day)
    return render_template(
        "matrix_cell.html",
        state=state,
        own=interface_language(),
        symbols=SYMBOLS,
        collection=store.collection(access, state.collection),
        text=treaty_texts(state.model, interface_language(), access, installation().engine).get(element.id),
        **_cell_facts(state, element, found),
        **refused,
    )


def _refused(state: MatrixState, element: Element, country: str, error: RogatioError) -> ResponseReturnValue:
    """Show the cell again with the reason why its form was refused and what was entered."""
    given = {"problem": error.sentence(interface_variety()), "entered": request.form}
    if "in_matrix" in request.form:
        return _matrix_page(replace(state, cell=f"{element.id}:{country}"), **given), status_of(error)
    return _cell_page(state, element, country, **given), status_of(error)


def _changes(state: MatrixState, countries: Sequence[str]) -> dict[str, Any]:
    """Return the changes since the day in the address, nothing without one."""
    since = state.since
    if not since:
        return {}
    store, access = installation().store, current_access()
    changes = changes_since(store, access, state.collection, state.model.id, countries, since)
    return {"since": whole_day(since), "changes": changes, "changed": {change.cell for change in changes}}


def _selected_cell(state: MatrixState, shown: Matrix) -> dict[str, Any]:
    """Return the panel beside the matrix: the cell ``ELEMENT:COUNTRY`` of the address, or nothing.

    The country may be one that the matrix does not show.
    """
    element_id, _, code = state.cell.rpartition(":")
    if not element_id:
        return {}
    element, country = known_element(state.model, element_id, code)
    found = shown.cells.get((element.id, country)) or cell_of(
        installation().store, current_access(), state.model, element, country, state.collection, state.day
    )
    return _cell_facts(state, element, found) | {"in_matrix": True}


def _cell_facts(state: MatrixState, element: Element, found: Cell) -> dict[str, Any]:
    access, store = current_access(), installation().store
    lines = history(store, access, found.key)
    return {
        "element": element,
        "beside": _neighbours(state.model, element),
        "cell": found,
        "day": state.day or today(),
        "proposals": shown_proposals(store, access, element, found),
        "lines": [
            (line, shown_evidence(store, access, line), valid_verdict(lines, line.law_date) is line)
            for line in reversed(lines)
        ],
        "principal": current_principal(),
    }


@matrices.post(f"{_CELL}/verdicts")
def verdicts(instrument_id: str, element_id: str, code: str) -> ResponseReturnValue:
    state = matrix_state(instrument_id)
    element, country = known_element(state.model, element_id, code)
    cell = CellKey(state.collection, state.model.id, element.id, country)
    return _recorded(state, cell, gettext("gap_matrix.verdict_set_lines_before"), _set_verdict)


@matrices.post(f"{_CELL}/readings")
def readings(instrument_id: str, element_id: str, code: str) -> ResponseReturnValue:
    state = matrix_state(instrument_id)
    element, country = known_element(state.model, element_id, code)
    cell = CellKey(state.collection, state.model.id, element.id, country)
    return _recorded(state, cell, gettext("gap_matrix.second_reading_noted"), _set_reading)


def _recorded(
    state: MatrixState, cell: CellKey, words: str, record: Callable[[CellKey, MultiDict[str, str]], None]
) -> ResponseReturnValue:
    """Record a form of a cell and return to the cell, open as before; a refused form is shown again."""
    element = state.model.element(cell.element)
    try:
        record(cell, request.form)
    except RogatioError as error:
        return _refused(state, element, cell.country, error)
    flash(words)
    return redirect(state.cell_url(element.id, cell.country, "in_matrix" in request.form))


def _set_verdict(cell: CellKey, given: MultiDict[str, str]) -> None:
    set_verdict(
        installation().store,
        current_access(),
        current_principal(),
        cell,
        given.get("verdict", ""),
        note=given.get("note", ""),
        law_date=given.get("law_date", ""),
        evidence=passages_from(given.getlist("evidence"), given.get("place", "")),
    )


def _set_reading(cell: CellKey, given: MultiDict[str, str]) -> None:
    store, access, line = installation().store, current_access(), given.get("verdict", 0, type=int)
    agrees = given.get("agrees") == "yes"
    record_second_reading(store, access, current_principal(), cell, line, agrees=agrees, note=given.get("note", ""))


def _neighbours(model: ModelInstrument, element: Element) -> tuple[Element | None, Element | None]:
    """Return the previous and the next element."""
    place = model.elements.index(element)
    around = (None, *model.elements, None)
    return around[place], around[place + 2]
