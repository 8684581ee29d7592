"""Running text of a letter for matching: wrapped lines joined, hyphenation undone, common OCR confusions mended.

``Flow.folded`` and ``Flow.cased`` have the same length; each of their characters knows its place in the document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

import regex

from extraction.resource import load
from nlp.folding import fold

_HYPHEN = regex.compile(r"(?<=\p{Ll})[-\u00ad\u2010]\n[ \t]*(?=\p{Ll})")
_SPACE = regex.compile(r"[^\S\n]+")
_LINE = regex.compile(r"[^\n]*\n?")
# OCR confuses 0, 1 and 5 with letters inside a word. A word of digits and capitals alone is a code.
_FIGURE_IN_WORD = regex.compile(r"(?<=\p{L}{2})0(?=\p{L})|(?<=\p{L}{3})0(?![\p{L}\d])|(?<=\p{Ll}{2})[15](?=\p{Ll})")
_MENDED = {"0": "o", "1": "l", "5": "s"}
# Most lines of wrapped text are near its width; a line of at least this share of it continues in the next line.
_SHARE = 0.7
_NARROWEST, _WIDEST = 40, 140
_ITEM = regex.compile(
    r"[ \t]*(?:[-–—•·▪*☐☒☑✓✔□■◻]|\[|\(?(?:[a-zA-Z]|\d{1,2}|[ivxIVX]{1,4})[).][ \t.–-]|[#|]"
    r"|\p{Lu}[^\n:]{0,40}:(?:\s|$))"
)
_CELL = " | "  # between the cells of a row of a table
_ENDS = regex.compile(r"[.;:!?»”\"]['’)\]]?[ \t]*$")
_GOES_ON = regex.compile(r"[ \t]*\p{Ll}")
_DATE_BEGINS = regex.compile(
    r"[ \t]*\d{1,2}(?:st|nd|rd|th|er|[.º°]{1,2})?(?:[ ](?:de |of )?\p{L}{3,}\.?,?[ ](?:del? )?|[./-]\d{1,2}[./-])\d{4}"
)
_SENTENCE_END = regex.compile(r"(?:[.!?;]['’»”\")\]]*|:)(?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Flow:
    """The running text. ``places[n]`` is the offset in the document of character ``n``; one more ends the list."""

    cased: str
    folded: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the document that corresponds to ``folded[start:end]``, without outer spaces."""
        while start < end and self.cased[start].isspace():
            start += 1
        while end > start and self.cased[end - 1].isspace():
            end -= 1
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]

    def at(self, place: int) -> int:
        """Return the index in the running text of an offset of the document."""
        return bisect_left(self.places, place)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or an isolated line, as a range of the running text."""

    start: int
    end: int


def flow_of(text: str) -> Flow:
    """Return the running text of ``text``."""
    cased: list[str] = []
    places: list[int] = []
    for piece, place in _pieces(text):
        cased.append(piece)
        places.extend(range(place, place + len(piece)))
    joined = "".join(cased)
    return Flow(joined, _mended(fold(joined)), (*places, len(text)))


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Yield the parts of ``text`` that stay and their places; a soft line end is given as a space."""
    lines = [match for match in _LINE.finditer(text) if match[0]]
    shortest = _shortest_wrapped([len(line[0].strip()) for line in lines])
    for number, (line, after) in enumerate(zip_longest(lines, lines[1:])):
        content = line[0].rstrip("\n")
        broken = line[0].endswith("\n")
        if broken and after is not None and _HYPHEN.match(text, line.end() - 2):
            yield from _single_spaces(content[:-1], line.start())
            continue
        yield from _single_spaces(content, line.start())
        if broken:
            soft = after is not None and (_is_soft(content, after[0], shortest) or _is_cut(lines, number))
            yield " " if soft else "\n", line.end() - 1


def _is_cut(lines: Sequence[regex.Match[str]], number: int) -> bool:
    """Return whether the end of a line is within a sentence that an empty line cuts before a date.

    That is the end of the line before the empty one, and that of the empty one.
    """
    first = number if lines[number][0].strip() else number - 1
    if first < 0 or first + 2 >= len(lines) or lines[first + 1][0].strip():
        return False
    is_open = _open_end().search(lines[first][0].rstrip()) is not None
    return is_open and _DATE_BEGINS.match(lines[first + 2][0]) is not None


@cache
def open_before_date() -> str:
    """Return an expression for the words before a date at which a scan may cut a sentence: "born on", "19th July"."""
    return rf"(?:(?<!\p{{L}})(?:{load('nlp.request_cues')['before_date']}))"


@cache
def _open_end() -> regex.Pattern[str]:
    return regex.compile(rf"{open_before_date()}[ \t]*$")


def _single_spaces(content: str, start: int) -> Iterator[tuple[str, int]]:
    position = 0
    for gap in _SPACE.finditer(content):
        yield content[position : gap.start()], start + position
        yield " ", start + gap.start()
        position = gap.end()
    yield content[position:], start + position


def _shortest_wrapped(lengths: list[int]) -> float:
    """Return the minimum length of a wrapped line, infinite if the text is not wrapped to a width."""
    filled = sorted(length for length in lengths if length)
    width = filled[int(0.9 * (len(filled) - 1))] if filled else 0
    return max(_NARROWEST, _SHARE * width) if width <= _WIDEST else float("inf")


def _is_soft(line: str, after: str, shortest: float) -> bool:
    """Return whether the sentence of a line continues in the next line."""
    if not line.strip() or not after.strip() or _ITEM.match(after) or (_CELL in line and _CELL in after):
        return False
    if _GOES_ON.match(after):
        return not line.rstrip().endswith((":", "."))
    return len(line.strip()) >= shortest and not _ENDS.search(line) and not line.isupper() and not after.isupper()


def _mended(folded: str) -> str:
    return _FIGURE_IN_WORD.sub(lambda found: _MENDED[found[0]], folded)


def sentences_of(flow: Flow) -> tuple[Sentence, ...]:
    """Return the sentences of the running text, in order; the parts of an enumeration are sentences of their own."""
    found: list[Sentence] = []
    start = 0
    for end in _SENTENCE_END.finditer(flow.folded):
        if flow.folded[end.start()] != "\n" and not _is_end(flow, end):
            continue
        if flow.folded[start : end.end()].strip():
            found.append(Sentence(start, end.end()))
        start = end.end()
    if flow.folded[start:].strip():
        found.append(Sentence(start, len(flow.folded)))
    return tuple(found)


def _is_end(flow: Flow, end: regex.Match[str]) -> bool:
    """Return whether a point ends a sentence: no abbreviation or initial before it, a fresh start after it."""
    if end[0][0] == ":":
        return False
    if end[0][0] != ".":
        return True
    before = regex.search(r"[\w.'º°ª]+$", flow.folded[max(0, end.start() - 16) : end.start()])
    word = before[0].rpartition("'")[2] if before else ""
    if len(word) == 1 or word in _abbreviations() or (word.isdigit() and len(word) < 3):
        return False
    after = flow.cased[end.end() : end.end() + 2].lstrip()
    is_numbered = word in ("no", "num") or word in load("nlp.request_cues")["numbered"]
    return not after[:1].islower() and not (is_numbered and after.lstrip("(")[:1].isdigit())


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(load("nlp.request_cues")["abbreviations"])


def plain_words(value: str) -> str:
    """Return the folded words of a value without punctuation, as values are compared with each other."""
    return " ".join(regex.findall(r"\w+", fold(value)))


def sentence_at(sentences: tuple[Sentence, ...], index: int) -> Sentence:
    """Return the sentence that holds an index of the running text."""
    number = bisect_right(sentences, index, key=lambda sentence: sentence.start)
    return sentences[max(0, number - 1)]
