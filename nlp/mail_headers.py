"""Headers of mails and memoranda: lines that name the sender, recipients, subject, date and the like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.compiled_patterns import compiled
from nlp.folding import fold

SENDER, RECIPIENT, SUBJECT = "sender", "recipient", "subject"


@dataclass(frozen=True, slots=True)
class MailHeader:
    """A header whose value begins at the offset ``value`` of its line.

    ``kind`` is one of the three above, ``reference``, or ``other`` for dates, enclosures and the like.
    """

    kind: str
    value: int


def mail_header(line: str) -> MailHeader | None:
    """Return the header with which ``line`` begins (``From:``, ``**Asunto:**``, ``Réf. 12/2024``), None without one."""
    found = _pattern().match(fold(line))
    return MailHeader(str(found.lastgroup), found.end()) if found else None


@cache
def _pattern() -> regex.Pattern[str]:
    kinds = {kind: "|".join(words) for kind, words in load("nlp.mail_headers")["headers"].items()}
    references = kinds.pop("reference")
    named = "|".join(f"(?P<{kind}>{words})" for kind, words in kinds.items())
    return compiled(rf"\s*\W{{0,3}}(?:(?:{named})\*{{0,2}}\s{{0,2}}:|(?P<reference>{references})\s{{0,2}}[.:])[\s*]*")
