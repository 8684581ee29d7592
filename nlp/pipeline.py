"""Annotation pipeline: languages, type, structure, spans, title, date, jurisdiction and entities of a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import ModuleType

from extraction.document import Block
from nlp import components, document_type, language
from nlp.annotations import Annotations, Hints, Segment, Span, Unit
from nlp.citations import citations
from nlp.citations.identity import DECISIONS, document_identity, stated_number
from nlp.concepts import concepts
from nlp.document_date import find_date
from nlp.document_kinds import is_legislation
from nlp.document_type import find_document_type
from nlp.entities import dates, gazetteers, identifiers, legal_ner, mentions, money, name_lists, names
from nlp.entities.gazetteers import find_gazetteer
from nlp.entities.linking import link
from nlp.entities.merging import merge
from nlp.entities.name_repair import with_repaired_names
from nlp.folding import words_of
from nlp.jurisdiction import Jurisdiction, find_jurisdiction
from nlp.language import UNDETERMINED, find_segments
from nlp.pattern_bank import LatePattern
from nlp.structure import judgments, legislation, requests
from nlp.structure.structure import find_structure
from nlp.title import find_title, given_title

_FIRST_PAGE = 3_000
_ANNOTATORS: tuple[ModuleType, ...] = (
    citations, concepts, dates, document_type, gazetteers, identifiers, judgments, language, legislation, mentions,
    money, name_lists, names, requests,
)  # fmt: skip
# Version of this module, of titles, dates, jurisdictions and merging; to be increased with a change in any of them.
ORIGIN = "pipeline@42"
# Lone surrogate, allowed in JSON but not in UTF-8, in which the tokenizer of the tagger and spaCy take a text.
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def annotate(
    text: str,
    blocks: Sequence[Block] = (),
    *,
    hints: Hints = Hints(),  # noqa: B008 (frozen)
    metadata: Mapping[str, str] | None = None,
) -> Annotations:
    """Return all annotations of ``text``.

    ``blocks`` and ``metadata`` are those of the extracted document; ``hints`` take precedence. Any text is accepted,
    including an empty one.
    """
    metadata = metadata or {}
    segments = find_segments(text, blocks)
    main = hints.language or main_language(segments)
    known_title = _known_title(hints, metadata)
    recognised = find_document_type(text, title=known_title, stated=metadata.get("type", ""))
    # The title line depends on the recognised type, so that it does not change when a user sets another type.
    title = known_title or find_title(text, blocks, recognised)
    kind = find_document_type(text, hints) if hints.document_type else recognised
    state = _jurisdiction(text, hints, metadata, main)
    jurisdiction = state.code
    readable = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    structure = find_structure(
        text,
        blocks,
        document_type=kind.label,
        language="" if main == UNDETERMINED else main,
        jurisdiction=jurisdiction,
        segments=segments,
    )
    spans = _spans(readable, segments, main, jurisdiction, structure, kind.label)
    return Annotations(
        document_type=kind,
        segments=segments,
        structure=structure,
        spans=spans,
        title=title,
        jurisdiction=jurisdiction,
        date=find_date(text, spans, hints, metadata, legislation=is_legislation(kind.label)),
        identity=document_identity(title, metadata, text[:_FIRST_PAGE], kind.label, jurisdiction),
        version=version(),
        entities=link(readable, spans, segments, main),
    )


def _known_title(hints: Hints, metadata: Mapping[str, str]) -> str:
    """Return the title in ``hints`` or ``metadata``, behind the number of a law whose title there is its subject."""
    title, number = given_title(hints, metadata), "" if hints.title else stated_number(metadata)
    return f"{number}, {title}" if number and title else title


def compile_patterns() -> None:
    """Compile all patterns in advance (about a second), before worker processes are forked."""
    for pattern in LatePattern.all:
        pattern.compile()
    for chain in gazetteers.court_chains():
        chain.compile()


def version() -> str:
    """Return the version of all annotators; annotations of another version are outdated."""
    origins = {ORIGIN, legal_ner.origin(), *(str(module.ORIGIN) for module in _ANNOTATORS)}
    return "+".join(sorted(origins - {""}))


def main_language(segments: Sequence[Segment]) -> str:
    """Return the language (ISO 639-1) of the largest part of a text, ``und`` if it is none of the four."""
    lengths = Counter[str]()
    for segment in segments:
        lengths[segment.label] += segment.end - segment.start
    return max(lengths, key=lambda label: lengths[label], default=UNDETERMINED)


def _jurisdiction(text: str, hints: Hints, metadata: Mapping[str, str], main: str) -> Jurisdiction:
    first_page = text[:_FIRST_PAGE]
    return find_jurisdiction(text, hints, metadata, find_gazetteer(first_page, words_of(first_page)), main)


def _spans(
    text: str,
    segments: tuple[Segment, ...],
    main: str,
    jurisdiction: str,
    structure: tuple[Unit, ...],
    kind: str,
) -> tuple[Span, ...]:
    from nlp import spacy_components  # its import takes as long as ten pages, which only an annotation needs

    legislation, decision = is_legislation(kind), kind in DECISIONS
    read = components.analysed(
        text, segments, main, jurisdiction, structure, legislation=legislation, decision=decision
    )
    return with_repaired_names(merge(spacy_components.proposals(read), text, legal_ner.origin()), text)
