"""Outlook messages (``.msg``) and its container of attachments (``winmail.dat``)."""

from __future__ import annotations

import struct
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from compound_files import compound_file

from extraction.containers.compressed_rtf import decompressed
from extraction.containers.mapi import encoding_of
from extraction.read import Reading, read

WIDE = "utf-16-le"
PROPERTIES = "__properties_version1.0"
NUMBER, TEXT, ANSI, TIME, BINARY, OBJECT = 0x03, 0x1F, 0x1E, 0x40, 0x102, 0x0D
# the example of [MS-OXRTFCP] 4.1
EXAMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)


def reading(tmp_path: Path, name: str, content: bytes) -> Reading:
    (tmp_path / name).write_bytes(content)
    return read(tmp_path / name, tmp_path / "members")


def contents(found: Reading) -> dict[str, str]:
    return {member.name: (member.path or Path()).read_bytes().rstrip(b"\0").decode() for member in found.members}


def text_of(found: Reading) -> str:
    assert found.document is not None
    return found.document.text


def rows(*values: tuple[int, int, int], start: int = 32) -> bytes:
    """Return a stream of properties of fixed length, each by identifier, type and value."""
    return bytes(start) + b"".join(
        struct.pack("<HHIQ", kind, identifier, 6, value) for identifier, kind, value in values
    )


def packed(rtf: bytes) -> bytes:
    """Return ``rtf`` as Outlook writes it, without runs."""
    groups = b"".join(b"\0" + rtf[place : place + 8] for place in range(0, len(rtf), 8))
    return struct.pack("<II4sI", len(groups) + 12, len(rtf), b"LZFu", 0) + groups


def attribute(level: int, identifier: int, data: bytes) -> bytes:
    checksum = sum(data) & 0xFFFF
    return struct.pack("<BHHI", level, identifier, 0, len(data)) + data + struct.pack("<H", checksum)


def properties(*values: tuple[int, int, bytes]) -> bytes:
    """Return an attribute of properties of variable length; one above 0x8000 has a name."""
    parts = [struct.pack("<I", len(values))]
    for identifier, kind, data in values:
        name = bytes(16) + struct.pack("<II", 1, 6) + "abc".encode(WIDE) + b"\0\0" if identifier >= 0x8000 else b""
        padded = data + bytes(-len(data) % 4)
        parts.append(struct.pack("<HH", kind, identifier) + name + struct.pack("<II", 1, len(data)) + padded)
    return b"".join(parts)


def container(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


def test_outlook_message(tmp_path: Path) -> None:
    wide = "utf-16-le"
    message = compound_file(
        {
            "__properties_version1.0": b"",
            "__substg1.0_0037001F": "Comisión rogatoria".encode(wide),
            "__substg1.0_0C1A001F": "Juzgado".encode(wide),
            "__substg1.0_5D01001F": "a@example.org".encode(wide),
            "__substg1.0_0E04001E": "b@example.org".encode("cp1252"),
            "__substg1.0_007D001F": "X: y\r\nDate: Tue, 03 Mar 2020 10:00:00 +0000\r\n".encode(wide),
            "__substg1.0_1000001F": "Señor juez:\r\n\r\nAdjunto.".encode(wide),
            "__attach_version1.0_#00000000/__substg1.0_3707001F": "anexo.pdf".encode(wide),
            "__attach_version1.0_#00000000/__substg1.0_37010102": b"%PDF-1.4".ljust(5000, b"x"),
        }
    )
    found = reading(tmp_path, "a.msg", message)
    assert found.document is not None
    assert found.document.text == (
        "From: Juzgado <a@example.org>\nTo: b@example.org\nDate: Tue, 03 Mar 2020 10:00:00 +0000\n"
        "Subject: Comisión rogatoria\n\nSeñor juez:\n\nAdjunto."
    )
    assert [(member.name, (member.path or Path()).read_bytes()[:8]) for member in found.members] == [
        ("anexo.pdf", b"%PDF-1.4")
    ]


def test_a_message_attached_to_an_outlook_message(tmp_path: Path) -> None:
    inner = "__attach_version1.0_#00000000/__substg1.0_3701000D"
    message = compound_file(
        {
            "__properties_version1.0": b"",
            "__substg1.0_0037001F": "Fwd".encode("utf-16-le"),
            f"{inner}/__properties_version1.0": b"",
            f"{inner}/__substg1.0_0037001F": "Auto/de prisión".encode("utf-16-le"),
            f"{inner}/__substg1.0_0C1A001F": "Juzgado\r\nPrimero".encode("utf-16-le"),
            f"{inner}/__substg1.0_1000001F": "Se remite el auto.".encode("utf-16-le"),
            f"{inner}/__attach_version1.0_#00000000/__substg1.0_3707001F": "auto.txt".encode("utf-16-le"),
            f"{inner}/__attach_version1.0_#00000000/__substg1.0_37010102": b"Visto".ljust(5000, b"\n"),
        }
    )
    found = reading(tmp_path, "a.msg", message)
    assert [member.name for member in found.members] == ["Auto-de prisión.eml"]
    attached = read(found.members[0].path or Path(), tmp_path / "inner", name="a.eml")
    assert attached.document is not None
    assert attached.document.text.startswith('From: "Juzgado Primero"\nSubject: Auto/de prisión\n\nSe remite el auto.')
    assert contents(attached) == {"auto.txt": "Visto".ljust(5000, "\n")}


@pytest.mark.parametrize(
    ("fixed", "page", "subject", "body"),
    [
        ((0x3FFD, NUMBER, 1251), "cp1251", "Постановление", "Направляем материалы дела."),
        ((0x3FFD, NUMBER, 1253), "cp1253", "Αίτηση", "Σας διαβιβάζουμε την αίτηση."),
        ((0x3FF1, NUMBER, 1041), "cp932", "日本語", "本文"),
        ((0x3FF1, NUMBER, 1045), "cp1250", "Wniosek o pomoc prawną", "Przesyłam żądany odpis wyroku."),
        ((0x3FFD, NUMBER, 65001), "utf-8", "Comisión rogatoria", "Señor juez"),
        ((0x3FF1, NUMBER, 3082), "cp1252", "Comisión rogatoria", "Señor juez"),
    ],
)
def test_8_bit_text_is_in_the_code_page_of_the_message(
    tmp_path: Path, fixed: tuple[int, int, int], page: str, subject: str, body: str
) -> None:
    streams = {"__substg1.0_0037001E": subject.encode(page), "__substg1.0_1000001E": body.encode(page)}
    found = reading(tmp_path, "a.msg", compound_file({PROPERTIES: rows(fixed), **streams}))
    assert text_of(found) == f"Subject: {subject}\n\n{body}"


def test_date_and_addresses_of_a_sent_message(tmp_path: Path) -> None:
    people = {
        f"__recip_version1.0_#0000000{index}/{name}": value
        for index, (kind, who, address) in enumerate(
            [(1, "Pérez, Ana", "ana@mj.gob.pe"), (2, "Lisboa", "/O=EX/CN=X"), (1, "b@mj.es", "b@mj.es")]
        )
        for name, value in (
            (PROPERTIES, rows((0x0C15, NUMBER, kind), start=8)),
            ("__substg1.0_3001001F", who.encode(WIDE)),
            ("__substg1.0_3003001F", address.encode(WIDE)),
        )
    }
    sent = (1_583_229_600 + 11_644_473_600) * 10_000_000  # 3 March 2020, 10:00
    streams = {
        PROPERTIES: rows((0x0039, TIME, sent)),
        "__substg1.0_0042001F": "Juzgado".encode(WIDE),
        "__substg1.0_0065001F": "j@poderjudicial.es".encode(WIDE),
        "__substg1.0_0E04001F": "Pérez; Lisboa".encode(WIDE),
        **people,
    }
    found = reading(tmp_path, "a.msg", compound_file(streams))
    assert text_of(found) == (
        'From: Juzgado <j@poderjudicial.es>\nTo: "Pérez, Ana" <ana@mj.gob.pe>, b@mj.es\nCc: Lisboa\n'
        "Date: Tue, 03 Mar 2020 10:00:00 +0000"
    )
    assert found.document is not None
    assert found.document.metadata["date"] == "2020-03-03"


@pytest.mark.parametrize(
    "body",
    [
        {"__substg1.0_1013001F": "<p>Se remite el <b>auto</b>.</p>".encode(WIDE)},
        {"__substg1.0_10130102": b"<p>Se remite el <b>auto</b>.</p>"},
        {"__substg1.0_10090102": packed(rb"{\rtf1\ansi Se remite el {\b auto}.\par}")},
        {
            "__substg1.0_10090102": packed(
                rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}Se remite el auto.\htmlrtf\par\htmlrtf0}"
            )
        },
        {"__substg1.0_1000001F": " \r\n".encode(WIDE), "__substg1.0_10130102": b"<p>Se remite el auto.</p>"},
    ],
)
def test_body_in_html_or_rtf(tmp_path: Path, body: dict[str, bytes]) -> None:
    streams = {PROPERTIES: rows(), "__substg1.0_0037001F": "Auto".encode(WIDE), **body}
    found = reading(tmp_path, "a.msg", compound_file(streams))
    assert text_of(found) == "Subject: Auto\n\nSe remite el auto."


def test_addresses_of_an_attached_message(tmp_path: Path) -> None:
    inner = "__attach_version1.0_#00000000/__substg1.0_3701000D"
    streams = {
        PROPERTIES: rows(),
        f"{inner}/{PROPERTIES}": rows(start=24),
        f"{inner}/__substg1.0_0C1A001F": "Núñez, Ana".encode(WIDE),
        f"{inner}/__substg1.0_5D01001F": "ana@mj.es".encode(WIDE),
        f"{inner}/__substg1.0_10090102": packed(rb"{\rtf1\ansi Se remite.\par}"),
    }
    found = reading(tmp_path, "a.msg", compound_file(streams))
    mail = message_from_bytes((found.members[0].path or Path()).read_bytes(), policy=policy.default)
    assert mail["From"].addresses[0].addr_spec == "ana@mj.es"
    assert mail["From"].addresses[0].display_name == "Núñez, Ana"
    assert mail.get_content().strip() == "Se remite."


def test_compressed_rtf() -> None:
    assert decompressed(EXAMPLE) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompressed(packed(b"{\\rtf1 abc}")) == b"{\\rtf1 abc}"
    assert decompressed(struct.pack("<II4sI", 20, 5, b"MELA", 0) + b"{abc}xyz") == b"{abc}"


@pytest.mark.parametrize("end", [0, 3, 15, 16, 17, 30, 44])
def test_damaged_compressed_rtf(end: int) -> None:
    assert b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n".startswith(decompressed(EXAMPLE[:end]))


def test_code_pages() -> None:
    pages = [1252, 28595, 20866, 65001, 932, 50220, 12345]
    names = ["cp1252", "iso8859-5", "koi8-r", "utf-8", "cp932", "iso2022_jp", ""]
    assert [encoding_of(page) for page in pages] == names


MESSAGE = container(
    attribute(1, 0x9007, struct.pack("<II", 1251, 0)),
    attribute(1, 0x8004, "Постановление".encode("cp1251") + b"\0"),
    attribute(1, 0x8005, struct.pack("<7H", 2020, 3, 3, 10, 0, 0, 2)),
    attribute(
        1,
        0x9003,
        properties((0x8005, TEXT, "x".encode(WIDE)), (0x1009, BINARY, packed(rb"{\rtf1\ansi Se adjunta.\par}"))),
    ),
    attribute(2, 0x9002, bytes(14)),
    attribute(2, 0x8010, b"ANEXO~1.TXT\0"),
    attribute(2, 0x800F, b"Visto"),
    attribute(2, 0x9005, properties((0x3707, TEXT, "anexo n.º 1.txt\0".encode(WIDE)))),
    attribute(2, 0x9002, bytes(14)),
    attribute(2, 0x8010, "опись.txt".encode("cp1251") + b"\0"),
    attribute(2, 0x800F, b"Lista"),
)


def test_container_of_outlook(tmp_path: Path) -> None:
    found = reading(tmp_path, "winmail.dat", MESSAGE)
    assert text_of(found) == "Date: Tue, 03 Mar 2020 10:00:00 +0000\nSubject: Постановление\n\nSe adjunta."
    assert contents(found) == {"anexo n.º 1.txt": "Visto", "опись.txt": "Lista"}
    assert found.document is not None
    assert (found.document.media_type, found.document.warnings) == ("application/vnd.ms-tnef", ())


def test_container_of_attachments_alone(tmp_path: Path) -> None:
    found = reading(tmp_path, "a.tnef", container(attribute(2, 0x9002, bytes(14)), attribute(2, 0x800F, b"Visto")))
    assert (found.document, contents(found)) == (None, {"attachment": "Visto"})


def test_message_within_a_container(tmp_path: Path) -> None:
    within = properties((0x3701, OBJECT, bytes(16) + MESSAGE), (0x3707, TEXT, "auto".encode(WIDE)))
    found = reading(tmp_path, "a.dat", container(attribute(2, 0x9002, bytes(14)), attribute(2, 0x9005, within)))
    inner = read(found.members[0].path or Path(), tmp_path / "inner", name=found.members[0].name)
    assert text_of(inner).endswith("Se adjunta.")
    assert contents(inner) == {"anexo n.º 1.txt": "Visto", "опись.txt": "Lista"}


def test_mail_with_a_container(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Solicitud", "a@example.org", "b@example.org"
    message.set_content("Se adjunta la solicitud.")
    message.add_attachment(MESSAGE, "application", "ms-tnef", filename="winmail.dat")
    found = reading(tmp_path, "a.eml", message.as_bytes())
    assert found.document is not None
    assert found.document.warnings == ()
    inner = read(found.members[0].path or Path(), tmp_path / "inner", name="winmail.dat")
    assert list(contents(inner)) == ["anexo n.º 1.txt", "опись.txt"]


@pytest.mark.parametrize("end", range(6, len(MESSAGE), 7))
def test_damaged_container(tmp_path: Path, end: int) -> None:
    found = reading(tmp_path, "winmail.dat", MESSAGE[:end])
    assert set(contents(found)) <= {"anexo n.º 1.txt", "опись.txt", "attachment", "ANEXO~1.TXT"}


def test_forged_counts_in_a_container(tmp_path: Path) -> None:
    for forged in (
        struct.pack("<I", 0xFFFFFFFF),
        struct.pack("<IHHI", 1, TEXT, 0x37, 0xFFFFFFF0),
        struct.pack("<IHHII", 1, TEXT, 0x37, 1, 0xFFFFFFF0),
        struct.pack("<IHH", 1, TEXT | 0x1000, 0x8037) + bytes(16) + struct.pack("<II", 1, 0xFFFFFFF0),
    ):
        found = reading(tmp_path, "winmail.dat", container(attribute(1, 0x9003, forged)))
        assert found.document is not None
        assert "mail_defects" in found.document.warnings


def test_an_empty_attachment_in_a_container_is_named(tmp_path: Path) -> None:
    found = reading(
        tmp_path, "winmail.dat", container(attribute(2, 0x9002, bytes(14)), attribute(2, 0x8010, b"x.doc\0"))
    )
    assert found.document is not None
    assert found.document.warnings == ("embedded_part_not_read", "no_text")
    assert not found.members
