"""Words that introduce another name of a person: aliases, what somebody is called, another surname."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load

QUOTES = "\"“«'‘"  # opening ones
_CLOSED = regex.compile(r"\s?[\"”»'’]\s*[,;)]")


@cache
def alias() -> regex.Pattern[str]:
    """Match the words before another name."""
    words = load("nlp.request_persons")
    return regex.compile(rf"(?<!\w)(?:(?:{words['alias']})(?!\w)|(?:{words['called_so']})(?=\s*:?\s*[{QUOTES}]))")


@cache
def alias_before() -> regex.Pattern[str]:
    """Match what precedes another name: the word for it, names in quotation marks, the beginning of a quotation."""
    word = load("nlp.request_persons")["alias"]
    quoted = rf"(?:[{QUOTES}]\s?[^{QUOTES}”»’\n]{{2,40}}[\"”»’]\s*(?:,|(?:y|o|e|ou|or|and|et)(?!\w))\s*)"
    begun = rf"(?:[{QUOTES}]\s?(?:[\p{{L}}'’]+\s){{0,3}})?"
    return regex.compile(rf"(?<!\w)(?:{word})\s*:?\s*{quoted}{{0,2}}{begun}\s*\Z")


@cache
def called_so() -> regex.Pattern[str]:
    """Match all that stands between a name and another one in quotation marks by which its bearer is called."""
    words = load("nlp.request_persons")
    return regex.compile(
        rf"[\s,(]*(?:tambem |tambien |also |aussi )?(?:{words['alias']}|{words['called_so']})\s*:?\s*[{QUOTES}]\s?\Z"
    )


@cache
def bracketed() -> regex.Pattern[str]:
    """Match a name in quotation marks that brackets add to another one: A ("Chucho")."""
    return regex.compile(rf"\s*\(\s*[{QUOTES}]\s?(?P<name>(?!s/)[^\"”»'’\n()]{{2,40}}?)\s?[\"”»'’]\s*[,;)]")


def quotation_end(folded: str, end: int) -> int:
    """Return the end of the quotation marks and bracket behind a name, else its own end."""
    found = _CLOSED.match(folded, end)
    return found.end() if found else end


@cache
def presumed() -> regex.Pattern[str]:
    """Match a ``name`` in quotation marks and the words that presume its bearer, before the bearer's name."""
    words = load("nlp.request_persons")["presumed"]
    quoted = rf"[{QUOTES}]\s?(?P<name>[^{QUOTES}”»\n]{{2,40}}?)\s?[\"”»'’]"
    return regex.compile(rf"{quoted}[\s,()–-]*(?:{words})(?:\s(?:mr|mrs|ms|sr|sra|don|dona|m|mme)\.?)?\s+\Z")


@cache
def own_other_name() -> regex.Pattern[str]:
    """Match the words directly before another surname of the same person."""
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['own_other_name']})\s*:?\s*\Z")
