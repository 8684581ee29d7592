"""Verdict on whether two records are the same person or company, with its reasons; never by a common name alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import inf

from nlp.matching import company_pairs, person_pairs
from nlp.matching.company_pairs import compare_companies, is_company
from nlp.matching.document_numbers import compare_documents
from nlp.matching.identity_data import Agreement, birth_date_notes, compare_birth_dates
from nlp.matching.no_names import no_name
from nlp.matching.person_pairs import compare_persons
from nlp.matching.rarity import is_given_name
from nlp.matching.spelling import plain
from nlp.matching.translations import may_be_married, may_be_translated, may_be_transliterated

PERSONS = 1e6
"""Assumed number of persons named in the files of cooperating authorities."""
RISK = 0.05
"""Most namesakes expected among them for two records to be one person."""
RISK_WITHOUT_DAY = 0.0008
"""The same without a full birth date: common given names and surnames come together more often than by chance."""
_BORN_ALIKE = {0: 1.0, 1: 80.0, 2: 80.0 * 12, 3: 80.0 * 365}
"""Number of possible birth dates, by the part that agrees: 80 years, their months, their days."""
_MOST = 0.99
"""Highest score: no comparison is certain."""
_ENOUGH_WORDS = 3
_FULL_DATE = 3
_TELLING_WORDS = 2


class Verdict(StrEnum):
    """Whether two records are of one person."""

    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Record:
    """A person or a company.

    ``birth_date`` is ISO 8601 to the precision known, ``document`` a number with or without the words for its kind.
    """

    name: str
    birth_date: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict; ``score`` is how likely both are the same, ``reasons`` are keys of the wording."""

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]


def match_records(left: Record, right: Record) -> Match:
    """Compare two records.

    A birth date or a document that contradicts never gives ``same``, nor does a name that is so common that a namesake
    is to be expected, an address, a post, or less than a given name and a surname.
    """
    if kind := no_name(left.name) or no_name(right.name):
        return Match(Verdict.UNCLEAR, 0.3, (f"is_{kind}",))
    companies = is_company(left.name), is_company(right.name)
    documents = compare_documents(left.document, right.document)
    if companies[0] != companies[1] and plain(left.name) and plain(right.name):
        return _person_and_company(left, right, documents)
    return _companies(left, right, documents) if all(companies) else _persons(left, right, documents)


def _person_and_company(left: Record, right: Record, documents: Agreement) -> Match:
    """Compare names of which one alone is surely of a company; the other may be the same without its legal form."""
    names = compare_companies(left.name, right.name).agreement
    kinds = company_pairs.Agreement
    if documents is Agreement.EQUAL and names > kinds.FORM_CONVERTED:
        return _companies(left, right, documents)
    given = any(is_given_name(word) for record in (left, right) for word in plain(record.name).split())
    alike = names in (kinds.WHOLE, kinds.TRANSLATED) or (names > kinds.FORM_CONVERTED and not given)
    if not alike and documents is not Agreement.EQUAL:
        return Match(Verdict.DIFFERENT, 0.03, ("person_and_company",))
    return Match(Verdict.UNCLEAR, 0.4, ("person_and_company",))


def _persons(left: Record, right: Record, documents: Agreement) -> Match:
    names = compare_persons(left.name, right.name)
    births, parts = compare_birth_dates(left.birth_date, right.birth_date)
    notes = birth_date_notes(left.birth_date, right.birth_date)
    reasons = (f"name_{names.agreement.name.lower()}", *_facts(births, documents), *notes)
    contradicted = _contradiction(names, births, documents)
    if contradicted is Verdict.DIFFERENT and births is not Agreement.DIFFERENT and documents is Agreement.NONE:
        if may_be_translated(left.name, right.name):
            return Match(Verdict.UNCLEAR, 0.5, ("name_translated", *reasons[1:]))
        if may_be_transliterated(left.name, right.name):
            return Match(Verdict.UNCLEAR, 0.5, ("name_in_another_script", *reasons[1:]))
        if may_be_married(left.name, right.name):
            return Match(Verdict.UNCLEAR, 0.5, reasons)
    if contradicted is not None:
        return Match(contradicted, _low(contradicted), reasons)
    if documents is Agreement.EQUAL:
        return Match(Verdict.SAME, _MOST, reasons)
    expected = PERSONS * 10**-names.rarity / _BORN_ALIKE[parts]
    if names.agreement is person_pairs.Agreement.LITTLE or (parts < _FULL_DATE and not _enough(names, parts)):
        expected = inf
    if documents is Agreement.NEAR or documents is Agreement.OTHER:
        return Match(Verdict.UNCLEAR, 0.5, reasons)
    if expected <= (RISK if parts == _FULL_DATE else RISK_WITHOUT_DAY):
        return Match(Verdict.SAME, min(_MOST, round(1 / (1 + expected), 3)), reasons)
    return Match(Verdict.UNCLEAR, round(max(0.4, 0.9 / (1 + expected)), 3), (*reasons, "namesakes_expected"))


def _enough(names: person_pairs.Comparison, parts: int) -> bool:
    """Return whether names identify a person without a full birth date: complete ones, or three words with a year."""
    part = names.agreement is person_pairs.Agreement.PART and names.whole_words >= _ENOUGH_WORDS and names.missing < 2
    return names.agreement is person_pairs.Agreement.WHOLE or (part and parts > 0)


def _contradiction(names: person_pairs.Comparison, births: Agreement, documents: Agreement) -> Verdict | None:
    """Return the verdict where something contradicts, None where nothing does."""
    other_name = names.agreement <= person_pairs.Agreement.SURNAME_DIFFERS
    if documents is Agreement.EQUAL:
        conflict = names.agreement is person_pairs.Agreement.CONFLICT  # a surname changes by marriage and transcription
        return Verdict.UNCLEAR if conflict or births in (Agreement.DIFFERENT, Agreement.NEAR) else None
    if other_name:
        married = names.agreement is person_pairs.Agreement.SURNAME_DIFFERS and births is Agreement.EQUAL
        return Verdict.UNCLEAR if married else Verdict.DIFFERENT
    if births is Agreement.DIFFERENT:
        return Verdict.DIFFERENT
    if documents is Agreement.DIFFERENT:
        return Verdict.UNCLEAR if births is Agreement.EQUAL else Verdict.DIFFERENT
    return Verdict.UNCLEAR if births in (Agreement.NEAR, Agreement.UNREADABLE) else None


def _companies(left: Record, right: Record, documents: Agreement) -> Match:
    names = compare_companies(left.name, right.name)
    reasons = (f"company_{names.agreement.name.lower()}", *_facts(Agreement.NONE, documents))
    kinds = company_pairs.Agreement
    if documents is Agreement.EQUAL:
        verdict = Verdict.UNCLEAR if names.agreement is kinds.CONFLICT else Verdict.SAME
        return Match(verdict, 0.99 if verdict is Verdict.SAME else 0.5, reasons)
    if (
        names.agreement in (kinds.BRANCH, kinds.FORM_CONVERTED, kinds.TRANSLATED)
        and documents is not Agreement.DIFFERENT
    ):
        return Match(Verdict.UNCLEAR, 0.6, reasons)
    if documents is Agreement.DIFFERENT or names.agreement in (kinds.CONFLICT, kinds.FORM_DIFFERS):
        return Match(Verdict.DIFFERENT, 0.1, reasons)
    telling = names.telling >= (1 if names.forms else _TELLING_WORDS)
    if names.agreement is kinds.WHOLE and telling and documents is Agreement.NONE:
        return Match(Verdict.SAME, 0.96, reasons)
    return Match(Verdict.UNCLEAR, 0.5, reasons if telling else (*reasons, "common_company_name"))


def _facts(births: Agreement, documents: Agreement) -> tuple[str, ...]:
    facts = [("birth_date", births), ("document", documents)]
    return tuple(f"{fact}_{agreement}" for fact, agreement in facts if agreement is not Agreement.NONE)


def _low(verdict: Verdict) -> float:
    return 0.05 if verdict is Verdict.DIFFERENT else 0.5
