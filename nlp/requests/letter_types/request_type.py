"""Type of a cooperation letter by its title, subject line, first sentences and words that indicate types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

import regex

from extraction.resource import load
from nlp.annotations import DocumentType
from nlp.document_kinds import is_request
from nlp.document_type import UNKNOWN
from nlp.folding import fold
from nlp.patterns import expanded
from nlp.requests.flow import Flow, sentences_of
from nlp.requests.letter_types.annexes import may_be_annex, titled_annex
from nlp.requests.letter_types.certificates import certificate_form, titled_certificate
from nlp.requests.letter_types.choice import Features, type_features, type_probability, type_scores, vector_features
from nlp.requests.letter_types.letter_signs import (
    TRANSMITTAL,
    asks_something,
    greets_and_leaves,
    is_addressed,
    only_forwards,
    reads_as_letter,
)
from nlp.requests.letter_types.statements import (
    REMINDER,
    RESPONSE,
    SUPPLEMENT,
    WITHDRAWAL,
    TypeStatement,
    deciding_statement,
    type_statements,
)
from nlp.requests.letter_types.title_lines import title_lines
from nlp.requests.letter_types.unlearned_types import PROVISIONAL_ARREST, SPONTANEOUS, unlearned_type
from nlp.requests.proposal import FilePart, Proposal
from nlp.requests.sentence_vectors import embed_once, encodable
from nlp.requests.weights import ENCODER
from nlp.transformer import Vector, exists

ORIGIN = "requests.type@13"
GENERAL, SERVICE = "mla_request", "service_request"
_SERVED = "service_of_documents"
# Measures of which a request that asks for nothing else has a type of its own.
_OWN_TYPE = {
    _SERVED: SERVICE,
    "data_preservation": "preservation_request",
    "extradition": "extradition_request",
}

CIVIL, ROGATORY = "civil_request", "rogatory_letter"

# Requests that the subject line of a covering note may name, and the confidence that one is a covering note.
_SENT_ON = frozenset({GENERAL, CIVIL, ROGATORY, SERVICE, "extradition_request"})
_FORWARDED = 0.8
# What the weights take such a note for that names neither.
_BELONGING = frozenset({SUPPLEMENT, REMINDER})

# Difference of scores within which the type that titles and phrases name is preferred.
_TIE = 0.03
# What a text that the rules take for no letter of cooperation must have at least, one of no known type and another
# document: the score of a type by the weights, different words spoken to the reader.
_LETTER, _OTHER_DOCUMENT = (0.35, 1), (0.6, 2)
_DOUBTFUL_LETTER = 0.5  # score below which it is doubtful whether a text is a letter of the type at all
_DOUBTFUL_ANSWER = 0.45  # score of an answer below which a letter without a word of an answer is none
_OPENING = 2_500
_DENIED = 80
_REST = 0.25
_ENCODED_TITLES, _ENCODED_SENTENCES = 6, 14
_SURE, _ENOUGH = 8.0, 3.0
_SUREST, _LEAST = 0.99, 0.3
# Names of the general classifier that mean the same here.
_ALIASES = {"mla_response": RESPONSE}
_PLAIN_LETTERS = frozenset({"official_letter", "note_verbale", TRANSMITTAL})
_NO_LETTER = _PLAIN_LETTERS | {UNKNOWN, "translation", "treaty"}

Rules = Mapping[str, tuple[tuple[regex.Pattern[str], float], ...]]


@dataclass(frozen=True, slots=True)
class _Evidence:
    label: str
    start: int
    end: int
    weight: float


def find_request_type(
    text: str,
    flow: Flow,
    part: FilePart,
    general: DocumentType,
    encoded: MutableMapping[str, Vector],
    *,
    is_between_states: bool = False,
) -> Proposal:
    """Return the type of the letter ``part`` of a text; ``general`` is that of the document classifier.

    ``is_between_states`` says that its author and addressee are known to be of two States.

    Rules decide whether the text is a letter of cooperation, an annex of one, or a certificate by its title; trained
    weights choose the type of a letter, except that a rogatory letter without a word of criminal procedure is a civil
    request, and that a statement of what the letter does with a request decides where they leave doubt or it withdraws
    the request. Another document type remains if the letter's evidence is weak or no word of justice or cooperation is
    there. The vectors of the first sentences are added to ``encoded``.
    """
    folded = fold(text[part.start : part.end])
    base = _ALIASES.get(general.label, general.label)
    if annex := annex_of_request(text, flow, part):
        return annex
    if not _pattern("legal").search(folded):
        other = TRANSMITTAL if only_forwards(flow, part) else UNKNOWN if is_letter_type(base) else base
        return Proposal(other, part.start, part.end, general.confidence, ORIGIN)
    titled = list(title_lines(text, part.start, part.end))
    if form := titled_certificate(flow, titled, part.start, part.end):
        return Proposal(form.label, form.start, form.end, form.confidence, ORIGIN)
    is_returned = any(formula.search(flow.folded) for formula in _formulas("returns"))
    flow = _without_formulas(flow)
    titles, openings = list(_titles(text, part.start, part.end)), list(_openings(flow, part.start, part.end))
    evidence = [*titles, *openings]
    scores: dict[str, float] = defaultdict(float)
    for item in evidence:
        scores[item.label] += item.weight
    _weigh_civil(scores, folded)
    label = _decide(scores)
    if label is None or (scores[label] < _SURE and base not in scores and base not in _NO_LETTER):
        label = base if base not in _NO_LETTER else label or base
    asks = asks_something(flow, part)
    if asks and (label in _NO_LETTER or (label not in _precedence() and greets_and_leaves(flow, part.start, part.end))):
        label = GENERAL
    score = confidence = general.confidence
    least, words = _LETTER if label in _NO_LETTER else _OTHER_DOCUMENT
    is_letter = label in _precedence() or (is_addressed(flow, text, part) and (asks or label in _NO_LETTER))
    stated: list[TypeStatement] = []
    named = {one.label for one in evidence}
    may_be = is_between_states or reads_as_letter(flow, part, words)
    if is_letter or (not is_request(label) and may_be):  # else nothing is encoded
        if is_letter or label in _NO_LETTER:
            stated = type_statements(flow, titled, part.start, part.end)
        found = type_scores({**_features(flow, part, titles, openings, general), **_vectors(text, flow, part, encoded)})
        named |= {one.label for one in stated}
        if (is_returned or label == base) and RESPONSE not in named and found.get(RESPONSE, 0.0) < _DOUBTFUL_ANSWER:
            found.pop(RESPONSE, None)  # it asks for its return, or words name a request, and none an answer
        best = max(found, key=lambda name: found[name], default=label)
        if is_letter or found.get(best, 0.0) >= least:
            is_civil = label == CIVIL and best == ROGATORY and not _pattern("criminal").search(folded)
            label = label if is_civil or found.get(best, 0.0) - found.get(label, 0.0) < _TIE else best
            score = found.get(label, score)
            is_weighed = label in found and score >= _DOUBTFUL_LETTER
            likely = type_probability(found, label) if is_weighed else score
            confidence = min(_SUREST, max(_LEAST, likely))
    one = deciding_statement(stated, label, score, is_named=label not in _NO_LETTER)
    if one := unlearned_type(flow, titled, part.start, part.end, one.label if one else label) or one:
        return Proposal(one.label, one.start, one.end, one.confidence, ORIGIN)
    sent_on = label in _SENT_ON or (label in _BELONGING and label not in named)
    if sent_on and only_forwards(flow, part):
        return Proposal(TRANSMITTAL, part.start, part.end, _FORWARDED, ORIGIN)
    named_at = [(item.weight, item.start, item.end) for item in evidence if item.label == label]
    bounds = max(named_at, key=lambda one: one[0])[1:] if named_at else (part.start, part.end)
    return Proposal(label, *bounds, round(confidence, 2), ORIGIN)


def annex_of_request(text: str, flow: Flow, part: FilePart) -> Proposal | None:
    """Return the type of ``part`` of a text if it is an annex of a request in a file of its own, else None."""
    if not may_be_annex(text[part.start : part.end]):
        return None
    one = titled_annex(text, flow, list(title_lines(text, part.start, part.end)), part)
    return Proposal(one.label, one.start, one.end, one.confidence, ORIGIN) if one else None


def is_letter_type(label: str) -> bool:
    """Return whether ``label`` is a type that a letter of cooperation may have by its own reading."""
    named = (*_precedence(), *_ALIASES, WITHDRAWAL, PROVISIONAL_ARREST, SPONTANEOUS)
    return label in named or certificate_form(label) is not None


def stored_type(label: str) -> str:
    """Return the type of documents that means the type ``label`` of a letter."""
    return next((name for name, alias in _ALIASES.items() if alias == label), label)


def is_plain_letter(label: str) -> bool:
    """Return whether ``label`` is a type of letter that does not say what the letter is about."""
    return label in _PLAIN_LETTERS


def letter_features(text: str, flow: Flow, part: FilePart, general: DocumentType) -> Features:
    """Return the features from which the type of a letter is chosen."""
    flow = _without_formulas(flow)
    titles, openings = _titles(text, part.start, part.end), _openings(flow, part.start, part.end)
    found = _features(flow, part, list(titles), list(openings), general)
    return {**found, **_vectors(text, flow, part, {})}


def _without_formulas(flow: Flow) -> Flow:
    """Return the running text with blanks for formulas that are no words of the type that they resemble.

    A note verbale "reiterates" its esteem, a request asks that it be returned "duly executed". The vectors are of the
    text with the formulas, as those that the weights were fitted to.
    """
    folded = flow.folded
    for formula in (*_formulas("courtesy"), *_formulas("returns")):
        folded = formula.sub(lambda found: " " * len(found[0]), folded)
    return replace(flow, folded=folded)


def _vectors(text: str, flow: Flow, part: FilePart, encoded: MutableMapping[str, Vector]) -> Features:
    """Return the features from the encoder's vectors of the first title lines and the first sentences."""
    lines = islice(title_lines(text, part.start, part.end), _ENCODED_TITLES)
    titles = [encodable(text[start : start + len(words)]) for start, words in lines]
    held = (one for one in sentences_of(flow) if flow.at(part.start) <= one.start < flow.at(part.end))
    sentences = [encodable(flow.cased[item.start : item.end]) for item in islice(held, _ENCODED_SENTENCES)]
    if not exists(ENCODER):
        return {}
    named = (("title_vector", titles), ("text_vector", sentences))
    return {
        name: value
        for kind, words in named
        if words
        for name, value in vector_features(kind, embed_once(words, encoded)).items()
    }


def _features(
    flow: Flow, part: FilePart, titles: Sequence[_Evidence], openings: Sequence[_Evidence], general: DocumentType
) -> Features:
    folded = flow.folded[flow.at(part.start) : flow.at(part.end)]
    return type_features(
        folded,
        [(item.label, item.weight) for item in titles],
        [(item.label, item.weight) for item in openings],
        (general.label, general.confidence),
        asks=asks_something(flow, part),
        criminal=len(_pattern("criminal").findall(folded)),
    )


def type_by_measures(kind: Proposal, measures: Sequence[Proposal]) -> Proposal:
    """Return the type of a letter by its measures.

    One that only requests service of documents has its own type, one that requests other measures alone has not.
    """
    names = {str(proposal.value["measure"]) for proposal in measures if isinstance(proposal.value, Mapping)}
    if kind.value == SERVICE and names and _SERVED not in names:
        return replace(kind, value=GENERAL)
    only = _OWN_TYPE.get(names.pop()) if len(names) == 1 else None
    return replace(kind, value=only) if only and kind.value in (GENERAL, ROGATORY) else kind


def _decide(scores: Mapping[str, float]) -> str | None:
    """Return the best supported type; one with precedence wins if it is well supported itself."""
    best = max(scores.values(), default=0.0)
    if best < _ENOUGH:
        return None
    order = _precedence()
    special = order[: order.index(ROGATORY)]
    for label in special:
        if scores.get(label, 0.0) >= 6.0 and scores[label] >= 0.5 * best:
            return label
    return max(order, key=lambda label: scores.get(label, 0.0))


def _weigh_civil(scores: dict[str, float], folded: str) -> None:
    """Subtract the evidence of criminal procedure from the civil request."""
    criminal = len(_pattern("criminal").findall(folded))
    scores[CIVIL] -= 2.0 * criminal
    if scores[CIVIL] <= 0:
        del scores[CIVIL]


def _titles(text: str, start: int, end: int) -> Iterator[_Evidence]:
    """Yield the types named in title lines and subject lines; of the lines of one type the first counts."""
    seen: set[str] = set()
    for line_start, line in title_lines(text, start, end):
        for label, rules in _rules("titles").items():
            found = next(((match, weight) for pattern, weight in rules if (match := pattern.match(line))), None)
            if found and label not in seen:
                seen.add(label)
                yield _Evidence(label, line_start, line_start + found[0].end(), found[1])


def title_types(line: str) -> frozenset[str]:
    """Return the types of request that a folded line names at its start."""
    words = line.lstrip(" \t#*_|>\"'«“-–—")
    mark = _pattern("subject").match(words)
    words = words[mark.end() :] if mark else words
    titles = _rules("titles")
    return frozenset(
        label for label, rules in titles.items() if label != RESPONSE and any(rule.match(words) for rule, _ in rules)
    )


def _openings(flow: Flow, start: int, end: int) -> Iterator[_Evidence]:
    """Yield the phrases of the letter; of one rule only its first place counts."""
    first, last = flow.at(start), flow.at(end)
    for label, rules in _rules("openings").items():
        for pattern, weight in rules:
            if match := _undenied(label, pattern, flow.folded, first, last):
                near = match.start() - first < _OPENING
                left, right = flow.original(*match.span())
                yield _Evidence(label, left, right, weight if near else weight * _REST)


def _undenied(label: str, pattern: regex.Pattern[str], folded: str, first: int, last: int) -> regex.Match[str] | None:
    """Return the first match before which the letter does not say that it is of another type."""
    found = pattern.finditer(folded, first, last)
    if label not in load("nlp.request_types")["may_be_denied"]:
        return next(found, None)
    return next(
        (
            match
            for match in found
            if not _pattern("denied").search(folded, max(first, match.start() - _DENIED), match.start())
        ),
        None,
    )


@cache
def _rules(kind: str) -> Rules:
    content = load("nlp.request_types")
    fragments = content["fragments"]

    def compiled(rows: list[list[Any]]) -> tuple[tuple[regex.Pattern[str], float], ...]:
        return tuple((regex.compile(expanded(pattern, fragments)), float(weight)) for pattern, weight in rows)

    return {label: compiled(rows) for label, rows in content[kind].items()}


@cache
def _formulas(name: str) -> tuple[regex.Pattern[str], ...]:
    content = load("nlp.request_types")
    return tuple(regex.compile(expanded(pattern, content["fragments"])) for pattern in content[name])


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_types")[name])


def _precedence() -> list[str]:
    order: list[str] = load("nlp.request_types")["precedence"]
    return order
