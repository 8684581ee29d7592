"""Embedded files that pdfium does not give, read by pdfminer from their specifications (ISO 32000-1, 7.11.3, 7.11.4).

pdfium looks for the stream under the key that has the name (``F``, ``UF``); some writers give both under different
keys, or no name at all.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from extraction.containers.zip_files import HARMLESS, MAX_RATIO

MAX_OBJECTS = 50_000
MAX_NESTING = 8
STREAMS = ("UF", "F", "Unix", "Mac", "DOS")
NAMES = ("UF", "F")
DEFLATE = frozenset({"FlateDecode", "Fl"})


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file with its ``name``, its description or nothing; ``is_named`` if that is a name.

    ``content`` is None if it cannot be decoded.
    """

    name: str
    content: bytes | None
    is_named: bool


def embedded_files(path: Path, password: str) -> list[EmbeddedFile]:
    """Return each embedded file of the PDF at ``path``, also those whose content is damaged.

    Files of which nothing can be read, not even their specification, are not among them: whoever knows that they are
    there, as the list of attachments tells, reports those that are missing here.
    """
    try:
        with path.open("rb") as file:
            document = PDFDocument(PDFParser(file), password)
            return [_embedded(specification) for specification in _specifications(document)]
    except Exception:  # pdfminer raises many types on damaged files
        return []


def _specifications(document: PDFDocument) -> Iterator[dict[str, Any]]:
    """Yield each file specification that has a file, once; a damaged object is left out."""
    numbers = dict.fromkeys(number for table in document.xrefs for number in table.get_objids())
    for number in islice(numbers, MAX_OBJECTS):
        try:
            held = document.getobj(number)
        except Exception:  # of the types that pdfminer raises; the other objects are not affected
            continue
        yield from _within(held, MAX_NESTING)


def _embedded(specification: dict[str, Any]) -> EmbeddedFile:
    name = ""
    try:
        name = _text(specification, NAMES)
        shown = name or _text(specification, ("Desc",))
        return EmbeddedFile(shown, _content(resolve1(specification["EF"])), bool(name))
    except Exception:  # of the types that pdfminer and zlib raise: the caller reports the file as damaged
        return EmbeddedFile(name, None, bool(name))


def _within(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the specifications that are ``value`` or written in it, not those that it refers to."""
    if depth and isinstance(value, dict):
        if "EF" in value:
            yield value
        for part in value.values():
            yield from _within(part, depth - 1)
    elif depth and isinstance(value, list):
        for part in value:
            yield from _within(part, depth - 1)


def _text(specification: dict[str, Any], keys: Sequence[str]) -> str:
    names = (resolve1(specification.get(key)) for key in keys)
    return next((decode_text(name) for name in names if isinstance(name, bytes) and name), "")


def _content(streams: Any) -> bytes | None:
    """Return the content of the first of ``streams``, None if it has another filter than Deflate or is a bomb."""
    stream = next(filter(None, (resolve1(streams.get(key)) for key in STREAMS)), None)
    if not isinstance(stream, PDFStream):
        return None
    data = stream.get_rawdata() or b""
    if stream.decipher is not None and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    filters = [name.name if isinstance(name, PSLiteral) else name for name, _ in stream.get_filters()]
    if not filters:
        return data
    if len(filters) > 1 or filters[0] not in DEFLATE:
        return None
    limit = max(HARMLESS, MAX_RATIO * len(data))
    content = zlib.decompressobj().decompress(data, limit)
    return content if len(content) < limit else None
