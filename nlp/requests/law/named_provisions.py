"""The provisions that a letter cites for an offence it names: behind the name, or before it where brackets hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.folding import fold
from nlp.requests.context import RequestContext

_REACH = 90
SENTENCE_END = regex.compile(r"\p{Ll}{4,}[\x22”»]?[.;][\x22”»]?\s+(?=\p{Lu})|\n\s*\n|[.;]\n")
_CITATIONS = ("LAW", "REFERENCE")
_CLOSED = regex.compile(r"[^()\n]{0,60}\)")
_OPENED = regex.compile(r"\s*\([\x22“«'’]?\Z")


def provisions_of(context: RequestContext, span: Span, following: int) -> tuple[Span, ...]:
    """Return the citations of law for an offence; those from ``following`` on belong to the next offence."""
    before = _explained(context, span)
    return (before,) if before else tuple(_behind(context, span, following))


def _explained(context: RequestContext, span: Span) -> Span | None:
    """Return the citation that the offence only explains: "section 10 of the same Act (identity information)"."""
    opened = _OPENED.search(context.text, max(0, span.start - 4), span.start)
    if opened is None or not _CLOSED.match(context.text, span.end):
        return None
    return next((one for one in context.spans(*_CITATIONS) if one.end == opened.start()), None)


def _behind(context: RequestContext, span: Span, following: int) -> Iterator[Span]:
    """Yield the citations directly after an offence, up to the next offence or the end of the sentence."""
    end, last = min(following, span.end + _REACH), 0
    for other in context.annotations.spans:
        if other.start < span.end:
            continue
        if other.start >= end or SENTENCE_END.search(context.text, span.end, other.start):
            return
        if other.label in _CITATIONS and not _is_treaty(fold(context.text[other.start : other.end])):
            if last and _next_in_list().fullmatch(context.flow.folded, *_range(context, last, other.start)):
                return
            last = other.end
            yield other


def concept_by_law(text: str, concept: str, provisions: Sequence[Span]) -> str:
    """Return the concept of bribery by the law that is cited for it ("bribery under the Foreign Corrupt ... Act")."""
    rule = load("nlp.request_offences")["by_law"]
    cited = [fold(text[one.start : one.end]) for one in provisions] if concept in rule["of"] else []
    found = (code for code, law in _laws().items() if any(law.search(words) for words in cited))
    return next(found, concept)


def _is_treaty(words: str) -> bool:
    """Return whether a citation (folded) is that of a treaty, and of no law that approves it."""
    treaty, law = _treaty()
    return treaty.search(words) is not None and law.search(words) is None


def _range(context: RequestContext, start: int, end: int) -> tuple[int, int]:
    return context.flow.at(start), context.flow.at(end)


@cache
def _laws() -> dict[str, regex.Pattern[str]]:
    return {code: regex.compile(law) for code, law in load("nlp.request_offences")["by_law"]["laws"].items()}


@cache
def _treaty() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    words = load("nlp.request_offences")["treaty"]
    return regex.compile(words["treaty"]), regex.compile(words["law"])


@cache
def _next_in_list() -> regex.Pattern[str]:
    """Match the words between the brackets of two offences of a list: "(art. 181) y biocidio (art. 350 bis)"."""
    return regex.compile(load("nlp.request_offences")["next_in_list"])
