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
from nlp.folding import fold, words_of
from nlp.lexicon import Lexicon, Term

ORIGIN = "document_type@15"
UNKNOWN = "unknown"
HINT = "hint"
"""Origin of a type that was given with the file or by a person."""

_LABEL = "DOCUMENT_TYPE"
_STRUCTURE = "structure"

_TITLE_LINES = 12
_OPENING = 3_000
_LAST = 500
_BODY = 40_000
_TITLE, _FIRST_LINES, _FIRST_PAGE, _REST = 8.0, 4.0, 2.0, 0.4
_STATED = {"judgment": 4.0, "eu_act": 8.0}  # kind in the metadata -> weight: a judgment may be an order
_OWN_NAME, _OWN_NAMES = 5.0, 3  # weight of the words by which a text calls itself, in full from so many on
_ENOUGH = 3.0
_HEADING_END = compiled(r"[ \t]*(?:[.:º°–—-]|\n|\Z)")
_EVIDENCE = 12
# Probability of its family below which a type that a title names does not stand; confidence from which a type that is
# neither a law nor a judgment stands without a title, and the same as a probability for requests; the least probability
# of a law or a judgment, and that of a letter from which a text is neither.
_NAMED, _CERTAIN, _REQUESTED, _LIKELY, _LETTER = 0.2, 0.9, 0.1, 0.5, 0.3
_SHORTEST = 700  # characters below which words and layout tell nothing

_UNFINISHED = compiled(r"[\p{Ll},]\n\Z")
_LETTER_SPACED = compiled(r"\b(?:\w ){3,}\w\b")

Scores = dict[str, float]


def is_legislation(label: str) -> bool:
    """Return whether documents of the type ``label`` consist of provisions, which are then the units of search."""
    return label in load("nlp.document_types")["families"]["legislation"]


def is_request(label: str) -> bool:
    """Return whether documents of the type ``label`` ask another State for cooperation."""
    return label in load("nlp.document_types")["families"]["request"]


def national_law_types() -> tuple[str, ...]:
    """Return the types of enacted national law, without bills and treaties."""
    return tuple(load("nlp.document_types")["families"]["national_law"])


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
    scores = _scores(_without_structure(evidence))
    named = _named(fold(title))
    for label in named:
        scores[label] += _TITLE
    if stated in _STATED:
        scores[stated] += _STATED[stated]
    _share_structure(scores, _scores(_of_structure(evidence)))
    found = _decision(scores, evidence, text, {*named, stated})
    if found.label in (*named, stated) or len(text) < _SHORTEST:
        return found
    rules = RuleFindings(scores, _scores(_of_structure(evidence)), _title_weights(evidence), found)
    likely = families(text, folded, rules)
    return _of_letter(found, likely) if is_letter(folded) else by_family(rules, likely)


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
    evidence = [*_titles(text, folded), *_cues(text[:_BODY]), *_own_names(folded), *_structures(text, folded)]
    if _is_bill(text, folded):
        return [replace(span, value="bill") if span.value in national_law_types() else span for span in evidence]
    return evidence


def _of_structure(evidence: Iterable[Span]) -> Iterator[Span]:
    return (span for span in evidence if span.attributes["cue"].startswith(_STRUCTURE))


def _without_structure(evidence: Iterable[Span]) -> Iterator[Span]:
    return (span for span in evidence if not span.attributes["cue"].startswith(_STRUCTURE))


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
    if found.label != UNKNOWN and rules.titles.get(found.label, 0.0) >= _TITLE and likely[name] >= _NAMED:
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


def is_letter(folded: str) -> bool:
    """Return whether one of the first lines addresses an authority."""
    return any(_addressee().match(line.group()) for line in _first_lines(folded))


def _without_approved_bill(text: str) -> str:
    """Return ``text`` with spaces for the words of a promulgation that call the law the bill that was approved."""
    approved = _approved_bill().search(fold(text[:_OPENING]))
    if approved is None:
        return text
    start, end = approved.span("bill")
    return text[:start] + " " * (end - start) + text[end:]


def _is_bill(text: str, folded: str) -> bool:
    """Return whether a line at the beginning, before any title of an enacted law, calls the text a bill.

    A bill is laid out as the law that it would become, so that the signs of a law then count for the bill. A line that
    goes on with a sentence (``... copia del`` / ``proyecto de ley``) calls it nothing.
    """
    for line in regex.finditer(r"[^\n]*\w[^\n]*", folded[:_OPENING]):
        if _goes_on(text, line.start()):
            continue
        if _bill_formula().match(line.group()) or _begins("bill", line.group()):
            return True
        if _enacted().match(line.group()) or not _laws().isdisjoint(_named(line.group())):
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


def _evidence(start: int, end: int, label: str, cue: str, weight: float) -> Span:
    attributes = {"cue": cue, "weight": f"{weight:.2f}"}
    return Span(start, end, _LABEL, label, round(min(1.0, weight / _TITLE), 2), ORIGIN, attributes=attributes)


def _titles(text: str, folded: str) -> Iterator[Span]:
    """Yield the types named by the first lines; each further naming line has half the weight of the previous.

    Legislation is not named behind the first recital ("Vistos: el decreto con fuerza de ley N° 1"), nor in a letter,
    which addresses an authority in these lines; in one that takes leave at its end, a bill may be sent.
    """
    lines = _first_lines(folded)
    weight, recited = _TITLE, any(_addressee().match(line.group()) for line in lines)
    leaves = _leave().search(folded, max(0, len(folded) - _LAST)) is not None
    for line in lines:
        recited = recited or _recital().match(line.group()) is not None
        if _goes_on(text, line.start()):
            continue
        named = [
            (label, match)
            for label in _title_patterns()
            if (
                match := _begins(label, line.group()) or (label != "treaty" and _begins(label, _unspaced(line.group())))
            )
            and not (recited and is_legislation(label))
            and not (leaves and is_legislation(label) and label != "bill")
        ]
        for label, match in named:
            end = min(line.start() + match.end(), line.end())
            yield _evidence(line.start() + match.start(), end, label, "title", weight)
        if named:
            weight /= 2


def _first_lines(folded: str) -> list[regex.Match[str]]:
    lines = (line for line in regex.finditer(r"[^\n]+", folded[:_OPENING]) if regex.search(r"\w", line.group()))
    return [line for line, _ in zip(lines, range(_TITLE_LINES), strict=False)]


def _begins(label: str, line: str) -> regex.Match[str] | None:
    return _title_patterns()[label].match(line)


def _goes_on(text: str, start: int) -> bool:
    """Return whether the line at ``start`` goes on with the sentence of the line above."""
    return text[start].islower() and _UNFINISHED.search(text, max(0, start - 2), start) is not None


def _unspaced(line: str) -> str:
    """Return a line without the spaces within letter-spaced words: ``a r r e t``."""
    return " ".join(_LETTER_SPACED.sub(lambda match: match[0].replace(" ", ""), line).split())


def _named(title: str) -> list[str]:
    return [label for label, pattern in _title_patterns().items() if title and pattern.match(title)]


@cache
def _title_patterns() -> dict[str, regex.Pattern[str]]:
    titles: dict[str, list[str]] = load("nlp.document_types")["titles"]
    dated = r"(?:(?:er )?[a-z]{3,9} \d{4}\. ?[-–—] ?)?"  # "17 FEVRIER 1994. - La Constitution coordonnée"
    return {label: compiled(rf"[\W\d]{{0,12}}{dated}(?:{'|'.join(options)})") for label, options in titles.items()}


@cache
def _recital() -> regex.Pattern[str]:
    return compiled(rf"\W{{0,12}}(?:{load('nlp.document_types')['recitals']})")


@cache
def _addressee() -> regex.Pattern[str]:
    return compiled(rf"\W{{0,12}}(?:{load('nlp.document_types')['addressee']})")


@cache
def _leave() -> regex.Pattern[str]:
    return compiled(rf"\b(?:{load('nlp.document_types')['leave']})")


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


@cache
def _cue_lexicon() -> Lexicon:
    return Lexicon(
        (phrase, Term(_LABEL, label, 1.0, attributes={"cue": fold(phrase)}))
        for label, by_language in load("nlp.document_types")["cues"].items()
        for phrases in by_language.values()
        for phrase in phrases
    )


def _cues(text: str) -> Iterator[Span]:
    lines = _first_lines(text)
    heading_end = lines[-1].end() if lines else 0
    for match in _cue_lexicon().find(text, words_of(text)):
        weight = _FIRST_LINES if match.start < min(heading_end, 600) else _REST
        weight = _FIRST_PAGE if weight == _REST and match.start < _OPENING else weight
        for term in match.terms:
            length = 1.0 if " " in term.attributes["cue"] else 0.5
            yield _evidence(match.start, match.end, term.value, term.attributes["cue"], weight * length)


def _own_names(folded: str) -> Iterator[Span]:
    """Yield the words by which a text calls itself (``la présente loi``, ``this Court``), by share of the types.

    What a request calls itself counts against the others and for none, since it is named by its title; "this Court"
    in a letter is its sender.
    """
    found = {
        label: [match.span() for match in pattern.finditer(folded, 0, _BODY)]
        for label, pattern in _own_name_patterns().items()
    }
    total = sum(map(len, found.values()))
    letter = is_letter(folded)
    for label, places in found.items():
        if places and not is_request(label) and not (letter and label == "judgment"):
            weight = _OWN_NAME * min(len(places), _OWN_NAMES) / _OWN_NAMES * len(places) / total
            yield _evidence(*places[0], label, "own name", weight)


@cache
def _own_name_patterns() -> dict[str, regex.Pattern[str]]:
    names: dict[str, str] = load("nlp.document_types")["own_names"]
    return {label: compiled(rf"\b(?:{pattern})\b") for label, pattern in names.items()}


@cache
def _structure_patterns() -> list[tuple[str, int, float, regex.Pattern[str]]]:
    return [
        (entry["type"], entry["full"], entry["weight"], compiled(rf"^(?:{entry['pattern']})", regex.MULTILINE))
        for entry in load("nlp.document_types")["structure"]
    ]


def _structures(text: str, folded: str) -> Iterator[Span]:
    """Yield the first occurrences of each structure, weighted by the number of different ones."""
    for number, (label, full, weight, pattern) in enumerate(_structure_patterns()):
        places: dict[str, tuple[int, int]] = {}
        for match in pattern.finditer(folded):
            if label == "mla_request" or not _goes_on(text, match.start()):
                places.setdefault(match.group().strip(), match.span())
            if len(places) == full:
                break
        if len(places) >= 2:
            for start, end in places.values():
                yield _evidence(start, end, label, f"{_STRUCTURE} {number}", weight * len(places) / full)
