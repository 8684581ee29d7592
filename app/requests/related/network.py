"""Network of a request: its persons, companies and identifiers, and the other files in which they may occur.

Edges are proposals or decisions of people; a match decided as different is no edge. The drawing has two columns,
parties and files, and can be read like the table of the same data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.matching.pairs import party_from
from app.requests.matching.parties import KINDS, Party
from app.requests.matching.queue import DIFFERENT, MAX_MATCHES, ProposedMatch, matches
from app.requests.matching.schema import RequestPartyRow
from app.requests.readings import stored_reading
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument

WIDTH, ROW, TOP = 900, 34, 24
LEFT, RIGHT = 360, 560
MAX_DRAWN = 40
"""Parties of the drawing, which more would make unreadable."""
_MAX_LABEL_LENGTH = 40


@dataclass(frozen=True, slots=True)
class NetworkLink:
    """Another file that may name a party; ``state`` is the decision, ``open`` for a proposal."""

    document: StoredDocument
    name: str
    state: str
    match: str


@dataclass(frozen=True, slots=True)
class NetworkParty:
    """A party of the request with the other files that may name it."""

    party: Party
    links: tuple[NetworkLink, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A request with its parties, those in other files first."""

    document: StoredDocument
    parties: tuple[NetworkParty, ...]

    @property
    def documents(self) -> list[StoredDocument]:
        """Return the request and the other files, in the order of their parties."""
        linked = {link.document.id: link.document for party in self.parties for link in party.links}
        return [self.document, *linked.values()]


@dataclass(frozen=True, slots=True)
class Mark:
    """A node of the drawing: its position, label, and kind (a kind of party, or ``file``)."""

    x: float
    y: float
    label: str
    kind: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from a party to a file; ``decided`` for the party's own file or by a person's decision."""

    path: str
    decided: bool


@dataclass(frozen=True, slots=True)
class NetworkChart:
    """The drawing, ``WIDTH`` by ``height`` units."""

    parties: tuple[Mark, ...]
    files: tuple[Mark, ...]
    edges: tuple[Edge, ...]
    height: float


def network_of(store: Store, access: AccessFilter, document_id: str) -> Network:
    """Return the network of a request within the files that ``access`` allows; raises what ``stored_reading`` does."""
    document = stored_reading(store, access, document_id).document
    found = matches(store, access, state="", document=document_id, limit=MAX_MATCHES).found
    links = _links(document_id, [match for match in found if match.state != DIFFERENT])
    with Session(store.database) as session:
        rows = session.scalars(select(RequestPartyRow).where(RequestPartyRow.document == document_id))
        parties = [NetworkParty(party, tuple(links.get(_identity(party), ()))) for party in map(party_from, rows)]
    parties.sort(key=lambda party: (not party.links, KINDS.index(party.party.kind), party.party.start))
    return Network(document, tuple(parties))


def _links(document_id: str, found: Sequence[ProposedMatch]) -> Mapping[tuple[str, str], list[NetworkLink]]:
    links: dict[tuple[str, str], list[NetworkLink]] = defaultdict(list)
    for match in found:
        own, other = (match.left, match.right) if match.left.document.id == document_id else (match.right, match.left)
        links[_identity(own.party)].append(NetworkLink(other.document, other.party.name, match.state, match.key))
    return links


def _identity(party: Party) -> tuple[str, str]:
    return party.kind, party.compared


def network_chart(network: Network) -> NetworkChart:
    """Return the drawing of the first ``MAX_DRAWN`` parties on the left, and of their files on the right.

    The request itself is the first file; files are spaced evenly over the height.
    """
    drawn = Network(network.document, network.parties[:MAX_DRAWN])
    parties = tuple(
        Mark(LEFT, TOP + ROW * at, _short(listed.party.name), listed.party.kind)
        for at, listed in enumerate(drawn.parties)
    )
    documents = drawn.documents
    height = max(len(parties), len(documents)) * ROW + TOP
    step = (height - TOP) / len(documents)
    files = tuple(
        Mark(
            RIGHT,
            round(TOP + step * at + (step - ROW) / 2, 1),
            _short(file.case_file or file.title or file.source),
            "file",
            file.id,
        )
        for at, file in enumerate(documents)
    )
    places = {mark.document: mark for mark in files}
    edges = [_edge(mark, files[0], decided=True) for mark in parties]
    for mark, party in zip(parties, drawn.parties, strict=True):
        decided = {link.document.id: link.state == "same" for link in sorted(party.links, key=lambda link: link.state)}
        edges += [_edge(mark, places[document], decided=same) for document, same in decided.items()]
    return NetworkChart(parties, files, tuple(edges), height)


def _edge(party: Mark, file: Mark, *, decided: bool) -> Edge:
    middle = (LEFT + RIGHT) / 2
    return Edge(f"M{party.x + 10} {party.y} C{middle} {party.y} {middle} {file.y} {file.x - 10} {file.y}", decided)


def _short(label: str) -> str:
    return label if len(label) <= _MAX_LABEL_LENGTH else f"{label[: _MAX_LABEL_LENGTH - 1].rstrip()}…"
