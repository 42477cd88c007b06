"""Servers, their prompts, and what people say to them in the open."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.schema.base import RowId, UtcDateTime, cascade, metadata, partial_index

meta = Table(
    "meta",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

shard_epochs = Table(
    "shard_epochs",
    metadata,
    Column("shard", Integer, primary_key=True, autoincrement=False),
    Column("epoch", BigInteger, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
)

guilds = Table(
    "guilds",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("prompts_channel_id", BigInteger),
    Column("facilitators_channel_id", BigInteger),
    Column("facilitator_role_id", BigInteger),
    Column("organiser_role_id", BigInteger),
    Column("ping_role_id", BigInteger),
    Column("time_zone", String(64), nullable=False, server_default="Europe/London"),
    Column("open_days", Integer, nullable=False, server_default="14"),
    Column("answer_days", Integer),
    Column("publish", String(16), nullable=False, server_default="by hand"),
    Column("announcements_channel_id", BigInteger),
    Column("retention_days", Integer, nullable=False, server_default="365"),
    Column("group_threshold", Integer, nullable=False, server_default="11"),
    Column("contacts", JSON, nullable=False, server_default="{}"),
    Column("house_rules", Text, nullable=False, server_default=""),
    Column("removed_words", JSON, nullable=False, server_default="[]"),
    Column("reminders", Boolean, nullable=False, server_default="0"),
    Column("quiet_from", String(5), nullable=False, server_default="20:00"),
    Column("quiet_to", String(5), nullable=False, server_default="08:00"),
    Column("language_model", Boolean, nullable=False, server_default="0"),
    Column("language_model_private", Boolean, nullable=False, server_default="0"),
    Column("weekly_told_at", UtcDateTime),
    Column("left_at", UtcDateTime),
)

model_use = Table(
    "model_use",
    metadata,
    Column("day", Date, primary_key=True),
    Column("calls", Integer, nullable=False),
    Column("words", Integer, nullable=False),
)

prompts = Table(
    "prompts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    Column("series_id", BigInteger, ForeignKey("series.id", ondelete="SET NULL")),
    Column("excerpt_id", BigInteger, ForeignKey("excerpts.id", ondelete="SET NULL"), index=True),
    Column("slot_at", UtcDateTime),
    # Each commit of replies asks for the prompts of a channel.
    Column("channel_id", BigInteger, nullable=False, index=True),
    Column("claim", String(16), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("wording", JSON, nullable=False),
    Column("claimed_at", UtcDateTime, nullable=False),
    Column("closes_at", UtcDateTime, nullable=False),
    Column("message_id", BigInteger, unique=True),
    Column("thread_id", BigInteger, unique=True),
    Column("notice_id", BigInteger),
    Column("closing_id", BigInteger),
    Column("posted_at", UtcDateTime),
    Column("closed_at", UtcDateTime, index=True),
    Column("late", Boolean, nullable=False),
    Column("gone_at", UtcDateTime),
    # When facilitators were told that it is gone: the days until its replies are erased count from here.
    Column("gone_told_at", UtcDateTime),
    Column("keep_reason", Text, nullable=False),
    Column("erased", Integer, nullable=False, server_default="0"),
    # When nobody could tell any longer who wrote its private replies: its key was destroyed, for certain.
    Column("released_at", UtcDateTime, index=True),
    Column("retention_told_at", UtcDateTime),
    Column("frozen_at", UtcDateTime, index=True),
    # One reminder at most, half-way; the moment is noted before it is sent.
    Column("reminded_at", UtcDateTime),
    Column("reminder_id", BigInteger),
    # Whether its card leads to statements of others, and the silent line in the thread that says so.
    Column("shows_others", Boolean, nullable=False, server_default="0"),
    Column("others_id", BigInteger),
    UniqueConstraint("series_id", "slot_at"),
    # What is cut short, and what age may take, among all that were ever posted.
    Index("ix_prompts_state_closing_id", "state", "closing_id"),
    Index("ix_prompts_state_frozen_at", "state", "frozen_at"),
    partial_index("ix_prompts_gone_at", "gone_at", where="gone_at IS NOT NULL"),
    partial_index("ix_prompts_gone_told_at", "gone_told_at", where="gone_told_at IS NOT NULL"),
    # One open prompt an excerpt and channel: two facilitators at once get one prompt.
    partial_index(
        "uq_prompts_open_excerpt", "excerpt_id", "channel_id", where="state IN ('claimed', 'open')", unique=True
    ),
)

thread_reads = Table(
    "thread_reads",
    metadata,
    Column("prompt_id", BigInteger, cascade("prompts.id"), primary_key=True, autoincrement=False),
    # Of its last message and how many it has: whether anything came or went since shows without reading it.
    Column("mark", String(16), nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
)

passed_slots = Table(
    "passed_slots",
    metadata,
    Column("series_id", BigInteger, cascade("series.id"), primary_key=True),
    Column("slot_at", UtcDateTime, primary_key=True),
    Column("told_at", UtcDateTime, index=True),
)

replies = Table(
    "replies",
    metadata,
    # Discord's id of what carried the words: the message, or the interaction of a submitted form.
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("prompt_id", BigInteger, cascade("prompts.id"), nullable=False, index=True),
    Column("person", String(32), nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("message_id", BigInteger, unique=True),
    Column("reply_to", BigInteger),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime),
    Column("attachments", Integer, nullable=False),
    Column("late", Boolean, nullable=False),
    # A form's author as the thread will name them, sealed, until the bot has posted the reply.
    Column("name_sealed", LargeBinary),
)

reactions = Table(
    "reactions",
    metadata,
    Column("reply_id", BigInteger, cascade("replies.id"), primary_key=True),
    Column("person", String(32), primary_key=True, index=True),
    Column("emoji", String(100), primary_key=True),
    Column("seal", String(32)),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("mark", String(32), primary_key=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), nullable=False, index=True),
)

reaction_marks = Table(
    "reaction_marks",
    metadata,
    # Of the person, the message and the emoji, under a salt of the prompt that lies in the file of keys.
    Column("mark", String(32), primary_key=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), nullable=False, index=True),
    # Which salt; empty for a mark from before there were any, until the program has opened the database.
    Column("salt_id", String(8), nullable=False),
    # Set for those from before there were salts, which were kept together with marks of messages; else empty.
    Column("may_be_message", Boolean),
    partial_index(
        "ix_reaction_marks_may_be_message", "may_be_message", "prompt_id", where="may_be_message IS NOT NULL"
    ),
    sqlite_with_rowid=False,
)

exclusions = Table(
    "exclusions",
    metadata,
    Column("reply_id", BigInteger, cascade("replies.id"), primary_key=True, autoincrement=False),
    Column("person", String(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

undone_ticks = Table(
    "undone_ticks",
    metadata,
    Column("reply_id", BigInteger, cascade("replies.id"), primary_key=True, autoincrement=False),
    Column("point", String(32), primary_key=True),
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    Column("person", String(32), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", String(32)),
    Column("excerpt_id", BigInteger, ForeignKey("excerpts.id", ondelete="SET NULL"), index=True),
    Column("message_id", BigInteger, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("answer_sealed", LargeBinary),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False),
    # What it is about, as a keyed code: it may name a message whose words are erased meanwhile.
    Column("mark", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("prompt_ids", JSON, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("after_id", BigInteger),
    Column("told_at", UtcDateTime),
    Column("sealed", LargeBinary),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
    UniqueConstraint("guild_id", "mark"),
    partial_index("ix_reports_waiting", "guild_id", "id", where="told_at IS NULL"),
)
