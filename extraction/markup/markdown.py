"""Markdown with front matter: markup is removed, but ordered items keep their number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from extraction.characters import clean
from extraction.document import BlockKind, Document
from extraction.draft import CellText, Draft
from extraction.encoding import decode
from extraction.errors import RogatioError
from extraction.line_wrap import LineWrap
from extraction.markup.front_matter import split_front_matter
from extraction.markup.html import add_html, parse_html

MAX_NESTING = 60  # of quotes and lists; the parser drops deeper content
# In statutes indented text is not code, a line of dashes under a paragraph is a separator and not a heading mark, and
# "[1]: ..." is a note.
_PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
_PARSER.disable(["code", "lheading", "reference"])
# asterisks of malformed bold (with a blank inside), but not the note "(**)" nor asterisks that replace digits
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)  # what a conversion leaves: <!-- image -->
_STRAY = re.compile(r"(?<![*(])\*{2,3}(?![*)])|(?<![*(\d])\*{4,}(?![*)\d])")


def read_markdown(path: Path) -> Document:
    """Read ``path``; struck-through wording is omitted with the warning ``struck_wording``.

    Raises ``extraction.nested_too_deep``. Other warnings: those of decoding and front matter.
    """
    decoded = decode(path.read_bytes())
    front = split_front_matter(clean(decoded.text))
    draft = Draft()
    for warning in (*decoded.warnings, *front.warnings):
        draft.warn(warning)
    tokens = _PARSER.parse(front.body)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        raise RogatioError("extraction.nested_too_deep")
    _MarkdownBlocks(draft).read(tokens)
    return draft.document("text/markdown", "markdown", front.metadata)


class _MarkdownBlocks:
    """Converts the parser's flat token list to blocks."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._marker = ""
        self._level = 0
        self._in_item = False

    def read(self, tokens: list[Token]) -> None:
        texts = [_lines(token, self._draft) for token in tokens if token.type == "inline"]
        self._wrap = LineWrap(texts)
        table: list[Token] = []
        for token in tokens:
            if token.type == "table_open" or table:
                table.append(token)
                if token.type == "table_close":
                    self._draft.add_table(_cells(table, self._draft))
                    table = []
            else:
                self._token(token)

    def _token(self, token: Token) -> None:
        if token.type == "heading_open":
            self._level = int(token.tag[1])
        elif token.type == "list_item_open":
            self._marker = f"{token.info}{token.markup} " if token.info else ""
            self._in_item = True
        elif token.type in ("list_item_close", "heading_close"):
            self._level, self._in_item = 0, False
        elif token.type == "inline":
            self._text(_lines(token, self._draft))
        elif token.type == "fence":
            self._draft.add(BlockKind.PARAGRAPH, token.content)
        elif token.type == "html_block" and _COMMENT.sub("", token.content).strip():
            add_html(self._draft, parse_html(token.content))

    def _text(self, lines: list[str]) -> None:
        if self._level:
            self._draft.add(BlockKind.HEADING, " ".join(lines), self._level)
            return
        for part in self._wrap.rejoin(lines):
            kind = BlockKind.LIST_ITEM if self._in_item else BlockKind.PARAGRAPH
            self._draft.add(kind, self._marker + part)
            self._marker, self._in_item = "", False


def _lines(token: Token, draft: Draft) -> list[str]:
    """Return the text of an inline token, by line."""
    text = "".join(_inline_text(token.children or [], draft))
    return [line.strip() for line in text.split("\n") if line.strip()]


def _inline_text(children: Iterable[Token], draft: Draft) -> Iterator[str]:
    struck = 0
    for child in children:
        if child.type == "s_open":
            struck += 1
            draft.warn("struck_wording")
        elif child.type == "s_close":
            struck -= 1
        elif struck:
            continue
        elif child.type in ("softbreak", "hardbreak") or child.content.lower().startswith("<br"):
            yield "\n"
        elif child.type != "html_inline":
            yield _STRAY.sub("", child.content)


def _cells(tokens: list[Token], draft: Draft) -> Iterator[CellText]:
    row, column, header = -1, -1, False
    for token in tokens:
        if token.type == "tr_open":
            row, column = row + 1, -1
        elif token.type in ("th_open", "td_open"):
            column, header = column + 1, token.type == "th_open"
        elif token.type == "inline":
            yield CellText(row, column, " ".join(_lines(token, draft)), header=header)
