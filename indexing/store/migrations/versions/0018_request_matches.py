"""Parties of requests, proposed matches between them, decisions of people, and blind notices between authorities."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

PARTIES, KEYS, MATCHES = "request_parties", "request_party_keys", "request_matches"
DECISIONS, BLIND, NOTICES = "request_match_decisions", "request_blind_keys", "request_blind_notices"


def _of(column: str, table: str = "documents") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], ondelete="CASCADE")


def _id(name: str, length: int = 32) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table(
        PARTIES, _number("id"), _id("document"), _id("kind", 16), _text("name"), _text("compared"),
        _id("birth_date", 10), _text("number"), _id("role", 16), _number("start"),
        _of("document"), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("ix_request_parties_document", PARTIES, ["document"])
    op.create_table(
        KEYS, _number("id"), _number("party"), _id("partition", 80), _id("key", 120),
        _of("party", PARTIES), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("ix_request_party_keys_party", KEYS, ["party"])
    op.create_index("request_party_keys_by_key", KEYS, ["partition", "key"])
    op.create_table(
        MATCHES, _number("id"), _id("key", 24), _number("left"), _number("right"), _id("verdict", 16),
        sa.Column("score", sa.Float(), nullable=False), sa.Column("reasons", sa.JSON(), nullable=False),
        _of("left", PARTIES), _of("right", PARTIES), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("ix_request_matches_key", MATCHES, ["key"], unique=True)
    op.create_index("ix_request_matches_left", MATCHES, ["left"])
    op.create_index("ix_request_matches_right", MATCHES, ["right"])
    op.create_table(
        DECISIONS, _number("id"), _id("key", 24), _id("document"), _id("other_document"), _id("verdict", 16),
        _id("principal", 64), sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        _of("document"), _of("other_document"), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    for column in ("key", "document", "other_document"):
        op.create_index(f"ix_{DECISIONS}_{column}", DECISIONS, [column])
    op.create_table(
        BLIND, _number("id"), _id("document"), _id("partition", 80), _id("digest", 24),
        _of("document"), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("ix_request_blind_keys_document", BLIND, ["document"])
    op.create_index("request_blind_keys_by_digest", BLIND, ["digest"])
    op.create_table(
        NOTICES, _number("id"), _id("document"), _id("other_document"), _id("other_partition", 80),
        sa.Column("found", sa.DateTime(timezone=True), nullable=False), _id("seen_by", 64),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=True),
        _of("document"), _of("other_document"), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("ix_request_blind_notices_other_document", NOTICES, ["other_document"])
    op.create_index("request_blind_notices_of_pair", NOTICES, ["document", "other_document"], unique=True)


def downgrade() -> None:
    for table in (NOTICES, BLIND, DECISIONS, MATCHES, KEYS, PARTIES):
        op.drop_table(table)
