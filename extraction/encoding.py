"""Detection of character encodings: byte order marks, UTF without them, Western European code pages."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from charset_normalizer import from_bytes

# non-ASCII characters of Spanish, Portuguese, French and English text: frequent and rare ones
LETTERS = frozenset("áéíóúñãçõêàèâôûüîïºªÁÉÍÓÚÑÃÇÕÊÀÂÔ")
RARE_LETTERS = frozenset("ìòùäëöæœÿÈÌÒÙÎÛÄËÏÖÜÆŒŸ")
WORDS_ALONE = frozenset("àèéóáÀÈÉÓÁºª")
OPENING, CLOSING, DASHES = frozenset("“«‘„‚¿¡"), frozenset("”»"), frozenset("–—")
MARKS = frozenset("’…§°€£©®·•¶¹²³½¼¾´¨†\u00a0\u00ad")
# code page -> prior score: most old files come from Windows
CODE_PAGES = {"cp1252": 0.2, "latin-1": 0.15, "cp850": 0.05, "mac-roman": 0.0}
OTHER_PAGES = ("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "cp1253", "iso8859_7")  # Cyrillic and Greek
SAMPLE = 200_000  # bytes of lines with non-ASCII characters used to choose a code page
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Lead byte of accented letters in UTF-8, then a continuation byte, both as Latin-1 or Windows-1252.
_TWICE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_TWICE_AT_LEAST = 5
_BEYOND, _BEYOND_WORD = re.compile(rb"[\x80-\xff]+"), re.compile(rb"[\xa0-\xff]{3,}")
_REPEATED = re.compile(rb"(.)\1\1", re.DOTALL)  # lines of tables and dots, not letters
_BEYOND_ASCII = re.compile(r"(.?)([^\x00-\x7f])(?=(.?))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text with the name of its encoding; ``warnings`` are message codes."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode ``data``; the encoding ``declared`` is used if it is known and the bytes are valid in it.

    Warnings: ``invalid_bytes`` (undecodable bytes were replaced by U+FFFD), ``encoding_guessed`` (no supported code
    page gives plausible text, so the encoding is a statistical guess), ``encoded_twice`` (UTF-8 was read as a Western
    code page and encoded again, ``Ã¡`` for ``á``).
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _replacing(data, encoding)
    if encoding := wide_encoding(data):
        return _replacing(data, encoding)
    for encoding in ("utf-8", *([declared] if _known(declared) else [])):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        return Decoded(text, encoding, ("encoded_twice",) if _is_encoded_twice(text) else ())
    return _damaged_utf8(data) or _code_page(data)


def _is_encoded_twice(text: str) -> bool:
    """Return whether most characters beyond ASCII are pairs that UTF-8 gives when it is read as a Western code page."""
    pairs = len(_TWICE.findall(text, 0, SAMPLE))
    beyond = len(_BEYOND_ASCII.findall(text, 0, SAMPLE))
    return pairs >= _TWICE_AT_LEAST and 4 * pairs > beyond


def _known(name: str) -> bool:
    """Return whether ``name`` is a text encoding; Python's registry also has codecs such as base64."""
    try:
        return bool(name) and codecs.lookup(name)._is_text_encoding
    except LookupError:
        return False


def _replacing(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeError:
        return Decoded(data.decode(encoding, errors="replace"), encoding, ("invalid_bytes",))


def wide_encoding(data: bytes) -> str:
    """Return UTF-16 or UTF-32 without byte order mark, recognised by the zero bytes of Western letters, or ``""``."""
    sample = data[:4096]
    zeros = [sample[position::4].count(0) / max(1, len(sample) // 4) for position in range(4)]
    pattern = "".join("0" if share > 0.7 else "x" if share < 0.2 else "?" for share in zeros)
    return {"x000": "utf-32-le", "000x": "utf-32-be", "x0x0": "utf-16-le", "0x0x": "utf-16-be"}.get(pattern, "")


def _damaged_utf8(data: bytes) -> Decoded | None:
    """Return UTF-8 text with a few invalid bytes, or None if more than one in ten non-ASCII characters is invalid."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
    return Decoded(text, "utf-8", ("invalid_bytes",)) if good > 10 * bad else None


def _code_page(data: bytes) -> Decoded:
    sample = _sample(data)
    if _is_in_other_letters(sample):
        return _guessed(data, OTHER_PAGES)
    scores = {encoding: _plausibility(sample, encoding) + lead for encoding, lead in CODE_PAGES.items()}
    best = max(scores, key=lambda encoding: scores[encoding])
    return Decoded(data.decode(best), best) if scores[best] > 0.2 else _guessed(data)


def _is_in_other_letters(sample: bytes) -> bool:
    """Return whether most bytes beyond ASCII stand in words of them, as in Cyrillic and Greek, not single in words."""
    words = [word for word in _BEYOND_WORD.findall(sample) if not _REPEATED.search(word)]
    return 2 * sum(map(len, words)) > sum(map(len, _BEYOND.findall(sample)))


def _guessed(data: bytes, pages: Sequence[str] = ()) -> Decoded:
    guess = from_bytes(data[:SAMPLE], cp_isolation=list(pages)).best()
    encoding = guess.encoding if guess else "latin-1"
    return Decoded(data.decode(encoding, errors="replace"), encoding, ("encoding_guessed",))


def _sample(data: bytes) -> bytes:
    """Return the lines of ``data`` that contain non-ASCII bytes, up to about ``SAMPLE`` bytes."""
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines():
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > SAMPLE:
                break
    return b"\n".join(lines)[: 2 * SAMPLE]


def _plausibility(data: bytes, encoding: str) -> float:
    """Return the mean plausibility of the non-ASCII characters in context, from -1 to 1; -2 if undecodable."""
    try:
        text = data.decode(encoding)
    except UnicodeError:
        return -2.0
    marks = [_fit(*match.groups()) for match in _BEYOND_ASCII.finditer(text)]
    return sum(marks) / max(1, len(marks))


def _fit(before: str, character: str, after: str) -> float:
    """Return the plausibility of ``character`` between its neighbours, from -1 to 1."""
    if character in LETTERS or character in RARE_LETTERS:
        raised = before.islower() and character.isupper()
        alone = not before.isalpha() and not after.isalpha() and character not in WORDS_ALONE
        return -1.0 if raised else -0.5 if alone else 1.0 if character in LETTERS else 0.3
    if character in OPENING:
        return -0.5 if before.isalnum() else 0.9
    if character in CLOSING:
        return -0.5 if after.isalnum() else 0.9
    between = before.isalpha() and after.islower()
    if character in DASHES:
        return 0.0 if between else 0.9
    if character in MARKS:
        return -0.5 if between and character not in "’·\u00ad" else 0.5
    return -1.0
