"""Time stamps of bundles by an authority of the test: optional, verifiable by OpenSSL too, and any change is found."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from account_site import AccountSite, account_site
from test_evidence import fetched, members, run
from time_stamp_authority import Authority, serving

from app.evidence.bag import SIGNATURE, TIMESTAMP
from app.evidence.timestamps import AUTHORITY, authority_address, check_authority
from extraction.errors import RogatioError


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> AccountSite:
    return account_site(tmp_path_factory.mktemp("stamps"))


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    made = Authority()
    with serving(made) as address:
        monkeypatch.setenv(AUTHORITY, address)
        yield made


@pytest.fixture
def bundle(site: AccountSite, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROGATIO_HOME", str(site.app.extensions["installation"].settings.home))
    (tmp_path / "root.pem").write_bytes(authority.root)
    (tmp_path / "letter.zip").write_bytes(fetched(site, "ana", "open"))
    return tmp_path / "letter.zip"


def outcome(bundle: Path, root: Path) -> tuple[int, list[str], str]:
    """Return the exit code, the kinds of problems and the time of the stamp."""
    done = run("verify", str(bundle), "--timestamp-ca", str(root), "--json")
    found = json.loads(done.output)
    return done.exit_code, [problem["kind"] for problem in found["problems"]], found["stamped"]


def test_the_time_is_that_of_the_authority_and_it_learns_a_digest(bundle: Path, authority: Authority) -> None:
    assert outcome(bundle, bundle.parent / "root.pem") == (0, [], authority.when.isoformat())
    (query,) = authority.queries
    assert len(query) < 100
    said = run("verify", str(bundle), "--timestamp-ca", str(bundle.parent / "root.pem")).output
    assert "2031-05-03" in said
    unchecked = run("verify", str(bundle))
    assert (unchecked.exit_code, "--timestamp-ca" in unchecked.output) == (0, True)


def test_openssl_verifies_it_too(bundle: Path, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    found = members(bundle)
    for name in (SIGNATURE, TIMESTAMP):
        (tmp_path / Path(name).name).write_bytes(found[name])
    command = ["openssl", "ts", "-verify", "-data", Path(SIGNATURE).name, "-in", Path(TIMESTAMP).name]
    done = subprocess.run([*command, "-CAfile", "root.pem"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def altered(bundle: Path, stamp: bytes | None) -> Path:
    """Write the bundle with another stamp, or without one."""
    other = bundle.with_name("altered.zip")
    with zipfile.ZipFile(bundle) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            is_stamp = name.endswith(TIMESTAMP)
            if not is_stamp or stamp is not None:
                target.writestr(name, stamp or b"" if is_stamp else source.read(name))
    return other


def test_a_stamp_of_something_else_of_others_or_none_is_found(
    site: AccountSite, bundle: Path, authority: Authority, tmp_path: Path
) -> None:
    root, own = bundle.parent / "root.pem", members(bundle)[TIMESTAMP]
    another = members_of(fetched(site, "ana", "open"), tmp_path)[TIMESTAMP]  # of another signature
    (tmp_path / "stranger.pem").write_bytes(Authority().root)
    assert outcome(bundle, tmp_path / "stranger.pem") == (1, ["timestamp"], "")
    said = run("verify", str(bundle), "--timestamp-ca", str(tmp_path / "stranger.pem")).output
    assert "The content is as it was signed, but the time stamp is not confirmed." in said
    for stamp in (another, b"", own[:-1], b"\0" * 40):
        assert outcome(altered(bundle, stamp), root) == (1, ["timestamp"], "")
    assert outcome(altered(bundle, None), root) == (1, ["missing"], "")


def members_of(content: bytes, folder: Path) -> dict[str, bytes]:
    (folder / "other.zip").write_bytes(content)
    return members(folder / "other.zip")


@pytest.mark.parametrize("status", [2, 3])
def test_without_a_stamp_there_is_no_bundle_if_one_is_required(
    site: AccountSite, authority: Authority, status: int
) -> None:
    authority.status = status
    address = f"/api/v1/documents/bundle?document={site.values['open']['document_id']}"
    answer = site.client("ana").get(address)
    assert (answer.status_code, answer.json["code"]) == (503, "app.timestamp_failed")


def test_an_authority_that_does_not_answer(site: AccountSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(AUTHORITY, "http://127.0.0.1:9/tsa")
    address = f"/api/v1/documents/bundle?document={site.values['open']['document_id']}"
    assert site.client("ana").get(address).json["code"] == "app.timestamp_failed"


def test_a_missing_package_is_named_when_the_server_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    check_authority({})  # nothing is needed without an authority
    with pytest.raises(RogatioError, match=r"app\.timestamps_needed: .*rfc3161-client"):
        check_authority({AUTHORITY: "https://tsa.example.org/q"})


@pytest.mark.parametrize("wrong", ["tsa.example.org", "file:///etc/passwd", "http://", "http://[a"])
def test_an_authority_has_an_address(wrong: str) -> None:
    with pytest.raises(RogatioError, match="setting_wrong"):
        authority_address({AUTHORITY: wrong})
    assert authority_address({AUTHORITY: " https://tsa.example.org/q "}) == "https://tsa.example.org/q"
