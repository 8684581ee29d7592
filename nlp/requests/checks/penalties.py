"""Offences that a letter names without a penalty beside them, while it gives the penalty of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

from nlp.annotations import Span
from nlp.requests.boxes import Range
from nlp.requests.checks.evidence_words import holds, weighed
from nlp.requests.checks.words import Fields, letter_words, pattern
from nlp.requests.context import RequestContext
from nlp.requests.law.article_lists import opens_articles
from nlp.requests.proposal import TRANSCRIPTION, Proposal
from nlp.treaties.instruments import instruments

# Characters behind the name of an offence, or the number of its article, in which its penalty stands.
_REACH = 260
_LINE = regex.compile(r"\n[\s«“\"'*#–-]*")
# How the ids of treaties begin; the id of an act of the European Union, of which no article is cited.
_TREATY, _WHOLE_ACT = "ref:int:", regex.compile(r"celex:[^#]+")
_ARTICLE = "art"  # how the word for an article begins in the four languages
_NUMBER = regex.compile(r"\d+(?:[.-]\d+)*")


def cites_law(context: RequestContext) -> bool:
    """Return whether the letter cites a law in its own words: a treaty or an act of the Union punishes nobody."""
    cited = (span for span in context.spans("LAW", "REFERENCE") if context.in_own_words(span.start))
    return any(not _is_of_treaty(context, span) for span in cited)


def _is_of_treaty(context: RequestContext, span: Span) -> bool:
    folded, start = context.flow.folded, context.flow.at(span.start)
    if span.value in instruments():  # a treaty has articles and no sections
        return folded.startswith(_ARTICLE, start)
    if span.value.startswith(_TREATY) or _WHOLE_ACT.fullmatch(span.value):
        return True
    return weighed("treaty_word").match(folded, start) is not None


def some_lack_penalty(context: RequestContext, fields: Fields) -> bool:
    """Return whether penalties stand beside some of the offences and not beside others.

    Each offence needs its own, unless the letter gives as many penalties as offences or says that one is for each.
    """
    offences = _offences(fields)
    if len(offences) < 2 or holds("respectively", " ".join(letter_words(context))):
        return False
    starts = sorted(context.flow.at(one.start) for own in offences.values() for one in own)
    punished = [any(_is_punished(context, one, starts) for one in own) for own in offences.values()]
    return any(punished) and not all(punished) and _penalties(context, starts) < len(offences)


def _offences(fields: Fields) -> Mapping[str, list[Proposal]]:
    """Return the offences by their concepts."""
    offences: dict[str, list[Proposal]] = {}
    for found in fields.get("offences", ()):
        concept = str(found.value["concept"]) if isinstance(found.value, Mapping) else ""
        offences.setdefault(concept, []).append(found)
    return offences


def _is_punished(context: RequestContext, offence: Proposal, starts: list[int]) -> bool:
    """Return whether a measured penalty stands behind an offence before the next one, or behind its article."""
    place = context.flow.at(offence.start)
    end = min([place + _REACH, *(start for start in starts if start > place)])
    if pattern("penalty_measure").search(context.flow.folded, place, end):
        return True
    return any(pattern("penalty_measure").search(context.flow.folded, *one) for one in _articles(context, offence))


def _articles(context: RequestContext, offence: Proposal) -> Iterator[Range]:
    """Yield the ranges behind each mention of the articles of an offence, up to the next number of an article."""
    provisions = offence.value["provisions"] if isinstance(offence.value, Mapping) else ()
    for provision in provisions if isinstance(provisions, list) else ():
        number = _NUMBER.search(str(provision))
        if number:
            for found in regex.finditer(rf"(?<![\d.-]){regex.escape(number[0])}(?![\d-])", context.flow.folded):
                yield found.end(), _end_of_article(context, found.end())


def _end_of_article(context: RequestContext, start: int) -> int:
    """Return where the text of an article ends: in a transcription before the next one that begins a line."""
    part = context.part_at(context.flow.places[min(start, len(context.flow.places) - 1)])
    if part.kind != TRANSCRIPTION:
        return start + _REACH
    end = context.flow.at(part.end)
    following = _LINE.finditer(context.flow.folded, start, end)
    heads = (line.end() for line in following if opens_articles(context.flow.folded, line.end()))
    return next(heads, end)


def _penalties(context: RequestContext, starts: list[int]) -> int:
    """Return how many measured penalties stand among the offences (by their places) and behind the last one."""
    folded, end = context.flow.folded, starts[-1] + _REACH
    sentences = (one for one in context.sentences if one.end > starts[0] and one.start < end)
    ranges = [(one.start, min(one.end, end)) for one in sentences]
    about = (one for one in ranges if pattern("penalty").search(folded, *one))
    return sum(1 for one in about for _ in pattern("penalty_measure").finditer(folded, *one))
