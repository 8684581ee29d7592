"""What a provision is about: concepts by its own heading, by those above it, and by the names in its first words.

A mention deep in a text says little of what the text is about and is no tag; it is a span of ``nlp.concepts.concepts``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from nlp.annotations import Span, Unit
from nlp.concepts.false_friends import ambiguous_words
from nlp.concepts.layer import LANGUAGES, RELATION_WEIGHT, Label, broader_concepts, concept, concepts
from nlp.concepts.names import content_of, names_in
from nlp.concepts.profiles import tellingness
from nlp.concepts.provision_conduct import told_conduct
from nlp.concepts.provision_cues import ProvisionCues, joined_parts, read_cues, says_what_it_means
from nlp.folding import fold
from nlp.lexicon import Lexicon, Term, words_of
from nlp.stems import content_stems
from nlp.structure.structure import provisions

HEADING, ABOVE, DEFINED, OPENING, CONDUCT = "heading", "above", "defined", "opening", "conduct"
KEPT = 0.5  # the least confidence of a tag
_CONFIDENCE = {HEADING: 0.95, ABOVE: 0.65, DEFINED: 0.9, OPENING: 0.55, CONDUCT: 0.7}
_FARTHER, _TITLE = 0.85, 0.72  # of the nearest heading above
_NOT_PUNISHED = 0.8  # of an offence, where nothing is punished
_NAMED = 0.6  # of a heading, or of one of the things that it joins, this much must be the name
_JOINED = 0.9  # how far it is named beside others
_MENTIONED = ("OFFENCE", "MEASURE", "ASSET_RECOVERY")


@dataclass(frozen=True, slots=True)
class ConceptTag:
    """``start`` and ``end`` are where the evidence stands in the text; ``by`` is one of the five.

    ``words`` are the name as the layer has it. Of a heading above, the range is that of the provision's own heading.
    """

    concept: str
    start: int
    end: int
    confidence: float
    by: str
    words: str = ""


def tagged_provisions(
    text: str, structure: Sequence[Unit], language: str, jurisdiction: str = "", title: str = ""
) -> Iterator[tuple[Unit, tuple[ConceptTag, ...]]]:
    """Yield the provisions of a law with their concepts, the surest first; of a law in another language none.

    Its ``title`` says little alone, and much of what tells the conduct without its name. Its closing formula
    ("Comuníquese al señor Presidente") is about nothing, though it stands below headings.
    """
    if language not in LANGUAGES:
        return
    own = {(unit.label, unit.end): unit.start for unit in structure}
    for unit in provisions(structure):
        cues = read_cues(text, unit, own[unit.label, unit.end], language, jurisdiction, title)
        yield unit, () if unit.kind == "closing" else _tags(cues)


def mentioned_concepts(spans: Sequence[Span]) -> tuple[ConceptTag, ...]:
    """Return the concepts that a document which is no law speaks of, each by its first mention.

    Spans of earlier layers may name concepts that are no more.
    """
    found: dict[str, ConceptTag] = {}
    for span in spans:
        if span.label in _MENTIONED and span.confidence >= KEPT and span.value in concepts():
            found.setdefault(span.value, ConceptTag(span.value, span.start, span.end, span.confidence, OPENING))
    return tuple(found.values())


def _tags(place: ProvisionCues) -> tuple[ConceptTag, ...]:
    """Return one tag a concept, at its best evidence and as sure as all of its evidence makes it."""
    best: dict[str, ConceptTag] = {}
    doubt: dict[str, float] = {}
    for tag in (*_by_heading(place), *_by_headings_above(place), *_by_first_words(place), *_by_conduct(place)):
        doubt[tag.concept] = doubt.get(tag.concept, 1.0) * (1 - tag.confidence)
        if tag.concept not in best or tag.confidence > best[tag.concept].confidence:
            best[tag.concept] = tag
    tags = (replace(tag, confidence=round(1 - doubt[code], 2)) for code, tag in best.items())
    return tuple(sorted((t for t in tags if t.confidence >= KEPT), key=lambda tag: (-tag.confidence, tag.concept)))


def _by_heading(place: ProvisionCues) -> Iterator[ConceptTag]:
    for code, name, sure in _named(place.heading, place):
        end = place.start + len(place.heading)
        yield ConceptTag(code, place.start, end, _CONFIDENCE[HEADING] * sure, HEADING, name)


def _by_headings_above(place: ProvisionCues) -> Iterator[ConceptTag]:
    """Yield what the nearest heading above that names something names; of what punishes the law's title too."""
    title = place.title if place.punishes else ""
    for weight, heading in (*zip((1.0, _FARTHER), reversed(place.above), strict=False), (_TITLE, title)):
        named = _named(heading, place)
        for code, name, sure in named:
            sure *= _CONFIDENCE[ABOVE] * weight * _fits(code, place)
            yield ConceptTag(code, place.start, place.start + len(place.heading), sure, ABOVE, name)
        if named:
            return


def _by_first_words(place: ProvisionCues) -> Iterator[ConceptTag]:
    folded = fold(place.opening)
    for match in _lexicon(place.language).find(place.opening, words_of(place.opening)):
        by = DEFINED if says_what_it_means(folded, match.start, match.end, place.language) else OPENING
        for term in match.terms:
            if _may_be(term, place) and (by == DEFINED or term.attributes["relation"] != "weak"):
                telling = 1.0 if by == DEFINED else _telling(term.attributes["name"], place.language)
                sure = _CONFIDENCE[by] * term.confidence * telling * _fits(term.value, place)
                start, end = place.body + match.start, place.body + match.end
                yield ConceptTag(term.value, start, end, sure, by, term.attributes["name"])


def _by_conduct(place: ProvisionCues) -> Iterator[ConceptTag]:
    if place.punishes:
        end = place.body + len(place.opening)
        for code, share in told_conduct(place.opening, place.language):
            yield ConceptTag(code, place.body, end, _CONFIDENCE[CONDUCT] * share, CONDUCT)


def _may_be(term: Term, place: ProvisionCues) -> bool:
    """Tell whether a name in the first words may be what the provision is about; its penalty is not."""
    return (
        _is_used(term.attributes["jurisdictions"], place)
        and not _is_other(term.value, term.attributes["name"], _words_alike(place, place.opening), place.language)
        and not (place.punishes and "PENALTY" in broader_concepts(term.value))
    )


def _fits(code: str, place: ProvisionCues) -> float:
    """Return how far a concept fits a provision: one that punishes nothing speaks less of an offence."""
    return 1.0 if place.punishes or not concept(code).penal else _NOT_PUNISHED


def _named(heading: str, place: ProvisionCues) -> list[tuple[str, str, float]]:
    """Return the concepts that a heading names, with the name and how surely."""
    alike = _words_alike(place, heading)
    return [
        (code, label.text, sure)
        for code, label, sure in _names(heading, place.language)
        if not _is_other(code, label.text, alike, place.language) and _is_used(" ".join(label.jurisdictions), place)
    ]


@lru_cache(maxsize=20_000)
def _names(heading: str, language: str) -> tuple[tuple[str, Label, float], ...]:
    """Return the concepts that a heading names as a whole, and those that one of the things that it joins is."""
    parts = joined_parts(heading, language)
    found = [*_names_of(heading, language)]
    if len(parts) > 1:
        found += [(code, label, sure * _JOINED) for part in parts for code, label, sure in _names_of(part, language)]
    best: dict[str, tuple[str, Label, float]] = {}
    for one in found:
        if one[0] not in best or one[2] > best[one[0]][2]:
            best[one[0]] = one
    return tuple(best.values())


def _names_of(words: str, language: str) -> Iterator[tuple[str, Label, float]]:
    for named in names_in(content_of(words, language)):
        if named.score >= _NAMED and named.label.relation != "broader":
            weak = RELATION_WEIGHT["weak"] if named.label.relation == "weak" else 1.0
            yield named.concept, named.label, named.score / weak


def _is_used(jurisdictions: str, place: ProvisionCues) -> bool:
    """Tell whether a name of some countries may be one in this law."""
    return not jurisdictions or not place.jurisdiction or place.jurisdiction in jurisdictions.split()


def _is_other(code: str, name: str, alike: Mapping[str, frozenset[str]], language: str) -> bool:
    """Tell whether a name is read from a word that looks like it and means something else here.

    "Trata de personas y tráfico ilícito de migrantes" holds a word that never means smuggling, and its own name too.
    """
    return not alike.get(code, frozenset()).isdisjoint(content_stems(name, language))


def _words_alike(place: ProvisionCues, words: str) -> Mapping[str, frozenset[str]]:
    """Return the concepts that words which look like their names do not mean here, with the stems of these words."""
    return _meant_otherwise(words, " ".join(place.above), place.language, place.jurisdiction, place.punishes)


@lru_cache(maxsize=20_000)
def _meant_otherwise(words: str, above: str, language: str, country: str, punished: bool) -> dict[str, frozenset[str]]:
    """Return what false friends in ``words`` do not mean; what punishes speaks of an offence, else of a measure."""
    out: dict[str, frozenset[str]] = {}
    for word in ambiguous_words(words, language):
        context = next(
            (one for one in ambiguous_words(f"{words} {above}", language) if one.friend == word.friend), word
        )
        meant = word.decided or context.decided or word.likeliest(country, punished)
        stems = frozenset(content_stems(word.term, language))
        others = word.friend.concepts() - {meant.concept} if meant else set()
        for code in {word.friend.kept_apart, *others} - {""}:
            out[code] = out.get(code, frozenset()) | stems
    return out


@cache
def _lexicon(language: str) -> Lexicon:
    terms = (
        (label.text, _term(code, label))
        for code, one in concepts().items()
        for label in one.labels_in(language)
        if label.relation not in {"broader", "former", "proposed"}
    )
    return Lexicon(terms, plurals=True)


def _term(code: str, label: Label) -> Term:
    attributes = {"jurisdictions": " ".join(label.jurisdictions), "name": label.text, "relation": label.relation}
    return Term("CONCEPT", code, RELATION_WEIGHT[label.relation], attributes=attributes)


@cache
def _telling(name: str, language: str) -> float:
    return tellingness(content_stems(name, language), language)
