"""Page of related files of a request: the network of its parties, and similar requests."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.i18n import interface_variety
from app.principal import current_access, installation
from app.requests.related.network import LEFT, RIGHT, WIDTH, network_chart, network_of
from app.requests.related.similar import median_days, similar_requests
from app.requests.related.words import outcome_words

related_pages = Blueprint("request_relations", __name__, url_prefix="/requests")


@related_pages.get("/<document_id>/related")
def related_page(document_id: str) -> str:
    """Show the network and the similar requests."""
    access = current_access()
    network = network_of(installation().store, access, document_id)
    similar = similar_requests(installation(), access, document_id)
    return render_template(
        "request_related.html",
        document=network.document,
        network=network,
        chart=network_chart(network),
        width=WIDTH,
        columns=(LEFT, RIGHT),
        similar=similar,
        median=median_days(similar),
        outcome_words=lambda outcome: outcome_words(outcome, interface_variety()),
    )
