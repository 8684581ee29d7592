"""A query cut into lexemes: its words, quotations, operators, parentheses and fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexing.search.query_fields import field_named, operators

_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“", "”": "”"}
_LEXEME = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<quote>=?["“«„”])
    | (?P<minus>(?<!\S)[-−](?=[^\s\d)]))
    | (?P<field>[^\W\d]+:(?=[^\s:/)]))
    | (?P<word>(?:[^\s()"“”«»„]|(?<=[\w)])\(\w{1,5}\))+)                # 7(1)(b) is one word
    """,
    re.VERBOSE,
)
_NEAR = re.compile(r"~(\d{1,3})(?!\w)|~")
_BARE = re.compile(r"[^\s()\"“”«»„]+")
_VALUE = re.compile(r'"([^"]*)"?|\(([^)]*)\)?|([^\s()]+)')
_WILD = re.compile(r"\*|\?(?=[\w*?])")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``kind`` is one of ``open close not and or quoted literal field pattern word``; ``gap`` is that of ``~5``."""

    kind: str
    text: str = ""
    gap: int | None = None


@dataclass(slots=True)
class LexemeReader:
    """Cuts ``text``; ``understood`` gathers what was read otherwise than written."""

    text: str
    understood: list[str]
    found: list[Lexeme] = field(default_factory=list)

    def read(self) -> list[Lexeme]:
        """Return the lexemes of the whole text."""
        words = operators(capitals=self.text.isupper() and len(self.text.split()) > 1)
        at = 0
        while at < len(self.text):
            lexeme = _LEXEME.match(self.text, at)
            if lexeme is None:
                at += 1
                continue
            at = lexeme.end()
            kind = str(lexeme.lastgroup)
            if kind == "quote":
                at = self._quoted(lexeme[0], at)
            elif kind == "field":
                at = self._field(lexeme[0][:-1], lexeme.start(), at)
            elif kind == "minus":
                self.found.append(Lexeme("not"))
            elif kind == "word":
                self.found.append(_word(lexeme[0], words))
            elif kind != "space":
                self.found.append(Lexeme(kind))
        return _at_edges(self.found)

    def _quoted(self, mark: str, at: int) -> int:
        closing = _QUOTES[mark[-1]]
        end = min((place for place in (self.text.find(closing, at), self.text.find('"', at)) if place >= 0), default=-1)
        if end < 0:
            self.understood.append("quote")
            end = len(self.text)
        inside, at = self.text[at:end].strip(), min(end + 1, len(self.text))
        near = _NEAR.match(self.text, at)
        gap = int(near[1] or 5) if near else None
        if inside:
            self.found.append(Lexeme("literal" if mark[0] == "=" else "quoted", inside, gap))
        return near.end() if near else at

    def _field(self, name: str, start: int, at: int) -> int:
        own = field_named(name)
        if not own:
            word = _BARE.match(self.text, start)
            self.found.append(_word(word[0] if word else name, {}))
            return word.end() if word else at
        value = _VALUE.match(self.text, at)
        if value is None:
            return at
        written = value[1] or value[2] or value[3] or ""
        self.found.append(Lexeme("field", f"{own}:{written}", 1 if value[2] else None))
        return value.end()


def _at_edges(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Read ``O réu`` and ``anexo E`` as words: a short operator joins nothing at either end."""

    def read(place: int, lexeme: Lexeme) -> Lexeme:
        at_edge = place in (0, len(lexemes) - 1) and lexeme.kind in {"and", "or"}
        return Lexeme("word", lexeme.text) if at_edge and len(lexeme.text) == 1 else lexeme

    return [read(place, lexeme) for place, lexeme in enumerate(lexemes)]


def _word(text: str, words: dict[str, str]) -> Lexeme:
    if text in words:
        return Lexeme(words[text], text)
    if text[0] == "=" and len(text) > 1:
        return Lexeme("literal", text[1:])
    if _WILD.search(text) and len(re.sub(r"\W", "", text)) >= 2:
        return Lexeme("pattern", text.rstrip("?.,;:!") if not text.endswith("*") else text)
    return Lexeme("word", text)
