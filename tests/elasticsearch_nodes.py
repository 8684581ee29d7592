"""Three nodes of a real Elasticsearch on this machine, which can be killed one by one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from elasticsearch_server import answers, free_port, java_home, other_user, unpacked

NAMES = ("one", "two", "three")
_SETTINGS = {
    "xpack.security.enabled": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "network.host": "127.0.0.1",
}


@dataclass
class Nodes:
    """``ports`` and ``processes`` of the nodes by name."""

    ports: dict[str, int]
    processes: dict[str, subprocess.Popen[bytes]]

    @property
    def url(self) -> str:
        return ",".join(f"http://127.0.0.1:{port}" for port in self.ports.values())

    def kill(self, name: str) -> None:
        """Kill a node with the launcher that would report its end."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


def why_missing() -> str:
    return "" if java_home() else "no Java that is new enough for Elasticsearch is installed"


@contextmanager
def three_nodes(heap: str = "512m") -> Iterator[Nodes]:
    """Start a cluster of three nodes of one shard copy each; raises ``AssertionError`` if it does not form."""
    folder = Path(tempfile.mkdtemp(prefix="rogatio-nodes-"))
    nodes = Nodes({name: free_port() for name in NAMES}, {})
    try:
        home = unpacked(folder)
        assert home is not None, "Elasticsearch is not available"
        for script in (home / "bin").iterdir():
            script.chmod(0o755)
        transports = {name: free_port() for name in NAMES}
        users = other_user(home)
        for name in NAMES:
            nodes.processes[name] = _start(home, name, nodes.ports[name], transports, heap, users)
        for name, port in nodes.ports.items():
            health = f"http://127.0.0.1:{port}/_cluster/health?wait_for_nodes=3&timeout=1s&pretty#"
            assert answers(health, 180, nodes.processes[name]), (home / f"{name}.log").read_text()[-2000:]
        yield nodes
    finally:
        for name in list(nodes.processes):
            nodes.kill(name)
        shutil.rmtree(folder, ignore_errors=True)


def _start(
    home: Path, name: str, port: int, transports: dict[str, int], heap: str, users: dict[str, object]
) -> subprocess.Popen[bytes]:
    java = java_home()
    assert java is not None
    data, configuration, log = home / name, home / f"config-{name}", home / f"{name}.log"
    data.mkdir()
    shutil.copytree(home / "config", configuration)
    seeds = ",".join(f"127.0.0.1:{transport}" for transport in transports.values())
    settings = {
        **_SETTINGS,
        "cluster.name": "nodes-of-tests",
        "cluster.initial_master_nodes": ",".join(NAMES),
        "discovery.seed_hosts": seeds,
        "node.name": name,
        "http.port": port,
        "transport.port": transports[name],
        "path.data": data,
        "path.logs": data,
    }
    (configuration / "elasticsearch.yml").write_text("".join(f"{key}: {value}\n" for key, value in settings.items()))
    if users:
        for path in [data, configuration, *configuration.rglob("*")]:
            shutil.chown(path, "nobody", "nogroup")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "ES_JAVA_HOME": str(java),
        "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}",
        "ES_PATH_CONF": str(configuration),
    }
    with log.open("w") as written:
        return subprocess.Popen(
            [str(home / "bin" / "elasticsearch")],
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **users,  # type: ignore[call-overload]
        )
