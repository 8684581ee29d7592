"""Documents released from quarantine; pending removals from several partitions of an index."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quarantine_releases",
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document"),
    )
    _removals("engine", "document", "space")


def downgrade() -> None:
    op.drop_table("quarantine_releases")
    op.execute("DELETE FROM index_removals")
    _removals("engine", "document")


def _removals(*key: str) -> None:
    """Make the table of pending removals again with another primary key, which SQLite cannot alter."""
    op.create_table(
        "index_removals_new",
        sa.Column("engine", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("space", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(*key),
    )
    op.execute("INSERT INTO index_removals_new SELECT engine, document, space FROM index_removals")
    op.drop_table("index_removals")
    op.rename_table("index_removals_new", "index_removals")
