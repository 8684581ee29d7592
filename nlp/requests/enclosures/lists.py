"""Lists of enclosures as a whole: an item is enclosed where the others of its list are, and each is named once.

An item of a list below "There are transmitted herewith:" that the weights of ``nlp.requests.enclosures.choice`` leave
out is enclosed as the other half of the list is. What the text mentions besides ("the annexed questions", "Annex B") is
the enclosure that another place names in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.enclosures.evidence import Span, after_mark, announcing, pattern
from nlp.requests.proposal import Proposal
from nlp.requests.sentences import ITEM

_SHARE = 0.5
_SHORTEST, _LONGEST = 6, 220
_STEM = 5
_LEAD = 12  # characters before a name in which its number stands
_SMALL = 3  # letters of words that say nothing of a thing, as articles


def missing_items(context: RequestContext, chosen: Sequence[Span]) -> Iterator[Span]:
    """Yield the items of lists of which at least half are chosen that overlap no chosen range."""
    for items in _lists(context):
        taken = [any(start < right and left < end for left, right in chosen) for start, end in items]
        if len(items) > 1 and sum(taken) >= _SHARE * len(items):
            yield from (item for item, is_taken in zip(items, taken, strict=True) if not is_taken)


def _lists(context: RequestContext) -> list[list[Span]]:
    """Return the items of each list below words of enclosing, without numbers and bullets."""
    folded = context.flow.folded
    lists: list[list[Span]] = []
    for sentence, head in announcing(context):
        if head is None:
            continue
        if not head.passed or not lists:
            lists.append([])
        words = folded[sentence.start : sentence.end]
        is_item = ITEM.match(words) is not None or words.rstrip()[-1:] == ";" or head.opening == "inside"
        start = after_mark(folded, sentence.start, sentence.end)
        end = sentence.start + len(words.rstrip(" \t\n.,;"))
        if is_item and _is_name(folded[start:end]):
            lists[-1].append(context.flow.original(start, end))
    return lists


def _is_name(words: str) -> bool:
    """Return whether an item names a thing: no closing, no translation, no long sentence."""
    apart = (pattern(name) for name in ("never", "translation"))
    letters = len(regex.findall(r"\p{L}", words))
    return letters >= _SHORTEST and len(words) <= _LONGEST and not any(rule.search(words) for rule in apart)


# --- the same enclosure twice --------------------------------------------------------------------------------------


def without_mentions(context: RequestContext, found: Sequence[Proposal], listed: Sequence[Span]) -> list[Proposal]:
    """Return the enclosures without those that only mention another one again, by its number or by its words.

    Of two with the same words the one of a list (a range of ``listed``) is kept, else the longer one.
    """
    ranked = [(one, any(one.start < end and start < one.end for start, end in listed)) for one in found]
    return [
        one
        for one, is_listed in ranked
        if not any(
            _is_number_of(context, one, other) or _is_same(context, (one, is_listed), (other, of_list))
            for other, of_list in ranked
            if other is not one
        )
    ]


def _folded(context: RequestContext, one: Proposal) -> str:
    return fold(context.text[one.start : one.end])


def _is_number_of(context: RequestContext, one: Proposal, other: Proposal) -> bool:
    """Return whether an enclosure is the number of another one, which stands in its name or before it."""
    mention, name = _folded(context, one), _folded(context, other)
    number = _number().fullmatch(mention)
    if number is None or _number().fullmatch(name):
        return False
    before = fold(context.text[max(0, other.start - _LEAD) : other.start])
    sign = rf"(?<!\p{{L}}){regex.escape(number[1])}\s?[.):–—-]"
    noun = rf"\p{{L}}{{5,}} {regex.escape(number[1])}\b"
    return any(regex.match(rf"\W*{form}", name) or regex.search(rf"{form}\s*$", before) for form in (sign, noun))


def _is_same(context: RequestContext, one: tuple[Proposal, bool], other: tuple[Proposal, bool]) -> bool:
    """Return whether an enclosure is another one in other words; each with whether it is of a list."""
    (mention, is_listed), (name, of_list) = ((_folded(context, each), listed) for each, listed in (one, other))
    further = set(regex.findall(r"\d+", mention)) - set(regex.findall(r"\d+", name))
    words, known = _words(mention), _words(name)
    if not words or not known or further or is_listed > of_list:
        return False
    return words < known or (known < words and of_list > is_listed)


def _words(label: str) -> set[str]:
    """Return the stems of the words of a label, without articles, words of enclosing and figures."""
    bare = regex.sub(load("nlp.request_enclosures")["cue"], " ", label)
    return {word[:_STEM] for word in regex.findall(r"\p{L}+", bare) if len(word) > _SMALL}


@cache
def _number() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_enclosures")["number"])
