"""The issuing authority of the letter: the most probable of the institutions named in it, with its body and unit."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from nlp.mail_headers import mail_header
from nlp.requests.authorities.choice import probabilities, supported
from nlp.requests.authorities.edges import without_edges
from nlp.requests.authorities.evidence import ADDRESSEE, Named, named_institutions
from nlp.requests.authorities.names import COURTS
from nlp.requests.context import RequestContext
from nlp.requests.flow import plain_words
from nlp.requests.proposal import Proposal

ORIGIN = "requests.authorities@9"
# Greatest confidence, and the least probability of a name, below which the letter names no authority that writes.
_SUREST, _LEAST = 0.97, 0.1
# Lines of a letterhead in one name, and what may stand between them.
_MOST_LINES = 4
_BETWEEN = regex.compile(r"[\s|·•/–—\-,]*")


def read_issuing_authority(context: RequestContext) -> list[Proposal]:
    """Return the court, prosecutor or other body that issues the letter or answer, as its letterhead names it.

    Whoever is addressed does not write. If the letterhead names a body and its units in neighbouring lines, the value
    holds them.
    """
    named = named_institutions(context)
    if not named:
        return []
    ranges = [full_name(named, number, context.text) for number in range(len(named))]
    support = supported(
        [plain_words(context.text[start:end]) for start, end in ranges], probabilities([one.features for one in named])
    )
    written = [number for number, one in enumerate(named) if ADDRESSEE not in one.features]
    best = max(written, key=support.__getitem__, default=0)
    if not written or support[best] < _LEAST:
        return []
    start, end = without_edges(context.text, *ranges[best])
    value = " ".join(context.text[start:end].split())
    return [Proposal(value, start, end, round(min(_SUREST, support[best]), 2), ORIGIN)]


def full_name(named: Sequence[Named], number: int, text: str) -> tuple[int, int]:
    """Return the range of a name with the lines of its letterhead above and below that name its body and its units."""
    one = named[number]
    first, last, joined = one.start, one.end, 1
    lines = [other for other in named if one.is_line and other.may_join and not _are_courts(one, other)]
    for other in sorted(lines, key=lambda line: (line.start > one.start, abs(line.start - one.start))):
        if mail_header(text[text.rfind("\n", 0, other.start) + 1 : other.end]):
            continue  # the recipient of a mail is no unit of its sender
        if joined < _MOST_LINES and _stands_next(text, other, first, last):
            first, last, joined = min(first, other.start), max(last, other.end), joined + 1
    return first, last


def _are_courts(one: Named, other: Named) -> bool:
    """Return whether both names are of courts: the one above is the court of appeal, not the body of the other."""
    return one.kind in COURTS and other.kind in COURTS and not (one.is_unit or other.is_unit)


def _stands_next(text: str, other: Named, first: int, last: int) -> bool:
    """Return whether a name stands directly above or below a range."""
    start, end = (other.end, first) if other.start < first else (last, other.start)
    return _BETWEEN.fullmatch(text, start, end) is not None and text.count("\n", start, end) <= 1
