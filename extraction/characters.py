"""Normalisation of characters: composed, visible, without control characters."""

from __future__ import annotations

import re
import unicodedata

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
LINE_ENDS = "\u000b\u000c\u001c-\u001e\u0085\u2028\u2029"
# soft hyphen, zero width, direction marks and overrides (which can disguise a file name), controls, tags
INVISIBLE = "\u0000-\u0008\u000e-\u001b\u001f\u007f-\u0084\u0086-\u009f\u00ad\u180e\u200b-\u200f\u202a-\u202e"
INVISIBLE += "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"

_UNREAD = re.compile(f"[\r{SPACES}{LINE_ENDS}{INVISIBLE}\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_STEPS = (
    (re.compile("\r\n?"), "\n"),
    (re.compile(f"[{SPACES}]"), " "),
    (re.compile(f"[{LINE_ENDS}]"), "\n"),
    (re.compile(f"[{INVISIBLE}\ufdd0-\ufdef\ufffe\uffff]"), ""),
    (re.compile("[\ud800-\udfff]"), "\ufffd"),
)
_BLANKS = re.compile(r"[ \t\n\r]+")


def clean(text: str) -> str:
    """Return ``text`` in NFC, with plain spaces and line feeds, without invisible or control characters."""
    if _UNREAD.search(text):
        for pattern, replacement in _STEPS:
            text = pattern.sub(replacement, text)
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return ``text`` after :func:`clean`, stripped, with each run of white space replaced by one space."""
    return _BLANKS.sub(" ", clean(text)).strip()
