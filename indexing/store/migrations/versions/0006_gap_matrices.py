"""Gap matrices: what is proposed as evidence of an element, verdicts of people and second readings"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CELL = ("collection", "jurisdiction", "instrument", "element")


def upgrade() -> None:
    op.create_table(
        "element_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection", sa.String(length=64), nullable=False),
        sa.Column("jurisdiction", sa.String(length=2), nullable=False),
        sa.Column("instrument", sa.String(length=32), nullable=False),
        sa.Column("element", sa.String(length=32), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposals", sa.JSON(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["collection"], ["collections.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("element_proposals_of_cell", "element_proposals", CELL, unique=True)
    op.create_table(
        "element_verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection", sa.String(length=64), nullable=False),
        sa.Column("instrument", sa.String(length=32), nullable=False),
        sa.Column("element", sa.String(length=32), nullable=False),
        sa.Column("jurisdiction", sa.String(length=2), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("law_date", sa.String(length=10), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["collection"], ["collections.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    cell = ("collection", "instrument", "jurisdiction", "element")
    op.create_index("element_verdicts_of_cell", "element_verdicts", cell)
    op.create_table(
        "element_verdict_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("pinpoint", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["verdict"], ["element_verdicts.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_element_verdict_evidence_verdict", "element_verdict_evidence", ["verdict"])
    op.create_index("ix_element_verdict_evidence_document", "element_verdict_evidence", ["document"])
    op.create_table(
        "element_second_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["verdict"], ["element_verdicts.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_element_second_readings_verdict", "element_second_readings", ["verdict"])


def downgrade() -> None:
    op.drop_table("element_second_readings")
    op.drop_table("element_verdict_evidence")
    op.drop_table("element_verdicts")
    op.drop_table("element_proposals")
