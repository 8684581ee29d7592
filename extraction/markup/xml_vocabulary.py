"""Official statutes in XML whose vocabulary is known: numbers before their text, citations within their sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from extraction.resource import load

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def vocabulary_of(root: etree._Element) -> Mapping[str, Any] | None:
    """Return the row of ``xml_vocabularies.yaml`` for a tree without namespaces, ``None`` where its root is unknown."""
    rows: tuple[Mapping[str, Any], ...] = load("extraction.xml_vocabularies")
    return next((row for row in rows if root.tag in row["roots"]), None)


def as_html(root: etree._Element, vocabulary: Mapping[str, Any]) -> None:
    """Rename the elements of ``root`` in place so that :class:`extraction.markup.html_blocks.HtmlBlocks` reads them.

    Inline elements become ``span``, titles headings, what is no wording ``template``, which is not read; a number moves
    into the first text behind it.
    """
    inline, unread = frozenset(vocabulary["inline"]), frozenset(vocabulary["unread"])
    label = ""
    for element in list(root.iter(etree.Element)):
        tag = str(element.tag)
        if tag == vocabulary["label"]:
            label = f"{label} {_shown(element, vocabulary)}".strip()
            element.tag = "template"
        elif tag in unread:
            element.tag = "template"
        elif tag in inline:
            element.tag = "span"
        elif level := vocabulary["headings"].get(tag):
            element.tag = f"h{level}"
            if label and tag == vocabulary.get("labelled_heading"):
                element.text, label = f"{label} {(element.text or '').lstrip()}", ""
        elif tag == "Text" and label:
            element.text, label = f"{label} {(element.text or '').lstrip()}", ""


def metadata_of(root: etree._Element, vocabulary: Mapping[str, Any]) -> dict[str, str]:
    """Return the state and the title of the statute."""
    titles = (root.find(f".//{name}") for name in vocabulary["title"])
    title = next((" ".join("".join(map(str, found.itertext())).split()) for found in titles if found is not None), "")
    return {"country": vocabulary["country"]} | ({"title": title} if title else {})


def _shown(element: etree._Element, vocabulary: Mapping[str, Any]) -> str:
    parent = element.getparent()
    number = " ".join("".join(map(str, element.itertext())).split())
    language = element.getroottree().getroot().get(_LANGUAGE, "")[:2]
    shown = vocabulary.get(f"shown_{language}", vocabulary["shown"])
    form = shown.get(str(parent.tag) if parent is not None else "", "{}")
    return number if number.startswith("(") else str(form).format(number)
