"""Signatures of messages in S/MIME (RFC 8551): beside the signed part, or with it in one structure."""

from __future__ import annotations

import hashlib
import re
from email import message_from_bytes, policy
from email.message import MIMEPart
from typing import Any, cast

from extraction.cms_signatures import UNREADABLE, content_of, signatures_of, signed_data
from extraction.signature import Signature

SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
PGP = "application/pgp-signature"
SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", PGP})
_PART_START = re.compile(rb"\s*(?:Content-[A-Za-z-]+|MIME-Version):", re.IGNORECASE)
_LINE_END = re.compile(rb"\r?\n")


def is_signature(part: MIMEPart) -> bool:
    """Return whether ``part`` is the signature of another part of the message."""
    return part.get_content_type() in SIGNATURES


def signed_part(part: MIMEPart) -> MIMEPart | None:
    """Return the part of a message that the structure in ``part`` holds with its signature, None if it is no such."""
    content = content_of(data) if (data := _structure(part)) is not None else None
    is_part = content is not None and _PART_START.match(content)
    return message_from_bytes(content, policy=policy.default) if content and is_part else None


def message_signatures(message: MIMEPart, source: bytes) -> list[Signature]:
    """Return the signatures in S/MIME of the whole ``message``, read from ``source``."""
    if message.get_content_type() in SMIME:
        return _signatures(message, None)
    parts = list(message.iter_parts()) if message.get_content_type() == "multipart/signed" else []
    boundary = message.get_boundary()
    if len(parts) != 2 or not boundary or parts[1].get_content_type() == PGP:
        return []
    mark = re.escape(boundary.encode("utf-8", "surrogateescape"))
    pieces = re.split(rb"(?:\A|\r?\n)--" + mark + rb"(?:--)?[ \t]*(?:\r?\n|\Z)", source)
    return _signatures(parts[1], _LINE_END.sub(b"\r\n", pieces[1])) if len(pieces) > 2 else []


def _signatures(part: MIMEPart, signed: bytes | None) -> list[Signature]:
    """Return the signatures in ``part`` of the bytes ``signed``, or of what it holds itself."""
    data = _structure(part)
    content = signed if signed is not None or data is None else content_of(data)
    if data is None or content is None:
        return []
    try:
        return signatures_of(data, lambda algorithm: hashlib.new(algorithm, content).digest())
    except UNREADABLE:
        return []


def _structure(part: MIMEPart) -> Any:
    """Return the signed data in ``part``, None for other parts and what cannot be read."""
    if part.get_content_type() not in SMIME | SIGNATURES:
        return None
    try:
        data = signed_data(cast(bytes, part.get_payload(decode=True)))
        content_of(data)
    except UNREADABLE:
        return None
    return data
