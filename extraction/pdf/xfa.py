"""Values of XFA forms (Adobe XML Forms Architecture), whose pages are drawn by the viewer and are not in the file.

The template gives the captions of the fields, the datasets their values (XFA 3.3, chapters 3 and 4).
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from lxml import etree

from extraction.characters import one_line
from extraction.errors import RogatioError
from extraction.markup.xml_tree import parse_xml, without_namespaces
from extraction.pdf.annotations import EMPTY, TICKED

MAX_PACKETS = 64
MAX_PACKET = 64 << 20  # bytes
MAX_VALUES = 20_000
ROOTS = ("template", "datasets")
_SAVED_NUMBER = re.compile(r"-?\d+\.\d{8}")


@dataclass(frozen=True, slots=True)
class XfaField:
    """A field of the template: its caption, and the value that it has when ticked (a tick box or radio button).

    ``shown`` has what a list shows for each of its values.
    """

    caption: str
    ticked: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)


def is_drawn_by_viewer(pdf: pdfium.PdfDocument) -> bool:
    """Return whether viewers replace the pages of the file by those that they draw from the form."""
    return bool(pdf.get_formtype() == raw.FORMTYPE_XFA_FULL)


def xfa_lines(pdf: pdfium.PdfDocument) -> list[str]:
    """Return one line for each value of the form, with its caption or, without one, its name; at most ``MAX_VALUES``.

    XML that is not well-formed, such as a bare ``&``, is read as viewers do; a form without readable XML has no lines.
    """
    try:
        roots = {name: without_namespaces(parse_xml(data, recover=True)) for name, data in _packets(pdf).items()}
    except RogatioError:
        return []
    if "datasets" not in roots:
        return []
    data = roots["datasets"].find("data")
    template = roots.get("template")
    fields = {} if template is None else dict(_fields(template))
    groups = {} if template is None else dict(_groups(template))
    lines: list[str] = []
    for element in () if data is None else data.iter(etree.Element):
        lines += _lines(element, fields, groups)
        if len(lines) >= MAX_VALUES:
            break
    return lines[:MAX_VALUES]


def _packets(pdf: pdfium.PdfDocument) -> dict[str, bytes]:
    """Return the XML of the packets of ``ROOTS``; a form in one stream has them as children of one root."""
    packets: dict[str, bytes] = {}
    for index in range(min(raw.FPDF_GetXFAPacketCount(pdf), MAX_PACKETS)):
        name, content = _packet_name(pdf, index), _packet(pdf, index)
        if name in ROOTS:
            packets[name] = content
        elif not packets and len(content) > len(b"<xdp:xdp></xdp:xdp>") and b"datasets" in content:
            children = without_namespaces(parse_xml(content, recover=True))
            packets |= {str(child.tag): etree.tostring(child) for child in children if child.tag in ROOTS}
    return packets


def _packet_name(pdf: pdfium.PdfDocument, index: int) -> str:
    buffer = ctypes.create_string_buffer(256)
    raw.FPDF_GetXFAPacketName(pdf, index, buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace")


def _packet(pdf: pdfium.PdfDocument, index: int) -> bytes:
    length = ctypes.c_ulong()
    raw.FPDF_GetXFAPacketContent(pdf, index, None, 0, length)
    if not 0 < length.value <= MAX_PACKET:
        return b""
    buffer = ctypes.create_string_buffer(length.value)
    raw.FPDF_GetXFAPacketContent(pdf, index, buffer, len(buffer), length)
    return buffer.raw.strip()


def _fields(template: etree._Element) -> Iterator[tuple[str, XfaField]]:
    """Yield name and field of every named field; the last of equal names counts."""
    for element in template.iter("field"):
        if name := element.get("name", ""):
            yield name, _field(element)


def _groups(template: etree._Element) -> Iterator[tuple[str, list[XfaField]]]:
    """Yield name and members of every group of radio buttons."""
    for group in template.iter("exclGroup"):
        if name := group.get("name", ""):
            yield name, [_field(element) for element in group.iterchildren("field")]


def _field(element: etree._Element) -> XfaField:
    caption = element.find("caption/value")
    items = [_text(item) for item in element.findall("items/*")]
    is_box = element.find("ui/checkButton") is not None
    ticked = (items[0] if items else "1") if is_box else ""
    return XfaField("" if caption is None else _text(caption), ticked, _shown(element))


def _shown(element: etree._Element) -> dict[str, str]:
    """Return what a list shows for each of its values: of two sequences of items that of the values has ``save``."""
    lists = element.findall("items")
    saved = next((items for items in lists if items.get("save") == "1"), None)
    shown = next((items for items in lists if items is not saved), None)
    if element.find("ui/choiceList") is None or saved is None or shown is None:
        return {}
    return {_text(value): _text(label) for value, label in zip(saved, shown, strict=False)}


def _lines(
    element: etree._Element, fields: Mapping[str, XfaField], groups: Mapping[str, list[XfaField]]
) -> Iterator[str]:
    """Yield the lines of a leaf of the data: every button of a group, else a box or a value with its caption."""
    value = _value(element)
    name = str(element.tag)
    if value is None:
        return
    if members := groups.get(name):
        yield from (f"{TICKED if member.ticked == value else EMPTY} {member.caption or name}" for member in members)
        return
    known = fields.get(name, XfaField(""))
    label = known.caption or name.replace("_", " ").strip()
    if known.ticked:
        yield f"{TICKED if value == known.ticked else EMPTY} {label}"
    elif value:
        shown = known.shown.get(value) or _plain_number(value)
        yield f"{label}{' ' if label.endswith((':', '?')) else ': '}{shown}"


def _plain_number(value: str) -> str:
    """Return ``value`` without the eight decimals that numbers are saved with (``2.00000000``)."""
    return value.rstrip("0").rstrip(".") if _SAVED_NUMBER.fullmatch(value) else value


def _value(element: etree._Element) -> str | None:
    """Return the value of a leaf, None for a group of values and for embedded images; rich text is a ``body``."""
    children = list(element.iterchildren(etree.Element))
    if element.get("contentType", "").startswith("image/") or any(child.tag != "body" for child in children):
        return None
    if element.tag == "body" or any(ancestor.tag == "body" for ancestor in element.iterancestors()):
        return None
    return _text(element)


def _text(element: etree._Element) -> str:
    return one_line(" ".join(str(part) for part in element.itertext()))
