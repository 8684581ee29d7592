"""Documents have a revision, and the state of an index is kept for each engine.

Which engine wrote the records of documents indexed so far is not known. They have no entry until they are written
again: by ``rogatio reindex``, or when their files are ingested again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

DOCUMENTS, CORRECTIONS, DELETIONS = "documents", "corrections", "deletions"
ENTRIES, REMOVALS = "index_entries", "index_removals"
VERSIONS = sa.table(DOCUMENTS, sa.column("id", sa.String), sa.column("annotation_version", sa.Text))


def upgrade() -> None:
    op.add_column(DOCUMENTS, sa.Column("annotations", sa.String(length=32), nullable=False, server_default=""))
    op.add_column(DOCUMENTS, sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(DOCUMENTS, sa.Column("processed_revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(CORRECTIONS, sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        ENTRIES,
        sa.Column("engine", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("generation", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("annotations", sa.String(length=32), nullable=False),
        sa.Column("validity", sa.Text(), nullable=False),
        sa.Column("encoder", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("engine", "document"),
    )
    op.create_index("ix_index_entries_document", ENTRIES, ["document"])
    op.create_table(
        REMOVALS,
        sa.Column("engine", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("space", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("engine", "document"),
    )
    op.add_column(DELETIONS, sa.Column("files_left", sa.Boolean(), nullable=False, server_default=sa.false()))
    _without_encoders()


def _without_encoders() -> None:
    """Cut the version of the encoder, which stood behind a space, off the version of the annotations."""
    connection = op.get_bind()
    version = VERSIONS.c.annotation_version
    for combined in connection.scalars(sa.select(version).where(version.contains(" ")).distinct()).all():
        connection.execute(VERSIONS.update().where(version == combined).values(annotation_version=combined.split()[0]))


def downgrade() -> None:
    op.drop_column(DELETIONS, "files_left")
    op.drop_table(REMOVALS)
    op.drop_table(ENTRIES)
    op.drop_column(CORRECTIONS, "revision")
    for column in ("processed_revision", "revision", "annotations"):
        op.drop_column(DOCUMENTS, column)
