"""Articles of laws and rows of pairs in the form read by ``train.py``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from benchmarks.comparative import Article

Pair = dict[str, str]
LONGEST = 900  # maximum characters of a text, of which 96 pieces are read
HEAD = 160  # characters of an article without heading in which a name is sought
ABOVE = 200  # characters of the headings above an article
_NUMBER = regex.compile(r"^\W*(?:art[íi]culo|article|artigo|art)?\W*[\dLRD][\w.º°-]*\W+", regex.IGNORECASE)


def headings(laws: Sequence[Article]) -> Iterator[Pair]:
    """Yield the headings of an article, including its own, with its text."""
    for number, article in enumerate(laws):
        above = [part for part in article.above.split(" · ") if len(part) > 8]
        own, body = own_heading(article)
        query = " · ".join([*above[-1:], own] if own else above[-2:])
        if query and len(body) > 80:
            yield answer("headings", query, body, f"{article.file} {number if own else query}")


def own_heading(article: Article) -> tuple[str, str]:
    """Return an article's heading, empty if it has none, and the text without it."""
    text = _NUMBER.sub("", article.text.strip(), count=1)
    first, _, rest = text.partition("\n")
    first = first.strip(" .*#-—")
    if 6 < len(first) < 120 and len(rest) > 80 and not first.endswith((",", ";", ":")):
        return first, rest.strip()
    return "", text


def heading_of(article: Article) -> str:
    """Return the subject of an article: its heading, otherwise the nearest above it and its first words."""
    own, body = own_heading(article)
    return own or f"{article.above.rpartition(' · ')[2]}\n{body[:HEAD]}"


def with_above(article: Article) -> str:
    return f"{article.above[-ABOVE:]}\n{article.text.strip()}"


def alike(source: str, one: str, other: str, same: str) -> Pair:
    """Return a pair of texts of the same meaning."""
    return {"source": source, "query": f"query: {one[:LONGEST]}", "passage": f"query: {other[:LONGEST]}", "same": same}


def answer(source: str, query: str, passage: str, same: str) -> Pair:
    """Return a pair of a query and a passage that answers it."""
    return {"source": source, "query": f"query: {query}", "passage": f"passage: {passage[:LONGEST]}", "same": same}
