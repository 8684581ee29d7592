"""Names of officials: a post or profession next to a name, unless it is that of a company or of a person concerned.

The patterns are those of ``official_*``, ``own_post`` and ``company_post`` in ``nlp/resources/request_persons.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext

_REACH, _POSSESSOR_REACH = 140, 40
_AND, _OF = frozenset({"y", "e", "and", "et"}), frozenset({"de", "del", "of", "du", "do", "da", "d'", "des"})
_AGAINST = frozenset({"contra", "contre", "against", "c/", "v", "vs", "versus"})
# "defence counsel are A and B": the post of several persons holds for each.
_OF_SEVERAL = regex.compile(r"[\s:]+(?:are|son|sao|sont)(?!\w)")
# The title of a French advocate directly before a name.
# Signatures: maximum length, and the share of a letter after which they occur.
_ZONE, _LATE = 700, 0.6
_COUNSEL_TITLE = regex.compile(r"(?<!\w)(?:me|maitre)\.?\s*\Z")


def signature_zones(context: RequestContext) -> Iterator[tuple[int, int]]:
    """Yield the ranges of signatures: after a closing formula or a place with a date, up to a list of enclosures."""
    flow = context.flow
    for part in context.parts:
        start, end = flow.at(part.start), flow.at(part.end)
        late = int(start + _LATE * (end - start))
        closing = _closing().search(flow.folded, late, end)
        if closing:
            last = min(end, closing.start() + _ZONE)
            listed = _enclosed().search(flow.folded, closing.end(), last)
            yield closing.start(), listed.start() if listed else last


def names_counsel_firm(folded: str, start: int) -> bool:
    """Return whether the organisation named at ``start`` is counsel: "the defendant's solicitors, A LLP"."""
    return (
        _pattern("counsel_firm", r"\s*[,:(]\s*(?:(?:messrs|mm|sres|los|the)\.?\s*)?\Z").search(
            folded, max(0, start - 40), start
        )
        is not None
    )


def names_official(text: str, folded: str, start: int, end: int) -> bool:
    """Return whether a post or profession precedes a name, in its line or the one above, or follows it.

    ``text`` and ``folded`` are the running text as written and folded; ``start`` and ``end`` those of the name.
    """
    above = text.rfind("\n", 0, max(0, text.rfind("\n", 0, start)))
    before = _official("before").search(text, max(above + 1, start - _REACH), start)
    if before is not None and not _is_of_another(folded, before, start):
        return True
    return _official("after").match(text, end) is not None


def _is_of_another(folded: str, post: regex.Match[str], start: int) -> bool:
    """Tell whether the name is another's, or the post a company's: "avocat de M. Gilles", "its director A"."""
    if _COUNSEL_TITLE.search(folded, post.start(), start):
        return False
    own = _pattern("own_post", r"\Z").search(folded, max(0, post.start() - _POSSESSOR_REACH), post.start())
    if own and post["counsel"] is None:
        return True
    if _pattern("company_post", r"(?!\w)").search(folded, post.start(), start):
        return True
    whole = folded[post.start() : start].rstrip(" :,(\n")
    words = _title_at_end().sub("", whole).rstrip()
    last = words.rpartition(" ")[2]
    if last in _AGAINST:  # "the investigating judge, against A"
        return True
    if last in _AND:
        return _OF_SEVERAL.search(folded, post.start(), start) is None
    return last in _OF and (post["counsel"] is not None or words == whole)


@cache
def _official(side: str) -> regex.Pattern[str]:
    """Match the words before or after an official's name; the body may be named between post and name."""
    resource = load("nlp.request_persons")
    if side == "after":
        return regex.compile(rf"\s*(?i:{'|'.join(resource['official_after'])})")
    *posts, counsel, translators, by = resource["official_before"]
    words = rf"(?:{resource['post_words']}){{0,16}}?"
    called = rf"(?i:{'|'.join([*posts, translators, by])}){words}|(?P<counsel>(?i:{counsel})){words}"
    exact = "|".join(resource["official_directly_before"])
    return regex.compile(rf"(?<![\p{{L}}.])(?:{called}|(?i:{exact}))[\s:,(]*(?:(?<!\w)(?i:{resource['title']}))?\s*\Z")


@cache
def _closing() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{'|'.join(load('nlp.request_persons')['closing'])})")


@cache
def _enclosed() -> regex.Pattern[str]:
    return regex.compile(rf"\n\s*(?:{load('nlp.request_persons')['enclosed']})(?!\w)")


@cache
def _pattern(name: str, ends: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w){load('nlp.request_persons')[name]}{ends}")


@cache
def _title_at_end() -> regex.Pattern[str]:
    return regex.compile(rf"[\s,:(]+(?<!\w)(?i:{load('nlp.request_persons')['title']})\s*\Z")
