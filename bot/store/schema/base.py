"""What all tables share: names of their parts, ids, moments, and references."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, Index, Integer, MetaData, text
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only in a column of the type INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")


def format_moment(moment: datetime) -> str:
    """Write an aware time as SQLite stores it: in UTC, without a zone.

    Each reply that comes has two to write, and this takes two thirds of the time that ``isoformat`` takes.
    """
    at = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    parts = (at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond)
    return "%04d-%02d-%02d %02d:%02d:%02d.%06d" % parts  # noqa: UP031 - nor is a formatted string as quick


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in, an aware UTC time out, also if the database keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the time in UTC. Raises ValueError for one without a zone."""
        if value is None:
            return None
        refuse_naive(value)
        return value if value.tzinfo is UTC else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """As SQLAlchemy writes a time for SQLite, in a third of the time: the writer of replies has many."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)

        def as_text(value: datetime | None) -> str | None:
            if value is None:
                return None
            refuse_naive(value)
            return format_moment(value)

        return as_text

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        """Return a stored time as an aware one; SQLite keeps no zone, and all of its times are in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def refuse_naive(moment: datetime) -> None:
    """Raise ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")


def cascade(column: str) -> ForeignKey:
    """Return a reference whose row goes with the row that it names."""
    return ForeignKey(column, ondelete="CASCADE")


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index of those rows alone for which ``where`` holds, in both databases.

    Its option for PostgreSQL is set where the tables are made there: named here, it would load that dialect, 2 MB.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(where))
