"""Rendering of one page of an original; imported only in a worker process."""

from __future__ import annotations

import os
from pathlib import Path

from extraction.image import frames
from extraction.pdf.images import render_page

PDF = "application/pdf"


def draw(original: Path, media_type: str, number: int, scale: float, target: Path) -> None:
    """Draw a page to ``target``, a WebP."""
    if media_type == PDF:
        image = render_page(original, number, scale=scale)
    else:
        image, points, _ = next(frame for at, frame in enumerate(frames(original), 1) if at == number)
        size = (max(1, round(points * scale)), max(1, round(image.height * points * scale / image.width)))
        image = image.resize(size)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}.part")
    image.save(part, "WEBP", quality=80, method=3)
    os.replace(part, target)
