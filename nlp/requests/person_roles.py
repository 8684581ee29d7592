"""What the words around a name say of the one who bears it: an authority's own, a party with a role, or nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.boxes import ticked_ranges
from nlp.requests.context import RequestContext
from nlp.requests.parties import LEGAL, Mention, Party

OTHER = "other_party"
# Where two roles are equally likely, the one that weighs more for the person comes first.
ROLES = ("convicted", "accused", "suspect", "victim", "witness", "account_holder", "beneficiary")
_BEFORE, _AFTER, _FORM = 200, 330, 900
_ZONE, _LATE = 700, 0.6
_SENTENCE_END = regex.compile(r"\p{Ll}{3,}[.;]\s+(?=[\p{Lu}¿\d])|\n")
_ITEM = regex.compile(r"(?:^|\n)[ \t]*(?:[-–—•*]|\(?\w{1,3}[.)])[ \t]*(?:\p{Ll}[\p{L}'’]*[ \t]+){0,3}\Z")
# What may stand between a word that tells a role and the name: other words, no other name's turn.
_TURN = regex.compile(r"[,;:]|\b(?:y|e|and|et|but|pero|mas|mais)\b")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a letter says of a party: whether it is an authority's own or nobody, its role, and how sure that is."""

    official: bool
    nobody: bool
    role: str
    weight: float


class RoleReader:
    """Reads the standing of the parties of one letter. Places are those of the running text."""

    def __init__(self, context: RequestContext, mentions: Sequence[Mention], parents: Sequence[Mention]) -> None:
        flow = context.flow
        self._text = flow.cased
        self._folded = _without(flow.folded, [(flow.at(start), flow.at(end)) for start, end in context.unticked])
        self._at = {one: (flow.at(one.start), flow.at(one.end)) for one in mentions}
        self._owners = [one for one in mentions if one not in parents]
        self._zones = list(_signatures(context))
        self._ticked = [(flow.at(start), flow.at(end)) for start, end in ticked_ranges(context.text)]

    def standing(self, party: Party) -> Standing:
        """Return what the words around all mentions of a party say together."""
        weights: dict[str, float] = {}
        official, nobody = 0.0, 0
        for mention in party.mentions:
            start, end = self._at[mention]
            nobody += bool(_nobody().search(self._folded, max(0, start - 60), start))
            official = max(official, 3.0 * self._is_official(start, end), 2.6 * self._signs(start))
            for role, weight in self._roles(mention):
                seen = weights.get(role, 0.0)
                weights[role] = max(seen, weight) + (0.2 if seen else 0.0)
        role = max(ROLES, key=lambda one: (weights.get(one, 0.0), -ROLES.index(one)))
        weight = weights.get(role, 0.0)
        if party.kind == LEGAL:
            official = 0.0
        return Standing(official > weight, nobody == len(party.mentions), role if weight else OTHER, weight)

    def _signs(self, start: int) -> bool:
        return any(first <= start < last for first, last in self._zones)

    def _is_official(self, start: int, end: int) -> bool:
        line = max(self._text.rfind("\n", 0, start) + 1, start - 120)
        before = _official("before").search(self._text, line, start)
        return before is not None or _official("after").match(self._text, end) is not None

    def _roles(self, mention: Mention) -> Iterator[tuple[str, float]]:
        """Yield the roles that words around a mention tell, each with a weight up to 3.5."""
        before, shared = self._before(mention)
        after = self._after(mention)
        ticked = self._ticked_words(mention) if mention.in_form else ""
        for role in ROLES:
            for found in _cues(role, "before").finditer(before):
                between = before[found.end() :]
                gap = len(between.split())
                if gap <= 2 or (gap <= 12 and not _TURN.search(between)):
                    yield role, (3.0 if gap <= 2 else 2.0 if gap <= 5 else 1.2) - 0.2 * shared
            for found in _cues(role, "after").finditer(after):
                yield role, 2.9 if len(after[: found.start()].split()) <= 1 else 1.9
            if _cues(role, "weak").search(before) or _cues(role, "weak_after").match(after):
                yield role, 1.1
            if ticked and _cues(role, "before").search(ticked):
                yield role, 3.5

    def _before(self, mention: Mention) -> tuple[str, bool]:
        """Return the words before a mention in its sentence, and whether they are those of a list of names.

        They begin behind the name before it. In a list the words before the first name count for each, and those that
        introduce the list.
        """
        place = self._at[mention][0]
        start = max(0, place - _BEFORE)
        start = max([start, *(found.end() for found in _SENTENCE_END.finditer(self._text, start, place))])
        previous = [one for one in self._owners if self._at[one][1] <= place and one is not mention]
        if previous and self._at[previous[-1]][1] > start:
            end = self._at[previous[-1]][1]
            if _list().fullmatch(self._folded, end, place):
                return self._before(previous[-1])[0], True
            start = end
        words = self._folded[start:place]
        if _ITEM.search(self._text, max(0, place - 60), place):
            words = f"{self._lead(place)} {words}"
        return words, False

    def _lead(self, place: int) -> str:
        """Return the end of the line that introduces a list."""
        colon = self._folded.rfind(":\n", 0, place)
        return "" if colon < 0 or place - colon > 1200 else self._folded[max(0, colon - 60) : colon]

    def _after(self, mention: Mention) -> str:
        """Return the words behind a mention in its sentence, up to the next name."""
        place = self._at[mention][1]
        end = min(len(self._text), place + _AFTER)
        following = (self._at[one][0] for one in self._owners if self._at[one][0] >= place)
        stop = _SENTENCE_END.search(self._text, place, end)
        return self._folded[place : min(end, next(following, end), stop.end() if stop else end)]

    def _ticked_words(self, mention: Mention) -> str:
        """Return the words of the ticked boxes behind a name in a form, up to the next name in one."""
        place = self._at[mention][1]
        forms = (self._at[one][0] for one in self._owners if one.in_form and self._at[one][0] >= place)
        end = min(next(forms, len(self._text)), place + _FORM)
        return " ; ".join(self._folded[first:last] for first, last in self._ticked if place <= first < end)


def _without(folded: str, ranges: Sequence[tuple[int, int]]) -> str:
    for start, end in ranges:
        folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded


def _signatures(context: RequestContext) -> Iterator[tuple[int, int]]:
    """Yield the ranges behind a closing formula, or a place with a date at the end, in which signatories stand."""
    flow = context.flow
    for part in context.parts:
        start, end = flow.at(part.start), flow.at(part.end)
        late = int(start + _LATE * (end - start))
        closings = [found.start() for found in _closing().finditer(flow.folded, late, end)]
        if closings:
            yield closings[0], min(end, closings[0] + _ZONE)


@cache
def _list() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_persons")["list"].replace(" ", r"\s+"))


@cache
def _closing() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{'|'.join(load('nlp.request_persons')['closing'])})")


@cache
def _official(side: str) -> regex.Pattern[str]:
    """Match the words before or behind an official's name; between post and name stand the body's words."""
    resource = load("nlp.request_persons")
    if side == "after":
        return regex.compile(rf"\s*(?i:{'|'.join(resource['official_after'])})")
    posts = rf"(?i:{'|'.join(resource['official_before'])})(?:{resource['post_words']}){{0,9}}?"
    exact = "|".join(resource["official_directly_before"])
    return regex.compile(rf"(?<![\p{{L}}.])(?:{posts}|(?i:{exact}))\s*[:,(]?\s*(?i:{resource['title']})?\s*\Z")


@cache
def _nobody() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['nobody_before']})\s*\Z")


@cache
def _cues(role: str, side: str) -> regex.Pattern[str]:
    words = load("nlp.request_persons")["roles"][role].get(side) or ["(?!)"]
    joined = "|".join(words).replace(" ", r"\s+")
    return regex.compile(rf"(?<!\w)(?:{joined})" + ("" if "after" in side else r"(?!\w)"))
