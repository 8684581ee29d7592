"""Names of bodies for comparison: legal forms in any spelling, and words that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.resource import load
from nlp.entities.linked_bodies import read_body_name

FORMS = {name for names in load("nlp.linking")["legal_forms"].values() for name in names}

SAME_FORM = [
    ("Banco Azul S. A. de C. V.", "BANCO AZUL SA DE CV", "sacv"),
    ("Alfa, s. r. o.", "Alfa s.r.o.", "sro"),
    ("Beta S/A", "Beta, S.A.", "sa"),
]
# The last word begins like a legal form with points between its letters.
NO_FORM = [
    "Segunda Fiscalía Provincial de Surco",
    "Juzgado de Paz de Sorbo",
    "Ministère public de Sarlat",
    "Acme Spain",
]


@pytest.mark.parametrize(("written", "otherwise", "form"), SAME_FORM)
def test_a_legal_form_is_the_same_in_any_spelling(written: str, otherwise: str, form: str) -> None:
    assert read_body_name(written) == read_body_name(otherwise)
    assert read_body_name(written).form == form


@pytest.mark.parametrize("written", NO_FORM)
def test_a_word_that_only_resembles_a_legal_form_is_part_of_the_name(written: str) -> None:
    assert read_body_name(written).form == ""


@given(st.text(alphabet="acdlorsuv .,/", max_size=14))
def test_every_name_can_be_read(ending: str) -> None:
    read_body_name(f"Fiscalía de {ending}")


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_legal_form_is_recognised_at_the_end_of_a_name(form: str) -> None:
    assert read_body_name(f"Comercial Andina {form}").form
