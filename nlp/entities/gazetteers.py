"""Gazetteers of places, institutions, treaties, courts and authorities, and patterns of court names."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version

import babel
from babel import Locale

from extraction.build_cache import code_digest, kept
from extraction.resource import digest, load
from nlp import lexicon
from nlp.annotations import Span
from nlp.entities.name_continuation import Chain
from nlp.folding import Words, fold, stems_fingerprint, words_of
from nlp.lexicon import Lexicon, Match, Term

ORIGIN = "gazetteer@4"
COURT_ORIGIN = "court_patterns@3"

_LOCALES = ("es", "pt", "pt_PT", "en", "fr")
_SURE, _LIKELY, _WEAK = 0.95, 0.7, 0.5
# A phrase that contains a country's name but does not refer to the country.
_NOTHING = "NOTHING"
_STATES = ("COUNTRY", "NATIONALITY")

Phrase = tuple[str, Term]


def find_gazetteer(text: str, words: Words) -> list[Span]:
    """Return the listed places, nationalities, institutions, treaties, courts and authorities in ``text``.

    ``words`` is ``nlp.folding.words_of(text)``.
    """
    spans = (_span(text, match) for match in _lexicon().find(text, words))
    return [span for span in spans if span.label != _NOTHING]


def find_countries(text: str, words: Words) -> list[Span]:
    """Return the countries and nationalities in ``text``; ``words`` is ``nlp.folding.words_of(text)``."""
    return [span for match in _country_lexicon().find(text, words) if (span := _span(text, match)).label in _STATES]


def find_law_countries(text: str) -> list[Span]:
    """Return the countries and nationalities in words beside a law, also by demonyms that are read there alone."""
    found = _law_lexicon().find(text, words_of(text))
    return [span for match in found if (span := _span(text, match)).label in _STATES]


def law_country_names() -> Iterator[str]:
    """Yield the names, acronyms and demonyms of countries that may stand beside a law."""
    yield from country_names()
    yield from (word for _, word in _listed(load("nlp.countries")["query_demonyms"]))


def country_names() -> Iterator[str]:
    """Yield the names, acronyms and demonyms of countries."""
    yield from (phrase for phrase, term in _countries() if term.label in _STATES)


def find_query_countries(query: str) -> list[Span]:
    """Return the countries and nationalities named in a query, capitalised or not.

    Country names within names from the other lists are omitted ("American Convention on Human Rights").
    """
    spans = (_span(query, match) for match in _query_lexicon().find(query, words_of(query)))
    return [span for span in spans if span.label in _STATES]


def find_courts(text: str, language: str) -> list[Span]:
    """Return unlisted courts and authorities by the patterns of their names ("Juzgado Central de Instrucción n.º 3").

    ``language`` is the ISO 639-1 code of ``text``; without patterns for it the result is empty.
    """
    spans = []
    for label, chain, confidence in _chains().get(language, ()):
        for start, end in chain.find(text):
            written = text[start:end].rstrip(" ,.-")
            value = " ".join(written.split())
            spans.append(Span(start, start + len(written), label, value, confidence, COURT_ORIGIN))
    return spans


def court_chains() -> list[Chain]:
    """Return the patterns of court and authority names in all languages."""
    return [chain for chains in _chains().values() for _, chain, _ in chains]


def _span(text: str, match: Match) -> Span:
    term = match.terms[0]
    value = term.value or " ".join(text[match.start : match.end].split())
    return Span(match.start, match.end, term.label, value, term.confidence, ORIGIN, attributes=term.attributes)


@cache
def _country_lexicon() -> Lexicon:
    return Lexicon(_countries())


@cache
def _law_lexicon() -> Lexicon:
    return Lexicon([*_countries(), *_query_demonyms()])


def _query_demonyms() -> Iterator[Phrase]:
    for code, word in _listed(load("nlp.countries")["query_demonyms"]):
        yield word, Term("NATIONALITY", code, _LIKELY)


@cache
def _lexicon() -> Lexicon:
    return Lexicon([*_institutions(), *_treaties(), *_authorities(), *_courts(), *_countries()])


@cache
def _query_lexicon() -> Lexicon:
    lists = load("nlp.countries")
    capital = {fold(name) for name in (*lists["weak"], *lists["also_words"])}
    countries = (
        (name, replace(term, shape="") if term.shape == "capital" and fold(name) not in capital else term)
        for name, term in _countries()
    )
    short = ((name, Term("COUNTRY", code, _LIKELY)) for code, name in _listed(lists["query_names"]))
    return Lexicon(
        [*_institutions(), *_treaties(), *_authorities(), *_courts(), *countries, *short, *_query_demonyms()]
    )


@cache
def _chains() -> dict[str, list[tuple[str, Chain, float]]]:
    chains: dict[str, list[tuple[str, Chain, float]]] = {}
    for label, name, confidence in (("COURT", "courts", 0.85), ("AUTHORITY", "authorities", 0.8)):
        for language, heads in load(f"nlp.{name}")["patterns"].items():
            chains.setdefault(language, []).extend((label, Chain(head), confidence) for head in heads)
    return chains


def _institutions() -> Iterator[Phrase]:
    yield from _named(load("nlp.institutions"), "INSTITUTION")


def _treaties() -> Iterator[Phrase]:
    yield from _named(load("nlp.treaties"), "TREATY")


def _named(entries: dict[str, dict[str, list[str]]], label: str) -> Iterator[Phrase]:
    for value, entry in entries.items():
        for acronym in entry.get("acronyms", ()):
            yield acronym, Term(label, value, 0.9, shape="upper")
        for name in entry.get("names", ()):
            yield name, Term(label, value, _SURE, shape="capital" if " " not in name else "")


def _authorities() -> Iterator[Phrase]:
    for value, names in load("nlp.authorities")["names"].items():
        for name in names:
            shape = "upper" if name.isupper() and " " not in name else "capital"
            yield name, Term("AUTHORITY", value, _SURE, shape=shape)


def _courts() -> Iterator[Phrase]:
    for name in load("nlp.courts")["names"]:
        yield name, Term("COURT", "", 0.9)
    for acronym in load("nlp.courts")["acronyms"]:
        yield acronym, Term("COURT", "", 0.8, shape="upper")


def _countries() -> Iterator[Phrase]:
    lists = load("nlp.countries")
    weak = set(lists["weak"])
    for phrase in lists["never"]:
        yield phrase, Term(_NOTHING, phrase, 1.0)
    for code, name in (*_known_iso_names(), *_listed(lists["names"])):
        yield name, Term("COUNTRY", code, _WEAK if name in weak else _SURE, shape="capital")
    for region in lists["regions"]:
        yield region, Term("LOCATION", "", _SURE, shape="capital")
    for code, acronym in _listed(lists["acronyms"]):
        yield acronym, Term("COUNTRY", code, _SURE, shape="upper")
    for code, word in _listed(lists["demonyms"]):
        yield word, Term("NATIONALITY", code, _LIKELY)


def _listed(lists: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for code, names in lists.items():
        for name in names:
            yield code, name


@cache
def countries_fingerprint() -> bytes:
    """Return a digest of all that the names of countries depend on, for results that are kept."""
    versions = f"{babel.__version__} {version('pycountry')}".encode()
    return versions + digest("nlp.countries") + stems_fingerprint() + code_digest(__file__, lexicon.__file__)


@cache
def _known_iso_names() -> list[tuple[str, str]]:
    return kept("nlp.iso_names", countries_fingerprint(), list[tuple[str, str]], lambda: list(_iso_names()))


def _iso_names() -> Iterator[tuple[str, str]]:
    """Yield the CLDR names and the short and official ISO names in the four languages."""
    import pycountry  # the names are kept, so that most processes do without it

    territories = [Locale.parse(name).territories for name in _LOCALES]
    translations = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[name], fallback=True)
        for name in ("es", "pt", "pt_BR", "fr")
    ]
    for country in pycountry.countries:
        code = country.alpha_2
        yield from ((code, names[code]) for names in territories if code in names)
        for attribute in ("name", "official_name", "common_name"):
            if (name := getattr(country, attribute, None)) is not None:
                yield code, name
                yield from ((code, translation.gettext(name)) for translation in translations)
