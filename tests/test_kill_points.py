"""A process killed at any write: after resuming, the state equals that of an undisturbed run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from run_scenarios import SCENARIOS

SECONDS = 3 * 3600
MIN_POINTS = 50


def tried(program: str, folder: Path, *options: str) -> list[dict[str, object]]:
    """Return what a program of the tests reports, a line of JSON for each thing that it tried."""
    here = Path(__file__).parent
    command = [sys.executable, here / program, folder, *options]
    paths = os.pathsep.join([str(here), str(here.parent)])
    environment = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"}  # forks only what has no threads
    completed = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS)
    assert completed.returncode == 0, completed.stderr
    return [json.loads(line) for line in completed.stdout.splitlines()]


@pytest.mark.slow
def test_a_sample_of_points(tmp_path: Path) -> None:
    found = tried("kill_points.py", tmp_path, *SCENARIOS, "--sample", "3")
    assert [one["wrong"] for one in found] == [{}] * len(SCENARIOS)
    assert all(int(str(one["points"])) >= MIN_POINTS for one in found)


@pytest.mark.full
@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_every_state_between_two_commits(
    tmp_path: Path, request: pytest.FixtureRequest, database: str, scenario: str
) -> None:
    server = [] if database == "sqlite" else ["--server", request.getfixturevalue("postgresql_url")]
    (found,) = tried("kill_points.py", tmp_path, scenario, *server)
    assert found["wrong"] == {}
    assert found["tried"] == found["states"]
