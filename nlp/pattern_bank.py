"""The pattern bank: written forms of citations and identifiers, read from ``resources`` and matched fast.

A rule is tried only at the words it can begin with, so the cost of a long text is that of its words, not of
its words times the rules. All matching is done on :func:`plain` text, whose offsets are those of the original.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any, ClassVar, Protocol, TypeVar

import regex

from extraction.resource import load
from nlp.folding import Translation

WORD = regex.compile(r"\w+")
# A word that a rule's ``then`` is compared with: underscores and signs of footnotes do not belong to it.
FOLLOWING = regex.compile(r"[\p{L}\d]+")
_PLAIN = Translation(
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t\r\u00ad\u200b\ufeff*", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2044\u2215", "/"),
        **dict.fromkeys("\u0027\u2018\u02bc\u00b4", "\u2019"),
    }
)
# A space of an expression is a run of spaces with at most one line end: law is broken and indented, a blank line is not
# crossed.
_CLASS_OR_SPACE = regex.compile(r"\[(?:\\.|[^\]\\])*\]|\(\?<[!=](?:\\.|[^()\\])*\)|\\s(?![*{+])")
_SPACE = r"(?>[^\S\n]{1,60}(?:\n[^\S\n]{0,8})?|\n[^\S\n]{0,8})"
# The characters before a core in which a match begins.
_CORE_REACH = 12
# How many spellings of words a bank keeps in mind.
_SPELLINGS = 50_000
_UNACCENTED = str.maketrans("áàâãäéèêëíìîïóòôõöúùûüçñ", "aaaaaeeeeiiiiooooouuuucn")


class Matcher(Protocol):
    def match(self, text: str, pos: int, /) -> regex.Match[str] | None: ...

    def finditer(self, text: str, /) -> Iterator[regex.Match[str]]: ...


class LatePattern:
    """A pattern that is compiled when a text first needs it: of a thousand rules a letter needs a few."""

    all: ClassVar[list[LatePattern]] = []

    def __init__(self, expression: str, fragments: Mapping[str, str], *, case_sensitive: bool = False) -> None:
        LatePattern.all.append(self)
        self._expression = expression
        self._fragments = fragments
        self._case_sensitive = case_sensitive

    def compile(self) -> None:
        _ = self._compiled

    @cached_property
    def _compiled(self) -> Any:
        return compile_pattern(self._expression, self._fragments, case_sensitive=self._case_sensitive)

    def match(self, text: str, pos: int, /) -> regex.Match[str] | None:
        found: regex.Match[str] | None = self._compiled.match(text, pos)
        return found

    def finditer(self, text: str, /) -> Iterator[regex.Match[str]]:
        yield from self._compiled.finditer(text)


@dataclass(frozen=True, slots=True)
class Rule:
    """One written form; ``jurisdictions`` are ISO alpha-2 codes, ``any``, ``EU``, ``CoE`` or ``OAS``.

    ``home`` rules hold in documents of their countries alone, those with ``context`` where the text has such a word.
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


def plain(text: str) -> str:
    """Return ``text`` with spaces, dashes, slashes and apostrophes unified, each character in its place."""
    return _PLAIN(text)


def unaccented(text: str) -> str:
    """Return lower-case ``text`` without accents; the length stays."""
    return text.lower().translate(_UNACCENTED)


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


class Ranged(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_Item = TypeVar("_Item", bound=Ranged)


def overlapping(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """Yield groups of ranges in which each overlaps another, in order; a range apart is a group of its own."""
    group: list[_Item] = []
    end = 0
    for item in sorted(items, key=lambda one: one.start):
        if group and item.start >= end:
            yield group
            group = []
        group.append(item)
        end = max(end, item.end) if len(group) > 1 else item.end
    if group:
        yield group


def resource(name: str) -> dict[str, Any]:
    """Return the content of ``resources/<name>.yaml``."""
    content: dict[str, Any] = load(f"nlp.{name}")
    return content


def expanded(expression: str, fragments: Mapping[str, str]) -> str:
    """Put fragments where ``<<name>>`` stands for them, in the expression and in one another."""
    before = ""
    while expression != before:
        before = expression
        for name, fragment in fragments.items():
            expression = expression.replace(f"<<{name}>>", fragment)
    return expression


def compile_pattern(expression: str, fragments: Mapping[str, str], *, case_sensitive: bool = False) -> Any:
    """Compile an expression in which ``<<name>>`` stands for a fragment; a match never begins inside a word."""
    expression = expanded(expression, fragments)
    expression = _CLASS_OR_SPACE.sub(_wide_space, expression.replace("'", "’"))
    flags = regex.V0 if case_sensitive else regex.V0 | regex.I
    return regex.compile(expression, flags)


def _wide_space(found: regex.Match[str]) -> str:
    return _SPACE if found[0] == r"\s" else found[0]


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
        core=LatePattern(row["core"], {}) if "core" in row else None,
    )


def make_bank(rules: tuple[Rule, ...]) -> Bank:
    by_start: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        for key in {key if key.startswith("#") else unaccented(key) for key in rule.starts}:
            by_start[key].append(rule)
    anywhere = tuple(rule for rule in rules if not rule.starts)
    return Bank(rules, anywhere, _Waiting({key: _Followed(found) for key, found in by_start.items()}))


@cache
def load_bank(name: str, *sections: str) -> Bank:
    """Return the rules that stand in the named sections of a resource."""
    content = resource(name)
    fragments = content.get("fragments", {})
    return make_bank(tuple(make_rule(row, fragments) for section in sections for row in content[section]))
