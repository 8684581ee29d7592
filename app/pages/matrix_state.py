"""The state of a gap matrix's pages, read from the address and written back to it, so that it can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from app.pages.compare_state import CompareState
from app.pages.matrix_view import countries_from, countries_with_law
from extraction.errors import RogatioError
from indexing.access import PUBLIC_SPACE, AccessFilter
from indexing.store.reading import Store
from indexing.works.validity import whole_day
from nlp.elements.instruments import Element, ModelInstrument, instrument


@dataclass(frozen=True, slots=True)
class MatrixState:
    """Which matrix is asked for: no ``countries`` are all whose law is held, no ``day`` (ISO 8601) is today."""

    model: ModelInstrument
    countries: tuple[str, ...] = ()
    collection: str = PUBLIC_SPACE
    day: str = ""

    def arguments(self) -> dict[str, str | list[str]]:
        """Return the arguments of the address, without what is as usual."""
        given: dict[str, str | list[str]] = {
            "country": list(self.countries),
            "collection": self.collection if self.collection != PUBLIC_SPACE else "",
            "date": self.day,
        }
        return {name: value for name, value in given.items() if value}

    def url(self, endpoint: str = "matrices.page", **more: str) -> str:
        return url_for(endpoint, instrument_id=self.model.id, **self.arguments(), **more)  # type: ignore[arg-type]

    def cell_url(self, element: str, code: str, endpoint: str = "matrices.cell") -> str:
        """Return the address of a cell, from which the same matrix is gone back to."""
        return self.url(endpoint, element_id=element, code=code)

    def compare_url(self, concept: str = "", provisions: Sequence[str] = ()) -> str:
        """Return the comparison of certain provisions or, in the countries, of a concept, else of the instrument."""
        named = CompareState(provisions=tuple(provisions), date=self.day)
        treaty = "" if concept else self.model.treaty
        asked = CompareState(concept=concept, treaty=treaty, jurisdictions=self.countries, date=self.day)
        return (named if provisions else asked).url()


def matrix_state(instrument_id: str) -> MatrixState:
    """Read the address or the form; raises ``nlp.no_such_instrument``, ``app.bad_parameter``, ``no_such_day``."""
    countries = tuple(countries_from(request.values.getlist("country")))
    day = request.values.get("date", "").strip()
    return MatrixState(instrument(instrument_id), countries, asked_collection(), whole_day(day) if day else "")


def asked_collection() -> str:
    """Return the collection whose matrix is meant."""
    return request.values.get("collection") or PUBLIC_SPACE


def shown_countries(state: MatrixState, store: Store, access: AccessFilter) -> Sequence[str]:
    """Return the countries of the columns."""
    return state.countries or [code for code, _ in countries_with_law(store, access)]


def known_element(model: ModelInstrument, element_id: str, code: str) -> tuple[Element, str]:
    """Return an element and a country's code; raises ``nlp.no_such_element``, ``app.bad_parameter`` for no code."""
    element = model.element(element_id)
    codes = countries_from([code])
    if len(codes) != 1:
        raise RogatioError("app.bad_parameter", name="country")
    return element, codes[0]
