"""Accuracy of words and their order on pages transcribed by hand.

The folder has ``files/``, ``truth/`` with one text per page, and ``truth/index.json``: rows of ``truth``, ``file``,
``page`` (from 1) and ``infix``, which states that the truth covers a part of the page, so that the best matching part
counts. The signs ``º`` and ``°``, and the two forms of the apostrophe, print alike and count as one. The better of two
readings of a page counts: its text, and its text without head and foot. Footnotes count last, as they are printed,
although a paragraph that continues on the next page follows them in the text. Only the named pages are read, each with
up to two neighbours on either side, since running heads are recognised by repetition; of a form all pages, as a part of
the file has no values.

    python -m benchmarks.extraction_pages FOLDER [NAME ...]
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium

from extraction.document import BlockKind, Document, Furniture, FurnitureKind, Page
from extraction.image import read_image_file
from extraction.pdf.pdf import read_pdf

NEIGHBOURS = 2
ONE_SIGN = str.maketrans("°’", "º'")
HEADS = frozenset({FurnitureKind.RUNNING_HEAD, FurnitureKind.GAZETTE_LINE})


def matched(found: list[str], truth: list[str], infix: bool) -> float:
    """Return one minus the edit distance divided by the length of ``truth``.

    With ``infix`` the words of ``found`` before and after the best matching stretch are free.
    """
    codes = {word: code for code, word in enumerate({*found, *truth})}
    reference = np.array([codes[word] for word in truth])
    steps = np.arange(len(truth) + 1)
    row = steps.copy()
    best = int(row[-1])
    for number, word in enumerate(found, start=1):
        cheapest = np.minimum(row[1:] + 1, row[:-1] + (reference != codes[word]))
        row = np.minimum.accumulate(np.concatenate(([0 if infix else number], cheapest)) - steps) + steps
        best = min(best, int(row[-1]))
    return 1 - (best if infix else int(row[-1])) / max(1, len(truth))


def read_page(path: Path, number: int, folder: Path) -> tuple[Document, Page]:
    """Return the document of a page with its neighbours, and the page in it."""
    if path.suffix.lower() != ".pdf":
        document = read_image_file(path)
        return document, document.pages[number - 1]
    with pdfium.PdfDocument(path) as source, pdfium.PdfDocument.new() as part:
        if source.get_formtype() != pdfium.raw.FORMTYPE_NONE:
            document = read_pdf(path)
            return document, document.pages[number - 1]
        first = max(0, number - 1 - NEIGHBOURS)
        part.import_pages(source, list(range(first, min(len(source), number + NEIGHBOURS))))
        part.save(folder / path.name)
    document = read_pdf(folder / path.name)
    return document, document.pages[number - 1 - first]


def score(document: Document, page: Page, truth: list[str], infix: bool) -> float:
    """Return the words right and in order of a page, with or without its furniture."""
    body = _as_printed(document, page).translate(ONE_SIGN).split()
    head = [word for item in page.furniture if _is_above(item, page) for word in item.text.translate(ONE_SIGN).split()]
    foot = [
        word for item in page.furniture if not _is_above(item, page) for word in item.text.translate(ONE_SIGN).split()
    ]
    return max(matched(words, truth, infix) for words in (body, [*head, *body, *foot], [*head, *body]))


def _as_printed(document: Document, page: Page) -> str:
    """Return the text of a page with its footnotes last."""
    parts, notes, place = [], [], page.start
    for block in document.blocks:
        if block.kind is BlockKind.FOOTNOTE and page.start <= block.start < page.end:
            parts.append(document.text[place : block.start])
            notes.append(document.text[block.start : block.end])
            place = block.end
    return "\n".join([*parts, document.text[place : page.end], *notes])


def _is_above(item: Furniture, page: Page) -> bool:
    """Return whether furniture stands above the text."""
    return item.box.bottom < page.height / 2 if item.box else item.kind in HEADS


def main() -> None:
    folder, chosen = Path(sys.argv[1]), sys.argv[2:]
    rows = json.loads((folder / "truth" / "index.json").read_text(encoding="utf-8"))
    scores = []
    with tempfile.TemporaryDirectory() as scratch:
        for row in rows:
            path = folder / "files" / row["file"]
            if not path.exists() or (chosen and not any(name in row["truth"] for name in chosen)):
                continue
            truth = (folder / "truth" / row["truth"]).read_text(encoding="utf-8").translate(ONE_SIGN).split()
            document, page = read_page(path, row["page"], Path(scratch))
            scores.append(score(document, page, truth, row["infix"]))
            print(f"{scores[-1]:.3f}  {page.confidence:.2f} {page.origin:10}  {row['truth']}", flush=True)
    print(f"{np.mean(scores):.3f}  mean of {len(scores)} pages")


if __name__ == "__main__":
    main()
