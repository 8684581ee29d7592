"""Nested containers, generated: limits apply by content, not by name."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import hostile_files as hostile
import pytest
from desk import LETTER, Desk
from office_files import docx

from extraction.errors import RogatioError
from extraction.members import MAX_CONTAINERS, Budget
from extraction.read import read
from indexing.access import LOCAL_USER
from indexing.ingest import tasks
from indexing.ingest.ingest import IngestReport, ingest
from indexing.ingest.tasks import budget_for
from indexing.store.rows import StoredDocument

TEXT = LETTER.encode()


def nested(depth: int, extension: str) -> bytes:
    data = hostile.zipped(("letter.txt", TEXT))
    for level in range(depth - 1):
        data = hostile.zipped((f"level{level}.{extension}", data))
    return data


def nested_mail(depth: int, core: tuple[str, bytes] = ("letter.txt", TEXT)) -> bytes:
    message = hostile.mail("message 0", "The innermost message.", core)
    for level in range(1, depth):
        outer = hostile.mail(f"message {level}", f"Message {level} holds another one.")
        outer.add_attachment(message)
        message = outer
    return message.as_bytes()


@dataclass(frozen=True, slots=True)
class Result:
    report: IngestReport
    documents: list[StoredDocument]

    @property
    def errors(self) -> Counter[str]:
        return Counter(one.error.code for one in self.report.failures)


def ingested(folder: Path, name: str, content: bytes) -> Result:
    desk = Desk(folder)
    path = folder / name
    path.write_bytes(content)
    report = ingest(desk.installation, [path], workers=1)
    assert report.came_in == report.indexed + report.duplicates + report.failed
    documents = list(desk.store.every_document(desk.store.access(LOCAL_USER)))
    desk.installation.close()
    return Result(report, documents)


@pytest.mark.parametrize("extension", ["zip", "dat", "txt", "pdf", "ZIP.backup"])
def test_packages_are_bounded_whatever_they_are_called(tmp_path: Path, extension: str) -> None:
    result = ingested(tmp_path, "case.zip", nested(12, extension))
    assert result.errors == {"extraction.nested_too_deep": 1}
    assert not any(one.source == "letter.txt" for one in result.documents)
    assert len(result.documents) == 2


def test_a_few_levels_are_unpacked_under_any_name(tmp_path: Path) -> None:
    result = ingested(tmp_path, "case.zip", nested(4, "dat"))
    assert not result.errors
    assert [one.place for one in result.documents if one.parent] == ["level2.dat/level1.dat/level0.dat/letter.txt"]


def test_an_office_file_is_no_package(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(hostile.zipped(("letter.docx", docx("Un exhorto."))))
    assert [member.name for member in read(path, tmp_path / "members").members] == ["letter.docx"]


def test_messages_in_messages_are_bounded(tmp_path: Path) -> None:
    """Every message that is reached is read; the one too deep is listed as such."""
    result = ingested(tmp_path, "message.eml", nested_mail(MAX_CONTAINERS + 4))
    assert result.errors == {"extraction.nested_too_deep": 1}
    assert result.report.indexed == MAX_CONTAINERS + 1
    assert not any(one.source == "letter.txt" for one in result.documents)


def test_packages_and_messages_in_turns_are_bounded(tmp_path: Path) -> None:
    data = TEXT
    for level in range(20):
        data = hostile.zipped((f"m{level}.eml", hostile.mail(f"{level}", "text", (f"p{level}.bin", data)).as_bytes()))
    result = ingested(tmp_path, "case.zip", data)
    assert result.errors == {"extraction.nested_too_deep": 1}
    assert len(result.documents) <= MAX_CONTAINERS + 2


def test_the_same_package_twice_is_unpacked_once(tmp_path: Path) -> None:
    inner = nested(3, "dat")
    mail = hostile.mail("a", "text", ("inner.zip", inner), ("inner.zip", inner))
    result = ingested(tmp_path, "a.eml", mail.as_bytes())
    assert result.report.duplicates == 1
    assert len(result.documents) == 4


@pytest.mark.parametrize(
    ("members", "size", "code"),
    [(6, 10, "extraction.too_many_files"), (2, 9_000, "extraction.unpacked_too_large")],
    ids=["files", "bytes"],
)
def test_many_containers_share_one_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: int, size: int, code: str
) -> None:
    """Five messages of a package, each within limits of 20 files and 40 kB, are together beyond them."""
    monkeypatch.setattr(tasks, "WHOLE_BUDGET", Budget(20, 40_000))

    def message(number: int) -> bytes:
        contents = (f"{number} {one} ".encode() * (size // 4) for one in range(members))
        attached = ((f"{number}-{one}.txt", content) for one, content in enumerate(contents))
        return hostile.mail(f"{number}", "text", *attached).as_bytes()

    messages = [(f"{number}.eml", message(number)) for number in range(5)]
    result = ingested(tmp_path, "case.zip", hostile.zipped(*messages))
    assert result.errors[code] >= 1
    inside = [one for one in result.documents if one.parent]
    assert len(inside) <= 20
    assert sum(one.size for one in inside) <= 40_000


def test_what_is_left_for_each_container(tmp_path: Path) -> None:
    inner = hostile.mail("inner", "text", ("b.txt", b"bb" * 50), ("c.txt", b"c" * 7)).as_bytes()
    outer = hostile.mail("outer", "text", ("a.txt", b"a" * 11), ("inner.eml", inner)).as_bytes()
    desk = Desk(tmp_path)
    (tmp_path / "outer.eml").write_bytes(outer)
    ingest(desk.installation, [tmp_path / "outer.eml"], workers=1)
    held = {one.source: one for one in desk.store.every_document(desk.store.access(LOCAL_USER))}
    whole, unpacked = Budget(), held["a.txt"].size + held["inner.eml"].size
    assert budget_for(desk.store, held["outer.eml"]) == whole
    assert budget_for(desk.store, held["inner.eml"]) == Budget(whole.files - 2, whole.size - unpacked, whole.levels - 1)
    assert budget_for(desk.store, held["b.txt"]) == Budget(
        whole.files - 4, whole.size - unpacked - 107, whole.levels - 2
    )


@pytest.mark.parametrize("levels", [0, 1])
def test_the_innermost_level(tmp_path: Path, levels: int) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(nested(2, "dat"))
    if not levels:
        with pytest.raises(RogatioError, match=r"extraction\.nested_too_deep"):
            read(path, tmp_path / "members", budget=Budget(levels=0))
        return
    (member,) = read(path, tmp_path / "members", budget=Budget(levels=1)).members
    assert member.error
    assert member.error.code == "extraction.nested_too_deep"
