"""How long a gap matrix of six countries takes: to open, to open a cell of it, and to look through the laws for it.

``python benchmarks/gap_matrix.py [--home FOLDER] [--documents N]``

Opened is a matrix of which everything is looked through and half is judged, with its page; the law of a country is
looked through once for each state of it, in the background, and what is found is kept. So that opening rests on records
alone: a store of as many documents as 200,000 passages come in (``benchmarks/search.py`` makes 4,400 of them) is filled
with rows of laws, each in force since a day of its own. The one question that the page asks of the engine, whether the
treaty's articles are held, is by identity (as ``citation`` in benchmarks/search.py). Looking through is timed where the
laws are: in the installation that benchmarks/retrieval.py makes of the reference statutes of six countries, or in
``--home``, cold for each country.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from comparison import ROUNDS, timed
from flask.testing import FlaskClient
from retrieval import CACHE, indexed

from app.web import create_app
from indexing.access import LOCAL_USER, PUBLIC_SPACE, Collection
from indexing.alerts.schema import ArrivalRow
from indexing.library import Library, open_library
from indexing.matrix.element_evidence import MOST, Proposal, proposals
from indexing.matrix.element_search import NationalLaw
from indexing.matrix.kept_proposals import states_of
from indexing.matrix.matrix import LOOKED, matrix
from indexing.matrix.schema import ElementVerdictRow, ProposalsRow
from indexing.matrix.verdicts import VERDICTS
from indexing.settings import Settings
from indexing.store.reading import Store
from indexing.store.schema import DocumentRow, Status
from indexing.store.writing import ensure_collection, now, writing
from indexing.works.validity import today
from nlp.elements.instruments import instrument

SIX = ("BR", "FR", "IE", "MX", "PE", "UY")
MODEL = instrument("UNTOC_6")
RESULTS = Path(__file__).parent / "results" / "gap_matrix.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--documents", type=int, default=4_400)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        opening = opened(Path(scratch), asked.documents)
    library = (
        open_library(Settings(home=asked.home)) if asked.home else indexed(Settings(home=CACHE / "home"), again=False)
    )
    looking = list(looked_through(library))
    library.close()
    report(asked.documents, opening, looking)


def opened(home: Path, documents: int) -> list[dict[str, object]]:
    """Time the matrix alone, its page and the page of a cell."""
    settings = Settings(home=home)
    app = create_app({"SETTINGS": settings})
    store: Store = app.extensions["library"].store
    fill(store, documents)
    access = store.access(LOCAL_USER)
    assert {cell.state for cell in matrix(store, access, MODEL, SIX, PUBLIC_SPACE).cells.values()} == {LOOKED}
    client = app.test_client()
    address = f"/matrix/{MODEL.id}?" + "&".join(f"country={code}" for code in SIX)
    rows = [timed("matrix, cold", lambda: matrix(store, access, MODEL, SIX, PUBLIC_SPACE), 1)]
    rows.append(timed("matrix", lambda: matrix(store, access, MODEL, SIX, PUBLIC_SPACE), ROUNDS))
    rows.append(timed("its page", lambda: page(client, address), ROUNDS))
    app.extensions["library"].close()
    return rows


def page(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.text.count('class="cell"') == len(SIX) * len(MODEL.elements)


def fill(store: Store, documents: int) -> None:
    """Write rows of laws, and of every cell three proposals, of every second one a verdict."""
    ensure_collection(store, Collection(PUBLIC_SPACE, PUBLIC_SPACE), LOCAL_USER)
    with writing(store) as session:
        session.add_all(law(number) for number in range(documents))
        session.flush()
        session.add_all(ArrivalRow(document=f"d{number}") for number in range(documents))
    access = store.access(LOCAL_USER)
    with writing(store) as session:
        for country, (state,) in states_of(store, access, SIX, today()).items():
            for place, element in enumerate(MODEL.elements):
                where = {
                    "collection": PUBLIC_SPACE,
                    "jurisdiction": country,
                    "instrument": MODEL.id,
                    "element": element.id,
                }
                found = [asdict(proposal(SIX.index(country) + len(SIX) * number)) for number in range(MOST)]
                session.add(ProposalsRow(**where, since=state.since, state=state.law, proposals=found, made=now()))
                if place % 2:
                    said = {"verdict": VERDICTS[place % len(VERDICTS)], "note": "", "law_date": "2020-01-01"}
                    session.add(ElementVerdictRow(**where, **said, author="somebody", made=now()))


def law(number: int) -> DocumentRow:
    day = f"{1980 + number % 40}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    return DocumentRow(
        id=f"d{number}", sha256=f"{number:064}", source=f"{number}.md", place="", collection=PUBLIC_SPACE,
        document_type="statute", jurisdiction=SIX[number % 6], title=f"Law {number}", language="es",
        status=Status.INDEXED, validity=f"{day}//{day}/", added=now(),
    )  # fmt: skip


def proposal(number: int) -> Proposal:
    return Proposal(f"d{number}", "art. 1", "art. 1(a)", "es", 1, 10, 90, 10, 10, 90, 90, 0.9, ("words:convierte",))


def looked_through(library: Library) -> Iterator[dict[str, object]]:
    """Time each country's law for all elements of the instrument."""
    access = library.store.access(LOCAL_USER)
    public = library.store.collection(access, PUBLIC_SPACE)
    for country in SIX:
        law_of = NationalLaw(library.store, library.engine, access, public, country)
        started, used = time.perf_counter(), time.process_time()
        found = sum(bool(ones) for ones in proposals(law_of, MODEL).values())
        seconds, own = time.perf_counter() - started, time.process_time() - used
        yield {
            "country": country,
            "seconds": round(seconds, 2),
            "processor_seconds": round(own, 2),
            "elements_with_proposals": found,
        }


def report(documents: int, opening: list[dict[str, object]], looking: list[dict[str, object]]) -> None:
    for row in (*opening, *looking):
        print(", ".join(f"{name} {value}" for name, value in row.items()))
    told = {
        "matrix": f"{MODEL.id}, {len(SIX)} countries by {len(MODEL.elements)} elements",
        "documents": documents,
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, one client, {ROUNDS} rounds",
        "load_of_the_machine": round(os.getloadavg()[0], 1),
        "opening": opening,
        "looking_through": looking,
    }
    RESULTS.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
