"""Annotations of a PDF page (ISO 32000-1, 12.5): values of form fields, tick boxes, typed text, stamps and comments.

pdfium resolves the inheritance of fields, bounds their nesting and breaks cycles; scripts are never run.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extraction.characters import clean
from extraction.document import Box
from extraction.pdf.characters import Place
from extraction.pdf.field_names import readable_name
from extraction.pdf.printed_numbers import NUMBER, printed_number

MAX_ANNOTATIONS = 20_000  # of one page
MAX_VALUE = 200_000  # characters of one field
MAX_OPTIONS = 2_000  # of one list
TICKED, EMPTY = "☒", "☐"
_INVISIBLE = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_BOXES = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_NORMAL = raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL
_LISTS = (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_COMMENTS = frozenset(
    {
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_CARET,
        raw.FPDF_ANNOT_LINE,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_POLYLINE,
        raw.FPDF_ANNOT_INK,
    }
)
_READ = _COMMENTS | {raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP}
# ISO 32000-1, table 181
_STANDARD_STAMPS = frozenset(
    "Approved Experimental NotApproved AsIs Expired NotForPublicRelease Confidential Final Sold Departmental "
    "ForComment TopSecret Draft ForPublicRelease".split()
)
_FONT_SIZE = re.compile(r"([\d.]+)\s+Tf")


class AnnotationKind(StrEnum):
    """What an annotation adds to its page."""

    VALUE = "value"  # the value of a field, or text typed on the page
    TICK_BOX = "tick_box"
    STAMP = "stamp"
    COMMENT = "comment"
    STRIKE_OUT = "strike_out"
    CONTROL = "control"  # an empty field, a password or a button: nothing to read


FIELDS = frozenset({AnnotationKind.VALUE, AnnotationKind.TICK_BOX, AnnotationKind.CONTROL})


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation with its text and rectangle; ``size`` is the type size in points, 0 if the viewer chooses it.

    ``name`` is that of a field if people can read it.
    """

    kind: AnnotationKind
    text: str
    box: Box
    size: float = 0.0
    multiline: bool = False
    name: str = ""


def page_annotations(pdf: pdfium.PdfDocument, page: pdfium.PdfPage) -> list[Annotation]:
    """Return the visible fields, comments, stamps and typed texts of ``page``, at most ``MAX_ANNOTATIONS``, in order.

    Values of form fields need the forms of ``pdf`` to be initialised before the page was loaded.
    """
    count = min(raw.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)
    if count <= 0:
        return []
    place = Place(page.get_bbox(), page.get_rotation())
    found: list[Annotation] = []
    for index in range(count):
        handle = raw.FPDFPage_GetAnnot(page, index)
        if handle:
            try:
                found += _read(pdf.formenv, handle, place)
            finally:
                raw.FPDFPage_CloseAnnot(handle)
    return found


def _read(form: Any, handle: Any, place: Place) -> Iterator[Annotation]:
    if raw.FPDFAnnot_GetFlags(handle) & _INVISIBLE:
        return
    subtype = raw.FPDFAnnot_GetSubtype(handle)
    if subtype not in _READ:  # most are links
        return
    box = _box(handle, place)
    if subtype == raw.FPDF_ANNOT_WIDGET:
        if form is not None:
            yield from _field(form, handle, box)
    elif subtype == raw.FPDF_ANNOT_FREETEXT:
        if text := _entry(handle, "Contents"):
            size = _FONT_SIZE.search(_entry(handle, "DA"))
            yield Annotation(AnnotationKind.VALUE, text, box, _number(size[1]) if size else 0.0, multiline=True)
    elif subtype == raw.FPDF_ANNOT_STAMP:
        if text := _entry(handle, "Contents") or _stamp_name(handle):
            yield Annotation(AnnotationKind.STAMP, text, box)
    elif subtype in _COMMENTS:
        if subtype == raw.FPDF_ANNOT_STRIKEOUT:
            yield Annotation(AnnotationKind.STRIKE_OUT, "", box)
        if text := _entry(handle, "Contents"):
            author = _entry(handle, "T")
            yield Annotation(AnnotationKind.COMMENT, f"{author}: {text}" if author else text, box)


def _stamp_name(handle: Any) -> str:
    """Return the name of a stamp if it is what the stamp prints.

    Viewers draw a stamp without a drawing of its own by its name; programs name drawings as they like.
    """
    name = _entry(handle, "Name")
    drawn = raw.FPDFAnnot_GetObjectCount(handle) > 0
    return "" if drawn and name not in _STANDARD_STAMPS else name


def _field(form: Any, handle: Any, box: Box) -> Iterator[Annotation]:
    kind = raw.FPDFAnnot_GetFormFieldType(form, handle)
    if kind == raw.FPDF_FORMFIELD_SIGNATURE:
        return
    if kind in _BOXES:
        mark = TICKED if raw.FPDFAnnot_IsChecked(form, handle) else EMPTY
        yield Annotation(AnnotationKind.TICK_BOX, mark, box, name=_name(form, handle, kind))
        return
    flags = raw.FPDFAnnot_GetFormFieldFlags(form, handle)
    value = _value(form, handle, kind, flags)
    if not value.strip():
        yield Annotation(AnnotationKind.CONTROL, "", box)
        return
    size = ctypes.c_float()
    raw.FPDFAnnot_GetFontSize(form, handle, size)
    multiline = kind == raw.FPDF_FORMFIELD_LISTBOX or bool(flags & raw.FPDF_FORMFLAG_TEXT_MULTILINE)
    yield Annotation(AnnotationKind.VALUE, value, box, _number(size.value), multiline, _name(form, handle, kind))


def _name(form: Any, handle: Any, kind: int) -> str:
    """Return the readable name of a field; of a radio button with the option that it stands for."""
    names = (raw.FPDFAnnot_GetFormFieldAlternateName, raw.FPDFAnnot_GetFormFieldName)
    name = readable_name(*(_string(function, form, handle) for function in names))
    if kind != raw.FPDF_FORMFIELD_RADIOBUTTON:
        return name
    option = readable_name("", _string(raw.FPDFAnnot_GetFormFieldExportValue, form, handle))
    return ", ".join(filter(None, (name, option)))


def _value(form: Any, handle: Any, kind: int, flags: int) -> str:
    """Return what a text field or list shows; other fields and passwords have no value to read."""
    if kind in _LISTS and (labels := _selected(form, handle)):
        return labels
    if kind in _LISTS:
        return _string(raw.FPDFAnnot_GetFormFieldValue, form, handle)
    if kind != raw.FPDF_FORMFIELD_TEXTFIELD or flags & raw.FPDF_FORMFLAG_TEXT_PASSWORD:
        return ""
    value = _string(raw.FPDFAnnot_GetFormFieldValue, form, handle)
    is_number = NUMBER.fullmatch(value) is not None
    return printed_number(value, _string(raw.FPDFAnnot_GetAP, handle, _NORMAL)) if is_number else value


def _selected(form: Any, handle: Any) -> str:
    """Return the labels of the selected options of a list, one a line; values may be codes that nobody sees."""
    count = min(raw.FPDFAnnot_GetOptionCount(form, handle), MAX_OPTIONS)
    chosen = [index for index in range(count) if raw.FPDFAnnot_IsOptionSelected(form, handle, index)]
    return "\n".join(_string(raw.FPDFAnnot_GetOptionLabel, form, handle, index) for index in chosen)


def _box(handle: Any, place: Place) -> Box:
    rectangle = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(handle, rectangle)
    x = sorted((rectangle.left, rectangle.right))
    y = sorted((rectangle.bottom, rectangle.top))
    x0, top, x1, bottom = place.displayed(np.array([[x[0], y[0], x[1], y[1]]], np.float32))[0].tolist()
    return Box(x0, top, x1, bottom)


def _entry(handle: Any, key: str) -> str:
    return _string(raw.FPDFAnnot_GetStringValue, handle, key.encode()).strip()


def _string(function: Callable[..., int], *arguments: Any) -> str:
    """Return the UTF-16 string that a pdfium function writes, at most ``MAX_VALUE`` characters of it."""
    length = function(*arguments, None, 0)
    if not 2 < length <= 8 * MAX_VALUE:
        return ""
    buffer = ctypes.create_string_buffer(length)
    function(*arguments, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return clean(buffer.raw.decode("utf-16-le", "replace").rstrip("\0"))[:MAX_VALUE]


def _number(value: str | float) -> float:
    try:
        number = float(value)
    except ValueError:
        return 0.0
    return number if 0.0 < number < 200.0 else 0.0
