"""Letters that only send a request on, which is in a file of its own: they need none of what a request has to state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.requests.checks.words import letter_words, pattern
from nlp.requests.context import RequestContext
from nlp.requests.parts.cover_notes import transmits
from nlp.requests.proposal import Proposal

# Fields of what a request asks for and why; a letter with one of them is a request itself.
_OF_REQUESTS = ("measures", "offences", "amounts")
_LONGEST = 1_500


def only_transmits(context: RequestContext, fields: Mapping[str, Sequence[Proposal]]) -> bool:
    """Return whether a letter says that it sends an enclosed request on, and states nothing of a request itself."""
    words = " ".join(letter_words(context))
    if any(fields.get(key) for key in _OF_REQUESTS) or len(words) > _LONGEST:
        return False
    return pattern("enclosed_request").search(words) is not None and transmits(words)
