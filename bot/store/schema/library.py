"""What reports give: sources, their excerpts, those that are marked to use, and the series that post them."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Integer, String, Table, Text, UniqueConstraint

from bot.store.schema.base import RowId, UtcDateTime, cascade, metadata

sources = Table(
    "sources",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("year", Integer),
    Column("address", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("pack", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("missing", String(64), nullable=False, server_default=""),
    UniqueConstraint("guild_id", "digest"),
)

excerpts = Table(
    "excerpts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("source_id", BigInteger, cascade("sources.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("page_from", Integer),
    Column("page_to", Integer),
    Column("place", Text, nullable=False),
    Column("own_words", Boolean, nullable=False),
    Column("question", Text, nullable=False),
    UniqueConstraint("source_id", "position"),
)

marks = Table(
    "marks",
    metadata,
    Column("guild_id", BigInteger, cascade("guilds.id"), primary_key=True),
    Column("excerpt_id", BigInteger, cascade("excerpts.id"), primary_key=True, index=True),
)

series = Table(
    "series",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("local_time", String(5), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("first_date", Date, nullable=False),
    Column("left_out", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("slots_after", UtcDateTime, nullable=False),
    Column("invited", Integer),
)

series_excerpts = Table(
    "series_excerpts",
    metadata,
    Column("series_id", BigInteger, cascade("series.id"), primary_key=True),
    Column("excerpt_id", BigInteger, cascade("excerpts.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)
