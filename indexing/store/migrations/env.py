"""Alembic's environment: migrations run on the connection that ``indexing.store.database`` hands over."""

from alembic import context

from indexing.store.schema import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Base.metadata, render_as_batch=connection.dialect.name == "sqlite"
)
with context.begin_transaction():
    context.run_migrations()
