"""Mentions of each field of an invented case in one language."""

from __future__ import annotations

import re
from random import Random

from app.demonstration.cases import Case, InventedPerson
from app.demonstration.mentions import country, day, foreign, formal_name, full_name, money, named
from app.demonstration.words import words
from app.demonstration.writing import Mention, Writer

PINPOINTS = {"es": "el artículo {n}", "pt": "o artigo {n}.º", "en": "article {n}", "fr": "l'article {n}"}
OF = {"es": "de", "pt": "de", "en": "of", "fr": "de"}


def mentions(case: Case, language: str, rng: Random) -> dict[str, Mention]:
    """Return one randomly drawn mention of each field used by the templates of ``language``."""
    fields = _authorities(case, language) | _subject_matter(case, language) | _particulars(case, language, rng)
    for name, moment in (
        ("date", case.written), ("date_from", case.date_from), ("date_to", case.date_to),
        ("date_order", case.date_order), ("deadline", case.deadline),
    ):  # fmt: skip
        fields[name] = day(moment, language, rng)
    for role, person in (("subject", case.subject), ("accomplice", case.accomplice)):
        fields |= _person_fields(role, person, language, rng)
    conduct = words(language)["conducts"][case.offence]
    return fields | {name: Mention(text) for name, text in conduct.items()}


def _authorities(case: Case, language: str) -> dict[str, Mention]:
    """Return the States, authorities and officials of a case."""
    about, requested = words("states")[case.requesting], words("states")[case.requested]
    own = about["language"]
    return {
        "requesting_state": country(case.requesting, language),
        "requested_state": country(case.requested, language),
        "issuing_authority": foreign(named(case.issuing, own, _office_label(case.issuing)), own, language),
        "requesting_central_authority": foreign(named(about["central"], own, "AUTHORITY"), own, language),
        "requested_central_authority": foreign(
            named(requested["central"], requested["language"], "AUTHORITY"), requested["language"], language
        ),
        "court": named(case.court, own, "COURT"),
        "court_upper": Mention(named(case.court, own, "").text.upper(), "COURT"),
        "office": Mention(about["office"]),
        "prosecutor": Mention(case.prosecutor.name, "PERSON"),
        "judge": Mention(case.judge.name, "PERSON"),
    }


def _subject_matter(case: Case, language: str) -> dict[str, Mention]:
    """Return the references of a case, its offence with the penalty in years, and its legal bases."""
    about, vocabulary = words("states")[case.requesting], words("vocabulary")
    offences = vocabulary["offences"][case.offence][language]
    return {
        "reference": _reference_mention(case.reference),
        "case_number": Mention(f"{case.article}/{case.written.year}"),
        "offence": Mention(offences.get(case.requesting, offences[""]), "OFFENCE", case.offence),
        "treaty_article": _treaty_article(vocabulary["treaties"][case.treaty], language, case.treaty),
        "law": _provision(about, case.article, language),
        "min": Mention(str(case.years[0])),
        "max": Mention(str(case.years[1])),
    }


def _particulars(case: Case, language: str, rng: Random) -> dict[str, Mention]:
    """Return the place, bodies, amount and identifiers of a case, and a drawn role of its subject."""
    about = words("states")[case.requesting]
    return {
        "city": Mention(case.city, "LOCATION"),
        "company": Mention(case.company, "ORGANISATION"),
        "bank": Mention(case.bank, "ORGANISATION"),
        "account": Mention(case.account, "IDENTIFIER"),
        "amount": money(case.amount, about["currency"], about["decimal"], about["language"], rng),
        "phone": Mention(case.phone, "IDENTIFIER"),
        "ip": Mention(case.ip, "IDENTIFIER"),
        "plate": Mention(case.plate, "IDENTIFIER"),
        "email": Mention(f"contacto{case.article}@example.org", "IDENTIFIER"),
        "role": Mention(rng.choice(words(language)["roles"])),
    }


def _office_label(office: str) -> str:
    """Distinguish a court from other authorities by the first words of its name."""
    first = set(office.lower().split()[:3])
    return "COURT" if first & set(words("vocabulary")["courts"]) else "AUTHORITY"


def _reference_mention(reference: str) -> Mention:
    """Exclude the words that introduce a case number from its span."""
    first_digit = re.search(r"[A-Z]{2,}/|FRO |\d", reference)
    place = first_digit.start() if first_digit else 0
    return Mention(reference[place:], "CASE", reference[place:], reference[:place].strip())


def _treaty_article(treaty: dict[str, str], language: str, key: str) -> Mention:
    pinpoint = PINPOINTS[language].format(n=treaty["article"])
    return _pinpointed(pinpoint, named(treaty[language], language, ""), language, "TREATY", key)


def _provision(about: dict[str, str], article: int, language: str) -> Mention:
    """Return the article of the State's code in ``language``; the name of the code is not translated."""
    own = about["language"] == language
    pinpoint = (about["pinpoint"] if own else PINPOINTS[language]).format(n=article)
    code = foreign(named(about["code"], about["language"], ""), about["language"], language)
    return _pinpointed(pinpoint, code, language, "LAW")


def _pinpointed(pinpoint: str, work: Mention, language: str, label: str, value: str = "") -> Mention:
    """Return an article of a work as one mention, without the leading grammatical article."""
    article = named(pinpoint, language, "")
    writer = Writer(language)
    writer.text = f"{article.text} {OF[language]} "
    writer.mention(work)
    return Mention(writer.text, label, value or writer.text, article.article)


def _person_fields(role: str, person: InventedPerson, language: str, rng: Random) -> dict[str, Mention]:
    honorific = words(language)["honorific"][person.sex]
    return {
        f"{role}_born": day(person.born, language, rng),
        f"{role}_place": Mention(person.place, "LOCATION"),
        role: full_name(person.given, person.surnames, honorific, rng),
        f"{role}_formal": formal_name(person.given, person.surnames, rng),
        f"{role}_document": Mention(
            person.document, "IDENTIFIER", article=person.document_cue or words(language)["passport"]
        ),
    }


def expanded(template: str, case: Case, language: str, measures: str = "") -> str:
    """Return ``template`` with those fields expanded that are templates themselves."""
    born = words(language)["born"][case.subject.sex].format(date="{subject_born}", place="{subject_place}")
    return template.replace("{born}", born).replace("{measures}", measures)
