"""The auditor's page: filtered entries of the trail, verification of the chain, exports."""

from __future__ import annotations

import re

from flask import Blueprint, Response, render_template, request

from app.audit.trail import OPERATIONS, EntryFilter, actors, as_line, entries, every_entry, verify
from app.exports.csv_file import csv_lines
from app.principal import installation
from extraction.errors import RogatioError

audit_pages = Blueprint("audit", __name__)
PAGE_SIZE = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_COLUMNS = ("number", "moment", "actor", "operation", "action", "objects", "outcome", "reason", "digest")


def filter_from_request() -> EntryFilter:
    """Read the filter from the address; raises ``app.bad_parameter`` for an invalid operation or day."""
    given = {name: request.args.get(name, "").strip() for name in EntryFilter.__slots__}
    if given["operation"] not in ("", *OPERATIONS):
        raise RogatioError("app.bad_parameter", name="operation")
    for name in ("first_day", "last_day"):
        if given[name] and not _DAY.fullmatch(given[name]):
            raise RogatioError("app.bad_parameter", name=name)
    return EntryFilter(**given)


@audit_pages.get("/audit")
def trail() -> str:
    store, entry_filter = installation().store, filter_from_request()
    found = entries(store, entry_filter, before=request.args.get("before", 0, type=int), limit=PAGE_SIZE + 1)
    return render_template(
        "audit.html",
        found_entries=found[:PAGE_SIZE],
        before=found[PAGE_SIZE - 1].number if len(found) > PAGE_SIZE else 0,
        wanted=entry_filter,
        given={name: value for name in EntryFilter.__slots__ if (value := getattr(entry_filter, name))},
        actors=actors(store),
        operations=OPERATIONS,
    )


@audit_pages.get("/audit/verification")
def verification() -> str:
    """Verify the whole chain."""
    return render_template("audit_verification.html", found=verify(every_entry(installation().store)))


@audit_pages.get("/audit/trail.csv")
def table() -> Response:
    """Return the entries that pass the filter as a table."""
    found = every_entry(installation().store, filter_from_request())
    lines = [_COLUMNS, *([str(getattr(entry, name)) for name in _COLUMNS] for entry in found)]
    return _file(csv_lines(lines), "text/csv", "audit.csv")


@audit_pages.get("/audit/trail.jsonl")
def chain() -> Response:
    """Return the whole trail in the format that ``rogatio audit verify FILE`` checks."""
    lines = "".join(f"{as_line(entry)}\n" for entry in every_entry(installation().store))
    return _file(lines.encode(), "application/jsonl", "audit.jsonl")


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
