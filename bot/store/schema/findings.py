"""Summaries, their drafts, and what people say of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint

from bot.store.schema.base import RowId, UtcDateTime, cascade, metadata, partial_index

summaries = Table(
    "summaries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), nullable=False, index=True),
    Column("channel_id", BigInteger, nullable=False),
    # Empty until its message is posted.
    Column("message_id", BigInteger, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
    Column("shared_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), index=True),
    Column("series_id", BigInteger, cascade("series.id"), index=True),
    Column("state", String(16), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
    Column("changes", Integer, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, index=True),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger),
    # One open draft a prompt: two facilitators at once get one draft.
    partial_index("uq_drafts_open_prompt", "prompt_id", where="state = 'open'", unique=True),
)

sortings = Table(
    "sortings",
    metadata,
    Column("prompt_id", BigInteger, cascade("prompts.id"), primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    # Places in replies, the names that a language model gave themes, and of which replies in which versions.
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
)

returning_themes = Table(
    "returning_themes",
    metadata,
    # A digest of the ids of the prompts whose themes were matched.
    Column("subject", String(32), primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    # The same of several prompts: places, names, and of which replies in which versions.
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
)

draft_changes = Table(
    "draft_changes",
    metadata,
    Column("draft_id", BigInteger, cascade("drafts.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("person", String(32), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

objections = Table(
    "objections",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    # An answer waits until it is settled, also where the summary's message is deleted.
    Column("summary_id", BigInteger, ForeignKey("summaries.id", ondelete="SET NULL"), index=True),
    Column("person", String(32), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("how_sealed", LargeBinary),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
)

checks = Table(
    "checks",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), nullable=False, index=True),
    Column("claim", String(16), nullable=False, unique=True),
    Column("state", String(16), nullable=False, index=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    # When nobody could tell any longer who tapped or wrote what: its key was destroyed, for certain.
    Column("released_at", UtcDateTime, index=True),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger, unique=True),
    Column("result_id", BigInteger, unique=True),
    # The points as they were put to staff.
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
    # One open check a prompt: two organisers at once get one.
    partial_index("uq_checks_open_prompt", "prompt_id", where="state = 'open'", unique=True),
)

check_words = Table(
    "check_words",
    metadata,
    # Random, and the rows lie in its order: nothing tells who came first.
    Column("id", String(32), primary_key=True),
    Column("check_id", BigInteger, cascade("checks.id"), nullable=False, index=True),
    # Under the check's own key; the row goes when that is destroyed.
    Column("person", String(32), nullable=False, index=True),
    Column("day", Date, nullable=False),
    # Of the code that erases what it says; that is a private reply afterwards.
    Column("code_hash", String(64), unique=True, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    UniqueConstraint("check_id", "person"),
    sqlite_with_rowid=False,
)
