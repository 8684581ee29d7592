"""Labels of codes in the reader's language: types, entities, facets, states, countries."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from babel import Locale

from app.i18n import OWN_NAMES, interface_language, interface_variety, last_day, written_date, written_moment
from app.treaty_citations import treaty_cited
from app.wording import base_language, worded_in
from extraction.resource import load
from nlp.annotations import Reading
from nlp.citations.printed_names import printed_name
from nlp.concepts.layer import concepts
from nlp.folding import fold

if TYPE_CHECKING:
    from flask import Flask
    from jinja2.runtime import Context

_LAW = re.compile(r"ref:[a-z]{2}:(?P<kind>[a-z-]+)(?::(?P<number>[^#]*))?(?:#(?P<place>.+))?")
_SUFFIX = re.compile(r"(?<=\d)-(?=[a-z]{3})")  # "art. 286 ter"
_ABBREVIATION = 6
_CODES = ("codigo", "code")  # kinds of law that are cited by their name
"""Characters: the code of a kind of law that is shorter and has no label is an abbreviation (RDL)."""


def _labels() -> dict[str, dict[str, dict[str, str]]]:
    labels: dict[str, dict[str, dict[str, str]]] = load("app.labels")
    return labels


def label(kind: str, code: str) -> str:
    """Return the label of ``code``, a key of ``kind`` in ``resources/labels.yaml``; without one, the code in words."""
    return label_in(interface_variety(), kind, code)


def label_in(language: str, kind: str, code: str) -> str:
    """Return what :func:`label` does, in ``language`` or in the language of which that is a variety."""
    names = _labels()[kind].get(code, {})
    return names.get(language) or names.get(base_language(language), code.replace("_", " "))


def codes(kind: str) -> tuple[str, ...]:
    """Return the codes of this kind that have a label."""
    return tuple(_labels()[kind])


@cache
def codes_by_label(kind: str, among: tuple[str, ...] = ()) -> Mapping[str, str]:
    """Return the codes of this kind by their folded labels in all languages of the interface, ``among`` some of them.

    Of codes with the same label the last one counts.
    """
    return {fold(label_in(language, kind, code)): code for language in OWN_NAMES for code in among or codes(kind)}


def code_in_words(text: str, labels: Mapping[str, str]) -> str:
    """Return the code in whose label all words of ``text`` are, if it is one only; else ``""``.

    ``labels`` are those of :func:`codes_by_label`.
    """
    words = set(fold(text).split())
    named = {code for name, code in labels.items() if words and words <= set(name.split())}
    return named.pop() if len(named) == 1 else ""


def country(code: str) -> str:
    """Return the name of an ISO 3166 alpha-2 code, of ``EU`` or of a part of a State (``GB-SCT``); others unchanged."""
    return country_in(interface_variety(), code)


def country_in(language: str, code: str) -> str:
    """Return what :func:`country` does, in ``language``."""
    if code in _labels()["part_of_state"]:
        return label_in(language, "part_of_state", code)
    name: str = Locale.parse(language, sep="-").territories.get(code.upper(), code)
    return name


def language(code: str) -> str:
    """Return the name of a language (ISO 639-1) in the language of the interface; others unchanged."""
    if code in ("", "und"):
        return label("language", "und")
    name: str = Locale.parse(interface_variety(), sep="-").languages.get(code, code)
    return name


def date(value: str) -> str:
    """Return an ISO 8601 date in words, to the precision given: day, month or year."""
    return written_date(value, interface_variety())


def in_force(value: str) -> str:
    """Return the label of a value of the filter ``in_force``: a day, or a keyword."""
    return label("in_force", value) if value in _labels()["in_force"] else date(value)


def worded(words: Mapping[str, str]) -> str:
    """Return the words of the reader's variety, or else those of its language."""
    return worded_in(words, interface_variety())


def offence(concept_id: str) -> str:
    """Return the name of a concept as pages print it."""
    return typeset(concept_in(interface_variety(), concept_id))


def typeset(text: str) -> str:
    """Return a text of a concept with the apostrophe that French pages print.

    Names and definitions of concepts have the plain apostrophe, as they are compared with texts and queries.
    """
    return text.replace("'", "’") if interface_language() == "fr" else text


def concept_in(language: str, concept_id: str) -> str:
    """Return the preferred name of a concept in ``language``; an id that is none unchanged."""
    concept = concepts().get(concept_id)
    return concept.name(language) if concept else concept_id


def treaty(value: str) -> str:
    """Return the citation of a treaty's key and pinpoint (``ref:int:treaty:UNCAC#art-46``)."""
    key, _, pinpoint = value.rpartition(":")[2].partition("#")
    name = _instrument("treaties", key)
    return f"{name}, {pinpoint.replace('-', '. ', 1)}" if pinpoint else name


def read_as(value: str) -> str:
    """Return the value of an entity for a reader: that of a citation is an id, shown only for treaties, by name."""
    if not value.startswith("ref:"):
        return value
    return treaty(value) if value.startswith("ref:int:treaty:") else ""


def _treaty_cited(pinpoint: str) -> str:
    return treaty_cited(pinpoint, interface_variety())


def collection(identifier: str) -> str:
    """Return what a collection is called: the words for public law, else the name that it was given."""
    return collection_in(interface_variety(), identifier)


def collection_in(language: str, identifier: str) -> str:
    """Return the name of a collection in ``language``: the words for public law, else ``identifier``."""
    return _named("collection", language, identifier)


def person(identifier: str) -> str:
    """Return the name of a principal; that of the local user is wording."""
    return person_in(interface_variety(), identifier)


def person_in(language: str, identifier: str) -> str:
    """Return the name of a principal in ``language``: the words for the local user, else ``identifier``."""
    return _named("person", language, identifier)


def _named(kind: str, language: str, identifier: str) -> str:
    names = _labels()[kind].get(identifier)
    return worded_in(names, language) if names else identifier


def institution(value: str) -> str:
    """Return the name of an institution in the reader's language, else ``value``."""
    return _instrument("institutions", value)


def _instrument(kind: str, key: str) -> str:
    names: dict[str, dict[str, str]] = load("app.instrument_names")[kind]
    return worded(names[key]) if key in names else key


def moment(value: datetime.datetime) -> str:
    """Return a time of the store (UTC) in this machine's time zone."""
    return written_moment(value, interface_variety())


_SHOWN: dict[str, Callable[[str], str]] = {
    "jurisdiction": country,
    "collection": collection,
    "language": language,
    "date": date,
    "concept": offence,
    "offence": offence,
    "treaty": treaty,
    "institution": institution,
    "in_force": in_force,
}


def value_label(field: str, value: str) -> str:
    """Return the label of ``value`` of a facet or a filter."""
    if shown := _SHOWN.get(field):
        return shown(value)
    return label(field, value) if field in _labels() else value


def reasons(why: Iterable[str]) -> list[str]:
    """Return the reasons of a hit (``lemma:blanqueo``) in words, without duplicates."""
    return reasons_in(interface_variety(), why)


def reasons_in(language: str, why: Iterable[str]) -> list[str]:
    """Return what :func:`reasons` does, in ``language`` or in the language of which that is a variety."""
    sentences = []
    for reason in why:
        code, _, fact = reason.partition(":")
        known = _labels()["reason"].get(code, {})
        own = known.get(language) or known.get(base_language(language))
        fact = {"concept": concept_in, "citation": cited_in}.get(code, _unchanged)(language, fact)
        sentences.append(own.format(fact=fact) if own else reason)
    return list(dict.fromkeys(sentences))


def _unchanged(_language: str, fact: str) -> str:
    return fact


def cited_in(language: str, identifier: str) -> str:
    """Return the citation of the id of a law (``ref:br:lei:10275#art-2``) in words; another id unchanged.

    A law that is known by its name has the name of its own language ("Code pénal"), a numbered one its type and number.
    """
    if identifier.startswith("ref:int:treaty:"):
        return treaty(identifier)
    law = _LAW.fullmatch(identifier)
    if law is None:
        return identifier
    place = _SUFFIX.sub(" ", (law["place"] or "").replace("-", ". ", 1))
    named = printed_name(identifier.partition("#")[0]) or _numbered(language, law["kind"], law["number"] or "")
    return ", ".join(filter(None, (place, named)))


def reading_in(language: str, reading: Reading) -> str:
    """Return a reading of a citation in words: type, number, year, provision and State of the law.

    A law that is known by its name has that name, an Act with a short title that title ("Theft Act 1968").
    """
    kind = label_in(language, "citation", reading.type)
    kind = kind.upper() if kind == reading.type and len(kind) < _ABBREVIATION else kind
    if reading.type in _CODES or (reading.type == "act" and not reading.number):
        kind = printed_name(reading.canonical.partition("#")[0]) or kind
    if reading.type == "act" and reading.number[:1].isalpha():
        named = " ".join(filter(None, (reading.number, "Act", reading.year)))
    else:
        named = " ".join(filter(None, (kind, reading.number, f"({reading.year})" if reading.year else "")))
    state = country_in(language, reading.jurisdiction) if reading.jurisdiction not in ("", "INT") else ""
    return ", ".join(filter(None, (named, reading.pinpoint, state)))


def _numbered(language: str, kind: str, number: str) -> str:
    """Return the type of a law and its number in words (``Ley 19574``)."""
    worded_kind = label_in(language, "citation", kind).replace("-", " ")
    named = worded_kind.upper() if worded_kind == kind and len(kind) < _ABBREVIATION else worded_kind
    return f"{named} {'/'.join(filter(None, number.split(':')))}".strip()


def grounds(reasons: Iterable[str]) -> list[str]:
    """Return a sentence for each reason why two persons may be the same (``born:1970-05-03``)."""
    sentences = []
    for reason in reasons:
        code, _, fact = reason.partition(":")
        shown = {"identifier": lambda value: value.rpartition(":")[2], "born": date}.get(code, str)(fact)
        sentences.append(worded(_labels()["same_person"][code]).format(fact=shown))
    return sentences


def evidence_reasons(why: Iterable[str]) -> list[str]:
    """Return the reasons of proposed evidence (``words:convierte``, ``place:home``) in words, terms in one sentence."""
    wordings = _labels()["evidence"]
    words = [fact for code, _, fact in (reason.partition(":") for reason in why) if code == "words"]
    places = [fact for code, _, fact in (reason.partition(":") for reason in why) if code == "place"]
    sentences = [worded(wordings["words"]).format(fact=", ".join(words))] if words else []
    return [*sentences, *(worded(wordings[place]) for place in places)]


def clause_words(clause: str) -> str:
    """Return a clause of the query interpretation: a code in words with its fact, other text unchanged."""
    code, _, fact = clause.partition(":")
    known = _labels()["understood"].get(code)
    if known and code in ("filter", "unknown"):
        field, _, values = fact.partition("=")
        shown = ", ".join(value_label(field, value) for value in values.split(", "))
        return worded(known).format(fact=shown, field=label("field", field))
    return worded(known).format(fact=fact) if known else clause


def set_up(app: Flask) -> None:
    """Give templates the functions that write codes and dates in the reader's language."""
    filters: dict[str, Callable[..., str]] = {
        "label": lambda code, kind: label(kind, code),
        "country": country,
        "language": language,
        "worded": worded,
        "law_date": date,
        "moment": moment,
        "concept": offence,
        "typeset": typeset,
        "last_day": last_day,
        "person": person,
        "read_as": read_as,
        "collection": collection,
        "treaty_cited": _treaty_cited,
    }
    app.jinja_env.filters.update({name: _for_reader(function) for name, function in filters.items()})
    app.jinja_env.globals.update(
        reading_in=reading_in, value_label=value_label, reasons=reasons, clause_words=clause_words, grounds=grounds
    )
    app.jinja_env.globals.update(evidence_reasons=evidence_reasons)


def _for_reader(function: Callable[..., str]) -> Callable[..., str]:
    """Return a filter that is computed for each reader.

    Jinja computes a filter of a constant when it compiles the template, unless the filter takes the context: the label
    would stay in the language of the first reader.
    """
    from jinja2 import pass_context

    @pass_context
    def shown(_context: Context, *values: Any) -> str:
        return function(*values)

    return shown
