"""What brings a database up to date, the newest revision that this program knows, and where all of it is."""

from __future__ import annotations

from pathlib import Path

MIGRATIONS = Path(__file__).parent
HEAD = max(file.stem[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
"""The newest revision: files are named by their revision first, and Alembic is not asked at start."""
