"""Runs migrations on the connection given by `storage.upgrade`, which owns the transaction.

Foreign keys are off before that transaction begins: batch mode recreates tables, and with
enforced keys ON DELETE CASCADE would silently empty their children.
"""

from alembic import context

from giamngheo_desktop.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
