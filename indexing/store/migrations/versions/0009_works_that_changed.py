"""Works whose versions may have to be written anew are marked; until an ingest has looked, all are"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEX, TABLE = "ix_works_changed", "works"
WORKS = sa.table(TABLE, sa.column("changed", sa.DateTime(timezone=True)))


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("changed", sa.DateTime(timezone=True), nullable=True))
    op.execute(WORKS.update().values(changed=datetime.now(UTC)))
    op.create_index(INDEX, TABLE, ["changed"])


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.drop_column(TABLE, "changed")
