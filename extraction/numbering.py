"""Numbers as word processors write them before a paragraph: 1, a, IV, 1.º."""

from __future__ import annotations

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Return ``number``, from 1 to 3999, as a Roman numeral in lower case; another one in digits."""
    if not 0 < number < 4000:
        return str(number)
    numeral = ""
    for value, letters in ROMAN:
        numeral += letters * (number // value)
        number %= value
    return numeral


def letter(number: int) -> str:
    """Return ``number`` as word processors letter it: a to z, then aa, bb; one below 1 in digits."""
    if not 0 < number <= 26 * 50:
        return str(number)
    repeated, position = divmod(number - 1, 26)
    return chr(ord("a") + position) * (repeated + 1)


def numeral(number: int, style: str) -> str:
    """Return ``number`` in ``style``: ``1``, ``01``, ``a``, ``A``, ``i``, ``I``, ``º``, else empty."""
    written = {
        "1": str(number),
        "01": f"{number:02d}",
        "a": letter(number),
        "A": letter(number).upper(),
        "i": roman(number),
        "I": roman(number).upper(),
        "º": f"{number}º",
    }
    return written.get(style, "")
