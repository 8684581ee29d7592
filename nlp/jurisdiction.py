"""Jurisdiction of a document, with a confidence: from a hint, the file's metadata, or the text.

Evidence in the text are courts, gazettes and promulgation formulas, the place of signature, official names, addresses
and forms of citation (``resources/jurisdictions.yaml``), weighted as votes. With too few votes, or nearly as many for
another state, all evidence is weighed (``nlp/jurisdiction_judgement.py``); where none of the states is sure, the
jurisdiction is unknown, so that a citation remains unresolved rather than being assigned to the law of another country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Hints, Span
from nlp.compiled_patterns import compiled
from nlp.folding import fold
from nlp.jurisdiction_judgement import INTERNATIONAL, is_sure, probabilities
from nlp.jurisdiction_metadata import metadata_jurisdiction
from nlp.jurisdiction_votes import country_mentions, heads_international, text_votes
from nlp.state_languages import writers

_REQUESTING = 250
_FIRST_PAGE = 3_000
# Number of votes for the full confidence, and minimum number for a result.
_CERTAIN = 40
_MINIMUM = 15
_MARGIN = 1.25
# Share of all votes with which a state need not write in the language of the text.
_MOST = 0.7
# Confidence of votes beyond which nothing else is weighed, and the confidence in a state with the probability 1.
_SURE_VOTES = 0.75
_JUDGED = 0.8
_OWN_SHARE = 0.6  # of the names of states, which that of a text has at least
# Probability from which a State needs a smaller share of the names of States, and that share.
_CLEAR, _CLEAR_SHARE = 0.97, 0.4
_CONTRARY = 0.95
# Probability from which a State is that of a text without its name, and against few votes for another one.
_OVERWHELMING = 0.998
# How many names of states tell whose text it is, and which part of them one state must have.
_MIN_NAMES, _MAX_OF_NAMES = 4, 0.8
_CONFIDENCE_OF_NAMES = 0.5


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """ISO 3166 alpha-2 code or ``EU``, empty if unknown, and a confidence from 0 to 1."""

    code: str = ""
    confidence: float = 0.0


def find_jurisdiction(
    text: str, hints: Hints, metadata: Mapping[str, str], spans: Sequence[Span] = (), language: str = ""
) -> Jurisdiction:
    """Return the jurisdiction of the issuing state.

    ``spans`` are the countries and authorities on the first page. With votes from the text, only states whose
    languages include ``language`` (ISO 639-1) are considered, and not the addressee of a request.
    """
    if hints.jurisdiction:
        return Jurisdiction(hints.jurisdiction.upper(), 1.0)
    if code := metadata_jurisdiction(metadata):
        return Jurisdiction(code, 0.98)
    if code := _requesting(fold(text[:_FIRST_PAGE]), spans):
        return Jurisdiction(code, 0.9)
    votes = text_votes(text, metadata.get("title", ""), spans)
    found = _decision(votes, language)
    if found.confidence >= _SURE_VOTES or _is_international(text, votes):
        return found
    mentions = country_mentions(text)
    judged = _judged(text, votes, mentions, language, found)
    return judged if judged.code else _named_throughout(mentions, language)


def _decision(votes: Counter[str], language: str) -> Jurisdiction:
    """Return the state with most votes, or none if an international body has more or another state nearly as many."""
    possible = writers(language) or votes
    most = max(votes.values(), default=0)
    if votes.total() == most >= _CERTAIN or most >= max(2 * _CERTAIN, _MOST * votes.total()):
        possible = votes  # a translation, or a text with much in another language: nearly all evidence is for one state
    ranked = [(count, code) for code, count in votes.items() if code in possible or code == INTERNATIONAL]
    (most, code), *others = sorted(ranked, reverse=True) or [(0, "")]
    rival = others[0][0] if others else 0
    if code == INTERNATIONAL or most < _MINIMUM or most < _MARGIN * rival:
        return Jurisdiction()
    return Jurisdiction(code, round(min(1.0, most / _CERTAIN) * most / (most + rival) * 0.95, 2))


def _is_international(text: str, votes: Counter[str]) -> bool:
    """Return whether an international body heads the text and has more votes than any state that it names."""
    most = max((count for code, count in votes.items() if code != INTERNATIONAL), default=0)
    return votes[INTERNATIONAL] > _MARGIN * most and heads_international(text)


def _judged(text: str, votes: Counter[str], mentions: Counter[str], language: str, voted: Jurisdiction) -> Jurisdiction:
    """Return the state ``voted`` for unless other evidence is against it; without, the one that is sure by all of it.

    A state voted for that is named (``mentions``) is only given up where all evidence is clearly for another; where
    another state is named more often, as in what one state writes to another, none is sure.
    """
    weighed = probabilities(text, votes, language)
    best = max(weighed, key=lambda state: weighed[state], default="")
    if mentions[voted.code] and (best in ("", voted.code) or weighed[best] < _CONTRARY):
        return voted
    if voted.code and weighed.get(best, 0.0) < _OVERWHELMING:
        return voted if best == voted.code else Jurisdiction()
    sure = best not in ("", INTERNATIONAL) and is_sure(weighed[best], language, named=bool(mentions[best]))
    rivals = writers(language) or mentions
    named = sum(count for state, count in mentions.items() if state in rivals)
    own = (
        weighed.get(best, 0.0) >= _OVERWHELMING
        or mentions[best] >= (_OWN_SHARE if weighed.get(best, 0.0) < _CLEAR else _CLEAR_SHARE) * named
    )
    return Jurisdiction(best, round(_JUDGED * weighed[best], 2)) if sure and own else Jurisdiction()


def _named_throughout(mentions: Counter[str], language: str) -> Jurisdiction:
    """Return the state whose name or people nearly all mentions of states in a text without other signs are."""
    (code, count), *_ = mentions.most_common(1) or [("", 0)]
    possible = writers(language) or mentions
    sure = count >= _MIN_NAMES and count >= _MAX_OF_NAMES * mentions.total()
    return Jurisdiction(code, _CONFIDENCE_OF_NAMES) if sure and code in possible else Jurisdiction()


def _requesting(folded: str, spans: Sequence[Span]) -> str:
    """Return the requesting state named in a request for assistance, or ``""``."""
    for cue in _between_states().finditer(folded):
        named = (span for span in spans if cue.start("own") <= span.start < cue.end("own"))
        if code := next(_countries(named), ""):
            return code
    return ""


def _countries(spans: Iterator[Span]) -> Iterator[str]:
    return (span.value for span in spans if span.label == "COUNTRY")


@cache
def _between_states() -> regex.Pattern[str]:
    lists = load("nlp.jurisdictions")
    requested = "|".join(lists["requested"])
    own = rf"(?P<own>(?:(?!\n\n|{requested}).){{0,{_REQUESTING}}})"
    return compiled(rf"(?:{'|'.join(lists['requesting'])}){own}", regex.DOTALL)
