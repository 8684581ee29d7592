"""Partitions of which an index has words of removed records until a job merges it."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "expunges",
        sa.Column("engine", sa.String(length=32), nullable=False),
        sa.Column("space", sa.Text(), nullable=False),
        sa.Column("requested", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("engine", "space"),
    )


def downgrade() -> None:
    op.drop_table("expunges")
