"""Files signed as a whole (RFC 5652), ``.p7m`` and ``.p7s``: who signed is the document, the signed file a member."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

from extraction.cms_signatures import UNREADABLE, content_of, signatures_of, signed_data
from extraction.document import BlockKind
from extraction.draft import Draft
from extraction.errors import RogatioError
from extraction.media_type import SIGNED_DATA
from extraction.members import Budget, Reading, Unpacking
from extraction.signature import signature_warnings

UNNAMED = "file"  # name of the signed file where that of the container is not known
EXTENSIONS = frozenset({".p7m", ".p7s", ".p7c", ".pkcs7", ".sig", ".pem"})
SEQUENCE = b"\x30"  # the first byte of DER
_PEM_LINE = re.compile(rb"-----[^-]+-----")


def read_signed_data(path: Path, scratch: Path, *, name: str = "", budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Read ``path``, received under ``name``; the signed file is written to ``scratch``.

    Warnings as for PDF, see :func:`extraction.signature.signature_warnings`. Raises ``extraction.signature_alone``
    if the file holds signatures of another file, ``extraction.malformed``, and what
    :meth:`extraction.members.Unpacking.attach` does.
    """
    try:
        data = signed_data(_der(path.read_bytes()))
        content = content_of(data)
    except (*UNREADABLE, binascii.Error) as error:
        raise RogatioError("extraction.malformed", media_type=SIGNED_DATA) from error
    if content is None:
        raise RogatioError("extraction.signature_alone")
    found = signatures_of(data, lambda algorithm: hashlib.new(algorithm, content).digest())
    draft, unpacking = Draft(), Unpacking(scratch, budget)
    unpacking.attach(_name_within(name), io.BytesIO(content))
    draft.add(BlockKind.PARAGRAPH, "\n".join(", ".join(filter(None, (one.signer, one.time))) for one in found))
    for code in signature_warnings(found):
        draft.warn(code)
    document = draft.document(SIGNED_DATA, "signed_data")
    return Reading(replace(document, metadata={"signatures": "\n".join(map(str, found))}), tuple(unpacking.members))


def _der(data: bytes) -> bytes:
    """Return the structure in ``data``, which may be written in base64, also between lines of PEM."""
    return data if data.startswith(SEQUENCE) else base64.b64decode(_PEM_LINE.sub(b"", data))


def _name_within(name: str) -> str:
    shown = PurePosixPath(name)
    return shown.name.removesuffix(shown.suffix) if shown.suffix.lower() in EXTENSIONS and shown.stem else UNNAMED
