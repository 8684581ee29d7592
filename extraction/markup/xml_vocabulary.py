"""Official statutes in XML whose vocabulary is known: numbers before their text, citations within their sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from extraction.markup.typed_lines import paragraphs
from extraction.markup.xml_tree import empty, words_in
from extraction.resource import load

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_EIGHT_DIGITS = re.compile(r"(1[5-9]\d\d|2\d{3})(0[1-9]|1[0-2])([0-2]\d|3[01])")
_OWN_MARK = re.compile(r"^(?:\d{1,3}|\*+)\s+")
_YES = "s"  # of Portuguese attributes
_OMITTED = "....."
_DAY_FIRST = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


def vocabulary_of(root: etree._Element) -> Mapping[str, Any] | None:
    """Return the row of ``xml_vocabularies.yaml`` for a tree without namespaces, ``None`` if its root is unknown.

    A row with ``contains`` (a path) applies only to trees that have that path.
    """
    rows: tuple[Mapping[str, Any], ...] = load("extraction.xml_vocabularies")
    return next((row for row in rows if root.tag in row["roots"] and _has(root, row.get("contains", "."))), None)


def _has(root: etree._Element, path: str) -> bool:
    return root.find(path) is not None


def as_html(root: etree._Element, vocabulary: Mapping[str, Any]) -> None:
    """Rename the elements of ``root`` in place so that :class:`extraction.markup.html_blocks.HtmlBlocks` can read them.

    Inline elements become ``span``, titles headings, and elements without wording ``template``, which is not read; a
    number moves into the first text after it, and a note, as ``footnote``, behind the text that has its mark.
    Superseded versions of a part, and parts that the text repeats, are omitted; parts that are
    printed struck through too, and leave a mark that a reader warns of.
    """
    _keep_latest(root, vocabulary.get("latest", {}))
    _leave_out_repeated(root, vocabulary.get("repeated", {}))
    for attribute, value in vocabulary.get("struck", {}).items():
        for element in root.findall(f".//*[@{attribute}='{value}']"):
            _strike_out(element)
    for name, attribute in vocabulary.get("characters", {}).items():
        for element in root.iter(name):
            element.text = _character(element.get(attribute, ""))
    if quoted := vocabulary.get("quoted"):
        _quote(root, quoted, frozenset(vocabulary.get("texts", ())))
    for name, sign in vocabulary.get("signs", {}).items():
        for element in root.iter(name):
            element.tag, element.text = "span", sign
    for element in [heading for name in vocabulary.get("joined", ()) for heading in root.iter(name)]:
        _join(element)
    if notes := vocabulary.get("notes"):
        _part_notes(root, notes, vocabulary)
    for element in [line for name in vocabulary.get("lines", ()) for line in root.iter(name)]:
        _part_lines(element)
    inline, unread = frozenset(vocabulary.get("inline", ())), frozenset(vocabulary["unread"])
    labels, texts = frozenset(vocabulary.get("labels", ())), frozenset(vocabulary.get("texts", ()))
    headings, named = vocabulary.get("headings", {}), vocabulary.get("html", {})
    label = ""
    for element in list(root.iter(etree.Element)):
        tag = str(element.tag)
        if tag in labels:
            label = f"{label} {_shown(element, vocabulary)}".strip()
            element.tag = "template"
        elif tag in unread:
            element.tag = "template"
        elif tag in inline:
            element.tag = "span"
        elif tag in named:
            element.tag = named[tag]
            element.attrib.update({name.lower(): value for name, value in element.attrib.items() if name.isupper()})
        elif level := headings.get(tag):
            element.tag = f"h{level}"
            if label and tag == vocabulary.get("labelled_heading"):
                element.text, label = f"{label} {(element.text or '').lstrip()}", ""
        elif tag in texts and label and _has_own_text(element, inline):
            element.text, label = f"{label} {(element.text or '').lstrip()}", ""


def _character(code: str) -> str:
    """Return the character with a hexadecimal code, ``""`` if it is no printable one."""
    character = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""
    return character if character.isprintable() else ""


def metadata_of(root: etree._Element, vocabulary: Mapping[str, Any]) -> dict[str, str]:
    """Return the state, the title and the other metadata of the vocabulary; dates in ISO 8601."""
    titles = (root.find(f".//{name}") for name in vocabulary["title"])
    inline = frozenset(vocabulary.get("inline", ()))
    notes = frozenset({vocabulary.get("notes", {}).get("element", "")})
    title = next((" ".join(_spaced(found, inline, notes).split()) for found in titles if found is not None), "")
    named = {
        key: next(filter(None, (_value(root, path) for path in paths.split(" | "))), "")
        for key, paths in vocabulary.get("metadata", {}).items()
    }
    found = {"country": vocabulary.get("country", ""), "type": vocabulary.get("type", ""), "title": title} | named
    return {key: value for key, value in found.items() if value and value != vocabulary.get("no_date")}


def _value(root: etree._Element, path: str) -> str:
    """Return the text at ``path``, or an attribute for ``path@name``; dates (20990102, 02/01/2099) in ISO 8601."""
    place, _, attribute = path.partition("@")
    element = root.find(place)
    if element is None:
        return ""
    value = element.get(attribute, "") if attribute else words_in(element)
    if _EIGHT_DIGITS.fullmatch(value):
        return _EIGHT_DIGITS.sub(r"\1-\2-\3", value)
    return _DAY_FIRST.sub(r"\3-\2-\1", value) if _DAY_FIRST.fullmatch(value) else value


def _spaced(element: etree._Element, inline: frozenset[str], left_out: frozenset[str] = frozenset()) -> str:
    """Return the text of an element, without those ``left_out``, with spaces around that of those not ``inline``."""
    text = element.text or ""
    for child in element.iterchildren(etree.Element):
        inner = "" if child.tag in left_out else _spaced(child, inline, left_out)
        text += (inner if str(child.tag) in inline else f" {inner} ") + (child.tail or "")
    return text


def _join(heading: etree._Element) -> None:
    """Replace the content of ``heading`` by its text in one line."""
    text = " ".join(_spaced(heading, frozenset({"b", "i", "font", "span", "xref", "su", "sb"})).split())
    for child in list(heading):
        heading.remove(child)
    heading.text = text


def _strike_out(element: etree._Element) -> None:
    """Replace ``element`` by an empty one that HTML would show struck through, so that readers warn of it."""
    empty(element)
    element.tag = "span"
    element.set("style", "text-decoration: line-through")


def _quote(root: etree._Element, quoted: Mapping[str, str], texts: frozenset[str]) -> None:
    """Write the quotation marks around wording for another law, and dots for wording that remains as it is there.

    ``quoted`` names the attributes of the elements at which the marks open and close, of the note behind them (``NR``)
    and of elements without their wording, and the element in place of omitted parts, which becomes a ``p``.
    """
    for element in root.iter(etree.Element):
        if element.get(quoted["omitted"]) == _YES or element.tag == quoted["part"]:
            element.insert(0, etree.Element("p"))
            element[0].text = _OMITTED
    for element in root.findall(f".//*[@{quoted['opens']}='{_YES}']"):
        first = next((inner for inner in element.iter(etree.Element) if (inner.text or "").strip()), element)
        first.text = f"“{(first.text or '').lstrip()}"
    for element in root.findall(f".//*[@{quoted['closes']}='{_YES}']"):
        last = next((inner for inner in reversed(list(element.iter(etree.Element))) if inner.tag in texts), element)
        note = f" ({element.get(quoted['note'])})" if element.get(quoted["note"]) else ""
        _append(last, f"”{note}")


def _append(element: etree._Element, ending: str) -> None:
    """Write ``ending`` behind the text of ``element`` and of what is in it."""
    if len(element):
        element[-1].tail = f"{(element[-1].tail or '').rstrip()}{ending}"
    else:
        element.text = f"{(element.text or '').rstrip()}{ending}"


def _keep_latest(root: etree._Element, versioned: Mapping[str, str]) -> None:
    """Remove all but the last of the versions of a part, which are in chronological order."""
    for part, version in versioned.items():
        for element in list(root.iter(part)):
            for superseded in element.findall(version)[:-1]:
                element.remove(superseded)


def _leave_out_repeated(root: etree._Element, repeated: Mapping[str, str]) -> None:
    """Remove each part whose wording is also in the other part, such as the title that a gazette prints with a text."""
    for part, whole in repeated.items():
        wording = " ".join(_spaced(element, frozenset()) for element in root.iter(whole))
        wording = " ".join(wording.split()).casefold()
        for element in list(root.iter(part)):
            parent = element.getparent()
            if parent is not None and words_in(element).casefold() in wording:
                parent.remove(element)


def _part_notes(root: etree._Element, notes: Mapping[str, str], vocabulary: Mapping[str, Any]) -> None:
    """Put the mark of each note, ``[1]``, in its place, and the note behind the block in which it stands.

    A note without wording only repeats the mark of another; ``mark`` names the element in a note that prints its own.
    """
    inline, cells = frozenset(vocabulary.get("inline", ())), frozenset(vocabulary.get("html", ()))
    marks: dict[str, str] = {}
    last_behind: dict[etree._Element, etree._Element] = {}
    for number, note in enumerate(list(root.iter(notes["element"]))):
        name = note.get(notes["same"]) or note.get(notes["id"]) or str(number)
        mark = marks.setdefault(name, f"[{len(marks) + 1}]")
        for printed in note.findall(notes.get("mark", "")) if "mark" in notes else ():
            note.remove(printed)
        text = " ".join(_spaced(note, inline).split())
        text = _OWN_MARK.sub("", text) if "mark" in notes else text
        block = next((above for above in note.iterancestors() if above.tag not in inline), root)
        empty(note)
        note.tag, note.text = "span", mark
        if not text:
            continue
        footnote = etree.Element("footnote")
        footnote.text = f"{mark} {text}"
        if block is root or block.tag in cells:
            block.append(footnote)
        else:
            last_behind.get(block, block).addnext(footnote)
            last_behind[block] = footnote


def _part_lines(element: etree._Element) -> None:
    """Wrap each paragraph of an element's text, which has lines as typed, in an element."""
    lines = paragraphs(element.text or "")
    element.text = None
    for place, line in enumerate(lines):
        paragraph = etree.Element("p")
        paragraph.text = line
        element.insert(place, paragraph)


def _has_own_text(element: etree._Element, inline: frozenset[str]) -> bool:
    first = next(iter(element.iterchildren(etree.Element)), None)
    if first is None or (element.text or "").strip():
        return bool((element.text or "").strip())
    return str(first.tag) in inline or (first.tag == "br" and bool((first.tail or "").strip()))


def _shown(element: etree._Element, vocabulary: Mapping[str, Any]) -> str:
    parent = element.getparent()
    number = words_in(element)
    language = element.getroottree().getroot().get(_LANGUAGE, "")[:2]
    shown = vocabulary.get(f"shown_{language}", vocabulary.get("shown", {}))
    form = shown.get(str(parent.tag) if parent is not None else "", "{}")
    return number if number.startswith("(") else str(form).format(number)
