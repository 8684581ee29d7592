"""A report as PDF/UA: tagged, with footnotes on their page.

The layout is made by WeasyPrint, which needs Pango from the system and loads nothing but the fonts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from app.exports.report import Report, parts
from app.exports.words import words
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
    page = _page().render(report=report, parts=list(parts(report)), words=words, faces=faces)
    written: bytes = weasyprint.HTML(string=page, url_fetcher=_only_faces(weasyprint)).write_pdf(pdf_variant="pdf/ua-1")
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


def _only_faces(weasyprint: Any) -> Any:
    """Return a URL fetcher that serves the fonts and refuses everything else, above all the network."""
    allowed = {path.as_uri() for path in _faces().values()}

    class Faces(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed:
                raise weasyprint.urls.FatalURLFetchingError("nothing but the faces is loaded")
            return super().fetch(url, headers)

    return Faces(allowed_protocols=("file",), fail_on_errors=True)
