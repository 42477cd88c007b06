"""Outcomes of points, checks of summaries by staff, suggestions, reminders and the weekly line."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outcomes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name=op.f("fk_outcomes_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
    )
    op.create_index(op.f("ix_outcomes_guild_id"), "outcomes", ["guild_id"], unique=False)
    op.create_table(
        "outcome_cards",
        sa.Column("series_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_outcome_cards_series_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_outcome_cards")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outcome_cards_message_id")),
    )
    op.create_table(
        "outcome_changes",
        sa.Column("outcome_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcomes.id"], name=op.f("fk_outcome_changes_outcome_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outcome_id", "number", name=op.f("pk_outcome_changes")),
    )
    op.create_index(op.f("ix_outcome_changes_person"), "outcome_changes", ["person"], unique=False)
    op.create_table(
        "outcome_notices",
        sa.Column("outcome_id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcomes.id"], name=op.f("fk_outcome_notices_outcome_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outcome_id", "person", name=op.f("pk_outcome_notices")),
    )
    op.create_table(
        "outcome_posts",
        sa.Column("outcome_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcomes.id"], name=op.f("fk_outcome_posts_outcome_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outcome_id", "channel_id", name=op.f("pk_outcome_posts")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outcome_posts_message_id")),
    )
    op.create_table(
        "suggestions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("excerpt_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["excerpt_id"], ["excerpts.id"], name=op.f("fk_suggestions_excerpt_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name=op.f("fk_suggestions_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
        sa.UniqueConstraint("message_id", name=op.f("uq_suggestions_message_id")),
    )
    op.create_index(op.f("ix_suggestions_guild_id"), "suggestions", ["guild_id"], unique=False)
    op.create_index(op.f("ix_suggestions_person"), "suggestions", ["person"], unique=False)
    op.create_table(
        "checks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("prompt_id", sa.BigInteger(), nullable=False),
        sa.Column("claim", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("result_id", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name=op.f("fk_checks_guild_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["prompt_id"], ["prompts.id"], name=op.f("fk_checks_prompt_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
        sa.UniqueConstraint("claim", name=op.f("uq_checks_claim")),
        sa.UniqueConstraint("message_id", name=op.f("uq_checks_message_id")),
        sa.UniqueConstraint("result_id", name=op.f("uq_checks_result_id")),
    )
    op.create_index(op.f("ix_checks_guild_id"), "checks", ["guild_id"], unique=False)
    op.create_index(op.f("ix_checks_prompt_id"), "checks", ["prompt_id"], unique=False)
    op.create_index(
        "uq_checks_open_prompt",
        "checks",
        ["prompt_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "outcome_points",
        sa.Column("outcome_id", sa.BigInteger(), nullable=False),
        sa.Column("prompt_id", sa.BigInteger(), nullable=False),
        sa.Column("ref", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcomes.id"], name=op.f("fk_outcome_points_outcome_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["prompt_id"], ["prompts.id"], name=op.f("fk_outcome_points_prompt_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outcome_id", "prompt_id", "ref", name=op.f("pk_outcome_points")),
    )
    op.create_table(
        "views",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("check_id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_views_check_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_views")),
        sa.UniqueConstraint("check_id", "person", name=op.f("uq_views_check_id")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_views_code_hash")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_views_check_id"), "views", ["check_id"], unique=False)
    with op.batch_alter_table("private_batches") as batch:
        batch.drop_constraint("uq_private_batches_prompt_id", type_="unique")
        batch.add_column(sa.Column("check_id", sa.BigInteger(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_private_batches_check_id"), "checks", ["check_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_unique_constraint(op.f("uq_private_batches_check_id"), ["check_id"])
    op.create_index(op.f("ix_private_batches_prompt_id"), "private_batches", ["prompt_id"], unique=False)
    op.create_index(
        "uq_private_batches_prompt",
        "private_batches",
        ["prompt_id"],
        unique=True,
        sqlite_where=sa.text("check_id IS NULL"),
        postgresql_where=sa.text("check_id IS NULL"),
    )
    op.add_column("guilds", sa.Column("reminders", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("guilds", sa.Column("quiet_from", sa.String(length=5), server_default="20:00", nullable=False))
    op.add_column("guilds", sa.Column("quiet_to", sa.String(length=5), server_default="08:00", nullable=False))
    op.add_column("guilds", sa.Column("weekly_told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("prompts", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("prompts", sa.Column("reminder_id", sa.BigInteger(), nullable=True))
