"""The secret of an installation: it signs forms and makes keys that tell nothing of what they stand for."""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from pathlib import Path


def secret_key(home: Path) -> str:
    """Return the installation's key, made at its first start and readable by its owner alone."""
    path = home / "secret_key"
    if not path.exists():
        descriptor, new = tempfile.mkstemp(dir=home)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(new, path)  # of two that start at once, one makes it, and nobody reads it half written
        except FileExistsError:
            pass
        finally:
            os.unlink(new)
    return path.read_text(encoding="ascii")


def opaque_key(secret: str, *parts: str) -> str:
    """Return 24 hexadecimal digits for ``parts``, from which nobody without the secret can tell or guess them."""
    said = "\0".join(parts).encode("utf-8", "replace")
    return hmac.digest(secret.encode("ascii"), said, "sha256").hex()[:24]
