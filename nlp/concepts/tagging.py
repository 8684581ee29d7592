"""Evidence of the concepts of a provision, from its heading, the headings above, its first words and its conduct.

Mentions elsewhere in the text say little about its subject; they are spans of ``nlp.concepts.concepts``. A heading
names a concept as a whole or in one of its coordinated parts, without words of another meaning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from nlp.annotations import Span, Unit
from nlp.concepts.false_friends import ambiguous_words
from nlp.concepts.layer import LANGUAGES, RELATION_WEIGHT, Label, broader_concepts, concept, concepts
from nlp.concepts.profiles import specificity
from nlp.concepts.provision_cues import ProvisionCues, described_conduct, is_definition, joined_parts, read_cues
from nlp.concepts.query import content_of, names_in
from nlp.folding import content_stems, fold, words_of
from nlp.lexicon import Lexicon, Term
from nlp.structure.structure import provisions

HEADING, ABOVE, DEFINED, OPENING, CONDUCT = "heading", "above", "defined", "opening", "conduct"
MIN_CONFIDENCE = 0.5  # least confidence of a tag
_CONFIDENCE = {HEADING: 0.95, ABOVE: 0.65, DEFINED: 0.9, OPENING: 0.55, CONDUCT: 0.7}
_FARTHER, _TITLE = 0.85, 0.72  # weights relative to the nearest heading above
_NOT_PUNISHED = 0.8  # weight of an offence in a provision without penalty
_MENTIONED = ("OFFENCE", "MEASURE", "ASSET_RECOVERY")
_NAMED = 0.6  # least score of a label that names a heading or one of its coordinated parts
_JOINED = 0.9  # weight of a label in one of several coordinated parts


@dataclass(frozen=True, slots=True)
class ConceptTag:
    """A concept of a provision; ``start`` and ``end`` are the range of the evidence, ``by`` is its kind.

    ``words`` is the matched label. For evidence in a heading above, the range is that of the provision's own heading.
    """

    concept: str
    start: int
    end: int
    confidence: float
    by: str
    words: str = ""


def cued_provisions(
    text: str, structure: Sequence[Unit], language: str, jurisdiction: str = "", title: str = ""
) -> Iterator[tuple[Unit, ProvisionCues]]:
    """Yield the provisions of a law that may have concepts, with their cues; nothing for other languages.

    ``title`` is weak evidence, used for punitive provisions. The closing formula ("Comuníquese al señor Presidente")
    has no concepts, although it is below headings.
    """
    if language not in LANGUAGES:
        return
    own = {(unit.label, unit.end): unit.start for unit in structure}
    for unit in provisions(structure):
        if unit.kind != "closing":
            yield unit, read_cues(text, unit, own[unit.label, unit.end], language, jurisdiction, title)


def mentioned_concepts(spans: Sequence[Span]) -> tuple[ConceptTag, ...]:
    """Return the concepts mentioned in a document other than a law, each by its first mention.

    Concepts that no longer exist in the layer are ignored.
    """
    tags: dict[str, ConceptTag] = {}
    for span in spans:
        if span.label in _MENTIONED and span.confidence >= MIN_CONFIDENCE and span.value in concepts():
            tags.setdefault(span.value, ConceptTag(span.value, span.start, span.end, span.confidence, OPENING))
    return tuple(tags.values())


def tags_of(place: ProvisionCues) -> tuple[ConceptTag, ...]:
    """Return one tag per concept, at its best evidence, with the combined confidence of all evidence (noisy or)."""
    best: dict[str, ConceptTag] = {}
    doubt: dict[str, float] = {}
    for tag in (*_by_heading(place), *_by_headings_above(place), *_by_first_words(place), *_by_conduct(place)):
        doubt[tag.concept] = doubt.get(tag.concept, 1.0) * (1 - tag.confidence)
        if tag.concept not in best or tag.confidence > best[tag.concept].confidence:
            best[tag.concept] = tag
    tags = (replace(tag, confidence=round(1 - doubt[code], 2)) for code, tag in best.items())
    return tuple(
        sorted((t for t in tags if t.confidence >= MIN_CONFIDENCE), key=lambda tag: (-tag.confidence, tag.concept))
    )


def _by_heading(place: ProvisionCues) -> Iterator[ConceptTag]:
    for code, name, sure in named_in(place.heading, place):
        end = place.start + len(place.heading)
        yield ConceptTag(code, place.start, end, _CONFIDENCE[HEADING] * sure, HEADING, name)


def _by_headings_above(place: ProvisionCues) -> Iterator[ConceptTag]:
    """Yield the concepts of the nearest heading above that has any; for punitive provisions also of the title."""
    title = place.title if place.punishes else ""
    for weight, heading in (*zip((1.0, _FARTHER), reversed(place.above), strict=False), (_TITLE, title)):
        named = named_in(heading, place)
        for code, name, sure in named:
            sure *= _CONFIDENCE[ABOVE] * weight * _fits(code, place)
            yield ConceptTag(code, place.start, place.start + len(place.heading), sure, ABOVE, name)
        if named:
            return


def _by_first_words(place: ProvisionCues) -> Iterator[ConceptTag]:
    folded = fold(place.opening)
    for match in _lexicon(place.language).find(place.opening, words_of(place.opening)):
        by = DEFINED if is_definition(folded, match.start, match.end, place.language) else OPENING
        for term in match.terms:
            if _may_be(term, place) and (by == DEFINED or term.attributes["relation"] != "weak"):
                telling = 1.0 if by == DEFINED else _specific(term.attributes["name"], place.language)
                sure = _CONFIDENCE[by] * term.confidence * telling * _fits(term.value, place)
                start, end = place.body + match.start, place.body + match.end
                yield ConceptTag(term.value, start, end, sure, by, term.attributes["name"])


def mentions_in(words: str, place: ProvisionCues) -> dict[str, int]:
    """Return how often labels of each concept are in ``words``, weak ones too."""
    counts: dict[str, int] = {}
    for match in _lexicon(place.language).find(words, words_of(words)):
        for code in {term.value for term in match.terms if _may_be(term, place)}:
            counts[code] = counts.get(code, 0) + 1
    return counts


def _by_conduct(place: ProvisionCues) -> Iterator[ConceptTag]:
    if place.punishes:
        end = place.body + len(place.opening)
        for code, share in described_conduct(place.opening, place.language):
            yield ConceptTag(code, place.body, end, _CONFIDENCE[CONDUCT] * share, CONDUCT)


def _may_be(term: Term, place: ProvisionCues) -> bool:
    """Return whether a label in the first words may be the subject; penalties are not."""
    return (
        is_used(term.attributes["jurisdictions"], place)
        and not has_other_meaning(
            term.value, term.attributes["name"], excluded_concepts(place, place.opening), place.language
        )
        and not (place.punishes and "PENALTY" in broader_concepts(term.value))
    )


def _fits(code: str, place: ProvisionCues) -> float:
    """Return the weight of a concept: less for an offence in a provision without penalty."""
    return 1.0 if place.punishes or not concept(code).penal else _NOT_PUNISHED


@cache
def _lexicon(language: str) -> Lexicon:
    terms = (
        (label.text, _term(code, label))
        for code, entry in concepts().items()
        for label in entry.labels_in(language)
        if label.relation not in {"broader", "former", "proposed"}
    )
    return Lexicon(terms, plurals=True)


def _term(code: str, label: Label) -> Term:
    attributes = {"jurisdictions": " ".join(label.jurisdictions), "name": label.text, "relation": label.relation}
    return Term("CONCEPT", code, RELATION_WEIGHT[label.relation], attributes=attributes)


@cache
def _specific(name: str, language: str) -> float:
    return specificity(content_stems(name, language), language)


def has_other_meaning(code: str, name: str, alike: Mapping[str, frozenset[str]], language: str) -> bool:
    """Return whether a label was matched by a word with another meaning in this provision.

    "Trata de personas y tráfico ilícito de migrantes" has a word that never means smuggling, and its own label too.
    """
    return not alike.get(code, frozenset()).isdisjoint(content_stems(name, language))


def excluded_concepts(place: ProvisionCues, words: str) -> Mapping[str, frozenset[str]]:
    """Return the concepts excluded by false friends in ``words``, with the stems of these words."""
    return _excluded(words, " ".join(place.above), place.language, place.jurisdiction, place.punishes)


@lru_cache(maxsize=20_000)
def _excluded(words: str, above: str, language: str, country: str, punished: bool) -> dict[str, frozenset[str]]:
    """Return the excluded concepts; in a punitive provision the meaning is an offence, else a measure."""
    excluded: dict[str, frozenset[str]] = {}
    for word in ambiguous_words(words, language):
        context = next(
            (other for other in ambiguous_words(f"{words} {above}", language) if other.friend == word.friend), word
        )
        meant = word.decided or context.decided or word.likeliest(country, punished)
        stems = frozenset(content_stems(word.term, language))
        others = word.friend.concepts() - {meant.concept} if meant else set()
        for code in {word.friend.excluded_concept, *others} - {""}:
            excluded[code] = excluded.get(code, frozenset()) | stems
    return excluded


def named_in(heading: str, place: ProvisionCues) -> list[tuple[str, str, float]]:
    """Return (concept, label, confidence) of the concepts named in a heading.

    Labels of other States count where none of the law's own State names it.
    """
    alike = excluded_concepts(place, heading)
    meant = [
        name
        for name in _names(heading, place.language)
        if not has_other_meaning(name[0], name[1].text, alike, place.language)
    ]
    own = [name for name in meant if is_used(" ".join(name[1].jurisdictions), place)]
    best: dict[str, tuple[str, str, float]] = {}
    for code, label, sure in own or [name for name in meant if is_unambiguous(name[1].text, place.language)]:
        if code not in best or sure > best[code][2]:
            best[code] = (code, label.text, sure)
    return list(best.values())


@lru_cache(maxsize=20_000)
def _names(heading: str, language: str) -> tuple[tuple[str, Label, float], ...]:
    """Return the concepts named by the whole heading and by its coordinated parts, with all labels that name them."""
    parts = joined_parts(heading, language)
    candidates = [*_names_of(heading, language)]
    if len(parts) > 1:
        candidates += [
            (code, label, sure * _JOINED) for part in parts for code, label, sure in _names_of(part, language)
        ]
    return tuple(candidates)


def _names_of(words: str, language: str) -> Iterator[tuple[str, Label, float]]:
    for named in names_in(content_of(words, language)):
        if named.score >= _NAMED and named.label.relation != "broader":
            weak = RELATION_WEIGHT["weak"] if named.label.relation == "weak" else 1.0
            yield named.concept, named.label, named.score / weak


def is_used(jurisdictions: str, place: ProvisionCues) -> bool:
    """Return whether a label of these jurisdictions (separated by blanks, empty: any) may be used in this law.

    A country that the layer has no labels of in this language may use those of any other.
    """
    if not jurisdictions or not place.jurisdiction or place.jurisdiction in jurisdictions.split():
        return True
    return place.jurisdiction not in _countries_with_labels(place.language)


@cache
def _countries_with_labels(language: str) -> frozenset[str]:
    labels = (label for entry in concepts().values() for label in entry.labels_in(language))
    return frozenset(country for label in labels for country in label.jurisdictions)


@lru_cache(maxsize=20_000)
def is_unambiguous(label: str, language: str) -> bool:
    """Return whether a label denotes the same concept in all States of its language."""
    ambiguous = any(len(word.friend.concepts()) > 1 for word in ambiguous_words(label, language))
    return len(_concepts_by_label(language)[label]) == 1 and not ambiguous


@cache
def _concepts_by_label(language: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code, entry in concepts().items():
        for label in entry.labels_in(language):
            found[label.text].add(code)
    return {label: frozenset(codes) for label, codes in found.items()}
