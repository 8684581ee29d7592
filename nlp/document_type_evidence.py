"""Evidence of the type of a document: titles, phrases by which a text calls itself, and structure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.compiled_patterns import compiled
from nlp.document_kinds import is_legislation, is_request
from nlp.folding import fold, words_of
from nlp.lexicon import Lexicon, Term

ORIGIN = "document_type@16"
STRUCTURE = "structure"
"""Beginning of the cue of evidence from the structure of a text."""
OPENING, BODY = 3_000, 40_000
"""Characters of the first page, and of what is read of a text."""
TITLE = 8.0
"""Weight of a title."""
_LABEL = "DOCUMENT_TYPE"
_TITLE_LINES = 12
_LAST = 500
_FIRST_LINES, _FIRST_PAGE, _REST = 4.0, 2.0, 0.4
_OWN_NAME, _OWN_NAMES = 5.0, 3  # weight of the words by which a text calls itself, in full from so many on
_UNFINISHED = compiled(r"[\p{Ll},]\n\Z")
_LETTER_SPACED = compiled(r"\b(?:\w ){3,}\w\b")


def _evidence(start: int, end: int, label: str, cue: str, weight: float) -> Span:
    attributes = {"cue": cue, "weight": f"{weight:.2f}"}
    return Span(start, end, _LABEL, label, round(min(1.0, weight / TITLE), 2), ORIGIN, attributes=attributes)


def title_evidence(text: str, folded: str) -> Iterator[Span]:
    """Yield the types named by the first lines; each further naming line has half the weight of the previous.

    Legislation is not named behind the first recital ("Vistos: el decreto con fuerza de ley N° 1"), nor in a letter,
    which addresses an authority in these lines; in one that takes leave at its end, a bill may be sent.
    """
    lines = first_lines(folded)
    weight, recited = TITLE, any(_addressee().match(line.group()) for line in lines)
    leaves = _leave().search(folded, max(0, len(folded) - _LAST)) is not None
    for line in lines:
        recited = recited or _recital().match(line.group()) is not None
        if goes_on(text, line.start()):
            continue
        named = [
            (label, match)
            for label in _title_patterns()
            if (match := begins(label, line.group()) or (label != "treaty" and begins(label, _unspaced(line.group()))))
            and not (recited and is_legislation(label))
            and not (leaves and is_legislation(label) and label != "bill")
        ]
        for label, match in named:
            end = min(line.start() + match.end(), line.end())
            yield _evidence(line.start() + match.start(), end, label, "title", weight)
        if named:
            weight /= 2


def first_lines(folded: str) -> list[regex.Match[str]]:
    lines = (line for line in regex.finditer(r"[^\n]+", folded[:OPENING]) if regex.search(r"\w", line.group()))
    return [line for line, _ in zip(lines, range(_TITLE_LINES), strict=False)]


def begins(label: str, line: str) -> regex.Match[str] | None:
    return _title_patterns()[label].match(line)


def goes_on(text: str, start: int) -> bool:
    """Return whether the line at ``start`` goes on with the sentence of the line above."""
    return text[start].islower() and _UNFINISHED.search(text, max(0, start - 2), start) is not None


def _unspaced(line: str) -> str:
    """Return a line without the spaces within letter-spaced words: ``a r r e t``."""
    return " ".join(_LETTER_SPACED.sub(lambda match: match[0].replace(" ", ""), line).split())


def named_types(title: str) -> list[str]:
    return [label for label, pattern in _title_patterns().items() if title and pattern.match(title)]


@cache
def _title_patterns() -> dict[str, regex.Pattern[str]]:
    titles: dict[str, list[str]] = load("nlp.document_types")["titles"]
    dated = r"(?:(?:er )?[a-z]{3,9} \d{4}\. ?[-–—] ?)?"  # "17 FEVRIER 1994. - La Constitution coordonnée"
    return {label: compiled(rf"[\W\d]{{0,12}}{dated}(?:{'|'.join(options)})") for label, options in titles.items()}


@cache
def _cue_lexicon() -> Lexicon:
    return Lexicon(
        (phrase, Term(_LABEL, label, 1.0, attributes={"cue": fold(phrase)}))
        for label, by_language in load("nlp.document_types")["cues"].items()
        for phrases in by_language.values()
        for phrase in phrases
    )


def phrase_evidence(text: str) -> Iterator[Span]:
    lines = first_lines(text)
    heading_end = lines[-1].end() if lines else 0
    for match in _cue_lexicon().find(text, words_of(text)):
        weight = _FIRST_LINES if match.start < min(heading_end, 600) else _REST
        weight = _FIRST_PAGE if weight == _REST and match.start < OPENING else weight
        for term in match.terms:
            length = 1.0 if " " in term.attributes["cue"] else 0.5
            yield _evidence(match.start, match.end, term.value, term.attributes["cue"], weight * length)


def own_names(folded: str) -> Iterator[Span]:
    """Yield the words by which a text calls itself (``la présente loi``, ``this Court``), by share of the types.

    What a request calls itself counts against the others and for none, since it is named by its title; "this Court"
    in a letter is its sender.
    """
    found = {
        label: [match.span() for match in pattern.finditer(folded, 0, BODY)]
        for label, pattern in _own_name_patterns().items()
    }
    total = sum(map(len, found.values()))
    letter = addresses_authority(folded)
    for label, places in found.items():
        if places and not is_request(label) and not (letter and label == "judgment"):
            weight = _OWN_NAME * min(len(places), _OWN_NAMES) / _OWN_NAMES * len(places) / total
            yield _evidence(*places[0], label, "own name", weight)


@cache
def _own_name_patterns() -> dict[str, regex.Pattern[str]]:
    names: dict[str, str] = load("nlp.document_types")["own_names"]
    return {label: compiled(rf"\b(?:{pattern})\b") for label, pattern in names.items()}


@cache
def _structure_patterns() -> list[tuple[str, int, float, regex.Pattern[str]]]:
    return [
        (entry["type"], entry["full"], entry["weight"], compiled(rf"^(?:{entry['pattern']})", regex.MULTILINE))
        for entry in load("nlp.document_types")["structure"]
    ]


def structure_evidence(text: str, folded: str) -> Iterator[Span]:
    """Yield the first occurrences of each structure, weighted by the number of different ones."""
    for number, (label, full, weight, pattern) in enumerate(_structure_patterns()):
        places: dict[str, tuple[int, int]] = {}
        for match in pattern.finditer(folded):
            if label == "mla_request" or not goes_on(text, match.start()):
                places.setdefault(match.group().strip(), match.span())
            if len(places) == full:
                break
        if len(places) >= 2:
            for start, end in places.values():
                yield _evidence(start, end, label, f"{STRUCTURE} {number}", weight * len(places) / full)


def addresses_authority(folded: str) -> bool:
    """Return whether one of the first lines addresses an authority."""
    return any(_addressee().match(line.group()) for line in first_lines(folded))


@cache
def _recital() -> regex.Pattern[str]:
    return compiled(rf"\W{{0,12}}(?:{load('nlp.document_types')['recitals']})")


@cache
def _addressee() -> regex.Pattern[str]:
    return compiled(rf"\W{{0,12}}(?:{load('nlp.document_types')['addressee']})")


@cache
def _leave() -> regex.Pattern[str]:
    return compiled(rf"\b(?:{load('nlp.document_types')['leave']})")
