"""Compiled rules of ``resources/provision_elements.yaml`` by language, matched on folded text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from extraction.resource import load
from nlp.elements.penalties import find_penalties

_BEGINNING = 3
_ANYWHERE = "_anywhere"
_OPENING = 80  # characters
_END = r"(?:(?!\w)|(?<=\W))"
_AND = "(?:y|e|et|and|but|pero|mas|mais|o|ou|or)"
_FIRST_WORD = regex.compile(r"\s*(?P<word>\w+)[ ’']")
_OR = regex.compile(rf"(?:[,;] {_AND}|\by/o) $")
_CASE = regex.compile(r"(?:where|if|when)\b[^;:.]{10,300}, ")  # "Where a request is made, any person who"
_AS_WELL_AS = regex.compile(r"[,;] (?:asi|bem) como $")
_INFINITIVE = regex.compile(  # "Evadir-se ou tentar evadir-se o preso", "Inserir, o funcionário, a inserção"
    r"(?:(?:\w+ ou )?(?:\w+ )?\w+-se|deixar|dar|fazer) |(?:\w+(?:ar|er|ir) ou )?\w+(?:ar|er|ir), "
)
_FOR = ("para ", "pour ")
_OTHER_ACTOR = regex.compile(
    r"(?:al|el|la|los|las|aquel) que\b|(?:a )?quien(?:es)?\b|aquele que\b|quiconque\b"
    r"|(?:celui|ceux|toutes? (?:autres? )?personnes?) qui\b|(?:an?|any|every) (?:\w+ )?person who\b"
)
_LISTED = regex.compile(r"[,;] (?:notamment )?$")
_LISTED_ACTOR = regex.compile(  # ", celui qui aura conservé", ", el que ocultare": a further offender
    r"(?:celui|celle|ceux|celles) qui (?:\w+ ?['’]?){0,2}?\b(?:aura|auront|sera|seront)\b"
    r"|(?:el|la|los|las) que \w{2,}(?:are|iere|ere)n?\b"
)
_OR_WHO = regex.compile(r"\bo (?:a )?$")
_WHO_ACTS = regex.compile(
    r"(?:a )?quien(?:es)? (?:\w+ )?\w{2,}(?:are|iere|ere|ara|iera|yera)n?\b"  # "o quien los suprimiere"
    r"|(?:el|los) que(?:, (?:sin|con) [^,;:.]{3,40},)? (?:(?:se|lo|la|los|las|le|les|no) )*"
    r"(?:\w{4,}(?<![ai]d[oa])|da|usa|hace|use|haga)\b"
    # "o el que permanece allí", "o el que, sin autorización, excava"
)
_ONE_ACTOR = regex.compile(r"(?:al|el|aquele) que\b|quem\b")
_ASIDE = regex.compile(r", [^,;:.]{3,40}, ")  # "is guilty of an offence if, in or outside the State, the person"
_FIRST_TO_WIN = ("penalty", "mental_element", "subject", "conduct", "naming", "other")
_ASIDE_OF_PREDICATE = r"(?:,? (?:{adverbs})\b)*(?:, [^,;:.]{{2,60}},|,)? (?:\d+ )?"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that open an element, as a range of the text."""

    element: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language; all patterns and methods apply to folded text."""

    language: str
    amended: regex.Pattern[str]
    amended_within: regex.Pattern[str]
    wholes: tuple[tuple[str, int, regex.Pattern[str]], ...]
    breach: regex.Pattern[str]
    second_tier: regex.Pattern[str]
    prohibited: regex.Pattern[str]
    reserve: regex.Pattern[str]
    form: regex.Pattern[str]
    condition: regex.Pattern[str]
    raised: regex.Pattern[str]
    opens: regex.Pattern[str]
    predicate: regex.Pattern[str]
    verb_first: regex.Pattern[str]
    named_act: regex.Pattern[str]
    same: regex.Pattern[str]
    goes_on: regex.Pattern[str]
    nouns: regex.Pattern[str]
    determiners: regex.Pattern[str]
    means: regex.Pattern[str]
    features: Mapping[str, regex.Pattern[str]]

    def notes(self, folded: str, offset: int) -> list[int]:
        """Return the starts of editor's notes in ``folded``, whose first character is at ``offset`` of the text."""
        return [offset + found.start("note") for found in self.amended_within.finditer(folded)]

    def whole(self, folded: str, start: int, end: int) -> Cue | None:
        """Return the first cue that assigns a whole clause to one element; None without one."""
        cues = []
        for element, first, pattern in self.wholes:
            if found := pattern.search(folded, start, min(end, start + first) if first else end):
                cues.append(Cue(element, found.start(), found.end()))
        return min(cues, key=lambda cue: cue.start, default=None)

    def cues(self, folded: str, start: int, end: int) -> list[Cue]:
        """Return the cues of elements within a clause, in order and without overlap.

        An actor is accepted only at the start of the clause or after another cue. A purpose after a penalty is the
        scope of a disqualification ("inhabilitación para ejercer"), not a mental element.
        """
        found: list[Cue] = []
        at = start
        while match := self.opens.search(folded, at, end):
            element, at = match.lastgroup or "", match.end()
            if element == "subject" and self.predicate.search(folded, match.start(), match.end()):
                at = match.start() + 1  # "El culpable será castigado aunque el delito del que"
                continue
            if element == "subject" and not self._may_act(folded, match.start(), start, found):
                continue
            if element == "mental_element" and found and found[-1].element == "penalty" and match[0].startswith(_FOR):
                continue
            found.append(Cue(element, match.start(), match.end()))
        return found

    def qualified(self, folded: str, start: int, end: int) -> Cue | None:
        """Return the words that begin a qualified form of the offence, None without such a form."""
        found = self.form.match(folded, start, end)
        return Cue("aggravation", found.start(), found.end()) if found else None

    def begins_with_penalty(self, folded: str, start: int, end: int) -> bool:
        """Return whether a clause begins with its penalty."""
        found = self.opens.search(folded, start, min(end, start + _OPENING))
        return found is not None and found.lastgroup == "penalty" and found.start() <= start + _BEGINNING

    def raised_within(self, text: str, folded: str, start: int, end: int) -> regex.Match[str] | None:
        """Return the start of a second, conditional penalty in a range (", et si ..., de dix à quinze ans")."""
        more = self.raised.search(folded, start, end)
        if not more or not find_penalties(text[start : more.start()], self.language):
            return None
        behind = find_penalties(text[more.end() : end], self.language)
        return more if any(penalty.unit for penalty in behind) else None

    def _may_act(self, folded: str, at: int, start: int, found: Sequence[Cue]) -> bool:
        if _OR.search(folded, start, at) and _OTHER_ACTOR.match(folded, at):
            return True  # "punzones, sellos, o el que hiciere uso de ellos"
        if found and _LISTED.search(folded, start, at) and _LISTED_ACTOR.match(folded, at):
            return True
        if _OR_WHO.search(folded, start, at) and _WHO_ACTS.match(folded, at):
            return True
        if _AS_WELL_AS.search(folded, start, at) and _ONE_ACTOR.match(folded, at):
            return True  # ", así como al que disminuyere"
        if self.language == "en" and _OTHER_ACTOR.match(folded, at) and _CASE.fullmatch(folded, start, at):
            return True
        if self.language == "pt" and _INFINITIVE.fullmatch(folded, start, at):
            return True  # "Apropriar-se o funcionário público de dinheiro"
        if not found or at <= start + _BEGINNING:
            return at <= start + _BEGINNING
        if found[-1].element == "mental_element" and _OR.search(folded, start, at):
            return True  # "a sabiendas de que ..., o el que simule"
        behind = found[-1].end
        return found[-1].element in ("penalty", "naming") or (
            found[-1].element == "conduct" and (at <= behind + _BEGINNING or bool(_ASIDE.fullmatch(folded, behind, at)))
        )

    def is_case_before(self, folded: str, start: int, cues: Sequence[Cue]) -> bool:
        """Return whether words about a case precede the offender: they are no act of his."""
        is_offender = bool(cues) and cues[0].element == "subject" and self.language == "en"
        return is_offender and bool(_CASE.fullmatch(folded, start, cues[0].start))

    def verb(self, folded: str, start: int, end: int) -> regex.Match[str] | None:
        """Return the first verb of conduct."""
        return self.features["conduct"].search(folded, start, end)

    def determined(self, folded: str, start: int) -> bool:
        """Return whether a determiner begins at ``start``."""
        word = _FIRST_WORD.match(folded, start)
        return bool(word and self.determiners.fullmatch(folded, word.start("word"), word.end("word") + 1))

    def verbs(self, folded: str, start: int, end: int) -> Iterator[regex.Match[str]]:
        """Yield the verbs of conduct."""
        return self.features["conduct"].finditer(folded, start, end)

    def traits(self, element: str, folded: str, start: int, end: int) -> Iterator[Cue]:
        """Yield the first mention of each trait of ``element``, as a cue with the name of the trait as its element."""
        seen: set[str] = set()
        pattern = self.features.get(element)
        for match in pattern.finditer(folded, start, end) if pattern else ():
            if (name := match.lastgroup or "") not in seen:
                seen.add(name)
                yield Cue(name, match.start(), match.end())

    def mentions(self, element: str, folded: str) -> bool:
        """Return whether any words of ``folded`` may belong to ``element``: a cue or a trait, wherever it stands."""
        if any(found.lastgroup == element for found in self.opens.finditer(folded)):
            return True
        whole = any(name == element and pattern.search(folded) for name, _, pattern in self.wholes)
        return whole or any(self.traits(element, folded, 0, len(folded)))

    def noun(self, folded: str, start: int, end: int) -> int:
        """Return the start of the first object noun with its determiner, -1 without one."""
        found = self.nouns.search(folded, start, end)
        if not found:
            return -1
        before = self.determiners.search(folded, start, found.start())
        return before.start() if before else found.start()


@cache
def rules(language: str) -> Rules | None:
    """Return the rules of ``language``; None for a language without rules."""
    resource: dict[str, Any] = load("nlp.provision_elements")
    if language not in resource["object"]:
        return None
    whole = resource["whole"]
    return Rules(
        language=language,
        amended=regex.compile(rf"\W*(?:(?:{resource['amended'][language]})\s*)+"),
        amended_within=regex.compile(rf"(?<=\w\W+)(?P<note>{resource['amended'][language]})"),
        wholes=tuple(
            (name.removesuffix(_ANYWHERE), entry["first"], _any(entry[language])) for name, entry in whole.items()
        ),
        breach=regex.compile(rf"(?<!\w)(?:{resource['breach'][language]})"),
        second_tier=regex.compile(resource["second_tier"].get(language, "(?!)")),
        prohibited=regex.compile(rf"(?<!\w)(?:{resource['prohibited'][language]})"),
        reserve=regex.compile(resource["reserve"][language]),
        form=regex.compile(rf"(?:{resource['form'][language]}){_END}"),
        condition=_any(resource["condition"][language]),
        raised=regex.compile(rf"[,;] (?:{_AND} )?(?P<condition>{'|'.join(resource['condition'][language])}){_END}"),
        opens=_named(_opening(resource, language)),
        predicate=_any([_predicate(resource, language)]),
        verb_first=regex.compile(resource["verb_first"][language]),
        named_act=regex.compile(resource["named_act"][language]),
        same=_any([resource["same"][language]]),
        goes_on=regex.compile(resource["goes_on"][language]),
        nouns=_any(resource["object"][language].split()),
        determiners=regex.compile(rf"(?<!\w)(?:(?:{'|'.join(resource['determiners'][language].split())})[ ’'])+$"),
        means=_any([resource["means"][language]]),
        features={
            element: _named({name: _forms(words[language]) for name, words in traits.items()})
            for element, traits in resource["traits"].items()
            if traits
        },
    )


def _opening(resource: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return the expression that opens each element; a penalty is opened by any predicate that punishes, too."""
    own = {name: list(resource["opens"][name][language]) for name in _FIRST_TO_WIN}
    predicate = _predicate(resource, language)
    return {name: "|".join([*words, predicate] if name == "penalty" else words) for name, words in own.items()}


def _predicate(resource: Mapping[str, Any], language: str) -> str:
    """Return the expression of a predicate that punishes, of any copula, adverbs and participle."""
    parts = {name: words[language] for name, words in resource["punishing"].items()}
    aside = _ASIDE_OF_PREDICATE.format(adverbs=parts["adverbs"])
    return rf"(?<!\b{parts['before']})(?:{parts['copulas']}){aside}(?:{parts['participles']})"


def _forms(listed: str) -> str:
    """Return the forms as alternatives, the longest first; ``recursos ~natural`` has no "naturales" behind it."""
    forms = sorted((form.strip() for form in listed.split(";")), key=len, reverse=True)
    return "|".join(map(_form, forms))


def _form(listed: str) -> str:
    form, *excluded = listed.split(" ~")
    written = regex.escape(form).replace(r"\*", r"\w*").replace(r"\ ", " ")
    return rf"{written}(?!\w*\W+(?:{'|'.join(map(regex.escape, excluded))}))" if excluded else written


def _any(expressions: Iterable[str]) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{'|'.join(expressions)}){_END}")


def _named(groups: Mapping[str, str]) -> regex.Pattern[str]:
    """Return one pattern with a named group for each entry."""
    return regex.compile(
        rf"(?<!\w)(?:{'|'.join(f'(?P<{name}>{words})' for name, words in groups.items() if words)}){_END}"
    )
