"""Builds one archive that installs Rogatio without a network: ``python release/bundle.py FOLDER``.

It has wheels of the production lock, whose hashes pip checks while they are fetched, and of the project, the models,
the installation script, the list of system parts, the bill of materials, the licences, and SHA-256 sums of all.
Building it needs a package index; it serves the Python version and platform on which it was built.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from components import PRODUCTION, ROOT, components
from sbom import bill_of_materials

OF_MODELS = (".json", ".onnx", ".npz")


def build(folder: Path) -> Path:
    """Build the archive in ``folder`` and return its path; raises ``CalledProcessError`` if pip fails."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"rogatio-{version('rogatio')}-py{platform.python_version()}-{sysconfig.get_platform()}"
    with tempfile.TemporaryDirectory(dir=folder) as work:
        root = Path(work) / name
        _wheels(root / "wheels")
        _copy_models(root / "models")
        for file in ("release/install.sh", "release/SYSTEM.md", "docs/licences.md", "LICENSE", PRODUCTION.name):
            shutil.copy(ROOT / file, root)
        bill = bill_of_materials(components(), datetime.now(UTC))
        (root / "sbom.json").write_text(json.dumps(bill, ensure_ascii=False, indent=1), encoding="utf-8")
        (root / "SHA256SUMS").write_text("".join(_sums(root)), encoding="utf-8")
        whole = Path(work) / "bundle.tar"
        with tarfile.open(whole, "w") as written:  # wheels are compressed already
            written.add(root, name)
        return whole.replace(folder / f"{name}.tar")


def _wheels(folder: Path) -> None:
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder))
    subprocess.run([*pip, "--require-hashes", "--requirement", str(PRODUCTION)], check=True)
    with tempfile.TemporaryDirectory() as work:  # setuptools writes into the source folder
        source = Path(work) / "source"
        source.mkdir()
        for name in ("app", "extraction", "indexing", "nlp", "pyproject.toml", "README.md", "LICENSE"):
            copied = ROOT / name
            copy = shutil.copytree if copied.is_dir() else shutil.copy
            copy(copied, source / name)
        subprocess.run([*pip, "--no-build-isolation", str(source)], check=True)


def _copy_models(folder: Path) -> None:
    """Copy what is read at run time; what the models were made from stays in the repository."""
    for path in (ROOT / "models").rglob("*"):
        if path.suffix in OF_MODELS:
            target = folder / path.relative_to(ROOT / "models")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


def _sums(root: Path) -> Iterator[str]:
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            yield f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.relative_to(root)}\n"


if __name__ == "__main__":
    print(build(Path(sys.argv[1] if len(sys.argv) > 1 else "dist")))
