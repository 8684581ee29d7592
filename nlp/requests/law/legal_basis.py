"""The treaties on which a letter rests, against those that it only mentions; domestic law is no such basis."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.dates.letter_date import day_of_letter
from nlp.requests.flow import sentence_at
from nlp.requests.law.bilateral_basis import instrument_by_words
from nlp.requests.law.treaty_mentions import TreatyMention, treaty_mentions
from nlp.requests.letter_types.certificates import certificate_form
from nlp.requests.proposal import Proposal

ORIGIN = "requests.legal_basis@8"
_SECTION, _CUE, _OPENING = 2.0, 2.0, 1.0
_ELSEWHERE, _MERE, _CONDUCT, _DENIED, _BELONGS = -2.0, -2.5, -5.0, -6.0, -9.0
# A treaty that is named without any sign for or against it is a basis: 40 of 48 such in the labelled letters are.
_ENOUGH = 0.0
_TOP, _REACH, _ASIDE_REACH, _AGAIN_REACH, _NAMED, _DENIAL_REACH = 1_800, 220, 150, 300, 30, 110
_OF_EXTRADITION = frozenset({"extradition_request", "provisional_arrest_request"})
_FOREIGN = frozenset({"facts", "offences", "statute_text", "persons", "annexes"})


def read_legal_basis(context: RequestContext) -> list[Proposal]:
    """Return the treaties that the letter invokes, each once with all articles, the best supported first."""
    invoked: dict[str, tuple[float, TreatyMention]] = {}
    last: TreatyMention | None = None
    for mention in treaty_mentions(context):
        if _is_reference(context, mention) and mention.instrument not in invoked:
            continue
        score = _score(context, mention)
        if last is not None and _ENOUGH > score > _DENIED / 2 and _is_listed_after(context, last, mention):
            score = _ENOUGH
        if score < _ENOUGH:
            last = None
            continue
        last = mention
        key = mention.instrument or _key(context.flow.folded, context, mention)
        known = invoked.get(key)
        if known:
            articles = tuple(dict.fromkeys((*known[1].articles, *mention.articles)))
            score, mention = max(known, (score, mention), key=lambda item: item[0])
            mention = replace(mention, articles=articles)
        invoked[key] = (score, mention)
    ranked = sorted(invoked.values(), key=lambda item: (-item[0], item[1].start))
    return [_proposal(context, score, mention) for score, mention in ranked]


def _is_reference(context: RequestContext, mention: TreatyMention) -> bool:
    """Return whether a mention is of articles alone, which invoke no treaty that its name does not invoke."""
    flow = context.flow
    return _pattern("articles_alone").fullmatch(flow.folded, flow.at(mention.start), flow.at(mention.end)) is not None


def _is_listed_after(context: RequestContext, before: TreatyMention, mention: TreatyMention) -> bool:
    """Return whether a treaty follows another in one list: conjunctions, articles and dates are between them."""
    between = context.flow.folded[context.flow.at(before.end) : context.flow.at(mention.start)]
    words = _pattern("beyond").sub(" ", between)
    listed = _pattern("chain").match(between) is not None and _pattern("joint").search(between) is not None
    return listed and _pattern("mere").search(words) is None


def _key(folded: str, context: RequestContext, mention: TreatyMention) -> str:
    start, end = context.flow.at(mention.start), context.flow.at(mention.end)
    return folded[start:end][:40]


def _proposal(context: RequestContext, score: float, mention: TreatyMention) -> Proposal:
    text = " ".join(context.text[mention.start : mention.end].split())
    instrument = _instrument(context, mention.instrument, text)
    value = {"instrument": instrument or None, "text": text, "articles": list(mention.articles)}
    confidence = round(min(0.97, 0.55 + 0.08 * score), 2)
    return Proposal(value, mention.start, mention.end, confidence, ORIGIN)


def _instrument(context: RequestContext, named: str, words: str) -> str:
    """Return the id of an instrument by the name that was recognised, else by its words, empty if it has none."""
    if named in load("nlp.request_legal_basis")["listed"]:
        return named
    states = context.states
    first, second = (str(state.value) if state else "" for state in (states.requesting, states.requested))
    subject = "extradition" if context.document_type.value in _OF_EXTRADITION else "assistance"
    return instrument_by_words(words, first, second, day_of_letter(context), subject)


def _score(context: RequestContext, mention: TreatyMention) -> float:
    """Return the score of a treaty as the legal basis of the letter."""
    flow = context.flow
    start, end = flow.at(mention.start), flow.at(mention.end)
    if _is_own_act(context, start, end):
        return _SECTION + _CUE
    sentence = sentence_at(context.sentences, start)
    before = flow.folded[max(sentence.start, start - _REACH) : start]
    after = flow.folded[end : min(sentence.end, end + _REACH)]
    whole = flow.folded[start:end]
    section = context.section_at(mention.start)
    score = _SECTION if section == "legal_basis" else 0.0
    score += _ELSEWHERE if section in _FOREIGN else 0.0
    score += _CUE if _pattern("basis").search(before) or _pattern("after").search(after) else 0.0
    score += _CUE if _is_named_again(context, mention) else 0.0
    score += _CONDUCT if _pattern("conduct").search(before) else 0.0
    score += _CONDUCT if _pattern("use").search(after) else 0.0
    score += _OPENING if _opens(context, mention) else 0.0
    score += _DENIED if _pattern("absent").search(before) else 0.0
    score += _DENIED if _pattern("unapplied").search(before) or _pattern("inapplicable").match(after) else 0.0
    score += _MERE if _pattern("joined").search(before) else 0.0
    score += _BELONGS if _pattern("belongs").search(before) else 0.0
    score += _MERE if _pattern("mere").search(_of_clause(before)) or _pattern("mere").search(whole) else 0.0
    aside = flow.folded[end : end + _ASIDE_REACH]
    score += _DENIED if _is_set_aside(aside) and not _names_another(context, mention) else 0.0
    score += _DENIED if _pattern("here").search(before[-60:] + whole + after[:80]) else 0.0
    return score


def _is_own_act(context: RequestContext, start: int, end: int) -> bool:
    """Return whether an order or a certificate names the act on which it always rests, between places of the text."""
    kind, folded = str(context.document_type.value), context.flow.folded
    if form := certificate_form(kind):
        return form.act.search(folded, start, end) is not None
    return kind == "eio" and _pattern("of_orders").match(folded, start) is not None


def _of_clause(before: str) -> str:
    """Return the words before a treaty that may deny it: those of its clause, if the treaty is invoked after a comma.

    "You need not repeat them; we ask, in accordance with the Treaty" denies nothing.
    """
    near = before[-_DENIAL_REACH:]
    invoked = max((found.start() for found in _pattern("basis").finditer(near)), default=-1)
    begins = max(near.rfind(",", 0, invoked), near.rfind(";", 0, invoked)) + 1 if invoked > 0 else 0
    relative = max((found.start() for found in _pattern("relative").finditer(near)), default=0)
    return near[max(begins, relative) :]


def _is_named_again(context: RequestContext, mention: TreatyMention) -> bool:
    """Return whether the letter rests on a treaty that it names again ("based on that Convention"), and no other."""
    following = [other.start for other in treaty_mentions(context) if other.start >= mention.end]
    last = min([*following, mention.end + _AGAIN_REACH])
    flow = context.flow
    return _pattern("again").search(flow.folded, flow.at(mention.end), flow.at(last)) is not None


def _is_set_aside(after: str) -> bool:
    """Return whether the words after a treaty deny its use, and not that of another ("the Recife Agreement is not")."""
    found = _pattern("set_aside").search(after)
    return found is not None and _pattern("another").search(after, found.start(), found.end() + _NAMED) is None


def _names_another(context: RequestContext, mention: TreatyMention) -> bool:
    """Return whether another treaty is named right after one."""
    end = mention.end
    return any(end <= other.start < end + _ASIDE_REACH for other in treaty_mentions(context))


def _opens(context: RequestContext, mention: TreatyMention) -> bool:
    """Return whether an instrument of cooperation, or a treaty of two states, is named near the top of its part."""
    cooperates = not mention.instrument or mention.instrument in load("nlp.request_legal_basis")["cooperation"]
    return cooperates and mention.start - context.part_at(mention.start).start < _TOP


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_legal_basis")[name])
