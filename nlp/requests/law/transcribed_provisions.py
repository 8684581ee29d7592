"""Provisions that a request transcribes: where each begins and ends, and which provision of which law it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from nlp.annotations import Reading, Span
from nlp.citations.identity import provision_identity
from nlp.citations.pinpoints import find_pinpoints
from nlp.folding import plain
from nlp.requests.proposal import TRANSCRIPTION, FilePart

_REACH = 400
_LAWS_BEFORE = 3_000
_ARTICLE, _LONGEST_NUMBER = "ARTICLE", 40
_LINE = regex.compile(r"(?<=\n|^)[^\n\S]*\S[^\n]*")
# Words between a citation and its quotation: "Section 4 of the Act provides:".
_LEAD = regex.compile(r"[^«“\"\n:]{0,60}:\s*(?=[«“\"])")
_LABEL = regex.compile(
    r"\W*(?:(?:anexo|annexe?|ap[ée]ndice|appendix|schedule)\s?(?:n\.?[º°o]\s?)?[\dA-Z]{0,4}\W*)?", regex.I
)


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A range of the letter that quotes one provision.

    ``body`` is the start of its text, after its heading. ``citation`` is the citing text; ``canonical`` is the id of
    the provision (``ref:es:codigo:penal#art-301``), empty if the law is unknown.
    """

    start: int
    body: int
    end: int
    citation: str
    canonical: str


def transcribed_provisions(text: str, parts: Iterable[FilePart], spans: Sequence[Span]) -> tuple[Transcribed, ...]:
    """Return the provisions that the transcriptions among ``parts`` quote, in order."""
    laws = sorted((span for span in spans if span.label in ("LAW", "REFERENCE")), key=lambda span: span.start)
    found = [transcribed for part in parts if part.kind == TRANSCRIPTION for transcribed in _in_part(text, part, laws)]
    return tuple(transcribed for transcribed in found if text[transcribed.body : transcribed.end].strip(" \n\"'«»“”"))


def _in_part(text: str, part: FilePart, laws: Sequence[Span]) -> Iterator[Transcribed]:
    """Yield the provisions of a part: a heading at the start of a line begins one; before the first, what cites it."""
    heads = _heads(text, part, laws)
    first = heads[0].start if heads else part.end
    if text[part.start : first].strip(" \n\"'«»“”*#") and _has_words(text[part.start : first]):
        before = [span for span in laws if part.start - _REACH <= span.start < part.start and _is_provision(text, span)]
        if before:
            yield _one(text, before[-1], part.start, part.start, first, laws)
    ends = [*(head.start for head in heads[1:]), part.end]
    for head, end in zip(heads, ends, strict=False):
        yield _one(text, head, head.start, head.end, end, laws)


def _heads(text: str, part: FilePart, laws: Sequence[Span]) -> list[Span]:
    """Return the headings of provisions in a part; laws as a whole only where no provision has one of its own."""
    named = [span for span in laws if part.start <= span.start < part.end]
    cited = [span for span in named if _is_provision(text, span)]
    starts = {span.start for span in cited if "#" in span.value}
    articles = [article for article in _articles(text, part) if article.start not in starts]
    heads = [span for span in (*cited, *articles) if _opens(text, part, span, named)]
    own = [span for span in heads if "#" in span.value or span.label == _ARTICLE]
    return sorted(own or heads, key=lambda span: span.start)


def _articles(text: str, part: FilePart) -> Iterator[Span]:
    """Yield the numbers of articles at the start of a line ("ARTÍCULO 4o."), which are no citations."""
    for line in _LINE.finditer(text, part.start, part.end):
        pin = next(find_pinpoints(plain(line[0][:_LONGEST_NUMBER])), None)
        if pin and pin.start == 0:
            yield Span(line.start(), line.start() + pin.end, _ARTICLE, "", 1.0, "")


def _opens(text: str, part: FilePart, span: Span, laws: Sequence[Span]) -> bool:
    """Return whether nothing but names of laws and the label of an annex stands before a citation in its line."""
    start = max(part.start, text.rfind("\n", 0, span.start) + 1)
    before = text[start : span.start]
    for law in laws:
        if start <= law.start and law.end <= span.start:
            before = before.replace(text[law.start : law.end], "")
    return _LABEL.fullmatch(before) is not None


def _one(text: str, named: Span, start: int, body: int, end: int, laws: Sequence[Span]) -> Transcribed:
    citation = " ".join(text[named.start : named.end].split())
    lead = _LEAD.match(text, body, end)
    body = lead.end() if lead else body
    return Transcribed(start, body, end, citation, _canonical(named, citation, laws))


def _canonical(named: Span, citation: str, laws: Sequence[Span]) -> str:
    """Return the id of the cited provision; an article alone is of the law cited last before it."""
    if "#" in named.value:
        return named.value
    before = [
        span.value.partition("#")[0]
        for span in laws
        if named.start - _LAWS_BEFORE <= span.start < named.start and span.value.startswith("ref:")
    ]
    found = provision_identity(Reading(before[-1], "", ""), citation) if before else ""
    return found if "#" in found else ""


def _is_provision(text: str, span: Span) -> bool:
    return "#" in span.value or bool(regex.search(r"\d", text[span.start : span.end]))


def _has_words(text: str) -> bool:
    return len(regex.findall(r"\p{L}{2,}", text)) >= 8
