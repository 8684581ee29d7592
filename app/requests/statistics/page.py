"""Statistics of requests as a page and as CSV."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.exports.responses import FORMATS, as_file
from app.i18n import interface_variety
from app.principal import current_access, installation
from app.requests.readings import unread_requests
from app.requests.schema import BELONGING
from app.requests.statistics.counted_requests import DIMENSIONS, OUTCOME, PAIR
from app.requests.statistics.form import statistics_csv, statistics_lines
from app.requests.statistics.suppression import THRESHOLD
from app.requests.statistics.tables import Statistics, request_statistics
from extraction.errors import RogatioError

PUBLISHED, ALL = "published", "all"
NUMBERS = (PUBLISHED, ALL)
"""Which numbers are shown: those that may be published, or all."""

statistics_pages = Blueprint("request_statistics", __name__, url_prefix="/requests")


@statistics_pages.get("/statistics")
def statistics_page() -> str:
    """Show the counts by the dimensions ``by`` and ``across``."""
    found = statistics_from_address()
    head, *lines = statistics_lines(found, interface_variety())
    return render_template(
        "request_statistics.html",
        statistics=found,
        head=head,
        lines=lines,
        dimensions=DIMENSIONS,
        threshold=THRESHOLD,
        unread=sum(
            one.document_type not in BELONGING for one in unread_requests(installation().store, current_access())
        ),
    )


@statistics_pages.get("/statistics.csv")
def statistics_file() -> Response:
    """Return the same counts as CSV."""
    return csv_answer(statistics_from_address())


def statistics_from_address() -> Statistics:
    """Return the counts for the dimensions of the address, all of them with ``numbers=all``.

    Raises ``app.bad_parameter``.
    """
    by, across = request.args.get("by", PAIR), request.args.get("across", OUTCOME)
    numbers = request.args.get("numbers", PUBLISHED)
    if numbers not in NUMBERS:
        raise RogatioError("app.bad_parameter", name="numbers")
    return request_statistics(installation().store, current_access(), by, across, internal=numbers == ALL)


def csv_answer(found: Statistics) -> Response:
    content = statistics_csv(found, interface_variety())
    name = f"requests-{found.by}-{found.across}{'-internal' if found.internal else ''}.csv"
    return as_file(content, name, FORMATS["csv"].media_type)
