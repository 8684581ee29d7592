"""Laws by name, number, date, year or chapter that tell the State of a text."""

from __future__ import annotations

from collections import defaultdict

import pytest

from extraction.resource import load
from nlp.annotations import Hints
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import fold, words_of
from nlp.jurisdiction import find_jurisdiction
from nlp.jurisdiction_laws import laws_of_states

_LAWS = load("nlp.law_titles")["laws"]


def states(text: str, language: str) -> set[str]:
    return {state for state, _ in laws_of_states(text, fold(text), words_of(text), language)}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "contrary to section 5 of the Dangerous Drugs Act, Chap. 11:25", {"TT"}),
        ("en", "under the Evidence Act (Cap. 5:03) a confession is", {"GY"}),
        ("en", "charged under section 45 of the Proceeds of Crime Act, Cap. 4.28", {"KN"}),
        ("en", "CHAPTER 8:02 SUMMARY JURISDICTION (OFFENCES) ACT", {"GY"}),
        ("en", "money laundering under the Proceeds of Crime Act 2007 and the Bail Act, 2000", {"JM"}),
        ("en", "section 17 of the Proceeds of Crime Act 2015", {"GI"}),
        ("en", "the Mutual Assistance in Criminal Matters Act (No. 39 of 1997)", {"TT"}),
        ("en", "the Integrity in Public Life Act No. 24 of 2013", {"GD"}),
        ("en", "as amended by the Drug Abuse (Prevention and Control) Act Cap. 131", {"BB"}),
        ("en", "an order under the Proceeds of Crime Act, a search under the Firearms Act", set()),
        ("en", "the Proceeds of Crime Act 2099, Cap. 99:99", set()),
        ("en", "the Criminal Assets Bureau Act governs", {"IE"}),
        ("es", "delito previsto en el artículo 149 de la Ley Orgánica de Drogas", {"VE"}),
        ("es", "el artículo 8 de la Ley Especial contra el Lavado de Activos", {"HN"}),
        ("es", "la Ley contra la Narcoactividad, Decreto 48-92", {"GT"}),
        ("es", "conforme a la Ley N° 9635 y la Ley N° 7557", {"CR"}),
        ("es", "según el Código de Procedimiento Penal y la Ley contra la Corrupción", set()),
        ("pt", "nos termos do Estatuto do Desarmamento e da Lei de Crimes Ambientais", {"BR"}),
        ("pt", "nos termos do Código Penal e da Lei n.º 4/2031", set()),
        ("fr", "la loi du 19 février 1973 concernant la vente de substances", {"LU"}),
        ("fr", "la loi modifiée du 12 novembre 2004 relative à la lutte", {"LU"}),
        ("fr", "les articles 47 à 50 de la loi du 7 août 2001", {"HT"}),
        ("fr", "en application de l’arrêté du 7 août 2001", set()),
    ],
)
def test_laws_tell_their_state(language: str, text: str, expected: set[str]) -> None:
    assert states(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("es", "El artículo 37 de la Ley Orgánica contra la Delincuencia Organizada remite al COPP.", "VE"),
        ("es", "La Ley Especial contra el Lavado de Activos remite al decreto 130-2017.", "HN"),
        ("es", "Según el Art. 38 de la Ley Procesal de Familia y la LEIV, la cuota se fija así.", "SV"),
        ("es", "Conforme a la Ley contra la Narcoactividad y al Decreto 67-2001, procede el comiso.", "GT"),
        (
            "en",
            "Charged under the Larceny Act, Chap. 11:12, the Bail Act, Chap. 4:60 and the Evidence Act, Chap. 7:02.",
            "TT",
        ),
        ("en", "The Proceeds of Crime Act 2008, the Theft Act 1981 and the Misuse of Drugs Act 1976 apply.", "IM"),
        ("fr", "La loi du 19 février 1973 et la loi du 8 août 2000 s’appliquent en matière d’entraide.", "LU"),
    ],
)
def test_laws_alone_decide_the_state_of_a_passage(language: str, text: str, code: str) -> None:
    assert find_jurisdiction(text, Hints(), {}, find_gazetteer(text, words_of(text)), language).code == code


def test_a_name_of_one_state_only_is_of_no_other() -> None:
    owners = defaultdict(set)
    for row in _LAWS:
        for name in (*row.get("names", ()), *row.get("titles", ())):
            owners[fold(name)].add(row["cc"])
    only = {fold(name) for row in _LAWS if row.get("only") for name in (*row.get("names", ()), *row.get("titles", ()))}
    assert [name for name in only if len(owners[name]) > 1] == []


def test_a_number_or_chapter_is_that_of_one_law() -> None:
    laws = defaultdict(set)
    for row in _LAWS:
        for alias in row.get("same", ()):
            laws[alias].add(row["id"])
    ids = {row["id"] for row in _LAWS}
    assert [alias for alias, of in laws.items() if len(of) > 1 or alias in ids] == []


def test_every_law_of_the_list_is_identified_by_its_own_state() -> None:
    national = [row for row in _LAWS if row["id"].startswith("ref:")]
    assert [row["id"] for row in national if row["id"].split(":")[1] != row["cc"].lower()] == []
