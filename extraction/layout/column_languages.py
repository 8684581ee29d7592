"""Language of each column of a page, so that the columns of bilingual texts are not merged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from statistics import median

from extraction.layout.page_words import PageWords
from extraction.layout.tables import PageTable
from extraction.resource import load

FEWEST = 4  # function words
FEWEST_IN_CELL = 8  # words of the median cell
CLEARLY = 8.0  # ratio to the function words of the second language: a column may have paragraphs in several


def language_of(words: Sequence[str]) -> str:
    """Return the language (ISO 639-1) of both halves of ``words``, or ``""`` if they differ or are undecided."""
    middle = len(words) // 2
    upper, lower = _clear_language(words[:middle]), _clear_language(words[middle:])
    return upper if upper == lower else ""


def _clear_language(words: Sequence[str]) -> str:
    languages = _languages()
    counts = Counter([languages[word] for word in words if word in languages]).most_common(2)
    if not counts or counts[0][1] < FEWEST or (len(counts) > 1 and counts[0][1] < CLEARLY * counts[1][1]):
        return ""
    return counts[0][0]


def differ(one: str, other: str) -> bool:
    """Return whether two languages are both known and different."""
    return one != other and bool(one) and bool(other)


def is_parallel_text(page: PageWords, table: PageTable) -> bool:
    """Return whether a table is a parallel text: columns of prose in different languages."""
    filled = [cell for cell in table.cells if cell.words]
    if median([len(cell.words) for cell in filled]) < FEWEST_IN_CELL:
        return False
    words, columns = page.words, defaultdict[int, list[str]](list)
    for cell in filled:
        columns[cell.column] += [words[index] for index in cell.words]
    return len({language for column in columns.values() if (language := language_of(column))}) > 1


@cache
def _languages() -> dict[str, str]:
    return {word: language for language, words in load("extraction.function_words").items() for word in words}
