"""Elements of a provision that punishes: actor, conduct, object, mental element, penalty.

Every part is a range of the provision's text with the reason for its element. The rules are in
``resources/provision_elements.yaml``; text that matches no rule is ``other``, so that the parts cover all words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

import regex

from nlp.editorial_notes import gone
from nlp.elements.clause_reading import DEGREES, OFFENCE, OTHER, Reading
from nlp.elements.clauses import Clause, clauses
from nlp.elements.penalties import Penalty, find_penalties
from nlp.elements.rules import Rules, rules
from nlp.elements.single_spaced import SingleSpaced, single_spaced
from nlp.folding import fold

ORIGIN = "provision_elements@34"
_PUNISHING = frozenset({"penalty", "aggravation", "mitigation", "attempt", "participation", "legal_persons"})
_SPACE = regex.compile(r"\s|[ºª](?=\p{L})")
NO_TERM = (0.0, 0.0)
NEGLIGENT_FORM = "negligent_form"
_LESSER = ("penalty", *DEGREES, NEGLIGENT_FORM)
_GUESSED, _SAME, _HANDED_DOWN = "condition:", "same:", "handed_down:"


@dataclass(frozen=True, slots=True)
class Trait:
    """A feature that can be compared across languages (``knowledge``), at a range of the text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A range of a provision that states one element; ``label`` is that of the innermost unit.

    ``why`` holds reasons as ``code:detail``: ``cue:a sabiendas``; ``handed_down:art. 4`` for an item of a clause that
    opens with the element; ``condition:cuando`` for a conditional penalty, read as an aggravation.
    """

    element: str
    start: int
    end: int
    label: str
    confidence: float
    why: tuple[str, ...] = ()
    traits: tuple[Trait, ...] = ()
    penalties: tuple[Penalty, ...] = ()


def provision_elements(text: str, label: str, language: str, jurisdiction: str = "") -> tuple[Part, ...]:
    """Return the parts of one provision in order, its conditional penalties classified by ``weighed``.

    ``text`` is the provision with the headings above it, ``label`` that of the provision. In a language without
    rules every part is ``other``.
    """
    return weighed(split_elements(text, label, language, jurisdiction))


def split_elements(text: str, label: str, language: str, jurisdiction: str = "") -> tuple[Part, ...]:
    """Return the parts of one provision with every conditional penalty as an aggravation.

    For a provision without text, return the note about its end as ``repealed`` or ``vetoed``.
    """
    known, found = rules(language), clauses(text, label, language, jurisdiction)
    if not found and (left := gone(text, language)):
        return (Part(left.kind, left.start, left.end, label, 1.0),)
    if known is None:
        return tuple(Part(OTHER, clause.start, clause.end, clause.label, 1.0) for clause in found)
    single = single_spaced(text)
    reduced = [replace(one, start=single.reduced(one.start), end=single.reduced(one.end)) for one in found]
    folded = _with_spaces(fold(single.text), {clause.start for clause in reduced})
    read = _parts(single.text, folded, known, reduced)
    described = _with_second_tiers(
        [_described(part, single.text, folded, known, language, jurisdiction) for part in read], folded, known
    )
    return tuple(_in_original(part, single) for part in described)


def _with_spaces(folded: str, starts: Set[int]) -> str:
    """Return the text with spaces for line ends, as rules are written, but for those before clauses.

    A sign of an ordinal before a letter is one, too ("§ 1 ºNas mesmas penas").
    """
    return _SPACE.sub(lambda found: found[0] if found.end() in starts else " ", folded)


def _in_original(part: Part, single: SingleSpaced) -> Part:
    """Return the part, its traits and its penalties at their ranges in the original text."""
    start, end = single.original(part.start, part.end)
    traits = [Trait(one.name, *single.original(one.start, one.end)) for one in part.traits]
    penalties = [
        replace(one, start=places[0], end=places[1])
        for one in part.penalties
        for places in [single.original(one.start, one.end)]
    ]
    return replace(part, start=start, end=end, traits=tuple(traits), penalties=tuple(penalties))


def _parts(text: str, folded: str, known: Rules, found: Sequence[Clause]) -> Iterator[Part]:
    """Yield the parts clause by clause; the last element of a clause is handed down to its items."""
    left_open: list[str] = []
    awaiting: list[bool] = []
    acting: list[bool] = []
    before = ""
    is_breach_punished = bool(known.breach.search(folded))
    for place, clause in enumerate(found):
        handed = left_open[clause.lead] if clause.lead >= 0 else ""
        above = found[clause.lead].label if handed else ""
        first_item = next((later for later in found[place + 1 :] if later.lead == place), None)
        reading = Reading(text, folded, known, clause, handed, above, before, first_item, is_breach_punished)
        reading.is_list_of_objects = handed == "conduct" and awaiting[clause.lead]
        reading.is_list_of_acts = handed == "conduct" and acting[clause.lead]
        for segment in reading.segments():
            why = (segment.why,) if segment.why else ()
            yield Part(segment.element, segment.start, segment.end, clause.label, segment.confidence, why)
        left_open.append(reading.left_open)
        awaiting.append(reading.awaits_object)
        acting.append(reading.awaits_verb)
        before = reading.left_open


def _described(part: Part, text: str, folded: str, known: Rules, language: str, jurisdiction: str) -> Part:
    """Return the part with its traits and, for a punishing element, its penalties."""
    cues = known.traits(part.element, folded, part.start, part.end)
    traits = [Trait(cue.element, cue.start, cue.end) for cue in cues]
    penalties: tuple[Penalty, ...] = ()
    if part.element in _PUNISHING:
        found = find_penalties(text[part.start : part.end], language, jurisdiction)
        penalties = tuple(
            replace(penalty, start=penalty.start + part.start, end=penalty.end + part.start) for penalty in found
        )
        known_names = {trait.name for trait in traits}
        traits += [
            Trait(penalty.kind, penalty.start, penalty.end) for penalty in penalties if penalty.kind not in known_names
        ]
    return replace(part, traits=_once(traits), penalties=penalties)


def _with_second_tiers(parts: Sequence[Part], folded: str, known: Rules) -> Iterator[Part]:
    """Yield the parts, with a second tier of the penalty right before it as one.

    "Con prisión de uno a seis años, si el documento fuere público y con multa, si fuere privado" is one penalty.
    """
    before = None
    for part in parts:
        is_behind = before is not None and before.element == "penalty" and bool(before.penalties)
        if is_behind and _is_guessed(part) and known.second_tier.match(folded, part.start, part.end):
            part = replace(part, element="penalty", why=(f"{_SAME}{_why(part).removeprefix(_GUESSED)}",))
        before = part
        yield part


def _once(traits: Sequence[Trait]) -> tuple[Trait, ...]:
    """Return the first mention of each trait."""
    return tuple({trait.name: trait for trait in reversed(traits)}.values())[::-1]


def offence_term(parts: Sequence[Part]) -> tuple[float, float]:
    """Return the maximum and minimum imprisonment of the offence in months, ``NO_TERM`` without one."""
    terms = (_term(part) for part in parts if part.element == "penalty")
    return next((term for term in terms if term > NO_TERM), NO_TERM)


def weighed(parts: Sequence[Part], offence: tuple[float, float] = NO_TERM) -> tuple[Part, ...]:
    """Classify the conditional penalties of one or several provisions by comparison with that of the offence.

    A conditional penalty below that of the offence becomes a mitigation, together with the items that it hands down to;
    one for negligence that is not above it becomes the negligent form. If all penalties are conditional, the lowest, or
    the only one after the conduct, is the penalty of the offence. ``offence`` is the term of the offence (maximum,
    minimum) if another provision sets it; without it, conditional penalties before the first unconditional one are not
    compared. Behind an unconditional penalty in ``parts``, that of the first offence of ``parts`` is the one to compare
    with, or that of the offence just before where the provision states several, each with its own act.
    """
    own = offence_term(parts)
    basic = offence if offence > NO_TERM else own
    grouped = _with_what_follows(parts)
    degrees = [max(map(_term, together)) for part, together in grouped if _is_guessed(part)]
    known = [term for term in degrees if term > NO_TERM]
    elements = {part.element for part in parts}
    alone = bool(elements & OFFENCE) and "penalty" not in elements
    fined = _is_fined(parts)
    least = min(known) if known and basic == NO_TERM and not fined and (alone or len(known) > 1) else None
    described: list[Part] = []
    stated_offence, has_act = offence > NO_TERM, False
    for part, together in grouped:
        has_act = has_act or part.element in OFFENCE
        if part.element == "penalty" and _term(part) > NO_TERM:
            stated_offence, basic, has_act = True, _term(part) if has_act else own, False
        term = max(map(_term, together)) if _is_guessed(part) else NO_TERM
        follows = described and described[-1].element in _LESSER
        goes_on = follows and part.element in DEGREES and _why(part).startswith((_SAME, _HANDED_DOWN))
        element = described[-1].element if goes_on else part.element
        if term > NO_TERM and term == least:
            element = "penalty"
        elif _is_guessed(part) and _is_negligent_form(described, together[0]) and not NO_TERM < basic < term:
            element = NEGLIGENT_FORM
        elif stated_offence and NO_TERM < term < basic and term[1] <= basic[1]:
            element = "mitigation"
        described.append(replace(part, element=element))
    return tuple(described)


def _is_negligent_form(before: Sequence[Part], conditional: Part) -> bool:
    """Return whether a conditional penalty is for negligence, and the offence before it is not negligent itself."""
    offence = [part for part in before if part.element == "mental_element"]
    return _is_for_negligence(conditional) and not any(map(_is_for_negligence, offence))


def _is_for_negligence(part: Part) -> bool:
    return any(trait.name == "negligence" for trait in part.traits)


def _is_fined(parts: Sequence[Part]) -> bool:
    """Return whether the first penalty, which is unconditional, is a fine of a stated amount without imprisonment."""
    punishing = next((part for part in parts if part.element == "penalty" or _is_guessed(part)), None)
    if punishing is None or punishing.element != "penalty":
        return False
    return {(penalty.kind, bool(penalty.unit)) for penalty in punishing.penalties} == {("fine", True)}


def _why(part: Part) -> str:
    return part.why[0] if part.why else ""


def _is_guessed(part: Part) -> bool:
    return part.element in DEGREES and _why(part).startswith(_GUESSED)


def _term(part: Part) -> tuple[float, float]:
    """Return maximum and minimum, in months, of the longest imprisonment of a part."""
    terms = [
        (penalty.most or penalty.least or 0.0, penalty.least or 0.0)
        for penalty in part.penalties
        if penalty.kind == "imprisonment"
    ]
    return max(terms, default=NO_TERM)


def _with_what_follows(parts: Sequence[Part]) -> list[tuple[Part, Sequence[Part]]]:
    """Return each part with the group that it begins: itself and the handed-down parts directly after it."""
    ends = list(range(1, len(parts) + 1))
    for place in reversed(range(len(parts) - 1)):
        following = parts[place + 1]
        if following.element in DEGREES and following.why and following.why[0].startswith(_HANDED_DOWN):
            ends[place] = ends[place + 1]
    return [(part, parts[place : ends[place]]) for place, part in enumerate(parts)]
