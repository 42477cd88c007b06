"""Board papers, outcomes, and where these were shown."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer, LargeBinary, String, Table

from bot.store.schema.base import RowId, UtcDateTime, cascade, metadata

outcomes = Table(
    "outcomes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
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
    Column("outcome_id", BigInteger, cascade("outcomes.id"), primary_key=True),
    Column("prompt_id", BigInteger, cascade("prompts.id"), primary_key=True, index=True),
    # The point's name in the published summary of the prompt.
    Column("ref", String(8), primary_key=True),
)

outcome_changes = Table(
    "outcome_changes",
    metadata,
    Column("outcome_id", BigInteger, cascade("outcomes.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("person", String(32), nullable=False, index=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
)

outcome_posts = Table(
    "outcome_posts",
    metadata,
    Column("outcome_id", BigInteger, cascade("outcomes.id"), primary_key=True),
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, unique=True),
)

outcome_cards = Table(
    "outcome_cards",
    metadata,
    Column("series_id", BigInteger, cascade("series.id"), primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, unique=True),
    # From how many people on it shows points that have no answer.
    Column("least", Integer, nullable=False),
)

outcome_notices = Table(
    "outcome_notices",
    metadata,
    Column("outcome_id", BigInteger, cascade("outcomes.id"), primary_key=True),
    Column("person", String(32), primary_key=True, index=True),
)

board_papers = Table(
    "board_papers",
    metadata,
    Column("series_id", BigInteger, cascade("series.id"), primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, cascade("guilds.id"), nullable=False, index=True),
    Column("changed_at", UtcDateTime, nullable=False),
    # The front sheet, the themes and both sides of what divides, in the words of organisers and facilitators.
    Column("sealed", LargeBinary, nullable=False),
    Column("key_id", String(8), nullable=False),
    Column("row", String(32), nullable=False),
)
