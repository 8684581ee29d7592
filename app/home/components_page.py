"""Component page for developers of templates."""

from __future__ import annotations

from flask import Blueprint, render_template

component_pages = Blueprint("components", __name__)

COLOURS = (
    *("page", "surface", "sunken", "ink", "ink-2", "line", "edge", "action", "tint", "found", "near"),
    *("law", "judgment", "request", "good", "warn", "bad"),
)
ASSESSMENTS = (
    *("implemented", "implemented_more_broadly", "functional_equivalent", "partially"),
    *("not_implemented", "reserved", "not_applicable", "unknown"),
)


@component_pages.get("/components")
def components() -> str:
    """Show the design tokens and the macros of ``templates/components.html`` with wording of the product."""
    return render_template("components_page.html", colours=COLOURS, assessments=ASSESSMENTS)
