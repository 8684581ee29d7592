"""Letters that only send a request on, which is in a file of its own: they need none of what a request has to state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.requests.checks.words import letter_words, pattern
from nlp.requests.context import RequestContext
from nlp.requests.flow import sentence_at
from nlp.requests.parts.cover_notes import transmits
from nlp.requests.proposal import Proposal

# Fields of what a request asks for; a letter with one of them is a request itself.
_OF_REQUESTS = ("measures", "amounts")
_LONGEST = 1_500


def only_transmits(context: RequestContext, fields: Mapping[str, Sequence[Proposal]]) -> bool:
    """Return whether a letter says that it sends an enclosed request on, and states nothing of a request itself.

    The sentence that sends it may say for which offences it was issued.
    """
    words = " ".join(letter_words(context))
    offences = (one for one in fields.get("offences", ()) if not _is_of_sending(context, one))
    if len(words) > _LONGEST or any(fields.get(key) for key in _OF_REQUESTS) or any(offences):
        return False
    return pattern("enclosed_request").search(words) is not None and transmits(words)


def _is_of_sending(context: RequestContext, found: Proposal) -> bool:
    """Return whether a proposal stands in a sentence that sends a request on."""
    sentence = sentence_at(context.sentences, context.flow.at(found.start))
    return transmits(context.flow.cased[sentence.start : sentence.end])
