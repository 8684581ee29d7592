"""Secrets that have to be read again (passwords of files, keys of second factors), encrypted in the database.

The encryption key is derived from the installation's secret key, a file readable only by its owner, so that a copy of
the database does not disclose them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from indexing.settings import secret_key


def encrypt(home: Path, secret: str) -> str:
    """Return ``secret`` encrypted and authenticated (AES-128-CBC with HMAC-SHA-256); empty for an empty one."""
    return _box(home).encrypt(secret.encode()).decode("ascii") if secret else ""


def decrypt(home: Path, sealed: str) -> str:
    """Return the decrypted secret; empty if it was encrypted with another installation's key."""
    try:
        return _box(home).decrypt(sealed.encode("ascii")).decode() if sealed else ""
    except (InvalidToken, UnicodeError):
        return ""


def _box(home: Path) -> Fernet:
    key = hmac.digest(secret_key(home).encode("ascii"), b"rogatio secret box", hashlib.sha256)
    return Fernet(base64.urlsafe_b64encode(key))
