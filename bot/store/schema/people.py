"""What is kept of people: their choices, private replies, groups, and what was done."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, LargeBinary, String, Table, Text, UniqueConstraint

from bot.store.schema.base import RowId, UtcDateTime, cascade, metadata, partial_index

people = Table(
    "people",
    metadata,
    Column("person", String(32), primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    Column("stopped", Boolean, nullable=False),
    Column("quotes", Boolean, nullable=False),
    Column("notices", Boolean, nullable=False),
    # The staff group, and for those who want notices whom to send them to.
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
)

private_batches = Table(
    "private_batches",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    # Never of several: nothing would tell five replies of one person from those of five people.
    Column("prompt_id", BigInteger, cascade("prompts.id"), nullable=False, index=True),
    # Where they say what a summary of the prompt misses: they were given in a check of it.
    Column("check_id", BigInteger, cascade("checks.id"), unique=True),
    Column("released_on", Date, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("seen_at", UtcDateTime),
    Column("seen_by", String(32)),
    # One batch a prompt, besides those of its checks.
    partial_index("uq_private_batches_prompt", "prompt_id", where="check_id IS NULL", unique=True),
)

private_replies = Table(
    "private_replies",
    metadata,
    # Random, and the rows lie in its order: nothing tells who came first.
    Column("id", String(32), primary_key=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), nullable=False, index=True),
    # Under the prompt's own key; empty once that is destroyed.
    Column("person", String(32), index=True),
    Column("batch_id", BigInteger, ForeignKey("private_batches.id", ondelete="SET NULL"), index=True),
    Column("day", Date, nullable=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("left_out_sealed", LargeBinary),
    Column("key_id", String(8), nullable=False),
    UniqueConstraint("prompt_id", "person"),
    sqlite_with_rowid=False,
)

withdrawals = Table(
    "withdrawals",
    metadata,
    # Of the withdrawal code, under the pseudonym key: no row of a private reply has it.
    Column("mark", String(32), primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    # One moment for all of a day; nothing is kept of when each was asked for.
    Column("due_at", UtcDateTime, nullable=False, index=True),
    sqlite_with_rowid=False,
)

group_tables = Table(
    "group_tables",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    Column("subject", String(64), nullable=False, index=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("row", String(32), nullable=False),
    Column("key_id", String(8), nullable=False),
)

actions = Table(
    "actions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    Column("prompt_id", BigInteger, ForeignKey("prompts.id", ondelete="SET NULL"), index=True),
    Column("made_at", UtcDateTime, nullable=False),
    # Who did it; empty for what the bot did by itself.
    Column("person", String(32), nullable=False, index=True),
    Column("action", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    Column("sealed", LargeBinary),
    Column("row", String(32), nullable=False),
    Column("key_id", String(8), nullable=False),
)
