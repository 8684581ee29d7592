"""The Helm chart fits the product; Helm renders it and Kubernetes' schemas accept it where both are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.accounts.permissions import ANYONE, needed_permission
from app.operations.serve_command import serve_command
from app.web import OWN_HOSTS, create_app
from indexing.settings import Settings, settings_from

ROOT = Path(__file__).parent.parent
CHART = ROOT / "release" / "helm" / "rogatio"
TEMPLATES = {path.stem: path.read_text(encoding="utf-8") for path in (CHART / "templates").glob("*.yaml")}
VALUES: dict[str, Any] = yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8"))
KUBERNETES = "1.31"
GIVEN = {"host": "rogatio.example.org", "elasticsearch.url": "https://es1:9200,https://es2:9200"}


def test_every_value_is_used_and_every_used_value_has_a_default() -> None:
    used = set(re.findall(r"\.Values\.([\w.]+)", "".join(TEMPLATES.values())))
    listed = {
        f"{name}.{inner}" if isinstance(value, dict) and name not in ("resources", "environment") else name
        for name, value in VALUES.items()
        for inner in (value if isinstance(value, dict) else [""])
    }
    assert used == listed


def test_variables_are_those_that_the_program_reads() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for name in ("app", "indexing") for path in (ROOT / name).rglob("*.py")
    )
    known = set(re.findall(r'"(ROGATIO_[A-Z_]+)"', source))
    named = set(re.findall(r"ROGATIO_[A-Z_]+", TEMPLATES["deployment"])) | set(VALUES["environment"])
    assert named <= known
    servers = {"ROGATIO_DATABASE_URL", "ROGATIO_REDIS_URL", "ROGATIO_ELASTICSEARCH_URL", "ROGATIO_HOME"}
    assert servers < named
    assert settings_from({"ROGATIO_HOME": "/x", "ROGATIO_ENGINE": "elasticsearch"}).engine == "elasticsearch"


def test_container_and_image_have_the_same_home_user_and_port() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    (user,) = set(re.findall(r"runAs(?:User|Group): (\d+)", TEMPLATES["deployment"]))
    assert f"--uid {user}" in dockerfile
    (home,) = re.findall(r"ROGATIO_HOME=(\S+)", dockerfile)
    assert TEMPLATES["deployment"].count(home) == 2  # the variable and the volume
    assert f"containerPort: {re.findall(r'EXPOSE (.+)', dockerfile)[0]}" in TEMPLATES["deployment"]


def test_probes_ask_what_anyone_may_ask_by_the_name_of_the_site(tmp_path: Path) -> None:
    app = create_app({"SETTINGS": Settings(tmp_path / "home"), "TRUSTED_HOSTS": [*OWN_HOSTS, GIVEN["host"]]})
    paths = re.findall(r"path: (/api/\S+)", TEMPLATES["deployment"])
    assert set(paths) == {"/api/v1/health", "/api/v1/ready"}
    assert TEMPLATES["deployment"].count("- name: Host\n") == len(paths) == 3
    for path in paths:
        endpoint, _ = app.url_map.bind("localhost").match(path)
        assert needed_permission(endpoint) == ANYONE
        assert app.test_client().get(path, headers={"Host": GIVEN["host"]}).status_code == 200
        assert app.test_client().get(path, headers={"Host": "10.0.0.7:8000"}).status_code == 400


@pytest.fixture(scope="module")
def rendered() -> list[dict[str, Any]]:
    """The objects that Helm makes, with all that is optional."""
    if (helm := shutil.which("helm")) is None:
        pytest.skip("THE CHART IS NOT RENDERED: Helm is not installed")
    given = [f"--set={name}={value.replace(',', chr(92) + ',')}" for name, value in GIVEN.items()]
    optional = ["--set=elasticsearch.caSecret=ca", "--set=home.storageClass=nfs", f"--kube-version={KUBERNETES}"]
    command = [helm, "template", "ministry", str(CHART), *given, *optional]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return list(yaml.safe_load_all(done.stdout))


def test_what_helm_makes_is_accepted_by_the_schemas_of_kubernetes(rendered: list[dict[str, Any]]) -> None:
    schemas = pytest.importorskip(
        "kubernetes_validate", reason="NO SCHEMAS OF KUBERNETES: pip install kubernetes-validate"
    )
    for made in rendered:
        schemas.validate(made, KUBERNETES, strict=True)
    with pytest.raises(schemas.ValidationError):
        schemas.validate(rendered[0] | {"misspelt": 1}, KUBERNETES, strict=True)


def test_what_helm_makes_belongs_together(rendered: list[dict[str, Any]]) -> None:
    by_kind = {made["kind"]: made for made in rendered}
    pod = by_kind["Deployment"]["spec"]["template"]
    labels = pod["metadata"]["labels"].items()
    for selector in (
        by_kind["Deployment"]["spec"]["selector"]["matchLabels"],
        by_kind["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        by_kind["Service"]["spec"]["selector"],
    ):
        assert selector.items() <= labels
    (container,) = pod["spec"]["containers"]
    parsed = serve_command.make_context("serve", list(container["args"][1:])).params
    assert (parsed["host"], parsed["https"], parsed["names"]) == ("0.0.0.0", True, (GIVEN["host"],))
    assert {one["name"] for one in container["volumeMounts"]} == {one["name"] for one in pod["spec"]["volumes"]}
    claim = by_kind["PersistentVolumeClaim"]
    assert pod["spec"]["volumes"][0]["persistentVolumeClaim"]["claimName"] == claim["metadata"]["name"]
    assert claim["spec"]["accessModes"] == ["ReadWriteMany"]  # one home for all servers
    backend = by_kind["Ingress"]["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend["name"] == by_kind["Service"]["metadata"]["name"]
