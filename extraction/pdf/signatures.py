"""Digital signatures of a PDF (ISO 32000-1, 12.8; RFC 5652): who signed, when, and whether the content is unchanged.

Only what can be told without a network: the digest of the signed bytes and the signature over it by the key of the
certificate in the file. Whether that certificate is genuine, valid and not revoked is not checked.
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from asn1crypto import cms, tsp
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import load_der_x509_certificate

from extraction.characters import one_line

MAX_SIGNATURES = 100
MAX_CONTENTS = 16 << 20  # bytes of one signature
CHUNK = 1 << 20
DETACHED = ("adbe.pkcs7.detached", "ETSI.CAdES.detached")
TIME_STAMP = "ETSI.RFC3161"
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError, AttributeError)


class SignatureState(StrEnum):
    """Whether the signed bytes are those that were signed; ``UNCHECKED``: unknown form or weak algorithm."""

    INTACT = "intact"
    ALTERED = "altered"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: name of the signer's certificate, time as it states it (ISO 8601), state of the signed bytes.

    ``whole`` says that nothing was added to the file afterwards. Unknown facts are empty.
    """

    signer: str
    time: str
    state: SignatureState
    whole: bool

    def __str__(self) -> str:
        return " | ".join((self.signer, self.time, self.state.value, "whole" if self.whole else "extended"))


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


def signature_warnings(found: Sequence[Signature]) -> list[str]:
    """Return the message codes of ``found``: that the file is signed, and what speaks against its signatures."""
    states = {signature.state for signature in found}
    codes = ["signed"] if found else []
    codes += [
        f"signature_{state.value}" for state in (SignatureState.ALTERED, SignatureState.UNCHECKED) if state in states
    ]
    return codes if not found or any(signature.whole for signature in found) else [*codes, "signature_extended"]


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
        data = cms.ContentInfo.load(signed.contents)["content"]
        info = data["signer_infos"][0]
        certificate = _certificate(data, info)
        signer = _name(certificate)
        time = _signing_time(data, info) or time
        state = _state(signed, data, info, certificate, file, size)
    except _UNREADABLE:
        state = SignatureState.UNCHECKED
    return Signature(signer, time, state, _is_whole(signed.ranges, file, size))


def _certificate(data: Any, info: Any) -> Any:
    """Return the signer's certificate; raises ``KeyError`` if it is not in the file."""
    identifier = info["sid"].chosen
    for choice in data["certificates"]:
        certificate = choice.chosen
        if info["sid"].name == "subject_key_identifier":
            found = certificate.key_identifier == identifier.native
        else:
            serial, issuer = identifier["serial_number"].native, identifier["issuer"]
            found = certificate.serial_number == serial and certificate.issuer == issuer
        if found:
            return certificate
    raise KeyError("certificate")


def _name(certificate: Any) -> str:
    subject = certificate.subject.native
    name = subject.get("common_name") or subject.get("organization_name") or ""
    return one_line(", ".join(name) if isinstance(name, list) else str(name)).replace("|", " ")


def _attributes(attributes: Any) -> dict[str, Any]:
    return {attribute["type"].native: attribute["values"][0] for attribute in attributes}


def _signing_time(data: Any, info: Any) -> str:
    """Return the time of the stamp of a time-stamping authority, else the time that the signer states."""
    if data["encap_content_info"]["content_type"].native == "tst_info":
        return _iso(_time_stamp(data)["gen_time"].native)
    stamps = _attributes(info["unsigned_attrs"]) if info["unsigned_attrs"].native else {}
    if (token := stamps.get("signature_time_stamp_token")) is not None:
        return _iso(_time_stamp(token["content"])["gen_time"].native)
    stated = _attributes(info["signed_attrs"]) if info["signed_attrs"].native else {}
    return _iso(stated["signing_time"].native) if "signing_time" in stated else ""


def _time_stamp(data: Any) -> Any:
    """Return what a time-stamping authority states (RFC 3161) in the CMS structure ``data``."""
    return tsp.TSTInfo.load(data["encap_content_info"]["content"].contents)


def _iso(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds"))


def _pdf_time(value: str) -> str:
    """Return a date of the PDF (``D:20260301101500+01'00'``) in ISO 8601 without its zone, or ``""``."""
    digits = value.removeprefix("D:")[:14]
    if not (digits.isdecimal() and len(digits) == 14):
        return ""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:]}"


def _state(signed: _Signed, data: Any, info: Any, certificate: Any, file: IO[bytes], size: int) -> SignatureState:
    algorithm = info["digest_algorithm"]["algorithm"].native
    content = data["encap_content_info"]
    if signed.form not in (*DETACHED, TIME_STAMP) or algorithm not in _HASHES or not info["signed_attrs"].native:
        return SignatureState.UNCHECKED
    if not _leaves_out_the_signature_alone(signed, file, size):
        return SignatureState.ALTERED
    if signed.form == TIME_STAMP:
        imprint = _time_stamp(data)["message_imprint"]
        name = imprint["hash_algorithm"]["algorithm"].native
        if name not in _HASHES:
            return SignatureState.UNCHECKED
        if imprint["hashed_message"].native != _digest(signed.ranges, file, name):
            return SignatureState.ALTERED
        digest = hashlib.new(algorithm, content["content"].contents).digest()
    else:
        digest = _digest(signed.ranges, file, algorithm)
    if _attributes(info["signed_attrs"])["message_digest"].native != digest:
        return SignatureState.ALTERED
    return _verified(info, certificate, _HASHES[algorithm]())


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


def _verified(info: Any, certificate: Any, algorithm: hashes.HashAlgorithm) -> SignatureState:
    """Return whether the key of the certificate made the signature over the signed attributes."""
    attributes, signature = info["signed_attrs"].untag().dump(), info["signature"].native
    try:
        key = load_der_x509_certificate(certificate.dump()).public_key()
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, attributes, ec.ECDSA(algorithm))
        elif isinstance(key, rsa.RSAPublicKey):
            is_pss = info["signature_algorithm"]["algorithm"].native == "rsassa_pss"
            pss = padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO)
            key.verify(signature, attributes, pss if is_pss else padding.PKCS1v15(), algorithm)
        else:
            return SignatureState.UNCHECKED
    except InvalidSignature:
        return SignatureState.ALTERED
    except UnsupportedAlgorithm:
        return SignatureState.UNCHECKED
    return SignatureState.INTACT
