"""The four places of the product and the pages in each of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the navigation: its name in the reader's language, and its endpoint."""

    name: LazyString
    endpoint: str


@dataclass(frozen=True, slots=True)
class Place(Entry):
    """One of the four places; ``blueprints`` are those whose pages belong to it, ``entries`` its second level."""

    blueprints: frozenset[str] = frozenset()
    entries: tuple[Entry, ...] = ()


PLACES = (
    Place(_("common.search"), "search.search", frozenset({"search"})),
    Place(
        _("common.compare"),
        "compare.compare_page",
        frozenset({"compare", "matrices", "rooms", "room_provisions"}),
        (
            Entry(_("navigation.comparison"), "compare.compare_page"),
            Entry(_("common.gap_matrix"), "matrices.choose"),
            Entry(_("common.workspaces"), "rooms.room_list"),
        ),
    ),
    Place(
        _("common.requests"),
        "requests.request_list",
        frozenset(
            {
                "requests",
                "request_courses",
                "request_deadlines",
                "request_law",
                "request_letters",
                "request_matches",
                "request_relations",
                "request_rules",
                "request_statistics",
                "treaty_paths",
            }
        ),
        (
            Entry(_("navigation.register"), "requests.request_list"),
            Entry(_("navigation.deadlines"), "request_deadlines.deadline_list"),
            Entry(_("navigation.matches"), "request_matches.match_list"),
            Entry(_("navigation.treaty_path"), "treaty_paths.treaty_path"),
            Entry(_("navigation.notices"), "request_matches.notice_list"),
            Entry(_("navigation.upload_request"), "upload.upload"),
        ),
    ),
    Place(
        _("navigation.collection"),
        "document_lists.documents",
        frozenset(
            {"document_lists", "documents", "passages", "versions", "entities", "concepts", "upload", "jobs", "changes"}
        ),
        (
            Entry(_("common.documents"), "document_lists.documents"),
            Entry(_("common.concepts"), "concepts.concept_list"),
            Entry(_("common.upload"), "upload.upload"),
            Entry(_("navigation.uploads"), "jobs.job_list"),
        ),
    ),
)
WITHOUT_SECOND_LEVEL = frozenset({"documents", "versions", "entities"})
"""Pages on which a document is read: their own toolbar takes the room of the second level."""


GUIDE = {"search.search": "search", "compare.compare_page": "comparing", "requests.request_list": "requests"}
"""Topic of the user guide by the endpoint of a place."""
ADMINISTRATION = frozenset({"accounts", "emergency", "audit", "upload", "jobs", "deletions"})


def help_topic() -> str:
    """Return the topic of the user guide that explains the page."""
    place = current_place()
    if request.blueprint in ADMINISTRATION:
        return "administration"
    return GUIDE.get(place.endpoint, "start") if place else "start"


def current_place() -> Place | None:
    """Return the place of the current page."""
    return next((place for place in PLACES if request.blueprint in place.blueprints), None)


def second_level() -> tuple[Entry, ...]:
    """Return the entries of the second level on the current page."""
    place = current_place()
    return place.entries if place and request.blueprint not in WITHOUT_SECOND_LEVEL else ()


def is_current(entry: Entry) -> bool:
    """Return whether an entry of the second level is that of the current page, else of its capability."""
    if any(other.endpoint == request.endpoint for other in second_level()):
        return entry.endpoint == request.endpoint
    return entry.endpoint.partition(".")[0] == request.blueprint


def set_up(app: Flask) -> None:
    """Give templates the places of the interface and what is current."""
    parts = {
        "places": PLACES,
        "current_place": current_place,
        "second_level": second_level,
        "is_current_entry": is_current,
        "help_topic": help_topic,
    }
    app.context_processor(lambda: parts)
