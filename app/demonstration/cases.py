"""An invented case: who asks whom, about whom, for what; and how each of these is written in a language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from app.demonstration import identifiers
from app.demonstration.mentions import country, day, foreign, formal_name, full_name, money, named
from app.demonstration.words import words
from app.demonstration.writing import Mention, Writer

PINPOINTS = {"es": "el artículo {n}", "pt": "o artigo {n}.º", "en": "article {n}", "fr": "l'article {n}"}
OF = {"es": "de", "pt": "de", "en": "of", "fr": "de"}


@dataclass(frozen=True, slots=True)
class InventedPerson:
    given: str
    surnames: tuple[str, ...]
    sex: str
    born: date
    place: str
    document_cue: str
    document: str
    mistyped: bool = False

    @property
    def name(self) -> str:
        return f"{self.given} {' '.join(self.surnames)}"


@dataclass(frozen=True, slots=True)
class Case:
    """All that a letter, a judgment or a reply about one case needs; dates run from the first facts to the letter."""

    requesting: str
    requested: str
    offence: str
    treaty: str
    article: int
    reference: str
    city: str
    issuing: str
    court: str
    subject: InventedPerson
    accomplice: InventedPerson
    prosecutor: InventedPerson
    judge: InventedPerson
    company: str
    bank: str
    account: str
    amount: int
    phone: str
    ip: str
    plate: str
    date_from: date
    date_to: date
    date_order: date
    written: date
    deadline: date
    years: tuple[int, int]

    @property
    def language(self) -> str:
        return str(words("states")[self.requesting]["language"])


def draw_person(rng: Random, state: str) -> InventedPerson:
    about = words("states")[state]
    vocabulary = words(about["language"])
    sex = rng.choice("fm")
    surnames = tuple(rng.sample(vocabulary["surnames"], 2 if about["language"] in ("es", "pt") else 1))
    born = date(1950, 1, 1) + timedelta(days=rng.randint(0, 19_000))
    cue, number = identifiers.personal_document(rng, about["identity"], surnames[0])
    place = rng.choice(about["cities"])
    return InventedPerson(rng.choice(vocabulary["given"][sex]), surnames, sex, born, place, cue, number)


def _mistyped(person: InventedPerson, rng: Random) -> InventedPerson:
    """Now and then get one digit of the personal document wrong: the error that fails a request."""
    if rng.random() < 0.85:
        return person
    return replace(person, document=identifiers.wrong_digit(rng, person.document), mistyped=True)


def draw_case(rng: Random, requesting: str = "") -> Case:
    """Draw one case; equal random states give equal cases."""
    states = words("states")
    requesting = requesting or rng.choice(sorted(states))
    requested = rng.choice([code for code in sorted(states) if code != requesting])
    about, vocabulary = states[requesting], words(states[requesting]["language"])
    city = rng.choice(about["cities"])
    start = date(2015, 1, 1) + timedelta(days=rng.randint(0, 3000))
    stop = start + timedelta(days=rng.randint(20, 400))
    written = stop + timedelta(days=rng.randint(60, 500))
    company = rng.choice(vocabulary["companies"]).format(form=rng.choice(vocabulary["company_forms"]))
    low = rng.randint(2, 8)
    return Case(
        requesting=requesting,
        requested=requested,
        offence=rng.choice(sorted(words("vocabulary")["offences"])),
        treaty=rng.choice(sorted(words("vocabulary")["treaties"])),
        article=rng.randint(120, 450),
        reference=_reference(rng, about["reference"], written.year),
        city=city,
        issuing=rng.choice(about["issuing"]).format(city=city, k=rng.randint(1, 9)),
        court=rng.choice(about["court"]).format(city=city, k=rng.randint(1, 5)),
        subject=_mistyped(draw_person(rng, requesting), rng),
        accomplice=draw_person(rng, rng.choice([requesting, requested])),
        prosecutor=draw_person(rng, requesting),
        judge=draw_person(rng, requesting),
        company=company,
        bank=rng.choice(words(states[requested]["language"])["banks"]),
        account=identifiers.account(rng, requested),
        amount=rng.randint(40, 9000) * 250,
        phone=identifiers.phone(rng),
        ip=f"203.0.113.{rng.randint(1, 254)}",
        plate=f"{rng.choice('BCDFG')}{rng.choice('HJKLM')}{rng.choice('NPRST')}-{identifiers.digits(rng, 3)}",
        date_from=start,
        date_to=stop,
        date_order=stop + timedelta(days=30),
        written=written,
        deadline=written + timedelta(days=rng.randint(40, 120)),
        years=(low, low + rng.randint(2, 8)),
    )


def _reference(rng: Random, pattern: str, year: int) -> str:
    fields = {
        "year": year,
        "yy": f"{year % 100:02d}",
        "cnj": identifiers.cnj(rng, year),
        "radicado": f"{identifiers.digits(rng, 12)}{year}{identifiers.digits(rng, 5)}00",
        "nuipc": f"{identifiers.digits(rng, 4)}/{year % 100:02d}.{rng.randint(1, 9)}TELSB",
    }
    pieces = pattern.split("{k}")
    drawn = "".join(piece + str(rng.randint(1, 9)) for piece in pieces[:-1]) + pieces[-1]
    return drawn.format(**fields)


def mentions(case: Case, language: str, rng: Random) -> dict[str, Mention]:
    """Return every field that the templates of ``language`` may ask for, each in one drawn form."""
    states, vocabulary = words("states"), words("vocabulary")
    about, requested = states[case.requesting], states[case.requested]
    offences = vocabulary["offences"][case.offence][language]
    treaty = vocabulary["treaties"][case.treaty]
    own = about["language"]
    fields = {
        "requesting_state": country(case.requesting, language),
        "requested_state": country(case.requested, language),
        "issuing_authority": foreign(named(case.issuing, own, _office_label(case.issuing)), own, language),
        "requesting_central_authority": foreign(named(about["central"], own, "AUTHORITY"), own, language),
        "requested_central_authority": foreign(
            named(requested["central"], requested["language"], "AUTHORITY"), requested["language"], language
        ),
        "court": named(case.court, own, "COURT"),
        "court_upper": Mention(named(case.court, own, "").text.upper(), "COURT"),
        "reference": _reference_mention(case.reference),
        "case_number": Mention(f"{case.article}/{case.written.year}"),
        "city": Mention(case.city, "LOCATION"),
        "offence": Mention(offences.get(case.requesting, offences[""]), "OFFENCE", case.offence),
        "treaty_article": _treaty_article(treaty, language, case.treaty),
        "law": _provision(about, case.article, language),
        "company": Mention(case.company, "ORGANISATION"),
        "bank": Mention(case.bank, "ORGANISATION"),
        "account": Mention(case.account, "IDENTIFIER"),
        "amount": money(case.amount, about["currency"], about["decimal"], own, rng),
        "phone": Mention(case.phone, "IDENTIFIER"),
        "ip": Mention(case.ip, "IDENTIFIER"),
        "plate": Mention(case.plate, "IDENTIFIER"),
        "email": Mention(f"contacto{case.article}@example.org", "IDENTIFIER"),
        "office": Mention(about["office"]),
        "role": Mention(rng.choice(words(language)["roles"])),
        "prosecutor": Mention(case.prosecutor.name, "PERSON"),
        "judge": Mention(case.judge.name, "PERSON"),
        "min": Mention(str(case.years[0])),
        "max": Mention(str(case.years[1])),
    }
    for name, moment in (
        ("date", case.written), ("date_from", case.date_from), ("date_to", case.date_to),
        ("date_order", case.date_order), ("deadline", case.deadline),
    ):  # fmt: skip
        fields[name] = day(moment, language, rng)
    for role, person in (("subject", case.subject), ("accomplice", case.accomplice)):
        fields |= _person_fields(role, person, language, rng)
    conduct = words(language)["conducts"][case.offence]
    return fields | {name: Mention(text) for name, text in conduct.items()}


def _office_label(office: str) -> str:
    """Tell a court from every other authority by the first words of its name."""
    first = set(office.lower().split()[:3])
    return "COURT" if first & set(words("vocabulary")["courts"]) else "AUTHORITY"


def _reference_mention(reference: str) -> Mention:
    """Keep the words that announce a case number outside of its span."""
    first_digit = re.search(r"[A-Z]{2,}/|FRO |\d", reference)
    place = first_digit.start() if first_digit else 0
    return Mention(reference[place:], "CASE", reference[place:], reference[:place].strip())


def _treaty_article(treaty: dict[str, str], language: str, key: str) -> Mention:
    pinpoint = PINPOINTS[language].format(n=treaty["article"])
    return _pinpointed(pinpoint, named(treaty[language], language, ""), language, "TREATY", key)


def _provision(about: dict[str, str], article: int, language: str) -> Mention:
    """Return the article of the State's code in the words of ``language``, the code's own name as it is."""
    own = about["language"] == language
    pinpoint = (about["pinpoint"] if own else PINPOINTS[language]).format(n=article)
    code = foreign(named(about["code"], about["language"], ""), about["language"], language)
    return _pinpointed(pinpoint, code, language, "LAW")


def _pinpointed(pinpoint: str, work: Mention, language: str, label: str, value: str = "") -> Mention:
    """Return an article of a work as one mention, its own grammatical article outside."""
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
    """Return ``template`` with the fields that are templates themselves written out."""
    born = words(language)["born"][case.subject.sex].format(date="{subject_born}", place="{subject_place}")
    return template.replace("{born}", born).replace("{measures}", measures)
