"""Storage quotas of collections; the index of documents by bytes has their size."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("collections", sa.Column("quota", sa.BigInteger(), nullable=True))
    op.drop_index("documents_by_bytes", "documents")
    op.create_index("documents_by_bytes", "documents", ["collection", "sha256", "size"])


def downgrade() -> None:
    op.drop_index("documents_by_bytes", "documents")
    op.create_index("documents_by_bytes", "documents", ["collection", "sha256"])
    op.drop_column("collections", "quota")
