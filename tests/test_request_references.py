"""The references of a letter: its own number and that of its proceeding, not those of others."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.identifiers.reference_evidence import is_reference
from nlp.requests.identifiers.references import read_own_reference
from nlp.requests.reading import request_context

LETTERS = [
    (
        "FISCALÍA NACIONAL\nOficio N.º 771/2026\nQuito, 3 de marzo de 2026\n\nSeñor Fiscal:\n\nEn el expediente fiscal "
        "170101826030099 se investiga un robo y se solicita la declaración de un testigo.\n",
        {"771/2026", "170101826030099"},
    ),
    (
        "MINISTRY OF JUSTICE\nOur ref: MLA/88/2026\nYour ref: INT-4410-25\n\n4 May 2026\n\nDear Sir,\n\nWe request the "
        "records of the company for the investigation.\n",
        {"MLA/88/2026"},
    ),
    (
        "PARQUET DE GENÈVE\nN/réf. : P/4471/2025\nV/réf. : 882/JI/24\n\nGenève, le 3 mars 2026\n\n"
        "Demande d'entraide.\n",
        {"P/4471/2025"},
    ),
    (
        "TRIBUNAL DE BRAGA\nCarta rogatória n.º 12/2026 - Processo n.º 733/25.4T9BRG\n\nAo abrigo da Lei n.º 144/99 "
        "solicita-se a inquirição da testemunha, telefone +351 253 555 010.\n",
        {"12/2026", "733/25.4T9BRG"},
    ),
    (
        "Date: Fri, 30 Oct 2026 10:15:00 +0000\nSubject: RECORDATORIO\n\nMadrid, 30 de octubre de 2026\n\n"
        "Se reitera la comisión rogatoria enviada el 2 de julio de 2026.\n",
        set(),
    ),
    (
        "FISCALÍA GENERAL DE LA NACIÓN\nUnidad de Cooperación Internacional\nN/Ref.: UCI-2231/2026\n"
        "Bogotá, 14 de octubre de 2026\n\nRef.: su comisión rogatoria de 12 de febrero de 2026, Diligencias Previas "
        "1204/2025\n\nEn respuesta a su oficio n.º 4471/2026 de 3 de septiembre se remite lo actuado: el extracto de "
        "la cuenta solicitada.\n",
        {"UCI-2231/2026"},
    ),
    (
        "PROCURADORIA-GERAL DA REPÚBLICA\nN/Ref.: CR 1204/26\nRef. de V. Ex.ª: UCI 77/2026\n"
        "Lisboa, 12 de outubro de 2026\n\nAditamento à carta rogatória (v/ processo 9914/23.5 DCJRI). "
        "Solicita-se a V. Ex.ª a inquirição da testemunha Carlos Méndez.\n",
        {"1204/26"},
    ),
    (
        "TRIBUNAL JUDICIAIRE DE LYON\nN/Réf. : JI 12/24/000123\n\nLyon, le 12 octobre 2026\n\nLa demande du 9 janvier "
        "2026, enregistrée par vos soins sous AJI/FRA/077/2025, est complétée : prière d'entendre Maria Sousa.\n",
        {"12/24/000123"},
    ),
    (
        "DIRECTOR OF PUBLIC PROSECUTIONS\nOur ref: DPP/MLA/77/26\n\n14 October 2026\n\nWe remind you of our request. "
        "You acknowledged it on 4 February 2026, file no. DGJ/I/8/25.\n",
        {"DPP/MLA/77/26"},
    ),
    (
        "JUZGADO DE INSTRUCCIÓN N.º 5\n\nCalle Colón, 1 – 28004 Madrid\n\nDiligencias Previas 87/2025-C\n\n"
        "COMISIÓN ROGATORIA INTERNACIONAL\n\nSe solicita la declaración de un testigo.\n",
        {"87/2025-C"},
    ),
    (
        "MINISTÉRIO PÚBLICO\n\nRua Augusta, 1374\n01304-001 São Paulo\n\nCarta rogatória n.º 12/2026\n\n"
        "Solicita-se a inquirição da testemunha.\n",
        {"12/2026"},
    ),
    (
        "PARQUET DE PARIS\n29 rue de la Paix\n75017 Paris\n\nN/Réf. : P/4471/2025\n\nDemande d'entraide.\n",
        {"P/4471/2025"},
    ),
    (
        "U.S. Department of Justice\nNovember 18, 2026\n\nSUBJECT: Request for Assistance\nDOJ Reference: 182-63344\n\n"
        "The United States requests assistance. Doe, born 12/25/1972, is a subject; so is Roe, born 04/21/1975.\n",
        {"182-63344"},
    ),
    (
        "Quito, 3 de marzo de 2026\n\nSeñores\nFiscalía General de la República\n\nMéxico\n\nPido que se informe si "
        "la señora Ana Ruiz tiene cuentas o propiedades.\n\nCLABE 032180000118359718 (por confirmar)\n\nGracias.\n",
        set(),
    ),
]


@pytest.mark.parametrize(("text", "expected"), LETTERS)
def test_the_numbers_of_the_letter_and_of_its_proceeding_are_its_references(text: str, expected: set[str]) -> None:
    found = [str(one.value) for one in read_own_reference(request_context(text, annotate(text)))]
    assert len(found) == len(expected)
    assert all(any(number in value for value in found) for number in expected)


@pytest.mark.parametrize(
    "value", ["2026", "12/05/2026", "12/25/1972", "2026-05-12", "192.0.2.7", "12", "presentada el 3"]
)
def test_dates_addresses_and_sentences_are_no_references(value: str) -> None:
    assert not is_reference(value)


def test_a_text_without_numbers_has_no_reference() -> None:
    text = "Estimados colegas:\n\nRogamos una respuesta.\n"
    assert read_own_reference(request_context(text, annotate(text))) == []
