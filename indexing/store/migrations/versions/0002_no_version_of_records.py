"""Records are made anew at every reindexing, so nothing reads the version of them"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without a batch, which would make the table anew and break what refers to its rows; SQLite can since 3.35.
    op.drop_column("documents", "record_version")


def downgrade() -> None:
    op.add_column("documents", sa.Column("record_version", sa.Text(), nullable=False, server_default=""))
