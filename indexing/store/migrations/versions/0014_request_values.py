"""Values by which request files are searched."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

VALUES = "request_values"


def upgrade() -> None:
    op.create_table(
        VALUES,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_request_values_document", VALUES, ["document"])
    op.create_index("request_values_by_value", VALUES, ["field", "value"])


def downgrade() -> None:
    op.drop_table(VALUES)
