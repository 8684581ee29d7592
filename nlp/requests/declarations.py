"""Statements that a letter makes or not: reciprocity, urgency, confidentiality.

Patterns find the usual words; a classifier over sentences finds what is put in other words. What is confidential is
confirmed by the network of letters.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext, once
from nlp.requests.flow import Sentence
from nlp.requests.network.reading import likeliest_statement
from nlp.requests.proposal import Proposal
from nlp.requests.sentence_vectors import embed_once, encodable
from nlp.requests.weights import vector_weights
from nlp.transformer import MODELS, Vector

ORIGIN = "requests.declarations@10"
# The classifier: a logistic regression for each declaration over the encoder's vector of a sentence.
WEIGHTS = MODELS / "request_declarations" / "weights.npz"
SCALE = np.float32(20)  # vectors have length 1; the product with the weights is a sum of small numbers
_STATED, _UNDER_HEADING, _CLASSIFIED = 0.9, 0.8, 0.7
# Minimum probability by the classifier, chosen on letters that its weights had not seen.
_LIKELY = 0.9
# Probability by the network of letters below which words are doubted, and from which it finds a declaration without
# them, chosen on letters that it had not seen.
_DOUBTED, _BY_NETWORK = 0.1, 0.7
_MIN_LENGTH = 12
# What parts the number of a file from the mark beside it: "Our ref: 12/2026 — URGENT".
_FILE_NUMBER = regex.compile(r"\d{2}")
_BETWEEN_MARKS = regex.compile(r"\s[-–—|·•/]+\s|[;|\t]")


def read_reciprocity(context: RequestContext) -> list[Proposal]:
    """Return where reciprocity is offered or invoked."""
    return _read(context, "reciprocity")


def read_urgency(context: RequestContext) -> list[Proposal]:
    """Return the statements of urgency in the letter."""
    return _read(context, "urgency")


def read_confidentiality(context: RequestContext) -> list[Proposal]:
    """Return the requests for confidential treatment, by words that the network does not doubt, else by the network."""
    found = _read(context, "confidentiality")
    if (likeliest := likeliest_statement(context, "confidentiality")) is None:
        return found
    one, likely = likeliest
    start, end = context.flow.original(one.statement.start, one.statement.end)
    words = context.flow.folded[one.statement.start : one.statement.end]
    if found or likely < _BY_NETWORK or context.is_unticked(start) or not _is_possible(words, "confidentiality"):
        return found if likely >= _DOUBTED else []
    return [Proposal(True, start, end, round(likely, 2), ORIGIN)]


def asks_for_secrecy(words: str) -> bool:
    """Return whether folded words ask that somebody be not told, by the usual words for it."""
    compiled = _compiled("confidentiality")
    rest = _without(words, compiled["never"])
    return any(rule.search(rest) for rule in compiled["says"])


def _read(context: RequestContext, name: str) -> list[Proposal]:
    """Return the first sentence that makes the statement, the surest first."""
    rules = load("nlp.request_declarations")[name]
    found: list[Proposal] = []
    for sentence, likely in _classified(context):
        if confidence := _confidence(context, sentence, name, rules.get("section", ""), likely.get(name, 0.0)):
            start, end = context.flow.original(sentence.start, sentence.end)
            found.append(Proposal(True, start, end, confidence, ORIGIN))
    return sorted(found, key=lambda proposal: -proposal.confidence)[:1]


@once
def _classified(context: RequestContext) -> list[tuple[Sentence, Mapping[str, float]]]:
    """Return the sentences of the letter, each with the probability of each declaration."""
    sentences = list(context.own_sentences())
    words = [encodable(context.flow.cased[sentence.start : sentence.end]) for sentence in sentences]
    return list(zip(sentences, classify(words, context.encoded), strict=True))


def classify(texts: Sequence[str], known: MutableMapping[str, Vector]) -> list[Mapping[str, float]]:
    """Return the probability of each declaration for each sentence; empty mappings without weights for the encoder.

    ``known`` are vectors that exist (see ``embed_once``).
    """
    trained = _weights()
    if not trained or not texts:
        return [{} for _ in texts]
    scores = embed_once(texts, known) @ trained["weights"].astype(np.float32) * SCALE
    likely = 1 / (1 + np.exp(-(scores + trained["bias"].astype(np.float32))))
    names = [str(name) for name in trained["names"]]
    return [dict(zip(names, row.tolist(), strict=True)) for row in likely]


@cache
def _weights() -> Mapping[str, NDArray[Any]]:
    return vector_weights(WEIGHTS)


def _confidence(context: RequestContext, sentence: Sentence, name: str, section: str, likely: float) -> float:
    words = context.flow.folded[sentence.start : sentence.end]
    place = context.flow.places[sentence.start]
    compiled = _compiled(name)
    if not context.flow.folded[max(sentence.start, heading_end(context, sentence)) : sentence.end].strip(" .:\n"):
        return _STATED if _is_marked(words, compiled["mark"][0]) and not context.is_unticked(place) else 0.0
    rest = _without(words, compiled["never"])
    if any(rule.search(rest) for rule in compiled["says"]):
        return _STATED
    if section and (_is_ticked(context, words, place, section) or _is_content(context, place, name, section)):
        return _UNDER_HEADING
    is_found = likely >= _LIKELY and _is_possible(words, name) and not context.is_unticked(place)
    return _CLASSIFIED if is_found else 0.0


def _is_possible(words: str, name: str) -> bool:
    """Return whether a sentence may make a statement without the usual words: it has a hint and nothing against it."""
    compiled = _compiled(name)
    is_hinted = compiled["hint"][0].search(words) is not None and compiled["calm"][0].search(words) is None
    return is_hinted and _without(words, compiled["never"]) == words


def _is_marked(words: str, mark: regex.Pattern[str]) -> bool:
    """Return whether a line is nothing but a mark, or has one beside the number of a file."""
    parts = _BETWEEN_MARKS.split(words) if _FILE_NUMBER.search(words) else []
    return any(mark.fullmatch(part) for part in (words, *parts))


def heading_end(context: RequestContext, sentence: Sentence) -> int:
    """Return the end, in the running text, of the heading at the start of a sentence; 0 without one."""
    place = context.flow.places[sentence.start]
    unit = next((unit for unit in context.sections if unit.start <= place < unit.start + len(unit.label)), None)
    return context.flow.at(unit.start + len(unit.label)) if unit else 0


def _without(words: str, never: tuple[regex.Pattern[str], ...]) -> str:
    """Return the sentence without the phrases that undo the statement or only look like it."""
    for rule in never:
        words = rule.sub(" ", words)
    return words


def _is_ticked(context: RequestContext, words: str, place: int, section: str) -> bool:
    """Return whether a sentence under the heading of the statement has a ticked box that does not deny it."""
    return context.section_at(place) == section and _rule("ticked").search(words) is not None


def _is_content(context: RequestContext, place: int, name: str, section: str) -> bool:
    """Return whether a sentence is under the heading of the statement, and no sentence there denies it."""
    unit = next((unit for unit in context.sections if unit.key == section and unit.start <= place < unit.end), None)
    if unit is None or place < unit.start + len(unit.label) or section[:6] not in fold(unit.label):
        return False
    flow = context.flow
    body = unit.start + len(unit.label)
    if denies(flow.folded[flow.at(body) : flow.at(unit.end)].lstrip(" .:–—-\n")):
        return False
    held = [item for item in context.own_sentences() if place <= flow.places[item.start] < unit.end]
    contents = [flow.folded[item.start : item.end] for item in held]
    denied = any(denies(words) or _without(words, _compiled(name)["never"]) != words for words in contents)
    return not denied and sum(len(words.strip()) for words in contents) >= _MIN_LENGTH


def denies(words: str) -> bool:
    """Return whether a sentence under a heading denies the statement, or states that it does not apply."""
    return _rule("denies").search(words) is not None


@cache
def _compiled(name: str) -> dict[str, tuple[regex.Pattern[str], ...]]:
    rules: dict[str, Any] = load("nlp.request_declarations")[name]
    patterns = {"says": rules["says"], "never": rules["never"], "hint": [rules.get("hint", "")]}
    patterns |= {kind: [rules.get(kind, "(?!)")] for kind in ("mark", "calm")}
    return {kind: tuple(regex.compile(pattern) for pattern in listed) for kind, listed in patterns.items()}


@cache
def _rule(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_declarations")[name])
