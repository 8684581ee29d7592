"""Accuracy, speed and memory of PDF extraction, compared with plain pdfplumber in the same run.

Words in order: one minus the edit distance of words divided by the length of the truth. The truth is the typeset text
without running heads, page numbers and footnotes; for the real scan, its published transcript. Times are processor
seconds of this process, so that other load on the machine does not count; pages that are pictures, which we read by OCR
and pdfplumber does not read, are left out of the files whose text layer is measured.

    python -m benchmarks.pdf_extraction
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extraction.document import BlockKind, Document, TextOrigin
from extraction.pdf.images import render_page
from extraction.pdf.pdf import read_pdf

RESULTS = Path(__file__).parent / "results" / "pdf_extraction.json"
SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "pdf"
REAL = (
    "federal-register-2020-17221.pdf",
    "scotus-transcript-p1.pdf",
    "senate-expenditures.pdf",
    "2023-06-20-PV.pdf",
    "pdf_structure.pdf",
    "issue-33-lorem-ipsum.pdf",  # pages of ruled tables, whose cells plain pdfplumber does not find
    "word365_structure.pdf",
)
TURNS, REPEATS = 2, 2
WIDTH, HEIGHT = 595, 842
PAGES, LONG, SCANNED = 10, 1000, 2
SCAN_SCALE = 200 / 72
WORDS = {
    "es": """la autoridad requirente solicita que se practique diligencia mayor brevedad posible hechos investigados
    organización criminal operaba puertos región tribunal competente ordenó intervención comunicaciones mediante auto
    motivado copia certificada disposiciones legales aplicables señalar ejecución asistencia judicial recíproca""",
    "pt": """a autoridade requerida deverá cumprir o pedido nos termos da legislação interna salvo quando incompatível
    organização criminosa branqueamento capitais prisão preventiva conexões internacionais inquérito instrução não
    são exceções informações bancárias contas titulares cooperação jurídica apreensão ação penal""",
    "en": """the requested authority shall execute measures accordance with domestic law unless such execution would
    prejudice sovereignty security evidence obtained proceedings witness statements restraint confiscation proceeds
    offence jurisdiction competent judicial mutual assistance treaty request within reasonable time""",
    "fr": """la commission rogatoire est exécutée dans les formes prévues par législation de cet état les faits
    reprochés constituent infraction prévue réprimée blanchiment procureur général juge instruction enquête
    préliminaire sûreté déjà témoins auditionnés saisie pénale créances gelées""",
}


ASIDE = frozenset({BlockKind.FOOTNOTE, BlockKind.PAGE_HEAD, BlockKind.PAGE_FOOT})  # not in the truth


@dataclass
class Laid:
    """A generated file and its words."""

    path: Path
    truth: list[str] = field(default_factory=list)


def sentences(seed: int) -> Iterator[tuple[str, str]]:
    """Yield different paragraphs with their language."""
    chance = random.Random(seed)
    while True:
        language = chance.choice(sorted(WORDS))
        words = WORDS[language].split()
        parts = []
        for _ in range(chance.randint(2, 5)):
            sentence = [chance.choice(words) for _ in range(chance.randint(8, 24))]
            if chance.random() < 0.3:
                sentence.insert(3, f"{chance.randint(1, 400)}/{chance.randint(1980, 2024)},")
            parts.append(" ".join(sentence).capitalize() + ".")
        yield language, " ".join(parts)


def lines(text: str, width: float, size: float, chance: random.Random, hyphens: bool) -> list[str]:
    """Return ``text`` wrapped to ``width`` in points, with some long words hyphenated."""
    wrapped, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if stringWidth(longer, "Times-Roman", size) <= width:
            line = longer
            continue
        cut = len(word) // 2
        head = f"{line} {word[:cut]}-"
        fits = stringWidth(head, "Times-Roman", size) <= width
        if hyphens and line and len(word) > 8 and word.isalpha() and fits and chance.random() < 0.7:
            wrapped.append(head)
            line = word[cut:]
        else:
            wrapped.append(line)
            line = word
    return [*wrapped, line]


def lay_out(path: Path, pages: int, columns: int, seed: int, hyphens: bool = True) -> Laid:
    """Write ``pages`` of ``columns`` with running heads, page numbers and footnotes; paragraphs continue over pages."""
    laid, chance = Laid(path), random.Random(seed)
    size, gap = (10.0, 18.0) if columns < 3 else (8.5, 14.0)
    width = (WIDTH - 110 - gap * (columns - 1)) / columns
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    pending: list[tuple[str, float]] = []
    source = sentences(seed)
    for page in range(1, pages + 1):
        _edges(canvas, page, seed)
        for column in range(columns):
            top = 70.0
            while top < HEIGHT - 115:
                if not pending:
                    text = next(source)[1]
                    laid.truth += text.split()
                    wrapped = lines(text, width - 12, size, chance, hyphens)
                    pending = [(line, 12.0 if not number else 0.0) for number, line in enumerate(wrapped)]
                line, indent = pending.pop(0)
                canvas.setFont("Times-Roman", size)
                canvas.drawString(55 + column * (width + gap) + indent, HEIGHT - top - size, line)
                top += 1.2 * size
        canvas.showPage()
    while pending:  # the last paragraph was cut off
        rest = pending.pop(0)[0].split()
        del laid.truth[len(laid.truth) - len(rest) :]
    canvas.save()
    return laid


def _edges(canvas: Canvas, page: int, seed: int) -> None:
    canvas.setFont("Times-Italic", 8)
    canvas.drawString(55, HEIGHT - 40, "Gaceta de cooperación jurídica internacional")
    canvas.drawCentredString(WIDTH / 2, 30, f"- {page} -")
    if page % 2:
        canvas.setFont("Times-Roman", 7)
        canvas.drawString(55, 75, f"{page} Véase la nota verbal número {seed}-{page} de la autoridad central.")


def read_words(document: Document) -> list[str]:
    """Return the words of a document in order, without footnotes and what its first page has at its edges."""
    return [
        word
        for block in document.blocks
        if block.kind not in ASIDE
        for word in document.text[block.start : block.end].split()
    ]


def plumbed_words(path: Path) -> list[str]:
    """Return the words extracted by plain pdfplumber."""
    words: list[str] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            words += page.extract_text().split()
            page.close()
    return words


def right_in_order(found: list[str], truth: list[str]) -> float:
    """Return one minus the edit distance divided by the length of ``truth``."""
    codes = {word: code for code, word in enumerate({*found, *truth})}
    reference = np.array([codes[word] for word in truth])
    steps = np.arange(len(truth) + 1)
    row = steps.copy()
    for number, word in enumerate(found, start=1):
        best = np.minimum(row[1:] + 1, row[:-1] + (reference != codes[word]))
        row = np.minimum.accumulate(np.concatenate(([number], best)) - steps) + steps
    return 1 - int(row[-1]) / max(1, len(truth))


def found_at_all(found: list[str], truth: list[str]) -> float:
    """Return the share of the words of ``truth`` that were found, in any order."""
    left = {word: found.count(word) for word in set(truth)}
    return sum(min(count, left[word]) for word in left for count in [truth.count(word)]) / max(1, len(truth))


def seconds(*works: Callable[[], object]) -> list[float]:
    """Return the median processor seconds of each of ``works``.

    They alternate, so that the load is the same for all; the first run of each turn, for warming up, does not count.
    """
    measured: list[list[float]] = [[] for _ in works]
    for _ in range(TURNS):
        for work, times in zip(works, measured, strict=True):
            work()
            for _ in range(REPEATS):
                start = time.process_time()
                work()
                times.append(time.process_time() - start)
    return [statistics.median(times) for times in measured]


def text_pages(path: Path, folder: Path) -> Path:
    """Return ``path``, or a copy in ``folder`` without its pages that are read by OCR."""
    pages = read_pdf(path).pages
    chosen = [page.number - 1 for page in pages if page.origin is TextOrigin.TEXT_LAYER]
    if len(chosen) == len(pages):
        return path
    with pdfium.PdfDocument(path) as source, pdfium.PdfDocument.new() as part:
        part.import_pages(source, chosen)
        part.save(folder / path.name)
    return folder / path.name


def text_row(name: str, laid: Laid) -> dict[str, object]:
    """Return accuracy and speed on a file with a text layer."""
    document = read_pdf(laid.path)
    pages = len(document.pages)
    own_seconds, plain = seconds(lambda: read_pdf(laid.path), lambda: plumbed_words(laid.path))
    row: dict[str, object] = {
        "file": name,
        "pages": pages,
        "pages_per_s": round(pages / own_seconds, 1),
        "pdfplumber_pages_per_s": round(pages / plain, 1),
        "times_faster": round(plain / own_seconds, 1),
    }
    if laid.truth:
        found, plumbed = read_words(document), plumbed_words(laid.path)
        row |= {
            "in_order": round(right_in_order(found, laid.truth), 4),
            "pdfplumber_in_order": round(right_in_order(plumbed, laid.truth), 4),
            "found": round(found_at_all(found, laid.truth), 4),
            "pdfplumber_found": round(found_at_all(plumbed, laid.truth), 4),
        }
    return row


def scan(laid: Laid, path: Path, degrees: float) -> Path:
    """Write images of the pages of a file, rotated, blurred and noisy, and return their path."""
    noise = np.random.default_rng(1)
    images = []
    for number in range(1, SCANNED + 1):
        grey = render_page(laid.path, number, scale=SCAN_SCALE).convert("L")
        crooked = grey.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC)
        soft = np.asarray(crooked.filter(ImageFilter.GaussianBlur(0.6)), np.float32)
        images.append(Image.fromarray(np.clip(soft + noise.normal(0, 8, soft.shape), 0, 255).astype(np.uint8)))
    images[0].save(path, save_all=True, append_images=images[1:], resolution=200)
    return path


def scan_row(name: str, path: Path, truth: list[str]) -> dict[str, object]:
    document = read_pdf(path)
    found = read_words(document)
    return {
        "file": name,
        "pages": len(document.pages),
        "in_order": round(right_in_order(found, truth), 4),
        "found": round(found_at_all(found, truth), 4),
        "confidence": round(float(np.mean([page.confidence for page in document.pages])), 3),
    }


def memory_row(path: Path, pages: int) -> dict[str, object]:
    """Return the peak memory of reading a long file in a separate process."""
    completed = subprocess.run(
        [sys.executable, __file__, "--read", str(path)], capture_output=True, text=True, check=True
    )
    megabytes, words = completed.stdout.split()
    return {"file": path.name, "pages": pages, "peak_mb": round(float(megabytes)), "words": int(words)}


def table(title: str, rows: list[dict[str, object]]) -> None:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    print(f"\n{title}\n| {' | '.join(keys)} |\n|{'---|' * len(keys)}")
    for row in rows:
        print(f"| {' | '.join(str(row.get(key, '')) for key in keys)} |")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        laid = {columns: lay_out(home / f"{columns}.pdf", PAGES, columns, columns) for columns in (1, 2, 3)}
        text = [text_row(f"generated, columns: {columns}", file) for columns, file in laid.items()]
        real = [path for name in REAL if (path := SHARED / "pdfplumber" / name).exists()]
        text += [text_row(path.name, Laid(text_pages(path, home))) for path in real]
        scans = []
        for columns, degrees in ((1, 1.5), (2, -1.0)):
            short = lay_out(home / f"short{columns}.pdf", SCANNED, columns, 10 + columns)
            scanned = scan(short, home / f"scan{columns}.pdf", degrees)
            scans.append(scan_row(f"generated scan, columns: {columns}, {degrees} degrees", scanned, short.truth))
        if (linn := SHARED / "ocrmypdf" / "linn.pdf").exists():
            scans.append(scan_row("linn.pdf", linn, linn.with_suffix(".txt").read_text(encoding="utf-8").split()))
        memory = [memory_row(lay_out(home / "long.pdf", LONG, 2, 5).path, LONG)]
    table("Text layer", text)
    table("Scans", scans)
    table("Memory", memory)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"text": text, "scans": scans, "memory": memory}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read = read_pdf(Path(sys.argv[2]))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(read.words.rows))
    else:
        main()
