"""Installation with small documents in four languages, ingested by the real library, for the web tests."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.web import create_app
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.ingest import ingest
from indexing.installation import Installation, open_installation
from indexing.settings import Settings

SPANISH_LAW = [
    "LEY 15/2030, de 3 de mayo, contra el blanqueo de capitales",
    "",
    "Artículo 1. Objeto.",
    "La presente ley tiene por objeto prevenir y castigar el blanqueo de capitales y asegurar",
    "el decomiso de los bienes.",
    "",
    "Artículo 2. Blanqueo.",
    "El que adquiera, convierta o transmita bienes sabiendo que tienen su origen en un delito",
    "será castigado con pena de prisión de seis meses a seis años.",
    "",
    "Artículo 3. Decomiso.",
    "Los bienes que provengan del delito serán objeto de decomiso.",
]
PORTUGUESE_LAW = """Lei n.º 7/2031, de 4 de junho

Medidas de combate ao branqueamento de capitais

Artigo 1.º
Objeto
A presente lei estabelece medidas de combate ao branqueamento de capitais.

Artigo 2.º
Branqueamento
Quem converter ou transferir vantagens obtidas por um crime é punido com pena de prisão até doze anos.
"""
ENGLISH_JUDGMENT = """THE HIGH COURT

JUDGMENT delivered on 12 March 2029

1. The applicant seeks the recognition of a confiscation order made in another state.

2. The offence is money laundering. The property was acquired with the proceeds of that offence.

3. The Court is satisfied that the order may be enforced. The appeal is dismissed.
"""
FRENCH_REQUEST = """<!doctype html><html lang="fr"><head><title>Demande d'entraide</title></head><body>
<h1>DEMANDE D'ENTRAIDE JUDICIAIRE EN MATIÈRE PÉNALE</h1>
<p>Autorité requérante : le juge d'instruction du tribunal judiciaire de Lyon (France).</p>
<p>Autorité requise : les autorités judiciaires compétentes de la Colombie.</p>
<h2>Exposé des faits</h2>
<p>Madame Élodie MARTIN aurait placé le produit d'un trafic de stupéfiants sur un compte bancaire à Bogota.</p>
<h2>Mesures demandées</h2>
<p>Saisir les avoirs et communiquer les relevés du compte. Les faits constituent un blanchiment.</p>
</body></html>"""


def write_pdf(path: Path, pages: list[list[str]]) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    for lines in pages:
        for row, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if line.startswith(("LEY", "Artículo")) else "Helvetica", 11)
            canvas.drawString(60, 780 - 18 * row, line)
        canvas.showPage()
    canvas.save()
    return path


def write_files(folder: Path) -> Path:
    """Write public law and judgments to ``folder/public``, a request to ``folder/files``."""
    law, request = folder / "public", folder / "files"
    law.mkdir(parents=True)
    request.mkdir()
    write_pdf(law / "ley-15-2030.pdf", [SPANISH_LAW[:6], SPANISH_LAW[6:]])
    (law / "lei-7-2031.txt").write_text(PORTUGUESE_LAW, encoding="utf-8")
    (law / "judgment.txt").write_text(ENGLISH_JUDGMENT, encoding="utf-8")
    (law / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    (law / "manifest.csv").write_text("file,jurisdiction\nley-15-2030.pdf,ES\nlei-7-2031.txt,PT\n", encoding="utf-8")
    (request / "demande.html").write_text(FRENCH_REQUEST, encoding="utf-8")
    return folder


@cache
def installation() -> Settings:
    """Return the settings of an installation that all tests of a run read; it is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="rogatio-web-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = Settings(home=folder / "home")
    fill(open_installation(settings), write_files(folder / "in"))
    return settings


def fill(installation: Installation, folder: Path) -> None:
    ingest(installation, [folder / "public"], IngestOptions(collection="public"))
    ingest(installation, [folder / "files"], IngestOptions(collection="lyon", case_file="CRI 12/2030"))
    installation.close()


def site(settings: Settings, principal: Principal = LOCAL_USER, **config: Any) -> Flask:
    return create_app({"SETTINGS": settings, "PRINCIPAL": principal, "TESTING": False, **config})


def ids(app: Flask) -> Mapping[str, str]:
    """Return the id of each document by the name of its file, as the local user sees them."""
    store = app.extensions["installation"].store
    return {item.source: item.id for item in store.every_document(store.access(LOCAL_USER))}
