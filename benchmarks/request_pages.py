"""How long the pages of requests take in a register of thousands, with invented requests made of those of a home.

    python benchmarks/request_pages.py HOME [REQUESTS] [KEEP]

HOME is an installation with the demonstration corpus (``make demo``). It is copied, and the copy (KEEP, a folder, where
it is to be kept) is filled with REQUESTS (5000) requests: each has the text and the reading of one of the corpus with
other States, days, references, states and links, one person and two identifiers, written as a reading is written. Then
each page is asked for five times as the local user; the median and the slowest are printed in milliseconds.
"""

from __future__ import annotations

import copy
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.demonstration.cases import draw_person
from app.demonstration.words import words
from app.requests.life.schema import RequestEventRow
from app.requests.readings import REQUEST_TYPES, StoredReading, store_reading, stored_reading
from app.web import create_app
from indexing.access import LOCAL_USER
from indexing.installation import Installation, open_installation
from indexing.settings import Settings
from indexing.store.reading import Selection, Store
from indexing.store.schema import DocumentRow
from indexing.store.writing import now

STATES = ("ES", "FR", "PT", "IT", "DE", "PE", "UY", "AR", "BR", "CO", "CL", "EC", "PA", "CR")
LETTERS = ("supplement", "reminder", "response")
LIVES = (
    (),
    ("received",),
    ("received", "acknowledged"),
    ("received", "under_review", "info_requested"),
    ("received", "executing", "executed"),
    ("received", "refused"),
)
PAGES = {
    "first page": "/",
    "what waits": "/waiting",
    "register": "/requests/",
    "register, page 40": "/requests/?page=40",
    "search by fields": "/requests/?q=measure:bank_information+requested:UY+status:open",
    "search by fields and words": '/requests/?q=requested:UY+status:open+"cuenta"',
    "radar": "/requests/deadlines",
    "radar, a year": "/requests/deadlines?ahead=365",
    "statistics, pair and outcome": "/requests/statistics",
    "statistics, measure and year": "/requests/statistics?by=measure&across=year",
    "statistics, pair and offence": "/requests/statistics?by=pair&across=offence",
    "letters to link": "/requests/links",
    "matches": "/requests/matches",
    "one request": "/requests/{id}",
    "course of one request": "/requests/{id}/course",
    "network of one request": "/requests/{id}/related",
    "API: requests": "/api/v1/requests",
    "API: deadlines": "/api/v1/request-deadlines",
    "API: calendar": "/api/v1/request-deadlines.ics",
}


def models(store: Store) -> list[StoredReading]:
    """Return the requests of the home with their readings."""
    access = store.access(LOCAL_USER)
    held = [
        one
        for kind in REQUEST_TYPES
        for one in store.every_document(access, Selection(status="indexed", document_type=kind))
    ]
    return [stored_reading(store, access, one.id) for one in held]


def invented(model: StoredReading, number: int, rng: Random, earlier: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Return the reading of a request with other States, reference, persons and days; a letter may follow another."""
    row: dict[str, Any] = copy.deepcopy(model.row or {})
    fields = row["fields"]
    requesting, requested = rng.sample(STATES, 2)
    reference = f"CRI {number}/{rng.randrange(2019, 2027)}"
    if row["document_type"] in LETTERS and earlier:
        reference, requesting, requested = rng.choice(earlier)
    for field, value in (
        ("own_reference", reference),
        ("requesting_state", requesting),
        ("requested_state", requested),
    ):
        fields[field] = [{"value": value, "start": 0, "end": 1, "confidence": 0.9, "origin": "benchmark"}]
    fields["persons"], fields["identifiers"] = fields.get("persons", [])[:1], fields.get("identifiers", [])[:2]
    for person in fields["persons"]:
        if person["value"]["kind"] == "natural":
            person["value"] |= {"name": draw_person(rng, rng.choice(sorted(words("states")))).name, "documents": []}
    for found in fields["identifiers"]:
        found["value"]["text"] = "".join(
            str(rng.randrange(10)) if one.isdigit() else one for one in found["value"]["text"]
        )
    for found in fields.get("deadlines", ()):
        found["value"]["date"] = (date.today() + timedelta(days=rng.randrange(-300, 400))).isoformat()
    return row


def fill(installation: Installation, count: int) -> None:
    """Write ``count`` invented requests."""
    store, rng, earlier = installation.store, Random(7), list[tuple[str, str, str]]()
    known = models(store)
    access = store.access(LOCAL_USER)
    for number in range(count):
        model = rng.choice(known)
        row = invented(model, number, rng, earlier)
        identifier, day = UUID(int=rng.getrandbits(128)).hex, date.today() - timedelta(days=rng.randrange(5, 1_500))
        with Session(store.database) as session:
            held = session.get_one(DocumentRow, model.document.id)
            columns = {one.name: getattr(held, one.name) for one in DocumentRow.__table__.columns}
            changed = {
                "id": identifier,
                "source": f"{number}.pdf",
                "parent": None,
                "date": day.isoformat(),
                "case_file": "",
            }
            session.add(DocumentRow(**columns | changed))
            session.flush()
            life = rng.choice(LIVES)
            for at, code in enumerate(life):
                session.add(_event(identifier, code, min(date.today(), day + timedelta(days=3 + 20 * at))))
            session.commit()
        store_reading(store, store.document(access, identifier), row)
        if row["document_type"] not in LETTERS:
            earlier.append(
                tuple(
                    row["fields"][key][0]["value"] for key in ("own_reference", "requesting_state", "requested_state")
                )
            )
        if number % 500 == 499:
            print(f"{number + 1} written", file=sys.stderr)


def _event(document: str, code: str, day: date) -> RequestEventRow:
    return RequestEventRow(
        document=document, code=code, day=day.isoformat(), ground="other" if code == "refused" else "",
        principal=LOCAL_USER.id, made=now(),
    )  # fmt: skip


def measure(settings: Settings) -> None:
    """Ask for each page five times and print the median and the slowest time."""
    app = create_app({"SETTINGS": settings, "PRINCIPAL": LOCAL_USER, "TESTING": False})
    store = app.extensions["installation"].store
    any_request = next(iter(store.every_document(store.access(LOCAL_USER), Selection(document_type="mla_request"))))
    client = app.test_client()
    for name, address in PAGES.items():
        client.get(address.format(id=any_request.id))
        times, size = [], 0
        for _ in range(5):
            begun = time.perf_counter()
            answer = client.get(address.format(id=any_request.id))
            times.append(1000 * (time.perf_counter() - begun))
            size = len(answer.data)
        figures = f"median {median(times):6.0f} ms  slowest {max(times):6.0f} ms"
        print(f"{name:30} {answer.status_code} {figures}  {size // 1024} KB", flush=True)


def main() -> None:
    home, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    with tempfile.TemporaryDirectory() as scratch:
        kept = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(scratch) / "home"
        if not kept.exists():
            shutil.copytree(home, kept)
            installation = open_installation(Settings(home=kept))
            fill(installation, count)
            installation.close()
        measure(Settings(home=kept))


if __name__ == "__main__":
    main()
