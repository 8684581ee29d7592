"""Index of the documents that have no vectors yet."""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("index_entries_encoder", "index_entries", ["engine", "encoder"])


def downgrade() -> None:
    op.drop_index("index_entries_encoder", "index_entries")
