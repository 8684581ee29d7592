"""Numbers of form fields as printed: with the decimals, separators and currency that a script of the form adds.

The value of such a field is the bare number; its appearance stream (ISO 32000-1, 12.7.3.3) has what a reader sees.
"""

from __future__ import annotations

import re

MAX_LENGTH = 60  # characters of a printed number
MAX_STREAM = 4000  # characters of an appearance stream that prints one
NUMBER = re.compile(r"\s*[-+]?\d*[.,]?\d+\s*")
_STRING = re.compile(r"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_ESCAPE = re.compile(r"\\(\d{1,3}|.)", re.DOTALL)
_EURO = str.maketrans({"\x80": "€", "\xa0": "€", "\u2022": "€"})  # of both encodings that viewers write forms in
_UNIT = r"(?:[^\W\d_]{1,3}[.$/]?|[$€£¥%])?"  # R$, S/, Bs., EUR
_PRINTED = re.compile(rf"[(\-+−]? ?{_UNIT} ?[(\-+−]?\d[\d.,'’ ]*\)?-? ?{_UNIT}\)?")


def printed_number(value: str, appearance: str) -> str:
    """Return the number ``value`` as the stream ``appearance`` prints it, unchanged if that is not the same number."""
    shown = (
        "".join(map(_unescaped, _STRING.findall(appearance.partition("BT")[2][:MAX_STREAM]))).translate(_EURO).strip()
    )
    if len(shown) > MAX_LENGTH or not _PRINTED.fullmatch(shown) or not _is_same(value, shown):
        return value
    negative = value.strip().startswith("-") and not set("-−(") & set(shown)  # printed in red alone
    return f"-{shown}" if negative else shown


def _is_same(value: str, shown: str) -> bool:
    """Return whether both have the same digits; those of a percentage begin later, and of a fraction end earlier."""
    digits, printed = (re.sub(r"\D", "", text).strip("0") for text in (value, shown))
    return bool(printed or not digits) and (digits.startswith(printed) or printed.startswith(digits))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 8) & 0xFF) if match[1].isdecimal() else match[1], text)
