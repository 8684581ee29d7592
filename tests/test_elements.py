"""Model instruments as lists of elements, in four languages."""

from __future__ import annotations

import json
import re
from hashlib import sha256

import pytest

from extraction.errors import RogatioError
from extraction.resource import load
from nlp.concepts.layer import LANGUAGES, concepts
from nlp.elements.cues import groups_of
from nlp.elements.instruments import ModelInstrument, instrument, instruments, treaty_provisions

ELEMENTS = [element for one in instruments().values() for element in one.elements]


@pytest.mark.parametrize(
    ("name", "treaty", "count"),
    [
        ("UNTOC_5", "UNTOC 5", 5),
        ("UNTOC_6", "UNTOC 6", 10),
        ("TIP_3", "UNTOC-TIP 3+5", 9),
        ("BUD_2_10", "BUD 2-10", 9),
        ("ARMS_3_5", "UNTOC-ARMS 3+5", 9),
        ("CITES_VIII", "CITES VIII", 5),
    ],
)
def test_a_provision_has_its_elements(name: str, treaty: str, count: int) -> None:
    assert (instrument(name).treaty, len(instrument(name).elements)) == (treaty, count)


def test_the_instruments_of_the_brief_are_there() -> None:
    assert {
        "UNTOC_2a UNTOC_5 UNTOC_6 UNTOC_10 UNTOC_12_13 UNTOC_18 UNTOC_19_20 TIP_3 SOM_6 ARMS_3_5 ARMS_6_10 UNCAC_15"
        " UNCAC_16_20 UNCAC_23 UNCAC_25 UNCAC_31 UNCAC_54 BUD_2_10 BUD_16_21 VIENNA88_3_1 UNESCO1970_2_10"
        " CETS221_3_15 CITES_VIII EU_2024_1203 EU_2024_1260"
    } == {" ".join(instruments())}


def test_every_element_is_described_and_has_keys_in_each_language() -> None:
    poor = [
        (element.instrument, element.id, language)
        for element in ELEMENTS
        for language in LANGUAGES
        if not element.description[language] or len(element.keys[language]) < 2 or "" in element.keys[language]
    ]
    assert poor == []


def test_no_key_is_listed_twice() -> None:
    twice = [
        (e.instrument, e.id, lang) for e in ELEMENTS for lang in LANGUAGES if len(set(e.keys[lang])) < len(e.keys[lang])
    ]
    assert twice == []


def test_elements_name_concepts_and_treaties_that_exist() -> None:
    named = {code for element in ELEMENTS for code in element.concepts}
    named |= {code for one in instruments().values() for code in one.concepts}
    assert named <= concepts().keys()
    assert {one.treaty.split()[0] for one in instruments().values()} - {"EU"} <= load("nlp.treaties").keys()


def test_every_element_has_its_place_in_a_known_treaty() -> None:
    for element in ELEMENTS:
        key, _, place = element.pinpoint.rpartition(" ")
        assert key.partition(" ")[0] in {"EU", "CETS198"} | load("nlp.treaties").keys(), element.pinpoint
        assert re.fullmatch(r"(\d+[a-z]?|[IVX]+)(\(\w+\)(-\(\w+\))?)*(\+\d+[a-z]?(\(\w+\))*)?", place), element.pinpoint


def test_the_provision_of_every_instrument_has_concepts_to_compare() -> None:
    known = treaty_provisions()
    assert all(known[one.treaty] for one in instruments().values())
    assert known["UNTOC 6"][0] == "ML"
    assert known["UNTOC 12-13"] == ("confiscation", "freezing")


def test_one_of_a_group_is_enough() -> None:
    groups = {element.id: element.group for element in instrument("UNTOC_5").elements}
    assert (groups["agreement"], groups["participation"], groups["knowledge"]) == ("A", "A", "")


DUTIES = [
    ("UNTOC_5", "participation", "one of a group"),
    ("UNTOC_6", "conversion", "mandatory"),
    ("UNTOC_6", "acquisition", "qualified"),
    ("UNTOC_6", "negligent", "optional"),
    ("UNTOC_18", "bank_secrecy", "mandatory"),
    ("UNTOC_18", "dual", "optional"),
    ("UNTOC_18", "video", "optional"),
    ("UNTOC_19_20", "jit", "optional"),
    ("UNTOC_19_20", "controlled_delivery", "qualified"),
    ("TIP_3", "attempt", "qualified"),
    ("TIP_3", "accomplice", "mandatory"),
    ("UNCAC_16_20", "foreign_active", "mandatory"),
    ("UNCAC_16_20", "foreign_passive", "optional"),
    ("UNCAC_54", "ncb", "optional"),
    ("VIENNA88_3_1", "acquisition", "qualified"),
    ("ARMS_3_5", "markings", "mandatory"),
    ("ARMS_3_5", "accomplice", "qualified"),
    ("ARMS_3_5", "organising", "mandatory"),
    ("ARMS_6_10", "records", "mandatory"),
    ("UNCAC_23", "conversion", "mandatory"),
    ("UNCAC_23", "acquisition", "qualified"),
    ("UNCAC_23", "concealed_property", "optional"),
    ("UNCAC_31", "burden", "optional"),
    ("UNESCO1970_2_10", "services", "qualified"),
    ("UNESCO1970_2_10", "sanctions", "mandatory"),
    ("CETS221_3_15", "attempt", "mandatory"),
    ("CETS221_3_15", "should_know", "optional"),
    ("CITES_VIII", "trade", "one of a group"),
]


@pytest.mark.parametrize(("name", "element", "duty"), DUTIES)
def test_an_element_binds_as_the_treaty_does(name: str, element: str, duty: str) -> None:
    one = instrument(name).element(element)
    reported = {"optional": one.optional, "qualified": one.qualified, "one of a group": bool(one.group)}
    assert [stated for stated, holds in reported.items() if holds] == ([] if duty == "mandatory" else [duty])


def test_an_element_like_that_of_another_treaty_has_its_wording_at_its_own_place() -> None:
    own, like = instrument("UNCAC_23").element("conversion"), instrument("UNTOC_6").element("conversion")
    assert (own.description, own.keys, own.concepts) == (like.description, like.keys, like.concepts)
    assert (own.like, own.pinpoint) == ("UNTOC_6", "UNCAC 23(1)(a)(i)")
    assert groups_of(own, "es") == groups_of(like, "es")
    attempt = instrument("ARMS_3_5").element("attempt")
    assert (attempt.concepts, attempt.qualified) == (("ATTEMPT", "ARMS"), True)


def test_what_was_checked_against_an_official_text_is_still_the_text() -> None:
    checked = load("nlp.treaty_texts")["checked"]
    assert {code: checked[code]["digest"] for code in checked} == {
        code: digest(one) for code, one in instruments().items() if any(element.checked_on for element in one.elements)
    }


def test_an_element_of_a_treaty_whose_text_is_not_stored_says_so() -> None:
    unheld = {element.pinpoint.rpartition(" ")[0] for element in ELEMENTS if not element.checked_on}
    assert unheld == {"CETS221", "EU 2011/36", "EU 2018/1673", "EU 2024/1203", "EU 2024/1260"}
    assert all(bool(element.official_text) is bool(element.checked_on) for element in ELEMENTS)


def digest(model: ModelInstrument) -> str:
    """Return what the duties, places and wordings in the four languages of elements of checked treaties amount to."""
    held = [
        (
            one.id,
            one.pinpoint,
            {code: one.description[code] for code in LANGUAGES},
            one.optional,
            one.qualified,
            one.group,
            one.source,
        )
        for one in model.elements
        if one.checked_on
    ]
    written = json.dumps(held, ensure_ascii=False).replace("\N{NO-BREAK SPACE}", " ")
    return sha256(written.encode()).hexdigest()[:12]


def test_what_does_not_exist_is_reported() -> None:
    with pytest.raises(RogatioError) as reported:
        instrument("UNTOC_99")
    assert reported.value.code == "nlp.no_such_instrument"
    assert "UNTOC_6" in reported.value.sentence("fr")
    with pytest.raises(RogatioError) as reported:
        instrument("UNTOC_5").element("nothing")
    assert reported.value.code == "nlp.no_such_element"
