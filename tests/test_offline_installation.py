"""The bundle of ``make bundle`` installs and runs in a network namespace without routes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NO_NETWORK = ("unshare", "--map-root-user", "--net")
LAW = "LEY 8/2030, de 3 de mayo\n\nArtículo 1. Objeto.\nEl blanqueo de capitales será castigado.\n"

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    built = subprocess.run(
        [sys.executable, "release/bundle.py", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if built.returncode and "No matching distribution" in built.stderr:
        pytest.skip("no package index")
    assert built.returncode == 0, built.stderr
    return Path(built.stdout.strip())


def without_network(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHON": sys.executable, **variables}
    return subprocess.run([*NO_NETWORK, *command], env=environment, capture_output=True, text=True, check=False)


def test_it_installs_reads_and_searches_without_a_network(archive: Path, tmp_path: Path) -> None:
    if shutil.which("unshare") is None or without_network("true").returncode:
        pytest.skip("network namespaces are not permitted here")
    reach = "import socket; socket.create_connection(('192.0.2.1', 9), 1)"
    assert "unreachable" in without_network(sys.executable, "-c", reach).stderr
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    target, home, law = tmp_path / "installed", tmp_path / "home", tmp_path / "ley.txt"
    law.write_text(LAW)
    done = without_network("sh", str(folder / "install.sh"), str(target), HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    program, at = str(target / "bin" / "rogatio"), {"ROGATIO_HOME": str(home), "HOME": str(tmp_path)}
    ingested = without_network(program, "ingest", str(law), **at)
    assert ingested.returncode == 0, ingested.stderr
    found = without_network(program, "search", "blanqueo de dinero", "--json", **at)
    assert "ley.txt" in found.stdout, found.stderr
    doctor = without_network(program, "--language", "en", "doctor", **at)
    assert "onnx" in (doctor.stdout + doctor.stderr).lower() or doctor.returncode == 0, doctor.stdout
    tools = without_network(str(target / "bin" / "python"), "-c", "import pytest")
    assert "ModuleNotFoundError" in tools.stderr  # no development tools


def test_a_changed_file_is_not_installed(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    with (folder / "sbom.json").open("a") as file:
        file.write(" ")
    done = subprocess.run(
        ["sh", str(folder / "install.sh"), str(tmp_path / "t")], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "sbom.json" in done.stdout + done.stderr
    assert not (tmp_path / "t").exists()
