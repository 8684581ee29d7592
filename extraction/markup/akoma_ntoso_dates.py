"""Dates of an Akoma Ntoso document: named FRBR dates, repeal, period of validity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")
_IDS = ("eId", "id", "wId")
_UNSET = ("2999-", "9999-")  # years in place of a date that is not known


def dates(document: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield (name, ISO date): FRBR dates by their own name in snake case (``valid_from``), and ``repeal_date``.

    ``in_force_from`` and ``date_no_longer_in_force`` are the bounds of the ``period`` of the document or its body.
    """
    for level in ("FRBRWork", "FRBRExpression"):
        for element in document.iterfind(f"meta//{level}/FRBRdate"):
            if (name := element.get("name", "")) and (date := stated_date(element.get("date", ""))):
                yield _CAPITAL.sub("_", name).strip("_").lower(), date
    for event in document.iterfind("meta/lifecycle/eventRef"):
        if event.get("type") == "repeal" and event.get("date"):
            yield "repeal_date", event.get("date", "")
    yield from _period(document)


def _period(document: etree._Element) -> Iterator[tuple[str, str]]:
    period = next(filter(None, (element.get("period") for element in (document, *document.iterfind("body")))), "")
    interval = next(
        (
            interval
            for group in document.iterfind("meta/temporalData/temporalGroup")
            if period and f"#{identifier(group)}" == period
            for interval in group.iterfind("timeInterval")
        ),
        None,
    )
    if interval is None:
        return
    events = {f"#{identifier(event)}": event.get("date", "") for event in document.iterfind("meta/lifecycle/eventRef")}
    for attribute, name in (("start", "in_force_from"), ("end", "date_no_longer_in_force")):
        if date := events.get(interval.get(attribute, ""), ""):
            yield name, date


def identifier(element: etree._Element) -> str:
    """Return the identifier of an element in any version of the standard, or ``""``."""
    return next((value for name in _IDS if (value := element.get(name))), "")


def stated_date(value: str) -> str:
    """Return a date of the metadata, ``""`` for the year that stands for none."""
    return "" if value.startswith(_UNSET) else value
