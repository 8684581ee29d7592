"""Roles of persons whom no word next to the name calls a suspect, victim or witness, and names that are no party's."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nlp.pipeline import annotate
from nlp.requests.persons.parties import find_mentions
from nlp.requests.persons.role_features import surroundings
from nlp.requests.reading import read_request, request_context

LETTERS = {
    "es": (
        "A las autoridades judiciales de Chile\n\nSe investiga una estafa. Los mensajes fueron enviados por Ramiro "
        "Soto Aguilar, nacido el 3 de mayo de 1980, a Elena Prats Vidal, quien transfirió 40.000 euros y perdió "
        "sus ahorros.\n\nSe solicita tomar declaración testimonial a Julia Mora Cano, empleada del hotel."
        "\n\nAtentamente,\n\nCarlos Ibarra Núñez\nFiscal adjunto",
        {"Ramiro Soto Aguilar": "suspect", "Elena Prats Vidal": "victim", "Julia Mora Cano": "witness"},
    ),
    "en": (
        "To the Central Authority of Spain\n\nMrs Edna Holder lost her savings to a false investment platform. The "
        "trial of Cedric Alleyne for fraud is listed for 10 October 2026 in the High Court.\n\nPlease take a "
        "statement from Mr Milton Prescod, who kept the books."
        "\n\nYours faithfully,\n\nGordon Blackman\nSenior Crown Counsel",
        {"Edna Holder": "victim", "Cedric Alleyne": "accused", "Milton Prescod": "witness"},
    ),
    "fr": (
        "Aux autorités compétentes de Belgique\n\nM. Paul Servais a été renvoyé devant le tribunal correctionnel pour "
        "escroquerie. Mme Josephine Royer a perdu ses économies.\n\nNous vous prions d'entendre comme témoin M. Luc "
        "Marchal, comptable.\n\nVeuillez agréer mes salutations,\n\nAnne Delcourt\nJuge d'instruction",
        {"Paul Servais": "accused", "Josephine Royer": "victim", "Luc Marchal": "witness"},
    ),
    "pt": (
        "Às autoridades judiciárias de Portugal\n\nO Ministério Público ofereceu denúncia contra Ivo Piana Rocha por "
        "estelionato. A ofendida Rosa Maria Lemos perdeu as poupanças.\n\nSolicita-se a inquirição de Bento Alves "
        "Prado, funcionário da empresa.\n\nAtenciosamente,\n\nMarta Quintela Reis\nProcuradora da República",
        {"Ivo Piana Rocha": "accused", "Rosa Maria Lemos": "victim", "Bento Alves Prado": "witness"},
    ),
}


@pytest.mark.parametrize("language", LETTERS)
def test_roles_and_signatory_of_a_letter(language: str) -> None:
    text, expected = LETTERS[language]
    values = [one.value for one in read_request(text, annotate(text)).fields.get("persons", ())]
    assert {str(one["name"]): one["role"] for one in values if isinstance(one, Mapping)} == expected


def test_sentence_of_a_mention_names_nobody() -> None:
    text = "Ramiro Soto Aguilar y Elena Prats Vidal fueron acusados de estafa ante la Audiencia por Julia Mora Cano."
    context = request_context(text, annotate(text))
    first, second, *_ = find_mentions(context)
    around = surroundings(context, second.start, second.end)
    assert around.before == ""  # the other name of the list
    assert around.after.startswith("fueron acusados de estafa")
    assert "§" in around.after
    assert "mora" not in around.after
    assert surroundings(context, first.start, first.end).after.startswith("fueron acusados de estafa")
