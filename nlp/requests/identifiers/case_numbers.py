"""Numbers of cases and files: in citations that rules and the tagger find, and references without a label."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from nlp.annotations import Span
from nlp.requests.context import RequestContext
from nlp.requests.identifiers.forms import VALID, Identifier

CASE = "case_number"
_CASE_NUMBER = regex.compile(
    r"(?:(?!(?:DEL?|D[AO]|DU|OF) )\p{Lu}{2,8}(?:-\p{Lu}{2,8})? )?"
    r"(?=[^\s,;]*\d)[\p{Lu}\d][\p{L}\d]*(?:[./\-–_][\p{L}\d]+)*(?: \d{3}(?!\d)){0,4}"
)
# "Carta rogatoria n.º 214 de 2026": the year belongs to the number.
OF_YEAR = regex.compile(r" (?:del?|d[ao]|of) (?:19|20)\d{2}(?![\p{L}\d])", regex.I)


def cases(context: RequestContext, *, by_rule: bool) -> Iterator[Identifier]:
    """Yield the case numbers that match the format of a country (``by_rule``), or those that the tagger labels."""
    for span in context.spans("CASE"):
        if ("rule" in span.attributes) == by_rule:
            yield from case_numbers(context.text, span)


def letterhead_references(context: RequestContext) -> Iterator[Identifier]:
    """Yield references without a label in the first lines ("AG/CR/44/24", "LI.69.98.1023/22")."""
    head = "\n".join(context.text.split("\n")[:_HEAD_LINES])
    for found in _REFERENCE.finditer(head):
        yield Identifier(CASE, *found.span(), None, 0.75)


_HEAD_LINES = 14
_REFERENCE = regex.compile(
    r"(?<![\w/.@])(?=[\p{Lu}\d./\-]*\d)(?=[\d./\-]*\p{Lu})[\p{Lu}\d]+(?:[./\-][\p{Lu}\d]+){2,}(?![\w/])"
    r"|(?<=n° )\d{2}(?: \d{3}){3}(?!\d)"
)


def case_numbers(text: str, span: Span) -> Iterator[Identifier]:
    """Yield the numbers in a citation of a case or file, without words such as "case no.", with their year."""
    end = span.end + len(_REST.match(text, span.end)[0])  # type: ignore[index]
    for found in _CASE_NUMBER.finditer(text, span.start, end):
        if sum(character.isdigit() for character in found[0]) > 2 and not _YEAR.fullmatch(found[0]):
            valid = VALID.get(span.attributes.get("valid", ""))
            label = _CASE_LABEL.match(text, found.start(), found.end())
            year = OF_YEAR.match(text, found.end())
            last = year.end() if year else found.end()
            yield Identifier(CASE, label.end() if label else found.start(), last, valid, span.confidence)


# Names of numbers of cases that are no part of them.
_CASE_LABEL = regex.compile(r"(?:NUIPC|NUNC|CUI|NUE|PIC|IPL) (?=\d)")
_YEAR = regex.compile(r"(?:19|20)\d{2}")
_REST = regex.compile(r"[\p{L}\d./\-]*")
