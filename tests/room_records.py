"""Hand-made comparisons over stored documents, for the tests of workspaces and exports."""

from __future__ import annotations

from desk import Desk

from app.comparison.rows import with_common_traits
from app.comparison.table import (
    STRUCTURE,
    Cell,
    Column,
    Comparison,
    ComparisonRequest,
    Provision,
    Quotation,
    Row,
    Trait,
)
from indexing.access import LOCAL_USER

SPANISH = """---
title: "Ley Orgánica 10/1995, de 23 de noviembre, del Código Penal"
country: "es"
source: "https://www.boe.es/eli/es/lo/1995/11/23/10"
in_force_from: "2021-07-03"
---
# Ley Orgánica 10/1995

## Artículo 301

El que adquiera bienes, sabiendo que éstos tienen su origen en una actividad delictiva, será castigado con prisión de
seis meses a seis años.
"""
FRENCH = """---
title: "Code pénal"
country: "fr"
in_force_from: "2016-06-05"
---
# Code pénal

## Article 324-1

Le blanchiment est puni de cinq ans d'emprisonnement et de 375 000 euros d'amende.
"""
SECRET = """---
title: "Ley 1/2020 zarzaparrilla"
country: "pe"
---
# Ley 1/2020

## Artículo 1

El que oculte zarzaparrilla será castigado con prisión de un año.
"""
QUESTION = ComparisonRequest(concept="ML", jurisdictions=("ES", "FR"), date="2026-01-01", language="es")
PARTS = {
    "spanish.md": ("art. 301", "El que adquiera bienes", "prisión de seis meses a seis años"),
    "french.md": ("art. 324-1", "Le blanchiment", "cinq ans d'emprisonnement et de 375 000 euros d'amende"),
    "secret.md": ("art. 1", "El que oculte zarzaparrilla", "prisión de un año"),
}


def laws(desk: Desk) -> dict[str, str]:
    """Bring two laws of public law and one of the authority of Paris; return their ids."""
    return {
        "spanish.md": desk.bring("spanish.md", SPANISH),
        "french.md": desk.bring("french.md", FRENCH),
        "secret.md": desk.bring("secret.md", SECRET, "paris"),
    }


def provision(desk: Desk, document: str) -> Provision:
    access = desk.store.access(LOCAL_USER)
    stored, text = desk.store.document(access, document), desk.store.reading(access, document).text
    unit, first, _ = PARTS[stored.source]
    start = text.index(first)
    return Provision(
        id=f"{document}:1",
        document_id=document,
        collection=stored.collection,
        title=stored.title,
        jurisdiction=stored.jurisdiction,
        unit=unit,
        path=(),
        language=stored.language,
        date=stored.date,
        page=1,
        start=start,
        end=len(text.rstrip()),
        text=text.rstrip()[start:],
        valid_from="2021-07-03",
        in_force="yes",
    )


def quotation(desk: Desk, one: Provision, words: str, *traits: str) -> Quotation:
    text = desk.store.reading(desk.store.access(LOCAL_USER), one.document_id).text
    start = text.index(words)
    return Quotation(
        document_id=one.document_id,
        passage_id=one.id,
        pinpoint=one.unit,
        language=one.language,
        page=1,
        start=start,
        end=start + len(words),
        text=words,
        valid_from=one.valid_from,
        valid_to="",
        in_force="yes",
        confidence=0.9,
        why=(f"words:{words}",),
        traits=tuple(Trait(name, start, start + 1) for name in traits),
    )


def comparison(desk: Desk, held: dict[str, str], question: ComparisonRequest = QUESTION) -> Comparison:
    """Return a table of two rows and three columns, the third of which is the authority's."""
    named = [provision(desk, held[name]) for name in PARTS]
    columns = tuple(Column(one.jurisdiction, (one,)) for one in named)
    rows = []
    for place, element in ((1, "conduct"), (2, "penalty")):
        texts = [PARTS[name][place] for name in PARTS]
        cells = tuple(
            Cell((quotation(desk, one, words, "imprisonment" if place == 2 else "knowledge"),))
            for one, words in zip(named, texts, strict=True)
        )
        rows.append(with_common_traits(Row(element, STRUCTURE, cells)))
    return Comparison(question, question.date, columns, tuple(rows), "test@1")
