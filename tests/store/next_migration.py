"""A migration after the newest, for tests of what a later version of the program does to a database."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.store.migrations import HEAD, MIGRATIONS

NEXT = '''"""A further migration, for a test."""
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{down}"

def upgrade() -> None:
    # A file's table is made again, as whatever SQLite can't alter is; replies refer to this one.
    recreate = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("prompts", recreate=recreate) as batch:
        batch.add_column(sa.Column("extra", sa.Text(), nullable=False, server_default=""))
    {more}
'''


def with_next(folder: Path, more: str = "") -> Path:
    """Return a copy of the migrations with one more, which alters the table that replies refer to."""
    migrations = folder / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    (migrations / "versions" / "9000_second.py").write_text(NEXT.format(more=more, down=HEAD))
    return migrations
