"""PDF forms written for the tests: object by object, so that damaged and hostile ones can be written too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >>"
FIRST_FREE = 10  # number of the first object that a test may use


def raw_pdf(path: Path, objects: Mapping[int, str | bytes], root: str = "/Type /Catalog /Pages 2 0 R") -> Path:
    """Write a file of ``objects`` by number; number 1 is the catalogue ``root``."""
    data = b"%PDF-1.7\n"
    places = {}
    for number, content in {1: f"<< {root} >>", **objects}.items():
        places[number] = len(data)
        body = content if isinstance(content, bytes) else content.encode("latin-1")
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    size = max(places) + 1
    rows = [
        f"{places[number]:010} 00000 n \n" if number in places else "0000000000 65535 f \n" for number in range(size)
    ]
    table = f"xref\n0 {size}\n{''.join(rows)}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    path.write_bytes(data + table.encode())
    return path


def stream(data: str | bytes, entries: str = "") -> bytes:
    """Return a stream object with its length."""
    body = data if isinstance(data, bytes) else data.encode("latin-1")
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), entries.encode(), body)


def form(
    path: Path, fields: Sequence[str], printed: Sequence[tuple[int, int, str]] = (), *, root: str = "", acro: str = ""
) -> Path:
    """Write a page with ``fields`` (entries of widgets) and ``printed`` texts (x, y from the bottom, text)."""
    content = "".join(f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in printed)
    widgets = {FIRST_FREE + index: f"<< /Type /Annot {field} >>" for index, field in enumerate(fields)}
    references = " ".join(f"{number} 0 R" for number in widgets)
    objects: dict[int, str | bytes] = {
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"{PAGE} /Annots [{references}] >>",
        4: stream(content),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: f"<< /Fields [{references}] /DR << /Font << /F 5 0 R >> >> /DA (/F 10 Tf) {acro} >>",
        **widgets,
    }
    return raw_pdf(path, objects, f"/Type /Catalog /Pages 2 0 R /AcroForm 6 0 R {root}")


def typed(name: str, value: str, rect: str = "200 690 500 710", more: str = "") -> str:
    """Return the entries of a text field."""
    return f"/Subtype /Widget /FT /Tx /T ({name}) /V ({value}) /Rect [{rect}] /F 4 {more}"


def tick_box(name: str, ticked: bool, rect: str, more: str = "") -> str:
    """Return the entries of a check box; viewers draw its state from the appearance that ``AS`` names."""
    state = "Yes" if ticked else "Off"
    appearance = "/AP << /N << /Yes 4 0 R /Off 4 0 R >> >>"
    return f"/Subtype /Widget /FT /Btn /T ({name}) /V /{state} /AS /{state} /Rect [{rect}] {appearance} /F 4 {more}"
