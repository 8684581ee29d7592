"""The index of request values names the document, so that facets are counted without reading the rows."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

INDEX, VALUES = "request_values_by_value", "request_values"


def upgrade() -> None:
    op.drop_index(INDEX, VALUES)
    op.create_index(INDEX, VALUES, ["field", "value", "document"])


def downgrade() -> None:
    op.drop_index(INDEX, VALUES)
    op.create_index(INDEX, VALUES, ["field", "value"])
