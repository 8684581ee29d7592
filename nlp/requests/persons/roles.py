"""Roles of persons by the words around their names: an official of an authority, a party with a role, or nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from nlp.requests.boxes import ticked_ranges
from nlp.requests.context import RequestContext
from nlp.requests.parts.mail_headers import addressed_lines
from nlp.requests.persons import role_patterns as patterns
from nlp.requests.persons.officials import names_counsel_firm, names_official, signature_zones
from nlp.requests.persons.parties import LEGAL, Mention, Party
from nlp.requests.persons.role_denials import denies, denies_by_pronoun, denies_each
from nlp.requests.persons.role_places import HOLDER, PURSUED, ROLES, STAGES, present_words

OTHER = "other_party"
_BEFORE, _AFTER, _FORM, _APPOSED = 200, 330, 900, 240
_PIECES = regex.compile(r"(?<=:)|[.;,()–—]")
# Behind a name whose bearer's relative or thing is spoken of: what follows tells of that one.
_POSSESSIVE = ("'s ", "’s ")
# Weight of an act of a suspect by which somebody is harmed.
_HARMED = 2.0
# Weight of a statement that somebody is not a suspect.
_DENIED = 1.0
_HEARD, _HEARD_BESIDE = 90, 180
_SEGMENT_END = regex.compile(r"[\n;]|\.(?=\s)")
# "Suspects: ...", "2. Declaración testimonial. El señor ..."
_LABEL_END = regex.compile(r"[^:\n]{0,60}:|[ \t]*(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]*[^.:\n]{3,50}\.")
# Maximum number of words between a role word and the name: next to it, and within its clause.
_NEAR, _FAR = 3, 6
_WORD = regex.compile(r"\w+")
# Weight of a place among sender and recipients, of a post before or after a name, and of a place among the signatures;
# a role weighs up to 3.
_ADDRESSED, _POST, _SIGNED = 5.0, 4.0, 2.6
# The role of whoever is harmed, and the weight from which words state it beyond doubt.
_VICTIM, _PLAINLY = "victim", 3.0
# The weight from which a stage of a proceeding is accepted.
_MIN_WEIGHT = 1.8
_SENTENCE_END = regex.compile(r"(?:\p{Ll}{3,}|\d{3,}|[)»”\"%])[.;]\s+(?=[\p{Lu}¿\d])|\n")
_NEXT_SUBJECT = regex.compile(
    r"[.;] (?:the|el|la|l[oa]s|o|a|os|as|le|les|l['’]) ?[^.;,()]{2,40}(?:,? |, \p{L}{1,5}\.? )\Z"
)
# The end of a sentence directly after a name.
_ENDED = regex.compile(r"[.;]\s+(?=\p{Lu}\p{Ll})")
_ITEM = regex.compile(r"(?:^|\n)[ \t]*(?:[-–—•*]|\(?\w{1,3}[.)])[ \t]*(?:\p{Ll}[\p{L}'’]*[ \t]+){0,3}\Z")
# Words allowed between a role word and the name: any but those that introduce another name.
_OF_IT = regex.compile(r",\s+\w+\s+(?:de la|del|da|do|de|of|du|of the)\s+\Z")
# "the declared beneficial owner of A": of whose property somebody else is the beneficiary
_OF_WHAT = regex.compile(r"(?:\s\w+)?\s(?:de la|del|d[aeo]s?|of(?: the)?|du)\s+")
# "the witness, a clerk of that company, Mr ...", "as a victim, the statement of ..."
_POST_BETWEEN = regex.compile(
    r"\s*(?:[oa]|el|al|la|the|an?|le|l['’]|une?)\s[\w '’.\-]{3,50},\s*(?:\w{1,3}\.\s*)?"
    r"|,?\s+(?:la|a|the|l['’]|sa|su)\s?(?:declaracion|depoimento|statement|testimonio|audition|deposition)\s(?:del?|d[oae]|of|d['’])\s*"
)
# "arrested in the prison A": where it was
_DESCRIBED = regex.compile(
    r"\s*\([^()\n]*\)(?=\s*(?:[,;]|y|e|and|et)(?!\w))|(?s:.*);"
    r"|,? (?:is|was|es|era|fue|foi|est|etait) [\w '’]{3,40}?,? (?:y|e|and|et|mientras que|while|tandis que)(?=\s)"
)
_PLACE_OF = regex.compile(r"(?<!\w)(?:en|em|n[oa]s?|in|at|inside|au|aux|dans|chez)(?: (?:el|la|the|los|las))?\s+\Z")
# "the fugitive, whom A has known": the name is not that of the bearer of the role
_WHOM = regex.compile(r",? (?:whom|a quien(?:es)?|a quem|dont|qu[e'’])\s*\Z")
_TURN = regex.compile(r"[,;:]|\b(?:y|e|and|et|but|pero|mas|mais)\b")


@dataclass(frozen=True, slots=True)
class Standing:
    """Status of a party: an official or nobody, its role with the confidence; ``denied`` to be a suspect."""

    official: bool
    nobody: bool
    role: str
    weight: float
    denied: bool = False


class RoleReader:
    """Reads the status of the parties of one letter. Offsets are those of the running text."""

    def __init__(self, context: RequestContext, mentions: Sequence[Mention], parents: Sequence[Mention]) -> None:
        flow = context.flow
        self._text = flow.cased
        self._addressed = [(flow.at(start), flow.at(end)) for start, end in addressed_lines(context)]
        self._folded = _without(
            present_words(context), [(flow.at(start), flow.at(end)) for start, end in context.unticked]
        )
        self._at = {mention: (flow.at(mention.start), flow.at(mention.end)) for mention in mentions}
        self._owners = [one for one in mentions if one not in parents and not self._is_nobody(self._at[one][0])]
        self._zones = list(signature_zones(context))
        self._ticked = [(flow.at(start), flow.at(end)) for start, end in ticked_ranges(context.text)]

    def standing(self, party: Party) -> Standing:
        """Return the combined evidence of the words around all mentions of a party."""
        weights: dict[str, float] = {}
        official, nobody = 0.0, 0
        denied = any(self._is_denied(mention) for mention in party.mentions)
        for mention in party.mentions:
            start, end = self._at[mention]
            nobody += self._is_nobody(start) or (mention.kind == LEGAL and names_counsel_firm(self._folded, start))
            official = max(
                official,
                _ADDRESSED * self._is_addressed(start),
                _POST * names_official(self._text, self._folded, start, self._behind_alias(end)),
                _SIGNED * self._signs(start),
            )
            for role, weight in self._roles(mention):
                seen = weights.get(role, 0.0)
                weights[role] = max(seen, weight) + (0.2 if seen else 0.0)
            if official == _POST and (self._is_heard(start, end) or (not denied and self._is_pursued(mention))):
                official = 0.0
        if official == _POST and weights.get(_VICTIM, 0.0) >= _PLAINLY:
            official = 0.0  # an officer who was killed
        if party.kind == LEGAL:
            official = 0.0
            weights.pop("witness", None)
        if denied:
            weights = {role: weight for role, weight in weights.items() if role not in PURSUED} or {OTHER: _DENIED}
        weight = weights.get(role := _role(weights), 0.0)
        return Standing(official > weight, nobody == len(party.mentions), role if weight else OTHER, weight, denied)

    def joins(self, first: Party, second: Party) -> bool:
        """Return whether a party is named directly after another, separated only by identifying data of the other."""
        ends = [self._at[mention][1] for mention in first.mentions]
        starts = [self._at[mention][0] for mention in second.mentions]
        pairs = ((end, start) for end in ends for start in starts if end < start)
        return any(patterns.enumeration().fullmatch(self._folded, end, start) for end, start in pairs)

    def _is_addressed(self, start: int) -> bool:
        return any(first <= start < last for first, last in self._addressed)

    def _behind_alias(self, end: int) -> int:
        """Return the end of another name of the same person directly behind a name, else ``end``."""
        alias = patterns.alias().match(self._folded, end)
        return alias.end() if alias else end

    def _signs(self, start: int) -> bool:
        return any(first <= start < last for first, last in self._zones)

    def _is_nobody(self, start: int) -> bool:
        return patterns.nobody().search(self._folded, max(0, start - 60), start) is not None

    def _is_heard(self, start: int, end: int) -> bool:
        """Return whether words next to a name request the hearing of that person, irrespective of a post."""
        words = ((patterns.heard(), _HEARD), (patterns.capacity("heard_as"), _HEARD_BESIDE))
        before = any(one.search(self._folded, max(0, start - reach), start) for one, reach in words)
        return before or patterns.to_be_heard().match(self._folded, end) is not None

    def _is_pursued(self, mention: Mention) -> bool:
        """Return whether words directly behind a name state that its bearer is pursued, irrespective of a post."""
        told = self._after(mention).lstrip(" ,(")
        pieces = self._appositions(mention)
        return any(
            patterns.cues(stage, "after").match(told) or any(patterns.apposed(stage).match(piece) for piece in pieces)
            for stage in STAGES
        )

    def _roles(self, mention: Mention) -> Iterator[tuple[str, float]]:
        """Yield the roles indicated by words around a mention, each with a weight up to 3.5."""
        before, shared = self._before(mention)
        start = self._at[mention][0]
        of_account = patterns.accounts().search(self._folded, max(0, start - _BEFORE), start) is not None
        after = self._after(mention)
        of_next = patterns.capacity("capacity_of_next").fullmatch(after) is not None
        ticked = self._ticked_words(mention) if mention.in_form else ""
        label = self._label(start)
        cues = list(_cues_before(before))
        for role in ROLES:
            for found in (cue for owner, cue in cues if owner == role):
                between = before[found.end() :]
                if mention.kind == LEGAL and role in PURSUED and _PLACE_OF.search(between):
                    continue
                if _is_of_relative(before, found.start(), between) or (role == HOLDER and not of_account):
                    continue
                if role == "beneficiary" and _OF_WHAT.fullmatch(between):
                    continue
                if role in PURSUED and _is_harmed(before, found.end()):
                    yield "victim", _HARMED
                    continue
                if role in PURSUED and (_is_of_another(between) or _is_harmed_behind(cues, found)):
                    continue
                gap = len(_WORD.findall(between))
                # "the file of the victim kept at the Clinic", "the suspect, an accountant of Acme Ltd"
                if mention.kind == LEGAL and (gap == _NEAR or _OF_IT.search(between)):
                    continue
                gap = min(gap, _NEAR) if _POST_BETWEEN.fullmatch(between) else gap
                if gap <= _NEAR or (gap <= _FAR and not _TURN.search(between)):
                    yield role, (3.0 if gap < _NEAR else 2.8 if gap == _NEAR else 1.5) - 0.2 * shared
            for found in patterns.cues(role, "after").finditer("" if of_next else after):
                yield role, 2.9 if len(_WORD.findall(after, 0, found.start())) <= 1 else 1.9
            if patterns.cues(role, "weak").search(before) or patterns.cues(role, "weak_after").match(after):
                yield role, 1.1
            if label and patterns.cues(role, "before").search(label):
                yield role, 2.2
            if ticked and patterns.cues(role, "before").search(ticked):
                yield role, 3.5
            if any(patterns.apposed(role).match(words) for words in self._appositions(mention)):
                yield role, 2.9

    def _before(self, mention: Mention) -> tuple[str, bool]:
        """Return the words before a mention in its sentence, and whether they are those of a list of names.

        They begin after the preceding name. In a list the words before the first name apply to each, and those that
        introduce the list.
        """
        place = self._at[mention][0]
        start = max(0, place - _BEFORE)
        start = max([start, *(found.end() for found in _SENTENCE_END.finditer(self._text, start, place))])
        previous = [owner for owner in self._owners if self._at[owner][1] <= place and owner is not mention]
        if previous and self._at[previous[-1]][1] > start:
            end = self._at[previous[-1]][1]
            if patterns.enumeration().fullmatch(self._folded, end, place):
                return self._before(previous[-1])[0], True
            start = end + _of_previous(self._folded[end:place])
        words = self._folded[start:place]
        if _ITEM.search(self._text, max(0, place - 60), place):
            words = f"{self._lead(place)} {words}"
        return words, False

    def _lead(self, place: int) -> str:
        """Return the end of the line that introduces a list."""
        colon = self._folded.rfind(":\n", 0, place)
        return "" if colon < 0 or place - colon > 1200 else self._folded[max(0, colon - 60) : colon]

    def _label(self, place: int) -> str:
        """Return the label that the line of a name begins with, or the lines above it ("Suspects: 1) ..., 2) ...")."""
        line = self._text.rfind("\n", 0, place) + 1
        found = _LABEL_END.match(self._folded, line, place)
        return found[0] if found else ""

    def _after(self, mention: Mention) -> str:
        """Return the words after a mention in its sentence, up to the next name; after a list those of the last."""
        place = self._at[mention][1]
        end = min(len(self._text), place + _AFTER)
        following = next((owner for owner in self._owners if self._at[owner][0] >= place), None)
        if following is not None and patterns.joined().fullmatch(self._folded, place, self._at[following][0]):
            return self._after(following)
        if _ENDED.match(self._text, place):
            return ""
        stop = _SENTENCE_END.search(self._text, place, end)
        limit = self._at[following][0] if following is not None else end
        return self._folded[place : min(end, limit, stop.end() if stop else end)]

    def _appositions(self, mention: Mention) -> list[str]:
        """Return the parts between full stops and commas after a name, up to the next ("..., also charged, ...")."""
        place = self._at[mention][1]
        if _ENDED.match(self._text, place):
            return []
        following = (self._at[owner][0] for owner in self._owners if self._at[owner][0] >= place)
        end = min(next(following, len(self._text)), place + _APPOSED)
        line = self._folded[place:end].partition("\n")[0]
        if subject := _NEXT_SUBJECT.search(line):  # "A, the accountant. The victim B": it describes the next name
            line = line[: subject.start() + 1]
        pieces = _PIECES.split(line)[1:]
        return [piece.strip() for piece in pieces if not piece.endswith(":")]

    def _is_denied(self, mention: Mention) -> bool:
        before = self._folded[: self._at[mention][0]][-_HEARD:]
        after = self._after(mention)
        behind = () if after.startswith(_POSSESSIVE) else (after.lstrip(), *self._appositions(mention))
        start, end = self._at[mention]
        if patterns.denied("denied_before").search(before) or self._label_denies(start):
            return True
        if mention.kind == LEGAL and patterns.denied("provider_before").search(before):
            return True
        if denies_each(before, _SEGMENT_END.split(self._folded[end : end + _BEFORE])[0]):
            return True
        return any(denies(words) for words in behind) or denies_by_pronoun(self._until_next(mention))

    def _until_next(self, mention: Mention) -> str:
        """Return the words behind a mention in its line, up to the next name."""
        place = self._at[mention][1]
        following = (self._at[owner][0] for owner in self._owners if self._at[owner][0] >= place)
        end = min(next(following, len(self._text)), place + _AFTER)
        return self._folded[place:end].partition("\n")[0]

    def _label_denies(self, place: int) -> bool:
        """Return whether the label before a name denies a role to those behind it ("Third party not charged: ...")."""
        label, colon, _ = _SEGMENT_END.split(self._folded[max(0, place - _BEFORE) : place])[-1].partition(":")
        return bool(colon) and patterns.denied("denied_label").search(label) is not None

    def _ticked_words(self, mention: Mention) -> str:
        """Return the words of the ticked boxes after a name in a form, up to the next name."""
        place = self._at[mention][1]
        forms = (self._at[owner][0] for owner in self._owners if owner.in_form and self._at[owner][0] >= place)
        end = min(next(forms, len(self._text)), place + _FORM)
        return " ; ".join(self._folded[first:last] for first, last in self._ticked if place <= first < end)


def _is_harmed(before: str, cue_end: int) -> bool:
    """Return whether the words for a suspect before a name tell an attack on its bearer, or its author."""
    between = before[cue_end:]
    if patterns.between("harmed_between").search(between):
        return True
    return not _is_of_another(between) and patterns.harmed_against().search(before, 0, cue_end) is not None


def _is_harmed_behind(cues: Sequence[tuple[str, regex.Match[str]]], cue: regex.Match[str]) -> bool:
    """Return whether words for a victim follow those for a suspect: "they investigate the homicide of A"."""
    return any(role == _VICTIM and other.start() >= cue.end() for role, other in cues)


def _is_of_another(between: str) -> bool:
    """Return whether a name behind words for a suspect is that of somebody else with whom the suspect had to do."""
    return bool(patterns.between("dealt_between").search(between) or _WHOM.search(between))


def _of_previous(between: str) -> int:
    """Return the length of what describes the preceding name in the words between two: "(accused); ", "- charged; "."""
    found = _DESCRIBED.match(between)
    return found.end() if found else 0


def _cues_before(before: str) -> Iterator[tuple[str, regex.Match[str]]]:
    """Yield the roles of the words before a name; of words that end at the same place only the longest count."""
    found = [(role, cue) for role in ROLES for cue in patterns.cues(role, "before").finditer(before)]
    first: dict[int, int] = {}
    for _, cue in found:
        first[cue.end()] = min(cue.start(), first.get(cue.end(), cue.start()))
    return ((role, cue) for role, cue in found if cue.start() == first[cue.end()])


def _is_of_relative(before: str, start: int, between: str) -> bool:
    """Return whether a role is that of somebody else: "the mother of the victim, A", "the victim's brother A"."""
    return bool(between.startswith(",") and patterns.of_relation().search(before, 0, start)) or (
        patterns.whose_relation().match(between) is not None
    )


def _role(weights: Mapping[str, float]) -> str:
    """Return the most probable role; a charge or conviction prevails over words for a suspect."""
    likeliest = max((*ROLES, OTHER), key=lambda role: weights.get(role, 0.0))
    if likeliest == "witness" and weights.get("victim", 0.0) >= _MIN_WEIGHT:  # who is heard as a witness
        return "victim"
    pursued = max(weights.get(stage, 0.0) for stage in STAGES)
    if likeliest not in PURSUED and not (likeliest == HOLDER and pursued >= _MIN_WEIGHT):
        return likeliest
    return next((stage for stage in STAGES if weights.get(stage, 0.0) >= _MIN_WEIGHT), likeliest)


def _without(folded: str, ranges: Sequence[tuple[int, int]]) -> str:
    for start, end in ranges:
        folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded
