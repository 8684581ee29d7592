"""Made up laws against money laundering of three countries, one in two versions, brought in within this process."""

from __future__ import annotations

from pathlib import Path

from desk import Desk
from matrix_laws import FILES, IRELAND, PERU

from indexing.access import LOCAL_USER
from indexing.matrix import look
from nlp.elements import instrument

SPAIN = """---
title: "Ley 5/2031 contra el blanqueo de capitales"
country: "es"
official_type: "Ley"
official_number: "5"
year: "2031"
in_force_from: "{start}"
---
# Ley 5/2031

## Artículo 1. Blanqueo de capitales

El que {verbs} bienes, sabiendo que tienen su origen en un delito, para ocultar o encubrir su origen ilícito, será \
castigado con la pena de prisión de seis meses a seis años.
"""
COUNTRIES = ("ES", "IE", "PE")
MODEL = instrument("UNTOC_6")


def matrix_desk(folder: Path) -> Desk:
    """Return an installation with public law and a letter of an authority, looked through for ``UNTOC_6``."""
    desk = Desk(folder)
    desk.bring("ley-40001.md", PERU.format(days='in_force_from: "2011-01-01"'), document_type="statute")
    desk.bring("act-2031.md", IRELAND, document_type="statute")
    desk.bring("ley-5-old.md", SPAIN.format(start="2012-01-01", verbs="adquiera"), document_type="statute")
    desk.bring("ley-5-new.md", SPAIN.format(start="2020-01-01", verbs="convierta o transmita"), document_type="statute")
    desk.bring("oficio.txt", FILES, "lima", jurisdiction="PE")
    look(desk.store, desk.library.engine, desk.store.access(LOCAL_USER), MODEL, COUNTRIES)
    return desk
