"""A newspaper with proper nouns annotated by hand without kind, which is determined by rule.

The ranges of proper nouns are those of the corpus. Whether one is a person, organisation or place is determined by the
lists of ``newspaper.yaml``, by its context (an office before it, an age after it) and by other mentions on the page;
otherwise it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from models.ner.brat import row
from models.ner.detokenise import contract, detokenise
from models.ner.proper_nouns import (
    CAPITAL,
    Noun,
    Sentence,
    abbreviations,
    given_names,
    is_bracketed,
    is_organisation,
    is_person,
    listed,
    lists,
    nouns_of,
    sentences_of,
)
from models.ner.speech import Row

_LINKS = frozenset({"de", "do", "da", "dos", "das", "o", "a", "os", "as", "e", "-"})


def newspaper_rows(source: dict[str, Any], pages: Mapping[str, str]) -> Iterator[Row]:
    """Yield the sentences of 6 to 60 words with at least half of the proper nouns known, and some without any.

    The heading line of an article ("PáGINA") is joined to its first sentence and omitted with it.
    """
    read = {name: list(sentences_of(text)) for name, text in pages.items()}
    nouns = {name: [noun for sentence in page for noun in nouns_of(sentence)] for name, page in read.items()}
    given = given_names(noun for page in nouns.values() for noun in page)
    for name, page in read.items():
        seen = {noun.name for noun in nouns[name] if is_person(noun, given)}
        known = {word: "PERSON" for full in seen for word in (full.split()[0], full.split()[-1]) if len(word) > 3}
        known |= abbreviations(nouns[name]) | listed()
        if name.startswith(source["sports"]):
            known |= dict.fromkeys(lists()["clubs"], "doubtful")
        for sentence in page:
            yield from _rows(source, sentence, known, given)


def _kind(noun: Noun, known: Mapping[str, str], given: frozenset[str]) -> str:
    name = noun.name
    if _is_part(noun):
        return "doubtful"
    if name in lists()["states"]:
        return "LOCATION" if is_bracketed(noun) else "doubtful"
    if name in known:
        return known[name]
    if is_organisation(name):
        return "ORGANISATION"
    called = noun.around(-1).lower() in lists()["offices"] and bool(CAPITAL.match(name))
    return "PERSON" if is_person(noun, given) or (called and " " not in name) else "doubtful"


def _is_part(noun: Noun) -> bool:
    """Return whether adjacent words tagged as common nouns belong to the name: "Universidade de X"."""
    before = noun.start - 1
    while before > 0 and noun.sentence[before][0] in _LINKS:
        before -= 1
    beside = [*noun.sentence[max(before, 1) : noun.start][:1], *noun.sentence[noun.end :][:1]]
    return any(_is_capital(*word) for word in beside)


def _rows(source: dict[str, Any], sentence: Sentence, known: Mapping[str, str], given: frozenset[str]) -> Iterator[Row]:
    if not 6 <= len(sentence) <= 60 or any(word == "PáGINA" for word, _ in sentence):
        return
    found = [(noun.start, noun.end, _kind(noun, known, given)) for noun in nouns_of(sentence)]
    doubts = sum(kind == "doubtful" for *_, kind in found)
    if len(found) < 2 * doubts or (not found and sha256(str(sentence).encode()).digest()[0] % 8):
        return
    capitals = [(place, place + 1, "doubtful") for place, word in enumerate(sentence) if place and _is_capital(*word)]
    words, ranges = contract(_joined_to_verbs(sentence), sorted([*found, *capitals]))
    text, offsets = detokenise(words, source["language"])
    yield row(source, text, ((offsets[a][0], offsets[b - 1][1], kind) for a, b, kind in ranges))


def _joined_to_verbs(sentence: Sentence) -> list[str]:
    """Return the words, with the hyphen between a verb and its pronoun restored: "deve-se"."""
    before = ("", ""), *sentence[:-1]
    pairs = zip(before, sentence, strict=True)
    return [f"-{w}" if tag == "PROPESS" and verb in ("V|+", "VAUX|+") else w for (_, verb), (w, tag) in pairs]


def _is_capital(word: str, tag: str) -> bool:
    return bool(CAPITAL.match(word)) and tag in ("N", "ADJ")
