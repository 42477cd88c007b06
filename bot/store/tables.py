"""The tables, named by the vocabulary. Migrations create them; a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
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


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in, an aware UTC time out, also where the database keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value if value.tzinfo is UTC else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        if value is None or value.tzinfo is not None:
            return None if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


def _cascade(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE")


meta = Table(
    "meta",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
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
    Column("weekly_told_at", UtcDateTime),
    Column("left_at", UtcDateTime),
)

sources = Table(
    "sources",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("year", Integer),
    Column("address", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("pack", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("guild_id", "digest"),
)

excerpts = Table(
    "excerpts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("source_id", BigInteger, _cascade("sources.id"), nullable=False),
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

series = Table(
    "series",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False, index=True),
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
    Column("series_id", BigInteger, _cascade("series.id"), primary_key=True),
    Column("excerpt_id", BigInteger, _cascade("excerpts.id"), primary_key=True),
    Column("position", Integer, nullable=False),
)

prompts = Table(
    "prompts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False, index=True),
    Column("series_id", BigInteger, ForeignKey("series.id", ondelete="SET NULL")),
    Column("excerpt_id", BigInteger, ForeignKey("excerpts.id", ondelete="SET NULL")),
    Column("slot_at", UtcDateTime),
    Column("channel_id", BigInteger, nullable=False),
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
    Column("closed_at", UtcDateTime),
    Column("late", Boolean, nullable=False),
    Column("gone_at", UtcDateTime),
    Column("keep_reason", Text, nullable=False),
    Column("erased", Integer, nullable=False, server_default="0"),
    # When nobody could tell any more who wrote its private replies: its key was destroyed, for certain.
    Column("released_at", UtcDateTime),
    Column("retention_told_at", UtcDateTime),
    Column("frozen_at", UtcDateTime),
    # One reminder at most, half-way; the moment is noted before it is sent.
    Column("reminded_at", UtcDateTime),
    Column("reminder_id", BigInteger),
    UniqueConstraint("series_id", "slot_at"),
    # One open prompt an excerpt and channel: two facilitators at once get one prompt.
    Index(
        "uq_prompts_open_excerpt",
        "excerpt_id",
        "channel_id",
        unique=True,
        sqlite_where=text("state IN ('claimed', 'open')"),
        postgresql_where=text("state IN ('claimed', 'open')"),
    ),
)

passed_slots = Table(
    "passed_slots",
    metadata,
    Column("series_id", BigInteger, _cascade("series.id"), primary_key=True),
    Column("slot_at", UtcDateTime, primary_key=True),
    Column("told_at", UtcDateTime),
)

replies = Table(
    "replies",
    metadata,
    # Discord's id of what carried the words: the message, or the interaction of a submitted form.
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("prompt_id", BigInteger, _cascade("prompts.id"), nullable=False, index=True),
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

people = Table(
    "people",
    metadata,
    Column("person", String(32), primary_key=True),
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False, index=True),
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
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False, index=True),
    # Of one prompt, or of several in a series that had too few each.
    Column("prompt_id", BigInteger, _cascade("prompts.id"), index=True),
    Column("series_id", BigInteger, _cascade("series.id"), index=True),
    # Where they say what a summary of the prompt misses: they were given in a check of it.
    Column("check_id", BigInteger, _cascade("checks.id"), unique=True),
    Column("released_on", Date, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("seen_at", UtcDateTime),
    Column("seen_by", String(32)),
    # One batch a prompt, besides those of its checks.
    Index(
        "uq_private_batches_prompt",
        "prompt_id",
        unique=True,
        sqlite_where=text("check_id IS NULL"),
        postgresql_where=text("check_id IS NULL"),
    ),
)

private_replies = Table(
    "private_replies",
    metadata,
    # Random, and the rows lie in its order: nothing tells who came first.
    Column("id", String(32), primary_key=True),
    Column("prompt_id", BigInteger, _cascade("prompts.id"), nullable=False, index=True),
    # Under the prompt's own key; empty once that is destroyed.
    Column("person", String(32)),
    Column("batch_id", BigInteger, ForeignKey("private_batches.id", ondelete="SET NULL"), index=True),
    Column("day", Date, nullable=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("left_out_sealed", LargeBinary),
    Column("key_id", String(8), nullable=False),
    UniqueConstraint("prompt_id", "person"),
    sqlite_with_rowid=False,
)

exclusions = Table(
    "exclusions",
    metadata,
    Column("reply_id", BigInteger, _cascade("replies.id"), primary_key=True, autoincrement=False),
    Column("person", String(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

actions = Table(
    "actions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False, index=True),
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

group_tables = Table(
    "group_tables",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False, index=True),
    Column("subject", String(64), nullable=False, index=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("row", String(32), nullable=False),
    Column("key_id", String(8), nullable=False),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("mark", String(32), primary_key=True),
    Column("prompt_id", BigInteger, _cascade("prompts.id"), nullable=False, index=True),
)

reactions = Table(
    "reactions",
    metadata,
    Column("reply_id", BigInteger, _cascade("replies.id"), primary_key=True),
    Column("person", String(32), primary_key=True),
    Column("emoji", String(100), primary_key=True),
)

summaries = Table(
    "summaries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False),
    Column("prompt_id", BigInteger, _cascade("prompts.id"), nullable=False, index=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False, unique=True),
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
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False, index=True),
    Column("prompt_id", BigInteger, _cascade("prompts.id")),
    Column("series_id", BigInteger, _cascade("series.id")),
    Column("state", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
    Column("changes", Integer, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger),
    # One open draft a prompt: two facilitators at once get one draft.
    Index(
        "uq_drafts_open_prompt",
        "prompt_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)

draft_changes = Table(
    "draft_changes",
    metadata,
    Column("draft_id", BigInteger, _cascade("drafts.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("person", String(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

objections = Table(
    "objections",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False, index=True),
    # An answer waits until it is settled, also where the summary's message is deleted.
    Column("summary_id", BigInteger, ForeignKey("summaries.id", ondelete="SET NULL")),
    Column("person", String(32), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("how_sealed", LargeBinary),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("due", Date),
    # What was decided, why not where it is not possible, and the owner's role, in an organiser's words.
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime),
)

outcome_points = Table(
    "outcome_points",
    metadata,
    Column("outcome_id", BigInteger, _cascade("outcomes.id"), primary_key=True),
    Column("prompt_id", BigInteger, _cascade("prompts.id"), primary_key=True),
    # The point's name in the published summary of the prompt.
    Column("ref", String(8), primary_key=True),
)

outcome_changes = Table(
    "outcome_changes",
    metadata,
    Column("outcome_id", BigInteger, _cascade("outcomes.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("person", String(32), nullable=False, index=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
)

outcome_posts = Table(
    "outcome_posts",
    metadata,
    Column("outcome_id", BigInteger, _cascade("outcomes.id"), primary_key=True),
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, unique=True),
)

outcome_cards = Table(
    "outcome_cards",
    metadata,
    Column("series_id", BigInteger, _cascade("series.id"), primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, unique=True),
    # From how many people on it shows points that have no answer.
    Column("least", Integer, nullable=False),
)

outcome_notices = Table(
    "outcome_notices",
    metadata,
    Column("outcome_id", BigInteger, _cascade("outcomes.id"), primary_key=True),
    Column("person", String(32), primary_key=True),
)

checks = Table(
    "checks",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False, index=True),
    Column("prompt_id", BigInteger, _cascade("prompts.id"), nullable=False, index=True),
    Column("claim", String(16), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    # When nobody could tell any more who gave which view: its key was destroyed, for certain.
    Column("released_at", UtcDateTime),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger, unique=True),
    Column("result_id", BigInteger, unique=True),
    # The points as they were put to staff.
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
    # One open check a prompt: two organisers at once get one.
    Index(
        "uq_checks_open_prompt",
        "prompt_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)

views = Table(
    "views",
    metadata,
    # Random, and the rows lie in its order: nothing tells who came first.
    Column("id", String(32), primary_key=True),
    Column("check_id", BigInteger, _cascade("checks.id"), nullable=False, index=True),
    # Under the check's own key; empty once that is destroyed.
    Column("person", String(32)),
    Column("day", Date, nullable=False),
    # Of the code that erases what it says is missing, where it says anything; that is a private reply afterwards.
    Column("code_hash", String(64), unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    UniqueConstraint("check_id", "person"),
    sqlite_with_rowid=False,
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, _cascade("guilds.id"), nullable=False, index=True),
    Column("person", String(32), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", String(32)),
    Column("excerpt_id", BigInteger, ForeignKey("excerpts.id", ondelete="SET NULL")),
    Column("message_id", BigInteger, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("answer_sealed", LargeBinary),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
)
