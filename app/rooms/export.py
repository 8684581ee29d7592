"""A workspace's table and comments as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.comparison.row_labels import row_name
from app.comparison.visibility import comparison_for
from app.exports.csv_file import csv_lines
from app.exports.report import Report
from app.exports.responses import exported
from app.exports.words import country_name, moment, words
from app.labels import label_in, person_in
from app.rooms.comments import Comment, comments
from app.rooms.decisions import CHOICES, Decision, decisions
from app.rooms.rooms import room
from app.rooms.snapshots import open_snapshot
from app.wording import enumerated, wording
from indexing.access import Principal
from indexing.installation import Installation


def room_report(installation: Installation, principal: Principal, room_id: str, number: int, language: str) -> Report:
    """Return the snapshot ``number`` as a report, or the present table for 0, for a member of the workspace."""
    store, access = installation.store, installation.store.access(principal)
    found = room(store, principal, room_id)
    if not number:
        now = comparison_for(installation, principal, found.question)
        report = exported(now, store, access, principal, language, title=found.name)
        discussion = comments(store, access, principal, room_id)
        decided = decisions(store, principal, room_id)
        remarks = (*_decision_lines(decided, language), *_comment_lines(discussion, language))
        return replace(report, remarks=(*report.remarks, *remarks))
    snapshot = open_snapshot(store, access, principal, room_id, number)
    return exported(
        snapshot.comparison,
        store,
        access,
        principal,
        language,
        title=found.name,
        version=snapshot.version,
        sources=snapshot.sources,
    )


def _decision_lines(found: Iterable[Decision], language: str) -> Iterator[str]:
    """Yield a line for each decision: its outcome, its text and the votes by person."""
    colon = wording("common.colon", language)
    for decision in found:
        named = {choice: ", ".join(person_in(language, who) for who in decision.voters(choice)) for choice in CHOICES}
        votes = enumerated(
            (f"{label_in(language, 'room_vote', choice)}{colon} {who}" for choice, who in named.items() if who),
            language,
        )
        outcome = (
            label_in(language, "room_event", decision.outcome) if decision.outcome else words("vote_open", language)
        )
        day = moment(decision.closed or decision.made, language)
        yield words("decision", language, outcome=outcome, when=day, text=decision.text) + (
            f" ({votes})" if votes else ""
        )


def _comment_lines(discussion: Iterable[Comment], language: str) -> Iterator[str]:
    for comment in discussion:
        yield words(
            "comment_line",
            language,
            who=person_in(language, comment.author),
            element=row_name(comment.cell.source, comment.cell.element, language),
            country=country_name(comment.cell.jurisdiction, language),
            when=moment(comment.made, language),
            text=comment.text,
        )


_COLUMNS = ("comment", "element", "country", "author", "said_on", "said", "answers", "resolved_by", "resolved_on")


def comments_csv(discussion: Iterable[Comment], language: str) -> bytes:
    """Return one line for each comment, in the order of ``discussion``; times are UTC."""
    return csv_lines(
        [[words(name, language) for name in _COLUMNS], *(list(_line(comment, language)) for comment in discussion)]
    )


def _line(comment: Comment, language: str) -> Iterator[str]:
    yield str(comment.id)
    yield row_name(comment.cell.source, comment.cell.element, language)
    yield country_name(comment.cell.jurisdiction, language)
    yield person_in(language, comment.author)
    yield moment(comment.made, language)
    yield comment.text
    yield str(comment.parent or "")
    yield person_in(language, comment.resolved_by) if comment.resolved else ""
    yield moment(comment.resolved, language) if comment.resolved else ""
