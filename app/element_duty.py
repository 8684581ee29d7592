"""Whether a model instrument obliges its states to an element."""

from __future__ import annotations

from nlp.elements.instruments import Element


def duty(element: Element) -> str:
    """Return the code of ``element_duty`` in ``resources/labels.yaml`` that says so."""
    if element.optional:
        return "optional"
    if element.qualified:
        return "qualified"
    if element.group:
        return "one_of_several"
    return "eu_law" if element.source else "mandatory"
