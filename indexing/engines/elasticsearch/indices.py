"""Versioned Elasticsearch indices behind aliases.

The alias ``rogatio-<partition>`` answers queries. During a rebuild ``rogatio-building-<partition>`` receives every
write too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import BulkIndexError

from extraction.errors import RogatioError
from indexing.engines.elasticsearch.compiler import Body
from indexing.engines.elasticsearch.mapping import mapping, settings

_ALIAS, _BUILDING = "rogatio-", "rogatio-building-"


@dataclass(frozen=True, slots=True)
class Indices:
    """Makes, swaps and removes the indices of partitions."""

    client: Elasticsearch

    def partitions(self) -> tuple[str, ...]:
        held = self.client.indices.get_alias(index=f"{_ALIAS}*", allow_no_indices=True).body
        names = {name for about in held.values() for name in about["aliases"] if not name.startswith(_BUILDING)}
        return tuple(sorted(_read(name.removeprefix(_ALIAS)) for name in names))

    def targets(self, partition: str) -> list[str]:
        """Return the indices that a write goes to: the one that answers and one that is being built."""
        return [*self.answering(partition), *self.building(partition)]

    def answering(self, partition: str) -> list[str]:
        return self._behind(alias_of(partition))

    def generation(self, partition: str) -> str:
        """Return the unique id of the index that answers, "" where there is none."""
        return "".join(self.unique_id(index) for index in self.answering(partition))

    def unique_id(self, index: str) -> str:
        try:
            held = self.client.indices.get_settings(index=index, name="index.uuid", flat_settings=True).body
        except NotFoundError:  # a rebuild took its place
            return ""
        return str(held[index]["settings"]["index.uuid"])

    def building(self, partition: str) -> list[str]:
        return self._behind(_building(partition))

    def first(self, partition: str) -> str:
        """Make the index of a partition that has none; another machine may do the same at the same time."""
        try:
            return self._create(partition, alias_of(partition))
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
            return self.answering(partition)[0]

    def begin(self, partition: str) -> str:
        """Make an index that gets what is written but does not answer yet; one left over from a crash goes."""
        for left_over in self.building(partition):
            self.client.indices.delete(index=left_over)
        return self._create(partition, _building(partition))

    def swap(self, partition: str, index: str) -> None:
        """Let ``index`` answer in place of what did, in one step that also removes that."""
        old = self.answering(partition)
        actions: list[Body] = [
            {"add": {"index": index, "alias": alias_of(partition)}},
            {"remove": {"index": index, "alias": _building(partition)}},
            *({"remove_index": {"index": name}} for name in old),
        ]
        self.client.indices.update_aliases(actions=actions)

    def drop(self, partition: str) -> None:
        for index in self.targets(partition):
            self.client.indices.delete(index=index)

    def _behind(self, alias: str) -> list[str]:
        try:
            return sorted(self.client.indices.get_alias(name=alias).body)
        except NotFoundError:
            return []

    def _create(self, partition: str, alias: str) -> str:
        number = max((int(name[-6:]) for name in self._behind(alias_of(partition))), default=0) + 1
        name = f"{alias_of(partition)}-v{number:06d}"
        self.client.indices.create(index=name, mappings=mapping(), settings=settings(), aliases={alias: {}})
        return name


def alias_of(partition: str) -> str:
    """Return the alias of a partition: lower case ASCII, all else as ``_`` and hexadecimal."""
    return _ALIAS + re.sub(
        r"[^a-z0-9-]", lambda found: "".join(f"_{byte:02x}" for byte in found[0].encode()), partition
    )


def _building(partition: str) -> str:
    return _BUILDING + alias_of(partition).removeprefix(_ALIAS)


def _read(written: str) -> str:
    return re.sub(r"(?:_[0-9a-f]{2})+", lambda found: bytes.fromhex(found[0].replace("_", "")).decode(), written)


@contextmanager
def index_state() -> Iterator[None]:
    """Turn the client's errors into ours, with no word of a document in them."""
    try:
        yield
    except BulkIndexError as error:
        kinds = sorted({next(iter(one.values())).get("error", {}).get("type", "") for one in error.errors})
        raise RogatioError("indexing.elasticsearch_refused", reason=", ".join(kinds)) from None
    except ApiError as error:
        raise RogatioError("indexing.elasticsearch_refused", reason=f"{error.status_code} {error.error}") from error
    except TransportError as error:
        raise RogatioError("indexing.elasticsearch_unreachable", reason=type(error).__name__) from error
