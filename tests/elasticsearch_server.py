"""A real Elasticsearch 9 for the tests: one that is named, else a container, else the zip that Maven Central carries.

``ROGATIO_TEST_ELASTICSEARCH_URL`` names a server, ``ROGATIO_TEST_ELASTICSEARCH_SNAPSHOTS`` its folder for snapshots;
``ROGATIO_TEST_ELASTICSEARCH_HOME`` names an unpacked one to start.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zipfile import ZipFile

VERSION = "9.2.0"
_ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
_ZIP = f"repository/org/elasticsearch/distribution/integ-test-zip/elasticsearch/{VERSION}/elasticsearch-{VERSION}.zip"
_IMAGE = f"docker.elastic.co/elasticsearch/elasticsearch:{VERSION}"
_SETTINGS = {
    "discovery.type": "single-node",
    "xpack.security.enabled": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
}
_OLDEST_JAVA = 21


@dataclass(frozen=True, slots=True)
class Server:
    """``url`` is empty if no server is available; ``reason`` then says why.

    ``snapshots`` is the folder in which the server may keep snapshots, empty for a server that is named.
    """

    url: str = ""
    reason: str = ""
    snapshots: str = ""


@cache
def start() -> Server:
    """Return a server that answers; one that is started here is stopped when the process ends."""
    named = os.environ.get("ROGATIO_TEST_ELASTICSEARCH_URL", "")
    if named:
        if answers(named, 5):
            return Server(named, snapshots=os.environ.get("ROGATIO_TEST_ELASTICSEARCH_SNAPSHOTS", ""))
        return Server(reason=f"ROGATIO_TEST_ELASTICSEARCH_URL: nothing answers at {named}")
    if shutil.which("docker") and _run("docker", "info", seconds=20) is not None:
        server = _container()
        if server.url:
            return server
    return _from_zip()


def _run(*command: str, seconds: int) -> str | None:
    """Return the output of a command, None where it fails."""
    try:
        completed = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return completed.stdout


def _container() -> Server:
    snapshots = "/tmp/snapshots"
    given = {**_SETTINGS, "path.repo": snapshots}
    settings = [word for name, value in given.items() for word in ("-e", f"{name}={value}")]
    heap = ["-e", "ES_JAVA_OPTS=-Xms1g -Xmx1g"]
    started = _run("docker", "run", "-d", "--rm", "-p", "127.0.0.1::9200", *settings, *heap, _IMAGE, seconds=600)
    if started is None:
        return Server(reason=f"docker could not run {_IMAGE}")
    name = started.strip()
    atexit.register(_run, "docker", "stop", name, seconds=30)
    address = (_run("docker", "port", name, "9200/tcp", seconds=20) or "").split()
    url = f"http://{address[0]}" if address else ""
    if url and answers(url, 120):
        return Server(url, snapshots=snapshots)
    return Server(reason=f"the container of {_IMAGE} does not answer")


def _from_zip() -> Server:
    java = java_home()
    if java is None:
        return Server(reason=f"no container daemon answers and no Java {_OLDEST_JAVA} or newer is installed")
    folder = Path(tempfile.mkdtemp(prefix="rogatio-elasticsearch-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = unpacked(folder)
    if home is None:
        return Server(reason=f"no container daemon answers and Maven could not bring {_ARTIFACT}")
    return _launch(home, java)


def unpacked(folder: Path) -> Path | None:
    """Return a server's folder of our own."""
    given = os.environ.get("ROGATIO_TEST_ELASTICSEARCH_HOME", "")
    if given:
        return Path(shutil.copytree(given, folder / "server"))
    packed = Path.home() / ".m2" / _ZIP
    if not packed.exists():
        get = ("mvn", "-q", "-B", "dependency:get", "-Dtransitive=false", f"-Dartifact={_ARTIFACT}")
        _run(*get, seconds=900)
    if not packed.exists():
        return None
    with ZipFile(packed) as archive:
        archive.extractall(folder)
    return next(folder.glob("elasticsearch-*"))


def java_home() -> Path | None:
    """Return the home of the newest Java that is new enough."""
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    homes += [path for path in Path("/usr/lib/jvm").glob("*") if path.is_dir()]
    found = {home: _java_version(home) for home in homes}
    newest = max(found, key=lambda home: found[home], default=None)
    return newest if newest and found[newest] >= _OLDEST_JAVA else None


def _java_version(home: Path) -> int:
    release = home / "release"
    written = re.search(r'JAVA_VERSION="(\d+)', release.read_text()) if release.exists() else None
    return int(written[1]) if written and (home / "bin" / "java").exists() else 0


def _launch(home: Path, java: Path) -> Server:
    port, transport = free_port(), free_port()
    snapshots = home / "snapshots"
    settings = {**_SETTINGS, "http.port": port, "transport.port": transport, "network.host": "127.0.0.1"}
    settings |= {"path.repo": str(snapshots)}
    (home / "config" / "elasticsearch.yml").write_text("".join(f"{key}: {value}\n" for key, value in settings.items()))
    environment = {"PATH": os.environ["PATH"], "ES_JAVA_HOME": str(java), "ES_JAVA_OPTS": "-Xms1g -Xmx1g"}
    for script in (home / "bin").iterdir():
        script.chmod(0o755)
    log = (home / "console.log").open("w")
    process = subprocess.Popen(
        [str(home / "bin" / "elasticsearch")],
        env=environment | {"HOME": str(home)},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **other_user(home),
    )
    atexit.register(_stop, process)
    url = f"http://127.0.0.1:{port}"
    if answers(url, 120, process):
        return Server(url, snapshots=str(snapshots))
    return Server(reason=f"Elasticsearch did not start: {(home / 'console.log').read_text()[-600:]}")


def other_user(home: Path) -> dict[str, object]:
    """Return the user to run as: Elasticsearch refuses root."""
    if os.geteuid() != 0:
        return {}
    home.parent.chmod(0o755)
    for path in [home, *home.rglob("*")]:
        shutil.chown(path, "nobody", "nogroup")
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answers(url: str, seconds: int, process: subprocess.Popen[bytes] | None = None) -> bool:
    """Tell whether the cluster answers in time (it lacks ``GET /``, so its health is asked for)."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and (process is None or process.poll() is None):
        try:
            with urllib.request.urlopen(f"{url}/_cluster/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.5)
    return False
