"""List numbers in the styles of word processors: 1, a, IV, 1º."""

from __future__ import annotations

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Return ``number`` as a lower-case Roman numeral, in digits outside 1 to 3999."""
    if not 0 < number < 4000:
        return str(number)
    numeral = ""
    for value, letters in ROMAN:
        numeral += letters * (number // value)
        number %= value
    return numeral


def letter(number: int) -> str:
    """Return ``number`` in the letters of word processors: a to z, then aa, bb; in digits outside 1 to 1300."""
    if not 0 < number <= 26 * 50:
        return str(number)
    repeated, position = divmod(number - 1, 26)
    return chr(ord("a") + position) * (repeated + 1)


def numeral(number: int, style: str) -> str:
    """Return ``number`` in ``style`` (``1``, ``01``, ``a``, ``A``, ``i``, ``I`` or ``º``), ``""`` for other styles."""
    forms = {
        "1": str(number),
        "01": f"{number:02d}",
        "a": letter(number),
        "A": letter(number).upper(),
        "i": roman(number),
        "I": roman(number).upper(),
        "º": f"{number}º",
    }
    return forms.get(style, "")
