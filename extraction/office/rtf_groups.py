"""RTF groups: destinations, hidden text, code pages of fonts, outline levels of styles."""

from __future__ import annotations

import codecs
import copy
import re
from typing import Any, Protocol

from extraction.office.rtf_tokens import Token
from extraction.resource import load

_WORDS: dict[str, Any] = load("extraction.rtf")
DESTINATIONS: dict[str, str] = {word: name for name, words in _WORDS["destinations"].items() for word in words}
UNREAD = ("unread", "fonts", "styles")
CHARACTERS: dict[str, str] = _WORDS["characters"]
CHARSETS: dict[int, str] = _WORDS["charsets"]
UNREAD_STATES: dict[str, str] = _WORDS["unread_states"]
SYMBOLS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}"}
CODE_PAGES = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
_HEADING = re.compile(r"(?:heading|t[ií]tulo|titre)\s*([1-9])", re.IGNORECASE)


class Sink(Protocol):
    """Receiver of group content; ``destination`` is a key of ``destinations`` in the resource, or ``body``."""

    def write(self, destination: str, text: str) -> None:
        """Append text to a destination."""

    def close(self, destination: str, outer: str) -> None:
        """End a destination within the destination ``outer``."""

    def control(self, destination: str, word: str) -> None:
        """Apply a control word within a destination."""

    def heading(self, level: int) -> None:
        """Set the outline level of the current paragraph, 0 for none."""

    def warn(self, code: str) -> None:
        """Record a warning by its code."""


class _Group:
    """State inside one pair of braces, restored when the group ends."""

    __slots__ = ("destination", "font", "fresh", "unicode_skip", "unread")

    def __init__(self) -> None:
        self.destination = "body"
        self.font = -1
        self.unicode_skip = 1  # fallback characters after each \u for programs without Unicode
        self.unread: frozenset[str] = frozenset()
        self.fresh = ""  # "{" just after the brace, "*" after \*


class RtfGroups:
    """Interprets tokens and reports to the sink; ``ended`` is True once the outermost group is closed."""

    def __init__(self, sink: Sink) -> None:
        self.ended = False
        self._sink = sink
        self._group = _Group()
        self._outer: list[_Group] = []
        self._skip = 0
        self._bytes = bytearray()
        self._code_page = "cp1252"
        self._charsets: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._font = self._style = 0
        self._style_name = ""

    def take(self, token: Token) -> None:
        """Process the next token."""
        if token.kind != "hex" and self._bytes:
            text = self._bytes.decode(self._encoding(), "replace")
            self._bytes.clear()
            self._write(text)
        getattr(self, f"_{token.kind}")(token)
        if token.kind != "brace" and token.value != "*":
            self._group.fresh = ""

    def _brace(self, token: Token) -> None:
        self._skip = 0
        if token.value == "{":
            self._outer.append(self._group)
            self._group = copy.copy(self._group)
            self._group.fresh = "{"
            return
        closed = self._group
        self._group = self._outer.pop() if self._outer else closed
        self.ended = not self._outer
        if closed.destination != self._group.destination:
            self._sink.close(closed.destination, self._group.destination)

    def _word(self, token: Token) -> None:
        if self._skip:
            self._skip -= 1
            return
        word, number, group = token.value, token.number, self._group
        if group.fresh and word in DESTINATIONS:
            self._enter(DESTINATIONS[word])
        elif group.fresh == "*":
            group.destination = "unread"
        elif word in UNREAD_STATES:
            group.unread = group.unread - {word} if number == 0 else group.unread | {word}
        elif word == "plain":
            group.unread &= {"deleted"}
        elif word in CHARACTERS:
            self._write(CHARACTERS[word])
        elif word == "u" and number is not None:
            self._write(chr(number % 0x10000))
            self._skip = group.unicode_skip
        else:
            self._setting(word, number or 0)

    def _enter(self, destination: str) -> None:
        """Set the destination of the group; inside an unread one only text boxes and document properties are read.

        A text box is read where it is anchored: in the body, a header or a note.
        """
        if destination == "box":
            read = (group.destination for group in reversed(self._outer) if group.destination != "unread")
            self._group.destination = next(read, "body")
            if self._group.destination != "body":
                self._sink.control(self._group.destination, "par")
        elif self._group.destination != "unread" or destination in ("title", "author", "subject"):
            self._group.destination = destination

    def _setting(self, word: str, number: int) -> None:
        group = self._group
        if word == "f":
            group.font = self._font = number
        elif word == "uc":
            group.unicode_skip = min(max(number, 0), 10)
        elif word == "fcharset" and group.destination == "fonts":
            self._charsets[self._font] = CHARSETS.get(number, "")
        elif word == "ansicpg":
            self._code_page = _code_page(number)
        elif word in CODE_PAGES:
            self._code_page = CODE_PAGES[word]
        elif word == "s":
            self._style = number
            self._sink.heading(self._levels.get(number, 0))
        elif word == "outlinelevel":
            self._outline(number + 1 if number < 9 else 0)
        else:
            self._sink.control(group.destination, word)

    def _outline(self, level: int) -> None:
        if self._group.destination == "styles":
            self._levels[self._style] = level
        else:
            self._sink.heading(level)

    def _symbol(self, token: Token) -> None:
        if token.value == "*" and self._group.fresh:
            self._group.fresh = "*"
        elif token.value in "\r\n":
            self._sink.control(self._group.destination, "par")
        elif self._skip:
            self._skip -= 1
        else:
            self._write(SYMBOLS.get(token.value, ""))

    def _hex(self, token: Token) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(int(token.value, 16))

    def _text(self, token: Token) -> None:
        text = token.value[self._skip :]
        self._skip = max(0, self._skip - len(token.value))
        self._write(text if text.isascii() else text.encode("latin-1").decode(self._encoding(), "replace"))

    def _encoding(self) -> str:
        return self._charsets.get(self._group.font, "") or self._code_page

    def _write(self, text: str) -> None:
        if self._group.destination == "styles":
            self._name_style(text)
        elif self._group.destination not in UNREAD and text:
            for state in self._group.unread:
                self._sink.warn(UNREAD_STATES[state])
            if not self._group.unread:
                self._sink.write(self._group.destination, text)

    def _name_style(self, text: str) -> None:
        self._style_name += text
        if ";" in text:
            if heading := _HEADING.search(self._style_name):
                self._levels.setdefault(self._style, int(heading[1]))
            self._style_name = ""


def _code_page(number: int) -> str:
    """Return Python's name of a code page, Windows-1252 if it is unknown."""
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"
