"""Legislation as works with versions: when each is in force, and since when that is known"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("validity", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "works",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("collection", sa.String(length=64), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["collection"], ["collections.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_works_collection", "works", ["collection"])
    op.create_index("works_by_canonical", "works", ["collection", "canonical"])
    op.create_table(
        "expressions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("work", sa.String(length=24), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("start", sa.String(length=10), nullable=False),
        sa.Column("end", sa.String(length=10), nullable=False),
        sa.Column("earliest", sa.String(length=10), nullable=False),
        sa.Column("latest", sa.String(length=10), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["work"], ["works.id"]),
        sa.ForeignKeyConstraint(["document"], ["documents.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_expressions_work", "expressions", ["work"])
    op.create_index("ix_expressions_document", "expressions", ["document"])
    op.create_index("expressions_by_place", "expressions", ["place"])


def downgrade() -> None:
    op.drop_table("expressions")
    op.drop_table("works")
    op.drop_column("documents", "validity")
