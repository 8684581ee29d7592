"""What is recorded of a snapshot of the index; a module of its own, since the client of Elasticsearch loads slowly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class IndexSnapshot:
    """Snapshot ``name`` in ``repository``; ``indices`` and their unique ids (``generations``) are by partition.

    ``prefix`` begins the names of the indices.
    """

    repository: str
    name: str
    prefix: str
    indices: Mapping[str, str] = field(default_factory=dict)
    generations: Mapping[str, str] = field(default_factory=dict)
