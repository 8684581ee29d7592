"""Reads a request: parts of the file, each field by its reader, the completeness check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from extraction.document import Block
from nlp.annotations import Annotations
from nlp.language import UNDETERMINED
from nlp.pipeline import main_language
from nlp.requests.context import RequestContext
from nlp.requests.proposal import REQUEST, FilePart, Proposal, RequestReading
from nlp.structure.requests import find_request_sections

FieldReader = Callable[[RequestContext], Sequence[Proposal]]

# key of the field -> its reader; proposals come back best first
READERS: Mapping[str, FieldReader] = {}


def read_request(text: str, annotations: Annotations, blocks: Sequence[Block] = ()) -> RequestReading:
    """Return the reading of ``text``, which ``annotations`` describe.

    ``blocks`` are those of the document where it has any. Never raises for any text, the empty one included.
    """
    context = _context(text, annotations, blocks)
    fields = {key: tuple(found) for key, read in READERS.items() if (found := read(context))}
    return RequestReading(context.document_type, context.parts, fields, ())


def _context(text: str, annotations: Annotations, blocks: Sequence[Block]) -> RequestContext:
    kind = annotations.document_type
    language = main_language(annotations.segments)
    return RequestContext(
        text,
        annotations,
        document_type=Proposal(kind.label, 0, len(text), kind.confidence, kind.origin),
        parts=(FilePart(REQUEST, language, 0, len(text), 0.5, "requests.parts@1"),),
        sections=find_request_sections(text, blocks),
        language="" if language == UNDETERMINED else language,
    )
