"""Pattern bank: written forms of citations and identifiers from ``resources``, with an index for fast matching.

A rule is tried only at words with which it can begin, so that the time does not grow with the number of rules. Texts
are matched in the form of :func:`nlp.folding.plain`, which preserves offsets. :func:`states_of` returns the states to
whose law a written form may refer in a text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import Any, ClassVar, Protocol

import regex

from extraction.resource import load
from nlp.folding import unaccented
from nlp.patterns import NO_FRAGMENTS, compile_pattern
from nlp.state_languages import share_a_language

WORD = regex.compile(r"\w+")
# A word for comparison with a rule's ``then``: without underscores and footnote signs.
FOLLOWING = regex.compile(r"[\p{L}\d]+")
# Maximum number of characters of a match before its core.
_CORE_REACH = 12
# Maximum number of spellings of words that a bank caches.
_SPELLINGS = 50_000
INTERNATIONAL = frozenset({"EU", "CoE", "OAS", "INT", "any", ""})
NAMED = ("title", "abbreviation")


class Matcher(Protocol):
    """The interface of patterns used by rules, compiled or not."""

    def match(self, text: str, pos: int, /) -> regex.Match[str] | None: ...

    def finditer(self, text: str, /) -> Iterator[regex.Match[str]]: ...


class LatePattern:
    """A pattern that is compiled on first use, since a text needs few of the many rules; ``all`` lists every one."""

    all: ClassVar[list[LatePattern]] = []

    def __init__(
        self, expression: str, fragments: Mapping[str, str] = NO_FRAGMENTS, *, case_sensitive: bool = False
    ) -> None:
        LatePattern.all.append(self)
        self._expression = expression
        self._fragments = fragments
        self._case_sensitive = case_sensitive

    def compile(self) -> None:
        """Compile the pattern in advance."""
        _ = self._compiled

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        return compile_pattern(self._expression, self._fragments, case_sensitive=self._case_sensitive)

    def match(self, text: str, pos: int, /) -> regex.Match[str] | None:
        return self._compiled.match(text, pos)

    def finditer(self, text: str, /) -> Iterator[regex.Match[str]]:
        yield from self._compiled.finditer(text)


@dataclass(frozen=True, slots=True)
class Rule:
    """A written form; ``jurisdictions`` are ISO 3166 alpha-2 codes, ``any``, ``EU``, ``CoE`` or ``OAS``.

    ``home`` rules apply only in documents of their states, those with ``context`` elsewhere only beside such a word. A
    ``shared`` form refers to the state of the text if that is not among ``jurisdictions``; a name is ``own`` if no
    other state has a law of that name. ``starts`` are the words with which it can begin, ``then`` the following word if
    it is always the same. ``core`` is a rare pattern within the first characters of every match. ``cue``, ``ok`` and
    ``neg`` are words that must occur, that confirm and that exclude a match; ``check`` names the check digits.
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


class _BySecondWord(dict[str, tuple[Rule, ...]]):
    """The rules that begin with a given word, by the key of the following word."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        super().__init__()
        self._rules = tuple(rules)

    def __missing__(self, following: str) -> tuple[Rule, ...]:
        rules = tuple(rule for rule in self._rules if rule.then in ("", following))
        if len(self) < _SPELLINGS:
            self[following] = rules
        return rules


class _ByFirstWord(dict[str, _BySecondWord | None]):
    """The rules by first word as written; each spelling is folded once."""

    def __init__(self, by_start: Mapping[str, _BySecondWord]) -> None:
        super().__init__()
        self._by_start = by_start

    def __missing__(self, word: str) -> _BySecondWord | None:
        rules = self._by_start.get(start_key(word))
        if len(self) < _SPELLINGS:
            self[word] = rules
        return rules


@dataclass(frozen=True, slots=True)
class Bank:
    """Rules indexed by the key of their first word, and rules that are searched in the whole text."""

    rules: tuple[Rule, ...]
    anywhere: tuple[Rule, ...] = field(repr=False)
    by_first_word: Mapping[str, _BySecondWord | None] = field(repr=False)

    def scan(self, text: str) -> Iterator[tuple[Rule, regex.Match[str]]]:
        """Yield every match of every rule in ``text`` (see ``nlp.folding.plain``), including overlapping ones."""
        by_first_word = self.by_first_word
        for word in WORD.finditer(text):
            if (followed := by_first_word[word[0]]) is not None:
                following = FOLLOWING.search(text, word.end())
                for rule in followed[start_key(following[0]) if following else ""]:
                    if match := rule.pattern.match(text, word.start()):
                        yield rule, match
        for rule in self.anywhere:
            if any(cue in text for cue in rule.cue):
                for match in _around_core(rule, text) if rule.core else rule.pattern.finditer(text):
                    yield rule, match


def _around_core(rule: Rule, text: str) -> Iterator[regex.Match[str]]:
    """Yield the matches of ``rule.pattern.finditer``, tried only shortly before an occurrence of the core."""
    end = 0
    for core in rule.core.finditer(text) if rule.core else ():
        for start in range(max(end, core.start() - _CORE_REACH), core.start() + 1):
            if match := rule.pattern.match(text, start):
                yield match
                end = match.end()
                break


def words_among(text: str, is_searched: Callable[[str], bool]) -> Iterator[regex.Match[str]]:
    """Yield the matches of the words for which ``is_searched`` is true; it is called once for each spelling."""
    spellings = {word for word in set(WORD.findall(text)) if is_searched(word)}
    if spellings:
        yield from (word for word in WORD.finditer(text) if word[0] in spellings)


@lru_cache(maxsize=100_000)
def start_key(word: str) -> str:
    """Return the key of ``word`` in the index of rules: ``#4`` for four digits, otherwise folded letters."""
    if word.isdigit():
        return f"#{len(word)}"
    if word[0].isdigit():
        return f"#{word.lower()}"
    return unaccented(word).rstrip("0123456789º°ª")


def make_rule(row: Mapping[str, Any], fragments: Mapping[str, str]) -> Rule:
    """Return the rule of a row of a resource; ``fragments`` replace ``<<name>>`` in its expression."""
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
    """Return a bank of ``rules``."""
    by_start: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        for key in {key if key.startswith("#") else unaccented(key) for key in rule.starts}:
            by_start[key].append(rule)
    anywhere = tuple(rule for rule in rules if not rule.starts)
    return Bank(rules, anywhere, _ByFirstWord({key: _BySecondWord(group) for key, group in by_start.items()}))


@cache
def load_bank(name: str, *sections: str) -> Bank:
    """Return the bank of the rules in ``sections`` of the resource ``nlp.{name}``."""
    content: Mapping[str, Any] = load(f"nlp.{name}")
    fragments = content.get("fragments", {})
    return make_bank(tuple(make_rule(row, fragments) for section in sections for row in content[section]))


@dataclass(frozen=True, slots=True)
class Setting:
    """Jurisdiction (ISO 3166 alpha-2) and language (ISO 639-1) of the text, empty if unknown.

    ``any_country`` is for queries, which may refer to any state: every state that uses the form is a reading. In a
    document, a form common to several states belongs to the document's own state, or to an unknown one. ``state_at``
    returns the state on whose law the passage at a position is, ``""`` for that of the text.
    """

    jurisdiction: str = ""
    language: str = ""
    any_country: bool = False
    state_at: Callable[[int], str] | None = None

    def at(self, position: int) -> Setting:
        """Return the setting of the passage at ``position``."""
        state = self.state_at(position) if self.state_at else ""
        return replace(self, jurisdiction=state) if state else self

    @property
    def home(self) -> str:
        """The state to which a form without country refers; empty for international texts."""
        return "" if self.jurisdiction in INTERNATIONAL else self.jurisdiction


def states_of(rule: Rule, setting: Setting) -> tuple[str, ...]:
    """Return the states to whose law or court ``rule`` may refer in a text, ``""`` for an unknown one.

    A form unique to a state belongs to it in any text; a shared form to the state of the text, if that uses the
    language of the form, else to an unknown one of several. Names also used by other states count only in their own
    state, and so do abbreviations.
    """
    jurisdictions, home = rule.jurisdictions, setting.home
    if jurisdictions == ("any",):
        return (setting.jurisdiction if setting.any_country else home,)
    if setting.any_country or INTERNATIONAL.issuperset(jurisdictions) or home in jurisdictions:
        return (home,) if home in jurisdictions and not setting.any_country else jurisdictions
    if rule.kind in NAMED:
        return jurisdictions if rule.own else ()
    if rule.shared and (not home or share_a_language(home, jurisdictions[0])):
        return (home,)
    return jurisdictions[:1] if (home and not rule.shared) or len(jurisdictions) == 1 else ("",)
