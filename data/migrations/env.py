"""Alembic's entry: migrates over the connection that the caller opened."""

from alembic import context

from data.records import Record

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Record.metadata, render_as_batch=True)
context.run_migrations()
