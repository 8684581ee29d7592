"""Versioned Elasticsearch indices behind aliases.

The alias ``<prefix>-<partition>`` answers queries. During a rebuild ``<prefix>-building-<partition>`` receives every
write too. Every index is marked with its owner, and those of another installation are neither read nor written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import BulkIndexError

from extraction.errors import RogatioError
from indexing.engines.elasticsearch.compiler import Body
from indexing.engines.elasticsearch.connection import DEFAULT_PREFIX
from indexing.engines.elasticsearch.loading import LOADING, WITHOUT_GRAPH
from indexing.engines.elasticsearch.mapping import fixed_settings, mapping, settings
from indexing.engines.plan import SCHEMA_VERSION

_BUILDING = "building-"
_OWNER, _VERSION = "owner", "schema"
"""Keys of the metadata of an index: which installation it belongs to, and the version of its fields."""

_UNAVAILABLE = frozenset({429, 502, 503, 504})
"""Statuses by which a cluster says that it cannot answer now, for instance without an elected master."""


@dataclass(frozen=True, slots=True)
class Indices:
    """Creates, swaps and removes the indices of partitions.

    Without an ``owner`` indices are not marked, and those of any owner are used.
    """

    client: Elasticsearch
    prefix: str = DEFAULT_PREFIX
    owner: str = ""
    own: set[str] = field(default_factory=set)
    """Partitions whose indices were found to be those of this owner."""
    current: set[str] = field(default_factory=set)
    """Partitions whose live index was found to have the present fields."""

    def partitions(self) -> tuple[str, ...]:
        indices = self.client.indices.get_alias(index=f"{self.prefix}-*", allow_no_indices=True).body
        aliases = {name.removeprefix(f"{self.prefix}-") for index in indices.values() for name in index["aliases"]}
        return tuple(sorted(_unescape(name) for name in aliases if not name.startswith(_BUILDING)))

    def require_own(self, partition: str) -> bool:
        """Return whether a partition may have indices, of which it is known that they are those of this owner.

        Indices without a mark are those of an earlier release; a rebuild marks them. Raises
        ``indexing.elasticsearch_other_owner`` for indices of another owner.
        """
        return not self.owner or partition in self.own or bool(self._marks(partition, self._building(partition)))

    def require_current(self, partition: str) -> bool:
        """Return whether a partition has a live index, of which it is known that this release can read it.

        Raises what ``require_own`` does, and ``indexing.index_of_other_version`` for an index of other fields.
        """
        if partition in self.current:
            return True
        marks = self._marks(partition)
        if any(mark.get(_VERSION) != SCHEMA_VERSION for mark in marks):
            raise RogatioError("indexing.index_of_other_version", space=partition)
        if marks:
            self.current.add(partition)
        return bool(marks)

    def _marks(self, partition: str, *also: str) -> list[dict[str, Any]]:
        """Return the metadata of the live index and of those behind the aliases ``also``, which are of this owner."""
        aliases = [self.alias_of(partition), *also]
        found = self.client.indices.get_mapping(index=aliases, ignore_unavailable=True).body
        marks = [index["mappings"].get("_meta", {}) for index in found.values()]
        if self.owner and any(mark.get(_OWNER, self.owner) != self.owner for mark in marks):
            raise RogatioError("indexing.elasticsearch_other_owner", prefix=self.prefix)
        if marks:
            self.own.add(partition)
        return marks

    def alias_of(self, partition: str) -> str:
        return alias_of(partition, self.prefix)

    def targets(self, partition: str) -> list[str]:
        """Return the indices that receive writes: the live one and one being built."""
        return [*self.live(partition), *self.building(partition)]

    def live(self, partition: str) -> list[str]:
        """Return the index behind the alias that answers queries, if any; raises what ``require_own`` does."""
        self.require_own(partition)
        return self._behind(self.alias_of(partition))

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
        return self._behind(self._building(partition))

    def first(self, partition: str) -> str:
        """Create the first index of a partition, or return the one that another process has just created."""
        try:
            return self._create(partition, self.alias_of(partition), mapping(), settings())
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
            return self.live(partition)[0]

    def begin(self, partition: str) -> str:
        """Create an index that receives writes but does not answer yet; one left over from a crash is deleted."""
        self.require_own(partition)
        for left_over in self.building(partition):
            self.client.indices.delete(index=left_over)
        return self._create(partition, self._building(partition), mapping(WITHOUT_GRAPH), LOADING)

    def abandon(self, index: str) -> None:
        """Delete an index whose rebuild failed, so that it receives no more writes, if the cluster answers."""
        with suppress(ApiError, TransportError):
            self.client.indices.delete(index=index)

    def swap(self, partition: str, index: str) -> None:
        """Replace the live index by ``index`` and delete the old one, atomically."""
        old = self.live(partition)
        actions: list[Body] = [
            {"add": {"index": index, "alias": self.alias_of(partition)}},
            {"remove": {"index": index, "alias": self._building(partition)}},
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

    def _create(self, partition: str, alias: str, fields: Body, chosen: Body) -> str:
        number = max((int(name[-6:]) for name in self._behind(self.alias_of(partition))), default=0) + 1
        name = f"{self.alias_of(partition)}-v{number:06d}"
        mark = {_VERSION: SCHEMA_VERSION} | ({_OWNER: self.owner} if self.owner else {})
        marked = fields | {"_meta": mark}
        self.client.indices.create(index=name, mappings=marked, settings=fixed_settings() | chosen, aliases={alias: {}})
        return name

    def _building(self, partition: str) -> str:
        return f"{self.prefix}-{_BUILDING}{_escaped(partition)}"


def alias_of(partition: str, prefix: str = DEFAULT_PREFIX) -> str:
    """Return the alias of a partition whose indices begin with ``prefix``."""
    return f"{prefix}-{_escaped(partition)}"


def _escaped(partition: str) -> str:
    """Return the name with bytes other than lower-case ASCII letters, digits and ``-`` as ``_xx``."""
    return re.sub(r"[^a-z0-9-]", lambda match: "".join(f"_{byte:02x}" for byte in match[0].encode()), partition)


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
        code = "unreachable" if error.status_code in _UNAVAILABLE else "refused"
        raise RogatioError(f"indexing.elasticsearch_{code}", reason=f"{error.status_code} {error.error}") from error
    except TransportError as error:
        raise RogatioError("indexing.elasticsearch_unreachable", reason=type(error).__name__) from error
