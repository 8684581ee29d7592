"""Judgments with facts, grounds and ruling in the style of their State."""

from __future__ import annotations

from random import Random

from app.demonstration.case_mentions import expanded, mentions
from app.demonstration.cases import Case
from app.demonstration.words import words
from app.demonstration.writing import Draft, Paragraph, Writer


def judgment(case: Case, rng: Random) -> Draft:
    """Return a judgment on a case, invented from the wording of its language."""
    language = case.language
    about = words(language)["judgment"]
    fields = mentions(case, language, rng)
    numbered = rng.random() < 0.5
    title = Writer(language).fill(rng.choice(about["titles"]), fields).paragraph("title")
    paragraphs: list[Paragraph] = [title]
    count = 0
    for name, part in about["parts"].items():
        paragraphs.append(Paragraph("heading", rng.choice(part["headings"]), language, unit=name))
        for text in part["texts"]:
            count += 1
            writer = Writer(language)
            writer.text = f"{count}. " if numbered else ""
            paragraphs.append(writer.fill(expanded(text, case, language), fields).paragraph("paragraph"))
    closing = Writer(language).fill(rng.choice(about["closings"]), fields).paragraph("paragraph")
    truth: dict[str, object] = {"offence": case.offence, "court": fields["court"].text}
    return Draft("judgment", case.requesting, title.text, case.written.isoformat(), (*paragraphs, closing), truth)
