"""Dockerfile, compose file and proxy fit the product; they are read here, not run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.accounts.permissions import ANYONE, needed_permission
from app.operations.serve_command import serve_command
from app.web import create_app
from indexing.settings import Settings

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
ROGATIO, PROXY = COMPOSE["services"]["rogatio"], COMPOSE["services"]["proxy"]
NGINX = (ROOT / "release" / "nginx.conf").read_text(encoding="utf-8")


def instructions(name: str) -> list[str]:
    """Return the arguments of the instructions of this name, continued lines joined."""
    joined = re.sub(r"\s*\\\n\s*", " ", DOCKERFILE)
    return re.findall(rf"^\s*{name} (.+)$", joined, re.MULTILINE)


def test_the_image_has_the_packages_of_the_system_that_are_documented() -> None:
    documented = re.findall(r"`((?:lib|tesseract)[^`]+)`", (ROOT / "release" / "SYSTEM.md").read_text(encoding="utf-8"))
    wanted = {package for row in documented for package in row.split()} - {"libc6"}
    (installed,) = re.findall(r"--no-install-recommends (.*?) &&", instructions("RUN")[0])
    assert set(installed.split()) == wanted


@pytest.mark.parametrize("command", [json.loads(instructions("CMD")[-1]), ROGATIO["command"]], ids=["image", "compose"])
def test_the_commands_are_commands_of_rogatio(command: list[str]) -> None:
    assert instructions("ENTRYPOINT") == ['["rogatio"]']
    assert command[0] == "serve"
    given = serve_command.make_context("serve", list(command[1:])).params
    assert (given["host"], given["https"], given["port"]) == ("0.0.0.0", True, 8000)


def test_the_health_check_asks_an_address_that_anyone_may_ask(tmp_path: Path) -> None:
    app = create_app({"SETTINGS": Settings(tmp_path / "home")})
    (address,) = re.findall(r"http://127\.0\.0\.1:8000(/[^']+)", DOCKERFILE)
    endpoint, _ = app.url_map.bind("localhost").match(address)
    assert needed_permission(endpoint) == ANYONE
    assert app.test_client().get(address, headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_the_installation_is_kept_in_a_volume_and_nothing_else_is_written() -> None:
    environment = dict(part.split("=", 1) for part in instructions("ENV")[0].split())
    volume, place = ROGATIO["volumes"][0].split(":")
    assert volume in COMPOSE["volumes"]
    assert place == environment["ROGATIO_HOME"] == instructions("VOLUME")[0]
    assert ROGATIO["read_only"]
    assert instructions("USER") == ["rogatio"]


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert "ports" not in ROGATIO
    assert COMPOSE["networks"][ROGATIO["networks"][0]] == {"internal": True}
    assert set(ROGATIO["networks"]) < set(PROXY["networks"]) == set(COMPOSE["networks"])
    mounted = PROXY["volumes"][0].split(":")[0]
    assert (ROOT / mounted).read_text(encoding="utf-8") == NGINX
    assert f"proxy_pass http://rogatio:{instructions('EXPOSE')[0]};" in NGINX
    assert "proxy_set_header Host $host;" in NGINX


def test_variables_are_those_that_the_program_reads() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for name in ("app", "indexing") for path in (ROOT / name).rglob("*.py")
    )
    known = set(re.findall(r'"(ROGATIO_[A-Z_]+)"', source))
    assert set(ROGATIO["environment"]) <= known
    assert set(re.findall(r"\$\{(ROGATIO_\w+)", json.dumps(COMPOSE))) == {"ROGATIO_NAME", "ROGATIO_CERTIFICATES"}


def test_services_have_only_keys_of_the_specification() -> None:
    """Names of the Compose Specification that are used here; a misspelt one is ignored or refused by Compose."""
    known = {"build", "image", "command", "environment", "volumes", "tmpfs", "read_only", "cap_drop", "security_opt"}
    known |= {"restart", "networks", "ports", "depends_on"}
    assert {key for service in COMPOSE["services"].values() for key in service} <= known
    assert set(COMPOSE) == {"name", "services", "volumes", "networks"}


def test_nothing_but_the_bundle_is_sent_to_the_builder() -> None:
    assert (ROOT / ".dockerignore").read_text(encoding="utf-8").split() == ["*", "!dist"]
    assert not instructions("COPY") + instructions("ADD")
