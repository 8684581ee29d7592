"""The tokens of RTF: groups, control words with their number, and text already in characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})?[ ]?
    |\\'(?P<hex>[0-9a-fA-F]{2})
    |\\(?P<symbol>[^a-zA-Z'])
    |(?P<brace>[{}])
    |(?P<text>[^\\{}\r\n]+)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is word, hex, symbol, brace or text; ``number`` is a control word's, None where it has none."""

    kind: str
    value: str
    number: int | None = None


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of ``source``, a file read as Latin-1; what ``\\bin`` announces is passed over."""
    position = 0
    while (match := _TOKEN.search(source, position)) is not None:
        position = match.end()
        kind = str(match.lastgroup if match.lastgroup != "number" else "word")
        number = int(match["number"]) if match["number"] else None
        if match["word"] == "bin" and number:
            position += max(0, number)
        yield Token(kind, match[kind], number)
