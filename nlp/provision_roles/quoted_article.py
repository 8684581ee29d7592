"""The article that a provision of an amending act inserts or replaces in another law, as it is quoted there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

_CACHED = 4_000
_ANNOUNCED_WITHIN = 900  # characters of the provision that announces the quoted article
_ANNOUNCEMENT = regex.compile(r":[\s*_]*\n\s*[*_ \t]*[\"“«‘'”]?[*_ \t]*(?=art[ií.]|art\b)", regex.I)
_ARTICLE = regex.compile(
    r"art(?:[íi]culo|igo|icle)?\.?\s*(?:n[.º°]*\s*)?(?P<number>(?:[LRD]\.?\s?)?\d[\d.]*(?:-\d+)*[º°o]?"
    r"(?:[- ]?(?:[A-Z]\b|(?i:bis|ter|qu[aá]ter|quinquies|sexies|septies|octies)\b))*)",
    regex.I,
)
# "Trata de personas. El que": the heading of the article in the line of its text
_RUN_IN = regex.compile(r"[\s.:º°ª*_)–—-]*(?P<rubric>\p{Lu}[^\n.;:\d]{2,90})[.:][\s*_.–—-]*(?=\p{Lu})")


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
    announced = _ANNOUNCEMENT.search(text, 0, _ANNOUNCED_WITHIN)
    article = _ARTICLE.match(text, announced.end()) if announced else None
    if article is None:
        return None
    number = " ".join(article["number"].rstrip(".º°o").split())
    rest = text[article.end() :]
    run_in = _RUN_IN.match(rest)
    words = f"{run_in['rubric']}.\n\n{rest[run_in.end() :]}" if run_in else rest.lstrip(" .:*_–—-")
    return QuotedArticle(f"art. {number}", f"Artículo {number}. {words}" if run_in else f"{article[0]}. {words}")
