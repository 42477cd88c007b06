"""Databases of the revision before rows were bound: each sealed value has nothing but the row's name in it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from sqlalchemy import text, update

from bot.store.encryption.sealer import Sealer
from bot.store.migrations import MIGRATIONS
from bot.store.schema.sealed_columns import SEALED, open_column, select_sealed
from tests.by_hand import connected
from tests.world import DATA_KEY

LATER = (
    "ALTER TABLE guilds DROP COLUMN answer_days",
    "ALTER TABLE sources DROP COLUMN missing",
    "DROP TABLE board_papers",
    "DROP TABLE reaction_marks",
    "DROP TABLE withdrawals",
    "DROP TABLE marks",
    "ALTER TABLE reactions DROP COLUMN seal",
    "DROP TABLE thread_reads",
    "ALTER TABLE guilds DROP COLUMN language_model",
    "ALTER TABLE guilds DROP COLUMN language_model_private",
    "DROP TABLE model_use",
    "DROP TABLE sortings",
    "DROP TABLE shard_epochs",
    "DROP TABLE returning_themes",
)
"""What migrations after that one have added."""


def migration() -> ModuleType:
    """The migration that binds them."""
    spec = importlib.util.spec_from_file_location("bound", MIGRATIONS / "versions" / "0010_bound.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def put_back(path: Path) -> None:
    """Make a database of today one of the revision before, under the same key."""
    sealer = Sealer(DATA_KEY)
    names = {table.name: table.before for table in migration().TABLES}
    with connected(path) as connection:
        for table in SEALED:
            if table.name not in names:
                continue
            for row in connection.execute(select_sealed(table)).mappings().all():
                values = {
                    column: sealer.seal(
                        open_column(sealer, table, row, column), names[table.name][column].format_map(row)
                    )
                    for column in SEALED[table].columns
                    if row[column] is not None
                }
                own = (column == row[column.name] for column in table.primary_key)
                if values:
                    connection.execute(update(table).where(*own).values(values))
        for undo in LATER:
            connection.execute(text(undo))
        connection.execute(text("UPDATE alembic_version SET version_num = '0009'"))
