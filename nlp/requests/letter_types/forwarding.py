"""Covering notes: short letters and mails that only send documents on, whatever their subject line names.

The request is the document sent on, which is a file or a part of its own.
"""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.requests.flow import Flow
from nlp.requests.proposal import FilePart

TRANSMITTAL = "transmittal_slip"
_LONGEST = 700


def only_forwards(flow: Flow, part: FilePart) -> bool:
    """Return whether a letter says that it sends a request or its documents on, and asks for nothing itself.

    ``flow`` is the running text of the file, ``part`` the letter.
    """
    words = _pattern("subject_lines").sub("", flow.folded[flow.at(part.start) : flow.at(part.end)])
    sent = _pattern("forwards").search(words)
    if sent is None or len(words) > _LONGEST:
        return False
    rest = words[: sent.start()] + words[sent.end() :]
    return _pattern("asks").search(rest) is None and _pattern("verbs_of_asking").search(rest) is None


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_types")[name])
