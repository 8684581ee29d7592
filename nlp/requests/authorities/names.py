"""Names of institutions in a letter that may be its writer's, and where each name ends.

Candidates are names that begin with a word for an institution (``heads`` of ``request_authorities.yaml``),
the lines of the letterhead and of the signature, and what follows a label of the requesting authority.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.mail_headers import mail_header
from nlp.requests.context import RequestContext
from nlp.requests.proposal import OWN_WORDS, FilePart

NO_KIND = "none"
COURTS = ("0", "3")  # rows of ``heads``
LINES = 8  # of a letterhead
_TOP, _BODY, _FOOT = 900, 3_000, 600
_SHORTEST, _LONGEST, _LONG_LINE = 5, 140, 160
_BULLET = regex.compile(r"[ \t#*_|>•·–—\-]*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[).][ \t]+)?")
_LINE = regex.compile(r"[^\n]*\S[^\n]*")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
# Columns of a letterhead, and the parts of its lines.
_COLUMNS = regex.compile(r"[ \t]{3,}|\t|[ ]?[|·•/][ ]|[ ][–—-][ ]")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name with its part of the file, its index in the running text and its place."""

    part: FilePart
    index: int
    start: int
    end: int
    line: int  # its number in the letterhead, negative in the signature, 0 elsewhere
    labels: tuple[str, ...]


def found_names(context: RequestContext) -> list[FoundName]:
    """Return the names of institutions in the letter that may be its writer's, in order."""
    found: dict[int, FoundName] = {}
    for part in context.parts:
        if part.kind in OWN_WORDS:
            for one in (*_labelled(context, part), *_lines(context, part), *_headed(context, part)):
                if _is_reader_or_mail_address(context.text, one):
                    continue
                known = found.get(one.start)
                if known is None or (one.labels and not known.labels):
                    found[one.start] = one if known is None or one.line else replace(one, line=known.line)
    return [found[start] for start in sorted(found)]


def _is_reader_or_mail_address(text: str, one: FoundName) -> bool:
    """Tell whether a name is that of the reader for whose attention the letter is, or the address of an e-mail."""
    line = fold(text[text.rfind("\n", 0, one.start) + 1 : one.end])
    return pattern("for_attention").match(line) is not None or pattern("mail_address").match(line) is not None


def end_of_line(text: str, one: FoundName) -> int:
    """Return the end of a name; in a line of its own it ends before contacts, streets and a date, or with the line."""
    if not one.line:
        return one.end
    line = text[one.start : text.find("\n", one.start) % (len(text) + 1)]
    line = _COLUMNS.split(line)[0]
    ends = pattern("line_ends").search(fold(line), 3)
    stop = ends.start() if ends and len(fold(line)) == len(line) else len(line)
    return max(one.end, one.start + len(line[:stop].rstrip(" .,;:-–(")))


def _lines(context: RequestContext, part: FilePart) -> Iterator[FoundName]:
    """Yield the lines of the letterhead and those of the signature, each column for itself."""
    lines = list(_LINE.finditer(context.text, header_end(context.text, part), part.end))
    for number, line in enumerate(lines):
        top = line.start() - lines[0].start() < _TOP and number < LINES
        foot = part.end - line.start() < _FOOT
        if not (top or foot) or len(line[0]) > _LONG_LINE:
            continue
        place = number + 1 if top else number - len(lines)
        position = line.start()
        for cut in (*_COLUMNS.finditer(line[0]), None):
            stop = line.start() + cut.start() if cut else line.end()
            if found := _line_piece(context, part, position, stop, place):
                yield found
            position = line.start() + cut.end() if cut else stop


def header_end(text: str, part: FilePart) -> int:
    """Return where the header of a mail with its addresses ends, the start of the part without one."""
    end, has_address = part.start, False
    for line in _LINE.finditer(text, part.start, part.end):
        if mail_header(line[0]) is None:
            break
        end, has_address = line.end(), has_address or "@" in line[0]
    return end if has_address else part.start


def _line_piece(context: RequestContext, part: FilePart, start: int, stop: int, place: int) -> FoundName | None:
    bullet = _BULLET.match(context.text, start, stop)
    first = bullet.end() if bullet else start
    first += len(context.text[first:stop]) - len(context.text[first:stop].lstrip())
    if stop - first < _SHORTEST or not context.text[first].isalnum():
        return None
    index = context.flow.at(first)
    left, right = name_at(context, index)
    words = fold(context.text[left:right])
    if right - left < _SHORTEST:
        return None
    kind = kind_of(words)
    if kind == NO_KIND and (" " not in words or _names_no_body(words, context.flow.folded, index)):
        return None
    if kind == "unit" and pattern("title").fullmatch(words):
        return None
    return FoundName(part, index, left, right, place, ())


def _names_no_body(words: str, folded: str, index: int) -> bool:
    """Return whether a line of no known kind is a title, a State, or the place before a date; ``index`` is its own."""
    if pattern("no_institution").search(words) or pattern("title").fullmatch(words):
        return True
    return pattern("dated").match(folded, index + len(words)) is not None


def _headed(context: RequestContext, part: FilePart) -> Iterator[FoundName]:
    """Yield the names that begin with a word for an institution, in the beginning and at the end of a part."""
    flow = context.flow
    first, last = flow.at(part.start), flow.at(part.end)
    for head in _any_head().finditer(flow.folded, first, last):
        place = flow.places[head.start()]
        if place - part.start > _BODY and part.end - place > _FOOT:
            continue
        before = flow.folded[max(first, head.start() - 12) : head.start()]
        if pattern("numbered").search(before):
            continue
        start, end = name_at(context, head.start())
        if end - start >= _SHORTEST:
            yield FoundName(part, head.start(), start, end, 0, ())


def _labelled(context: RequestContext, part: FilePart) -> Iterator[FoundName]:
    """Yield what follows a label of the requesting authority."""
    flow = context.flow
    for weight, label in _labels():
        for found in label.finditer(flow.folded, flow.at(part.start), flow.at(part.end)):
            start, end = name_at(context, found.end())
            if end - start >= _SHORTEST:
                yield FoundName(part, found.end(), start, end, 0, (f"label.{weight}",))
    for unit in context.sections_of("from_requesting"):
        if part.start <= unit.start < part.end and len(unit.label) < 100:
            index = flow.at(unit.start + len(unit.label))
            gap = regex.match(r"[\s:.\-–—]*", flow.folded, pos=index)
            index = gap.end() if gap else index
            start, end = name_at(context, index)
            if end - start >= _SHORTEST:
                yield FoundName(part, index, start, end, 0, ("label.section",))


def name_at(context: RequestContext, index: int) -> tuple[int, int]:
    """Return the range of the name that begins at an index of the running text."""
    flow = context.flow
    limit = min(len(flow.folded), index + _LONGEST)
    ends = pattern("ends").search(flow.folded, index + 3, limit)
    words = flow.folded[index : ends.start() if ends else limit]
    kept = 0
    for number, piece in enumerate(words.split(",")):
        if number and not pattern("goes_on").search(piece):
            break
        kept += len(piece) + (1 if number else 0)
    start, end = flow.original(index, index + _end_of_proper_name(flow.cased[index : index + kept], words))
    return start, end - (len(context.text[start:end]) - len(context.text[start:end].rstrip(" .,-–:)")))


def words_of_sentences(cased: str, folded: str) -> int:
    """Return the number of words in lower case that are in no name of an institution, as in sentences."""
    if len(cased) != len(folded):
        return 0
    words = (word for word in _WORD.finditer(cased) if word[0][0].islower())
    return sum(pattern("name_words").fullmatch(folded, *word.span()) is None for word in words)


def _end_of_proper_name(cased: str, folded: str) -> int:
    """Return where a name ends: before the first word in lower case that is in no name of an institution.

    Particles and figures before that word are no part of the name. ``folded`` begins with ``cased``, folded.
    """
    for number, word in enumerate(_WORD.finditer(cased)):
        if number and word[0][0].islower() and pattern("name_words").fullmatch(folded, *word.span()) is None:
            kept = pattern("trailing").sub("", folded[: word.start()])
            return len(kept) if _WORD.search(kept) else len(cased)
    return len(cased)


def kind_of(words: str) -> str:
    """Return the kind of an institution: the number of the first head that its name matches, or whether one occurs."""
    for number, head in enumerate(_heads()):
        if head.match(words):
            return str(number)
    if pattern("unit").match(words):
        return "unit"
    return "within" if _any_head().search(words) else NO_KIND


# --- patterns ------------------------------------------------------------------------------------------------------


@cache
def _heads() -> tuple[regex.Pattern[str], ...]:
    """Return the patterns of words for institutions, by their kind."""
    return tuple(_institution(words) for words in load("nlp.request_authorities")["heads"])


@cache
def _any_head() -> regex.Pattern[str]:
    return _institution("|".join(load("nlp.request_authorities")["heads"]))


def _institution(words: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\d])(?:{words})(?!\p{{L}})")


@cache
def _labels() -> tuple[tuple[int, regex.Pattern[str]], ...]:
    number = r"(?:[(\[]?(?:[ivx]{1,4}|\d{1,2}|[a-z])[.)\]º°]{1,2}[ \-–]*(?:[a-z][.)] )?)?"
    return tuple(
        (
            int(rule["weight"]),
            regex.compile(
                rf"^[ \t#*_|>•\-]*{number}(?:{rule['re']})(?: \([^)\n]{{1,40}}\))?(?: ?[:|] ?\n?| ?\n)", regex.MULTILINE
            ),
        )
        for rule in load("nlp.request_authorities")["labels"]
    )


@cache
def pattern(name: str) -> regex.Pattern[str]:
    """Return a pattern of the resource by its name."""
    return regex.compile(load("nlp.request_authorities")[name])
