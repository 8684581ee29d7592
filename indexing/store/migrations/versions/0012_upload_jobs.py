"""Upload jobs. Their tables were made outside the migrations before; where they exist they stay as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

JOBS, FILES = "jobs", "job_files"


def upgrade() -> None:
    existing = sa.inspect(op.get_bind()).get_table_names()
    if JOBS not in existing:
        op.create_table(
            JOBS,
            sa.Column("id", sa.String(length=32), nullable=False),
            sa.Column("author", sa.String(length=64), nullable=False),
            sa.Column("collection", sa.String(length=64), nullable=False),
            sa.Column("options", sa.JSON(), nullable=False),
            sa.Column("password", sa.Text(), nullable=False),
            sa.Column("added", sa.DateTime(timezone=True), nullable=False),
            sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
            sa.Column("error", sa.String(length=64), nullable=False),
            sa.Column("error_facts", sa.JSON(), nullable=False),
            sa.PrimaryKeyConstraint("id"),
        )
        op.create_index("ix_jobs_collection", JOBS, ["collection"])
    if FILES not in existing:
        op.create_table(
            FILES,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("job", sa.String(length=32), nullable=False),
            sa.Column("ordinal", sa.Integer(), nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("uploaded", sa.Boolean(), nullable=False),
            sa.Column("size", sa.Integer(), nullable=False),
            sa.Column("status", sa.String(length=16), nullable=False),
            sa.Column("document", sa.String(length=32), nullable=False),
            sa.Column("error", sa.String(length=64), nullable=False),
            sa.Column("error_facts", sa.JSON(), nullable=False),
            sa.ForeignKeyConstraint(["job"], ["jobs.id"]),
            sa.PrimaryKeyConstraint("id"),
        )
        op.create_index("ix_job_files_job", FILES, ["job"])


def downgrade() -> None:
    op.drop_table(FILES)
    op.drop_table(JOBS)
