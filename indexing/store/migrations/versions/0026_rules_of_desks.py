"""Phrases of decisions on requests, and the rules that a desk removed."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("request_decisions", sa.Column("phrase", sa.String(length=200), nullable=False, server_default=""))
    op.create_table(
        "request_removed_rules",
        sa.Column("collection", sa.String(length=64), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("phrase", sa.String(length=200), nullable=False),
        sa.Column("principal", sa.String(length=64), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["collection"], ["collections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("collection", "field", "phrase"),
    )


def downgrade() -> None:
    op.drop_table("request_removed_rules")
    op.drop_column("request_decisions", "phrase")
