"""Import of a workspace from a file: its question, comments and snapshots, and assessments of a gap matrix.

The file (``NAME.workspace.json``) names laws by the SHA-256 of their original and passages by their words, so that it
means the same on every installation that holds these laws. Authors are recorded as the file names them, which is why
only an installation without accounts, the one of the demonstration or of one person, imports it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from app.accounts.accounts import accounts_exist
from app.comparison.table import STRUCTURE, ComparisonRequest
from app.comparison.visibility import comparison_for
from app.gap_matrix.stored_proposals import compute_proposals
from app.gap_matrix.verdict_writing import record_second_reading, set_verdict
from app.gap_matrix.verdicts import CellKey as MatrixCell
from app.gap_matrix.verdicts import Passage, history
from app.rooms.comments import CellKey, comment_on_cell, resolve
from app.rooms.decisions import close_decision, propose, vote
from app.rooms.rooms import MEMBER, open_room, rooms, set_member
from app.rooms.snapshots import freeze
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.installation import Installation
from indexing.store.reading import Selection
from nlp.elements.instruments import instrument


class Answer(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A reply to a comment."""

    author: str
    text: str


class Thread(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A comment on a cell, the ``element`` of ``country``, and its answers; ``resolved_by`` is empty while open."""

    element: str
    country: str
    author: str
    text: str
    answers: tuple[Answer, ...] = ()
    resolved_by: str = ""


class Quotation(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Words of the law whose original has this SHA-256."""

    sha256: str
    words: str


class Assessment(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A verdict on a cell of a gap matrix; ``confirmed_by`` is the second reader who agreed, if any."""

    instrument: str
    element: str
    country: str
    verdict: str
    author: str
    note: str = ""
    evidence: tuple[Quotation, ...] = ()
    confirmed_by: str = ""


class ProposedDecision(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A decision with votes (``for``, ``against``, ``abstention``) by member; ``outcome`` is empty while open."""

    author: str
    text: str
    votes: dict[str, str] = {}
    outcome: str = ""


class WorkspaceFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Content of a workspace file; each of ``snapshots`` is the label of a snapshot taken of the comparison."""

    name: str
    concept: str
    countries: tuple[str, ...]
    language: str
    threads: tuple[Thread, ...] = ()
    decisions: tuple[ProposedDecision, ...] = ()
    snapshots: tuple[str, ...] = ()
    assessments: tuple[Assessment, ...] = ()


def import_workspaces(installation: Installation, files: Iterable[Path]) -> int:
    """Import workspace files and return how many were new.

    A workspace whose name the local user has already is left as it is. Raises ``app.workspace_unreadable``,
    ``app.workspace_needs_single_user``, ``app.workspace_words_not_found`` and what the writing of comments and
    verdicts raises.
    """
    known = {room.name for room in rooms(installation.store, LOCAL_USER)}
    count = 0
    for path in files:
        if accounts_exist(installation.store):
            raise RogatioError("app.workspace_needs_single_user", file=path.name)
        workspace = _read(path)
        if workspace.name not in known:
            _import(installation, workspace)
            count += 1
    return count


def _read(path: Path) -> WorkspaceFile:
    try:
        return msgspec.json.decode(path.read_bytes(), type=WorkspaceFile)
    except (msgspec.DecodeError, OSError) as error:
        raise RogatioError("app.workspace_unreadable", file=path.name) from error


def _import(installation: Installation, workspace: WorkspaceFile) -> None:
    """Write the assessments first and the workspace last, so that a workspace with this name is always complete."""
    for assessment in workspace.assessments:
        _assess(installation, assessment)
    for model in {assessment.instrument for assessment in workspace.assessments}:
        access = installation.store.access(LOCAL_USER)
        compute_proposals(installation.store, installation.engine, access, instrument(model), workspace.countries)
    question = ComparisonRequest(
        concept=workspace.concept, jurisdictions=workspace.countries, language=workspace.language
    )
    room = open_room(installation.store, LOCAL_USER, workspace.name, question)
    for thread in workspace.threads:
        _discuss(installation, room.id, thread)
    for proposed in workspace.decisions:
        _decide(installation, room.id, proposed)
    for label in workspace.snapshots:
        freeze(installation, LOCAL_USER, room.id, comparison_for(installation, LOCAL_USER, question), label)


def _discuss(installation: Installation, room_id: str, thread: Thread) -> None:
    cell = CellKey(STRUCTURE, thread.element, thread.country)
    for author in {thread.author, *(answer.author for answer in thread.answers)}:
        set_member(installation.store, LOCAL_USER, room_id, author, MEMBER)
    first = comment_on_cell(installation, _reader(thread.author), room_id, cell, thread.text)
    for answer in thread.answers:
        comment_on_cell(installation, _reader(answer.author), room_id, cell, answer.text, first.id)
    if thread.resolved_by:
        reader = _reader(thread.resolved_by)
        resolve(installation.store, installation.store.access(reader), reader, room_id, first.id)


def _decide(installation: Installation, room_id: str, proposed: ProposedDecision) -> None:
    store = installation.store
    for member in {proposed.author, *proposed.votes}:
        set_member(store, LOCAL_USER, room_id, member, MEMBER)
    made = propose(store, _reader(proposed.author), room_id, proposed.text)
    for member, choice in proposed.votes.items():
        vote(store, _reader(member), room_id, made.id, choice)
    if proposed.outcome:
        close_decision(store, LOCAL_USER, room_id, made.id, proposed.outcome)


def _assess(installation: Installation, assessment: Assessment) -> None:
    store, author = installation.store, _reader(assessment.author)
    access = store.access(author)
    cell = MatrixCell("public", assessment.instrument, assessment.element, assessment.country)
    if any(
        (line.author, line.verdict) == (assessment.author, assessment.verdict) for line in history(store, access, cell)
    ):
        return  # left by an import that was interrupted before the workspace was made
    evidence = [_passage(installation, quoted) for quoted in assessment.evidence]
    verdict = set_verdict(store, access, author, cell, assessment.verdict, note=assessment.note, evidence=evidence)
    if assessment.confirmed_by:
        record_second_reading(store, access, _reader(assessment.confirmed_by), cell, verdict.id, agrees=True)


def _passage(installation: Installation, quoted: Quotation) -> Passage:
    store, access = installation.store, installation.store.access(_reader(""))
    for document in store.documents(access, Selection(sha256=quoted.sha256)):
        if (start := store.text(access, document.id).find(quoted.words)) >= 0:
            return Passage(document.id, start, start + len(quoted.words))
    raise RogatioError("app.workspace_words_not_found", words=quoted.words[:60])


def _reader(name: str) -> Principal:
    """Return the principal of a member of the working group, who may read published law."""
    return Principal(name, reads_public=True)
