"""Classification of documents by type, from their first lines, phrases and structure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import DocumentType, Hints, Span
from nlp.compiled_patterns import compiled
from nlp.document_family import JUDGMENT, LAW, LETTER, OTHER, RuleFindings, families, group_of
from nlp.document_kinds import is_legislation, national_law_types
from nlp.document_type_evidence import (
    BODY,
    OPENING,
    ORIGIN,
    STRUCTURE,
    TITLE,
    addresses_authority,
    begins,
    goes_on,
    named_types,
    own_names,
    phrase_evidence,
    structure_evidence,
    title_evidence,
)
from nlp.folding import fold

UNKNOWN = "unknown"
HINT = "hint"
"""Origin of a type that was given with the file or by a person."""

_STATED = {"judgment": 4.0, "eu_act": 8.0}  # kind in the metadata -> weight: a judgment may be an order
_ENOUGH = 3.0
_HEADING_END = compiled(r"[ \t]*(?:[.:º°–—-]|\n|\Z)")
_EVIDENCE = 12
# Probability of its family below which a type that a title names does not stand; confidence from which a type that is
# neither a law nor a judgment stands without a title, and the same as a probability for requests; the least probability
# of a law or a judgment, and that of a letter from which a text is neither.
_NAMED, _CERTAIN, _REQUESTED, _LIKELY, _LETTER = 0.2, 0.9, 0.1, 0.5, 0.3
_SHORTEST = 700  # characters below which words and layout tell nothing

Scores = dict[str, float]


def find_document_type(text: str, hints: Hints | None = None, title: str = "", stated: str = "") -> DocumentType:
    """Return the type of ``text`` with its confidence and evidence; a hint takes precedence.

    ``title`` is a title from metadata that the text does not contain. ``stated`` is the kind that the metadata state;
    it counts for judgments and acts of the European Union, since that of other laws is too general.
    """
    if hints is not None and hints.document_type:
        return DocumentType(hints.document_type, 1.0, HINT)
    text = _without_approved_bill(text)
    folded = fold(text)
    evidence = _all_evidence(text, folded)
    scores, structure = _scores(_without_structure(evidence)), _scores(_of_structure(evidence))
    named = named_types(fold(title))
    for label in named:
        scores[label] += TITLE
    if stated in _STATED:
        scores[stated] += _STATED[stated]
    _share_structure(scores, structure)
    found = _decision(scores, evidence, text, {*named, stated})
    if found.label in (*named, stated) or len(text) < _SHORTEST:
        return found
    rules = RuleFindings(scores, structure, _title_weights(evidence), found)
    likely = families(text, folded, rules)
    if _is_laid_out_alone(rules.found, likely):
        found = DocumentType(UNKNOWN, 0.0, ORIGIN)
        rules = replace(rules, found=found)
    return _of_letter(found, likely) if addresses_authority(folded) else by_family(rules, likely)


def _is_laid_out_alone(found: DocumentType, likely: Mapping[str, float]) -> bool:
    """Return whether the layout alone makes a text a request (``Objet : Plainte``), and its words make it no letter."""
    by_layout = all(span.attributes["cue"].startswith(STRUCTURE) for span in found.evidence)
    return by_layout and _family_of(found.label) == LETTER and likely.get(LETTER, 1.0) < _LIKELY


def _of_letter(found: DocumentType, likely: Mapping[str, float]) -> DocumentType:
    """Return the type of a text that addresses an authority: that of the rules, but no judgment or law if a letter."""
    is_other = _family_of(found.label) in (LAW, JUDGMENT) and likely.get(LETTER, 0.0) >= _LIKELY
    return DocumentType(UNKNOWN, 0.0, ORIGIN) if is_other else found


def rule_findings(text: str) -> tuple[str, str, RuleFindings]:
    """Return ``text`` as it is read, folded, and what the rules find in it, for the fit of the weights of families."""
    text = _without_approved_bill(text)
    folded = fold(text)
    evidence = _all_evidence(text, folded)
    scores, structure = _scores(_without_structure(evidence)), _scores(_of_structure(evidence))
    _share_structure(scores, structure)
    found = _decision(scores, evidence, text, ())
    return text, folded, RuleFindings(scores, structure, _title_weights(evidence), found)


def _all_evidence(text: str, folded: str) -> list[Span]:
    evidence = [
        *title_evidence(text, folded),
        *phrase_evidence(text[:BODY]),
        *own_names(folded),
        *structure_evidence(text, folded),
    ]
    if _is_bill(text, folded):
        return [replace(span, value="bill") if span.value in national_law_types() else span for span in evidence]
    return evidence


def _of_structure(evidence: Iterable[Span]) -> Iterator[Span]:
    return (span for span in evidence if span.attributes["cue"].startswith(STRUCTURE))


def _without_structure(evidence: Iterable[Span]) -> Iterator[Span]:
    return (span for span in evidence if not span.attributes["cue"].startswith(STRUCTURE))


def _title_weights(evidence: Iterable[Span]) -> dict[str, float]:
    """Return the highest weight of the titles that name each type."""
    weights: dict[str, float] = {}
    for span in evidence:
        if span.attributes["cue"] == "title":
            weights[span.value] = max(weights.get(span.value, 0.0), float(span.attributes["weight"]))
    return weights


def by_family(rules: RuleFindings, likely: Mapping[str, float]) -> DocumentType:
    """Return the type that the rules found, or that of the family that words and layout make most probable.

    What a title names stands unless its family is improbable, what else the rules find only with the family.
    """
    found = rules.found
    if not likely or _stands(rules, likely):
        return found
    best = max(likely, key=lambda name: likely[name])
    if likely[LETTER] >= _LETTER or likely[best] < _LIKELY:
        return found if _family_of(found.label) in (OTHER, LETTER) else DocumentType(UNKNOWN, 0.0, ORIGIN)
    if _family_of(found.label) == best and found.label != UNKNOWN:
        return replace(found, confidence=max(found.confidence, _confidence(likely[best])))
    label = {LAW: _law(rules.scores), JUDGMENT: "judgment"}.get(best, UNKNOWN)
    return DocumentType(label, _confidence(likely[best]) if label != UNKNOWN else 0.0, ORIGIN)


def _stands(rules: RuleFindings, likely: Mapping[str, float]) -> bool:
    """Return whether the type that the rules found is not put in question by the families."""
    found = rules.found
    name = _family_of(found.label)
    if found.label != UNKNOWN and rules.titles.get(found.label, 0.0) >= TITLE and likely[name] >= _NAMED:
        return True
    if name == LETTER:
        return likely[LETTER] >= _REQUESTED
    return name == OTHER and found.label != UNKNOWN and found.confidence >= _CERTAIN


def _family_of(label: str) -> str:
    """Return the family that documents of the type ``label`` have."""
    if is_legislation(label):
        return LAW
    if label in ("judgment", "interlocutory_order", "extradition_decision"):
        return JUDGMENT
    return LETTER if group_of(label) == "request" else OTHER


def _law(scores: Mapping[str, float]) -> str:
    """Return whether a law without a title is a regulation or, as most, a statute."""
    return "regulation" if scores.get("regulation", 0.0) > scores.get("statute", 0.0) else "statute"


def _confidence(probability: float) -> float:
    return round(min(0.99, probability), 2)


def _without_approved_bill(text: str) -> str:
    """Return ``text`` with spaces for the words of a promulgation that call the law the bill that was approved."""
    approved = _approved_bill().search(fold(text[:OPENING]))
    if approved is None:
        return text
    start, end = approved.span("bill")
    return text[:start] + " " * (end - start) + text[end:]


def _is_bill(text: str, folded: str) -> bool:
    """Return whether a line at the beginning, before any title of an enacted law, calls the text a bill.

    A bill is laid out as the law that it would become, so that the signs of a law then count for the bill. A line that
    goes on with a sentence (``... copia del`` / ``proyecto de ley``) calls it nothing.
    """
    for line in regex.finditer(r"[^\n]*\w[^\n]*", folded[:OPENING]):
        if goes_on(text, line.start()):
            continue
        if _bill_formula().match(line.group()) or begins("bill", line.group()):
            return True
        if _enacted().match(line.group()) or not _laws().isdisjoint(named_types(line.group())):
            return False
    return False


def _decision(scores: Scores, evidence: Sequence[Span], text: str, known: Collection[str]) -> DocumentType:
    """Return the type of the highest score; ``known`` are those that title or metadata name."""
    if not scores:
        return DocumentType(UNKNOWN, 0.0, ORIGIN)
    label = max(scores, key=lambda name: scores[name])
    rivals = max((score for name, score in scores.items() if name != label), default=0.0)
    if scores[label] < _ENOUGH or (label not in known and _is_passing(evidence, text, label)):
        return DocumentType(UNKNOWN, 0.0, ORIGIN)
    confidence = min(1.0, scores[label] / 8) * scores[label] / (scores[label] + rivals)
    return DocumentType(label, round(min(0.99, confidence * 1.2), 2), ORIGIN, _strongest(evidence, label))


def _is_passing(evidence: Sequence[Span], text: str, label: str) -> bool:
    """Return whether one expression in running text is all that speaks for a law, as in a commentary."""
    own = [span for span in evidence if span.value == label]
    cues = {span.attributes["cue"] for span in own}
    is_alone = is_legislation(label) and len(cues) == 1 and not cues & {"title", "own name"}
    return is_alone and not any(_is_heading(text, span) for span in own)


def _is_heading(text: str, span: Span) -> bool:
    """Return whether an expression is a heading: a line by itself, or parted by a sign from the rest of its line."""
    before = text[: span.start].rpartition("\n")[2]
    return not before.strip("# *\t") and _HEADING_END.match(text, span.end) is not None


def _strongest(evidence: Sequence[Span], label: str) -> tuple[Span, ...]:
    spans = [span for span in evidence if span.value == label]
    return tuple(sorted(sorted(spans, key=lambda span: -span.confidence)[:_EVIDENCE], key=lambda span: span.start))


def _share_structure(scores: Scores, structure: Scores) -> None:
    """Add the score of a family's structure to its member with the highest score from titles and cues."""
    for general, members in (("statute", "legislation"), ("mla_request", "request")):
        family = [name for name in load("nlp.document_types")["families"][members] if name in scores]
        best = max(family, key=lambda name: scores[name], default=general)
        recipient = best if scores.get(best, 0.0) >= _ENOUGH else general
        if general in structure:
            scores[recipient] += structure[general]
    for label in structure.keys() - {"statute", "mla_request"}:
        scores[label] += structure[label]


def _scores(evidence: Iterable[Span]) -> Scores:
    """Return the sum of the evidence by type; of each cue only the occurrence with the highest weight counts."""
    best: dict[tuple[str, str], float] = {}
    for span in evidence:
        key = (span.value, span.attributes["cue"])
        best[key] = max(best.get(key, 0.0), float(span.attributes["weight"]))
    scores: Scores = defaultdict(float)
    for (label, _), weight in best.items():
        scores[label] += weight
    return scores


@cache
def _laws() -> frozenset[str]:
    return frozenset(national_law_types())


@cache
def _bill_formula() -> regex.Pattern[str]:
    return compiled(rf"[\W\d]{{0,12}}(?:{'|'.join(load('nlp.document_types')['bill_formulas'])})")


@cache
def _enacted() -> regex.Pattern[str]:
    return compiled(rf"\W{{0,12}}(?:{load('nlp.document_types')['enacted']})")


@cache
def _approved_bill() -> regex.Pattern[str]:
    return compiled(load("nlp.document_types")["approved_bill"])
