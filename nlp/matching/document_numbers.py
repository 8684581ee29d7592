"""Numbers of documents of persons and companies compared: their kind, state, number and check digit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import regex
from rapidfuzz.distance import OSA

from extraction.resource import load
from nlp.entities.gazetteers import find_countries
from nlp.folding import words_of
from nlp.matching.identity_data import Agreement
from nlp.matching.spelling import plain

_MIN_NUMBER_LENGTH = 5
_MAX_SERIES_LENGTH = 3
_CHECK_LETTER = regex.compile(r"\d{6,}[A-Z]")
_RESIDENCE_LETTER = regex.compile(r"[VE](?=\d{6,8}$)")
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_SIGNS = regex.compile(r"[.\-/]")
_LONG_WORD = regex.compile(r"\p{L}{4}")
_DASH_AND_CHECK = regex.compile(r"-\s?[\dK]\W*$", regex.IGNORECASE)
_PASSPORT = "passport"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number in capitals without signs; ``kind`` and ``state`` (ISO 3166-1 alpha-2) are empty if not stated.

    ``stem`` is the number without a check digit that a hyphen separates.
    """

    kind: str
    state: str
    number: str
    stem: str


def compare_documents(left: str, right: str) -> Agreement:
    """Compare two document numbers, each with the words for its kind and state, if any.

    Numbers of different kinds or of different states are not comparable; a person may have had several passports.
    """
    first, second = read_document(left), read_document(right)
    if min(len(first.number), len(second.number)) < _MIN_NUMBER_LENGTH:
        return Agreement.NONE
    if first.state and second.state and first.state != second.state:
        return Agreement.NONE
    held = _compare_held(first, second) or _compare_held(second, first)
    if held is Agreement.EQUAL or not _comparable(first.kind, second.kind):
        return held or Agreement.NONE
    residence = {found[0] for number in (first.number, second.number) if (found := _RESIDENCE_LETTER.match(number))}
    if _writings(first) & _writings(second) and len(residence) < 2:  # foreigners are numbered apart
        return Agreement.EQUAL
    if OSA.distance(first.number, second.number) == 1:
        return Agreement.NEAR
    certain = first.kind and second.kind and first.kind != _PASSPORT
    return Agreement.DIFFERENT if certain else Agreement.OTHER


def document_number(written: str) -> str:
    """Return the number of a document in the form that its other writings share: capitals, digits for their likes."""
    document = read_document(written)
    return _as_digits(_without_letters(document.stem)).lstrip("0")


@lru_cache(maxsize=4096)
def read_document(written: str) -> DocumentNumber:
    """Return the kind, the state and the number of a document as written ("C.C. n.º 51.789.456 (Colombia)")."""
    state, unplaced = _state(written)
    kind, text = _kind(" ".join(_WORD.findall(_SIGNS.sub("", plain(unplaced)))))
    kind = kind or _kind_by_form(written)
    kept = [word for word in text.split() if word not in load("nlp.name_spelling")["document_words"]]
    codes = [word for word in kept if _is_code(word)] if kind not in ("", _PASSPORT) else []
    number = "".join(_of_number(kept, codes)).upper()
    checked = kind in load("nlp.name_spelling")["check_digit"] and _DASH_AND_CHECK.search(written)
    return DocumentNumber(kind, state or "".join(codes[:1]).upper(), number, number[:-1] if checked else number)


def _state(written: str) -> tuple[str, str]:
    """Return the state that is named, and the text without its name."""
    if not _LONG_WORD.search(written):
        return "", written
    if found := find_countries(written, words_of(written)):
        return found[0].value, f"{written[: found[0].start]} {written[found[0].end :]}"
    words = set(_WORD.findall(plain(written)))
    listed: Mapping[str, Sequence[str]] = load("nlp.name_spelling")["document_states"]
    return next((state for state, names in listed.items() if words & set(names)), ""), written


def _of_number(words: Sequence[str], codes: Sequence[str]) -> Iterator[str]:
    """Yield the words of the number, without words beside it such as the place where the document was issued."""
    numbered = any(map(str.isdigit, "".join(words)))
    for word in words:
        if word not in codes and not (numbered and word.isalpha() and len(word) > _MAX_SERIES_LENGTH):
            yield word


def _is_code(word: str) -> bool:
    return len(word) == 2 and word.upper() in load("nlp.countries")["demonyms"]


def _kind(text: str) -> tuple[str, str]:
    """Return the kind whose words a text has, and the text without them."""
    for kind, pattern in _kinds():
        if pattern.search(text):
            return kind, pattern.sub(" ", text)
    return "", text


def _comparable(kind: str, other: str) -> bool:
    """Return whether two kinds may be one; "cédula" names several."""
    general: Mapping[str, Sequence[str]] = load("nlp.name_spelling")["general_documents"]
    return not kind or not other or kind == other or kind in general.get(other, ()) or other in general.get(kind, ())


def _compare_held(document: DocumentNumber, within: DocumentNumber) -> Agreement | None:
    """Compare an identity card with a tax number of a person, which holds its number before the check digit."""
    forms: Mapping[str, Mapping[str, str]] = load("nlp.name_spelling")["tax_numbers"]
    held = forms.get(within.kind, {})
    form = held.get(document.kind) if document.kind else next(iter(held.values()), None)
    found = regex.fullmatch(form, within.number) if form else None
    if found is None:
        return None
    return Agreement.EQUAL if found[1].lstrip("0") == _plain_number(document) else Agreement.DIFFERENT


def _writings(document: DocumentNumber) -> set[str]:
    """Return the writings of a number, of which another writing of it has at least one."""
    forms = {document.number, document.stem, _without_letters(document.number)}
    return {_as_digits(form).lstrip("0") for form in forms}


def _plain_number(document: DocumentNumber) -> str:
    return _as_digits(_without_letters(document.number)).lstrip("0")


def _without_letters(number: str) -> str:
    """Return a number without the letter that checks it (Spain) or shows residence (Venezuela)."""
    kept = number[:-1] if _CHECK_LETTER.fullmatch(number) else number
    return _RESIDENCE_LETTER.sub("", kept)


def _as_digits(number: str) -> str:
    """Return a number with the letters that a reader takes for digits as digits."""
    letters: dict[str, str] = load("nlp.name_spelling")["letters_in_numbers"]
    return "".join(letters.get(sign.lower(), sign) for sign in number)


def _kind_by_form(written: str) -> str:
    """Return the kind of a number without words, where only one kind is divided like this."""
    forms: Mapping[str, str] = load("nlp.name_spelling")["document_forms"]
    return next((kind for kind, form in forms.items() if regex.fullmatch(form, written.strip())), "")


@cache
def _kinds() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    """Return the kinds with the pattern of their words, those with the longest words first."""
    kinds: Mapping[str, Sequence[str]] = load("nlp.name_spelling")["documents"]
    longest = sorted(kinds, key=lambda kind: -max(len(name.split()) for name in kinds[kind]))
    return tuple((kind, _any_of(kinds[kind])) for kind in longest)


def _any_of(names: Sequence[str]) -> regex.Pattern[str]:
    words = "|".join(map(regex.escape, sorted(names, key=len, reverse=True)))
    return regex.compile(rf"\b(?:{words})\b")
