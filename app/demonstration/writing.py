"""Filling of templates, which records the span of every name, date and number for the ground truth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from string import Formatter


@dataclass(frozen=True, slots=True)
class Mention:
    """One form of a value; ``article`` precedes it outside its span; without a label there is no span."""

    text: str
    label: str = ""
    value: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class TrueSpan:
    """The label and value that a range of a text truly has."""

    start: int
    end: int
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a draft; ``kind`` is title, heading, paragraph or item, ``unit`` the label of the unit that begins."""

    kind: str
    text: str
    language: str
    spans: tuple[TrueSpan, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before it is written to a format, and its ground truth."""

    document_type: str
    jurisdiction: str
    title: str
    date: str
    paragraphs: tuple[Paragraph, ...]
    fields: Mapping[str, object] = field(default_factory=dict)
    table: tuple[tuple[str, ...], ...] = ()

    @property
    def language(self) -> str:
        return self.paragraphs[0].language


# Contractions of preposition and article, in all languages but English: "de" + "el" is "del".
CONTRACTIONS = {
    "es": {("de", "el"): "del", ("a", "el"): "al"},
    "pt": {
        ("de", "o"): "do", ("de", "a"): "da", ("de", "os"): "dos", ("de", "as"): "das",
        ("a", "o"): "ao", ("a", "a"): "à", ("em", "o"): "no", ("em", "a"): "na",
        ("por", "o"): "pelo", ("por", "a"): "pela",
    },
    "fr": {("de", "le"): "du", ("à", "le"): "au", ("de", "les"): "des"},
    "en": {},
}  # fmt: skip
LAST_WORD = re.compile(r"(\w+) $")


class Writer:
    """Builds the text of one paragraph and the spans within it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.text = ""
        self.spans: list[TrueSpan] = []

    def fill(self, template: str, mentions: Mapping[str, Mention]) -> Writer:
        """Append ``template`` with its fields; raise ``KeyError`` for a field without a mention."""
        for literal, name, _, _ in Formatter().parse(template):
            # The full stop of "S.A." at the end of a sentence also ends the sentence.
            self.text += literal[1:] if self.text.endswith(".") and literal.startswith(".") else literal
            if name:
                self.mention(mentions[name])
        return self

    def mention(self, mention: Mention) -> None:
        """Append a mention and record its span."""
        if mention.article:
            self._article(mention.article)
        start = len(self.text)
        self.text += mention.text
        if mention.label:
            self.spans.append(TrueSpan(start, len(self.text), mention.label, mention.value or mention.text))

    def _article(self, article: str) -> None:
        before = LAST_WORD.search(self.text)
        melted = CONTRACTIONS[self.language].get((before[1].lower(), article)) if before else None
        if before and melted:
            capital = before[1][0].isupper()
            self.text = self.text[: before.start()] + (melted.capitalize() if capital else melted) + " "
            return
        if article.endswith(("'", "’")):
            self.text += article
            return
        sentence_starts = not self.text or self.text.endswith(". ")
        self.text += (article.capitalize() if sentence_starts else article) + " "

    def paragraph(self, kind: str, unit: str = "") -> Paragraph:
        """Return what was written as a paragraph of a kind, in the section ``unit`` of its document."""
        return Paragraph(kind, self.text, self.language, tuple(self.spans), unit)


def joined(paragraphs: tuple[Paragraph, ...]) -> tuple[str, tuple[TrueSpan, ...], tuple[int, ...]]:
    """Return the whole text, its spans, and the start of each paragraph."""
    text, spans, starts = "", [], []
    for paragraph in paragraphs:
        starts.append(len(text))
        spans += [replace(s, start=s.start + len(text), end=s.end + len(text)) for s in paragraph.spans]
        text += paragraph.text + "\n\n"
    return text.rstrip("\n"), tuple(spans), tuple(starts)
