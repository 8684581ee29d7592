"""Records are made anew at every reindexing, so nothing reads the version of them"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("documents") as table:
        table.drop_column("record_version")


def downgrade() -> None:
    with op.batch_alter_table("documents") as table:
        table.add_column(sa.Column("record_version", sa.Text(), nullable=False, server_default=""))
