"""End of a letter that does not tell who signs: a name without office, an illegible signature, an office alone."""

from __future__ import annotations

import regex

from nlp.folding import fold
from nlp.requests.checks.evidence_words import holds
from nlp.requests.checks.signatures import has_name, is_office, names_its_writer, own_letters
from nlp.requests.checks.words import pattern
from nlp.requests.context import RequestContext

_FOOT, _LINES, _CLOSE, _CLOSING, _HEAD, _SHORT_LINE = 450, 7, 4, 160, 900, 60
_WORD = r"(?:\p{Lu}[\p{L}'’-]+|\p{Lu}\.|\p{Lu}\p{Ll}?\.)"
# A name alone in its line, with an initial, a rank or number before it or a post behind a comma.
_NAME_LINE = regex.compile(
    rf"(?=(?:[^\p{{Lu}}]*\p{{Lu}}){{2}})\W*(?:\p{{Lu}}{{1,4}}[. ]+(?:\d+ )?)?"
    rf"(?:\p{{L}}{{1,6}}\.[ ]?|\d\w{{0,3}}\.?[ ])*{_WORD}"
    rf"(?:[ ](?:d[aeo]s?|del|la|y|e|van|von|de|{_WORD})){{0,5}}[ ]*(?:[,(–-].{{0,40}})?"
)


def ends_with_name(context: RequestContext) -> bool:
    """Return whether one of the last lines of the letter is a name, and none is a line left blank to sign on."""
    foot = _foot(context)
    if any(pattern(name).search(fold(foot)) for name in ("blank", "rule", "unsigned")):
        return False
    return any(_is_name(line) for line in _last_lines(foot)[-_CLOSE:])


def ends_with_office(context: RequestContext) -> bool:
    """Return whether the last line is an office alone, and neither a name nor a mark of a signature stands near it.

    The office of one who names himself at the beginning ("I, NAME") tells who signs.
    """
    lines = [
        line
        for line in _last_lines(_foot(context))[-_CLOSE:]
        if len(line) <= _SHORT_LINE and not regex.search(r"\d", line)
    ]
    if not lines or any(has_name(line) or _is_marked(line) for line in lines) or names_its_writer(context, 0, _HEAD):
        return False
    return is_office(lines[-1].strip())


def _is_marked(line: str) -> bool:
    return any(pattern(name).search(fold(line)) for name in ("signed", "signed_electronically", "mark"))


def is_illegible(context: RequestContext) -> bool:
    """Return whether the letter bears an illegible signature, and neither a name nor a seal beside it."""
    foot = _foot(context)
    folded = fold(foot[-_CLOSING:])
    if pattern("illegible").search(folded) is None or holds("seal", folded):
        return False
    return not any(_is_name(line) for line in _last_lines(foot)[-_CLOSE:])


def _foot(context: RequestContext) -> str:
    """Return the end of the authority's letter."""
    letter = (own_letters(context) or context.parts)[-1]
    return context.text[max(letter.start, letter.end - _FOOT) : letter.end]


def _last_lines(foot: str) -> list[str]:
    return [line for line in foot.split("\n") if line.strip()][-_LINES:]


def _is_name(line: str) -> bool:
    """Return whether a line is a name, and not an institution, a place with its date or a heading."""
    words = line.strip()
    return (
        _NAME_LINE.fullmatch(words) is not None
        and pattern("no_signatory").search(fold(words)) is None
        and pattern("posts").search(fold(words.partition(",")[0])) is None
        and regex.search(r"\b(?:19|20)\d{2}\b|: ?\S", words) is None
    )
