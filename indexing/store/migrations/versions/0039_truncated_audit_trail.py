"""PostgreSQL also refuses to truncate the audit trail, which fires no trigger of rows."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TRIGGER = "audit_trail_no_truncate"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            f"CREATE TRIGGER {TRIGGER} BEFORE TRUNCATE ON audit_trail "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"DROP TRIGGER {TRIGGER} ON audit_trail")
