"""JSON form of false friends, shared by the REST API and the command line."""

from __future__ import annotations

from typing import Any

from app.wording import worded_in
from indexing.search.request import FalseFriendNotice
from nlp.concepts.layer import concept


def false_friend_row(notice: FalseFriendNotice, language: str) -> dict[str, Any]:
    """Return a false friend explained in ``language``, with the names of the concepts it may mean."""
    return {
        "term": notice.term,
        "note": worded_in(notice.note, language),
        "readings": [{"concept": code, "name": concept(code).name(language)} for code in notice.readings],
        "left_out": notice.left_out,
    }
