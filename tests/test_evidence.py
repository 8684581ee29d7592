"""Signed bundles: whole, verifiable without the product, and any change of them is found."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from account_site import WORLDS, AccountSite, account_site
from click.testing import CliRunner, Result
from sqlalchemy import event

from app.cli import rogatio
from app.evidence import document_bundle
from app.evidence.bag import MANIFEST, PROVENANCE, TAG_MANIFEST
from app.evidence.signing import KEY_FILE, existing_fingerprint
from app.evidence.verification import verify_bundle
from app.exports.schema import ExportRow
from extraction.errors import RogatioError
from indexing.installation import Installation
from indexing.store.originals import sha256_of
from indexing.store.writing import writing


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> AccountSite:
    return account_site(tmp_path_factory.mktemp("evidence"))


@pytest.fixture(scope="module")
def bundle(site: AccountSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of Paris's open letter, as its officer gets it."""
    path = tmp_path_factory.mktemp("bundle") / "letter.zip"
    path.write_bytes(fetched(site, "ana", "open"))
    return path


def installation(site: AccountSite) -> Installation:
    held: Installation = site.app.extensions["installation"]
    return held


def fetched(site: AccountSite, name: str, *worlds: str) -> bytes:
    chosen = "&".join(f"document={site.values[world]['document_id']}" for world in worlds)
    answer = site.client(name).get(f"/api/v1/documents/bundle?{chosen}&language=en")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip"), answer.text
    return bytes(answer.get_data())


def members(bundle: Path) -> dict[str, bytes]:
    """Return the files of a bundle by their name within its folder."""
    with zipfile.ZipFile(bundle) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(rogatio, ["--language", "en", "bundle", *arguments], catch_exceptions=True)


def test_a_bundle_holds_the_original_the_reading_and_where_they_come_from(site: AccountSite, bundle: Path) -> None:
    found = members(bundle)
    (original,) = [content for name, content in found.items() if name.startswith("data/originals/")]
    assert WORLDS["open"].words[0] in original.decode()
    document = str(site.values["open"]["document_id"])
    reading = json.loads(found[f"data/requests/{document}.json"])
    assert reading["document_id"] == document
    assert reading["fields"]
    proven = json.loads(found[PROVENANCE])
    assert {f"bundle:{name}" for name in found if name.startswith("data/")} == proven["entity"].keys()
    names = proven["entity"].keys() | proven["agent"].keys() | proven["activity"].keys()
    relations = ("wasAssociatedWith", "used", "wasGeneratedBy", "wasDerivedFrom")
    named = {value for kind in relations for relation in proven[kind].values() for value in relation.values()}
    assert named <= names  # every relation is between what is described
    assert proven["agent"]["rogatio:account-ana"]["prov:type"]["$"] == "prov:Person"
    assert "belfegor" not in "".join(found)  # names of files have no words of documents beyond their own names


LIMITATION = "La información recibida se utilizará exclusivamente en la presente causa."


def test_use_limitations_of_a_letter_travel_with_it(site: AccountSite, bundle: Path) -> None:
    ana, document = site.client("ana"), site.values["open"]["document_id"]
    assert LIMITATION in members(bundle)["data/use-limitations.txt"].decode()
    assert LIMITATION in ana.get(f"/requests/{document}").text
    results = ana.get("/api/v1/search/export?q=zarzaparrilla&format=docx&export_language=en").get_data()
    assert LIMITATION in text_of(results, "word/document.xml")
    (stated,) = ana.get(f"/api/v1/requests/{document}").json["fields"]["specialty"]
    vera = site.client("vera")
    rejected = {"proposal": stated["id"], "verdict": "rejected"}
    assert vera.post(f"/api/v1/requests/{document}/decisions", json=rejected).status_code == 201
    with zipfile.ZipFile(io.BytesIO(fetched(site, "ana", "open"))) as archive:
        assert not any("use-limitations" in name for name in archive.namelist())
    confirmed = {"proposal": stated["id"], "verdict": "confirmed"}
    assert vera.post(f"/api/v1/requests/{document}/decisions", json=confirmed).status_code == 201


def text_of(office: bytes, part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(office)) as package:
        return package.read(part).decode()


def test_exports_of_letters_bear_who_exported_them_and_public_law_does_not(site: AccountSite) -> None:
    ana, document = site.client("ana"), site.values["open"]["document_id"]
    marked = ana.get("/api/v1/search/export?q=zarzaparrilla&format=docx&export_language=en").get_data()
    assert 'string="Exported by ana on ' in text_of(marked, "word/header1.xml")
    letter = ana.get(f"/requests/{document}/completion-letter.docx?language=en")
    assert 'string="Exported by ana on ' in text_of(letter.get_data(), "word/header1.xml")
    law = site.client("eva").get("/api/v1/search/export?q=blanqueo&format=docx&export_language=en").get_data()
    with zipfile.ZipFile(io.BytesIO(law)) as package:
        assert "PowerPlusWaterMark" not in "".join(
            package.read(name).decode() for name in package.namelist() if name.startswith("word/header")
        )


def test_the_key_is_the_owners_alone(site: AccountSite, bundle: Path) -> None:
    home = installation(site).settings.home
    assert (home / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert verify_bundle(bundle).fingerprint == existing_fingerprint(home)


@pytest.mark.parametrize("name", ["otto", "eva", "rita"])
def test_who_may_not_see_a_document_gets_no_bundle_of_it(site: AccountSite, name: str) -> None:
    document = site.values["open"]["document_id"]
    for address in (f"/api/v1/documents/bundle?document={document}", f"/documents/bundle?document={document}"):
        assert site.client(name).get(address).status_code == 404
    assert site.client(name).get("/api/v1/documents/bundle").json["code"] == "app.no_documents_chosen"


def test_in_the_background_by_the_page_and_recorded_as_a_disclosure(site: AccountSite, tmp_path: Path) -> None:
    ana, document = site.client("ana"), site.values["open"]["document_id"]
    page = ana.get("/documents?collection=paris").text
    assert f'value="{document}"' in page
    assert 'action="/documents/bundle"' in page
    assert ana.get(f"/documents/bundle?document={document}&background=1").location == "/exports/"
    queue = site.app.extensions["exports"].queue
    while task := queue.dequeue():
        queue.execute(task)
    (made,) = ana.get("/api/v1/exports").json["exports"]
    assert made["state"] == "ready", made
    assert made["name"].endswith(".zip")
    (tmp_path / "made.zip").write_bytes(ana.get(f"/exports/{made['id']}/file").get_data())
    assert verify_bundle(tmp_path / "made.zip").is_intact
    trail = site.client("abel").get("/api/v1/audit").json["entries"]
    assert any(
        entry["operation"] == "disclosure" and document in entry["objects"].get("documents", ()) for entry in trail
    )
    assert existing_fingerprint(installation(site).settings.home) in ana.get("/exports/").text
    with writing(installation(site).store) as session:
        session.query(ExportRow).delete()


def test_the_documents_of_a_bundle_are_looked_up_once(site: AccountSite) -> None:
    ana, document = site.client("ana"), site.values["open"]["document_id"]
    lookups: list[str] = []

    def note(*arguments: object) -> None:
        statement = str(arguments[2])
        lookups.extend(["parent"] if "documents.parent = " in statement else [])

    database = installation(site).store.database
    event.listen(database, "before_cursor_execute", note)
    assert ana.get(f"/api/v1/documents/bundle?document={document}").status_code == 200
    event.remove(database, "before_cursor_execute", note)
    assert lookups == ["parent"]


def test_a_large_bundle_is_made_in_the_background(
    site: AccountSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, document = site.client("ana"), site.values["open"]["document_id"]
    monkeypatch.setattr(document_bundle, "LARGE_SIZE", 1)
    address = f"/documents/bundle?document={document}"
    answer = ana.get(f"/api/v1{address}")
    assert (answer.status_code, answer.json["state"]) == (202, "waiting")
    assert ana.get(address).location == "/exports/"
    assert site.client("otto").get(f"/api/v1{address}").status_code == 404  # not even queued
    queue = site.app.extensions["exports"].queue
    while task := queue.dequeue():
        queue.execute(task)
    states = {made["id"]: made["state"] for made in ana.get("/api/v1/exports").json["exports"]}
    assert set(states.values()) == {"ready"}
    (tmp_path / "made.zip").write_bytes(ana.get(f"/exports/{answer.json['id']}/file").get_data())
    assert verify_bundle(tmp_path / "made.zip").is_intact
    with writing(installation(site).store) as session:
        session.query(ExportRow).delete()


def test_verified_by_the_command(site: AccountSite, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = installation(site).settings.home
    monkeypatch.setenv("ROGATIO_HOME", str(home))
    own = run("verify", str(bundle))
    assert (own.exit_code, "intact" in own.output) == (0, True)
    monkeypatch.setenv("ROGATIO_HOME", str(bundle.parent / "elsewhere"))
    foreign = run("verify", str(bundle))
    assert foreign.exit_code == 4
    assert existing_fingerprint(home) in foreign.output
    assert not (bundle.parent / "elsewhere").exists()  # nothing is made where there is no installation
    assert run("verify", str(bundle), "--fingerprint", existing_fingerprint(home)).exit_code == 0
    assert run("verify", str(bundle), "--fingerprint", "0" * 64).exit_code == 4


def test_made_by_the_command(site: AccountSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(installation(site).settings.home))
    path = tmp_path / "made.zip"
    documents = [str(site.values[world]["document_id"]) for world in WORLDS]
    assert run("make", str(path), *documents).exit_code == 0
    outcome = json.loads(run("verify", str(path), "--json").output)
    assert (outcome["intact"], outcome["known"], outcome["files"]) == (True, True, 8)
    assert outcome["fingerprint"] in run("key").output


def test_verified_without_the_product(bundle: Path, tmp_path: Path) -> None:
    """The two commands that README.txt names."""
    for program in ("sha256sum", "openssl"):
        if shutil.which(program) is None:
            pytest.skip(f"needs {program}")
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    readme = (folder / "README.txt").read_text()
    commands = [line.strip() for line in readme.splitlines() if line.startswith("  ")]
    assert len(commands) == 3
    for command in commands:
        done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stderr)
    assert done.stdout.split()[0] == verify_bundle(bundle).fingerprint


def changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], None]:
    def edit(found: dict[str, bytes]) -> None:
        (key,) = [key for key in found if key.startswith(name)]
        found[key] = change(found[key])

    return edit


def removed(name: str) -> Callable[[dict[str, bytes]], None]:
    def edit(found: dict[str, bytes]) -> None:
        (key,) = [key for key in found if key.startswith(name)]
        del found[key]

    return edit


def listed_again(found: dict[str, bytes]) -> None:
    """Change a file and state its new digest in the manifest, as somebody without the key can."""
    (key,) = [key for key in found if key.startswith("data/originals/")]
    found[key] = b"other"
    import hashlib

    lines = [line for line in found[MANIFEST].decode().splitlines() if not line.endswith(key)]
    found[MANIFEST] = "\n".join([*lines, f"{hashlib.sha256(b'other').hexdigest()}  {key}", ""]).encode()
    tags = found[TAG_MANIFEST].decode().splitlines()
    stated = f"{hashlib.sha256(found[MANIFEST]).hexdigest()}  {MANIFEST}"
    found[TAG_MANIFEST] = "\n".join([*(t for t in tags if not t.endswith(f"  {MANIFEST}")), stated, ""]).encode()


ALTERED: list[tuple[str, Callable[[dict[str, bytes]], None]]] = [
    ("changed", changed("data/originals/", lambda content: content + b"!")),
    ("changed", changed("data/documents.json", lambda content: content.replace(b"paris", b"lima"))),
    ("changed", changed(PROVENANCE, lambda content: content.replace(b"ana", b"eva"))),
    ("changed", changed("bag-info.txt", lambda content: content + b"Contact-Name: eva\n")),
    ("missing", removed("data/originals/")),
    ("unlisted", lambda found: found.update({"data/added.txt": b"x"})),
    ("unlisted", lambda found: found.update({"metadata/added.txt": b"x"})),
    ("signature", changed("signature/signature", lambda content: bytes(64))),
    ("signature", changed("signature/signature", lambda content: b"")),
    ("signature", listed_again),
]


@pytest.mark.parametrize(("kind", "edit"), ALTERED)
def test_every_alteration_is_found(
    bundle: Path, tmp_path: Path, kind: str, edit: Callable[[dict[str, bytes]], None]
) -> None:
    found = members(bundle)
    edit(found)
    path = tmp_path / "altered.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in found.items():
            archive.writestr(f"folder/{name}", content)
    assert kind in {problem.kind for problem in verify_bundle(path).problems}
    assert run("verify", str(path)).exit_code == 1


def test_a_file_present_twice_is_found(bundle: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(bundle, tmp_path / "twice.zip"))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(next(name for name in archive.namelist() if "/data/originals/" in name), b"other")
    assert {"duplicate", "changed"} <= {problem.kind for problem in verify_bundle(path).problems}


def test_what_is_damaged_or_no_bundle_is_named(bundle: Path, tmp_path: Path) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("x/bagit.txt", b"")
    whole = bundle.read_bytes()
    for content in (b"", b"no zip", other.getvalue(), whole[: len(whole) // 2]):
        path = tmp_path / "other.zip"
        path.write_bytes(content)
        with pytest.raises(RogatioError, match="no_bundle"):
            verify_bundle(path)
    middle = bytearray(whole)
    with zipfile.ZipFile(bundle) as archive:
        (info,) = [one for one in archive.infolist() if "/data/originals/" in one.filename]
    at = info.header_offset + 30 + len(info.filename) + 5
    middle[at] ^= 0xFF
    path.write_bytes(bytes(middle))
    assert "changed" in {problem.kind for problem in verify_bundle(path).problems}


def test_the_original_is_unchanged(site: AccountSite, bundle: Path) -> None:
    store = installation(site).store
    originals = [path for path in store.originals.folder.rglob("*") if path.is_file()]
    assert originals
    assert [path.name for path in originals if sha256_of(path) != path.name] == []
