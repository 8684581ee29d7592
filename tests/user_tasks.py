"""Tasks of a new user from the first page, for walks with a client (``test_tasks.py``) and in a browser.

At most four pages to find something, eight for anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Protocol

from desk import Desk
from werkzeug.datastructures import FileStorage
from whole_jobs import run_job

from app.jobs import Jobs
from app.requests.readings import read_pending
from app.uploads.uploading import accept_upload
from indexing.access import LOCAL_USER

FIND, ANYTHING = 4, 8
LAW = """# Ley 8/2031, de lavado de activos

## Artículo 1. Objeto.

La presente ley castiga el lavado de activos.

## Artículo 2. Blanqueo de capitales.

El que convierta bienes sabiendo que provienen de un delito será castigado con prisión de seis meses a seis años.
"""
OTHER_LAW = """# Ley 9/2030, de aduanas

## Artículo 1. Mercancías.

Las mercancías se declaran en la frontera. La aduana comunica toda sospecha de lavado de activos a la fiscalía, que
resuelve en el plazo de treinta días y devuelve las mercancías cuando la sospecha no se confirma.
"""
LETTER = """# CARTA ROGATORIA

Juzgado Central de Instrucción n.º 2, Madrid (Reino de España)

Referencia: DP 2-100/2026

Madrid, 19 de septiembre de 2026

A la autoridad judicial competente de la República de Colombia. El señor Juan Pérez Soria, nacido el 3 de mayo de 1970,
convirtió bienes de origen ilícito. El artículo 2 de la Ley 8/2031 castiga el lavado de activos. Se solicita que se
remitan los registros bancarios.
"""


class Walk(Protocol):
    """A visit that began on the first page. A redirect counts as one page."""

    @property
    def path(self) -> str:
        """The path of the page that is shown."""

    @property
    def data(self) -> bytes:
        """The content of the last answer."""

    def visit(self, address: str) -> None:
        """Open an address, as a script does for its user."""

    def follow(self, pattern: str) -> None:
        """Follow the first link of the page whose address has ``pattern``."""

    def send(self, pattern: str, **values: str) -> None:
        """Fill in the first form whose address has ``pattern`` and that has the fields, and send it."""

    def upload(self, pattern: str, name: str, content: str, **values: str) -> None:
        """Choose a file in the form whose address has ``pattern``, fill in its fields, and send it."""

    def has(self, xpath: str) -> bool:
        """Return whether the page has an element."""


def tasks_desk(folder: Path) -> Desk:
    """Return an installation with a law of two countries, a letter, and an upload whose file is damaged."""
    made = Desk(folder)
    made.bring("ley.md", LAW, jurisdiction="ES", document_type="statute")
    made.bring("aduanas.md", OTHER_LAW, jurisdiction="CO", document_type="statute")
    made.bring("carta.md", LETTER, "lima", jurisdiction="ES", document_type="rogatory_letter")
    read_pending(made.store)
    jobs = Jobs.of(made.installation)
    damaged = [FileStorage(BytesIO(b"%PDF-1.7 cut off"), "oficio.pdf")]
    run_job(made.installation, LOCAL_USER, accept_upload(jobs, LOCAL_USER, damaged, "lima", {}))
    return made


def find(walk: Walk, query: str = "lavado de activos") -> None:
    walk.send(r"/$", q=query)
    assert walk.has("//*[@id='hit-1']")


def filter_by_country(walk: Walk) -> None:
    find(walk)
    walk.follow("jurisdiction=ES")
    assert walk.has("//*[@id='hit-1']")


def read_a_hit(walk: Walk) -> None:
    find(walk)
    walk.follow(r"/documents/.*#hit")
    assert walk.has("//mark")


def find_a_letter(walk: Walk) -> None:
    walk.follow("/documents$")
    walk.follow("kind=request")
    walk.follow(r"/documents/[0-9a-f]{24}$")
    assert walk.has("//a[contains(@href, '/requests/')]")


def cite(walk: Walk) -> None:
    read_a_hit(walk)
    assert walk.has("//*[@id='citation' and contains(., 'Ley 8/2031')]")


def export(walk: Walk) -> None:
    find(walk)
    walk.send("/search/export", format="ris")
    assert b"TY  - STAT" in walk.data


def see_suggestions(walk: Walk) -> None:
    walk.visit("/suggestions?q=lavad")
    walk.follow(r"/\?q=lavado")
    assert walk.has("//*[@id='hit-1']")


def save_an_alert(walk: Walk) -> None:
    find(walk)
    walk.send("/alerts")
    assert walk.has("//h1")


def watch_a_law(walk: Walk) -> None:
    read_a_hit(walk)
    walk.send("/alerts", unit="")
    assert "/alerts" in walk.path


def compare_a_provision(walk: Walk) -> None:
    find(walk)
    walk.follow("/compare/start|/compare/.*document=")
    assert walk.path.startswith("/compare")


def compare_a_concept(walk: Walk) -> None:
    walk.follow("/compare/$")
    walk.send("/compare", concept="ML")
    assert walk.has("//table")


def see_what_cites_a_law(walk: Walk) -> None:
    read_a_hit(walk)
    walk.follow("/citations")
    assert walk.has("//section[@aria-labelledby='cited-by-title']//li/a")


def look_up_a_concept(walk: Walk) -> None:
    walk.follow("/concepts/$")
    walk.follow("/concepts/ML$")
    assert walk.has("//section[@aria-labelledby='terms-title']")


def open_a_gap_matrix(walk: Walk) -> None:
    walk.follow("/matrix/$")
    walk.send("/matrix", instrument="UNTOC_6")
    assert walk.has("//table")


def ask_about_a_country(walk: Walk) -> None:
    walk.follow("jurisdiction=(ES|UY)")
    assert walk.has("//main//a[contains(@href, '/documents/')]")


def find_a_person(walk: Walk) -> None:
    find(walk, "Pérez")
    walk.follow("/documents/")
    walk.follow("/entity/")
    assert walk.has("//main//*[contains(., 'Pérez')]")


def judge_a_cell(walk: Walk) -> None:
    open_a_gap_matrix(walk)
    walk.follow("cell=conversion")
    walk.send("/verdicts$", verdict="not_implemented", note="La ley no prevé la transferencia.")
    assert walk.has("//*[contains(@class, 'verdict-not_implemented')]")


def see_request_data(walk: Walk) -> None:
    find_a_letter(walk)
    walk.follow(r"/requests/[0-9a-f]{24}$")
    assert walk.has("//*[contains(., '2-100/2026')]")


def see_deadlines(walk: Walk) -> None:
    walk.follow("/requests/$")
    walk.follow("/requests/deadlines")


def correct_a_title(walk: Walk) -> None:
    read_a_hit(walk)
    walk.send("/corrections", title="Ley 8/2031, de lavado de activos y de bienes")
    assert walk.has("//h1[contains(., 'y de bienes')]")


def add_to_a_workspace(walk: Walk) -> None:
    compare_a_concept(walk)
    walk.send("/rooms/$", name="Grupo de trabajo")
    walk.send("/provisions$", citation="Ley 8/2031 art. 1 (España)")
    assert walk.has("//*[@role='status' and contains(., 'art. 1')]")


def freeze_a_workspace(walk: Walk) -> None:
    compare_a_concept(walk)
    walk.send("/rooms/$", name="Grupo de trabajo")
    walk.send("/versions$", label="Antes de la reunión")
    assert walk.has("//a[contains(@href, '/versions/1')]")


def upload_a_letter(walk: Walk) -> None:
    walk.follow("/upload$")
    walk.upload("/upload$", "exhorto.md", LETTER.replace("2-100", "2-101"), collection="lima")
    assert walk.path.startswith("/jobs/")
    assert walk.has("//td[contains(., 'exhorto.md')]")


def resolve_a_failed_file(walk: Walk) -> None:
    walk.follow("/jobs/.*status=failed")
    assert walk.has("//td[contains(@class, 'failed')]/following-sibling::td[string-length(normalize-space(.)) > 20]")
    walk.follow("/upload$")
    walk.upload("/upload$", "oficio.md", LETTER.replace("2-100", "2-102"), collection="lima")
    assert walk.has("//td[contains(., 'oficio.md')]")


def tag_a_document(walk: Walk) -> None:
    walk.follow("/documents$")
    walk.follow("kind=law")
    walk.follow(r"/documents/[0-9a-f]{24}$")
    walk.follow("/documents/changes")
    walk.send("/documents/changes", add_tags="urgente")
    walk.follow("tag=urgente")
    assert walk.has("//ul[@class='documents']/li/a")


def read_the_guide(walk: Walk) -> None:
    walk.follow("/help/")
    walk.follow("/help/comparing")
    assert walk.has("//article/h1")


TASKS: tuple[tuple[Callable[[Walk], None], int], ...] = (
    (find, FIND),
    (filter_by_country, FIND),
    (read_a_hit, FIND),
    (find_a_letter, FIND),
    (cite, FIND),
    (see_suggestions, FIND),
    (see_what_cites_a_law, FIND),
    (look_up_a_concept, FIND),
    (ask_about_a_country, FIND),
    (find_a_person, FIND),
    (see_deadlines, FIND),
    (read_the_guide, FIND),
    (export, ANYTHING),
    (save_an_alert, ANYTHING),
    (watch_a_law, ANYTHING),
    (compare_a_provision, ANYTHING),
    (compare_a_concept, ANYTHING),
    (open_a_gap_matrix, ANYTHING),
    (judge_a_cell, ANYTHING),
    (see_request_data, ANYTHING),
    (correct_a_title, ANYTHING),
    (add_to_a_workspace, ANYTHING),
    (freeze_a_workspace, ANYTHING),
    (resolve_a_failed_file, ANYTHING),
    (upload_a_letter, ANYTHING),
    (tag_a_document, ANYTHING),
)
