"""Response times of the request pages in a register of thousands of invented requests.

    python -m benchmarks.request_pages HOME [REQUESTS] [KEEP]

HOME is an installation with the demonstration corpus (``make demo``). It is copied (to the folder KEEP, if given), and
the copy is filled with REQUESTS (5000) requests, each with the text and the reading of one of the corpus but with other
States, days, references, states and links, one person and two identifiers, stored as a reading is. The time of matching
the last 200 with all others is printed; then each page is requested five times as the local user: median and maximum of
the elapsed time, and median of the processor time, which depends less on the load of the machine.
"""

from __future__ import annotations

import copy
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration.cases import draw_person
from app.demonstration.words import words
from app.requests.deadlines.deadlines import DatedLetter, deadlines_of
from app.requests.deadlines.schema import RequestDeadlineRow
from app.requests.decided_fields import decided_proposals
from app.requests.life.events import stored_events
from app.requests.life.schema import ProposedLinkRow, RequestEventRow
from app.requests.life.summary import summary_row
from app.requests.matching.blind import refresh_blind_keys
from app.requests.matching.pairs import refresh_matches
from app.requests.readings import READING_VERSION, StoredReading
from app.requests.schema import RequestReadingRow
from app.requests.search.schema import RequestValueRow
from app.requests.search.values import file_values
from app.web import create_app
from indexing.access import LOCAL_USER
from indexing.installation import Installation, open_installation
from indexing.settings import Settings
from indexing.store.reading import Selection, Store
from indexing.store.rows import document_from
from indexing.store.schema import DocumentRow
from indexing.store.writing import now

STATES = ("ES", "FR", "PT", "IT", "DE", "PE", "UY", "AR", "BR", "CO", "CL", "EC", "PA", "CR")
NAMED = ("own_reference", "requesting_state", "requested_state")
LETTERS = ("supplement", "reminder", "response", "mla_response")
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
    """Return the requests of the home with their stored readings, of whatever version."""
    with Session(store.database) as session:
        rows = session.execute(
            select(DocumentRow, RequestReadingRow).join(RequestReadingRow, RequestReadingRow.document == DocumentRow.id)
        )
        return [StoredReading(document_from(document), reading.reading) for document, reading in rows]


def invented(
    model: StoredReading, number: int, rng: Random, earlier: Sequence[tuple[str, str, str, str]]
) -> dict[str, Any]:
    """Return the reading of a request with other States, reference, persons and days; a letter may follow another."""
    row: dict[str, Any] = copy.deepcopy(model.row or {})
    fields = row["fields"]
    requesting, requested = rng.sample(STATES, 2)
    reference = f"CRI {number}/{rng.randrange(2019, 2027)}"
    if row["document_type"] in LETTERS and earlier:
        _, reference, requesting, requested = rng.choice(earlier)
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
    """Write ``count`` invented requests with what is derived from each; print how long the last are matched."""
    rng, earlier = Random(7), list[tuple[str, str, str, str]]()
    known, matched = models(installation.store), list[float]()
    with Session(installation.store.database) as session:
        for number in range(count):
            model = rng.choice(known)
            row = invented(model, number, rng, earlier)
            day = date.today() - timedelta(days=rng.randrange(5, 1_500))
            document = _document(session, model, number, UUID(int=rng.getrandbits(128)).hex, day)
            found = _derive(session, document, row, rng)
            matched.append(_match(session, document, found))
            if row["document_type"] not in LETTERS:
                earlier.append((document.id, *(row["fields"][key][0]["value"] for key in NAMED)))
            elif earlier:
                session.add(_link(document.id, row, earlier))
            if number % 500 == 499:
                session.commit()
                print(f"{number + 1} written", file=sys.stderr)
        session.commit()
    last = [1000 * one for one in matched[-200:]]
    print(f"matching of one request        processor median {median(last):6.0f} ms  slowest {max(last):6.0f} ms")


def _document(session: Session, model: StoredReading, number: int, identifier: str, day: date) -> DocumentRow:
    held = session.get_one(DocumentRow, model.document.id)
    columns = {column.name: getattr(held, column.name) for column in DocumentRow.__table__.columns}
    changed = {"id": identifier, "source": f"{number}.pdf", "date": day.isoformat(), "case_file": "", "parent": None}
    document = DocumentRow(**columns | changed)
    session.add(document)
    session.flush()
    return document


def _match(session: Session, document: DocumentRow, found: dict[str, list[Any]]) -> float:
    """Write the parties of a request and their pairs; return the seconds of processor that this took."""
    begun = time.process_time()
    parties = refresh_matches(session, "benchmark", document.collection, document.id, found)
    refresh_blind_keys(session, "benchmark", document.collection, document.id, parties)
    session.flush()
    return time.process_time() - begun


def _derive(session: Session, document: DocumentRow, row: dict[str, Any], rng: Random) -> dict[str, list[Any]]:
    """Write the reading of a request, its events, and what lists read of it; return its decided proposals."""
    reading = {"reading": row, "version": READING_VERSION, "revision": document.processed_revision}
    session.add(RequestReadingRow(document=document.id, annotations=document.annotations, **reading))
    found = decided_proposals(row, {})
    values = file_values(document, row, {key: [proposal["value"] for proposal in of] for key, of in found.items()})
    session.add_all(RequestValueRow(document=document.id, field=field, value=value) for field, value in values)
    session.add(summary_row(document, row, found))
    begun = date.fromisoformat(document.date)
    life = [(code, min(date.today(), begun + timedelta(3 + 20 * at))) for at, code in enumerate(rng.choice(LIVES))]
    session.add_all(_event(document.id, code, day) for code, day in life)
    session.flush()
    events = stored_events(session, [document.id]).get(document.id, ())
    letter = DatedLetter(document.id, row["document_type"], document.date, found)
    session.add_all(RequestDeadlineRow(**asdict(deadline)) for deadline in deadlines_of(letter, events, ()))
    return found


def _link(letter: str, row: dict[str, Any], earlier: Sequence[tuple[str, str, str, str]]) -> ProposedLinkRow:
    """Return the link to the request whose reference a letter names."""
    reference = row["fields"]["own_reference"][0]["value"]
    request = next(document for document, named, *_ in reversed(earlier) if named == reference)
    kind = "answer" if "response" in row["document_type"] else row["document_type"]
    reasons = [f"reference:{reference}"]
    return ProposedLinkRow(letter=letter, request=request, kind=kind, reasons=reasons, confidence=0.9)


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
        times, processor, size = [], [], 0
        for _ in range(5):
            begun, used = time.perf_counter(), time.process_time()
            answer = client.get(address.format(id=any_request.id))
            times.append(1000 * (time.perf_counter() - begun))
            processor.append(1000 * (time.process_time() - used))
            size = len(answer.data)
        figures = f"median {median(times):6.0f} ms  slowest {max(times):6.0f} ms  processor {median(processor):6.0f} ms"
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
