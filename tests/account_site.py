"""An installation with an account of every role, and three worlds that must not see each other.

``open`` is a case file of Paris, ``restricted`` a restricted one of Paris, ``foreign`` one of Lima. Each has a letter,
an upload, a workspace and an alert whose words are in no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app.accounts.accounts import CASE_FILE, PASSAGE, Grant, add_account, grant
from app.accounts.credentials import TOKEN, issue
from app.accounts.granting import restrict_case_file
from app.alerts.alerts import save_search
from app.comparison.table import ComparisonRequest
from app.people.occurrences import document_entities
from app.rooms.rooms import open_room
from app.uploads import job_records
from app.web import create_app
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.ingest import ingest
from indexing.installation import open_installation
from indexing.search.request import SearchRequest
from indexing.settings import Settings

LAW = "LEY 8/2030, de 3 de mayo\n\nArtículo 1. Objeto.\nEl blanqueo de capitales será castigado.\n"
LETTER = """EXHORTO — CARTA ROGATORIA

Asunto: Operación {word}

Juzgado de Instrucción n.º 3 de Bombarda. A las autoridades competentes de Vanuatu.
La información recibida se utilizará exclusivamente en la presente causa.

Hechos: {name} PÉREZ cometió un delito de blanqueo de capitales, según consta en el expediente {file}/2031.
Se solicita el embargo de sus cuentas.
"""


@dataclass(frozen=True, slots=True)
class World:
    """Where a letter lies and whose work is about it: ``words`` of the letter, ``work`` of the owner's workspace."""

    collection: str
    case_file: str
    owner: str
    words: tuple[str, str]
    work: str


WORLDS = {
    "open": World("paris", "abierto-7", "ana", ("zarzaparrilla", "belfegor"), "trapecista"),
    "restricted": World("paris", "oculto-8", "rita", ("quetzalcoatl", "asmodeo"), "funambula"),
    "foreign": World("lima", "ajeno-9", "otto", ("xilografía", "belcebú"), "ventrilocuo"),
}
ROLES = {
    "ana": ("officer", (Grant("authority", "paris"),)),
    "otto": ("officer", (Grant("authority", "lima"),)),
    "rita": ("prosecutor", (Grant(CASE_FILE, "paris", "oculto-8"),)),
    "vera": ("reviewer", (Grant("authority", "paris"),)),
    "eva": ("expert", ()),
    "pia": ("prosecutor", ()),  # one passage of the letter of "open", see ``GRANTED``
    "abel": ("auditor", (Grant("authority", "paris"),)),
    "ada": ("administrator", (Grant("authority", "paris"),)),
}
GRANTED = (0, 26)
SEES = {"ana": {"open"}, "otto": {"foreign"}, "rita": {"restricted"}, "vera": {"open"}}
"""Whose letters each account sees; nobody but the owner sees a workspace or an alert."""


@dataclass(frozen=True, slots=True)
class AccountSite:
    app: Flask
    tokens: Mapping[str, str]
    values: Mapping[str, Mapping[str, str | int]]
    """What every kind of argument of an address is, by world."""

    def client(self, name: str) -> FlaskClient:
        """Return a client that sends the token of an account; it is taken by pages too in ``session``."""
        client = self.app.test_client()
        if name:
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {self.tokens[name]}"
            with client.session_transaction() as session:
                session["sign_in"] = self.tokens[f"{name} session"]
        return client


def account_site(folder: Path) -> AccountSite:
    """Fill an installation in ``folder`` and return it as the web application serves it."""
    settings = Settings(folder / "home")
    installation = open_installation(settings)
    ingest(installation, [_files(folder / "in")], IngestOptions())
    values = {name: _work(settings, world) for name, world in WORLDS.items()}
    restrict_case_file(installation.store, "paris", "oculto-8", restricted=True)
    for name, (role, grants) in ROLES.items():
        add_account(installation.store, name, role, grants, author="test")
    document, (start, end) = values["open"]["document_id"], GRANTED
    grant(installation.store, "pia", Grant(PASSAGE, "", f"{document}:{start}-{end}"), author="test")
    tokens = {}
    for name in ROLES:
        tokens[name] = issue(installation.store, name, TOKEN)
        tokens[f"{name} session"] = issue(installation.store, name, "session")
    installation.close()
    app = create_app({"SETTINGS": settings, "WTF_CSRF_ENABLED": False})
    return AccountSite(app, tokens, values)


def _files(folder: Path) -> Path:
    folder.mkdir()
    (folder / "ley.txt").write_text(LAW)
    lines = ["file,collection,case_file,title", "ley.txt,public,,"]
    for world in WORLDS.values():
        file, (word, name) = f"{world.words[0]}.txt", world.words
        (folder / file).write_text(LETTER.format(word=word, name=name.title(), file=world.case_file))
        lines.append(f"{file},{world.collection},{world.case_file},Exhorto {name}")
    (folder / "manifest.csv").write_text("\n".join(lines))
    return folder


def _work(settings: Settings, world: World) -> dict[str, str | int]:
    """Let the owner of a world upload, open a workspace and save an alert."""
    installation = open_installation(settings)
    store, owner = installation.store, Principal(world.owner)
    access = store.access(LOCAL_USER)
    document = next(one for one in store.every_document(access) if one.case_file == world.case_file)
    job, options = job_records.new_job_id(), {"case_file": world.case_file, "title": world.words[0]}
    job_records.add_job(store, job, world.owner, world.collection, options, "", [(f"{world.words[0]}.txt", 9)])
    alert = save_search(store, owner, SearchRequest(world.work))
    room = open_room(store, owner, f"Sala {world.work}", ComparisonRequest(query=world.work))
    entities = document_entities(store, access, document.id)
    installation.close()
    return {
        "document_id": document.id,
        "request_id": document.id,
        "job_id": job,
        "alert_id": alert.id,
        "room_id": room.id,
        "entity_key": entities[0].key if entities else "0" * 24,
    }
