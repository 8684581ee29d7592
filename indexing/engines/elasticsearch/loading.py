"""Loading of a new index, which does not answer queries yet: its settings, its vectors, and requests side by side.

Nothing searches such an index by meaning. So its vectors have no graph (``int8_flat``), which every flush and merge
would build again; Elasticsearch lets this type become ``int8_hnsw``, whose graph the last merge builds. There is one
copy, which a second node copies when it is complete instead of indexing everything too, and no refresh by time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from elasticsearch import Elasticsearch

from indexing.engines.elasticsearch.compiler import Body
from indexing.engines.elasticsearch.mapping import GRAPH, PASSAGES, settings

Item = TypeVar("Item")

WITHOUT_GRAPH = "int8_flat"
"""Type of the vectors of an index that is loaded."""

LOADING: Body = {"auto_expand_replicas": False, "number_of_replicas": 0, "refresh_interval": "-1"}
"""Settings of an index that is loaded."""

_REQUESTS_AT_ONCE = 2  # a node indexes one request of a shard in one thread
_COPY_MINUTES = 60
"""Timeout of the copy to a second node, after which one copy answers until the other one is complete."""


def load(client: Elasticsearch, index: str, chunks: Iterable[Item], send: Callable[[Item], None]) -> None:
    """Call ``send`` with each chunk in threads, a few at once; the last merge then builds the graph of all vectors.

    The last chunk is written after the others have a segment and with a graph: a merge of a single segment would do
    nothing. ``chunks`` is read in the calling thread. Raises what ``send`` does.
    """
    last: list[Item] = []  # none, or the chunk that is held back
    with ThreadPoolExecutor(_REQUESTS_AT_ONCE) as pool:
        running: deque[Future[None]] = deque()
        for chunk in chunks:
            running.extend(pool.submit(send, earlier) for earlier in last)
            last = [chunk]
            if len(running) > _REQUESTS_AT_ONCE:
                running.popleft().result()
        for future in running:
            future.result()
    _with_graph(client, index)
    for chunk in last:
        send(chunk)


def _with_graph(client: Elasticsearch, index: str) -> None:
    """Give a graph to vectors that are written or merged from now on."""
    client.indices.refresh(index=index)  # so that what is written so far shares no segment with what follows
    passages: Body = client.indices.get_mapping(index=index).body[index]["mappings"]["properties"][PASSAGES]
    passages["properties"]["vector"]["index_options"] = {"type": GRAPH}
    client.indices.put_mapping(index=index, properties={PASSAGES: passages})


def complete(client: Elasticsearch, index: str) -> None:
    """Give a loaded index the settings of one that answers, and wait for its copy, if a second node makes one."""
    client.indices.put_settings(index=index, settings=settings())
    client.options(request_timeout=60 * _COPY_MINUTES + 60, ignore_status=408).cluster.health(
        index=index, wait_for_events="languid", wait_for_no_initializing_shards=True, timeout=f"{_COPY_MINUTES}m"
    )


def in_chunks(items: Iterable[Item], most: int) -> Iterator[list[Item]]:
    """Yield lists of at most ``most`` items."""
    rest = iter(items)
    while chunk := list(islice(rest, most)):
        yield chunk
