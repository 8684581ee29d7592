"""Offences of the proceeding for which a letter asks assistance, as concepts with the provisions that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.concepts.layer import broader_concepts
from nlp.requests.context import RequestContext
from nlp.requests.proposal import Proposal
from nlp.requests.statements import folded_pattern

ORIGIN = "requests.offences@1"
# Names in which an offence is only a word: of a law, a treaty, an office.
_NAMES = ("LAW", "TREATY", "AUTHORITY", "COURT", "INSTITUTION", "ORGANISATION")
_PROVISION_REACH = 90
_BEFORE = 260
_SENTENCE_END = regex.compile(r"\p{Ll}{4,}[.;]\s+(?=\p{Lu})|\n\s*\n|[.;]\n")
_NAMED, _CHARGED, _CITED, _TOLD = 0.9, 0.85, 0.85, 0.5


@dataclass(frozen=True, slots=True)
class _Mention:
    span: Span
    confidence: float
    provisions: tuple[Span, ...]


def read_offences(context: RequestContext) -> list[Proposal]:
    """Return one proposal a concept, the surest first; what is told in passing counts only where nothing is charged."""
    mentions = list(_mentions(context))
    charged = [one for one in mentions if one.confidence > _TOLD]
    best: dict[str, list[_Mention]] = {}
    for mention in charged or mentions:
        best.setdefault(mention.span.value, []).append(mention)
    wider = {code for concept in best for code in broader_concepts(concept)}
    kept = [found for concept, found in best.items() if concept not in wider]
    return sorted((_proposal(context, found) for found in kept), key=lambda one: (-one.confidence, one.start))


def _mentions(context: RequestContext) -> Iterator[_Mention]:
    names = list(context.spans(*_NAMES))
    silent = load("nlp.request_offences")["silent"]
    for span in context.spans("OFFENCE"):
        around = [name for name in names if name.end - name.start > span.end - span.start]
        if (
            context.in_own_words(span.start)
            and context.section_at(span.start) not in silent
            and not context.is_unticked(span.start)
            and not any(one.start <= span.start < one.end for one in around)
        ):
            yield from _mention(context, span)


def _mention(context: RequestContext, span: Span) -> Iterator[_Mention]:
    language = context.language_at(span.start)
    flow = context.flow
    before = flow.folded[flow.at(_sentence_start(context.text, span.start)) : flow.at(span.start)]
    provisions = tuple(_provisions(context, span))
    if _cues("apart", language).search(before[-70:]):
        return
    confidence = _TOLD
    if context.section_at(span.start) in load("nlp.request_offences")["naming"]:
        confidence = _NAMED
    elif _cues("charged", language).search(before):
        confidence = _CHARGED
    elif provisions:
        confidence = _CITED
    yield _Mention(span, confidence, provisions)


def _sentence_start(text: str, place: int) -> int:
    start = max(0, place - _BEFORE)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, start, place)]
    return ends[-1] if ends else start


def _provisions(context: RequestContext, span: Span) -> Iterator[Span]:
    """Yield the citations of law right behind an offence, up to the next offence or the end of the sentence."""
    end = min(len(context.text), span.end + _PROVISION_REACH)
    for other in context.annotations.spans:
        if other.start < span.end:
            continue
        if other.start >= end or _SENTENCE_END.search(context.text, span.end, other.start):
            return
        if other.label == "OFFENCE" and other.value != span.value:
            return
        if other.label in ("LAW", "REFERENCE"):
            yield other


def _proposal(context: RequestContext, mentions: Sequence[_Mention]) -> Proposal:
    best = max(mentions, key=lambda one: one.confidence)
    concept = best.span.value
    cited = [" ".join(context.text[one.start : one.end].split()) for found in mentions for one in found.provisions]
    value = {"concept": concept, "broader": list(broader_concepts(concept)), "provisions": list(dict.fromkeys(cited))}
    return Proposal(value, best.span.start, best.span.end, best.confidence, ORIGIN)


@cache
def _cues(kind: str, language: str) -> regex.Pattern[str]:
    lists: dict[str, list[str]] = load("nlp.request_offences")[kind]
    return folded_pattern(lists.get(language) or [one for each in lists.values() for one in each])
