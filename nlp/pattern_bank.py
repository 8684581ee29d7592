"""The pattern bank: written forms of citations and identifiers, read from ``resources`` and matched fast.

A rule is tried only at the words it can begin with, so the cost of a long text is that of its words, not of
its words times the rules. All matching is done on text as :func:`nlp.folding.plain` makes it, with the same offsets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import regex

from extraction.resource import load
from nlp.folding import unaccented
from nlp.patterns import LatePattern, Matcher

WORD = regex.compile(r"\w+")
# A word that a rule's ``then`` is compared with: underscores and signs of footnotes do not belong to it.
FOLLOWING = regex.compile(r"[\p{L}\d]+")
# The characters before a core in which a match begins.
_CORE_REACH = 12
# How many spellings of words a bank keeps in mind.
_SPELLINGS = 50_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One written form; ``jurisdictions`` are ISO alpha-2 codes, ``any``, ``EU``, ``CoE`` or ``OAS``.

    ``home`` rules hold in documents of their countries alone, those with ``context`` where the text has such a word.
    A ``shared`` form means the state of the text where that is none of ``jurisdictions``; a name is ``own`` where no
    other state has a law of that name.
    ``starts`` are the words it can begin with, ``then`` the word that must follow them, where there is only one.
    ``core`` is what every match holds within its first characters and few texts hold.
    """

    id: str
    jurisdictions: tuple[str, ...]
    kind: str
    type: str
    pattern: Matcher
    prior: float = 0.5
    check: str = ""
    starts: tuple[str, ...] = ()
    cue: tuple[str, ...] = ()
    ok: tuple[str, ...] = ()
    neg: tuple[str, ...] = ()
    home: bool = False
    context: tuple[str, ...] = ()
    then: str = ""
    core: Matcher | None = None
    shared: bool = False
    own: bool = False


class _Followed(dict[str, tuple[Rule, ...]]):
    """The rules that begin with one word, by the key of the word after it."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        super().__init__()
        self._rules = tuple(rules)

    def __missing__(self, following: str) -> tuple[Rule, ...]:
        rules = tuple(rule for rule in self._rules if rule.then in ("", following))
        if len(self) < _SPELLINGS:
            self[following] = rules
        return rules


class _Waiting(dict[str, _Followed | None]):
    """The rules that begin with a word, by the word as written; each spelling is folded once."""

    def __init__(self, by_start: Mapping[str, _Followed]) -> None:
        super().__init__()
        self._by_start = by_start

    def __missing__(self, word: str) -> _Followed | None:
        rules = self._by_start.get(start_key(word))
        if len(self) < _SPELLINGS:
            self[word] = rules
        return rules


@dataclass(frozen=True, slots=True)
class Bank:
    """Rules by the key of the word they begin with, and those that have to be looked for everywhere."""

    rules: tuple[Rule, ...]
    anywhere: tuple[Rule, ...] = field(repr=False)
    waiting: Mapping[str, _Followed | None] = field(repr=False)

    def scan(self, text: str) -> Iterator[tuple[Rule, regex.Match[str]]]:
        """Yield every match of every rule in plain text, overlapping ones included."""
        waiting = self.waiting
        for word in WORD.finditer(text):
            if (followed := waiting[word[0]]) is not None:
                following = FOLLOWING.search(text, word.end())
                for rule in followed[start_key(following[0]) if following else ""]:
                    if found := rule.pattern.match(text, word.start()):
                        yield rule, found
        for rule in self.anywhere:
            if any(cue in text for cue in rule.cue):
                for found in _around_core(rule, text) if rule.core else rule.pattern.finditer(text):
                    yield rule, found


def _around_core(rule: Rule, text: str) -> Iterator[regex.Match[str]]:
    """Yield what ``rule.pattern.finditer`` would, trying only places shortly before its core."""
    end = 0
    for core in rule.core.finditer(text) if rule.core else ():
        for start in range(max(end, core.start() - _CORE_REACH), core.start() + 1):
            if found := rule.pattern.match(text, start):
                yield found
                end = found.end()
                break


def words_among(text: str, wanted: Callable[[str], bool]) -> Iterator[regex.Match[str]]:
    """Yield the places of the words that are wanted; each spelling is asked about once."""
    spellings = {word for word in set(WORD.findall(text)) if wanted(word)}
    if spellings:
        yield from (word for word in WORD.finditer(text) if word[0] in spellings)


@lru_cache(maxsize=100_000)
def start_key(word: str) -> str:
    """Return the key under which rules wait for ``word``: ``#4`` for four digits, letters in lower case otherwise."""
    if word.isdigit():
        return f"#{len(word)}"
    if word[0].isdigit():
        return f"#{word.lower()}"
    return unaccented(word).rstrip("0123456789º°ª")


def make_rule(row: Mapping[str, Any], fragments: Mapping[str, str]) -> Rule:
    expression = rf"(?<![\p{{L}}\d])(?:{row['re']})"
    return Rule(
        id=row["id"],
        jurisdictions=tuple(row["jur"]),
        kind=row["kind"],
        type=row.get("type", ""),
        pattern=LatePattern(expression, fragments, case_sensitive=row.get("cs", False)),
        prior=row.get("prior", 0.5),
        check=row.get("check", ""),
        starts=tuple(row.get("starts", ())),
        cue=tuple(row.get("cue", ())),
        ok=tuple(row.get("ok", ())),
        neg=tuple(row.get("neg", ())),
        home=row.get("home", False),
        context=tuple(row.get("context", ())),
        core=LatePattern(row["core"]) if "core" in row else None,
        shared=row.get("shared", False),
    )


def make_bank(rules: tuple[Rule, ...]) -> Bank:
    """Return a bank that matches ``rules``."""
    by_start: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        for key in {key if key.startswith("#") else unaccented(key) for key in rule.starts}:
            by_start[key].append(rule)
    anywhere = tuple(rule for rule in rules if not rule.starts)
    return Bank(rules, anywhere, _Waiting({key: _Followed(found) for key, found in by_start.items()}))


@cache
def load_bank(name: str, *sections: str) -> Bank:
    """Return the rules that stand in the named sections of a resource."""
    content: Mapping[str, Any] = load(f"nlp.{name}")
    fragments = content.get("fragments", {})
    return make_bank(tuple(make_rule(row, fragments) for section in sections for row in content[section]))
