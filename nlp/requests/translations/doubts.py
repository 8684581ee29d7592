"""Values of a letter that its translation in the same file gives otherwise, for the completeness check.

Of the differences that ``nlp.requests.translations.check`` shows, these are the likely errors: both texts have the
value, in like forms. What only one of them has may be left out in a summary, a note or the date of the translator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext, once
from nlp.requests.flow import sentence_at
from nlp.requests.proposal import Difference, Proposal, TranslationCheck
from nlp.requests.translations.check import DAY, NAME, check_translations

DIFFERS = "differs"
"""The finding of the completeness check for a translation that gives values of the original otherwise."""

Fields = Mapping[str, Sequence[Proposal]]


@once
def translations_of(context: RequestContext) -> TranslationCheck | None:
    """Return the letter beside its translations in the file, with all differences; None without a translation."""
    return check_translations(context.text, context.annotations, context.parts)


def divergences(context: RequestContext, fields: Fields) -> tuple[Difference, ...]:
    """Return the differences between letter and translation that are likely errors, in order of the translation."""
    check = translations_of(context)
    found = check.differences if check else ()
    return tuple(one for one in found if _is_error(context, fields, one))


def words_of(context: RequestContext, difference: Difference) -> tuple[str, str]:
    """Return a value as the original and as the translation writes it."""
    original, translation = (
        " ".join(context.text[slice(*place)].split()) if place else ""
        for place in (difference.original, difference.translation)
    )
    return original, translation


def _is_error(context: RequestContext, fields: Fields, difference: Difference) -> bool:
    """Return whether both texts have the value: a day in paragraphs that correspond, a name that of a person."""
    if difference.original is None or difference.translation is None:
        return False
    first, second = difference.original[0], difference.translation[0]
    if difference.kind == DAY:
        return _correspond(context, first, second) and not _is_of_translator(context, second)
    return difference.kind != NAME or _names_a_person(context, fields, difference)


def _correspond(context: RequestContext, first: int, second: int) -> bool:
    """Return whether a place of the original and one of the translation are in paragraphs side by side."""
    check = translations_of(context)
    return any(
        original and translation and original[0] <= first < original[1] and translation[0] <= second < translation[1]
        for original, translation in (check.paragraphs if check else ())
    )


def _is_of_translator(context: RequestContext, place: int) -> bool:
    """Return whether the sentence at a place speaks of the translation."""
    flow = context.flow
    sentence = sentence_at(context.sentences, flow.at(place))
    return _translator().search(flow.folded, sentence.start, sentence.end) is not None


def _names_a_person(context: RequestContext, fields: Fields, difference: Difference) -> bool:
    """Return whether the original names a person of the letter whose name the translation does not shorten."""
    original, translation = (_name(words) for words in words_of(context, difference))
    persons = [_name(str(one.value["name"])) for one in fields.get("persons", ()) if isinstance(one.value, Mapping)]
    shortened = any(len(word) == 1 for word in translation) or len(translation) < len(original)
    return not shortened and any(set(original) <= set(person) for person in persons)


def _name(words: str) -> list[str]:
    return regex.findall(r"\p{L}+", fold(words))


@cache
def _translator() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_details")["translation"]["translator"])
