"""Laws as web pages: what the site shows around them, and what it calls its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.document import Document
from extraction.read import read
from nlp.annotations import Hints
from nlp.title import given_title

LAW = "<p>LEY 100</p><p>Artículo 1. Esta ley se aplica a los registros públicos de todas las provincias.</p>"
SKIP = "<div><a href='#x'>Ir al contenido</a></div>"
SITE = '<meta property="og:site_name" content="Registro de Normas"><link rel="canonical" href="https://www.normas.example/1">'
MENU = "<ul><li>Trámites</li><li>Mapa del sitio</li></ul>"


def page(tmp_path: Path, body: str, title: str = "Ley 100") -> Document:
    path = tmp_path / "ley.html"
    path.write_text(f"<html lang=es><head><title>{title}</title>{SITE}</head><body>{body}</body></html>", "utf-8")
    found = read(path, tmp_path).document
    assert found is not None
    return found


@pytest.mark.parametrize(
    "body",
    [
        f"{SKIP}<header>{MENU}</header><main>{LAW * 3}</main><footer>{MENU}</footer>",
        f"<div>{MENU}</div><div><div><div role=main>{LAW}</div></div><div>{MENU}</div></div>",
        f"<div class='skip-link'>Ir al contenido</div>{LAW}<div role=contentinfo>{MENU}</div>",
        f"<main><ol class='breadcrumb site'><li>Inicio</li><li>Leyes</li></ol>{LAW}</main>",
        f"<main><div aria-label='Migas de pan'>Inicio</div>{LAW}</main>",
        f"<section role=dialog><h1>Campaña</h1></section>{LAW}",
    ],
)
def test_what_a_page_shows_around_its_law(tmp_path: Path, body: str) -> None:
    found = page(tmp_path, body)
    assert found.text.startswith("LEY 100\n")
    assert found.text.endswith("provincias.")
    assert found.pages[0].furniture


@pytest.mark.parametrize(
    "body",
    [
        f"<header><h1>LEY DE REGISTROS</h1></header>{LAW}<footer>Firmado</footer>",
        f"<main>Aviso</main>{LAW}",
        f"<main>{LAW}</main><main>{LAW}</main>",
        f"<div class='has-breadcrumb'>{LAW * 30}</div>",
    ],
)
def test_pages_whose_parts_all_belong_to_the_law(tmp_path: Path, body: str) -> None:
    assert page(tmp_path, body).pages[0].furniture == ()


@pytest.mark.parametrize(
    ("title", "given"),
    [
        ("Ley de registros | Registro de Normas", "Ley de registros"),
        ("normas.example - Ley 100 - registros", "Ley 100 - registros"),
        ("Ley de registros | Leyes.gob.xx", "Ley de registros"),
        ("Ley de registros – texto de 1990", "Ley de registros – texto de 1990"),
        ("Texto actualizado | Leyes.gob.xx", ""),
        ("Banque de données nationale", ""),
        ("Registro de Normas", "Registro de Normas"),
    ],
)
def test_titles_without_the_name_of_the_site(tmp_path: Path, title: str, given: str) -> None:
    assert given_title(Hints(), page(tmp_path, LAW, title).metadata) == given
