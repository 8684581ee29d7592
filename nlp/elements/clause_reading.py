"""Boundaries of the elements of an offence within one clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

import regex

from nlp.elements.clause_patterns import clause_patterns as forms
from nlp.elements.clauses import Clause
from nlp.elements.mental_ends import end_of_mental_element
from nlp.elements.objects import OBJECT, UNKNOWN, VERB, objects_in
from nlp.elements.offenders import (
    act_follows,
    actor_within,
    begins_with_act,
    behind_heading,
    describes_offence,
    forbidden_act,
    names_offender,
)
from nlp.elements.penalties import names_a_penalty
from nlp.elements.rules import Cue, Rules
from nlp.elements.segments import Segment, has_word, joined, trimmed, whole_phrase

OTHER = "other"
PUNISHED = "punished"
"""Handed down to the items of a clause that states a penalty: they state the conduct, or further penalties."""
DEGREES = ("aggravation", "mitigation")
_PUNISHING = (PUNISHED, "penalty", *DEGREES)
OFFENCE = frozenset({"subject", "conduct", "object", "mental_element"})
_SURE, _HANDED_DOWN, _GUESS = 0.9, 0.8, 0.6
_MIN_LETTERS = 3


@dataclass(slots=True)
class Reading:
    """Reader of one clause of ``text``; ``folded`` is the folded text, of the same length.

    ``handed`` is the element that the lead clause hands down and ``above`` its label, ``before`` the last element of
    the previous clause, ``first_item`` the first item of this clause, ``is_list_of_objects`` tells that the verb of the
    lead clause has no object yet, ``is_list_of_acts`` that it ends with the offender. Results: ``left_open`` is the
    element handed down to the items, ``opening`` the start of the words after an editor's note, -1 without one,
    ``awaits_verb`` tells that the clause ends with the offender.
    """

    text: str
    folded: str
    rules: Rules
    clause: Clause
    handed: str = ""
    above: str = ""
    before: str = ""
    first_item: Clause | None = None
    is_breach_punished: bool = False
    left_open: str = OTHER
    opening: int = -1
    acting: set[int] = field(default_factory=set)
    awaits_object: bool = False
    awaits_verb: bool = False
    is_list_of_objects: bool = False
    is_list_of_acts: bool = False

    def segments(self) -> list[Segment]:
        begin = self.clause.start
        self.handed = "" if forms().paragraph.match(self.folded, begin) else self.handed
        for skipped in (forms().number, self.rules.amended, forms().number, self.rules.reserve):
            if before := skipped.match(self.folded, begin, self.clause.end):
                begin = before.end()
                self.opening = begin if skipped is self.rules.amended else self.opening
        if not self.handed and (sentence := behind_heading(self.rules, self.text, self.folded, begin, self.clause.end)):
            begin = self.opening = sentence
        found = joined(self.folded, [trimmed(self.text, segment) for segment in self._read(begin)])
        following = [segment.element for segment in found[1:]] + [""]
        found = [whole_phrase(self.folded, *each) for each in zip(found, following, strict=False)]
        return [segment for segment in found if segment.element != "naming" and self._has_content(segment)]

    def _has_content(self, segment: Segment) -> bool:
        alone = forms().only_conjunction.fullmatch(self.folded, segment.start, segment.end)
        return segment.end - segment.start >= _MIN_LETTERS and not alone

    def _read(self, begin: int) -> Iterator[Segment]:
        cue = self.rules.whole(self.folded, begin, self.clause.end)
        is_item = self.handed in OFFENCE and cue and forms().word.search(self.folded, begin, cue.start)
        if is_item and cue and cue.element == OTHER:
            cue = None  # "n'aura pas respecté les dispositions", an item
        elif cue and describes_offence(self.rules, self.folded, begin, self.clause.end, cue):
            cue = None
        if self.handed in DEGREES or (self._hands_down(begin) and not cue):
            element = "penalty" if self.handed == PUNISHED else self.handed
            yield self._all(element, f"handed_down:{self.above}", _HANDED_DOWN)
        elif cue:
            yield self._all(cue.element, self._because("cue", cue), _SURE)
        elif self.is_breach_punished and (act := forbidden_act(self.rules, self.folded, begin, self.clause.end)):
            yield from self._forbidden(act)
        else:
            yield from self._opened(begin)

    def _forbidden(self, act: regex.Match[str]) -> Iterator[Segment]:
        why = f"forbidden:{self.clause.label}"
        if act["actor"]:
            yield Segment("subject", *act.span("actor"), why, _SURE)
        self.acting.add(act.start("act"))
        at = act.start("act")
        for cue in self.rules.cues(self.folded, at, self.clause.end):
            if cue.element == "mental_element" and cue.start > at:
                yield from self._stretch("conduct", at, cue.start, why)
                at = end_of_mental_element(self.rules, self.folded, cue, act.start("act"), self.clause.end)
                yield Segment("mental_element", cue.start, at, self._because("cue", cue), _SURE)
        yield from self._stretch("conduct", at, self.clause.end, why)
        self.left_open = "conduct"

    def _hands_down(self, begin: int) -> bool:
        """Return whether the clause states the element handed down by its lead clause (a penalty, an aggravation)."""
        if self.handed == PUNISHED:
            return names_a_penalty(self.folded, begin, self.clause.end, self.rules.language)
        return self.handed not in (*OFFENCE, "", OTHER) and not (
            self.handed == "penalty" and begins_with_act(self.rules, self.folded, begin, self.clause.end)
        )

    def _opened(self, begin: int) -> Iterator[Segment]:
        cues = self.rules.cues(self.folded, begin, self.clause.end)
        kinds = {cue.element for cue in cues} - {OTHER}
        acts = self.rules.verb_first.match(self.folded, self._behind_conjunction(begin), self.clause.end)
        if self.before in _PUNISHING and self._goes_on(begin, kinds):
            element = self.before if self.before in DEGREES else "penalty"
            yield self._all(element, f"same:{self.clause.label}", _SURE)
        elif ("conduct" not in kinds or self._is_form(begin)) and (condition := self._condition(begin, cues)):
            same = self._extends()
            element, why = ("penalty", self._because("same", same)) if same else ("aggravation", "")
            yield self._all(element, why or self._because("condition", condition), _GUESS)
        elif "penalty" in kinds and not kinds & {"subject", "conduct"} and (same := self._same()):
            yield self._all(self.before, self._because("same", same), _GUESS)
        elif cues and cues[0].element == "penalty" and not kinds & {"subject", "conduct"}:
            if self._acts_before_penalty(begin, cues[0]):
                yield from self._in_turn(begin, cues)
            elif act := self._act_behind(cues):
                yield Segment("penalty", begin, act.start(), self._because("cue", cues[0]), _SURE)
                yield from self._in_turn(act.start(), [cue for cue in cues if cue.start > act.start()])
            else:
                yield self._all("penalty", self._because("cue", cues[0]), _SURE)
        elif self.before in _PUNISHING and (form := self.rules.qualified(self.folded, begin, self.clause.end)):
            yield self._all("aggravation", self._because("condition", form), _GUESS)
        elif self._is_temporal(begin, cues):
            yield self._all(OTHER, "", 1.0)
        elif acts or kinds - {"mental_element"} or self.handed in (*OFFENCE, PUNISHED) or self._continues_list(begin):
            is_object = self.is_list_of_objects and not forms().circumstance_item.match(self.folded, begin)
            self.awaits_object = is_object or self._continues_list(begin)
            yield from self._in_turn(begin, cues)
        else:
            yield self._all(OTHER, "", 1.0)

    def _behind_conjunction(self, begin: int) -> int:
        """Return the start of an act that goes on behind a semicolon ("; ou impedir"), ``begin`` where none may."""
        semicolon = self.folded[: self.clause.start].rstrip().endswith(";")
        joined = forms().joined.match(self.folded, begin, self.clause.end)
        return joined.end() if joined and semicolon and self.before in OFFENCE else begin

    def _acts_before_penalty(self, begin: int, penalty: Cue) -> bool:
        """Return whether words before the penalty state a conduct ("1° Dépouille un blessé est puni de dix ans")."""
        is_item = self.handed in OFFENCE and not forms().predicate_item.match(self.folded, begin)
        is_item = is_item and bool(forms().word.search(self.folded, begin, penalty.start))
        is_named = bool(self.rules.named_act.match(self.folded, begin, penalty.start))
        return is_item or is_named or self._ends_conduct(begin, penalty)

    def _act_behind(self, cues: Sequence[Cue]) -> regex.Match[str] | None:
        """Return the act named behind the predicate that punishes it ("se sancionará la ocultación de")."""
        for cue in cues if self.rules.language in ("es", "fr") else ():
            punishes = forms().punishes.search(self.folded, cue.start, cue.end)
            aside = forms().aside.match(self.folded, cue.end, self.clause.end) if punishes else None
            if aside and (act := self.rules.named_act.match(self.folded, aside.end(), self.clause.end)):
                return act
        return None

    def _ends_conduct(self, begin: int, penalty: Cue) -> bool:
        """Return whether the conduct of the clause before ends before the penalty ("; o en razón de ..., será")."""
        semicolon = self.folded[: self.clause.start].rstrip().endswith(";")
        joined = forms().joined.match(self.folded, begin, penalty.start)
        return semicolon and self.before in OFFENCE and bool(joined)

    def _is_form(self, begin: int) -> bool:
        """Return whether a clause begins with a form of the offence ("Se a injúria consiste em violência")."""
        return self.rules.language != "en" and bool(self.rules.condition.match(self.folded, begin, self.clause.end))

    def _continues_list(self, begin: int) -> bool:
        """Return whether a clause continues a list of objects after a semicolon ("punzones; timbres, planchas")."""
        semicolon = self.folded[: self.clause.start].rstrip().endswith(";")
        continues = semicolon and self.before == "conduct" and self.text[begin : begin + 1].islower()
        return continues and self.rules.language == "es"

    def _goes_on(self, begin: int, kinds: Set[str]) -> bool:
        """Return whether the clause continues the penalty of the clause before ("; y, con N días-multa")."""
        semicolon = self.folded[: self.clause.start].rstrip().endswith(";")
        return semicolon and not kinds & {"subject", "conduct"} and bool(self.rules.goes_on.match(self.folded, begin))

    def _condition(self, begin: int, cues: Sequence[Cue]) -> Cue | None:
        """Return the words of a condition of the penalty beyond the offence itself; None without one.

        The penalty is in the clause or in its first item ("Se resulta a morte: Pena - ...").
        """
        item = self.first_item
        punishes = any(cue.element == "penalty" for cue in cues)
        follows = bool(item and self._item_punishes(item))
        if not punishes and not follows:
            return None
        found = self.rules.condition.search(self.folded, begin, self.clause.end)
        if found is None and item and punishes:
            number = forms().number.match(self.folded, item.start, item.end)
            found = self.rules.condition.match(self.folded, number.end() if number else item.start, item.end)
        if found is None or (follows and not punishes and found.start() != begin):
            return None
        offence = any(cue.element in ("subject", "conduct") and cue.start < found.start() for cue in cues)
        offence = offence or (found.end() <= self.clause.end and self._names_act_before(begin, cues, found.start()))
        named = names_offender(self.rules, cues, found)
        if found.start() == begin and (named or act_follows(self.folded, cues)):
            return None
        if found.start() == begin or not offence:
            return Cue("aggravation", found.start(), found.end())
        return None

    def _names_act_before(self, begin: int, cues: Sequence[Cue], at: int) -> bool:
        """Return whether an act with its object and a penalty precede ``at`` ("La menace de ... est punie ... si")."""
        punished = next((cue.start for cue in cues if cue.element == "penalty" and cue.start < at), begin)
        return self.first_item is None and bool(self.rules.named_act.match(self.folded, begin, punished))

    def _item_punishes(self, item: Clause) -> bool:
        """Return whether an item states a penalty before any actor or conduct."""
        kinds = [cue.element for cue in self.rules.cues(self.folded, item.start, item.end)]
        return "penalty" in kinds and not {"subject", "conduct"} & set(kinds[: kinds.index("penalty")])

    def _is_temporal(self, begin: int, cues: Sequence[Cue]) -> bool:
        """Return whether a clause without penalty begins with a condition: a procedural rule, not a conduct."""
        if self.handed or self.first_item or any(cue.element == "penalty" for cue in cues):
            return False
        named = any(cue.element == "naming" for cue in cues[1:])  # "Where ..., any person who ... is guilty"
        begins_offence = bool(cues) and cues[0].element in ("subject", "conduct") and (cues[0].start == begin or named)
        return not begins_offence and bool(self.rules.condition.match(self.folded, begin, self.clause.end))

    def _same(self) -> Cue | None:
        """Return the words that attribute a penalty to the preceding aggravation or mitigation."""
        found = self.rules.same.search(self.folded, self.clause.start, self.clause.end)
        return Cue(self.before, found.start(), found.end()) if found and self.before in DEGREES else None

    def _extends(self) -> Cue | None:
        """Return the words that give another case the penalty of the offence itself, no more ("la misma pena")."""
        found = self.rules.same.search(self.folded, self.clause.start, self.clause.end)
        return Cue("penalty", found.start(), found.end()) if found and self.before not in DEGREES else None

    def _in_turn(self, begin: int, cues: Sequence[Cue]) -> Iterator[Segment]:
        """Yield the segments between the cues; the text after a mental element continues the conduct."""
        at, element = begin, "mental_element" if self.handed == "mental_element" and not cues else "conduct"
        why = f"handed_down:{self.above}" if self.handed else ""
        begins_with_verb = self.is_list_of_acts
        element = OTHER if self.rules.is_case_before(self.folded, begin, cues) else element
        for place, cue in enumerate(cues):
            is_named = forms().consists.match(self.folded, cue.start)  # "L'accès consiste à": a name before the conduct
            if begins_with_verb:
                begins_with_verb = self._begin_act(at, cue.start) and cue.element == "mental_element"
            yield from self._stretch("naming" if is_named else element, at, cue.start, why)
            following = cues[place + 1].start if place + 1 < len(cues) else self.clause.end
            why = self._because("cue", cue)
            at, element = cue.end, "conduct"
            if cue.element == "penalty":
                same = self._same()
                at, element = cue.start, self.before if same else "penalty"
                why = self._because("same", same) if same else why
            elif cue.element == OTHER:
                at, element = cue.start, OTHER
            elif cue.element == "naming":
                after = cues[place + 1].element if place + 1 < len(cues) else ""
                element = "naming" if after in ("conduct", "subject") else "conduct"
                if element == "conduct" and self.folded.startswith((" de ", " d'"), cue.end):
                    at = cue.start  # "cometa el delito de homicidio o algún acto"
            elif cue.element == "mental_element":
                is_first = any(not has_word(self.folded, acting, cue.start) for acting in self.acting)
                at = end_of_mental_element(self.rules, self.folded, cue, begin, following)
                if is_first:
                    self.acting.add(at)  # "Quiconque, dans l'intention de nuire, altère": the act begins behind it
                yield Segment("mental_element", cue.start, at, why, _SURE)
                if self.first_item and at == self.clause.end and not forms().word.search(self.folded, cue.end, at):
                    element = "mental_element"  # "with the purpose of:" and a list
            elif cue.element == "subject":
                yield Segment("subject", *actor_within(self.folded, cue), why, _SURE)
                item = forms().opened_item.match(self.folded, at, self.clause.end)
                at = item.end() if item else at
                if self.rules.language != "pt" or not self.awaits_object:  # not "Apropriar-se o agente de dinheiro"
                    self.acting.add(at)
                    self.awaits_object = False
        if begins_with_verb and element == "conduct":
            self._begin_act(at, self.clause.end)
        yield from self._stretch(element, at, self.clause.end, why)
        self.left_open = self._left(element, at)
        ends_with_actor = bool(cues) and cues[-1].element == "subject" and element == "conduct"
        verb = forms().modal.match(self.folded, at, self.clause.end)
        self.awaits_verb = ends_with_actor and not has_word(self.folded, verb.end() if verb else at, self.clause.end)

    def _begin_act(self, start: int, end: int) -> bool:
        """Record that an act begins at ``start`` if a word follows; return whether none does."""
        if has_word(self.folded, start, end):
            self.acting.add(start)
            return False
        return True

    def _left(self, element: str, start: int) -> str:
        names_it = names_a_penalty(self.folded, start, self.clause.end, self.rules.language)
        return PUNISHED if element == "penalty" and names_it else element

    def _stretch(self, element: str, start: int, end: int, why: str) -> Iterator[Segment]:
        if element == "conduct":
            yield from self._acts(start, end, why)
        elif element == "penalty" and (more := self.rules.raised_within(self.text, self.folded, start, end)):
            yield Segment(element, start, more.start(), why, _SURE)
            yield Segment("aggravation", more.start("condition"), end, f"condition:{more['condition']}", _GUESS)
        else:
            yield Segment(element, start, end, why, _SURE)

    def _acts(self, start: int, end: int, why: str) -> Iterator[Segment]:
        """Yield the conduct and its objects, from ``start`` to ``end``."""
        begins_with_verb = start in self.acting or self._begins_with_known_verb(start, end)
        begins = OBJECT if self.awaits_object else VERB if begins_with_verb else UNKNOWN
        if (named := self.rules.named_act.match(self.folded, start, end)) and begins == UNKNOWN:
            yield Segment("conduct", start, named.end(), why, _SURE)
            start, begins = named.end(), OBJECT
        found = objects_in(self.text, self.folded, start, end, self.rules.language, begins)
        in_front = forms().before_act.match(self.folded, start, end) if self.rules.language in ("en", "fr") else None
        at = in_front.end() if in_front else start
        for first, last in found.ranges:
            if forms().reference.fullmatch(self.folded, first, last):
                continue  # "contravenes subsection (1)"
            yield Segment("conduct", at, first, why, _SURE)
            yield Segment("object", first, last, why, _SURE)
            at = last
        yield Segment("conduct", at, end, why, _SURE)
        self.awaits_object = found.awaits_object

    def _begins_with_known_verb(self, start: int, end: int) -> bool:
        verb = self.rules.verb(self.folded, start, end)
        return bool(verb and not has_word(self.folded, start, verb.start()))

    def _all(self, element: str, why: str, confidence: float) -> Segment:
        start = max(self.clause.start, self.opening)
        self.left_open = self._left(element, start)
        return Segment(element, start, self.clause.end, why, confidence)

    def _because(self, code: str, cue: Cue) -> str:
        return f"{code}:{' '.join(self.text[cue.start : cue.end].split())}"
