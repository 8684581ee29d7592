"""Repair of names in judgments after the model and the rules."""

from __future__ import annotations

import pytest

from nlp.annotations import Span
from nlp.entities.name_repair import with_repaired_names


def spans(text: str, *names: tuple[str, str]) -> list[Span]:
    return [
        Span(text.index(name), text.index(name) + len(name), label, name, 0.9, "model@1")
        for name, label in sorted(names, key=lambda item: text.index(item[0]))
    ]


CASES = [
    (
        "por el Tribunal Superior de Justicia\nde Valencia, de 12",
        [("Tribunal Superior de Justicia", "COURT"), ("Valencia", "LOCATION")],
        [("COURT", "Tribunal Superior de Justicia\nde Valencia"), ("LOCATION", "Valencia")],
    ),
    (
        "el Juzgado Penal de Granada dictó",
        [("Juzgado Penal de Granada", "COURT"), ("Granada", "COUNTRY")],
        [("COURT", "Juzgado Penal de Granada"), ("LOCATION", "Granada")],
    ),
    (
        "el Banco de Valencia pagó",
        [("Banco", "ORGANISATION"), ("Valencia", "LOCATION")],
        [("ORGANISATION", "Banco"), ("LOCATION", "Valencia")],
    ),
    (
        "de la SCP Gadiou et Chevallier, avocat",
        [("SCP", "ORGANISATION"), ("Gadiou", "PERSON")],
        [("ORGANISATION", "SCP Gadiou et Chevallier")],
    ),
    (
        "DAMBUZA AP and SALDULKER, NICHOLLS and GOOSEN JJA",
        [("DAMBUZA AP", "PERSON"), ("SALDULKER, NICHOLLS", "PERSON"), ("GOOSEN JJA", "PERSON")],
        [("PERSON", "DAMBUZA"), ("PERSON", "SALDULKER"), ("PERSON", "NICHOLLS"), ("PERSON", "GOOSEN")],
    ),
    (
        "Between:\nDEVON FIRE AND RESCUE AUTHORITY\nClaimant",
        [("DEVON", "PERSON")],
        [("ORGANISATION", "DEVON FIRE AND RESCUE AUTHORITY")],
    ),
    ("por D.ª Sara y defendida por Letrado", [("D.ª Sara", "PERSON"), ("Letrado", "PERSON")], [("PERSON", "Sara")]),
    ("M. Dupont J", [("Dupont", "PERSON")], [("PERSON", "Dupont")]),
    (
        "Corte Suprema de Justicia, Sala Penal, Doctores",
        [("Corte Suprema de Justicia", "COURT"), ("Sala Penal", "COURT"), ("Doctores", "PERSON")],
        [("COURT", "Corte Suprema de Justicia, Sala Penal")],
    ),
    (
        "IN THE SUPREME COURT OF BELIZE, A.D. 2022\nClaim",
        [("SUPREME COURT OF BELIZE, A.D. 2022", "ORGANISATION")],
        [("ORGANISATION", "SUPREME COURT OF BELIZE")],
    ),
    (
        "Coram: Musonda, DCJ, Kaoma and Kabuka JJs\non 6th May",
        [("Musonda, DCJ, Kaoma", "ORGANISATION")],
        [("PERSON", "Musonda"), ("PERSON", "Kaoma"), ("PERSON", "Kabuka")],
    ),
    (
        "BETWEEN\nDANIELE VENTRIGLIA\nVALERO VENTRIGLIA\nAND\nFINANCE BANK LIMITED RESPONDENT\n",
        [("BETWEEN", "ORGANISATION"), ("FINANCE BANK LIMITED RESPONDENT", "ORGANISATION")],
        [
            ("PERSON", "DANIELE VENTRIGLIA"),
            ("PERSON", "VALERO VENTRIGLIA"),
            ("ORGANISATION", "FINANCE BANK LIMITED"),
        ],
    ),
    ("MR I.D. PRESS, SC: May it", [("PRESS", "PERSON")], [("PERSON", "I.D. PRESS")]),
    (
        "HOLDEN AT LUSAKA\n(Civil Jurisdiction)",
        [("HOLDEN AT LUSAKA", "ORGANISATION")],
        [("LOCATION", "LUSAKA")],
    ),
    ("según el Anexo J, folio 3, y la Sala J, del Grupo SC", [], []),
    ("Police\n\nv\n\nOliver How Teng\n\nRULING", [], [("PERSON", "Oliver How Teng")]),
    ("and J.P. Sangwa SC, of", [], [("PERSON", "J.P. Sangwa")]),
    ("both of\nMalambo & Co. of Lusaka", [], [("ORGANISATION", "Malambo & Co.")]),
    (
        "du Tribunal de Grande Instance de BONNEVILLE, saisi",
        [("Tribunal de Grande Instance", "COURT")],
        [("COURT", "Tribunal de Grande Instance de BONNEVILLE")],
    ),
    (
        "la Corte Suprema de Justicia de 3 de mayo y la Corte de Mayo",
        [("Corte Suprema de Justicia", "COURT")],
        [("COURT", "Corte Suprema de Justicia")],
    ),
    (
        "Before :\nHH JUDGE DAVIS-WHITE KC\n(SITTING AS A JUDGE)",
        [],
        [("PERSON", "DAVIS-WHITE")],
    ),
    (
        "M. Paul Durand\nMme Anne Petit\nC/",
        [("Paul Durand\nMme Anne Petit", "PERSON")],
        [("PERSON", "Paul Durand"), ("PERSON", "Mme Anne Petit")],
    ),
    (
        "interpuso recurso la señora María de los\nÁngeles Pérez Ruiz contra",
        [("María de los\nÁngeles Pérez Ruiz", "PERSON")],
        [("PERSON", "María de los\nÁngeles Pérez Ruiz")],
    ),
    ("Quito D. M., 31 de marzo", [("Quito D. M", "PERSON")], [("LOCATION", "Quito D. M.")]),
    ("audience du vendredi 18 mai 2007", [("vendredi", "DATE"), ("18 mai 2007", "DATE")], [("DATE", "18 mai 2007")]),
]


@pytest.mark.parametrize(("text", "names", "expected"), CASES)
def test_names_are_made_whole(text: str, names: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    found = with_repaired_names(spans(text, *names), text)
    assert [(span.label, text[span.start : span.end]) for span in found] == expected
