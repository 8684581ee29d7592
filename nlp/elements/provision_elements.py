"""Elements of a provision that punishes: actor, conduct, object, mental element, penalty.

Every part is a range of the provision's own text with the words that speak for it. Rules stand in
``resources/provision_elements.yaml``; what no rule claims is ``other``, so that no word of the law is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.editorial_notes import gone
from nlp.elements.clause_reading import DEGREES, OFFENCE, OTHER, Reading
from nlp.elements.clauses import Clause, clauses
from nlp.elements.penalties import Penalty, find_penalties
from nlp.elements.rules import Rules, rules
from nlp.folding import fold

ORIGIN = "provision_elements@5"
_PUNISHING = frozenset({"penalty", "aggravation", "mitigation", "attempt", "participation", "legal_persons"})
NO_TERM = (0.0, 0.0)
_GUESSED, _SAME, _HANDED_DOWN = "condition:", "same:", "handed_down:"


@dataclass(frozen=True, slots=True)
class Trait:
    """A feature that can be compared across languages (``knowledge``) and where it stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A range of a provision that states one element; ``label`` is the innermost unit that holds it.

    ``why`` are codes with their fact: ``cue:a sabiendas``, ``handed_down:art. 4`` for an item of a clause that opens
    with the element, ``condition:cuando`` where a punishment that depends on more is taken for an aggravation.
    """

    element: str
    start: int
    end: int
    label: str
    confidence: float
    why: tuple[str, ...] = ()
    traits: tuple[Trait, ...] = ()
    penalties: tuple[Penalty, ...] = ()


def provision_elements(
    text: str, label: str, language: str, jurisdiction: str = "", objects: Sequence[str] = ()
) -> tuple[Part, ...]:
    """Return the parts of one provision in order, its punishments weighed against each other.

    ``text`` is the provision with the headings above it, ``label`` its own, ``objects`` are folded beginnings of words
    for what is acted on; a language without rules gives ``other``.
    """
    return weighed(split_elements(text, label, language, jurisdiction, objects))


def split_elements(
    text: str, label: str, language: str, jurisdiction: str = "", objects: Sequence[str] = ()
) -> tuple[Part, ...]:
    """Return the parts of one provision before they are weighed: every conditional punishment is an aggravation.

    Of a provision that has no word any more, the line that says so, as ``repealed`` or ``vetoed``.
    """
    known, found = rules(language), clauses(text, label, language, jurisdiction)
    if not found and (left := gone(text, language)):
        return (Part(left.kind, left.start, left.end, label, 1.0),)
    if known is None:
        return tuple(Part(OTHER, clause.start, clause.end, clause.label, 1.0) for clause in found)
    folded = fold(text)
    read = _parts(text, folded, known, found, objects)
    return tuple(_described(part, text, folded, known, language, jurisdiction) for part in read)


def _parts(text: str, folded: str, known: Rules, found: Sequence[Clause], objects: Sequence[str]) -> Iterator[Part]:
    """Yield the parts clause by clause; what a clause leaves open is handed down to its items."""
    left_open: list[str] = []
    before = ""
    for place, clause in enumerate(found):
        handed = left_open[clause.lead] if clause.lead >= 0 else ""
        above = found[clause.lead].label if handed else ""
        first_item = next((one for one in found[place + 1 :] if one.lead == place), None)
        reading = Reading(text, folded, known, clause, objects, handed, above, before, first_item)
        for segment in reading.segments():
            why = (segment.why,) if segment.why else ()
            yield Part(segment.element, segment.start, segment.end, clause.label, segment.confidence, why)
        left_open.append(reading.left_open)
        before = reading.left_open


def _described(part: Part, text: str, folded: str, known: Rules, language: str, jurisdiction: str) -> Part:
    """Return the part with its traits, and with its penalties where it punishes."""
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


def _once(traits: Sequence[Trait]) -> tuple[Trait, ...]:
    """Return the first mention of each trait."""
    return tuple({trait.name: trait for trait in reversed(traits)}.values())[::-1]


def offence_term(parts: Sequence[Part]) -> tuple[float, float]:
    """Return the most and the least months of imprisonment of the offence, zeros where it has none."""
    terms = (_term(part) for part in parts if part.element == "penalty")
    return next((term for term in terms if term > NO_TERM), NO_TERM)


def weighed(parts: Sequence[Part], offence: tuple[float, float] = NO_TERM) -> tuple[Part, ...]:
    """Return the parts of one or several provisions; a conditional punishment below the first of the offence mitigates.

    With it goes what it hands down: the lines below it that say how it is punished, or when. Where the offence has no
    punishment but by degrees, the least of these is its own, and so is a single one behind what is done. ``offence`` is
    its term where another provision sets it; else what stands before the first punishment without a condition is never
    below that of the offence.
    """
    own = offence_term(parts)
    basic = offence if offence > NO_TERM else own
    grouped = _with_what_follows(parts)
    degrees = [max(map(_term, together)) for part, together in grouped if _is_guessed(part)]
    known = [term for term in degrees if term > NO_TERM]
    elements = {part.element for part in parts}
    alone = bool(elements & OFFENCE) and "penalty" not in elements
    least = min(known) if known and basic == NO_TERM and (alone or len(known) > 1) else None
    described: list[Part] = []
    stated_offence = offence > NO_TERM
    for part, together in grouped:
        stated_offence = stated_offence or (part.element == "penalty" and _term(part) > NO_TERM)
        term = max(map(_term, together)) if _is_guessed(part) else NO_TERM
        goes_on = described and part.element in DEGREES and _why(part).startswith((_SAME, _HANDED_DOWN))
        element = described[-1].element if goes_on else part.element
        if term > NO_TERM and term == least:
            element = "penalty"
        elif stated_offence and NO_TERM < term < basic and term[1] <= basic[1]:
            element = "mitigation"
        described.append(replace(part, element=element))
    return tuple(described)


def _why(part: Part) -> str:
    return part.why[0] if part.why else ""


def _is_guessed(part: Part) -> bool:
    return part.element in DEGREES and _why(part).startswith(_GUESSED)


def _term(part: Part) -> tuple[float, float]:
    """Return the most and the least months of the heaviest imprisonment of a part."""
    terms = [
        (penalty.most or penalty.least or 0.0, penalty.least or 0.0)
        for penalty in part.penalties
        if penalty.kind == "imprisonment"
    ]
    return max(terms, default=NO_TERM)


def _with_what_follows(parts: Sequence[Part]) -> list[tuple[Part, Sequence[Part]]]:
    """Return each part together with those that are handed down to right behind it."""
    ends = list(range(1, len(parts) + 1))
    for place in reversed(range(len(parts) - 1)):
        following = parts[place + 1]
        if following.element in DEGREES and following.why and following.why[0].startswith(_HANDED_DOWN):
            ends[place] = ends[place + 1]
    return [(part, parts[place : ends[place]]) for place, part in enumerate(parts)]
