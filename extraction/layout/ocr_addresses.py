"""Addresses of e-mail in words read by OCR, whose packs for Portuguese and Spanish read the sign ``@`` as a capital."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ADDRESS = re.compile(
    r"(?P<head>[^\w]*(?P<name>[a-z0-9][a-z0-9._+-]*))[OQG©®€]"
    r"(?P<tail>[a-z0-9-]{2,}(?:\.[a-z0-9-]+)*\.(?:com|org|net|gov|gob|gouv|gub|edu|jus|mil|int|info|[a-z]{2})\W*)"
)
_NAME_OF_A_PERSON = re.compile(r"[0-9._+-]")
_HOSTS = ("www.", "http")
_CUES = frozenset(
    {"e-mail", "email", "mail", "correo", "electrónico", "eletrônico", "eletrónico", "courriel", "électronique"}
)


def with_addresses(words: Sequence[str]) -> list[str]:
    """Return the words with ``@`` in addresses that lack it.

    A capital may also begin a word in the name of a site (``miOficina.es``), so the part before it has a digit or a
    sign, as names of mailboxes do, or the word before announces an address.
    """
    return [
        _corrected(word, words[index - 1] if index else "") if "." in word and "@" not in word else word
        for index, word in enumerate(words)
    ]


def _corrected(word: str, before: str) -> str:
    match = _ADDRESS.fullmatch(word)
    if match is None or match["name"].startswith(_HOSTS):
        return word
    is_address = _NAME_OF_A_PERSON.search(match["name"]) or before.strip(" :;,.()").casefold() in _CUES
    return f"{match['head']}@{match['tail']}" if is_address else word
