"""Language of each column of a page, so that bilingual columns stay apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from statistics import median

from extraction.layout.page_words import PageWords
from extraction.layout.tables import PageTable
from extraction.resource import load

FEWEST = 4  # function words
FEWEST_IN_CELL = 8  # words of the middle cell
CLEARLY = 8.0  # times as many as of the language next after: a column may hold paragraphs of several


def language_of(words: Sequence[str]) -> str:
    """Return the language that both halves of ``words`` are in, or ``""`` where their function words tell none."""
    middle = len(words) // 2
    upper, lower = _clear_language(words[:middle]), _clear_language(words[middle:])
    return upper if upper == lower else ""


def _clear_language(words: Sequence[str]) -> str:
    languages = _languages()
    found = Counter([languages[word] for word in words if word in languages]).most_common(2)
    if not found or found[0][1] < FEWEST or (len(found) > 1 and found[0][1] < CLEARLY * found[1][1]):
        return ""
    return found[0][0]


def differ(one: str, other: str) -> bool:
    """Tell whether two languages are known and not the same."""
    return one != other and bool(one) and bool(other)


def is_parallel_text(page: PageWords, table: PageTable) -> bool:
    """Tell whether a table only puts the same text in two languages side by side."""
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
