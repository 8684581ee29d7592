"""Facts in the completeness check: neither the accused with birth and charge nor the treaty tells what happened."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

WITHOUT = {
    "fr": "TRIBUNAL JUDICIAIRE DE LYON, France\nLyon, le 22 octobre 2026\nAux autorités judiciaires du Brésil\n\n"
    "COMMISSION ROGATOIRE INTERNATIONALE\n\nInformation suivie contre Bruno MARCHETTI, né le 9 juillet 1981 à "
    "Bastia, du "
    "chef d'escroquerie (article 313-1 du code pénal).\n\n{told}Prions les autorités compétentes d'entendre M. Bruno "
    "MARCHETTI.\n\nLe juge d'instruction\n",
    "es": "JUZGADO DE INSTRUCCIÓN N.º 3 DE MADRID, España\nMadrid, 22 de octubre de 2026\nA las autoridades "
    "judiciales de "
    "Chile\n\nCOMISIÓN ROGATORIA\n\nEn la causa seguida contra Bruno Marqués Leal, nacido el 9 de julio de 1981 en "
    "Badajoz, por un delito de estafa (artículo 248 del Código Penal).\n\n{told}Se solicita que se reciba "
    "declaración a "
    "Bruno Marqués Leal.\n\nEl juez de instrucción\n",
}
TOLD = {
    "fr": "Entre le 3 et le 20 mars 2025, il s'est fait remettre par M. Alain Port, à Lyon, la somme de 42 000 "
    "euros en lui "
    "présentant de faux ordres de virement, puis a retiré cet argent en espèces.\n\n",
    "es": "Entre el 3 y el 20 de marzo de 2025 consiguió que Alan Puerto le entregara en Madrid 42.000 euros, "
    "mostrándole "
    "órdenes de transferencia falsas, y después retiró el dinero en efectivo.\n\n",
}


@pytest.mark.parametrize("language", WITHOUT)
@pytest.mark.parametrize("told", [False, True])
def test_facts_are_present_where_something_is_told(language: str, told: bool) -> None:
    text = WITHOUT[language].format(told=TOLD[language] if told else "")
    states = {check.key: check.state for check in read_request(text, annotate(text)).checks}
    assert (states["facts"] == "present") == told
