"""Optimisations of the pattern bank do not change its results."""

from __future__ import annotations

import pytest

from nlp.citations.law_names import named_laws
from nlp.folding import plain
from nlp.pattern_bank import LatePattern, Rule, load_bank, make_bank, words_among
from nlp.pipeline import compile_patterns

CORED = [rule for rule in load_bank("identifiers", "identifiers").rules if rule.core]


@pytest.mark.parametrize("rule", CORED, ids=lambda rule: rule.id)
def test_a_rule_with_a_core_finds_what_it_finds_without_one(rule: Rule) -> None:
    text = plain(" 12.345; ".join((*rule.ok, *rule.neg, *rule.ok)) + " 2004 123456 1234567890 00:11:22")
    alone = list(rule.pattern.finditer(text))
    assert len(alone) >= 2 * len(rule.ok)
    assert [found.span() for _, found in make_bank((rule,)).scan(text)] == [found.span() for found in alone]


NAMED = ["Code pénal", "CODE PÉNAL", "Code pénal²", "Code pénal_", "Code,\npénal", "code  pénal"]


@pytest.mark.parametrize("text", NAMED)
def test_a_name_is_found_by_its_first_two_words(text: str) -> None:
    rules = tuple(rule for rule in named_laws() if rule.then == "penal" and rule.jurisdictions == ("FR",))
    assert rules
    expected = [rule.pattern.match(text, 0) is not None for rule in rules]
    assert any(expected)
    assert len(list(make_bank(rules).scan(text))) == sum(expected)


def test_names_that_continue_otherwise_are_not_tried() -> None:
    assert not list(make_bank(named_laws()).scan("Code postal"))


def test_words_among() -> None:
    found = words_among("mars, Mars et marsouin; mars_", lambda word: word.lower() == "mars")
    assert [word.span() for word in found] == [(0, 4), (6, 10)]


def test_every_expression_can_be_compiled() -> None:
    broken = LatePattern("(")
    with pytest.raises(Exception, match="missing"):
        compile_patterns()
    LatePattern.all.remove(broken)
    compile_patterns()
