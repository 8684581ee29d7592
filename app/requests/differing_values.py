"""Values that a translation gives otherwise than its original, in words: for pages, messages and letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extraction.resource import load


def differing_values(differences: Iterable[Sequence[str]], language: str) -> str:
    """Return the pairs of original and translation in one sentence, empty without any."""
    wording: str = load("nlp.request_checks")["differing"][language]
    pairs = "; ".join(
        wording.format(original=original, translation=translation) for original, translation in differences
    )
    return f"{pairs[0].upper()}{pairs[1:]}." if pairs else ""
