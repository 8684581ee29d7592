"""Installation in use: laws of four countries, an authority's letters, alerts with news, a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from comparison_desk import LAWS, comparison_desk
from desk import Desk

from app.alerts.alerts import alerts, save_search, watch
from app.alerts.evaluation import evaluate_alerts
from app.comparison.table import ComparisonRequest
from app.comparison.visibility import comparison_for
from app.people.occurrences import document_entities
from app.rooms.comments import CellKey, comment, resolve
from app.rooms.rooms import open_room, set_member
from app.rooms.snapshots import freeze
from indexing.access import LOCAL_USER
from indexing.search.request import SearchRequest
from indexing.settings import Settings

QUESTION = ComparisonRequest(concept="ML", jurisdictions=("ES", "BR", "IE", "FR"), date="2032-01-01", language="es")
CELL = CellKey("structure", "penalty", "ES")
LETTERS = {
    "oficio.txt": (
        "OFICIO\n\nEl Juzgado Central de Instrucción n.º 3 de Madrid solicita auxilio. El investigado don Juan Pérez "
        "Gómez, con DNI 12345678Z, nacido el 3 de mayo de 1970, transfirió fondos a Inversiones del Sur, S.A. Los "
        "hechos constituyen blanqueo de capitales según la Ley 5/2031. Eurojust lo coordina."
    ),
    "informe.txt": (
        "INFORME\n\nSe informa de que PÉREZ GÓMEZ, Juan, con DNI 12345678Z, fue detenido por blanqueo de capitales. Lo "
        "comunica el Juzgado Central de Instrucción n.º 3 de Madrid a Eurojust."
    ),
}
LAST_VERSION = """---
title: "{title}"
identifier: "ES-1"
in_force_from: "2045-01-01"
---
# {title}

## Artículo 1. Blanqueo de capitales.

El que adquiera bienes será castigado con prisión de dos a ocho años por blanqueo de capitales.
"""


@dataclass(frozen=True, slots=True)
class Workbench:
    """The settings of the installation, and the addresses of its pages that take an identity."""

    settings: Settings
    addresses: tuple[str, ...]


def workbench(folder: Path) -> Workbench:
    desk = comparison_desk(folder, "public")
    old = _of(desk, "ES-2031-01-01.md")
    save_search(desk.store, LOCAL_USER, SearchRequest("blanqueo", {"language": ("es",)}))
    save_search(desk.store, LOCAL_USER, SearchRequest("trata de personas"))
    watch(desk.store, LOCAL_USER, old, "art. 1")
    letters = [desk.bring(name, text, "madrid", document_type="mla_request") for name, text in LETTERS.items()]
    last = LAST_VERSION.format(title=LAWS["ES"][0])
    new = desk.bring("ES-2045.md", last, jurisdiction="ES", document_type="statute")
    evaluate_alerts(desk.installation, LOCAL_USER)
    found = Workbench(
        desk.installation.settings,
        (
            *_rooms(desk),
            *_alerts(desk),
            *_entities(desk, letters[0]),
            *_versions(old, new),
            "/requests/",
            f"/requests/{letters[0]}",
        ),
    )
    desk.installation.close()
    return found


def _of(desk: Desk, source: str) -> str:
    every = desk.store.every_document(desk.store.access(LOCAL_USER))
    return next(one.id for one in every if one.source == source)


def _rooms(desk: Desk) -> list[str]:
    """Open a room with two members, a resolved thread, an open one with its answer, and a frozen version."""
    store, access = desk.store, desk.store.access(LOCAL_USER)
    room = open_room(store, LOCAL_USER, "Blanqueo: cuatro países", QUESTION).id
    set_member(store, LOCAL_USER, room, "lisboa", "reader")
    completed = comment(store, access, LOCAL_USER, room, CELL, "¿Es la versión vigente?")
    resolve(store, access, LOCAL_USER, room, completed.id)
    posted = comment(store, access, LOCAL_USER, room, CELL, "Falta la multa.")
    comment(store, access, LOCAL_USER, room, CELL, "Está en el art. 1.", parent=posted.id)
    freeze(
        desk.installation, LOCAL_USER, room, comparison_for(desk.installation, LOCAL_USER, QUESTION), "Borrador de mayo"
    )
    base = f"/rooms/{room}"
    cell = f"{base}/cell?source={CELL.source}&element={CELL.element}&country={CELL.jurisdiction}"
    return ["/rooms/", base, f"{base}/versions/1", f"{base}/versions/1/changes", cell]


def _alerts(desk: Desk) -> list[str]:
    return ["/alerts/", *(f"/alerts/{one.id}" for one in alerts(desk.store, LOCAL_USER))]


def _entities(desk: Desk, letter: str) -> list[str]:
    """Return the page of a letter with its first person followed, and those of one entity of each kind."""
    named = document_entities(desk.store, desk.store.access(LOCAL_USER), letter)
    kinds = {one.label: one.key for one in reversed(named) if one.key}
    person = f"/documents/{letter}?entity={kinds['PERSON']}"
    return [person, *(f"/entity/{key}" for key in kinds.values())]


def _versions(old: str, new: str) -> list[str]:
    provision = f"/documents/{new}/versions/provision?pinpoint=art.+1"
    return [f"/documents/{new}/versions/", provision, f"/documents/{new}/versions/changes?old={old}"]
