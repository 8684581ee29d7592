"""Scaling of the matching of one request with the archive, and recall of the blocking keys.

    python -m benchmarks.request_matches [REQUESTS]

Each invented request names three persons, a company, an account and a telephone; one in ten names a person of an
earlier request in another order and without accents. The output has the ratio of the time for a request with the whole
archive to that with a tenth of it, in one run, and the share of the repeated persons that were proposed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from app.demonstration.cases import draw_case, draw_person
from app.demonstration.words import words
from app.requests.matching.pairs import refresh_matches
from app.requests.matching.schema import RequestMatchRow, RequestPartyRow
from indexing.access import LOCAL_USER, Collection
from indexing.settings import Settings
from indexing.store.reading import Store
from indexing.store.writing import Arrival, arrive, ensure_collection, writing
from nlp.matching.spelling import plain

AUTHORITY = Collection("files", "files", "files")


def fields(rng: Random, repeated: str) -> dict[str, list[dict[str, Any]]]:
    case = draw_case(rng)
    states = sorted(words("states"))
    names = [draw_person(rng, rng.choice(states)).name for _ in range(3)]
    persons = [{"name": name, "kind": "natural", "role": "suspect"} for name in [repeated or names[0], *names[1:]]]
    persons.append({"name": case.company, "kind": "legal", "role": "other_party"})
    identifiers = [
        {"kind": "account", "text": case.account, "scope": "case"},
        {"kind": "phone", "text": case.phone, "scope": "case"},
    ]
    return {
        "persons": [{"value": one, "start": at} for at, one in enumerate(persons)],
        "identifiers": [{"value": one, "start": 90 + at} for at, one in enumerate(identifiers)],
    }


def other_order(name: str) -> str:
    given, *surnames = plain(name).title().split()
    return f"{' '.join(surnames)}, {given}"


def run(store: Store, count: int) -> None:
    rng, names, spent, repeated = Random(5), list[str](), list[float](), 0
    ensure_collection(store, AUTHORITY, LOCAL_USER)
    for number in range(count):
        again = other_order(rng.choice(names)) if number % 10 == 9 else ""
        request = fields(rng, again)
        if not again:
            names.append(request["persons"][0]["value"]["name"])
        document = arrive(store, Arrival(f"{number:064x}", 1, str(number), str(number), AUTHORITY.id))
        begun = time.perf_counter()
        with writing(store) as session:
            refresh_matches(session, "benchmark", AUTHORITY.partition, document.id, request)
        spent.append(time.perf_counter() - begun)
        repeated += bool(again)
    part = count // 10
    few, many = sorted(spent[part // 2 : part + part // 2]), sorted(spent[-part:])
    print(f"a request of {count}: median {1000 * many[part // 2]:.0f} ms, {many[part // 2] / few[part // 2]:.2f} times")
    print(f"  that with a tenth of the archive ({1000 * few[part // 2]:.0f} ms)")
    with Session(store.database) as session:
        pairs = session.query(RequestMatchRow).count()
        commas = session.query(RequestPartyRow.id).filter(RequestPartyRow.name.contains(", "))
        found = session.query(RequestPartyRow.id).filter(
            RequestPartyRow.id.in_(commas),
            RequestPartyRow.id.in_(session.query(RequestMatchRow.left))
            | RequestPartyRow.id.in_(session.query(RequestMatchRow.right)),
        )
        print(f"{found.count()} of {repeated} repeated persons proposed; {pairs} pairs in all")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        run(Store(Settings(Path(folder))), int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
