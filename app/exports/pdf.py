"""A report as PDF/UA: tagged, with footnotes on their page.

The layout is made by WeasyPrint, which needs Pango from the system and loads nothing but the fonts.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from jinja2 import Environment, PackageLoader, StrictUndefined

from app.exports.report import PENALTY_COLUMNS, Report, parts, penalty_rows
from app.exports.words import words
from app.wording import wording
from extraction.errors import RogatioError

_FACES = {
    ("serif", 400, "normal"): ("font_source_serif_pro", "SourceSerifPro-Regular.otf"),
    ("serif", 400, "italic"): ("font_source_serif_pro", "SourceSerifPro-It.otf"),
    ("serif", 700, "normal"): ("font_source_serif_pro", "SourceSerifPro-Bold.otf"),
    ("sans", 400, "normal"): ("font_source_sans_pro", "SourceSansPro-Regular.otf"),
    ("sans", 400, "italic"): ("font_source_sans_pro", "SourceSansPro-It.otf"),
    ("sans", 700, "normal"): ("font_source_sans_pro", "SourceSansPro-Bold.otf"),
}


def pdf_report(report: Report) -> bytes:
    """Return the report as a PDF file; raises ``app.no_pdf`` if the system has no Pango."""
    weasyprint = _weasyprint()
    faces = [(*face, path.as_uri()) for face, path in _faces().items()]
    mark = _watermark(report.watermark)
    semicolon = wording("common.semicolon", report.language)
    page = _page().render(
        report=report,
        parts=list(parts(report)),
        penalty_columns=PENALTY_COLUMNS,
        penalties=list(penalty_rows(report)),
        words=words,
        faces=faces,
        watermark=mark,
        semicolon=semicolon,
    )
    fetcher = _only(weasyprint, {address for *_, address in faces} | {mark})
    written: bytes = weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1")
    return written


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:  # a system library is missing
        raise RogatioError("app.no_pdf") from error
    return weasyprint


@cache
def _page() -> Any:
    loader = PackageLoader("app.exports", "templates")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("export.html")


@cache
def _faces() -> Mapping[tuple[str, int, str], Path]:
    """Return the font file of each family, weight and style."""
    return {face: Path(str(files(package).joinpath("files", name))) for face, (package, name) in _FACES.items()}


def _watermark(text: str) -> str:
    """Return the address (data:) of an image of A4 landscape with ``text`` across it, empty without a text."""
    if not text:
        return ""
    size = min(22.0, 1_500 / len(text))  # points: the diagonal is 1,031, a letter about 0.55 of the size
    image = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595" width="842pt" height="595pt">'
        f'<text x="421" y="300" text-anchor="middle" transform="rotate(-32 421 300)" font-family="Rogatio sans" '
        f'font-weight="700" font-size="{size:.1f}" fill="#d9d5ca">{escape(text)}</text></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(image.encode()).decode()


def _only(weasyprint: Any, allowed: Collection[str]) -> Any:
    """Return a URL fetcher that serves ``allowed`` addresses and refuses everything else, above all the network."""

    class Allowed(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed:
                raise weasyprint.urls.FatalURLFetchingError("nothing else is loaded")
            return super().fetch(url, headers)

    return Allowed(allowed_protocols=("file", "data"), fail_on_errors=True)
