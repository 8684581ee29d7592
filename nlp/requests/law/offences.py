"""Offences of the proceeding for which assistance is requested, as concepts with the cited provisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.concepts.layer import broader_concepts
from nlp.requests.context import RequestContext
from nlp.requests.law.cited_offences import cited_offences
from nlp.requests.law.citing_words import citation_of, is_earlier_conviction, law_apart
from nlp.requests.law.named_provisions import SENTENCE_END, concept_by_law, provisions_of
from nlp.requests.law.office_names import is_in_name_of_office
from nlp.requests.law.punishing import punishing_provisions
from nlp.requests.law.titled_laws import titled_offences
from nlp.requests.mood_words import folded_pattern
from nlp.requests.proposal import TRANSCRIPTION, Proposal

ORIGIN = "requests.offences@4"
# Names in which an offence is only a word: of a law, a treaty, an office.
_NAMES = ("LAW", "TREATY", "AUTHORITY", "COURT", "INSTITUTION", "ORGANISATION")
_BEFORE = 260
# How sure it is that the proceeding is for an offence: named under a heading, cited with its provision, charged, spoken
# of in its sentence, mentioned in passing.
_NAMED, _CITED, _CHARGED, _MENTIONED, _PASSING = 0.9, 0.88, 0.85, 0.6, 0.4
# Maximum distance in characters of words that introduce or exclude an offence, and of two offences in a list.
_NEAR, _APART, _LISTED = 80, 70, 140
_PROCEEDS = regex.compile(r"\s+(?:scam )?(?:proceeds|profits|money|funds|victims?|ring|network)\b")
_OTHER_NAME = 0.7
_PHRASE_END = regex.compile(r"[;)]")


@dataclass(frozen=True, slots=True)
class _Mention:
    span: Span
    confidence: float
    provisions: tuple[Span, ...]


def read_offences(context: RequestContext) -> list[Proposal]:
    """Return one proposal per concept, the most certain first; mentions count only without a charge or citation."""
    mentions = _with_following(context.text, list(_mentions(context)))
    best: dict[str, list[_Mention]] = {}
    charged = [mention for mention in mentions if mention.confidence > _MENTIONED] or list(_headed(context))
    cited = list(_cited(context, charged))
    charged = [*_without_others(charged, cited), *cited]
    charged += _titled(context, charged)
    told = [mention for mention in mentions if mention.confidence == _MENTIONED]
    for mention in charged or told or mentions:
        best.setdefault(mention.span.value, []).append(mention)
    wider = {code for concept in best for code in broader_concepts(concept)}
    kept = [found for concept, found in best.items() if concept not in wider]
    kept = _with_punishing(context, kept)
    return sorted(
        (_proposal(context, found) for found in kept), key=lambda proposal: (-proposal.confidence, proposal.start)
    )


def _without_others(named: Sequence[_Mention], cited: Sequence[_Mention]) -> Iterator[_Mention]:
    """Yield the mentions without the provisions that are known to be those of another offence that is named."""
    concepts = {mention.span.value for mention in named}
    for mention in named:
        kept = []
        for provision in mention.provisions:
            found = {one.span.value for one in cited if one.span.start == provision.start}
            own = any(mention.span.value in (code, *broader_concepts(code)) for code in found)
            if own or not found & concepts:
                kept.append(provision)
        yield replace(mention, provisions=tuple(kept))


def _with_punishing(context: RequestContext, offences: Sequence[list[_Mention]]) -> list[list[_Mention]]:
    """Return the mentions of each offence with the provisions that punish the conduct described.

    A provision that is no offence's yet belongs to the one that is named last before it, else to the first.
    """
    found = [list(mentions) for mentions in offences]
    known = {provision.start for mentions in found for mention in mentions for provision in mention.provisions}
    for provision in punishing_provisions(context):
        if not found or provision.start in known:
            continue
        before = [
            (mention.span.start, number)
            for number, mentions in enumerate(found)
            for mention in mentions
            if mention.span.start < provision.start
        ]
        mentions = found[max(before)[1] if before else 0]
        mentions.append(replace(mentions[0], provisions=(provision,)))
    return found


def _with_following(text: str, mentions: Sequence[_Mention]) -> list[_Mention]:
    """Return the mentions; one that the next one of its list follows with a provision is charged as that is."""
    found: list[_Mention] = []
    after: _Mention | None = None
    for mention in reversed(mentions):
        listed = after is not None and 0 <= after.span.start - mention.span.end < _LISTED
        listed = listed and after is not None and _sentence_start(text, after.span.start) <= mention.span.start
        if listed and after and mention.confidence == _MENTIONED and after.confidence > _MENTIONED:
            mention = replace(mention, confidence=_CHARGED)
        found.append(mention)
        after = mention
    return found[::-1]


def _mentions(context: RequestContext) -> Iterator[_Mention]:
    names = list(context.spans(*_NAMES))
    silent = load("nlp.request_offences")["silent"]
    own = [
        span
        for span in _named(context)
        if context.in_own_words(span.start)
        and context.section_at(span.start) not in silent
        and not context.is_unticked(span.start)
        and not any(name.start <= span.start < name.end and _is_longer(name, span) for name in names)
        and not is_in_name_of_office(context, span)
    ]
    last: _Mention | None = None
    for span in own:
        following = (other.start for other in own if other.start >= span.end and other.value != span.value)
        last = _mention(context, span, last, next(following, len(context.text)))
        if last is not None:
            yield last


def _is_longer(name: Span, span: Span) -> bool:
    return name.end - name.start > span.end - span.start


def _reported(concept: str) -> str:
    """Return the concept of the machine form for a concept of the layer: itself or the nearest one above it."""
    rules = load("nlp.request_offences")
    above = (concept, *broader_concepts(concept))
    found = next((code for code in above if code in rules["reported"]), concept)
    return str(rules["instead"].get(found, found))


def _headed(context: RequestContext) -> Iterator[_Mention]:
    """Yield the offences that head transcribed provisions under the heading on offences ("artículo 202, Trata:")."""
    for span in _named(context):
        start = context.flow.at(span.start)
        before = context.flow.folded[max(0, start - _NEAR) : start]
        quoted = context.section_at(span.start) == "offences" and not context.in_own_words(span.start)
        if quoted and _cited_before().search(before):
            yield _Mention(span, _CHARGED, ())


def _cited(context: RequestContext, named: Sequence[_Mention]) -> Iterator[_Mention]:
    """Yield the offences that provisions cite, in the letter and in the law that it transcribes.

    A law whose name holds that of an offence adds none where the letter names the offence that it cites, and a general
    provision adds nothing to the finer offence among ``named`` that it also covers (see ``covers``).
    """
    rules = load("nlp.request_offences")
    concepts = {mention.span.value for mention in named}
    words = [span.start for span in _named(context)]
    of_named = [
        provision
        for mention in named
        for provision in mention.provisions
        if any(provision.start <= start < provision.end for start in words)
    ]
    laws = list(context.spans("LAW", "REFERENCE"))
    for cited in cited_offences(context):
        start, end = context.flow.original(cited.start, cited.end)
        is_quoted = context.part_at(start).kind == TRANSCRIPTION or context.section_at(start) in rules["silent"]
        if context.is_unticked(start) or not (is_quoted or context.in_own_words(start)):
            continue
        whole = [law for law in laws if law.start <= start < law.end]
        start, end = min([start, *(law.start for law in whole)]), max([end, *(law.end for law in whole)])
        concept = _reported(cited.concept)
        if any(start < provision.end and provision.start < end for provision in of_named):
            continue
        if not concepts & set(rules["covers"].get(concept, ())):
            law = law_apart(context, cited.law, start, end)
            found = Span(start, end, "OFFENCE", concept, _CITED, ORIGIN, attributes={"law": law} if law else {})
            before = context.flow.at(_sentence_start(context.text, start))
            if is_earlier_conviction(context, found, context.flow.folded[before : context.flow.at(start)]):
                continue
            yield _Mention(found, _CHARGED, (found,))


def _titled(context: RequestContext, known: Sequence[_Mention]) -> Iterator[_Mention]:
    """Yield the offences of special laws by the subject of their title, where no other offence is cited by them."""
    taken = [mention.provisions[0] for mention in known if mention.provisions]
    for concept, span in titled_offences(context):
        if context.is_unticked(span.start) or not context.in_own_words(span.start):
            continue
        if not any(one.start < span.end and span.start < one.end for one in taken):
            found = Span(span.start, span.end, "OFFENCE", _reported(concept), _CITED, ORIGIN)
            yield _Mention(found, _CHARGED, (found,))


def _named(context: RequestContext) -> Iterator[Span]:
    """Yield the places where an offence is named: a label of the concept layer, else another word of letters."""
    flow = context.flow
    found = [
        Span(*flow.original(*named.span()), "OFFENCE", concept, _OTHER_NAME, ORIGIN)
        for concept, pattern in _names().items()
        for named in pattern.finditer(flow.folded)
    ]
    longest: list[Span] = []
    labelled = (replace(span, value=_reported(span.value)) for span in context.spans("OFFENCE"))
    for span in sorted(  # "conspiracy to defraud": of equal words those of letters, which name what was agreed on
        (*(replace(span, value=_reported(span.value)) for span in found), *labelled),
        key=lambda offence: offence.start - offence.end,
    ):
        if not any(other.start < span.end and span.start < other.end for other in longest):
            longest.append(span)
    never = load("nlp.request_offences")["never"]
    for span in sorted(longest, key=lambda offence: offence.start):
        if flow.folded[flow.at(span.start) : flow.at(span.end)] not in never:
            yield span


def _mention(context: RequestContext, span: Span, before: _Mention | None, following: int) -> _Mention | None:
    """Return the evidence of a mention; in a list it has the status of the preceding mention ``before``.

    Provisions from ``following`` on, where the next offence is named, belong to that one.
    """
    language = context.language_at(span.start)
    flow = context.flow
    start = _sentence_start(context.text, span.start)
    unmasked = words = flow.folded[flow.at(start) : flow.at(span.start)]
    if before is not None and before.span.end > start:  # "organised crime": a word of another offence leads to none
        named = flow.folded[flow.at(before.span.start) : flow.at(before.span.end)]
        words = words.replace(named, " " * len(named))
    last_phrase = _PHRASE_END.split(words[-_APART:])[-1]
    if _cues("apart", language).search(last_phrase) or _PROCEEDS.match(flow.folded, flow.at(span.end)):
        return None
    if is_earlier_conviction(context, span, words):
        return None
    named = flow.folded[flow.at(span.start) : flow.at(span.end)]
    aggravating = (ending for ending in load("nlp.request_offences")["aggravating"] if len(ending) >= len(named))
    if any(f"{words[-10:]}{named}".endswith(ending) for ending in aggravating):
        return None
    if (ordered := _ordered().get(span.value)) and ordered.search(words):
        return None
    if law := _law_against().search(words):
        if law["more"] or _names_offence(unmasked[: law.start()]):
            return None
        return _Mention(span, _CHARGED if _breach().search(words) else _PASSING, ())
    provisions = provisions_of(context, span, following)
    span = replace(span, value=concept_by_law(context.text, span.value, provisions))
    listed = before is not None and before.span.end > start and span.start - before.span.end < _LISTED
    in_title = _caption().search(context.text, context.text.rfind("\n", 0, span.start) + 1, span.start) is not None
    if in_title or context.section_at(span.start) in load("nlp.request_offences")["naming"]:
        confidence = _NAMED
    elif provisions or _cited_before().search(words[-_NEAR:]):
        confidence = _CITED
    elif _cues("charged", language).search(words[-_NEAR:]) or (listed and before and before.confidence > _MENTIONED):
        confidence = _CHARGED
    elif _cues("charged", language).search(words) or _cues("told", language).search(words):
        confidence = _MENTIONED
    else:
        confidence = _PASSING
    return _Mention(span, confidence, provisions)


def _sentence_start(text: str, place: int) -> int:
    start = max(0, place - _BEFORE)
    ends = [found.end() for found in SENTENCE_END.finditer(text, start, place)]
    return ends[-1] if ends else start


def _names_offence(words: str) -> bool:
    """Return whether the words up to a law name an offence ("du chef de bigamie, prévu par la loi")."""
    punished = list(_breach().finditer(words))
    return bool(punished) and _offence_before().search(words, 0, punished[-1].start()) is not None


def _proposal(context: RequestContext, mentions: Sequence[_Mention]) -> Proposal:
    best = max(mentions, key=lambda mention: mention.confidence)
    concept = best.span.value
    cited = [citation_of(context.text, span) for found in mentions for span in found.provisions]
    whole = [one for one in dict.fromkeys(cited) if not any(other.startswith(f"{one}, ") for other in cited)]
    value = {"concept": concept, "broader": list(broader_concepts(concept)), "provisions": whole}
    return Proposal(value, best.span.start, best.span.end, best.confidence, ORIGIN)


@cache
def _law_against() -> regex.Pattern[str]:
    """Match the title of a law up to the name of an offence in it; ``more`` is an offence before it in that title."""
    law, against = load("nlp.request_offences")["law_titles"]
    small = r"(?:el |la |los |las |o |a |os |as |le |les |the |l')?"
    more = rf"(?P<more>[\w ]{{3,70}} (?:y|e|and|et) {small})?"
    return regex.compile(rf"(?<!\w)(?:{law})[^.;:]{{0,50}}?(?:{against})\s+{small}{more}\Z")


@cache
def _ordered() -> dict[str, regex.Pattern[str]]:
    """Return for each offence whose name is also that of a measure the words before it where it is the measure."""
    patterns: dict[str, str] = load("nlp.request_offences")["ordered"]
    return {concept: regex.compile(pattern) for concept, pattern in patterns.items()}


@cache
def _caption() -> regex.Pattern[str]:
    """Match the beginning of a line that names the case, before its offence."""
    return regex.compile(load("nlp.request_offences")["caption"])


@cache
def _breach() -> regex.Pattern[str]:
    return folded_pattern(load("nlp.request_offences")["breach"])


@cache
def _offence_before() -> regex.Pattern[str]:
    """Match words that introduce the name of an offence and that name, up to the end of the text."""
    return regex.compile(load("nlp.request_offences")["offence_before"])


@cache
def _cited_before() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_offences")["cited_before"])


@cache
def _names() -> dict[str, regex.Pattern[str]]:
    rules = load("nlp.request_offences")
    acts = {code: [f"(?:{rules['agreement']}) (?:{act})" for act in acts] for code, acts in rules["acts"].items()}
    before, after = rules["plain_before"], rules["plain_after"]
    plain = {code: [f"(?<={before})(?:{word}){after}" for word in words] for code, words in rules["plain"].items()}
    codes = dict.fromkeys((*rules["names"], *acts, *plain))
    return {
        code: folded_pattern([*rules["names"].get(code, ()), *acts.get(code, ()), *plain.get(code, ())])
        for code in codes
    }


@cache
def _cues(kind: str, language: str) -> regex.Pattern[str]:
    lists: dict[str, list[str]] = load("nlp.request_offences")[kind]
    return folded_pattern(lists.get(language) or [cue for cues in lists.values() for cue in cues])
