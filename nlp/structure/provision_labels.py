"""Labels of provisions, depending on the part of the law that contains them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from nlp.folding import fold
from nlp.structure.marks import Mark
from nlp.structure.unit_headings import clean
from nlp.structure.unit_labels import article_label, grammar

_SINGULAR = (
    (regex.compile(r"iones\b"), "ión"),
    (regex.compile(r"(?<=(?:ria|tiva|final|adicional|general|especial|orgánica))(?:es|s)\b"), ""),
)


@dataclass(frozen=True, slots=True)
class Place:
    """The position of a provision in a law: the heading of dispositions above it, its schedule, its amending act.

    ``highest`` is the greatest article number so far: articles below a transitory heading that continue the numbering
    are ordinary articles. ``listed``: dispositions here are ordinals alone ("Primero.-"), and an article among them
    belongs to the act that issued the law.
    """

    language: str
    jurisdiction: str
    dispositions: str = ""
    transitory: bool = False
    act: bool = False
    schedule: str = ""
    listed: bool = False
    highest: tuple[int, ...] = ()

    def below(self, mark: Mark) -> Place:
        """Return the position below a heading."""
        if mark.kind in ("transitory", "disposition"):
            transitory = mark.kind == "transitory" or "transitori" in fold(mark.type)
            return replace(self, dispositions=mark.type, transitory=transitory, schedule="", listed=False)
        outside = replace(self, dispositions="", transitory=False, schedule="")
        if mark.kind in ("schedule", "annex"):
            return replace(outside, schedule=_schedule_label(mark, self.language))
        return replace(outside, act=True) if mark.kind == "act" else replace(outside, schedule=self.schedule)

    def at(self, mark: Mark) -> Place:
        """Return the position of a provision."""
        if mark.kind != "article":
            return replace(self, listed=self.listed or mark.kind == "ordinal")
        key = mark.number.key
        continues = self.transitory and not self.act and key > self.highest
        issuing = self.transitory and self.listed
        place = replace(self, transitory=False, act=self.act or issuing) if continues or issuing else self
        return place if place.transitory or place.act else replace(place, highest=max(self.highest, key))


def _schedule_label(mark: Mark, language: str) -> str:
    word: str = grammar()["schedule_labels"]["schedule" if mark.kind == "schedule" else f"annex_{language}"]
    return f"{word} {mark.number.key[1]}" if len(mark.number.key) > 1 else word


def grouping_label(text: str, mark: Mark) -> str:
    """Return the label of a grouping as printed: ``TÍTULO XIII``."""
    return clean(text[mark.start : mark.body])


def provision_label(text: str, mark: Mark, place: Place) -> str:
    """Return the canonical label of an article, section or disposition."""
    if mark.kind == "disposition":
        return grouping_label(text, mark).lower()
    if mark.kind == "ordinal" and not place.transitory:
        return f"{_singular(place.dispositions)} {grouping_label(text, mark).lower()}"
    if place.schedule:
        return f"{place.schedule} {'para.' if mark.kind == 'numbered' else 'art.'} {mark.number.text}"
    if mark.kind == "numbered" or (mark.kind == "article" and _is_section(mark)):
        return f"s. {mark.number.text}"
    label = article_label(mark.number, place.language, place.jurisdiction)
    if place.transitory and (mark.kind == "ordinal" or mark.number.key <= place.highest or place.act):
        return f"{label} {grammar()['transitory_words'][place.language]}"
    return f"{label} {grammar()['act_words'][place.language]}" if place.act else label


def _is_section(mark: Mark) -> bool:
    return mark.type.upper().startswith(("SECTION", "REGULATION", "CLAUSE"))


def _singular(heading: str) -> str:
    words = " ".join(heading.lower().split())
    for plural, singular in _SINGULAR:
        words = plural.sub(singular, words)
    return words
