"""Title, date and jurisdiction of a document: from hints, from what the file says of itself, from its first page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pycountry
import regex

from extraction.document import Block, BlockKind
from extraction.resource import load
from nlp.annotations import DocumentType, Hints, Span
from nlp.folding import fold
from nlp.lexicon import Lexicon, Term, words_of

_FIRST_PAGE = 3_000
_LETTERHEAD = 1_000
_SIGNATURE = 2_000
_TITLE_LENGTH = 300
_TABULAR = "bank_record"
# How many characters may stand beside a date in its line.
_DATELINE = 45
_ADDRESS = 70
# How many characters before a date say what is dated, and how many name the state that asks.
_BEFORE_DATE = 130
_REQUESTING = 250
_SIGNED = 300
_MARKUP = re.compile(r"^[#>*\s]+|[*\s]+$")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

# Keys under which files name these things (front matter, Akoma Ntoso FRBR, HTML and Dublin Core), the best first.
_TITLE_KEYS = ("title", "frbralias", "dc.title", "dcterms.title", "subject", "headline")
_DATE_KEYS = ("date", "publication_date", "frbrdate", "dc.date", "dcterms.date", "promulgation_date", "date_document")
_COUNTRY_KEYS = ("jurisdiction", "country", "frbrcountry", "dc.coverage")


def given_title(hints: Hints, metadata: Mapping[str, str]) -> str:
    """Return the title that a person or the file itself gives, or an empty string.

    What a program wrote into the file (``scan0001``, ``Microsoft Word - borrador.doc``) is no title.
    """
    titles = (" ".join(metadata.get(key, "").split()) for key in _TITLE_KEYS)
    own = (title for title in titles if title and not _no_title().fullmatch(fold(title)))
    return " ".join(hints.title.split()) or next(own, "")


@cache
def _no_title() -> regex.Pattern[str]:
    return regex.compile("|".join(load("nlp.provenance")["no_title"]))


def find_title(text: str, blocks: Sequence[Block], kind: DocumentType) -> str:
    """Return the line that names the document's type, else the first heading, else the first line.

    A table has no title: its first row names columns; nor has what begins with the number of a provision
    ("Artículo 1").
    """
    named = (span.start for span in kind.evidence if span.attributes.get("cue") == "title")
    heads = (block for block in blocks if block.kind is BlockKind.HEADING and block.start < _FIRST_PAGE)
    headings = (block.start for block in heads if not _is_a_number(text[block.start : block.end]))
    start = next(headings, 0) if kind.label == _TABULAR else next(named, next(headings, 0))
    if any(block.kind is BlockKind.TABLE and block.start <= start < block.end for block in blocks):
        return ""
    line = _first_line(text, start, blocks)
    return "" if _is_a_number(line) else line[:_TITLE_LENGTH]


def _first_line(text: str, start: int, blocks: Sequence[Block]) -> str:
    """Return the first line with words, with the line of its block that it goes on into.

    That is one in small letters behind a word: "dirigida a las autoridades / competentes".
    """
    found = re.compile(r"[^\n]*\w[^\n]*").search(text, start, start + _FIRST_PAGE)
    if found is None:
        return ""
    end = next((block.end for block in blocks if block.start <= found.start() < block.end), start + _FIRST_PAGE)
    first, behind = _clean(found[0]), _clean(text[found.end() + 1 : end].split("\n")[0])
    goes_on = behind[:1].islower() and first[-1:].isalpha() and not _is_a_number(first)
    return f"{first} {behind}" if goes_on else first


def _is_a_number(heading: str) -> bool:
    """Tell whether a heading is nothing but the number of a provision."""
    return bool(_numbered().fullmatch(fold(_clean(heading))))


@cache
def _numbered() -> regex.Pattern[str]:
    return regex.compile(load("nlp.provenance")["number_alone"])


def _clean(line: str) -> str:
    return " ".join(_MARKUP.sub("", line).split())


def find_date(text: str, spans: Sequence[Span], hints: Hints, metadata: Mapping[str, str]) -> str:
    """Return the date in ISO 8601: given, or the file's own, or the one that the text is dated with.

    In the text that is a date in a line of its own in the letterhead ("Madrid, 3 de mayo de 2024"), one that is said
    to be the document's ("Fecha de la solicitud: ..."), or the last one behind a place or "Fait a ..., le" at its end.
    """
    for date in (hints.date, *(metadata.get(key, "") for key in _DATE_KEYS)):
        if match := _ISO_DATE.search(date):
            return match.group()
    dates = [span for span in spans if span.label == "DATE" and _ISO_DATE.fullmatch(span.value)]
    head = [span for span in dates if span.start < _LETTERHEAD]
    foot = [span for span in reversed(dates) if span.start > len(text) - _SIGNATURE]
    own = (
        *(span for span in head if _stands_alone(text, span)),
        *(span for span in head if _is_dated(text, span)),
        *(span for span in foot if _is_dated(text, span) or _follows_place(text, span)),
        *(span for span in foot if _stands_alone(text, span)),
    )
    return own[0].value if own else ""


def _is_dated(text: str, span: Span) -> bool:
    before = fold(text[max(0, span.start - _BEFORE_DATE) : span.start])
    return bool(_endings("dated").search(before)) and not _endings("other_date").search(before)


def _follows_place(text: str, span: Span) -> bool:
    before = text[max(0, span.start - _BEFORE_DATE) : span.start]
    return bool(_places().search(before)) and not _endings("other_date").search(fold(before))


@cache
def _endings(name: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?:^|\b|\s)(?:{'|'.join(load('nlp.provenance')[name])})$")


@cache
def _places() -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{pattern})$" for pattern in load("nlp.provenance")["places"]))


def _stands_alone(text: str, span: Span) -> bool:
    """Say whether the date's line has only names beside it ("Madrid, a 3 de mayo de 2024"), no sentence."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    before, after = text[start : span.start], text[span.end : end if end >= 0 else len(text)]
    return len(before) + len(after) < _DATELINE and all(map(_names_only().fullmatch, (before, after)))


@cache
def _names_only() -> regex.Pattern[str]:
    connectors = "|".join(load("nlp.provenance")["connectors"])
    return regex.compile(rf"(?:[^\p{{L}}]|\p{{Lu}}[\p{{L}}.'’-]*|\b(?:{connectors})\b)*+")


def find_jurisdiction(
    text: str, hints: Hints, metadata: Mapping[str, str], spans: Sequence[Span] = (), language: str = ""
) -> str:
    """Return ISO 3166 alpha-2 (or ``EU``) of the state whose document this is, empty where nothing says so.

    ``spans`` are the countries and authorities found in the first page. Of those, only states that write in
    ``language`` count, and not the one that a request is addressed to.
    """
    if hints.jurisdiction:
        return hints.jurisdiction.upper()
    for key in _COUNTRY_KEYS:
        if code := _country_code(metadata.get(key, "")):
            return code
    folded = fold(text[:_FIRST_PAGE])
    if code := _requesting(folded, spans):
        return code
    votes = Counter[str]()
    for code, weight in (*_cues(text[:_FIRST_PAGE], folded), *_named(folded, spans), *_seats(text)):
        votes[code] += weight
    writers = load("nlp.jurisdictions")["languages"].get(language, votes)
    own = {code: weight for code, weight in votes.items() if code in writers}
    return max(own, key=lambda code: own[code]) if own else ""


def _country_code(given: str) -> str:
    code = given.strip().upper()[:2]
    known = code == "EU" or pycountry.countries.get(alpha_2=code) is not None
    return code if known and len(given.strip()) in (2, 5, 6) else ""


@cache
def _cue_lexicon() -> Lexicon:
    return _lexicon("cues")


@cache
def _city_lexicon() -> Lexicon:
    return _lexicon("cities")


def _lexicon(name: str) -> Lexicon:
    listed: dict[str, list[str]] = load("nlp.jurisdictions")[name]
    return Lexicon((cue, Term("JURISDICTION", code, 1.0)) for code, cues in listed.items() for cue in cues)


def _requesting(folded: str, spans: Sequence[Span]) -> str:
    """Return the state that a request names as the one that asks, empty where it names none."""
    for cue in _between_states().finditer(folded):
        named = (span for span in spans if cue.start("own") <= span.start < cue.end("own"))
        for span in named:
            if span.label == "COUNTRY":
                return span.value
    return ""


@cache
def _between_states() -> regex.Pattern[str]:
    said = load("nlp.provenance")
    requested = "|".join(said["requested"])
    own = rf"(?P<own>(?:(?!\n\n|{requested}).){{0,{_REQUESTING}}})"
    return regex.compile(rf"(?:{'|'.join(said['requesting'])}){own}", regex.DOTALL)


def _cues(first_page: str, folded: str) -> Iterator[tuple[str, int]]:
    for match in _cue_lexicon().find(first_page, words_of(first_page)):
        if not _is_addressed(folded[max(0, match.start - _ADDRESS) : match.start]):
            for term in match.terms:
                yield term.value, 30


def _seats(text: str) -> Iterator[tuple[str, int]]:
    """Yield votes for the states in whose cities the courts of the first page sit, or the document is signed."""
    for passage, signed in ((text[:_FIRST_PAGE], False), (text[-_SIGNED:], True)):
        folded = fold(passage)
        for match in _city_lexicon().find(passage, words_of(passage)):
            before = folded[max(0, match.start - _ADDRESS) : match.start].rpartition("\n")[2]
            court = any(word in before for word in load("nlp.jurisdictions")["court_words"])
            if (court or signed) and not _is_addressed(before):
                for term in match.terms:
                    yield term.value, 40 if signed else 20


def _named(folded: str, spans: Sequence[Span]) -> Iterator[tuple[str, int]]:
    """Yield votes for the states whose authorities or names stand in the first page, more in the letterhead."""
    for span in spans:
        code, _, authority = span.value.partition(":")
        addressed = _is_addressed(folded[max(0, span.start - _ADDRESS) : span.start])
        if span.label == "AUTHORITY" and authority and code != "generic" and not addressed:
            yield code, 25
        elif span.label == "COUNTRY" and not addressed:
            yield code, 15 if span.start < _LETTERHEAD else 5
        elif span.label in ("COUNTRY", "NATIONALITY"):
            yield code, 1


def _is_addressed(before: str) -> bool:
    line = before.rpartition("\n")[2]
    return any(cue in line for cue in load("nlp.jurisdictions")["addressed"])
