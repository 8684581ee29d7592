"""Dates of letters and of treaties: a reference before the place and date, and the day of a treaty in brackets."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.dates.deadlines import read_deadlines
from nlp.requests.dates.facts_period import read_facts_period
from nlp.requests.dates.letter_date import letter_date
from nlp.requests.reading import request_context

REFERENCED = [
    ("Tribunal Judicial de Lisboa", "Proc. n.º 312/25.7TELSB {gap}Lisboa, 3-11-2026", "Vem solicitar a busca."),
    ("Fiscalía de la Nación", "Carpeta 506014504-2025-17-0{gap} Lima, 03/11/2026", "Se solicita la declaración."),
    ("Director of Public Prosecutions", "Our ref: CA/2026/0177-B {gap}London, 3 November 2026", "I request a search."),
    ("Tribunal judiciaire de Lyon", "Réf. 25/1187{gap} Lyon, le 3 novembre 2026", "Je sollicite une audition."),
]


@pytest.mark.parametrize("gap", ["", "     "])
@pytest.mark.parametrize(("head", "line", "asked"), REFERENCED)
def test_date_behind_a_reference_in_its_line_is_that_of_the_letter(head: str, line: str, asked: str, gap: str) -> None:
    text = f"{head}\n\n{line.format(gap=gap)}\n\n{asked}\n"
    context = request_context(text, annotate(text))
    assert letter_date(context) == "2026-11-03"
    assert read_deadlines(context) == []


TREATIES = [
    "O Ministério Público, ao abrigo da Convenção de Auxílio Judiciário em Matéria Penal entre os Estados Membros da "
    "CPLP (Praia, 23/11/2005), vem solicitar a busca na residência do arguido, suspeito de extorsão.",
    "Al amparo del Convenio de asistencia judicial entre España y el Perú (Madrid, 08/11/2000), se solicita la "
    "declaración del investigado, sospechoso de estafa.",
    "Under the Treaty on Mutual Legal Assistance in Criminal Matters (Nassau, 18/08/1987) I request the bank records "
    "of the suspect, who is charged with fraud.",
    "En vertu de la Convention européenne d'entraide judiciaire (Strasbourg, 20/04/1959), je sollicite l'audition du "
    "suspect, soupçonné d'escroquerie.",
]


@pytest.mark.parametrize("text", TREATIES)
def test_day_of_a_treaty_in_brackets_is_none_of_the_facts(text: str) -> None:
    assert read_facts_period(request_context(text, annotate(text))) == []
