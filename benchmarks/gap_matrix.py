"""Speed of a gap matrix of six countries by twelve elements over 200,000 passages: display, and computing proposals.

``python -m benchmarks.gap_matrix [--engine embedded|elasticsearch] [--passages N] [--home FOLDER]``

The installation contains the reference statutes of six countries, ingested by benchmarks/retrieval.py, and generated
laws and judgments (benchmarks/search.py) in four languages up to the number of passages; a generated text is repeated
with another country and date, since generating 200,000 would take longer than all that is measured. Measured are the
matrix, its page and its REST response: first without proposals; then the computation of proposals for each country,
which the application does in the background on request; then the display with stored proposals, half of them with a
verdict. ``processor`` is the processor time of this process (without that of a cluster). With ``--home``, an existing
installation is reused.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import delete

from app.gap_matrix.matrix import COMPUTED, NOT_COMPUTED, matrix
from app.gap_matrix.schema import ElementVerdictRow, ProposalsRow
from app.gap_matrix.stored_proposals import compute_proposals
from app.gap_matrix.verdicts import VERDICTS
from app.web import create_app
from benchmarks.comparative import CACHE
from benchmarks.comparison import ROUNDS, timed
from benchmarks.retrieval import indexed
from benchmarks.search import COUNTRIES, Writer, arguments
from extraction.document import Document
from indexing.access import LOCAL_USER, PUBLIC_PARTITION
from indexing.installation import Installation
from indexing.records.passages import document_records
from indexing.records.record import DocumentFacts, Record
from indexing.records.validity import exactly
from indexing.settings import Settings, settings_from
from indexing.store.schema import DocumentRow, Status
from indexing.store.writing import now, writing
from indexing.works.works import validities
from nlp.annotations import Annotations
from nlp.document_kinds import national_law_types
from nlp.elements.instruments import instrument

SIX = ("BR", "FR", "IE", "MX", "PE", "UY")
MODEL = instrument("UNTOC_18")
TEXTS = 160
PAGE = f"/matrix/{MODEL.id}?" + "&".join(f"country={code}" for code in SIX)
RESULTS = Path(__file__).parent / "results" / "gap_matrix.json"


def main() -> None:
    options = arguments(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        home = options.home or Path(scratch) / "home"
        settings = Settings(home=home, engine=options.engine, elasticsearch_url=settings_from().elasticsearch_url)
        if not (home / "records.sqlite").exists():
            indexed(Settings(home=CACHE / "home"), again=False).close()
            shutil.copytree(CACHE / "home", home)
        report(options.engine, options.passages, measured(settings, options.passages))


def measured(settings: Settings, passages: int) -> dict[str, list[dict[str, object]]]:
    app = create_app({"SETTINGS": settings})
    installation: Installation = app.extensions["installation"]
    if installation.engine.count(PUBLIC_PARTITION) < passages:
        installation.engine.write(PUBLIC_PARTITION, chain.from_iterable(batches(installation, passages)))
        installation.engine.refresh(PUBLIC_PARTITION)
    with writing(installation.store) as session:
        session.execute(delete(ProposalsRow))
        session.execute(delete(ElementVerdictRow))
    client = app.test_client()
    client.get("/")
    first = opened(installation, client, NOT_COMPUTED)
    looking = [looked_through(installation, country) for country in SIX]
    judge(installation)
    again = opened(installation, client, COMPUTED)
    installation.close()
    return {"first": first, "looking_through": looking, "again": again}


def batches(installation: Installation, passages: int) -> Iterator[list[Record]]:
    """Yield the records of all stored laws, unless indexed, then those of generated documents."""
    made = installation.engine.count(PUBLIC_PARTITION)
    for written in () if made else of_laws(installation):
        made += len(written)
        yield written
    writers = [Writer(language) for language in COUNTRIES]
    texts: list[tuple[Document, Annotations, list[Record]]] = []
    number = 0
    while made < passages:
        if number < TEXTS:
            document, annotations, facts = writers[number % len(writers)].written(number)
            texts.append((document, annotations, document_records(document, annotations, facts)))
        written = generated(installation, number, *texts[number % TEXTS])
        made += len(written)
        number += 1
        yield written


def of_laws(installation: Installation) -> Iterator[list[Record]]:
    access = installation.store.access(LOCAL_USER)
    laws = [document for document in installation.store.every_document(access) if document.status == Status.INDEXED]
    known = validities(installation.store, [law.id for law in laws])
    for law in laws:
        facts = DocumentFacts(
            law.id, law.collection, PUBLIC_PARTITION, law.source, law.title, law.document_type, law.jurisdiction,
            law.date, law.language, validity=known.get(law.id),
        )  # fmt: skip
        yield document_records(
            installation.store.reading(access, law.id), installation.store.annotations(access, law.id), facts
        )


def generated(
    installation: Installation, number: int, document: Document, annotations: Annotations, made: Sequence[Record]
) -> list[Record]:
    """Store a copy of a document with its own number, country and date, and return its records."""
    original = made[0].facts
    countries, day = COUNTRIES[original.language], f"{1980 + number % 45}-{number % 12 + 1:02d}-01"
    is_law = original.document_type in national_law_types()
    facts = replace(
        original, document_id=f"generated{number}", collection=PUBLIC_PARTITION, source=f"generated {number}", date=day,
        jurisdiction=countries[number // TEXTS % len(countries)], validity=exactly(day) if is_law else None,
    )  # fmt: skip
    digest = sha256(document.text.encode()).hexdigest()
    scratch = installation.settings.home / "work"
    if not installation.store.derived.folder(digest).exists():
        installation.store.derived.write_document(digest, document, scratch)
    installation.store.derived.write_annotations(digest, facts.document_id, "", annotations, scratch)
    with writing(installation.store) as session:
        session.merge(
            DocumentRow(
                id=facts.document_id, sha256=digest, source=facts.source, place="", collection=PUBLIC_PARTITION,
                document_type=facts.document_type, jurisdiction=facts.jurisdiction, title=facts.title, date=day,
                language=facts.language, status=Status.INDEXED, added=now(),
                validity=f"{day}//{day}/" if is_law else "",
            )
        )  # fmt: skip
    prefix = len(original.document_id)
    return [
        replace(
            record,
            id=facts.document_id + record.id[prefix:],
            scope_id=facts.document_id + record.scope_id[prefix:],
            facts=facts,
        )
        for record in made
    ]


def opened(installation: Installation, client: FlaskClient, state: str) -> list[dict[str, object]]:
    """Return the times of the matrix, its page and its REST response, in which every cell must have ``state``."""
    access = installation.store.access(LOCAL_USER)

    def alone() -> None:
        found = matrix(installation.store, access, MODEL, SIX, PUBLIC_PARTITION)
        assert {cell.state for cell in found.cells.values()} == {state}

    def requested(address: str, mark: str) -> None:
        response = client.get(address)
        assert response.status_code == 200
        assert response.text.count(mark) == len(SIX) * len(MODEL.elements)

    return [
        timed("matrix", alone, ROUNDS),
        timed("page, cold", lambda: requested(PAGE, '<a class="cell'), 1),
        timed("page", lambda: requested(PAGE, '<a class="cell'), ROUNDS),
        timed("API", lambda: requested(f"/api/v1{PAGE}", f'"state":"{state}"'), ROUNDS),
    ]


def looked_through(installation: Installation, country: str) -> dict[str, object]:
    """Return the time of computing the proposals of one country for all elements of the instrument."""
    store, access = installation.store, installation.store.access(LOCAL_USER)
    started, used = time.perf_counter(), time.process_time()
    compute_proposals(store, installation.engine, access, MODEL, [country])
    seconds, own = time.perf_counter() - started, time.process_time() - used
    found = matrix(store, access, MODEL, [country], PUBLIC_PARTITION).cells.values()
    return {
        "country": country,
        "seconds": round(seconds, 2),
        "processor_seconds": round(own, 2),
        "elements_with_proposals": sum(bool(cell.proposals) for cell in found),
    }


def judge(installation: Installation) -> None:
    """Set a verdict on every second cell."""
    with writing(installation.store) as session:
        for place, element in list(enumerate(MODEL.elements))[1::2]:
            for country in SIX:
                verdict = {"verdict": VERDICTS[place % len(VERDICTS)], "note": "", "law_date": "2020-01-01"}
                where = {"collection": PUBLIC_PARTITION, "jurisdiction": country, "instrument": MODEL.id}
                session.add(ElementVerdictRow(**where, element=element.id, **verdict, author="somebody", made=now()))


def report(engine: str, passages: int, rows: dict[str, list[dict[str, object]]]) -> None:
    for name, own in rows.items():
        print(name)
        for row in own:
            print("  " + ", ".join(f"{key} {value}" for key, value in row.items()))
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    results = {key: value for key, value in results.items() if key in ("embedded", "elasticsearch")}
    results[engine] = {
        "matrix": f"{MODEL.id}, {len(SIX)} countries by {len(MODEL.elements)} elements",
        "passages": passages,
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, one client, {ROUNDS} rounds",
        "load_of_the_machine": round(os.getloadavg()[0], 1),
        **rows,
    }
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
