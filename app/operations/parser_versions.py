"""Versions of the parsers that read files from others, and the patch levels from which they may be used.

Minimum versions are those that correct a published vulnerability in reading a file: Pillow CVE-2025-48379, libxml2
CVE-2025-6021, pdfminer.six CVE-2025-64512. PDFium has none here: it is fixed with the pinned version of pypdfium2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import version

MINIMUM: Mapping[str, str] = {"Pillow": "11.3.0", "libxml2": "2.14.4", "pdfminer.six": "20251230"}


def parser_versions() -> dict[str, str]:
    """Return the version of each parser, by name."""
    from lxml import etree
    from pypdfium2.version import PDFIUM_INFO

    return {
        "PDFium": str(PDFIUM_INFO.build),
        "libxml2": ".".join(map(str, etree.LIBXML_VERSION)),
        "Pillow": version("pillow"),
        "pdfminer.six": version("pdfminer.six"),
    }


def outdated(found: Mapping[str, str]) -> dict[str, str]:
    """Return the minimum version of each parser that is older."""
    return {name: least for name, least in MINIMUM.items() if _numbers(found[name]) < _numbers(least)}


def _numbers(written: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", written)))
