"""The article that a provision of an amending act inserts or replaces in another law, as it is quoted there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extraction.resource import load

_CACHED = 4_000
_ANNOUNCED_WITHIN = 900  # characters of the provision that announces the quoted article


@dataclass(frozen=True, slots=True)
class QuotedArticle:
    """``label`` as in the structure of laws (``art. 188 A``), ``text`` with the heading in a line of its own."""

    label: str
    text: str


@lru_cache(_CACHED)
def quoted_article(text: str) -> QuotedArticle | None:
    """Return the first article that ``text``, a provision, announces with a colon and quotes, or None.

    Further articles of a new chapter, and what follows the article, stay in its text.
    """
    announced = _pattern("announcement").search(text, 0, _ANNOUNCED_WITHIN)
    article = _pattern("article").match(text, announced.end()) if announced else None
    if article is None:
        return None
    number = " ".join(article["number"].rstrip(".º°o").split())
    rest = text[article.end() :]
    run_in = _pattern("rubric").match(rest)
    words = f"{run_in['rubric']}.\n\n{rest[run_in.end() :]}" if run_in else rest.lstrip(" .:*_–—-")
    return QuotedArticle(f"art. {number}", f"Artículo {number}. {words}" if run_in else f"{article[0]}. {words}")


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.quoted_articles")[name])
