"""Line ends of letters that come as files.

Readers of files part all blocks by a blank line, also the lines of a letterhead, the items of a list and the lines of a
signature. Here those that a writer sets without a blank line are parted by a line end again, so that the rules for
lines and paragraphs hold for files and for plain text. Which these are was counted in four sets of letters whose lines
are known: of 2,448 line ends 1,864 are found, and of 2,736 blank lines 782 are taken for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extraction.document import Block, BlockKind
from extraction.draft import BETWEEN_BLOCKS
from extraction.resource import load

LINE_END = " \n"  # as long as ``BETWEEN_BLOCKS``, so that offsets stay those of the document
SHORT = 80  # characters of a line that is one by itself
_LEAST = 3
_SHARE = 0.25
_SINGLE = regex.compile(r"(?<!\n)\n(?!\n)")
_FULL_STOP = regex.compile(r"[.!?]['’»”\")\]]*\s*\Z")
_OPENS = (",", ":")


def with_line_ends(text: str, blocks: Sequence[Block] = ()) -> str:
    """Return ``text`` with line ends between the lines of its letterhead, lists and signatures; of the same length.

    A text that has line ends of its own besides blank lines is returned as it is.
    """
    if not _has_blocks_alone(text, blocks):
        return text
    parts = text.split(BETWEEN_BLOCKS)
    tables = {block.start for block in blocks if block.kind is BlockKind.TABLE}
    return "".join(_joined(parts, tables))


def _has_blocks_alone(text: str, blocks: Sequence[Block]) -> bool:
    between = text.count(BETWEEN_BLOCKS)
    rows = sum(text.count("\n", block.start, block.end) for block in blocks if block.kind is BlockKind.TABLE)
    single = len(_SINGLE.findall(text)) - rows
    return between >= _LEAST and single <= _SHARE * between


def _joined(parts: Sequence[str], tables: set[int]) -> Iterator[str]:
    """Yield the blocks and what parts them; blank lines stay around tables, which begin at ``tables``."""
    start, was_table = 0, False
    for number, part in enumerate(parts):
        is_table = start in tables
        if number:
            apart = is_table or was_table or not _is_line_end(_last_line(parts[number - 1]), part.partition("\n")[0])
            yield BETWEEN_BLOCKS if apart else LINE_END
        yield part
        start, was_table = start + len(part) + len(BETWEEN_BLOCKS), is_table


def _last_line(part: str) -> str:
    return part.rpartition("\n")[2].rstrip()


def _is_line_end(line: str, following: str) -> bool:
    """Return whether a writer sets ``following`` directly below ``line``."""
    if _pattern("begins").match(following) or _pattern("day").fullmatch(line):
        return False
    was_item, is_item = (_pattern("item").match(one) is not None for one in (line, following))
    is_short, is_long = len(line) < SHORT, len(following) >= SHORT
    if _FULL_STOP.search(line):
        return was_item and is_item
    if is_item:
        return was_item or (is_short and not (is_long and line.endswith(_OPENS)))
    if line.endswith(_OPENS):
        return is_short and not is_long
    return is_short and not line.endswith(";") and is_long == was_item


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_lines")[name], regex.IGNORECASE)
