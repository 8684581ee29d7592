"""Entities of one document: its mentions normalised and linked (brief 1.6).

Two full names that disagree are never linked; where a short form fits several, it stays on its own and names them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2s

import regex

from nlp.annotations import Entity, Segment, Span
from nlp.entities.defined_names import Defined, defined_names, occurrences
from nlp.entities.linked_bodies import BodyMention, linked_bodies, read_body_name
from nlp.entities.linked_persons import PersonMention, linked_persons
from nlp.entities.name_evidence import Evidence, evidence_of, given_field, other_names, other_surname, title_before
from nlp.entities.names import names_couple
from nlp.entities.person_names import read_name, two_persons
from nlp.folding import fold

ORIGIN = "linking@1"
BODIES = ("ORGANISATION", "COURT", "AUTHORITY", "INSTITUTION")
BY_VALUE = ("LAW", "CASE", "TREATY", "COUNTRY", "LOCATION")
LINKED = ("PERSON", *BODIES, *BY_VALUE)
_DEFINED = 0.85
_MOST_FORMS = 12
_CODE = regex.compile(r"[A-Z]{2}:.+")


def link(text: str, spans: Sequence[Span], segments: Sequence[Segment] = (), language: str = "") -> tuple[Entity, ...]:
    """Return the entities that ``spans`` of ``text`` name, by their first mention.

    ``language`` is that of the text where no segment says another. Dates, amounts and offences are no entities.
    """
    document = _Document(text, sorted(spans, key=lambda span: span.start), segments, language)
    found = [*_persons(document), *_bodies(document), *_by_value(document)]
    keys: dict[Hashable, str] = {}
    for one in found:
        key = _key(one.label, one.name, *one.evidence)
        number = 1
        while key in keys.values():
            number += 1
            key = _key(one.label, one.name, *one.evidence, str(number))
        keys[one.of] = key
    entities = [one.entity(keys) for one in found]
    return tuple(sorted(entities, key=lambda entity: entity.mentions[0].start))


def _key(*parts: str) -> str:
    return blake2s("\0".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class _Found:
    """An entity before it has a key: ``name`` as compared, ``written`` its forms, ``of`` what was linked."""

    of: Hashable
    label: str
    name: str
    spans: Sequence[Span]
    written: Sequence[str]
    evidence: tuple[str, ...] = ()
    link: float = 1.0
    aliases: Sequence[str] = ()
    candidates: Sequence[Hashable] = ()

    def entity(self, keys: Mapping[Hashable, str]) -> Entity:
        name = max(self.written, key=_fullest)
        others = dict.fromkeys(form for form in (*self.written, *self.aliases) if form != name)
        mean = sum(span.confidence for span in self.spans) / len(self.spans)
        return Entity(
            key=keys[self.of],
            label=self.label,
            name=name,
            mentions=tuple(replace(span, readings=(), attributes={}) for span in sorted(self.spans, key=_start)),
            confidence=round(mean * self.link, 3),
            identifiers=self.evidence,
            aliases=tuple(others),
            candidates=tuple(keys[one] for one in self.candidates),
        )


def _start(span: Span) -> int:
    return span.start


def _fullest(written: str) -> tuple[int, bool, int, int]:
    """Prefer more words, then one in the order of speech, then the one with the fewest capitals."""
    capitals = sum(letter.isupper() for letter in written)
    return len(written.replace(",", " ").split()), "," not in written, -capitals, len(written)


@dataclass(frozen=True)
class _Document:
    text: str
    spans: Sequence[Span]
    segments: Sequence[Segment]
    language: str

    def labelled(self, *labels: str) -> list[Span]:
        return [span for span in self.spans if span.label in labels]

    def language_at(self, at: int) -> str:
        return next((part.label for part in self.segments if part.start <= at < part.end), self.language)

    def written(self, span: Span) -> str:
        return " ".join(self.text[span.start : span.end].split())

    @cached_property
    def evidence(self) -> Mapping[int, Evidence]:
        return evidence_of(self.text, self.labelled("PERSON", "ORGANISATION"), self.spans)


def _persons(document: _Document) -> Iterator[_Found]:
    for person in linked_persons(list(_person_mentions(document))):
        spans = [span for mention in person.mentions for span in mention.spans]
        yield _Found(
            of=person,
            label="PERSON",
            name=person.name.form,
            spans=spans,
            written=[mention.written for mention in person.mentions],
            evidence=_told(person.evidence),
            link=person.link,
            aliases=person.aliases,
            candidates=person.candidates,
        )


def _person_mentions(document: _Document) -> Iterator[PersonMention]:
    """Yield the mentions of persons; surnames and given names in fields of their own are one mention."""
    one_each = [span for span in document.labelled("PERSON") if not names_couple(document.written(span))]
    names = [part for span in one_each for part in two_persons(span)]
    by_place = {(span.start, span.end): span for span in names}
    fields = {span.start: place for span in names if (place := given_field(document.text, span))}
    within = [span for span in names if any(a <= span.start and span.end <= b for a, b in fields.values())]
    for span in names:
        if span not in within:
            place = fields.get(span.start)
            yield _person_mention(document, span, place, by_place.get(place) if place else None)


def _person_mention(
    document: _Document, span: Span, field: tuple[int, int] | None, beside: Span | None
) -> PersonMention:
    text, language = document.text, document.language_at(span.start)
    written = document.written(span)
    if field:
        written = f"{written}, {' '.join(text[slice(*field)].split())}"
    name = read_name(written, title=title_before(text, span.start), language=language)
    if surname := other_surname(text, span.end):
        name = replace(name, other=read_name(surname).words)
    return PersonMention(
        spans=(span, beside) if beside else (span,),
        written=written,
        name=name,
        language=language,
        evidence=document.evidence.get(span.start, Evidence()),
        aliases=tuple(other_names(text, span.end)),
    )


def _bodies(document: _Document) -> Iterator[_Found]:
    for body in linked_bodies(_body_mentions(document)):
        labels = Counter(mention.span.label for mention in body.mentions)
        yield _Found(
            of=body,
            label=max(labels, key=lambda label: labels[label]),
            name=" ".join(filter(None, (*body.name.words, body.name.form))),
            spans=[mention.span for mention in body.mentions],
            written=[document.written(mention.span) for mention in body.mentions],
            evidence=(*body.values, *_told(body.evidence)),
            link=body.link,
            candidates=body.candidates,
        )


def _body_mentions(document: _Document) -> Iterator[BodyMention]:
    """Yield the mentions of bodies; a short name that the text defines counts as the whole one."""
    named = document.labelled(*BODIES)
    defined = defined_names(document.text, named)
    owners = {span.start: span for span in named}
    wholes = {read_body_name(one.name): owners[one.owner] for one in defined}
    for span in named:
        whole = wholes.get(read_body_name(document.written(span)), span)
        evidence = document.evidence.get(span.start, Evidence())
        yield BodyMention(span, read_body_name(document.written(whole)), _code(whole), evidence)
    for span, whole in _short_mentions(document, defined, owners):
        yield BodyMention(span, read_body_name(document.written(whole)), _code(whole))


def _short_mentions(
    document: _Document, defined: Sequence[Defined], owners: Mapping[int, Span]
) -> Iterator[tuple[Span, Span]]:
    """Yield the places of short names that no span covers, with the mention that the name was given to."""
    first = {one.name: one.place[0] for one in defined}
    wholes = {one.name: owners[one.owner] for one in defined}
    at = 0
    for name, start, end in occurrences(document.text, first):
        while at < len(document.spans) and document.spans[at].end <= start:
            at += 1
        around = document.spans[max(0, at - 5) : at + 5]
        if not any(span.start < end and start < span.end for span in around):
            whole = wholes[name]
            yield Span(start, end, whole.label, document.text[start:end], _DEFINED, ORIGIN), whole


def _code(span: Span) -> str:
    """Return the code of a list that holds a body, empty where it has none of its own."""
    own = span.label == "INSTITUTION" or (span.label == "AUTHORITY" and _CODE.fullmatch(span.value))
    return span.value if own else ""


def _by_value(document: _Document) -> Iterator[_Found]:
    groups: dict[tuple[str, str], list[Span]] = {}
    for span in document.labelled(*BY_VALUE):
        if value := fold(span.value) if span.label == "LOCATION" else span.value.partition("#")[0]:
            groups.setdefault((span.label, value), []).append(span)
    for (label, value), spans in groups.items():
        whole = [span for span in spans if "#" not in span.value] or spans
        forms = Counter(document.written(span) for span in whole)
        usual = max(forms, key=lambda form: (forms[form], len(form)))
        yield _Found((label, value), label, value, spans, [usual], (value,), aliases=list(forms)[:_MOST_FORMS])


def _told(evidence: Evidence) -> tuple[str, ...]:
    return (*sorted(evidence.identifiers), *(f"born:{date}" for date in sorted(evidence.born)))
