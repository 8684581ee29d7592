"""Places at which a letter names its writer and its addressee: labelled lines, address blocks, the letterhead."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.boxes import Range
from nlp.requests.flow import Flow
from nlp.requests.proposal import FilePart

# "À Fuerza Especial ...", "Al Juzgado ...": a dative before a name, at the start of a paragraph.
_DATIVE = regex.compile(r"(?:(?:À|Às|Ao|Aos|Al|A la|A las|A los|À la|Aux?|To the)[ ]|À l['’])\p{Lu}[\p{L}.]+[ ]")
_YEAR = regex.compile(r"\b(?:19|20)\d{2}\b")
_WITHIN = 2_500
_LETTERHEAD = 900
# A paragraph of that many words that ends like a sentence does not belong to a letterhead.
_SENTENCE_WORDS = 12


def labelled_lines(flow: Flow, part: FilePart) -> Iterator[tuple[str, int, int]]:
    """Yield what names one of the two states after a label, with the label's role: within a line first, then lines."""
    first, last = flow.at(part.start), flow.at(part.end)
    for pattern in _label_patterns():
        for found in pattern.finditer(flow.folded, first, last):
            role = "requesting" if found["requesting"] else "requested"
            start, end = flow.original(*found.span("rest"))
            yield role, start, end


@cache
def _label_patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Return the patterns of labels in the middle of a line ("Section A. Issuing State: X. Executing State: Y") and at
    its beginning.
    """
    labels = load("nlp.request_states")["labels"]
    label = rf"(?:(?P<requesting>{labels['requesting']})|(?P<requested>{labels['requested']}))"
    number = r"(?:[(\[]?(?:[ivx]{1,4}|\d{1,2}|[a-z])[.)\]º°]{1,2}[ \-–]*(?:[a-z][.)] )?)?"
    return (
        regex.compile(rf"(?<=[^\n][.;|–—-] ){label} ?: ?(?P<rest>[^\n.;|]{{2,100}})"),
        regex.compile(
            rf"^[ \t#*_|>•·\-]*{number}{label}"
            rf"(?: \([^)\n]{{1,40}}\))? ?(?:[:|]|\n(?=[^\n:]{{3,120}}$)|(?<=[a-z]{{6}})[-–—] ) ?\n?"
            r"(?P<rest>[^\n]{2,300})",
            regex.MULTILINE,
        ),
    )


def address_blocks(text: str, part: FilePart) -> list[Range]:
    """Return the address paragraphs near the top.

    They are recognised by their first words, or precede a salutation; a line with date or subject may be in between.
    """
    blocks = list(_paragraphs(text, part))
    found: list[Range] = []
    for number, (start, end, folded) in enumerate(blocks):
        if start - part.start > _WITHIN or len(folded) > 400:
            continue
        short = all(len(line) < 110 for line in folded.split("\n"))
        opens = _pattern("address").match(folded) or _DATIVE.match(text, start)
        if short and (opens or (number > 0 and _is_greeted(blocks, number))):
            found.append((start, end))
    return found


def _is_greeted(blocks: list[tuple[int, int, str]], number: int) -> bool:
    """Return whether a paragraph precedes a salutation; with other lines in between only if it names an office."""
    folded = blocks[number][2]
    if _YEAR.search(folded) or _pattern("salutation").match(folded):
        return False
    for distance, (_, _, other) in enumerate(blocks[number + 1 : number + 4]):
        if _pattern("salutation").match(other):
            return distance == 0 or (_pattern("office").search(folded) is not None and _NUMBERED.search(folded) is None)
        if len(other) > 130 or "\n" in other:
            return False
    return False


# Digits of a telephone number or street indicate the writer's own address.
_NUMBERED = regex.compile(r"\d{2}")


def letterhead_end(text: str, part: FilePart) -> int:
    """Return the end of the letterhead of a part: the start of its first paragraph that is a sentence."""
    for start, _, folded in _paragraphs(text, part):
        if start - part.start > _LETTERHEAD:
            break
        if len(folded.split()) >= _SENTENCE_WORDS and folded.rstrip()[-1:] in ".:;,":
            return start
    return min(part.end, part.start + _LETTERHEAD)


def _paragraphs(text: str, part: FilePart) -> Iterator[tuple[int, int, str]]:
    for match in regex.finditer(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*", text, pos=part.start, endpos=part.end):
        yield match.start(), match.end(), fold(match[0])


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_states")[name])
