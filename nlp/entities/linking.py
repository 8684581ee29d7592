"""Entity linking within one document.

Different full names are never linked; a short form that matches several entities remains separate, with them as
candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2s

from nlp.annotations import Entity, Segment, Span
from nlp.entities.linked_bodies import linked_bodies
from nlp.entities.linked_persons import linked_persons
from nlp.entities.mentions import BODIES, MarkedText, body_mentions, person_mentions
from nlp.entities.name_evidence import Evidence
from nlp.folding import fold

BY_VALUE = ("LAW", "CASE", "TREATY", "COUNTRY", "LOCATION")
LINKED = ("PERSON", *BODIES, *BY_VALUE)
_MAX_FORMS = 12


def link(text: str, spans: Sequence[Span], segments: Sequence[Segment] = (), language: str = "") -> tuple[Entity, ...]:
    """Return the entities to which ``spans`` of ``text`` refer, in order of their first mention.

    ``language`` (ISO 639-1) is that of the text outside ``segments``. Dates, amounts and offences are not entities.
    """
    document = MarkedText(text, sorted(spans, key=lambda span: span.start), segments, language)
    linked = [*_persons(document), *_bodies(document), *_by_value(document)]
    keys: dict[Hashable, str] = {}
    for entity in linked:
        key = _key(entity.label, entity.name, *entity.evidence)
        number = 1
        while key in keys.values():
            number += 1
            key = _key(entity.label, entity.name, *entity.evidence, str(number))
        keys[entity.of] = key
    return tuple(sorted((entity.with_key(keys) for entity in linked), key=lambda entity: entity.mentions[0].start))


def _key(*parts: str) -> str:
    return blake2s("\0".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class _Linked:
    """An entity without key: ``name`` is normalised, ``written`` are its forms, ``of`` is the linked object."""

    of: Hashable
    label: str
    name: str
    spans: Sequence[Span]
    written: Sequence[str]
    evidence: tuple[str, ...] = ()
    link: float = 1.0
    aliases: Sequence[str] = ()
    candidates: Sequence[Hashable] = ()

    def with_key(self, keys: Mapping[Hashable, str]) -> Entity:
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
            candidates=tuple(keys[candidate] for candidate in self.candidates),
        )


def _start(span: Span) -> int:
    return span.start


def _fullest(written: str) -> tuple[int, bool, int, int]:
    """Return the sort key of forms: more words, then given name first, then fewer capitals, then longer."""
    capitals = sum(letter.isupper() for letter in written)
    return len(written.replace(",", " ").split()), "," not in written, -capitals, len(written)


def _persons(document: MarkedText) -> Iterator[_Linked]:
    for person in linked_persons(list(person_mentions(document))):
        spans = [span for mention in person.mentions for span in mention.spans]
        yield _Linked(
            of=person,
            label="PERSON",
            name=person.name.form,
            spans=spans,
            written=[mention.written for mention in person.mentions],
            evidence=_identifying_data(person.evidence),
            link=person.link,
            aliases=person.aliases,
            candidates=person.candidates,
        )


def _bodies(document: MarkedText) -> Iterator[_Linked]:
    for body in linked_bodies(body_mentions(document)):
        labels = Counter(mention.span.label for mention in body.mentions)
        yield _Linked(
            of=body,
            label=max(labels, key=lambda label: labels[label]),
            name=" ".join(filter(None, (*body.name.words, body.name.form))),
            spans=[mention.span for mention in body.mentions],
            written=[document.written(mention.span) for mention in body.mentions],
            evidence=(*body.values, *_identifying_data(body.evidence)),
            link=body.link,
            candidates=body.candidates,
        )


def _by_value(document: MarkedText) -> Iterator[_Linked]:
    groups: dict[tuple[str, str], list[Span]] = {}
    for span in document.labelled(*BY_VALUE):
        if value := fold(span.value) if span.label == "LOCATION" else span.value.partition("#")[0]:
            groups.setdefault((span.label, value), []).append(span)
    for (label, value), spans in groups.items():
        whole = [span for span in spans if "#" not in span.value] or spans
        forms = Counter(document.written(span) for span in whole)
        usual = max(forms, key=lambda form: (forms[form], len(form)))
        yield _Linked((label, value), label, value, spans, [usual], (value,), aliases=list(forms)[:_MAX_FORMS])


def _identifying_data(evidence: Evidence) -> tuple[str, ...]:
    return (*sorted(evidence.identifiers), *(f"born:{date}" for date in sorted(evidence.born)))
