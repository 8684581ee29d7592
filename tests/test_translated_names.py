"""Names that may be one name in two languages, and married names, are left to people."""

from __future__ import annotations

from collections import Counter

import pytest

from extraction.resource import load
from nlp.matching.spelling import plain
from nlp.matching.translations import in_one_language
from nlp.matching.verdict import Record, Verdict, match_records

BORN = "1982-11-30"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Jordi Pujol Soler", "Jorge Pujol Soler"),
        ("Iñaki Etxeberria", "Ignacio Echeverría Olano"),
        ("William Smith Ortiz", "Guillermo Smith Ortiz"),
        ("Jean-Pierre Dubois", "Juan Pedro Dubois"),
        ("João Pereira Alves", "John Pereira Alves"),
        ("Catherine Martin", "Catalina Martin"),
        ("Guilherme Souza Prado", "Guillaume Souza Prado"),
        ("Giuseppe Castro Lamas", "José Castro Lamas"),
        ("Charles Dupont", "Carlos Dupont"),
        ("Mikel Zubizarreta", "Miguel Zubizarreta"),
    ],
)
@pytest.mark.parametrize("born", [BORN, ""])
def test_translations_of_a_name_are_unclear(left: str, right: str, born: str) -> None:
    found = match_records(Record(left, born), Record(right, born))
    assert (found.verdict, "name_conflict" in found.reasons) == (Verdict.UNCLEAR, False)
    assert match_records(Record(left, BORN), Record(right, "1970-01-02")).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Liz Carolina Giménez de Benítez", "Liz Carolina Giménez Ayala"),
        ("Rosa Elvira Cáceres Luna", "Rosa Elvira Cáceres de la Torre"),
    ],
)
def test_a_name_of_marriage_is_no_contradiction(left: str, right: str) -> None:
    assert match_records(Record(left), Record(right)).verdict is Verdict.UNCLEAR


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Jorge Pujol Soler", "Pedro Pujol Soler"),
        ("Mario Gómez Ruiz", "María Gómez Ruiz"),
        ("Juan Rojas Soto", "Juan Rojas Pinto"),
        ("Jordi Pujol Soler", "Jorge Riba Soler"),
        ("Ana de la Torre", "Ana Ruiz"),
    ],
)
def test_other_names_stay_different(left: str, right: str) -> None:
    assert match_records(Record(left), Record(right)).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("محمد بن سلمان", "Mohammed bin Salman"),
        ("Cheikh Khaled", "خالد شيخ"),
        ("أحمد علي الحسن", "Ahmed Ali Al-Hassan"),
        ("جمال قاسم", "Gamal Kassem"),
        ("יצחק לוי", "Yitzhak Levy"),
        ("David Cohen", "דוד כהן"),
    ],
)
def test_a_name_in_a_script_without_vowels_is_no_other_one(left: str, right: str) -> None:
    found = match_records(Record(left), Record(right))
    assert (found.verdict, found.reasons) == (Verdict.UNCLEAR, ("name_in_another_script",))


@pytest.mark.parametrize(
    ("left", "right", "born"),
    [
        ("محمد بن سلمان", "Ahmed Ali", ""),
        ("محمد بن سلمان", "Mohammed Salem", ""),
        ("جمال قاسم", "Gamal Kassem", "1970-01-01"),
    ],
)
def test_other_consonants_or_another_birth_date_stay_different(left: str, right: str, born: str) -> None:
    found = match_records(Record(left, BORN if born else ""), Record(right, born))
    assert found.verdict is Verdict.DIFFERENT


def test_a_translation_is_named_as_the_reason() -> None:
    found = match_records(Record("Jordi Pujol Soler", BORN), Record("Jorge Pujol Soler", BORN))
    assert found.reasons == ("name_translated", "birth_date_equal")


def test_a_name_is_in_one_group_and_folded() -> None:
    names = Counter(name for group in load("nlp.translated_names")["given"] for name in group)
    assert [name for name, times in names.items() if times > 1 or plain(name) != name] == []
    assert in_one_language("Txomin Etxeberria") == in_one_language("Domingo Echeverría")
