"""Words around the citations of offences: the law that is named elsewhere, convictions that the facts only tell."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.context import RequestContext

# The bracket behind an article that is named in one, before its law: "(article 32) of the Act".
_CLOSED = regex.compile(r"(?<=\d[\w.º°]{0,6})\)(?=,? (?:de|del|d[aeo]|du|of)\b)")


def law_apart(context: RequestContext, law: tuple[int, int] | None, start: int, end: int) -> str:
    """Return the name of a law (a range of the running text) outside the citation from ``start`` to ``end``."""
    if law is None or start <= context.flow.original(*law)[0] < end:
        return ""
    return context.flow.cased[slice(*law)]


def is_earlier_conviction(context: RequestContext, span: Span, words: str) -> bool:
    """Return whether the facts tell a conviction, in a letter that names its offences under a heading of their own."""
    is_told = context.section_at(span.start) == "facts" and any(context.sections_of("offences"))
    return is_told and _convicted().search(words) is not None


def citation_of(text: str, span: Span) -> str:
    """Return a citation as written, with its law if that is named elsewhere, without a bracket opened before it."""
    words = " ".join(text[span.start : span.end].split())
    words = _CLOSED.sub("", words) if words.count(")") > words.count("(") else words
    law = " ".join(span.attributes.get("law", "").split())
    is_named = not law or regex.search(rf"(?<!\w){regex.escape(law)}\W*\Z", words) is not None
    return words if is_named else f"{words}, {law}"


@cache
def _convicted() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_offences")["convicted"])
