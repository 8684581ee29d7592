"""Time stamps of bundles (RFC 3161) by a time-stamping authority, which gets a digest and nothing else.

Optional: without ``ROGATIO_TIMESTAMP_URL`` no stamp is requested. Requesting and verifying one needs the extra
``timestamps``.
"""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509

from extraction.errors import RogatioError

AUTHORITY = "ROGATIO_TIMESTAMP_URL"
"""Variable of the environment: the address of the authority, or empty."""

_SECONDS = 15
_MAX_ANSWER = 1 << 20  # bytes
_GRANTED = 0


def authority_address(environment: Mapping[str, str] = os.environ) -> str:
    """Return the address of the authority, empty without one; raises ``app.setting_wrong``."""
    address = environment.get(AUTHORITY, "").strip()
    try:
        parts = urlsplit(address)
        is_right = not address or (parts.scheme in ("http", "https") and bool(parts.hostname))
    except ValueError:
        is_right = False
    if not is_right:
        raise RogatioError("app.setting_wrong", name=AUTHORITY)
    return address


def check_authority(environment: Mapping[str, str] = os.environ) -> None:
    """Raise ``app.setting_wrong`` for a wrong address, ``app.timestamps_needed`` if the extra for one is missing."""
    if authority_address(environment):
        _library()


def time_stamp(content: bytes, environment: Mapping[str, str] = os.environ) -> bytes:
    """Return the authority's answer for ``content`` (DER), empty if no authority is set.

    Raises ``app.timestamp_failed`` if it does not answer, refuses, or stamps something else; ``app.timestamps_needed``
    without the extra; ``app.setting_wrong``. The signature of the stamp is for the recipient to verify.
    """
    address = authority_address(environment)
    if not address:
        return b""
    library = _library()
    asked = (
        library.TimestampRequestBuilder()
        .data(content)
        .hash_algorithm(library.HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    try:
        answer = _answer(address, asked.as_bytes())
        decoded = library.decode_timestamp_response(answer)
        stamped = decoded.tst_info
        same = stamped.message_imprint.message == asked.message_imprint.message and stamped.nonce == asked.nonce
    except (OSError, ValueError) as error:
        raise RogatioError("app.timestamp_failed", name=AUTHORITY) from error
    if decoded.status != _GRANTED or not same:
        raise RogatioError("app.timestamp_failed", name=AUTHORITY)
    return answer


def stamped_at(answer: bytes, content: bytes, roots: Sequence[x509.Certificate]) -> datetime | None:
    """Return when ``content`` was stamped by an authority under one of ``roots``; None if it was not.

    Raises ``app.timestamps_needed`` without the extra.
    """
    library = _library()
    builder = library.VerifierBuilder(roots=list(roots))
    try:
        decoded = library.decode_timestamp_response(answer)
        builder.build().verify_message(decoded, content)
        return decoded.tst_info.gen_time.astimezone(UTC)  # type: ignore[no-any-return]
    except (ValueError, library.VerificationError):
        return None


def certificates(file: Path) -> list[x509.Certificate]:
    """Return the certificates of a PEM file; raises ``app.no_certificates``."""
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError) as error:
        raise RogatioError("app.no_certificates", file=file) from error


def _answer(address: str, query: bytes) -> bytes:
    request = urllib.request.Request(address, query, {"Content-Type": "application/timestamp-query"})
    with urllib.request.urlopen(request, timeout=_SECONDS) as answered:
        content: bytes = answered.read(_MAX_ANSWER + 1)
    if len(content) > _MAX_ANSWER:
        raise ValueError("the answer is too long")
    return content


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise RogatioError("app.timestamps_needed") from error
    return rfc3161_client
