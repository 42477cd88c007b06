"""New databases for tests: each a copy of one that the migrations made, which is quicker than to migrate each."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from bot.store.migration import migrate
from bot.store.sqlite.engine import prepare_file
from tests.engines import IS_ON_POSTGRES


def prepare(path: Path) -> None:
    """Put a new database with all tables, and nothing in them, at ``path``, unless there is a file already."""
    if not IS_ON_POSTGRES and not path.exists():  # there, it is made when it is opened
        prepare_file(path)
        path.write_bytes(_made())


@cache
def _made() -> bytes:
    folder = Path(tempfile.mkdtemp())
    try:
        prepare_file(folder / "made.db")
        migrate(folder / "made.db")
        return (folder / "made.db").read_bytes()
    finally:
        shutil.rmtree(folder)
