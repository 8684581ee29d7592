"""The question of a comparison: concepts, jurisdictions, and the selection of provisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from app.comparison.table import ComparisonRequest
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.search.absent_concepts import stems_beside_name
from indexing.search.clauses import ANY, FIELD, UNKNOWN
from indexing.search.lexical_retrieval import plans_of
from indexing.search.parser import parse
from indexing.search.query_citations import QueryCitations
from indexing.search.query_recognition import recognise
from indexing.search.query_tree import Pattern, positive
from indexing.search.request import SearchRequest
from nlp.concepts.abbreviations import spelled_out
from nlp.concepts.layer import LANGUAGES, broader_concepts, concept
from nlp.concepts.profiles import profiles
from nlp.concepts.query import ConceptMatch, Content, concepts_of_query, content_of
from nlp.document_kinds import national_law_types
from nlp.elements.instruments import treaty_provisions
from nlp.folding import fold

ABOUT = "about"  # prefix of the reason that a hit is tagged with a concept
_SURELY_NAMED = 0.7
_OFFENCE_NAMED = 0.6  # least score of an offence beside the name of what is no offence
_WORD = regex.compile(r"\w[\w'’-]*")


def jurisdiction_filters(request: ComparisonRequest) -> dict[str, tuple[str, ...]]:
    """Return the search filters for law that may be in force on the day, in the selected countries."""
    filters = {"document_type": national_law_types(), FIELD: (request.date, UNKNOWN)}
    return filters | ({"jurisdiction": request.jurisdictions} if request.jurisdictions else {})


def question_concepts(request: ComparisonRequest) -> tuple[str, ...]:
    """Return the concepts of a comparison; raises ``indexing.no_such_treaty_provision`` for unknown ones."""
    if request.treaty:
        found = treaty_provisions().get(request.treaty, ())
        if not found:
            raise _no_such_treaty_provision(request.treaty)
        return tuple(dict.fromkeys((*found, *filter(None, (request.concept,)))))
    return (concept(request.concept).id,) if request.concept else ()


def concepts_of_request(request: ComparisonRequest) -> tuple[str, ...]:
    """Return the selected concepts, else the one certainly named by the words."""
    concept_ids = question_concepts(request)
    named = None if concept_ids else _named_concept(request)
    return (named.concept,) if named else concept_ids


def words_to_search(request: ComparisonRequest) -> str:
    """Return the words of a question without those that are only the name of its concept."""
    named = None if question_concepts(request) else _named_concept(request)
    readings = (spelled_out(request.query, language) for language in (request.language, ""))
    return "" if named and any(_is_whole(named, words) for words in readings) else request.query


def unused_words(request: ComparisonRequest) -> tuple[str, ...]:
    """Return the words of a question beside the name of its concept, without names of countries and days.

    They decide on no provision: of "money laundering with cryptocurrency" the provisions on money laundering are found.
    """
    named = None if question_concepts(request) else _named_concept(request)
    if named is None:
        return ()
    query, _ = recognise(parse(request.query))
    text = spelled_out(" ".join(leaf.text for leaf in positive(query.tree) if not isinstance(leaf, Pattern)), "")
    read = [content_of(text, language) for language in LANGUAGES]
    read = [each for each in read if {*named.words} <= {*each.stems}]
    return _beside(named, min(read, key=lambda each: len(each.words)), text) if read else ()


def _beside(named: ConceptMatch, content: Content, text: str) -> tuple[str, ...]:
    """Return the words of ``text`` that neither belong to the concept nor ask for its penalty."""
    language = content.language
    own = {*named.words, *profiles(language)[named.concept], *stems_beside_name(named.concept, language)}
    others = content.distinctive - own
    told = {word for word, own in zip(content.words, content.stems, strict=True) if own in others}
    return tuple(word for word in _WORD.findall(text) if fold(word) in told)


def _named_concept(request: ComparisonRequest) -> ConceptMatch | None:
    """Return the concept certainly named by the words of a question, the narrowest of those named equally well.

    The reader may name it in another language than that of the interface, whose names are preferred.
    """
    for language in (request.language, ""):
        query = spelled_out(request.query, language)
        matches = concepts_of_query(query, language) if query else ()
        best = [match for match in matches if match.label and match.score >= max(_SURELY_NAMED, matches[0].score)]
        best = best and (_offences_beside(best, matches) or best)
        broader = {code for match in best for code in broader_concepts(match.concept)}
        if best:
            narrow = [match for match in best if match.concept not in broader] or best
            return next(filter(_is_preferred, narrow), narrow[0])
    return None


def _is_preferred(match: ConceptMatch) -> bool:
    """Return whether the name in the question is the first one of the concept in a language."""
    return any(concept(match.concept).preferred(language) == match.label for language in LANGUAGES)


def _offences_beside(best: Sequence[ConceptMatch], matches: Sequence[ConceptMatch]) -> list[ConceptMatch]:
    """Return the offences named by other words than those of what is no offence.

    Whoever asks for "blanqueo con criptomonedas" asks for money laundering, not for what virtual assets are.
    """
    if any(concept(match.concept).penal for match in best):
        return []
    named = [match for match in matches if match.label and match.score >= _OFFENCE_NAMED]
    offences = [match for match in named if concept(match.concept).penal]
    return [match for match in offences[:1] if not {*match.words} & {word for other in best for word in other.words}]


def _is_whole(named: ConceptMatch, words: str) -> bool:
    return any(content_of(words, language).distinctive <= {*named.words} for language in LANGUAGES)


def _no_such_treaty_provision(name: str) -> RogatioError:
    """Return the error with the known provisions of the treaty or, for an unknown treaty, the known treaties."""
    treaty = name.partition(" ")[0].upper()
    own = [treaty_provision for treaty_provision in treaty_provisions() if treaty_provision.partition(" ")[0] == treaty]
    known = own or dict.fromkeys(treaty_provision.partition(" ")[0] for treaty_provision in treaty_provisions())
    return RogatioError("indexing.no_such_treaty_provision", treaty=name[:60], known=", ".join(known))


def available_countries(access: AccessFilter, engine: Engine) -> tuple[str, ...]:
    """Return the countries of all national laws that ``access`` lets be seen, of any day, as ISO 3166 alpha-2."""
    return tuple(sorted(_provision_counts(access, engine, "jurisdiction")["jurisdiction"]))


@dataclass(frozen=True, slots=True)
class AvailableLaw:
    """Numbers of provisions of national laws, of any day, by country and by concept."""

    countries: Mapping[str, int]
    concepts: Mapping[str, int]


def available_law(access: AccessFilter, engine: Engine) -> AvailableLaw:
    """Count the provisions that a comparison can choose from."""
    counts = _provision_counts(access, engine, "jurisdiction", "concept")
    return AvailableLaw(counts["jurisdiction"], counts["concept"])


def _provision_counts(access: AccessFilter, engine: Engine, *fields: str) -> dict[str, dict[str, int]]:
    """Return, for each of ``fields``, how many provisions of national laws have each of its values, by frequency."""
    laws = {"document_type": national_law_types(), FIELD: (ANY,)}
    request = SearchRequest("", laws, limit=1, facets=fields, mode="words")
    counts: dict[str, Counter[str]] = {name: Counter() for name in fields}
    for plan in plans_of(request, parse(""), access, 0, QueryCitations()):
        for name, values in engine.search(plan).facets.items():
            counts[name].update(dict(values))
    return {
        name: {value: count for value, count in sorted(found.items(), key=_by_frequency) if value}
        for name, found in counts.items()
    }


def _by_frequency(counted: tuple[str, int]) -> tuple[int, str]:
    value, count = counted
    return -count, value
