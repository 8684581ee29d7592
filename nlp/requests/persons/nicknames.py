"""Persons whom a letter knows by a nickname only, beside those it names ("A and a man known as 'Tango'").

Words for a person before a nickname introduce somebody of his own, unless they are in apposition to a name ("A, a man
known as 'Tango', ..."), and so does a conjunction before the word for a nickname ("against A and alias 'Chato'").
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import regex

from extraction.resource import load
from nlp.patterns import expanded

_REACH = 160
_GAP = regex.compile(r"[\s\"”»'’]*[,(–-][\s,(\"”»'’–-]*")


def is_own_nickname(folded: str, start: int, ends: Collection[int]) -> bool:
    """Return whether the words before a name at ``start`` of ``folded`` text introduce a person of his own by it.

    ``ends`` are the ends of the names of the text: words in apposition to one of them introduce nobody else.
    """
    found = _own().search(folded, max(0, start - _REACH), start)
    if found is None:
        return False
    if any(found.start() < end <= found.start("cue") for end in ends):
        return False
    is_joined = found["who"] is None
    return is_joined or not any(_GAP.fullmatch(folded, end, found.start()) for end in ends if end <= found.start())


@cache
def _own() -> regex.Pattern[str]:
    content = load("nlp.request_nicknames")
    return regex.compile(rf"(?<!\w)(?:{expanded(content['own'], content['fragments'])})\Z")
