"""Signatures in the Cryptographic Message Syntax (RFC 5652): who signed, when, and over which content.

Only what can be told without a network: the digest of the signed bytes and the signature over it by the key of the
certificate in the file. Whether that certificate is genuine, valid and not revoked is not checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from asn1crypto import cms, tsp
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509 import load_der_x509_certificate

from extraction.characters import one_line
from extraction.signature import Signature, SignatureState

HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "md5": hashes.MD5,
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
WEAK = frozenset({"md5", "sha1"})  # two contents with one digest can be made
MAX_SIGNERS = 100
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError, AttributeError)


def signed_data(data: bytes) -> Any:
    """Return the structure of signed data in DER; raises one of ``UNREADABLE``."""
    return cms.ContentInfo.load(data)["content"]


def content_of(data: Any) -> bytes | None:
    """Return the content that the structure ``data`` holds, None if its signatures are of another file."""
    content = data["encap_content_info"]["content"]
    return None if content.native is None else bytes(content)


def signatures_of(data: Any, digest: Callable[[str], bytes]) -> list[Signature]:
    """Return the signatures of the structure ``data``; ``digest`` is that of its content by name of the algorithm."""
    return [_signature(data, info, digest) for info in list(data["signer_infos"])[:MAX_SIGNERS]]


def _signature(data: Any, info: Any, digest: Callable[[str], bytes]) -> Signature:
    signer = time = ""
    try:
        certificate = certificate_of(data, info)
        signer, time = signer_name(certificate), signing_time(data, info)
        state = state_of(info, certificate, digest)
    except UNREADABLE:
        state = SignatureState.UNCHECKED
    return Signature(signer, time, state, whole=True)


def state_of(info: Any, certificate: Any, digest: Callable[[str], bytes]) -> SignatureState:
    """Return whether the signer ``info`` signed content of the given ``digest``; raises one of ``UNREADABLE``."""
    algorithm = info["digest_algorithm"]["algorithm"].native
    if algorithm not in HASHES:
        return SignatureState.UNCHECKED
    made, content, stated = HASHES[algorithm](), digest(algorithm), info["signed_attrs"]
    if not len(stated):  # the signature is over the content itself
        return at_most(algorithm, _verified(info, certificate, made, content))
    if attribute(stated, "message_digest").native != content:
        return SignatureState.ALTERED
    attributes = hashlib.new(algorithm, stated.untag().dump()).digest()
    return at_most(algorithm, _verified(info, certificate, made, attributes))


def at_most(algorithm: str, state: SignatureState) -> SignatureState:
    """Return ``state``, but ``WEAK`` for content that is intact by a digest ``algorithm`` that can be forged."""
    return SignatureState.WEAK if algorithm in WEAK and state is SignatureState.INTACT else state


def certificate_of(data: Any, info: Any) -> Any:
    """Return the signer's certificate; raises ``KeyError`` if it is not in the file."""
    identifier = info["sid"].chosen
    for choice in data["certificates"]:
        certificate = choice.chosen
        if info["sid"].name == "subject_key_identifier":
            found = certificate.key_identifier == identifier.native
        else:
            serial, issuer = identifier["serial_number"].native, identifier["issuer"]
            found = certificate.serial_number == serial and is_name(certificate.issuer, issuer)
        if found:
            return certificate
    raise KeyError("certificate")


def is_name(first: Any, second: Any) -> bool:
    """Return whether two names of a directory are the same; most are the same bytes."""
    return bool(first.dump() == second.dump() or first == second)


def signer_name(certificate: Any) -> str:
    """Return the name of the person or body that a certificate is of."""
    subject = certificate.subject.native
    name = subject.get("common_name") or subject.get("organization_name") or ""
    return one_line(", ".join(name) if isinstance(name, list) else str(name)).replace("|", " ")


def attribute(listed: Any, name: str) -> Any:
    """Return the first value of the attribute ``name`` of a signature, None if it is not there.

    Others are not looked at, since programs write some against their definition.
    """
    return next((one["values"][0] for one in listed if one["type"].native == name), None) if len(listed) else None


def signing_time(data: Any, info: Any) -> str:
    """Return the time of the stamp of a time-stamping authority, else the time that the signer states."""
    if data["encap_content_info"]["content_type"].native == "tst_info":
        return _iso(time_stamp(data)["gen_time"].native)
    if (token := attribute(info["unsigned_attrs"], "signature_time_stamp_token")) is not None:
        return _iso(time_stamp(token["content"])["gen_time"].native)
    stated = attribute(info["signed_attrs"], "signing_time")
    return "" if stated is None else _iso(stated.native)


def time_stamp(data: Any) -> Any:
    """Return what a time-stamping authority states (RFC 3161) in the CMS structure ``data``."""
    return tsp.TSTInfo.load(data["encap_content_info"]["content"].contents)


def _iso(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds"))


def _verified(info: Any, certificate: Any, made: hashes.HashAlgorithm, digest: bytes) -> SignatureState:
    """Return whether the key of the certificate made the signature over what has the ``digest``."""
    signature, algorithm = info["signature"].native, Prehashed(made)
    try:
        key = load_der_x509_certificate(certificate.dump()).public_key()
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, digest, ec.ECDSA(algorithm))
        elif isinstance(key, rsa.RSAPublicKey):
            is_pss = info["signature_algorithm"]["algorithm"].native == "rsassa_pss"
            pss = padding.PSS(padding.MGF1(made), padding.PSS.AUTO)
            key.verify(signature, digest, pss if is_pss else padding.PKCS1v15(), algorithm)
        else:
            return SignatureState.UNCHECKED
    except InvalidSignature:
        return SignatureState.ALTERED
    except UnsupportedAlgorithm:
        return SignatureState.UNCHECKED
    return SignatureState.INTACT
