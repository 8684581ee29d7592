"""Share of the values of PDF forms that are read at their place.

The folder has ``files/`` and ``labels.json``: for each file the rows ``page`` (from 1), ``box`` (x0, top, x1, bottom in
points as displayed) and ``value``, or ``ticked`` for a tick box. A value counts if its words stand one after the other
in the text and lie in its box, or in the running head or foot of the page; a tick box if its own mark lies there.

    python -m benchmarks.form_values FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from extraction.characters import clean
from extraction.document import Document
from extraction.pdf.annotations import EMPTY, TICKED
from extraction.pdf.pdf import read_pdf

SLACK = 1.0  # points by which a word's centre may lie outside its field


def is_read(document: Document, row: dict[str, Any]) -> bool:
    """Return whether the value or mark of a labelled row is in the text at its place."""
    x0, top, x1, bottom = row["box"]
    words = document.words.rows
    x, y = (words["x0"] + words["x1"]) / 2, (words["top"] + words["bottom"]) / 2
    inside = (words["page"] == row["page"]) & (x > x0 - SLACK) & (x < x1 + SLACK)
    rows = words[np.flatnonzero(inside & (y > top - SLACK) & (y < bottom + SLACK))]
    value = "".join(clean(str(row.get("value", ""))).split())
    furniture = document.pages[int(str(row["page"])) - 1].furniture
    if value and any(value in "".join(item.text.split()) for item in furniture):
        return True
    if not len(rows):
        return False
    if "ticked" in row:
        mark = TICKED if row["ticked"] else EMPTY
        return any(document.text[word["start"] : word["end"]] == mark for word in rows)
    found = document.text[int(rows["start"].min()) : int(rows["end"].max())]
    return value in "".join(found.split())


def main() -> None:
    folder = Path(sys.argv[1])
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    totals = {"value": [0, 0], "ticked": [0, 0]}
    for name, rows in labels.items():
        document = read_pdf(folder / "files" / name)
        counts = {"value": [0, 0], "ticked": [0, 0]}
        for row in rows:
            kind = "ticked" if "ticked" in row else "value"
            right = is_read(document, row)
            counts[kind][0] += right
            counts[kind][1] += 1
            if not right and "-v" in sys.argv:
                print("  missed", row)
        print(f"{name:50} values {counts['value']}, boxes {counts['ticked']}", flush=True)
        for kind, (read, all_rows) in counts.items():
            totals[kind][0] += read
            totals[kind][1] += all_rows
    for kind, (read, all_rows) in totals.items():
        print(f"{read / max(1, all_rows):.3f}  {kind}: {read} of {all_rows}")


if __name__ == "__main__":
    main()
