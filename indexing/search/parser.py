"""Lenient query parser: words, phrases, proximity, Boolean operators, fields.

Syntax: words, ``"phrases"``, ``"near words"~5``, AND OR NOT (Y O NO, E OU NÃO, ET OU SAUF, in capitals), parentheses,
``-word``, ``field:value`` with field names in four languages, ``blanque*``, ``=exact``. Malformed queries are repaired;
``Query.understood`` lists what was repaired.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from extraction.errors import RogatioError
from indexing.search.query_fields import field_name_of, is_word_at_edge, normalised_value, operators
from indexing.search.query_tree import And, Field, Literal, Node, Not, Or, Pattern, Query, Quoted, Run, check_cost

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
_VALUE = re.compile(r'"([^"]*)"|\(([^)]*)\)?|([^\s()]+)')
_WILD = re.compile(r"\*|\?(?=[\w*?])")
# The number of a case in small letters, which the tokenizer keeps whole in capitals only: "dpp/ilor/2026/0419".
_REFERENCE = re.compile(r"(?=(?:[^-/]*[-/]){2})[a-z]{1,6}(?:[-/][a-z]{1,4})*[-/]\d[\w./:-]*")
_NO_ACRONYM = 5  # letters


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A token of ``kind`` ``open close not and or quoted literal field pattern word``; ``gap`` is that of ``~5``."""

    kind: str
    text: str = ""
    gap: int | None = None


@dataclass(slots=True)
class LexemeReader:
    """Lexer of ``text``; ``understood`` collects the codes of repairs."""

    text: str
    understood: list[str]
    lexemes: list[Lexeme] = field(default_factory=list)

    def read(self) -> list[Lexeme]:
        """Return the lexemes of the whole text."""
        everywhere = self.text.isupper() and not set(self.text.split()) <= set(operators(False))
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
                self.lexemes.append(Lexeme("not"))
            elif kind == "word":
                capitals = everywhere or _is_among_capitals(self.text, lexeme)
                self.lexemes.append(_word(lexeme[0], operators(capitals)))
            elif kind != "space":
                self.lexemes.append(Lexeme(kind))
        return _at_edges(self.lexemes)

    def _quoted(self, mark: str, at: int) -> int:
        closing = _QUOTES[mark[-1]]
        end = min((place for place in (self.text.find(closing, at), self.text.find('"', at)) if place >= 0), default=-1)
        if end < 0:  # the words behind it are searched as words, not as a phrase that nobody delimited
            self.understood.append("quote")
            return at
        inside, at = self.text[at:end].strip(), end + 1
        near = _NEAR.match(self.text, at)
        gap = int(near[1] or 5) if near else None
        if inside:
            self.lexemes.append(Lexeme("literal" if mark[0] == "=" else "quoted", inside, gap))
        return near.end() if near else at

    def _field(self, name: str, start: int, at: int) -> int:
        own = field_name_of(name)
        if not own:
            word = _BARE.match(self.text, start)
            self.lexemes.append(_word(word[0] if word else name, {}))
            return word.end() if word else at
        value = _VALUE.match(self.text, at)
        if value is None:
            return at
        written = value[1] or value[2] or value[3] or ""
        if written.startswith('"'):
            self.understood.append("quote")
            written = written.lstrip('"')
        self.lexemes.append(Lexeme("field", f"{own}:{written}", 1 if value[2] else None))
        return value.end()


def _is_among_capitals(text: str, word: re.Match[str]) -> bool:
    """Return whether a word stands between words in capitals that are no mere acronyms ("PREVENCIÓN Y SANCIÓN")."""
    before, after = text[: word.start()].split()[-1:], text[word.end() :].split()[:1]
    beside = [*before, *after]
    return bool(before and after) and all(map(str.isupper, beside)) and max(map(len, beside)) >= _NO_ACRONYM


def _at_edges(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Turn one-letter operators at either end into words, as in ``O réu`` and ``anexo E``."""
    return [
        Lexeme("word", lexeme.text) if is_word_at_edge(lexeme.kind, lexeme.text, place, len(lexemes)) else lexeme
        for place, lexeme in enumerate(lexemes)
    ]


def _word(text: str, words: dict[str, str]) -> Lexeme:
    if text in words:
        return Lexeme(words[text], text)
    if text[0] == "=" and len(text) > 1:
        return Lexeme("literal", text[1:])
    if _WILD.search(text) and len(re.sub(r"\W", "", text)) >= 2:
        return Lexeme("pattern", text.rstrip("?.,;:!") if not text.endswith("*") else text)
    return Lexeme("word", text.upper() if _REFERENCE.fullmatch(text) else text)


MAX_QUERY_LENGTH = 4000
_DEEPEST = 30


def parse(text: str) -> Query:
    """Return the query of ``text``.

    Raises ``indexing.query_too_long`` for more than ``MAX_QUERY_LENGTH`` characters, and what ``check_cost`` does.
    """
    if len(text) > MAX_QUERY_LENGTH:
        raise RogatioError("indexing.query_too_long", length=len(text), longest=MAX_QUERY_LENGTH)
    query = _Reader(text).read()
    check_cost(query)
    return query


@dataclass(slots=True)
class _Reader:
    """Recursive descent parser.

    Grammar: either := all (OR all)*; all := one ((AND)? one)*; one := NOT one | ( either ) | atom
    """

    text: str
    lexemes: list[Lexeme] = field(default_factory=list)
    at: int = 0
    understood: list[str] = field(default_factory=list)

    def read(self) -> Query:
        self.lexemes = LexemeReader(self.text, self.understood).read()
        parts: list[Node] = []
        while self.at < len(self.lexemes):
            node = self._either(0)
            if node is not None:
                parts.append(node)
            if self._peek() == "close":
                self._note_repair("parenthesis")
                self.at += 1
        tree, fields = _without_fields(_and(parts))
        strict = any(lexeme.kind in {"and", "or"} for lexeme in self.lexemes)
        return Query(self.text, tree, fields, strict, tuple(dict.fromkeys(self.understood)))

    def _note_repair(self, code: str) -> None:
        self.understood.append(code)

    def _peek(self) -> str:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else ""

    def _either(self, depth: int) -> Node | None:
        parts = [self._all(depth)]
        while self._peek() == "or":
            self.at += 1
            parts.append(self._all(depth))
        operands = tuple(part for part in parts if part is not None)
        if len(operands) < len(parts) and len(parts) > 1:
            self._note_repair("operator")
        return Or(operands) if len(operands) > 1 else (operands[0] if operands else None)

    def _all(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while self._peek() not in {"", "or", "close"}:
            if self._peek() == "and":
                self.at += 1
                if not parts or self._peek() in {"", "or", "and", "close"}:
                    self._note_repair("operator")
                continue
            node = self._one(depth)
            if node is not None:
                parts.append(node)
        return _and(parts)

    def _one(self, depth: int) -> Node | None:
        lexeme = self.lexemes[self.at]
        if lexeme.kind == "not":
            return self._not(depth)
        if lexeme.kind == "open":
            return self._group(depth)
        if lexeme.kind == "word":
            return self._run()
        self.at += 1
        return _atom(lexeme)

    def _not(self, depth: int) -> Node | None:
        negations = 0
        while self._peek() == "not":
            negations += 1
            self.at += 1
        if self._peek() in {"", "and", "or", "close"}:
            self._note_repair("operator")
            return None
        node = self._single() if self._peek() == "word" else self._one(depth)
        return Not(node) if node is not None and negations % 2 else node

    def _single(self) -> Node:
        """Return the single word that a negation applies to."""
        lexeme = self.lexemes[self.at]
        self.at += 1
        return Run(lexeme.text)

    def _group(self, depth: int) -> Node | None:
        self.at += 1
        if depth >= _DEEPEST:
            self._note_repair("depth")
            return None
        node = self._either(depth + 1)
        if self._peek() == "close":
            self.at += 1
        else:
            self._note_repair("parenthesis")
        return node

    def _run(self) -> Node:
        """Return the following words as one text, with the words in parentheses behind one of them.

        Titles of laws have such parentheses: ``Criminal Justice (Theft and Fraud Offences) Act 2001``.
        """
        texts: list[str] = []
        while (kind := self._peek()) == "word" or (kind == "open" and self._close_of_words()):
            close = self._close_of_words() if kind == "open" else self.at
            words = " ".join(lexeme.text for lexeme in self.lexemes[self.at : close + 1] if lexeme.kind == "word")
            texts.append(f"({words})" if kind == "open" else words)
            self.at = close + 1
        return Run(" ".join(texts))

    def _close_of_words(self) -> int:
        """Return the place where the parenthesis that opens here is closed, 0 unless only words stand before it."""
        inside = takewhile(lambda lexeme: lexeme.kind == "word", self.lexemes[self.at + 1 :])
        close = self.at + 1 + sum(1 for _ in inside)
        is_closed = self.at + 1 < close < len(self.lexemes) and self.lexemes[close].kind == "close"
        return close if is_closed else 0


def _atom(lexeme: Lexeme) -> Node:
    if lexeme.kind == "quoted":
        return Quoted(lexeme.text, lexeme.gap)
    if lexeme.kind == "literal":
        return Literal(lexeme.text)
    if lexeme.kind == "pattern":
        return Pattern(lexeme.text)
    name, _, written = lexeme.text.partition(":")
    listed = re.split(r"\s+(?:OR|O|OU)\s+|\s*,\s*|\s+" if lexeme.gap else r"\s*,\s*", written.strip())
    return Field(name, tuple(normalised_value(name, value) for value in listed if value))


def _and(parts: list[Node]) -> Node | None:
    return And(tuple(parts)) if len(parts) > 1 else (parts[0] if parts else None)


def _without_fields(tree: Node | None) -> tuple[Node | None, tuple[Field, ...]]:
    """Separate the fields at the top level from the rest of the tree."""
    if isinstance(tree, Field):
        return None, (tree,)
    if not isinstance(tree, And):
        return tree, ()
    fields = tuple(part for part in tree.parts if isinstance(part, Field))
    return _and([part for part in tree.parts if not isinstance(part, Field)]), fields
