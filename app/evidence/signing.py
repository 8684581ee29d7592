"""The Ed25519 key (RFC 8032) of the installation, with which bundles are signed.

It lies in ``signing_key.pem`` of the home folder, made at first use and readable by its owner only.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from extraction.errors import RogatioError
from indexing.settings import made_once

KEY_FILE = "signing_key.pem"


def signing_key(home: Path) -> Ed25519PrivateKey:
    """Return the installation's key; raises ``app.signing_key_unreadable`` if the file holds no such key."""
    return _loaded(made_once(home / KEY_FILE, _new_key))


def existing_fingerprint(home: Path) -> str:
    """Return the fingerprint of the installation's key, empty if it has none yet."""
    path = home / KEY_FILE
    return fingerprint(_loaded(path.read_text(encoding="ascii")).public_key()) if path.is_file() else ""


def public_pem(key: Ed25519PublicKey) -> bytes:
    """Return a public key as PEM (SubjectPublicKeyInfo, RFC 8410)."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return the SHA-256 of a public key (SubjectPublicKeyInfo, DER) in hexadecimal."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def public_key(pem: bytes) -> Ed25519PublicKey | None:
    """Return the Ed25519 key of a PEM file, None if it holds another or none."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def is_signed(content: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    """Return whether ``signature`` of ``content`` was made with the private key of ``key`` (Ed25519)."""
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _new_key() -> str:
    made = Ed25519PrivateKey.generate()
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def _loaded(pem: str) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem.encode("ascii"), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise RogatioError("app.signing_key_unreadable", file=KEY_FILE) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise RogatioError("app.signing_key_unreadable", file=KEY_FILE)
    return key
