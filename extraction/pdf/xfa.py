"""Values of XFA forms (Adobe XML Forms Architecture), whose pages are drawn by the viewer and are not in the file.

The template gives the captions of the fields, the datasets their values (XFA 3.3, chapters 3 and 4).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class XfaField:
    """A field of the template: its caption, and the value that it has when ticked (a tick box or radio button)."""

    caption: str
    ticked: str = ""


def xfa_lines(pdf: pdfium.PdfDocument) -> list[str]:
    """Return one line for each value of the form, with its caption or, without one, its name; at most ``MAX_VALUES``.

    A form whose XML cannot be read has no lines.
    """
    try:
        roots = {name: without_namespaces(parse_xml(content)) for name, content in _packets(pdf).items()}
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
            children = without_namespaces(parse_xml(content))
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
    for field in template.iter("field"):
        if name := field.get("name", ""):
            yield name, _field(field)


def _groups(template: etree._Element) -> Iterator[tuple[str, list[XfaField]]]:
    """Yield name and members of every group of radio buttons."""
    for group in template.iter("exclGroup"):
        if name := group.get("name", ""):
            yield name, [_field(field) for field in group.iterchildren("field")]


def _field(field: etree._Element) -> XfaField:
    caption = field.find("caption/value")
    items = [_text(item) for item in field.findall("items/*")]
    is_box = field.find("ui/checkButton") is not None
    return XfaField("" if caption is None else _text(caption), (items[0] if items else "1") if is_box else "")


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
    field = fields.get(name, XfaField(""))
    label = field.caption or name.replace("_", " ").strip()
    if field.ticked:
        yield f"{TICKED if value == field.ticked else EMPTY} {label}"
    elif value:
        yield f"{label}{' ' if label.endswith((':', '?')) else ': '}{value}"


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
