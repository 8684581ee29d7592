"""Gap matrices: the elements of a model instrument by countries, what the machine offers, what people say of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.interface_language import interface_language
from app.jobs import jobs
from app.library_access import current_access, library
from app.matrix_view import (
    SYMBOLS,
    countries_from,
    countries_with_law,
    passages_from,
    shown_evidence,
    shown_proposals,
    titles,
)
from app.principal import current_principal
from indexing.access import PUBLIC_SPACE
from indexing.element_verdicts import CellKey, history
from indexing.matrix import cell_of, matrix
from indexing.verdict_writing import read_again, set_verdict
from nlp.elements import Element, ModelInstrument, instrument, instruments

matrices = Blueprint("matrices", __name__, url_prefix="/matrix")


@matrices.get("/")
def choose() -> str:
    """Offer instruments and countries; with ``instrument`` in the address the form sends it on to the matrix."""
    access, store = current_access(), library().store
    return render_template(
        "matrix_choice.html",
        instruments=instruments().values(),
        countries=countries_with_law(store, access),
        collections=store.collections(access),
        own=interface_language(),
    )


@matrices.get("/open")
def opened() -> Response:
    """Send the choice of the form on to the address of its matrix."""
    given = request.args
    chosen = instrument(given.get("instrument", ""))
    countries = countries_from(given.getlist("country"))
    collection = given.get("collection", PUBLIC_SPACE)
    return redirect(url_for(".page", instrument_id=chosen.id, country=countries, collection=collection))


@matrices.get("/<instrument_id>")
def page(instrument_id: str) -> str:
    access, store = current_access(), library().store
    model = instrument(instrument_id)
    countries = countries_from(request.args.getlist("country")) or [
        code for code, _ in countries_with_law(store, access)
    ]
    found = matrix(store, access, model, countries, _collection())
    return render_template(
        "matrix.html",
        matrix=found,
        titles=titles(store, access, found),
        own=interface_language(),
        symbols=SYMBOLS,
        collections=store.collections(access),
        cell_address=_cell_address,
    )


@matrices.post("/<instrument_id>/look")
def look_through(instrument_id: str) -> Response:
    """Have the law of the countries looked through in the background."""
    model, countries = instrument(instrument_id), countries_from(request.form.getlist("country"))
    jobs().look(model.id, tuple(countries))
    flash(gettext("The law is being looked through. Proposals appear here country by country."))
    return redirect(url_for(".page", instrument_id=model.id, country=countries, collection=_collection()))


@matrices.get("/<instrument_id>/<element_id>/<country>")
def cell(instrument_id: str, element_id: str, country: str) -> str:
    access, store = current_access(), library().store
    model, element = _element(instrument_id, element_id)
    found = cell_of(store, access, model, element, country.upper(), _collection())
    lines = history(store, access, found.key)
    return render_template(
        "matrix_cell.html",
        instrument=model,
        element=element,
        cell=found,
        own=interface_language(),
        symbols=SYMBOLS,
        proposals=shown_proposals(store, access, element, found),
        lines=[(line, shown_evidence(store, access, line)) for line in reversed(lines)],
        principal=current_principal(),
        collection=store.collection(access, found.key.collection),
        cell_address=_cell_address,
    )


@matrices.post("/<instrument_id>/<element_id>/<country>/verdicts")
def verdicts(instrument_id: str, element_id: str, country: str) -> Response:
    access, store = current_access(), library().store
    model, element = _element(instrument_id, element_id)
    key = CellKey(_collection(), model.id, element.id, country.upper())
    given = request.form
    set_verdict(
        store,
        access,
        current_principal(),
        key,
        given.get("verdict", ""),
        note=given.get("note", ""),
        law_date=given.get("law_date", ""),
        evidence=passages_from(given.getlist("evidence"), given.get("place", "")),
    )
    flash(gettext("The verdict is set. The lines before it are kept."))
    return redirect(_cell_address(key))


@matrices.post("/<instrument_id>/<element_id>/<country>/readings")
def readings(instrument_id: str, element_id: str, country: str) -> Response:
    access, store = current_access(), library().store
    model, element = _element(instrument_id, element_id)
    given = request.form
    read_again(
        store,
        access,
        current_principal(),
        given.get("verdict", 0, type=int),
        agrees=given.get("agrees") == "yes",
        note=given.get("note", ""),
    )
    flash(gettext("The second reading is noted."))
    return redirect(_cell_address(CellKey(_collection(), model.id, element.id, country.upper())))


def _element(instrument_id: str, element_id: str) -> tuple[ModelInstrument, Element]:
    model = instrument(instrument_id)
    return model, model.element(element_id)


def _collection() -> str:
    """Return the collection whose matrix is meant; the forms send it along."""
    return request.values.get("collection") or PUBLIC_SPACE


def _cell_address(key: CellKey) -> str:
    return url_for(
        "matrices.cell",
        instrument_id=key.instrument,
        element_id=key.element,
        country=key.country,
        collection=None if key.collection == PUBLIC_SPACE else key.collection,
    )
