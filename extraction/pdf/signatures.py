"""Digital signatures of a PDF (ISO 32000-1, 12.8), checked as in :mod:`extraction.cms_signatures`."""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extraction.cms_signatures import (
    HASHES,
    UNREADABLE,
    at_most,
    certificate_of,
    content_of,
    signed_data,
    signer_name,
    signing_time,
    state_of,
    time_stamp,
)
from extraction.signature import Signature, SignatureState

MAX_SIGNATURES = 100
MAX_CONTENTS = 16 << 20  # bytes of one signature
CHUNK = 1 << 20
DETACHED = ("adbe.pkcs7.detached", "ETSI.CAdES.detached")
DIGEST_SIGNED = "adbe.pkcs7.sha1"  # what is signed is the digest of the file (PDF 1.3 to 1.7)
TIME_STAMP = "ETSI.RFC3161"


@dataclass(frozen=True, slots=True)
class _Signed:
    """What the signature dictionary says: the form, the CMS structure, the signed ranges, the time it states."""

    form: str
    contents: bytes
    ranges: tuple[int, ...]
    time: str


def signatures(pdf: pdfium.PdfDocument, path: Path) -> list[Signature]:
    """Return the signatures of the file at ``path``, opened as ``pdf``, at most ``MAX_SIGNATURES``."""
    count = min(raw.FPDF_GetSignatureCount(pdf), MAX_SIGNATURES)
    if count <= 0:
        return []
    size = path.stat().st_size
    with path.open("rb") as file:
        return [_signature(_signed(raw.FPDF_GetSignatureObject(pdf, index)), file, size) for index in range(count)]


def _signed(handle: Any) -> _Signed:
    form = _bytes(raw.FPDFSignatureObj_GetSubFilter, handle).rstrip(b"\0").decode("ascii", "replace")
    time = _bytes(raw.FPDFSignatureObj_GetTime, handle).rstrip(b"\0").decode("ascii", "replace")
    contents = _bytes(raw.FPDFSignatureObj_GetContents, handle)
    count = raw.FPDFSignatureObj_GetByteRange(handle, None, 0)
    ranges = (ctypes.c_int * max(0, min(count, 8)))()
    raw.FPDFSignatureObj_GetByteRange(handle, ranges, len(ranges))
    return _Signed(form, contents, tuple(ranges), time)


def _bytes(function: Any, handle: Any) -> bytes:
    length = function(handle, None, 0)
    if not 0 < length <= MAX_CONTENTS:
        return b""
    buffer = ctypes.create_string_buffer(length)
    function(handle, buffer, length)
    return buffer.raw


def _signature(signed: _Signed, file: IO[bytes], size: int) -> Signature:
    signer, time = "", _pdf_time(signed.time)
    try:
        data = signed_data(signed.contents)
        info = data["signer_infos"][0]
        certificate = certificate_of(data, info)
        signer = signer_name(certificate)
        time = signing_time(data, info) or time
        state = _state(signed, data, info, certificate, file, size)
    except UNREADABLE:
        state = SignatureState.UNCHECKED
    return Signature(signer, time, state, _is_whole(signed.ranges, file, size))


def _pdf_time(value: str) -> str:
    """Return a date of the PDF (``D:20260301101500+01'00'``) in ISO 8601 without its zone, or ``""``."""
    digits = value.removeprefix("D:")[:14]
    if not (digits.isdecimal() and len(digits) == 14):
        return ""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:]}"


def _state(signed: _Signed, data: Any, info: Any, certificate: Any, file: IO[bytes], size: int) -> SignatureState:
    if signed.form not in (*DETACHED, DIGEST_SIGNED, TIME_STAMP):
        return SignatureState.UNCHECKED
    if not _leaves_out_the_signature_alone(signed, file, size):
        return SignatureState.ALTERED
    if signed.form == DIGEST_SIGNED:
        content = content_of(data) or b""
        if content != _digest(signed.ranges, file, "sha1"):
            return SignatureState.ALTERED
        return at_most("sha1", state_of(info, certificate, lambda algorithm: hashlib.new(algorithm, content).digest()))
    if signed.form != TIME_STAMP:
        return state_of(info, certificate, lambda algorithm: _digest(signed.ranges, file, algorithm))
    imprint = time_stamp(data)["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    if name not in HASHES:
        return SignatureState.UNCHECKED
    if imprint["hashed_message"].native != _digest(signed.ranges, file, name):
        return SignatureState.ALTERED
    stated = data["encap_content_info"]["content"].contents
    return at_most(name, state_of(info, certificate, lambda algorithm: hashlib.new(algorithm, stated).digest()))


def _leaves_out_the_signature_alone(signed: _Signed, file: IO[bytes], size: int) -> bool:
    """Return whether the signed ranges are the file, as it was then, without the signature itself."""
    if len(signed.ranges) != 4:
        return False
    first, length, second, rest = signed.ranges
    if first != 0 or not 0 < length < second or rest < 0 or second + rest > size:
        return False
    file.seek(length)
    gap = file.read(min(second - length, 2 * MAX_CONTENTS + 2))
    if not (gap.startswith(b"<") and gap.endswith(b">")):
        return False
    try:
        return bytes.fromhex(gap[1:-1].decode("ascii")) == signed.contents
    except ValueError:
        return False


def _is_whole(ranges: tuple[int, ...], file: IO[bytes], size: int) -> bool:
    """Return whether only white space follows the signed ranges."""
    if len(ranges) != 4 or not 0 <= ranges[2] + ranges[3] <= size:
        return False
    file.seek(ranges[2] + ranges[3])
    return not file.read(CHUNK).strip()


def _digest(ranges: tuple[int, ...], file: IO[bytes], algorithm: str) -> bytes:
    digest = hashlib.new(algorithm)
    for chunk in _chunks(ranges, file):
        digest.update(chunk)
    return digest.digest()


def _chunks(ranges: tuple[int, ...], file: IO[bytes]) -> Iterator[bytes]:
    for start, length in (ranges[:2], ranges[2:]):
        file.seek(start)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
