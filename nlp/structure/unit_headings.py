"""Headings of groupings and rubrics of articles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from nlp.compiled_patterns import compiled
from nlp.structure.unit_labels import grammar

_MAX_LENGTH = 220
_MAX_RUBRIC_LENGTH = 90
_MAX_SECOND_LINE = 60  # characters of the second line of a rubric
_MAX_PARTED = 50  # characters of a rubric where each line of a paragraph stands alone: longer lines are text
_WINDOW = 2000
_MARKS = " \t\n\r*_"
_SENTENCE_ENDS = '.;,:)”»"]…'
_MARKUP = compiled(r"[#*_>\[\]]+")
_LINE = compiled(r"[^\n]*")
_CLOSED = compiled(
    r"[ \t*_]*(?:\.[ \t]?[-–—]+|[.:–—-])?[ \t*_]*(?P<rubric>\(.{3,200}?\)\.?|[^\n]{3,200}?)"
    # a single dash may open a parenthesis ("por qualquer meio - inclusive ..."); it ends a rubric before a sentence
    # "4. Money laundering.—A person who", "7. Forfeiture.—(1) Where": behind a full stop a dash needs no space
    r"(?:(?:\.[ \t*_]*[.:]?|[ \t*_]*[.:])[-–—]{1,2}(?=\s)|\.[–—](?=\p{Lu}|\(\d)|[ \t*_]*[-–—]{1,2}(?=\s+[^\p{Ll}\s]))",
    regex.DOTALL,
)
_CAPITALS = compiled(r"[ \t*_.:\-–—]*(?P<rubric>\p{Lu}{3}[\p{Lu} ,\-]{2,150})\.(?=\s)")
# "Homicidio. El que", "(Función). El ejercicio"
_FIRST_SENTENCE = compiled(
    r"[ \t*_.:\-–—]*(?:\((?P<rubric>\p{Lu}[^\n.;:()]+)\)|(?P<rubric>\p{Lu}[^\n.;:]+?))"
    r"(?<!\b(?i:art|arts))[ \t]*\.[ \t*_]*\n?\s(?=[\p{Lu}«“\"(\d])"
)
_LIST = compiled(r":\s*\(?\w{1,2}[).]\s*$")  # a list begins
_WORD = compiled(r"\p{L}{3}")
_WRITTEN = compiled(r"[\p{L}\d]")
_NUMBERED = compiled(r"[ \t*_.:\-–—]*\(?\d")


@cache
def notes() -> regex.Pattern[str]:
    """Return the expression of editorial lines about amendments, which are no text of a law."""
    return compiled(grammar()["notes"])


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a unit without markup, with its range in the text; the text is empty if there is none."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RubricForms:
    """How a law prints the rubrics of its articles.

    ``alone``: after the number, as a line of their own that ends in a full stop (``Artículo 29. Trámite.``).
    ``within``: as the first sentence of the paragraph (``Artículo 103. Homicidio. El que matare``). ``closed``: on the
    line above, with a full stop (``Estafa.``). ``above``: on the line above, at most articles. ``titled``: never there,
    so that the line above the first article is the title of the law. ``parted``: the paragraphs of articles are printed
    line by line.
    """

    alone: bool = False
    within: bool = False
    closed: bool = False
    above: bool = False
    titled: bool = False
    parted: bool = False


_USUAL = RubricForms()


def clean(text: str) -> str:
    """Return a heading without markup, marks of amendments, final punctuation and line breaks."""
    return " ".join(_MARKUP.sub(" ", _amendment_marks().sub(" ", text)).split()).strip(" .:-–—;")


@cache
def _amendment_marks() -> regex.Pattern[str]:
    return compiled(grammar()["amendment_marks"])


def is_sentence(line: str) -> bool:
    """Return whether a line is a sentence of the text: ``Le coupable pourra être condamné à l'interdiction``."""
    return _sentence().search(line) is not None


@cache
def _sentence() -> regex.Pattern[str]:
    return compiled(grammar()["sentence"])


def grouping_heading(text: str, body: int, line_end: int, limit: int, *, before_rubric: bool = False) -> Heading:
    """Return the heading of a title or chapter: the rest of its line, otherwise the lines below it up to ``limit``.

    ``before_rubric`` states that the last of these lines may be the rubric of the article at ``limit``.
    """
    rest = clean(text[body:line_end])
    end = line_end
    if _WRITTEN.search(rest):
        return _continued(text, Heading(rest, body, end), limit, before_rubric=before_rubric)
    for start, stop in _lines(text, line_end, limit):
        line = clean(text[start:stop])
        if not _WRITTEN.search(line) or notes().search(line):
            continue
        if len(line) > _MAX_LENGTH or line[0].islower() or text[start:stop].rstrip(" *_").endswith((".", ";", ",")):
            break
        return _continued(text, Heading(line, start, stop), limit, before_rubric=before_rubric)
    return Heading("", line_end, line_end)


def _continued(text: str, heading: Heading, limit: int, *, before_rubric: bool) -> Heading:
    """Return a heading with its continuation lines: directly below it, in lower case or, like it, in capitals."""
    words, end = [heading.text], heading.end
    for start, stop in _lines(text, heading.end, limit):
        line = clean(text[start:stop])
        if not line and _is_unfinished(words[-1].casefold()):
            continue
        continues = line and ((heading.text.isupper() and line.isupper()) or line[0].islower())
        if not continues or len(line) > _MAX_LENGTH:
            break
        if before_rubric and not _runs_on(words[-1]) and not text[stop:limit].strip(_MARKS):
            break
        words.append(line)
        end = stop
        if len(words) > 4:
            break
    return Heading(" ".join(words), heading.start, end)


def _lines(text: str, position: int, limit: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    position += 1
    while position < limit and len(lines) < 8:
        match = _LINE.match(text, position)
        stop = match.end() if match else limit
        lines.append((position, min(stop, limit)))
        position = stop + 1
    return lines


def own_rubric(text: str, body: int, line_end: int, end: int, forms: RubricForms = _USUAL) -> str:
    """Return the rubric of an article after its number (``Artículo 29. Trámite.- El ...``), or ``""``.

    ``body`` is the offset after the number, ``line_end`` that of the end of its line, ``end`` that of the article.
    """
    printed = text[body:line_end]
    line = _trailing_note().sub("", printed)
    if (
        (rest := clean(line))
        and len(clean(printed)) <= 160
        and line_end < end
        and not line.rstrip(" *_").endswith((";", ",", ":"))
    ):
        own_line = _is_on_own_line(line, text, line_end, end, parted=forms.parted)
        if own_line or (forms.alone and is_short_line(text, body, line_end, end)):
            return "" if _is_no_rubric(rest) else rest.split(".- ")[0]
    if rest:
        return _closed_rubric(text, body, end) or (first_sentence(text, body, end) if forms.within else "")
    for start, stop in _lines(text, line_end, end):
        if first := clean(text[start:stop]):
            is_text = (forms.parted and len(first) > _MAX_PARTED) or _is_no_rubric(first)
            return "" if is_text else _below(text, start, stop, end, first)
    return ""


def first_sentence(text: str, body: int, end: int) -> str:
    """Return the first sentence of an article if it is a title that another sentence follows, otherwise ``""``."""
    match = _FIRST_SENTENCE.match(text, body, min(end, body + 2 * _MAX_RUBRIC_LENGTH))
    rubric = clean(match["rubric"]) if match else ""
    return rubric if is_title(rubric) else ""


def is_title(words: str) -> bool:
    """Return whether words are a title: short, in capitals or beginning with one, without the verb of a sentence."""
    is_short = 3 < len(words) <= _MAX_RUBRIC_LENGTH and words[0].isupper()
    return is_short and not _is_no_rubric(words) and not notes().search(words) and not _predicate().search(words)


@cache
def _predicate() -> regex.Pattern[str]:
    return compiled(grammar()["predicate"])


def _is_no_rubric(line: str) -> bool:
    """Return whether a line has no word, or is a sentence, a note, a closing formula or another article's number."""
    return _WORD.search(line) is None or _never().search(line) is not None or is_sentence(line)


@cache
def _never() -> regex.Pattern[str]:
    return compiled(grammar()["no_rubric"])


def is_short_line(text: str, body: int, line_end: int, end: int) -> bool:
    """Return whether an article's number is followed by a few words with a full stop, and a paragraph below."""
    words, below = text[body:line_end].strip(_MARKS), clean(text[line_end : min(end, line_end + 400)])
    is_one_sentence = words.endswith(".") and not regex.search(r"[.;:]\s", words)
    return is_one_sentence and 3 < len(clean(words)) <= _MAX_RUBRIC_LENGTH and bool(below) and not below[0].islower()


def _is_on_own_line(line: str, text: str, line_end: int, end: int, *, parted: bool) -> bool:
    below = clean(text[line_end : min(end, line_end + 400)])
    marked = line.count("*") >= 2 or line.rstrip(" *_").endswith((".-", ".–", ".—", "-"))
    whole = not (parted or line.rstrip(" *_").endswith(".") or _is_unfinished(line) or _LIST.search(line))
    return bool(below) and (marked or whole) and not below[0].islower()


def _is_unfinished(line: str) -> bool:
    """Return whether a line ends in a word that another must follow: ``Homológase el Acta de la Comisión del``."""
    return line.rstrip(_MARKS).rsplit(None, 1)[-1] in _unfinished()


@cache
def _unfinished() -> frozenset[str]:
    return frozenset(grammar()["unfinished"])


def _closed_rubric(text: str, body: int, end: int) -> str:
    if capitals := _CAPITALS.match(text, body, min(end, body + 300)):
        return clean(capitals["rubric"])
    if _NUMBERED.match(text, body):
        return ""
    match = _CLOSED.match(text, body, min(end, body + 300))
    if not match:
        return ""
    rubric = clean(match["rubric"]).strip("() ")
    if _is_no_rubric(rubric):
        return ""
    return rubric if len(rubric) <= 160 and not regex.search(r"[.;:]\s|\n\s*\n", match["rubric"]) else ""


def _below(text: str, start: int, stop: int, end: int, first: str) -> str:
    if first.startswith("("):
        return _closed_rubric(text, start, end)
    title_like = len(first) <= 120 and not text[start:stop].rstrip(" *_").endswith((".", ";", ",", ":"))
    if not (title_like and first[0].isupper() and stop < end):
        return ""
    following = [line for line in (text[at:to].strip(_MARKS) for at, to in _lines(text, stop, end)) if clean(line)]
    if not following:
        return ""
    if following[0][0].islower():
        return _with_second_line(first, following)
    return "" if _is_unfinished(first) else first


def _with_second_line(first: str, following: list[str]) -> str:
    """Return a rubric of two lines, ``""`` if the lines are text: ``Trato nacional y cláusula de la Nación más``."""
    is_short = len(following[0]) <= _MAX_SECOND_LINE and following[0][-1] not in _SENTENCE_ENDS
    return f"{first} {clean(following[0])}" if is_short and following[1:] and not following[1][0].islower() else ""


def rubric_before(text: str, floor: int, line: int, forms: RubricForms = _USUAL) -> Heading | None:
    """Return the rubric on a line above an article (``Homicídio simples``), after the offset ``floor``, or None.

    The heading begins with the title of a chapter in capitals that is directly above a rubric in capitals.
    """
    window = max(floor, line - _WINDOW)
    start, stop = _line_above(text, window, line)
    printed = _trailing_note().sub("", text[start:stop])
    if (floor and start == floor) or not _may_be_rubric(printed, forms):
        return None
    heading = Heading(clean(printed), start, stop)
    if forms.above:
        heading = _with_lines_above(text, window, heading)
    return heading if _has_ended(text[max(floor, heading.start - _WINDOW) : heading.start]) else None


def _with_lines_above(text: str, floor: int, heading: Heading) -> Heading:
    """Return a rubric in capitals from the first line of the title above it on, with the lines that it continues."""
    while heading.text.isupper():
        start, stop = _line_above(text, floor, heading.start)
        above = text[start:stop]
        if start <= floor or not clean(above).isupper() or above.rstrip(_MARKS)[-1:] in _SENTENCE_ENDS:
            break
        shown = f"{clean(above)} {heading.text}" if _runs_on(above) else heading.text
        heading = Heading(shown, start, heading.end)
    return heading


def _has_ended(above: str) -> bool:
    """Return whether the text above a line ends with a sentence or an editorial note."""
    above = above.rstrip(_MARKS)
    last = clean(above[above.rfind("\n") + 1 :])
    is_note = len(last) <= _MAX_SECOND_LINE and notes().search(last)  # a longer one may go on
    return not above or above[-1] in _SENTENCE_ENDS or bool(_trailing_note().search(above) or is_note)


def _runs_on(line: str) -> bool:
    """Return whether a line in capitals goes on below: it fills the width, has one word or lacks one."""
    return len(clean(line)) >= _MAX_SECOND_LINE or len(line.split()) == 1 or _is_unfinished(line.casefold())


def _line_above(text: str, floor: int, position: int) -> tuple[int, int]:
    """Return the bounds of the last line with words before ``position`` and from ``floor`` on."""
    stop = floor + len(text[floor:position].rstrip())
    return max(text.rfind("\n", floor, stop) + 1, floor), stop


def _may_be_rubric(printed: str, forms: RubricForms) -> bool:
    shown = clean(printed)
    if printed.lstrip(_MARKS).startswith((".", ":", "-")):  # the text of the preceding article, after its number
        return False
    if not 3 < len(shown) <= _MAX_RUBRIC_LENGTH or not shown[0].isupper() or notes().search(shown):
        return False
    if _is_unfinished(printed) or _is_no_rubric(shown):
        return False
    if forms.closed and printed.rstrip(_MARKS).endswith("."):
        return is_title(shown)
    return printed.rstrip(_MARKS + "])")[-1:] not in _SENTENCE_ENDS


@cache
def _trailing_note() -> regex.Pattern[str]:
    return compiled(grammar()["trailing_note"])
