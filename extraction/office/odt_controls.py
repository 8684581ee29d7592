"""Controls of the forms of an ODT (ISO 26300-1, 13): typed values, tick boxes with their labels."""

from __future__ import annotations

from lxml import etree

FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
CONTROL = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}control"
TICKABLE = (FORM + "checkbox", FORM + "radio")
WRITTEN = ("text", "textarea", "formatted-text", "number", "date", "time", "combobox", "fixed-text")
TICKED, EMPTY = "☒", "☐"


class OdtControls:
    """The controls of a document by their identifiers."""

    def __init__(self, roots: list[etree._Element]) -> None:
        names = (*TICKABLE, *(FORM + name for name in WRITTEN))
        self._controls = {control.get(FORM + "id", ""): control for root in roots for control in root.iter(*names)}

    def shown(self, place: etree._Element) -> str:
        """Return what is seen at a ``place`` (``draw:control``): the value of its control, or its mark and label."""
        control = self._controls.get(place.get(CONTROL, ""))
        if control is None:
            return ""
        label = control.get(FORM + "label", "")
        if control.tag in TICKABLE:
            state = control.get(FORM + "current-state") or control.get(FORM + "current-selected")
            return f"{TICKED if state in ('checked', 'true') else EMPTY} {label}".strip()
        return control.get(FORM + "current-value") or control.get(FORM + "value") or label
