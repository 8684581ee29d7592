"""Deadlines, proposed links and summaries of requests, and the State of an authority."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

DEADLINES, LINKS, SUMMARIES = "request_deadlines", "request_proposed_links", "request_summaries"


def _of(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["documents.id"], ondelete="CASCADE")


def _name(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        DEADLINES, _number("id"), _name("document", 32), _name("key", 64), _name("day", 10), _name("origin", 16),
        _name("instrument", 64), _name("provision", 64), _number("days"), _name("since", 10), _name("since_event", 32),
        _number("start"), _number("end"), _name("proposal", 16), _name("state", 16),
        sa.Column("met", sa.Boolean(), nullable=False), _of("document"), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("ix_request_deadlines_document", DEADLINES, ["document"])
    op.create_index("request_deadlines_by_day", DEADLINES, ["met", "day"])
    op.create_table(
        LINKS, _number("id"), _name("letter", 32), _name("request", 32), _name("kind", 16),
        sa.Column("reasons", sa.JSON(), nullable=False), sa.Column("confidence", sa.Float(), nullable=False),
        _of("letter"), _of("request"), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("ix_request_proposed_links_letter", LINKS, ["letter"])
    op.create_index("ix_request_proposed_links_request", LINKS, ["request"])
    op.create_table(
        SUMMARIES, _name("document", 32), _name("kind", 64), _name("requesting", 16), _name("requested", 16),
        _text("reference"), _name("outcome", 32), _number("outcome_start"), _number("outcome_end"),
        _text("outcome_quote"), _of("document"), sa.PrimaryKeyConstraint("document"),
    )  # fmt: skip
    op.add_column("collections", sa.Column("state", sa.String(length=8), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("collections", "state")
    for table in (SUMMARIES, LINKS, DEADLINES):
        op.drop_table(table)
