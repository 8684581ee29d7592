"""An invented case: requesting and requested State, persons, offence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from app.demonstration import identifiers
from app.demonstration.words import words


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """A person with an identity document, perhaps ``mistyped``."""

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
    """All data of a letter, a judgment or a reply in one case; the dates run from the first facts to the letter."""

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
    """Draw a person of a State, with a name and document as usual there."""
    about = words("states")[state]
    vocabulary = words(about["language"])
    sex = rng.choice("fm")
    surnames = tuple(rng.sample(vocabulary["surnames"], 2 if about["language"] in ("es", "pt") else 1))
    born = date(1950, 1, 1) + timedelta(days=rng.randint(0, 19_000))
    cue, number = identifiers.personal_document(rng, about["identity"], surnames[0])
    place = rng.choice(about["cities"])
    return InventedPerson(rng.choice(vocabulary["given"][sex]), surnames, sex, born, place, cue, number)


def _mistyped(person: InventedPerson, rng: Random) -> InventedPerson:
    """Occasionally return a wrong digit of the personal document, an error that makes a request fail."""
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
