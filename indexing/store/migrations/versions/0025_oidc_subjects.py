"""The subject of an OpenID Connect provider to whom an account is linked."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("oidc_subject", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_accounts_oidc_subject", "accounts", ["oidc_subject"])


def downgrade() -> None:
    op.drop_index("ix_accounts_oidc_subject", "accounts")
    op.drop_column("accounts", "oidc_subject")
