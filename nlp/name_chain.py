"""Patterns of names that go on: a head, then capitalised words, numbers and the small words between them."""

from __future__ import annotations

import regex

from nlp.resource import load

# What stays when a head is put in capitals (placeholders, groups, escapes), and what changes.
_PART = regex.compile(r"(\{\w+\??\}|\(\?i?:|\\.)|(\p{L}+)")


def compile_chain(head: str) -> regex.Pattern[str]:
    """Compile a head with its placeholders, as written and in capitals.

    ``{name}`` is one name, ``{names}`` a chain of at least one word, ``{names?}`` a chain that may be missing,
    ``{ordinal}`` a number that stands before the head ("3ª", "Primer").
    """
    capitals = _PART.sub(lambda part: part[1] or part[2].upper(), head)
    return regex.compile(rf"\b(?:{_filled(head)}|{_filled(capitals)})")


def _filled(head: str) -> str:
    parts = load("name_chain")
    word = r"\p{Lu}[\p{L}\p{M}'’\-]*"
    number = parts["number"]
    small = "|".join(parts["small_words"])
    fields = "|".join(parts["fields"])
    step = rf"(?:[ ](?i:{small})){{0,3}}(?:[ ]|(?<=['’]))(?:(?i:{fields})\b|{number}|{word})"
    joined = rf"[ ](?:y|e|et|and|Y|E|ET|AND)(?:[ ](?i:{small}))?[ ](?i:{fields})\b"
    chain = rf"(?:{step}|{joined}){{1,12}}"
    values = {
        "{names?}": rf"(?:{chain})?",
        "{names}": chain,
        "{name}": rf"{word}(?:[ ](?i:{small})?[ ]?{word}){{0,4}}",
        "{ordinal}": rf"(?:(?i:{'|'.join(parts['ordinals'])})|\d{{1,3}}\.?[ªºa°])",
    }
    for key, value in values.items():
        head = head.replace(key, value)
    return head
