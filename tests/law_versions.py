"""Files of one Uruguayan law, each an expression in force from a day."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

HEAD = """---
title: "Ley Nº 19574 - Ley integral contra el lavado de activos"
country: "uy"
official_type: "Ley"
official_number: "19574"
year: "2017"
in_force_from: {day}
---
# Ley Nº 19574

"""


def write_versions(folder: Path, versions: Mapping[str, Mapping[str, str]]) -> None:
    """Write ``YYYY-MM-DD.md`` for each day, with the articles (number and text) that the law has from then on."""
    for day, articles in versions.items():
        text = "\n".join(f"## Artículo {number}\n\n{words}\n" for number, words in articles.items())
        (folder / f"{day}.md").write_text(HEAD.format(day=day) + text, encoding="utf-8")
