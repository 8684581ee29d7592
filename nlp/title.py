"""Title of a document: from hints, metadata or its first page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import regex

from extraction.document import Block, BlockKind
from extraction.resource import load
from nlp.annotations import DocumentType, Hints
from nlp.folding import fold

_FIRST_PAGE = 3_000
_LONGEST = 300
_TABULAR = "bank_record"
_MARKUP = re.compile(r"^[#>*\s]+|[*\s]+$")
# The full stop of a sentence, not that of what may be shortened ("Ltd.").
_FULL_STOP = regex.compile(r"(?<=\p{L}{4}|\d)\.$")
# Keys under which files name it (front matter, Akoma Ntoso FRBR, HTML and Dublin Core), the best first.
_KEYS = ("title", "frbralias", "dc.title", "dcterms.title", "subject", "headline")


def given_title(hints: Hints, metadata: Mapping[str, str]) -> str:
    """Return the title that a person or the file itself gives, or an empty string.

    What a program wrote into the file (``scan0001``, ``Microsoft Word - borrador.doc``) is no title.
    """
    titles = (" ".join(metadata.get(key, "").split()) for key in _KEYS)
    own = (title for title in titles if title and not _no_title().fullmatch(fold(title)))
    return " ".join(hints.title.split()) or _FULL_STOP.sub("", next(own, ""))


@cache
def _no_title() -> regex.Pattern[str]:
    return regex.compile("|".join(load("nlp.titles")["no_title"]))


def find_title(text: str, blocks: Sequence[Block], kind: DocumentType) -> str:
    """Return the line that names the document's type, else the first heading, else the first line.

    A table has no title: its first row names columns; nor has what begins with the number of a provision
    ("Artículo 1"). A title ends without a full stop.
    """
    named = (span.start for span in kind.evidence if span.attributes.get("cue") == "title")
    heads = (block for block in blocks if block.kind is BlockKind.HEADING and block.start < _FIRST_PAGE)
    headings = (block.start for block in heads if not _is_a_number(text[block.start : block.end]))
    start = next(headings, 0) if kind.label == _TABULAR else next(named, next(headings, 0))
    if any(block.kind is BlockKind.TABLE and block.start <= start < block.end for block in blocks):
        return ""
    line = _first_line(text, start, blocks)
    return "" if _is_a_number(line) else _FULL_STOP.sub("", line[:_LONGEST])


def _first_line(text: str, start: int, blocks: Sequence[Block]) -> str:
    """Return the first line with words, with the line of its block that it goes on into.

    That is one in small letters behind a word: "dirigida a las autoridades / competentes".
    """
    found = re.compile(r"[^\n]*\w[^\n]*").search(text, start, start + _FIRST_PAGE)
    if found is None:
        return ""
    end = next((block.end for block in blocks if block.start <= found.start() < block.end), start + _FIRST_PAGE)
    first, behind = _clean(found[0]), _clean(text[found.end() + 1 : end].split("\n")[0])
    goes_on = behind[:1].islower() and first[-1:].isalpha() and not _is_a_number(first)
    return f"{first} {behind}" if goes_on else first


def _is_a_number(heading: str) -> bool:
    """Tell whether a heading is nothing but the number of a provision."""
    return bool(_numbered().fullmatch(fold(_clean(heading))))


@cache
def _numbered() -> regex.Pattern[str]:
    return regex.compile(load("nlp.titles")["number_alone"])


def _clean(line: str) -> str:
    return " ".join(_MARKUP.sub("", line).split())
