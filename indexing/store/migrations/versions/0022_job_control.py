"""Upload jobs that are done in slices, paused, cancelled, and served fairly between users."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("held", sa.String(length=16), nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("priority", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("jobs", sa.Column("done", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("jobs", sa.Column("served", sa.DateTime(timezone=True), nullable=True))
    op.add_column("job_files", sa.Column("part", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("job_files", "part")
    for name in ("served", "done", "priority", "held"):
        op.drop_column("jobs", name)
