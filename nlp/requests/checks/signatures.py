"""Signature of a letter: a mark of a signature, or a name with an office at its end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.dates.letter_date import is_dateline
from nlp.requests.proposal import COVER, OWN_WORDS, FilePart

NOT_VISIBLE = "not_visible"
_FOOT, _BELOW, _NEAR_MARK, _END = 700, 120, 150, 400
# A name: capitalised words with particles and initials, as in "Le juge : Y. Montabord".
_WORD = r"(?:\p{Lu}[\p{L}'’-]+|\p{Lu}\.)"
_NAME = regex.compile(rf"{_WORD}(?:[ ](?:d[aeo]s?|del|la|las|los|y|e|van|von|der|den|Ó|{_WORD})){{1,6}}")
_LINE = regex.compile(r"[^\n]+")
# A name alone in its line, with initials: "Th. Descamps".
_WRITTEN_NAME = regex.compile(rf"(?:{_WORD}|\p{{Lu}}\p{{L}}?\.)(?:[ ]{_WORD})*[ ](?P<last>\p{{Lu}}[\p{{L}}'’-]+)")
# A name up to the end of the line, a comma, a bracket or a wide space: "mr. S.J. (Saskia) Terpstra-Bakboord, judge".
_PARTICLE = r"d[aeo]s?|del|la|las|los|y|e|van|von|der|den|Ó|\(\p{L}+\)|(?:\p{Lu}\.)+|d['’]\p{Lu}[\p{L}'’-]+"
_CLOSING_NAME = regex.compile(
    rf"(?=[^,;\n]*\p{{L}}{{3}})(?:{_WORD}|(?:\p{{Lu}}\p{{Ll}}?\.)+)(?:[ ](?:{_PARTICLE}|{_WORD})){{1,6}}"
    r"[ ]?(?=$|[,;(](?! (?:a|aos?|le|el|on|em|en) )|[ ]{2}|\t)"
)
# An abbreviated rank before a name: "DPF Larissa Meirelles".
_RANK = regex.compile(r"\s*\p{Lu}{2,4}[ ](?=\p{Lu}\p{Ll})")
# An office of a few words with a name as the last sentence, before at most a place with the date.
_LAST_SENTENCE = regex.compile(
    rf"[.\n]\s*(?P<post>(?:(?:El|La|Le|O|A|The|L['’])\s?)?\p{{L}}+(?:[ '’][\p{{L}}.]+){{0,6}})[ ]?[,:][ ]"
    rf"(?P<name>{_WORD}(?:[ ](?:d[aeo]s?|del|la|y|e|van|von|{_WORD})){{1,5}})[.,]?(?:[^\n:]{{0,60}})\s*\Z"
)
_HEAD, _SHORT_LINE, _CLOSING_LINES = 900, 60, 8
# The place before the day of a letter, whose words look like a name: "Rio de Janeiro, 30 de julho de 2025".
_PLACE = regex.compile(rf"^\W*{_NAME.pattern},(?= (?:\p{{Ll}}+ )?\d{{1,2}}\b)")
# A rule above a paragraph, which separates another text.
_SEPARATOR = regex.compile(r"(?:^|\n)[^\S\n]*_{5,}\s*\n(?=[^\n]{100})")
# Characters at the end of a form in which its signature, seal and date stand.
_LAST_SECTIONS = 1_500
_MAX_LENGTH, _MAX_POST_LENGTH, _MIN_NAME_LENGTH = 120, 200, 9


def own_letters(context: RequestContext) -> list[FilePart]:
    """Return the parts in the authority's own words that are no cover."""
    return [part for part in context.parts if part.kind in OWN_WORDS and part.kind != COVER]


def is_signed(context: RequestContext) -> bool:
    """Return whether a part in the authority's own words that is no cover, or the end of the file, is signed."""
    own = own_letters(context)
    if own and _is_left_blank(context, own[-1]):
        return False
    if context.document_type.value == "eio":
        if _names_representative(context, (own or context.parts)[-1]):
            return True
        if not _has_mark_or_date(context, (own or context.parts)[-1]):
            return False
    parts = [*own, context.parts[-1]]
    if any(_bears_signature(context, part.start, part.end) for part in parts):
        return True
    if any(_ends_in_its_line(context, part.end) for part in parts):
        return True
    ends = [(parts[0].start, part.end) for part in parts]
    return any(_ends_with_its_writer(context, *end) or _closes_with_name(context, *end) for end in ends)


def bears_mark(context: RequestContext) -> bool:
    """Return whether the letter bears a mark of a signature ("Fdo.", "signed", a seal), and not its name alone."""
    own = own_letters(context)
    feet = (_foot(context, part.start, part.end) for part in [*own, context.parts[-1]])
    words = [(context.flow.folded[first:last], context.flow.cased[first:last]) for first, last in feet]
    return any(_needs_no_name(folded) or _is_marked(folded, cased) for folded, cased in words)


def _is_left_blank(context: RequestContext, part: FilePart) -> bool:
    """Return whether a letter ends with a rule to sign on, without a mark of a signature, or says it is not signed."""
    first, last = context.flow.at(max(part.start, part.end - _END)), context.flow.at(part.end)
    folded = context.flow.folded[first:last]
    if _pattern("unsigned").search(folded):
        return True
    written = _SEPARATOR.sub("", folded)
    return _pattern("rule").search(written) is not None and not _pattern("mark").search(written)


def _names_representative(context: RequestContext, part: FilePart) -> bool:
    """Return whether the end of a form names who represents the issuing authority, with the office and the date."""
    first, last = context.flow.at(max(part.start, part.end - _LAST_SECTIONS)), context.flow.at(part.end)
    return _pattern("representative").search(context.flow.folded, first, last) is not None


def _has_mark_or_date(context: RequestContext, part: FilePart) -> bool:
    """Return whether the end of a form has a word for a signature or seal, or its date: names alone are its content."""
    first, last = context.flow.at(max(part.start, part.end - _LAST_SECTIONS)), context.flow.at(part.end)
    folded = context.flow.folded[first:last]
    marked = _pattern("signed").search(folded) or _pattern("signed_electronically").search(folded)
    dates = (span for span in context.spans("DATE") if part.end - _LAST_SECTIONS <= span.start < part.end)
    return marked is not None or any(is_dateline(context, span) for span in dates)


def _closes_with_name(context: RequestContext, start: int, end: int) -> bool:
    """Return whether one of the last lines is a name behind the words that close a letter, or bears a title."""
    first, last = _foot(context, start, end)
    if _pattern("blank").search(context.flow.folded[first:last]):
        return False
    foot = context.text[max((start + end) // 2, end - _FOOT) : end]
    lines = [line for line in regex.split(r"\n|[ \t]{3,}", foot) if line.strip()][-_CLOSING_LINES:]
    if any(_closes_in_one_line(line) for line in lines):
        return True
    return any(_is_signatory(lines[max(0, n - 2) : n], line, lines[n + 1 : n + 2]) for n, line in enumerate(lines))


def _closes_in_one_line(line: str) -> bool:
    """Return whether a line is a closing, a name and an office ("Saludos, Fernando Quiroga, analista")."""
    closing, _, rest = line.strip().partition(",")
    name, _, office = rest.strip().partition(",")
    is_closing = len(line) <= _MAX_LENGTH and _pattern("closing").search(fold(closing)) is not None
    return is_closing and has_name(name) and _NAME.fullmatch(name) is not None and bool(office.strip())


def _is_signatory(before: Sequence[str], line: str, after: Sequence[str]) -> bool:
    """Return whether a line is a name behind a title or office, or behind a closing and above an office."""
    if len(line) > _MAX_LENGTH or regex.search(r"\d|: ?\w", line):
        return False
    folded = fold(line)
    title = _pattern("honorific").match(folded) or _RANK.match(line)
    post = _pattern("posts").match(folded) if title is None and len(line) < _SHORT_LINE else None
    if post is not None:
        return has_name(line[post.end() :])
    name = _CLOSING_NAME.match(line[title.end() if title else 0 :].strip(" \t"))
    closed = any(_pattern("closing").search(fold(above)) for above in before)
    office = any(len(below) < _SHORT_LINE and not regex.search(r"[\d:.@]", below) for below in after)
    titled = title is not None and (closed or title.re is not _RANK)
    return name is not None and (titled or (closed and office)) and not _is_institution(line)


def _ends_in_its_line(context: RequestContext, end: int) -> bool:
    """Return whether the last sentence is an office and a name ("La présidente, Martine Schroeder"), and a date."""
    found = _LAST_SENTENCE.search(context.text[max(0, end - _END) : end])
    if found is None or _pattern("blank").search(fold(found[0])):
        return False
    return _pattern("posts").search(fold(found["post"])) is not None and has_name(found["name"])


def _ends_with_its_writer(context: RequestContext, start: int, end: int) -> bool:
    """Return whether the last line names the person of the letterhead, or the office of one who writes as "I, NAME"."""
    flow = context.flow
    first, last = flow.at(start), flow.at(end)
    lines = list(_LINE.finditer(flow.cased, first, last))
    if not lines or lines[-1].end() - lines[-1].start() > _SHORT_LINE:
        return False
    ending = regex.sub(r"^(?:le|la|el|l.|o|a|the) ", "", fold(lines[-1][0]).strip(" \t.,()"))
    if _pattern("blank").search(ending):
        return False
    head = flow.folded[first : min(lines[-1].start(), first + _HEAD)]
    name = _WRITTEN_NAME.fullmatch(lines[-1][0].strip())
    if name and not is_office(name[0]) and not _is_institution(name[0]):
        return fold(name["last"]) in regex.findall(r"[\w'’-]+", head)
    return _pattern("posts").match(ending) is not None and names_its_writer(context, first, first + len(head))


def names_its_writer(context: RequestContext, start: int, end: int) -> bool:
    """Return whether the writer names himself in a range of the running text ("I, NAME"), with capitals."""
    flow = context.flow
    written = (flow.cased[slice(*one.span())] for one in _pattern("i_name").finditer(flow.folded, start, end))
    words = (regex.findall(r"\p{L}+", one)[1:] for one in written)
    return any(word[0].isupper() for named in words for word in named)


def _bears_signature(context: RequestContext, start: int, end: int) -> bool:
    first, last = _foot(context, start, end)
    folded, cased = context.flow.folded[first:last], context.flow.cased[first:last]
    if _pattern("blank").search(folded):
        return False
    return _needs_no_name(folded) or _is_marked(folded, cased) or _is_named(folded, cased)


def _foot(context: RequestContext, start: int, end: int) -> tuple[int, int]:
    """Return the range of the running text at the end of a part where a signature may be."""
    flow = context.flow
    return flow.at(max(start, end - _FOOT)), flow.at(min(len(context.text), end + _BELOW))


def _needs_no_name(folded: str) -> bool:
    """Return whether a letter is signed electronically, or as a form with signature and seal."""
    return _pattern("signed_electronically").search(folded) is not None and not _pattern("illegible").search(folded)


def _is_marked(folded: str, cased: str) -> bool:
    """Return whether a mark of a signature is near a name or an office; an illegible mark needs a name.

    Marks and names are looked for in neighbouring lines, and not within the sentences of the letter.
    """
    lines = list(_LINE.finditer(cased))
    for number, line in enumerate(lines):
        if line.end() - line.start() > _MAX_LENGTH and number < len(lines) - 2:
            continue
        around = lines[max(0, number - 1) : number + 2]
        start, end = around[0].start(), around[-1].end()
        for mark in _pattern("signed").finditer(folded, line.start(), line.end()):
            first, last = max(start, mark.start() - _NEAR_MARK), min(end, mark.end() + _NEAR_MARK)
            illegible = _pattern("illegible").search(folded, mark.start(), last) is not None
            office = _pattern("posts").search(folded, first, last) is not None
            if (office and not illegible) or has_name(cased[first:last]):
                return True
    return False


def _is_named(folded: str, cased: str) -> bool:
    """Return whether a line is a name with an office next to it, or the last line holds both."""
    lines = list(_LINE.finditer(cased))
    for number, line in enumerate(lines):
        near = lines[max(0, number - 1) : number + 2]
        beside = " ".join(
            folded[max(name.start(), name.end() - _MAX_POST_LENGTH) : name.end()]
            for name in near
            if not _pattern("contact").search(fold(name[0]))
        )
        last = number >= len(lines) - 2 and _ends_with_name(_PLACE.sub("", line[0])[-_MAX_LENGTH:])
        is_sentence = line[0].rstrip().endswith(".") and len(line[0]) > _SHORT_LINE and not _is_name(line[0])
        if is_sentence or _pattern("contact").search(fold(line[0])):
            continue
        if (last or _is_name(line[0])) and _pattern("posts").search(beside):
            return True
    return False


def has_name(line: str) -> bool:
    """Return whether a line contains the name of a person, and not that of an institution or office alone."""
    names = (name[0] for name in _NAME.finditer(line) if len(name[0]) >= _MIN_NAME_LENGTH)
    return any(not _is_institution(name) and not is_office(name) for name in names)


def _ends_with_name(line: str) -> bool:
    """Return whether a line contains a name, also behind an office ("Procurador da República Gustavo Leme")."""
    folded, bare = fold(line), line
    if len(folded) == len(line):
        words = (one.span() for name in ("posts", "office_words") for one in _pattern(name).finditer(folded))
        for start, end in words:
            bare = bare[:start] + ";" * (end - start) + bare[end:]
    return has_name(line) or has_name(bare)


def is_office(name: str) -> bool:
    """Return whether words are an office alone ("Juíza de Direito"), which does not tell who signs."""
    rest = _pattern("posts").sub(" ", fold(name))
    return rest != fold(name) and not _pattern("office_words").sub(" ", rest).strip(" .-'’")


def _is_institution(name: str) -> bool:
    return _institutions().search(fold(name)) is not None


def _is_name(line: str) -> bool:
    """Return whether a line is a name, with at most an office next to it."""
    names = (name for name in _NAME.finditer(line) if not _is_institution(name[0]))
    name = next((name for name in names if not _pattern("posts").search(fold(name[0]))), None)
    if name is None or len(line) > _MAX_LENGTH:
        return False
    rest = fold(line[: name.start()] + line[name.end() :]).strip(" ,.:()-–")
    office = _pattern("posts").search(rest) is not None and not regex.search(r"[\d.]", rest)
    return office or len(rest) < len(name[0]) // 2


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_checks")[name])


@cache
def _institutions() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_checks")["no_signatory"])
