"""Tokenizer of RTF 1.9: braces, control words with their parameter, and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?
    |\\'(?P<hex>[0-9a-fA-F]{2})
    |\\(?P<symbol>[^a-zA-Z'])
    |(?P<brace>[{}])
    |(?P<text>[^\\{}\r\n]+)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is word, hex, symbol, brace or text; ``number`` is the parameter of a control word or None."""

    kind: str
    value: str
    number: int | None = None


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of ``source``, a file decoded as Latin-1; the binary data after ``\\bin`` is skipped."""
    position = 0
    while (match := _TOKEN.search(source, position)) is not None:
        position = match.end()
        kind = str(match.lastgroup if match.lastgroup != "number" else "word")
        number = int(match["number"]) if match["number"] else None
        if match["word"] == "bin" and number:
            position += max(0, number)
        yield Token(kind, match[kind], number)
