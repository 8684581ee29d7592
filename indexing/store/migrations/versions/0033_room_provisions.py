"""Provisions added to and removed from workspaces, and when each member was last seen in one."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room_provision_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(length=16), nullable=False),
        sa.Column("provision", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_room_provision_changes_room"), "room_provision_changes", ["room"])
    op.add_column("room_members", sa.Column("seen", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("room_members", "seen")
    op.drop_table("room_provision_changes")
