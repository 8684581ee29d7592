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
    """Creates, swaps and removes the indices of partitions."""

    client: Elasticsearch

    def partitions(self) -> tuple[str, ...]:
        indices = self.client.indices.get_alias(index=f"{_ALIAS}*", allow_no_indices=True).body
        names = {name for index in indices.values() for name in index["aliases"] if not name.startswith(_BUILDING)}
        return tuple(sorted(_unescape(name.removeprefix(_ALIAS)) for name in names))

    def targets(self, partition: str) -> list[str]:
        """Return the indices that receive writes: the live one and one being built."""
        return [*self.live(partition), *self.building(partition)]

    def live(self, partition: str) -> list[str]:
        """Return the index behind the alias that answers queries, if any."""
        return self._behind(alias_of(partition))

    def generation(self, partition: str) -> str:
        """Return the unique id of the live index, ``""`` if there is none."""
        return "".join(self.unique_id(index) for index in self.live(partition))

    def unique_id(self, index: str) -> str:
        """Return the UUID of an index, ``""`` if it was removed."""
        try:
            index_settings = self.client.indices.get_settings(index=index, name="index.uuid", flat_settings=True).body
        except NotFoundError:  # replaced by a rebuild
            return ""
        return str(index_settings[index]["settings"]["index.uuid"])

    def building(self, partition: str) -> list[str]:
        return self._behind(_building(partition))

    def first(self, partition: str) -> str:
        """Create the first index of a partition, or return the one that another process has just created."""
        try:
            return self._create(partition, alias_of(partition))
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
            return self.live(partition)[0]

    def begin(self, partition: str) -> str:
        """Create an index that receives writes but does not answer yet; one left over from a crash is deleted."""
        for left_over in self.building(partition):
            self.client.indices.delete(index=left_over)
        return self._create(partition, _building(partition))

    def swap(self, partition: str, index: str) -> None:
        """Replace the live index by ``index`` and delete the old one, atomically."""
        old = self.live(partition)
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
    """Return the alias of a partition; bytes other than lower-case ASCII letters, digits and ``-`` become ``_xx``."""
    return _ALIAS + re.sub(
        r"[^a-z0-9-]", lambda match: "".join(f"_{byte:02x}" for byte in match[0].encode()), partition
    )


def _building(partition: str) -> str:
    return _BUILDING + alias_of(partition).removeprefix(_ALIAS)


def _unescape(name: str) -> str:
    return re.sub(r"(?:_[0-9a-f]{2})+", lambda match: bytes.fromhex(match[0].replace("_", "")).decode(), name)


@contextmanager
def index_state() -> Iterator[None]:
    """Convert the client's errors to ``RogatioError`` without document content.

    Raises ``indexing.elasticsearch_refused`` and ``indexing.elasticsearch_unreachable``.
    """
    try:
        yield
    except BulkIndexError as error:
        kinds = sorted({next(iter(action.values())).get("error", {}).get("type", "") for action in error.errors})
        raise RogatioError("indexing.elasticsearch_refused", reason=", ".join(kinds)) from None
    except ApiError as error:
        raise RogatioError("indexing.elasticsearch_refused", reason=f"{error.status_code} {error.error}") from error
    except TransportError as error:
        raise RogatioError("indexing.elasticsearch_unreachable", reason=type(error).__name__) from error
