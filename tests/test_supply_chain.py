"""Bill of materials, licences, and the production lock."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from importlib.metadata import requires
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from referencing import Registry, Resource

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "release"))

import components  # noqa: E402
import licences  # noqa: E402
import sbom  # noqa: E402

from app.operations.parser_versions import outdated, parser_versions  # noqa: E402

MADE = datetime(2031, 5, 3, tzinfo=UTC)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def found() -> tuple[components.Component, ...]:
    return components.components()


def schema(name: str) -> dict[str, object]:
    read: dict[str, object] = json.loads(files("cyclonedx").joinpath(f"schema/_res/{name}").read_text())
    return read


def test_the_bill_of_materials_is_cyclonedx(found: tuple[components.Component, ...]) -> None:
    bill = sbom.bill_of_materials(found, MADE)
    whole = schema("bom-1.6.SNAPSHOT.schema.json")
    base = "http://cyclonedx.org/schema/"
    names = ("spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json", "cryptography-defs.SNAPSHOT.schema.json")
    parts = [(f"{base}{name}", Resource.from_contents(schema(name))) for name in names]
    validator = jsonschema.Draft7Validator(whole, registry=Registry().with_resources(parts))
    assert [error.message for error in validator.iter_errors(bill)] == []
    assert validator.is_valid({**bill, "components": [{"name": "x"}]}) is False  # the validator does validate
    described = {one["bom-ref"] for one in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert {ref for one in bill["dependencies"] for ref in (one["ref"], *one["dependsOn"])} <= described
    assert {one.name for one in found} <= {one["name"] for one in bill["components"]}


GPL_ONLY = re.compile(r"^(?:A?GPL)-[\d.]+(?:-only|-or-later)?$")


def test_no_run_time_package_is_under_the_gpl_alone(found: tuple[components.Component, ...]) -> None:
    for one in found:
        every = one.licence.replace("(", "").replace(")", "").split(" AND ")
        assert not any(all(GPL_ONLY.match(choice) for choice in part.split(" OR ")) for part in every), one
    native = [part["licence"] for part in components.licence_data()["native"]]
    assert not [licence for licence in native if GPL_ONLY.match(licence)]


def test_the_page_of_licences_is_that_of_the_lock(found: tuple[components.Component, ...]) -> None:
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(found), "run make licences"


def test_every_exception_names_a_package_that_is_used(found: tuple[components.Component, ...]) -> None:
    assert components.licence_data()["packages"].keys() <= {one.name for one in found}


def test_the_production_lock_is_a_part_of_the_lock_without_development_tools() -> None:
    production, whole = components.locked(), components.locked(ROOT / "requirements.lock")
    assert production.items() <= whole.items()
    extras = PROJECT["optional-dependencies"]
    tools = {canonicalize_name(Requirement(line).name) for line in extras["dev"] + extras["demo"]} - {"rogatio"}
    assert tools & production.keys() == set()
    wanted = [*PROJECT["dependencies"], *extras["postgresql"], *extras["redis"], *extras["timestamps"]]
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(production[canonicalize_name(requirement.name)]), requirement


def test_the_lock_of_transformers_adds_to_the_production_lock() -> None:
    """Only what the extra needs is added, and nothing of the rest has another version."""
    production = components.locked()
    extended = components.locked(ROOT / "requirements-transformers.lock")
    assert production.items() <= extended.items()
    for requirement in map(Requirement, PROJECT["optional-dependencies"]["transformers"]):
        assert requirement.specifier.contains(extended[canonicalize_name(requirement.name)]), requirement
    assert "transformers" not in production


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-production.lock", "requirements-transformers.lock"]
)
def test_every_pin_has_hashes_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pins = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert pins
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert "http" not in re.sub(r"^[a-z].*|^ +# via.*|^ +#.*", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-production.lock"])
def test_a_package_required_with_an_extra_is_pinned_with_it(lock: str) -> None:
    """pip takes "smart-open[http]>=5.2.1" for another requirement than "smart-open==9.0.2" and asks for the newest."""
    pinned = re.findall(r"^([a-z0-9][\w.-]*)(\[.*?\])?==", (ROOT / lock).read_text(), flags=re.MULTILINE)
    extras = {canonicalize_name(name): Requirement(f"x{found}").extras for name, found in pinned}
    lines = [line for name in extras for line in requires(name) or [] if "extra ==" not in line]
    required = [Requirement(line) for line in lines]
    asked = [one for one in required if one.extras and canonicalize_name(one.name) in extras]
    assert asked
    for one in asked:
        assert one.extras <= extras[canonicalize_name(one.name)], one


@pytest.mark.parametrize(
    ("found", "old"),
    [
        ({"Pillow": "11.3.0", "libxml2": "2.14.4", "pdfminer.six": "20251230"}, set()),
        ({"Pillow": "13.0.0", "libxml2": "3.0", "pdfminer.six": "20260107"}, set()),
        ({"Pillow": "11.2.9", "libxml2": "2.9.14", "pdfminer.six": "20240706"}, {"Pillow", "libxml2", "pdfminer.six"}),
    ],
)
def test_a_parser_below_its_patch_level_is_named(found: dict[str, str], old: set[str]) -> None:
    assert outdated(found).keys() == old


def test_installed_parsers_have_their_patch_level() -> None:
    assert outdated(parser_versions()) == {}


def test_the_command_writes_it() -> None:
    done = subprocess.run(
        [sys.executable, "release/sbom.py"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert json.loads(done.stdout)["bomFormat"] == "CycloneDX"
