"""Letters rogatory, requests for assistance and the replies to them, in one language or two."""

from __future__ import annotations

from random import Random

from app.demonstration.case_mentions import expanded, mentions
from app.demonstration.cases import Case
from app.demonstration.mentions import day
from app.demonstration.words import LANGUAGES, words
from app.demonstration.writing import Draft, Mention, Paragraph, Writer

ALWAYS = ("facts", "assistance")
USUAL = ("reference", "authorities", "legal_basis", "offences", "persons")
SOMETIMES = ("nexus", "statute_text", "procedure", "urgency", "confidentiality", "reciprocity")
ORDERS = (
    ("reference", "authorities", "legal_basis", "facts", "offences", "statute_text", "persons", "nexus", "assistance",
     "procedure", "urgency", "confidentiality", "reciprocity"),
    ("authorities", "reference", "persons", "facts", "nexus", "offences", "statute_text", "legal_basis", "assistance",
     "urgency", "procedure", "reciprocity", "confidentiality"),
    ("confidentiality", "reference", "authorities", "facts", "persons", "offences", "assistance", "nexus", "procedure",
     "legal_basis", "statute_text", "reciprocity", "urgency"),
)  # fmt: skip
NUMBERINGS = ("", "{n}. ", "{roman}. ", "{letter}) ")
ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII".split()
ROGATORY = ("rogator", "rogatór", "rogatoire", "exhorto", "letter of request")


def draw_sections(rng: Random) -> tuple[str, ...]:
    """Return the sections of a letter in one of the usual orders; occasionally a required one is missing."""
    missing = {rng.choice(USUAL)} if rng.random() < 0.3 else set()
    chosen = {*ALWAYS, *USUAL, *rng.sample(SOMETIMES, rng.randint(2, 5))} - missing
    return tuple(section for section in rng.choice(ORDERS) if section in chosen)


def letter(case: Case, rng: Random, *, second_language: str = "") -> Draft:
    """Return a request of ``case``; with ``second_language``, followed by its translation."""
    sections = draw_sections(rng)
    measures = tuple(rng.sample(sorted(words(case.language)["letter"]["measures"]), rng.randint(1, 3)))
    paragraphs = _version(case, case.language, sections, measures, rng)
    if second_language:
        note = Paragraph("heading", words(second_language)["bilingual_note"], second_language)
        paragraphs += (note, *_version(case, second_language, sections, measures, rng))
    title = paragraphs[0].text
    rogatory = any(cue in title.lower() for cue in ROGATORY)
    return Draft(
        document_type="rogatory_letter" if rogatory else "mla_request",
        jurisdiction=case.requesting,
        title=title,
        date=case.written.isoformat(),
        paragraphs=paragraphs,
        fields=_truth(case, sections, measures),
    )


def _version(
    case: Case, language: str, sections: tuple[str, ...], measures: tuple[str, ...], rng: Random
) -> tuple[Paragraph, ...]:
    about = words(language)["letter"]
    measures_text = "; ".join(about["measures"][measure] for measure in measures)
    numbering = rng.choice(NUMBERINGS)

    def filled(kind: str, template: str, unit: str = "") -> Paragraph:
        whole = expanded(template, case, language, measures_text)
        return Writer(language).fill(whole, mentions(case, language, rng)).paragraph(kind, unit)

    paragraphs = [
        Paragraph("title", rng.choice(about["titles"]), language),
        filled("paragraph", rng.choice(about["openings"])),
    ]
    for place, section in enumerate(sections):
        heading = rng.choice(about["sections"][section]["headings"])
        number = numbering.format(n=place + 1, roman=ROMANS[place], letter="abcdefghijklm"[place])
        paragraphs.append(Paragraph("heading", f"{number}{heading}", language, unit=section))
        texts = about["sections"][section]["texts"]
        chosen = rng.sample(texts, min(len(texts), 2)) if section == "facts" else [rng.choice(texts)]
        paragraphs += [filled("paragraph", line) for text in chosen for line in text.split("\n")]
    return (*paragraphs, filled("paragraph", rng.choice(about["closings"])))


def _truth(case: Case, sections: tuple[str, ...], measures: tuple[str, ...]) -> dict[str, object]:
    return {
        "requesting_state": case.requesting,
        "requested_state": case.requested,
        "reference": case.reference,
        "offence": case.offence,
        "treaty": case.treaty if "legal_basis" in sections else "",
        "measures": list(measures),
        "sections": list(sections),
        "persons": [person.name for person in (case.subject, case.accomplice)] if "persons" in sections else [],
        "mistyped_documents": [person.document for person in (case.subject, case.accomplice) if person.mistyped],
        "account": case.account,
        "amount": case.amount,
    }


def reply(case: Case, rng: Random) -> Draft:
    """Return the reply of the requested State in its own language."""
    language = str(words("states")[case.requested]["language"])
    about = words(language)["reply"]
    measure = rng.choice(sorted(words(language)["letter"]["measures"]))
    text = expanded(rng.choice(about["texts"]), case, language, words(language)["letter"]["measures"][measure])
    lines = [
        Writer(language).fill(template, _answering(case, language, rng)).paragraph("paragraph")
        for template in (about["addressee"], text, rng.choice(about["closings"]))
    ]
    title = Paragraph("title", rng.choice(about["titles"]), language)
    fields: dict[str, object] = {"reference": case.reference, "measures": [measure]}
    return Draft("mla_response", case.requested, title.text, case.deadline.isoformat(), (title, *lines), fields)


def _answering(case: Case, language: str, rng: Random) -> dict[str, Mention]:
    """Return mentions of the fields of the letter and of place and date of the reply.

    They are drawn for each line, as in letters: a date may be in figures in one line and in words in the next.
    """
    city = str(rng.choice(words("states")[case.requested]["cities"]))
    return {
        **mentions(case, language, rng),
        "answering_city": Mention(city, "LOCATION", city),
        "answered": day(case.deadline, language, rng),
    }


def other_language(case: Case, rng: Random) -> str:
    """Return the language of the translation of the letter."""
    requested = str(words("states")[case.requested]["language"])
    return (
        requested if requested != case.language else rng.choice([code for code in LANGUAGES if code != case.language])
    )
