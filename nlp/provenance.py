"""Title, date and jurisdiction of a document: from hints, from what the file says of itself, from its first page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pycountry

from extraction.document import Block, BlockKind
from nlp.annotations import DocumentType, Hints, Span
from nlp.folding import fold
from nlp.lexicon import Lexicon, Term, words_of
from nlp.resource import load

_FIRST_PAGE = 3_000
_LETTERHEAD = 1_000
_SIGNATURE = 2_000
_TITLE_LENGTH = 300
# How many characters may stand beside a date in its line.
_DATELINE = 45
_ADDRESS = 70
_MARKUP = re.compile(r"^[#>*\s]+|[*\s]+$")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

# Keys under which files name these things (front matter, Akoma Ntoso FRBR, HTML and Dublin Core), the best first.
_TITLE_KEYS = ("title", "frbralias", "dc.title", "dcterms.title", "subject", "headline")
_DATE_KEYS = ("date", "publication_date", "frbrdate", "dc.date", "dcterms.date", "promulgation_date", "date_document")
_COUNTRY_KEYS = ("jurisdiction", "country", "frbrcountry", "dc.coverage")


def given_title(hints: Hints, metadata: Mapping[str, str]) -> str:
    """Return the title that a person or the file itself gives, or an empty string."""
    titles = (hints.title, *(metadata.get(key, "") for key in _TITLE_KEYS))
    return next((" ".join(title.split()) for title in titles if title.strip()), "")


def find_title(text: str, blocks: Sequence[Block], kind: DocumentType) -> str:
    """Return the line that names the document's type, else the first heading, else the first line."""
    named = (span.start for span in kind.evidence if span.attributes.get("cue") == "title")
    headings = (block.start for block in blocks if block.kind is BlockKind.HEADING and block.start < _FIRST_PAGE)
    start = next(named, next(headings, 0))
    line = next(
        (clean for line in text[start:][:_FIRST_PAGE].split("\n") if re.search(r"\w", clean := _clean(line))), ""
    )
    return line[:_TITLE_LENGTH]


def _clean(line: str) -> str:
    return " ".join(_MARKUP.sub("", line).split())


def find_date(text: str, spans: Sequence[Span], hints: Hints, metadata: Mapping[str, str]) -> str:
    """Return the date in ISO 8601: given, or the file's own, or one in the letterhead, or the last in the signature.

    In the text only a date in a line of its own, with a place perhaps, is the document's ("Madrid, 3 de mayo de 2024").
    """
    for date in (hints.date, *(metadata.get(key, "") for key in _DATE_KEYS)):
        if match := _ISO_DATE.search(date):
            return match.group()
    dates = [span for span in spans if span.label == "DATE" and _ISO_DATE.fullmatch(span.value)]
    head = (span.value for span in dates if span.start < _LETTERHEAD and _stands_alone(text, span))
    foot = (span.value for span in reversed(dates) if span.start > len(text) - _SIGNATURE and _stands_alone(text, span))
    return next(head, next(foot, ""))


def _stands_alone(text: str, span: Span) -> bool:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    rest = span.start - start + (end if end >= 0 else len(text)) - span.end
    return rest < _DATELINE


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
    votes = Counter[str]()
    for code, weight in (*_cues(text[:_FIRST_PAGE]), *_named(fold(text[:_FIRST_PAGE]), spans)):
        votes[code] += weight
    writers = load("jurisdictions")["languages"].get(language, votes)
    own = {code: weight for code, weight in votes.items() if code in writers}
    return max(own, key=lambda code: own[code]) if own else ""


def _country_code(given: str) -> str:
    code = given.strip().upper()[:2]
    known = code == "EU" or pycountry.countries.get(alpha_2=code) is not None
    return code if known and len(given.strip()) in (2, 5, 6) else ""


@cache
def _cue_lexicon() -> Lexicon:
    cues: dict[str, list[str]] = load("jurisdictions")["cues"]
    return Lexicon((cue, Term("JURISDICTION", code, 1.0)) for code, listed in cues.items() for cue in listed)


def _cues(first_page: str) -> Iterator[tuple[str, int]]:
    for match in _cue_lexicon().find(first_page, words_of(first_page)):
        for term in match.terms:
            yield term.value, 30


def _named(folded: str, spans: Sequence[Span]) -> Iterator[tuple[str, int]]:
    """Yield votes for the states whose authorities or names stand in the first page, more in the letterhead."""
    for span in spans:
        code, _, authority = span.value.partition(":")
        addressed = _is_addressed(folded[max(0, span.start - _ADDRESS) : span.start])
        if span.label == "AUTHORITY" and authority and code != "generic" and not addressed:
            yield code, 25
        elif span.label == "COUNTRY" and "kind" not in span.attributes and not addressed:
            yield code, 15 if span.start < _LETTERHEAD else 5
        elif span.label == "COUNTRY":
            yield code, 1


def _is_addressed(before: str) -> bool:
    line = before.rpartition("\n")[2]
    return any(cue in line for cue in load("jurisdictions")["addressed"])
