"""Builder of signatures in the Cryptographic Message Syntax (RFC 5652) with certificates of their own."""

from __future__ import annotations

import datetime
import hashlib

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

DAY = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
STAMPED = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)
KEYS = {
    "rsa": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ec": ec.generate_private_key(ec.SECP256R1()),
}


def certificate(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "María Pérez | Fiscalía")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(DAY).not_valid_after(DAY + datetime.timedelta(days=900))
    return builder.sign(key, hashes.SHA256())


def signature(data: bytes, kind: str, options: list[pkcs7.PKCS7Options]) -> bytes:
    key = KEYS[kind]
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data)
    builder = builder.add_signer(certificate(key), key, hashes.SHA256())  # type: ignore[arg-type]
    return builder.sign(Encoding.DER, [*options, pkcs7.PKCS7Options.Binary])


def time_stamp(data: bytes) -> cms.ContentInfo:
    """Return the time stamp of ``data`` (RFC 3161)."""
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": hashlib.sha256(data).digest()}
    stated = {"version": 1, "policy": "1.2.3", "message_imprint": imprint, "serial_number": 1, "gen_time": STAMPED}
    content = tsp.TSTInfo(stated).dump()
    token = cms.ContentInfo.load(signature(content, "rsa", []))
    token["content"]["version"] = "v3"
    token["content"]["encap_content_info"] = {"content_type": "tst_info", "content": tsp.TSTInfo(stated)}
    return token


def stamped(contents: bytes) -> bytes:
    """Return the signature ``contents`` with the time stamp of an authority."""
    signed = cms.ContentInfo.load(contents)
    info = signed["content"]["signer_infos"][0]
    token = time_stamp(info["signature"].native)
    info["unsigned_attrs"] = [{"type": "signature_time_stamp_token", "values": [token]}]
    return signed.dump(force=True)


def with_odd_attribute(contents: bytes) -> bytes:
    """Return the signature ``contents``, by the RSA key, over one attribute more, which contradicts its definition."""
    signed = cms.ContentInfo.load(contents)["content"]
    info = signed["signer_infos"][0]
    odd = bytes.fromhex("3013060b2a864886f70d010910020c310430020500")  # a signing certificate without one
    listed = b"".join(attribute.dump() for attribute in info["signed_attrs"]) + odd
    key = KEYS["rsa"]
    assert isinstance(key, rsa.RSAPrivateKey)
    made = key.sign(der(0x31, listed), padding.PKCS1v15(), hashes.SHA256())
    start = b"".join(info[name].dump() for name in ("version", "sid", "digest_algorithm"))
    signer = der(0x30, start, der(0xA0, listed), info["signature_algorithm"].dump(), der(0x04, made))
    parts = ("version", "digest_algorithms", "encap_content_info", "certificates")
    data = der(0x30, *(signed[name].dump() for name in parts), der(0x31, signer))
    return der(0x30, bytes.fromhex("06092a864886f70d010702"), der(0xA0, data))


def by_weak_algorithm(data: bytes, algorithm: str) -> bytes:
    """Return the signature of ``data`` by the RSA key and a digest ``algorithm`` (sha1, md5) that builders refuse."""
    signed = cms.ContentInfo.load(signature(data, "rsa", [pkcs7.PKCS7Options.NoAttributes]))
    info, key = signed["content"]["signer_infos"][0], KEYS["rsa"]
    assert isinstance(key, rsa.RSAPrivateKey)
    made: hashes.HashAlgorithm = hashes.SHA1() if algorithm == "sha1" else hashes.MD5()
    info["digest_algorithm"] = {"algorithm": algorithm}
    info["signature"] = key.sign(data, padding.PKCS1v15(), made)
    return signed.dump(force=True)


def der(tag: int, *contents: bytes) -> bytes:
    """Return ``contents`` under a ``tag`` with their length."""
    content = b"".join(contents)
    size = (len(content).bit_length() + 7) // 8
    length = bytes([len(content)]) if len(content) < 128 else bytes([128 + size]) + len(content).to_bytes(size, "big")
    return bytes([tag]) + length + content
