"""Files of public git repositories at the commits and with the SHA-256 hashes in ``sources.yaml``."""

from __future__ import annotations

import subprocess
import tarfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile


class Repository:
    """The files of one commit of a git repository."""

    def __init__(self, git: Path, commit: str) -> None:
        self._git, self._commit = git, commit

    def read(self, path: str, digest: str) -> str:
        """Return the text of the file at ``path``. Raises ``ValueError`` if its SHA-256 is not ``digest``."""
        return _checked(path, self._run("show", f"{self._commit}:{path}"), digest).decode("utf-8-sig")

    def read_folder(self, path: str, digest: str) -> dict[str, str]:
        """Return the text of each file in the folder ``path``; ``digest`` is that of their contents sorted by name."""
        with tarfile.open(fileobj=BytesIO(self._run("archive", self._commit, path))) as archive:
            files = {member.name: archive.extractfile(member) for member in archive}
            contents = {Path(name).name: file.read() for name, file in sorted(files.items()) if file}
        _checked(path, b"".join(contents.values()), digest)
        return {name: content.decode("utf-8-sig") for name, content in contents.items()}

    def read_zip(self, part: dict[str, str]) -> dict[str, str]:
        """Return the text, by name, of the files with ``suffix`` in the archive at ``path``."""
        content = _checked(part["path"], self._run("show", f"{self._commit}:{part['path']}"), part["sha256"])
        with ZipFile(BytesIO(content)) as archive:
            names = sorted(name for name in archive.namelist() if name.endswith(part["suffix"]))
            return {Path(name).name: archive.read(name).decode(part["encoding"]) for name in names}

    def _run(self, *arguments: str) -> bytes:
        command = ["git", f"--git-dir={self._git}", *arguments]
        return subprocess.run(command, check=True, capture_output=True).stdout


def open_repository(name: str, commit: str, folder: Path) -> Repository:
    """Return the repository ``owner/name`` in ``folder``, cloned from GitHub if missing."""
    place = folder / name.replace("/", "+")
    for git in (place / "repo" / ".git", place / "repo", place / ".git", place):
        if (git / "HEAD").is_file():
            return Repository(git, commit)
    subprocess.run(["git", "clone", "-q", "--bare", f"https://github.com/{name}", str(place)], check=True)
    return Repository(place, commit)


def _checked(path: str, content: bytes, digest: str) -> bytes:
    found = sha256(content).hexdigest()
    if found != digest:
        raise ValueError(f"{path} is not the file that sources.yaml names: its SHA-256 is {found}")
    return content
