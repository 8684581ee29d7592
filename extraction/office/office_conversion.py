"""Conversion of legacy office files by LibreOffice and decryption of encrypted ones."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

from extraction.errors import RogatioError

PROGRAMS = ("soffice", "libreoffice")
CONVERSION_SECONDS = 120


def converted(path: Path, scratch: Path, extension: str, password: str = "") -> Path:
    """Convert ``path`` with LibreOffice and return the new file in ``scratch``; ``extension`` is docx or xlsx.

    Raises ``extraction.libreoffice_missing``, ``extraction.libreoffice_failed`` and what :func:`decrypted` does.
    """
    if _is_encrypted(path):
        path = decrypted(path, scratch, password)
    program = next((executable for name in PROGRAMS if (executable := shutil.which(name))), None)
    if program is None:
        raise RogatioError("extraction.libreoffice_missing")
    scratch.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=scratch))
    # a separate profile: a running LibreOffice would open the file itself, with its own macro settings
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--convert-to", extension, "--outdir", str(folder)]
    _run([program, profile, *options, str(path)], folder)
    result = next(folder.glob(f"*.{extension}"), None)
    if result is None:
        raise RogatioError("extraction.libreoffice_failed")
    return result


def _run(command: list[str], home: Path) -> None:
    """Run LibreOffice without network access; kill its process group after ``CONVERSION_SECONDS``."""
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), "http://127.0.0.1:9")
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, **nowhere, "HOME": str(home)},
    ) as process:
        try:
            failed = process.wait(CONVERSION_SECONDS) != 0
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise RogatioError("extraction.libreoffice_failed") from error
    if failed:
        raise RogatioError("extraction.libreoffice_failed")


def decrypted(path: Path, scratch: Path, password: str) -> Path:
    """Decrypt ``path`` and return the new file in ``scratch``.

    Raises ``extraction.encrypted`` without a password, ``extraction.wrong_password``,
    ``extraction.encryption_unsupported``.
    """
    if not password:
        raise RogatioError("extraction.encrypted")
    scratch.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=scratch)
    with path.open("rb") as source, open(handle, "wb") as target:
        try:
            file = msoffcrypto.OfficeFile(source)
            file.load_key(password=password, verify_password=True)
            file.decrypt(target)
        except InvalidKeyError as error:
            raise RogatioError("extraction.wrong_password") from error
        except (DecryptionError, FileFormatError, OSError, ValueError, NotImplementedError) as error:
            raise RogatioError("extraction.encryption_unsupported") from error
    return Path(name)


def _is_encrypted(path: Path) -> bool:
    with path.open("rb") as source:
        try:
            return bool(msoffcrypto.OfficeFile(source).is_encrypted())
        except FileFormatError:
            return False
