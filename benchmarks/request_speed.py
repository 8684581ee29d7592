"""Time from the PDF of a file of sixty pages to its fields, without OCR, by step.

The file consists of the invented letters of ``tests/gold/requests.jsonl``: a request, then further letters as its
annexes, up to sixty pages. Times are elapsed seconds and processor seconds, which depend less on the load of the
machine; the models are loaded beforehand, as in a server.

    python -m benchmarks.request_speed [--pages 60]
"""

from __future__ import annotations

import argparse
import json
import tempfile
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extraction.pdf.pdf import read_pdf
from nlp.pipeline import annotate
from nlp.requests.reading import read_request

ROOT = Path(__file__).resolve().parent.parent

LETTERS = ROOT / "tests" / "gold" / "requests.jsonl"
COLUMNS, LINES, LEADING = 92, 50, 14
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=60)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "request.pdf"
        lay_out(path, pages)
        warm = "Se solicita la remisión de los extractos de la cuenta."
        read_request(warm, annotate(warm))
        document = timed("text", lambda: read_pdf(path))
        annotations = timed("annotations", lambda: annotate(document.text))
        found = timed("fields", lambda: read_request(document.text, annotations, document.blocks))
    print(f"{len(document.pages)} pages, {len(document.text):,} characters, {len(found.parts)} parts")


def timed(name: str, work: Callable[[], T]) -> T:
    """Print how long ``work`` takes, by the clock and of processor, and return its result."""
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    print(f"{name:12} clock {time.perf_counter() - clock:6.2f} s  processor {time.process_time() - processor:6.2f} s")
    return result


def lay_out(path: Path, pages: int) -> None:
    """Write letters as a PDF of so many pages; every letter but the first under a heading of an annex."""
    texts = [json.loads(line)["text"] for line in LETTERS.read_text(encoding="utf-8").splitlines()]
    lines: list[str] = []
    for number in range(10_000):
        if len(lines) >= pages * LINES:
            break
        lines += ["", f"ANEXO {number}", ""] if number else []
        for paragraph in texts[number % len(texts)].split("\n"):
            lines += textwrap.wrap(paragraph, COLUMNS) or [""]
    canvas = Canvas(str(path), pagesize=A4)
    for first in range(0, pages * LINES, LINES):
        canvas.setFont("Helvetica", 10)
        for place, line in enumerate(lines[first : first + LINES]):
            canvas.drawString(60, A4[1] - 60 - place * LEADING, line)
        canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    main()
