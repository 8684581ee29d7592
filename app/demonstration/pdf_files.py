"""Drafts as PDF with one or two columns, running heads and page numbers; and as scans of such a PDF."""

from __future__ import annotations

from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus import Paragraph as Flow

from app.demonstration.writing import Draft

MARGIN, GUTTER = 62.0, 18.0
SCAN_DPI = 200


def write_pdf(draft: Draft, path: Path, rng: Random, *, columns: int = 1, password: str = "") -> None:
    """Write ``draft`` with ``columns`` columns, a running head, and the page number in one of three places."""
    width, height = rng.choice([A4, LETTER])
    face = rng.choice([("Times-Roman", "Times-Bold"), ("Helvetica", "Helvetica-Bold")])
    size = rng.choice([9.5, 10.5, 11.0, 12.0]) if columns == 1 else 9.0
    column = (width - 2 * MARGIN - GUTTER * (columns - 1)) / columns
    frames = [
        Frame(MARGIN + place * (column + GUTTER), MARGIN, column, height - 2 * MARGIN - 14, 0, 0, 0, 0)
        for place in range(columns)
    ]
    numbering = rng.choice(["– {n} –", "{n}", "p. {n}"])
    head = draft.title.partition("\n")[0][:70]

    def furniture(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont(face[0], 8)
        canvas.drawString(MARGIN, height - 40, head)
        canvas.drawCentredString(width / 2, 34, numbering.format(n=template.page))

    template = BaseDocTemplate(
        str(path),
        pagesize=(width, height),
        title=draft.title,
        encrypt=StandardEncryption(password, canPrint=1) if password else None,
        invariant=1,
    )
    template.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    template.build(_story(draft, face, size))


def _story(draft: Draft, face: tuple[str, str], size: float) -> list[Flowable]:
    body = ParagraphStyle(
        "body", fontName=face[0], fontSize=size, leading=size * 1.25, alignment=TA_JUSTIFY, spaceAfter=size * 0.6
    )
    heading = ParagraphStyle("heading", body, fontName=face[1], alignment=0, spaceBefore=size * 0.5, keepWithNext=1)
    title = ParagraphStyle("title", heading, fontSize=size * 1.4, leading=size * 1.7, alignment=TA_CENTER)
    item = ParagraphStyle("item", body, leftIndent=size * 1.5)
    styles = {"title": title, "heading": heading, "item": item}
    return [
        Flow(escape(paragraph.text).replace("\n", "<br/>"), styles.get(paragraph.kind, body))
        for paragraph in draft.paragraphs
    ]


def write_scan(draft: Draft, path: Path, rng: Random) -> None:
    """Write an imitated scan of the printed draft: skewed, noisy, stamped, without a text layer (PDF or TIFF)."""
    printed = path.with_suffix(".print.pdf")
    write_pdf(draft, printed, rng)
    pages = [_scanned(page, rng) for page in _pages(printed)]
    printed.unlink()
    if path.suffix == ".pdf":
        pages[0].save(path, save_all=True, append_images=pages[1:], resolution=SCAN_DPI, quality=60)
    else:
        pages[0].save(
            path, save_all=True, append_images=pages[1:], dpi=(SCAN_DPI, SCAN_DPI), compression="tiff_deflate"
        )


def _pages(path: Path) -> list[Image.Image]:
    with pdfium.PdfDocument(path) as document:
        return [page.render(scale=SCAN_DPI / 72).to_pil().convert("L") for page in document]


def _scanned(page: Image.Image, rng: Random) -> Image.Image:
    _stamp(page, rng)
    lean = page.rotate(rng.uniform(-2.5, 2.5), fillcolor=255, resample=Image.Resampling.BICUBIC)
    grain = Image.effect_noise(lean.size, 18)
    return Image.blend(lean.filter(ImageFilter.GaussianBlur(0.6)), grain, 0.08).point(lambda v: min(255, int(v * 1.08)))


def _stamp(page: Image.Image, rng: Random) -> None:
    """Draw a round office stamp near the foot, possibly over the last lines."""
    x, y = rng.randint(page.width // 2, page.width - 420), rng.randint(int(page.height * 0.72), page.height - 420)
    draw = ImageDraw.Draw(page)
    draw.ellipse((x, y, x + 300, y + 300), outline=110, width=5)
    draw.ellipse((x + 30, y + 30, x + 270, y + 270), outline=110, width=3)
    draw.text((x + 80, y + 140), f"{rng.randint(1, 28)}/{rng.randint(1, 12)}", fill=110, font_size=36)
