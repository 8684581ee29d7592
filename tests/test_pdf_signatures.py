"""Signatures of PDF files: who signed and when, whether the signed bytes are unchanged, damaged signatures."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

import pytest
from cms_files import STAMPED, signature, stamped, time_stamp
from cryptography.hazmat.primitives.serialization import pkcs7
from form_files import PAGE, raw_pdf, stream
from web_site import ids, site

from extraction.document import Furniture, FurnitureKind, Page
from extraction.pdf.pdf import read_pdf
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.ingest import ingest
from indexing.installation import open_installation
from indexing.settings import Settings

ROOM = 9000  # bytes kept for the signature


def signed(path: Path, kind: str = "rsa", form: str = "adbe.pkcs7.detached", *, stamp: bool = False) -> Path:
    """Write a signed file; the signature is made over the whole file without itself (ISO 32000-1, 12.8.1)."""
    place = "[0 1111111111 2222222222 3333333333]"
    value = f"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /{form} /M (D:20260301101500) /ByteRange {place}"
    objects: dict[int, str | bytes] = {
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"{PAGE} /Annots [10 0 R 12 0 R] >>",
        4: stream("BT /F 10 Tf 60 700 Td (Cuenta 1234) Tj ET"),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: "<< /Fields [10 0 R] /SigFlags 3 >>",
        10: "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Firma) /Rect [0 0 0 0] /V 11 0 R >>",
        11: f"{value} /Contents <{'0' * 2 * ROOM}> >>",
        12: "<< /Type /Annot /Subtype /Stamp /Contents (RECIBIDO) /Rect [400 700 500 740] /F 4 >>",
    }
    data = raw_pdf(path, objects, "/Type /Catalog /Pages 2 0 R /AcroForm 6 0 R").read_bytes()
    start = data.index(b"/Contents <0") + len("/Contents ")
    end = start + 2 * ROOM + 2
    ranges = f"[0 {start} {end} {len(data) - end}]"
    data = data.replace(place.encode(), ranges.ljust(len(place)).encode())
    whole = data[:start] + data[end:]
    if form == "adbe.pkcs7.sha1":
        made = signature(hashlib.sha1(whole).digest(), kind, [])
    else:
        made = signature(whole, kind, [pkcs7.PKCS7Options.DetachedSignature])
    if stamp:
        made = time_stamp(whole).dump(force=True) if form == "ETSI.RFC3161" else stamped(made)
    path.write_bytes(data[: start + 1] + made.hex().ljust(2 * ROOM, "0").encode() + data[end - 1 :])
    return path


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_who_signed_and_that_nothing_changed(tmp_path: Path, kind: str) -> None:
    document = read_pdf(signed(tmp_path / "a.pdf", kind))
    signer, time, state, extent = document.metadata["signatures"].split(" | ")
    assert signer == "María Pérez   Fiscalía"
    assert time.startswith(str(datetime.datetime.now(datetime.UTC).year))
    assert (state, extent) == ("intact", "whole")
    assert document.warnings == ("signed",)


@pytest.mark.parametrize("form", ["adbe.pkcs7.detached", "ETSI.CAdES.detached", "ETSI.RFC3161"])
def test_the_time_is_that_of_the_authority(tmp_path: Path, form: str) -> None:
    path = signed(tmp_path / "a.pdf", form=form, stamp=True)
    document = read_pdf(path)
    assert document.metadata["signatures"].split(" | ")[1:] == [
        STAMPED.isoformat(timespec="seconds"),
        "intact",
        "whole",
    ]
    assert document.warnings == ("signed",)
    path.write_bytes(path.read_bytes().replace(b"Cuenta 1234", b"Cuenta 9999"))
    assert read_pdf(path).warnings == ("signed", "signature_altered")


def test_a_change_after_signing_is_seen(tmp_path: Path) -> None:
    path = signed(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes().replace(b"Cuenta 1234", b"Cuenta 9999"))
    document = read_pdf(path)
    assert document.text == "Cuenta 9999"
    assert document.warnings == ("signed", "signature_altered")


def test_a_signature_of_the_digest_of_the_file_is_weak(tmp_path: Path) -> None:
    path = signed(tmp_path / "a.pdf", form="adbe.pkcs7.sha1")
    assert read_pdf(path).warnings == ("signed", "signature_weak")
    path.write_bytes(path.read_bytes().replace(b"Cuenta 1234", b"Cuenta 9999"))
    assert read_pdf(path).warnings == ("signed", "signature_altered")


def test_content_that_the_signature_leaves_out_is_seen(tmp_path: Path) -> None:
    path = signed(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes() + b"7 0 obj\n<< >>\nendobj\n%%EOF\n")
    assert "signature_extended" in read_pdf(path).warnings
    path = signed(tmp_path / "b.pdf")
    data = path.read_bytes()
    place = data.index(b"/Contents <") + len("/Contents <")
    path.write_bytes(data[:place] + b"> " + data[place + 2 :])  # the signed ranges leave out more than the signature
    assert {"signature_altered", "signature_unchecked"} & set(read_pdf(path).warnings)


@pytest.mark.parametrize(
    ("before", "after", "warning"),
    [
        (b"adbe.pkcs7.detached", b"adbe.x509.rsa_sha1a", "signature_unchecked"),
        (b"/ByteRange [0 ", b"/ByteRange [9 ", "signature_altered"),
        (b"/Contents <3082", b"/Contents <0000", "signature_unchecked"),
        (b"/Contents <3082", b"/Contents <30FF", "signature_unchecked"),
    ],
)
def test_damaged_signatures(tmp_path: Path, before: bytes, after: bytes, warning: str) -> None:
    path = signed(tmp_path / "a.pdf")
    data = path.read_bytes()
    assert before in data
    path.write_bytes(data.replace(before, after))
    assert warning in read_pdf(path).warnings


def test_the_page_of_a_document_names_who_signed_it_and_its_stamps(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    installation = open_installation(settings)
    ingest(installation, [signed(tmp_path / "oficio.pdf")], IngestOptions(collection="lyon"))
    installation.close()
    app = site(settings)
    page = app.test_client().get(f"/documents/{ids(app)['oficio.pdf']}?ui=es").get_data(as_text=True)
    assert "Firmas digitales" in page
    assert "María Pérez" in page
    assert "el contenido firmado no ha cambiado; el certificado no se ha comprobado" in page
    assert "<li>RECIBIDO</li>" in page


@pytest.mark.parametrize(
    ("printed", "expected"), [("Página 12 de 30", "12"), ("- 7 -", "7"), ("xiv", "xiv"), ("", "3"), ("—", "3")]
)
def test_a_page_is_cited_by_the_number_that_it_prints(printed: str, expected: str) -> None:
    furniture = (Furniture("BOE 45", FurnitureKind.GAZETTE_LINE), Furniture(printed, FurnitureKind.PAGE_NUMBER))
    assert Page(3, 0, 0, furniture=furniture).printed_number == expected
