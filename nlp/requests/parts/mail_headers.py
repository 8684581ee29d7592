"""Header of a mail or memorandum at the beginning of a letter: those who write and receive it are contacts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.mail_headers import RECIPIENT, SENDER, mail_header
from nlp.requests.boxes import Range
from nlp.requests.context import RequestContext, once

_FIRST_LINES, _LEAST_LINES, _LONGEST = 15, 2, 90
_LINE = regex.compile(r"[^\n]*\S[^\n]*")
_DOMAIN = regex.compile(r"@([\w.-]+\.\w{2,})")


@once
def addressed_lines(context: RequestContext) -> list[Range]:
    """Return the ranges of the lines with sender and recipients, empty without a header that names the sender."""
    found: list[Range] = []
    lines, is_addressed = 0, False
    for start, end in _first_lines(context.text):
        line = context.text[start:end]
        header = mail_header(line)
        if header:
            is_addressed = header.kind in (SENDER, RECIPIENT)
        elif not (is_addressed and _continues(context.text, found[-1], start)):
            if lines or _is_prose(line):
                break
            continue
        lines += 1
        found += [(start, end)] * is_addressed
    has_sender = any(_names_sender(context.text[start:end]) for start, end in found)
    return found if has_sender and lines >= _LEAST_LINES else []


@once
def sender_domains(context: RequestContext) -> frozenset[str]:
    """Return the domains of the sender's addresses, without those of providers of mail for everyone."""
    lines = [context.text[start:end] for start, end in addressed_lines(context)]
    domains = {domain.lower() for line in lines if _names_sender(line) for domain in _DOMAIN.findall(line)}
    return frozenset(domain for domain in domains if not _free_providers().fullmatch(domain))


def is_addressed(context: RequestContext, place: int) -> bool:
    """Return whether ``place``, an offset in the text, is in a line with the sender or recipients."""
    return any(start <= place < end for start, end in addressed_lines(context))


def _first_lines(text: str) -> Iterator[Range]:
    for number, line in enumerate(_LINE.finditer(text)):
        if number == _FIRST_LINES:
            return
        yield line.span()


def _continues(text: str, before: Range, start: int) -> bool:
    """Return whether a line goes on with the recipients of the line before it."""
    return text[start].isspace() or text[: before[1]].rstrip().endswith((",", ";"))


def _is_prose(line: str) -> bool:
    """Return whether a line is of a letter's text, behind which a header is that of a quoted mail."""
    return len(line) > _LONGEST or line.rstrip().endswith((":", "."))


def _names_sender(line: str) -> bool:
    header = mail_header(line)
    return header is not None and header.kind == SENDER


@cache
def _free_providers() -> regex.Pattern[str]:
    return regex.compile(load("nlp.mail_headers")["free"])
