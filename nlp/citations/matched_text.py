"""The form of a text in which citations are sought: without surplus spaces and damaged letters, with its offsets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.annotations import Span, Unit
from nlp.compiled_patterns import compiled
from nlp.folding import plain

# Spaces at the edges of lines, between words and in the sign of a number, invisible characters, and words parted at the
# end of a line.
_SURPLUS = (
    r"(?P<nothing>[\u00ad\u200b\ufeff]+|[ \u00a0\t]+(?=\n)|(?<=\n)[ \u00a0\t]+"
    r"|[ \u00a0\t]{1,3}(?=[ \u00a0\t]\S)(?<=\S.{1,3})"
    r"|(?<=\b[nN])[ \u00a0](?=[°º] ?\d)"
    r"|(?<=\p{Ll}{3})-\n(?=(?!le[iy]\b|loi\b)\p{Ll}{3}))"
)
# UTF-8 that was read as Windows-1252: "Ã³" for "ó", "NÂ°" for "N°", "â€œ" for "“".
_DAMAGED = r"(?P<damaged>Â[\u00a0-\u00bf]|Ã[\u0080-\u009f\u00a1-\u00bf‰“”‘’ŠšœžŒŽ‡€…]|â€[\u0080-\u00bfœž™˜“”¦¢])"
_MONTH = r"(?i:jan|ene|f[eé][bv]|mar|apr|abr|avr|ma[iy]|ju[ni]|ao[uû]|aug|ago|se[pt]|oct|out|nov|d[eé][cz]|dic)\p{Ll}*"
# The number of a note behind a year: "Act No. 7 of 20251", "16 de septiembre de 19381".
_NOTE = (
    rf"\d\s(?:(?:de\s|of\s)?{_MONTH}\.?,?\s(?:de\s|del\s)?|(?:de|of)\s)(?:19|20)\d\d"
    r"\K(?P<note>\d{1,2}(?![.,/-]?\d|\p{L}))"
)
_CHANGED = compiled(f"{_SURPLUS}|{_DAMAGED}|{_NOTE}")
_CODES = {"\u009d": 0x9D, "\u0081": 0x81, "\u008d": 0x8D, "\u008f": 0x8F, "\u0090": 0x90}


@dataclass(frozen=True, slots=True)
class MatchedText:
    """A text as it is matched; ``starts`` are offsets in it from which ``shifts`` lead to the original ones."""

    text: str
    starts: Sequence[int]
    shifts: Sequence[int]

    def original(self, offset: int) -> int:
        """Return the offset in the original text of a character of the matched one."""
        place = bisect_right(self.starts, offset) - 1
        return offset + (self.shifts[place] if place >= 0 else 0)

    def matched(self, offset: int) -> int:
        """Return the offset in the matched text of a character of the original one, or of the next that it has."""
        place = bisect_left(range(len(self.starts)), offset, key=lambda index: self.starts[index] + self.shifts[index])
        shift = self.shifts[place - 1] if place else 0
        if place < len(self.starts):
            return min(offset - shift, self.starts[place])
        return offset - shift

    def span(self, found: Span) -> Span:
        """Return a span of the matched text as one of the original text."""
        return replace(found, start=self.original(found.start), end=self.original(found.end - 1) + 1)

    def unit(self, unit: Unit) -> Unit:
        """Return a unit of the original text as one of the matched text."""
        return replace(unit, start=self.matched(unit.start), end=self.matched(unit.end))


def matched_text(text: str) -> MatchedText:
    """Return ``text`` in the form of :func:`nlp.folding.plain`, without surplus spaces and with letters repaired."""
    pieces, starts, shifts = [], [], []
    last = length = 0
    for change in _CHANGED.finditer(text):
        put = _repaired(change["damaged"]) if change["damaged"] else ""
        kept = text[last : change.start()] + put
        pieces.append(kept)
        length, last = length + len(kept), change.end()
        starts.append(length)
        shifts.append(last - length)
    pieces.append(text[last:])
    return MatchedText(plain("".join(pieces)), starts, shifts)


def _repaired(damaged: str) -> str:
    octets = b"".join(bytes([_CODES[sign]]) if sign in _CODES else _octet(sign) for sign in damaged)
    repaired = octets.decode("utf-8", "replace")
    return damaged if "\ufffd" in repaired else repaired


def _octet(sign: str) -> bytes:
    return sign.encode("cp1252", "replace") if ord(sign) > 0xFF else sign.encode("latin-1")
