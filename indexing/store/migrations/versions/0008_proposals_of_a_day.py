"""Proposals of a gap matrix are of the versions in force on a day; those that are kept are made again"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CELL = ("collection", "jurisdiction", "instrument", "element")
INDEX, TABLE = "element_proposals_of_cell", "element_proposals"


def upgrade() -> None:
    op.execute(f"DELETE FROM {TABLE}")
    op.drop_index(INDEX, TABLE)
    op.add_column(TABLE, sa.Column("since", sa.String(length=10), nullable=False, server_default=""))
    op.create_index(INDEX, TABLE, (*CELL, "since"), unique=True)


def downgrade() -> None:
    op.execute(f"DELETE FROM {TABLE}")
    op.drop_index(INDEX, TABLE)
    op.drop_column(TABLE, "since")
    op.create_index(INDEX, TABLE, CELL, unique=True)
