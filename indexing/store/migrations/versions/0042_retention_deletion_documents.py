"""The documents that are left of confirmed deletions, which were listed again for every slice.

A deletion that is not finished has no such list: it ends, so that it can be confirmed again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_deletion_documents",
        sa.Column("deletion", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["deletion"], ["retention_deletions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("deletion", "position"),
    )
    op.execute(
        "UPDATE retention_deletions SET finished = CURRENT_TIMESTAMP, error = 'app.job_failed' WHERE finished IS NULL"
    )


def downgrade() -> None:
    op.drop_table("retention_deletion_documents")
