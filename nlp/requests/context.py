"""Input of the field readers: the text of a request with annotations, sections and parts of the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from nlp.annotations import Annotations, Span, Unit
from nlp.language import UNDETERMINED
from nlp.requests.boxes import Range
from nlp.requests.flow import Flow, Sentence
from nlp.requests.letter_types.statements import EXTRADITION
from nlp.requests.letter_types.unlearned_types import PROVISIONAL_ARREST
from nlp.requests.parts.parallel_columns import ParallelColumns
from nlp.requests.proposal import OWN_WORDS, FilePart, Proposal
from nlp.requests.states.states import States
from nlp.transformer import Vector

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RequestContext:
    """Input of the field readers.

    ``parts`` are contiguous and cover the text; ``sections`` are the units of kind ``request_section`` with the keys
    of ``nlp/resources/request_sections.yaml``. ``language`` is the main language of the letter. ``flow`` is its
    running text, and ``sentences`` are ranges of it; ``unticked`` are the ranges of unselected options of a form.
    ``is_typed``: the letter comes from a file that shows no signature, a text file or a mail. ``columns`` are those of
    a bilingual letter, of which ``text`` is the first. ``month_first``: dates in figures have the month before the day.
    ``encoded`` are the encoder's vectors of sentences, by their words. ``kept`` caches intermediate results that
    several readers share (see ``once``).
    """

    text: str
    annotations: Annotations
    document_type: Proposal
    parts: tuple[FilePart, ...]
    sections: tuple[Unit, ...]
    language: str
    flow: Flow
    sentences: tuple[Sentence, ...]
    unticked: tuple[Range, ...]
    states: States
    is_typed: bool = False
    columns: ParallelColumns | None = None
    month_first: bool = False
    encoded: dict[str, Vector] = field(default_factory=dict, compare=False, repr=False)
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def requesting_state(self) -> str:
        """Return the ISO 3166-1 code (or ``GB-SCT``) of the requesting state, empty if unknown."""
        return str(self.states.requesting.value) if self.states.requesting else ""

    @property
    def requested_state(self) -> str:
        """Return the code of the requested state, empty if unknown."""
        return str(self.states.requested.value) if self.states.requested else ""

    @property
    def labelled_type(self) -> str:
        """Return the type in the terms of the labelled letters, in which provisional arrest is extradition."""
        kind = str(self.document_type.value)
        return EXTRADITION if kind == PROVISIONAL_ARREST else kind

    def part_at(self, place: int) -> FilePart:
        """Return the part of the file that contains ``place``, an offset in ``text``."""
        number = bisect_right(self.parts, place, key=lambda part: part.start)
        return self.parts[max(0, number - 1)]

    def in_own_words(self, place: int) -> bool:
        """Return whether ``place`` is in the authority's letter, not in a transcription, annex or translation."""
        return self.part_at(place).kind in OWN_WORDS

    def is_unticked(self, place: int) -> bool:
        """Return whether ``place`` belongs to an unticked option of a form."""
        number = bisect_right(self.unticked, place, key=lambda option: option[0])
        return number > 0 and place < self.unticked[number - 1][1]

    def section_at(self, place: int) -> str:
        """Return the key of the innermost section that contains ``place``, empty if none does."""
        holding = [unit for unit in self.sections if unit.start <= place < unit.end]
        return holding[-1].key if holding else ""

    def sections_of(self, *keys: str) -> Iterator[Unit]:
        """Yield the sections with one of ``keys``, in order."""
        return (unit for unit in self.sections if unit.key in keys)

    def language_at(self, place: int) -> str:
        """Return the language of the text at ``place`` (es, pt, en, fr); the main language if undetermined."""
        segments = self.annotations.segments
        number = bisect_right(segments, place, key=lambda segment: segment.start)
        label = segments[number - 1].label if number else UNDETERMINED
        return self.language if label == UNDETERMINED else label

    def own_sentences(self) -> Iterator[Sentence]:
        """Yield the sentences of the authority's letter, without unticked options."""
        for sentence in self.sentences:
            place = self.flow.places[sentence.start]
            if self.in_own_words(place) and not self.is_unticked(place):
                yield sentence

    def spans(self, *labels: str) -> Iterator[Span]:
        """Yield the annotated spans with one of ``labels``, in order."""
        return (span for span in self.annotations.spans if span.label in labels)


def once(read: Callable[[RequestContext], T]) -> Callable[[RequestContext], T]:
    """Cache the result of ``read`` for each context; callers must not modify it."""
    name = f"{read.__module__}.{read.__qualname__}"

    def kept(context: RequestContext) -> T:
        if name not in context.kept:
            context.kept[name] = read(context)
        found: T = context.kept[name]
        return found

    kept.__doc__ = read.__doc__
    return kept
