"""YAML front matter of a text file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

import yaml

_BLOCK = re.compile(r"\A---[ \t]*\n(.{0,100000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"^([A-Za-z_][\w -]*):[ \t]*(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """``metadata`` with unconverted values (a date stays ``2010-05-05``), and the text after the front matter.

    HTML entities, which scraped titles contain (``tr&aacute;fico``), are decoded.
    """

    metadata: dict[str, str]
    body: str
    warnings: tuple[str, ...] = ()


def split_front_matter(text: str) -> FrontMatter:
    """Split ``text`` into front matter and body.

    Front matter that is not valid YAML is read line by line, with the warning ``front_matter_malformed``.
    """
    match = _BLOCK.match(text)
    if match is None:
        return FrontMatter({}, text)
    body = text[match.end() :]
    try:
        values = _load(match[1])
    except (yaml.YAMLError, RecursionError):
        pairs = {key: unescape(value.strip(" '\"")) for key, value in _LINE.findall(match[1])}
        return FrontMatter(pairs, body, ("front_matter_malformed",)) if pairs else FrontMatter({}, text)
    if not isinstance(values, dict):
        return FrontMatter({}, text)
    return FrontMatter({str(key): text for key, value in values.items() if (text := _as_text(value))}, body)


def _load(source: str) -> object:
    """Parse YAML with all scalars as strings; aliases, which can multiply content, raise ``yaml.YAMLError``."""
    if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(source)):
        raise yaml.YAMLError("alias")
    return yaml.load(source, Loader=yaml.BaseLoader)


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(unescape(item) for item in value if isinstance(item, str))
    return unescape(value) if isinstance(value, str) else ""
