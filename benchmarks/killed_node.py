"""Kills one of three nodes of Elasticsearch while letters are ingested and searched; nothing may be lost.

    python -m benchmarks.killed_node [--letters 2000] [--heap 512m]

Three nodes are started on this machine (the server that the tests start). Letters are ingested with the test encoder
while another thread searches without a pause. When a third of them is in, the node with the primary copy of the index
is killed. An ingest that ends with an error of the cluster is repeated, as a job of the server does it. Afterwards
every letter must be in the index, with as many records as its neighbours, and ``rogatio verify`` must find no problem.
Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from elasticsearch_nodes import Nodes, three_nodes, why_missing
from in_this_process import InThisProcess
from run_scenarios import COLLECTION, LETTER, PARTITION, with_encoder

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.engines.elasticsearch.engine import ElasticEngine
from indexing.ingest import ingest as ingesting
from indexing.ingest import reindexing, run
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.verification import verify
from indexing.installation import Installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from nlp.entities import legal_ner

UNREACHABLE = "indexing.elasticsearch_unreachable"


def ingested(installation: Installation, folder: Path) -> int:
    """Ingest the letters; return how often it had to be repeated because the cluster did not answer."""
    repeated = 0
    while True:
        try:
            ingesting.ingest(installation, [folder], IngestOptions(COLLECTION))
        except RogatioError as error:
            if error.code != UNREACHABLE:
                raise
            repeated += 1
        else:
            return repeated


def searched(settings: Settings, is_over: Callable[[], bool], outcomes: Counter[str]) -> None:
    """Search until the ingest is over and count results and errors."""
    installation = Installation(settings)
    while not is_over():
        try:
            search(installation, SearchRequest("declaración", mode="words"))
            outcomes["found"] += 1
        except RogatioError as error:
            outcomes[error.code] += 1
    installation.close()


def kill_primary(nodes: Nodes, engine: ElasticEngine) -> str:
    """Kill the node with the primary copy of the index and return its name."""
    (index,) = engine.indices.live(PARTITION)
    shards: Any = engine.indices.client.cat.shards(index=index, format="json")
    (primary,) = [shard["node"] for shard in shards if shard["prirep"] == "p"]
    nodes.kill(str(primary))
    return str(primary)


def tried(nodes: Nodes, folder: Path, letters: int) -> dict[str, Any]:
    settings = Settings(folder / "home", "elasticsearch", nodes.url)
    installation, outcomes, repeated = Installation(settings), Counter[str](), list[int]()
    engine = installation.engine
    assert isinstance(engine, ElasticEngine)
    work = threading.Thread(target=lambda: repeated.append(ingested(installation, folder / "in")))
    reader = threading.Thread(target=searched, args=(settings, lambda: not work.is_alive(), outcomes))
    begun = time.monotonic()
    work.start()
    reader.start()
    while not engine.generation(PARTITION) or in_index(engine) < letters // 3:
        time.sleep(0.2)
    at_kill, killed = in_index(engine), kill_primary(nodes, engine)
    work.join()
    seconds = time.monotonic() - begun
    reader.join()
    found = checked(installation, engine)
    installation.close()
    return {"letters": letters, "killed": killed, "records_at_kill": at_kill, "repeated": repeated[0]} | found | {
        "searches": dict(outcomes), "seconds": round(seconds, 1)
    }  # fmt: skip


def in_index(engine: ElasticEngine) -> int:
    engine.refresh(PARTITION)
    return engine.count(PARTITION)


def checked(installation: Installation, engine: ElasticEngine) -> dict[str, Any]:
    """Return the number of letters by their records in the index, and the problems that a verification finds."""
    access = installation.store.access(LOCAL_USER)
    engine.refresh(PARTITION)
    records = Counter(engine.count(PARTITION, [one.id]) for one in installation.store.every_document(access))
    report = verify(installation)
    return {
        "letters_by_records": dict(records),
        "problems": [problem.kind for problem in report.problems],
        "total": engine.count(PARTITION),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--letters", type=int, default=2000)
    options.add_argument("--heap", default="512m")
    given = options.parse_args()
    if reason := why_missing():
        raise SystemExit(reason)
    ingesting.Workers = reindexing.Workers = InThisProcess  # type: ignore[assignment,attr-defined]
    legal_ner.model = lambda: None
    run.DOCUMENTS_OF_A_WRITE = 20
    with_encoder("first")
    with tempfile.TemporaryDirectory() as folder, three_nodes(given.heap) as nodes:
        (Path(folder) / "in").mkdir()
        for number in range(given.letters):
            (Path(folder) / "in" / f"{number:06}.txt").write_text(LETTER.format(name=f"Ana {number:06} María"))
        print(json.dumps(tried(nodes, Path(folder), given.letters), ensure_ascii=False))


if __name__ == "__main__":
    main()
