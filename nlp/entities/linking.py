"""Entity linking within one document.

Two full names that disagree are never linked; where a short form fits several, it stays on its own and names them.
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
_MOST_FORMS = 12


def link(text: str, spans: Sequence[Span], segments: Sequence[Segment] = (), language: str = "") -> tuple[Entity, ...]:
    """Return the entities that ``spans`` of ``text`` name, by their first mention.

    ``language`` is that of the text where no segment says another. Dates, amounts and offences are no entities.
    """
    document = MarkedText(text, sorted(spans, key=lambda span: span.start), segments, language)
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


def _persons(document: MarkedText) -> Iterator[_Found]:
    for person in linked_persons(list(person_mentions(document))):
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


def _bodies(document: MarkedText) -> Iterator[_Found]:
    for body in linked_bodies(body_mentions(document)):
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


def _by_value(document: MarkedText) -> Iterator[_Found]:
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
