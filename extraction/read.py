"""The one way in: any file becomes a document, and the files found inside it become members."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from extraction.document import Document
from extraction.errors import RogatioError
from extraction.media_type import media_type

# media type -> module and function; imported when first needed
READERS: dict[str, str] = {
    "text/plain": "plain_text:read_plain_text",
    "text/markdown": "markdown:read_markdown",
    "text/html": "html:read_html",
    "application/pdf": "pdf:read_pdf",
    "image/png": "image:read_image_file",
    "image/jpeg": "image:read_image_file",
    "image/tiff": "image:read_image_file",
    "image/gif": "image:read_image_file",
    "image/bmp": "image:read_image_file",
    "image/webp": "image:read_image_file",
    "image/jp2": "image:read_image_file",
}
WITH_PASSWORD = frozenset({"application/pdf"})


@dataclass(frozen=True, slots=True)
class Member:
    """A file found inside a container or an e-mail, under its cleaned ``name``; unpacked at ``path`` or failed."""

    name: str
    path: Path | None
    error: RogatioError | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An e-mail has both a document and members, a ZIP file has members only."""

    document: Document | None
    members: tuple[Member, ...] = ()


def read(path: Path, scratch: Path, *, name: str = "", password: str = "") -> Reading:
    """Read the file at ``path``, which came in under ``name``; members are unpacked into ``scratch``.

    Every failure is a ``RogatioError``: what a reader's library raises becomes ``extraction.malformed``.
    """
    kind = media_type(path, name)
    options = {"password": password} if kind.name in WITH_PASSWORD else {}
    try:
        document: Document = _reader(kind.name)(path, **options)
    except RogatioError:
        raise
    except RecursionError as error:
        raise RogatioError("extraction.nested_too_deep") from error
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, AssertionError) as error:
        raise RogatioError("extraction.malformed", media_type=kind.name) from error
    return Reading(replace(document, warnings=kind.warnings + document.warnings))


def _reader(kind: str) -> Any:
    if kind not in READERS:
        raise RogatioError("extraction.unsupported_format", media_type=kind)
    module, function = READERS[kind].split(":")
    return getattr(import_module(f"extraction.{module}"), function)
