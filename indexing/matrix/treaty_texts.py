"""The official texts of model instruments that are held: where the article stands that an element is worded after."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexing.access import AccessFilter
from indexing.engine import Engine
from indexing.plan import Keyword, Plan
from indexing.shown import Shown
from nlp.elements.instruments import Element, ModelInstrument

_MOST = 500
_ARTICLE = re.compile(r"\d+[a-z]?")


def treaty_texts(
    instrument: ModelInstrument, language: str, access: AccessFilter, engine: Engine
) -> Mapping[str, Shown]:
    """Return the first article of each element's pinpoint by the element's id, as far as a text of its treaty is held.

    Of texts in several languages that in ``language``, else the first.
    """
    wanted = {element.id: _article(element) for element in instrument.elements}
    texts: dict[str, Shown] = {}
    for one in sorted(_held(tuple(wanted.values()), access, engine), key=lambda one: one.language != language):
        for identity in one.identity:
            texts.setdefault(identity, one)
    return {element: texts[article] for element, article in wanted.items() if article in texts}


def _article(element: Element) -> str:
    key, _, place = element.pinpoint.rpartition(" ")
    number = _ARTICLE.match(place)
    return f"ref:int:treaty:{key}#art-{number[0]}" if number else ""


def _held(articles: tuple[str, ...], access: AccessFilter, engine: Engine) -> list[Shown]:
    match, only = Keyword("identity", articles), (("document_type", Keyword("document_type", ("treaty",))),)
    spaces = ((space, tuple(sorted(readable))) for space, readable in access.readable if readable)
    plans = [Plan(space, collections, match, filters=only, limit=_MOST) for space, collections in spaces]
    return [ranked.shown for plan in plans for ranked in engine.search(plan).ranked]
