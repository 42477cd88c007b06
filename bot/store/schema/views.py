"""Statements that others can answer, what they press, and the totals that stay when nobody can be traced."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, LargeBinary, String, Table, UniqueConstraint

from bot.store.schema.base import RowId, UtcDateTime, cascade, metadata

offers = Table(
    "offers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), nullable=False, index=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    # The card in the facilitators' channel, which holds the words of the statements.
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger, unique=True),
)

statements = Table(
    "statements",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), nullable=False),
    Column("offer_id", BigInteger, cascade("offers.id"), nullable=False, index=True),
    # A statement goes with the reply whose words it holds.
    Column("reply_id", BigInteger, cascade("replies.id"), nullable=False, index=True),
    Column("mark", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("ticked", Boolean, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    # What was counted at the closing; empty before.
    Column("totals_sealed", LargeBinary),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
    UniqueConstraint("prompt_id", "mark"),
)

statement_replies = Table(
    "statement_replies",
    metadata,
    # Further replies that say it in nearly the same words.
    Column("statement_id", BigInteger, cascade("statements.id"), primary_key=True),
    Column("reply_id", BigInteger, cascade("replies.id"), primary_key=True, index=True),
)

presses = Table(
    "presses",
    metadata,
    # Of the person and the statement together, under the key of the prompt or the check: no two rows of one person can
    # be joined without it. The rows lie in this order, so nothing tells who came first.
    Column("mark", String(32), primary_key=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), index=True),
    Column("check_id", BigInteger, cascade("checks.id"), index=True),
    # Under that same key, and no other: which statement, and what was pressed.
    Column("locked", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

pressers = Table(
    "pressers",
    metadata,
    # One row a person who pressed "Same here" or "Different here", under the same key: it names no statement.
    Column("mark", String(32), primary_key=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), index=True),
    Column("check_id", BigInteger, cascade("checks.id"), index=True),
    sqlite_with_rowid=False,
)

press_totals = Table(
    "press_totals",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), unique=True),
    Column("check_id", BigInteger, cascade("checks.id"), unique=True),
    # How many people pressed; of a check, also what was pressed about each point.
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
)
