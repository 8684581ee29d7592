"""What a passage takes of an Elasticsearch node: records a second, disk, memory of vectors and heap, times of a search.

    ROGATIO_ELASTICSEARCH_URL=… python -m benchmarks.capacity [--passages 50000] [--words 120]

Passages have drawn vectors of 384 dimensions (see ``meaning.py``) and drawn words. They are written as
``rogatio reindex`` writes them and merged to one segment. Prints one line of JSON: ``records a second`` of each third
before the merge, so that it shows whether later ones take longer, and ``whole`` with it; processor time of this process
and of the nodes; bytes a passage on disk (one copy) and of the parts of its vectors, as the node counts them; heap in
use at the end; median and 95th percentile of a search in milliseconds. Times but the processor's are by the clock.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from itertools import islice
from statistics import quantiles
from typing import Any

from benchmarks.meaning import ALL, KINDS, PARTITION, Collection
from indexing.engines.elasticsearch.engine import ElasticEngine
from indexing.records.record import Record
from indexing.search.search import retrieve
from indexing.settings import settings_from


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--words", type=int, default=120)
    options = parser.parse_args()
    collection = Collection(options.passages)
    engine = ElasticEngine(settings_from().elasticsearch_url)
    written = Written(collection.documents(options.words), options.passages)
    started, used, used_there = time.perf_counter(), time.process_time(), _processor_seconds(engine)
    engine.rebuild(PARTITION, written)
    whole = options.passages / (time.perf_counter() - started)
    spent = {"client": time.process_time() - used, "nodes": _processor_seconds(engine) - used_there}
    figures = {
        "passages": options.passages,
        "records a second": {"thirds": written.rates(), "whole": round(whole)},
        "processor, ms a record": {name: round(1000 * one / options.passages, 2) for name, one in spent.items()},
    }
    print(json.dumps(figures | _sizes(engine, options.passages) | {"search, ms": _searches(engine, collection)}))


class Written:
    """The documents, with the time at which each third of the passages had been taken."""

    def __init__(self, documents: Iterator[list[Record]], passages: int) -> None:
        self._documents, self._passages = documents, passages
        self._times: list[tuple[int, float]] = []

    def __iter__(self) -> Iterator[list[Record]]:
        taken = 0
        self._times.append((0, time.perf_counter()))
        for document in self._documents:
            yield document
            taken += len(document)
            if taken >= self._passages * len(self._times) / 3:
                self._times.append((taken, time.perf_counter()))

    def rates(self) -> list[int]:
        """Return the records a second of each third."""
        pairs = zip(self._times, islice(self._times, 1, None), strict=False)
        return [round((after - before) / (end - begun)) for (before, begun), (after, end) in pairs]


def _processor_seconds(engine: ElasticEngine) -> float:
    """Return the seconds of processor time that the nodes have used since they started."""
    nodes = engine._client.nodes.stats(metric="process").body["nodes"].values()
    return sum(float(node["process"]["cpu"]["total_in_millis"]) for node in nodes) / 1000


def _sizes(engine: ElasticEngine, passages: int) -> dict[str, Any]:
    index = engine.indices.alias_of(PARTITION)
    client = engine._client
    (found,) = client.indices.stats(index=index, metric="store,dense_vector").body["indices"].values()
    stats = found["primaries"]
    vectors = stats["dense_vector"].get("off_heap", {})
    nodes = client.nodes.stats(metric="jvm").body["nodes"].values()
    pools = [node["jvm"]["mem"]["heap_used_in_bytes"] for node in nodes]
    return {
        "disk, bytes a passage": round(stats["store"]["size_in_bytes"] / passages),
        "vectors, bytes a passage": {
            name: round(value / passages) for name, value in vectors.items() if isinstance(value, int)
        },
        "heap, MiB": [used >> 20 for used in pools],
    }


def _searches(engine: ElasticEngine, collection: Collection) -> dict[str, Any]:
    rows = {}
    for kind in KINDS[:3]:
        times = []
        for query in [*collection.questions[:3], *collection.questions]:
            begun = time.perf_counter()
            retrieve(kind.request(query), ALL, engine, collection.encoder)
            times.append((time.perf_counter() - begun) * 1000)
        cuts = quantiles(times[3:], n=20)
        rows[kind.name] = {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1)}
    return rows


if __name__ == "__main__":
    main()
