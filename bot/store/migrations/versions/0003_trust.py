"""People's own choices, private replies, exclusions, what was done by whom, and what a server sets for trust."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_tables",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name=op.f("fk_group_tables_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_tables")),
    )
    op.create_index(op.f("ix_group_tables_guild_id"), "group_tables", ["guild_id"], unique=False)
    op.create_index(op.f("ix_group_tables_subject"), "group_tables", ["subject"], unique=False)
    op.create_table(
        "people",
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("quotes", sa.Boolean(), nullable=False),
        sa.Column("notices", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name=op.f("fk_people_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_guild_id"), "people", ["guild_id"], unique=False)
    op.create_table(
        "actions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("prompt_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name=op.f("fk_actions_guild_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["prompt_id"], ["prompts.id"], name=op.f("fk_actions_prompt_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
    )
    op.create_index(op.f("ix_actions_guild_id"), "actions", ["guild_id"], unique=False)
    op.create_index(op.f("ix_actions_person"), "actions", ["person"], unique=False)
    op.create_index(op.f("ix_actions_prompt_id"), "actions", ["prompt_id"], unique=False)
    op.create_table(
        "private_batches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("prompt_id", sa.BigInteger(), nullable=True),
        sa.Column("series_id", sa.BigInteger(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guilds.id"], name=op.f("fk_private_batches_guild_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["prompt_id"], ["prompts.id"], name=op.f("fk_private_batches_prompt_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_private_batches_series_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_batches")),
        sa.UniqueConstraint("prompt_id", name=op.f("uq_private_batches_prompt_id")),
    )
    op.create_index(op.f("ix_private_batches_guild_id"), "private_batches", ["guild_id"], unique=False)
    op.create_index(op.f("ix_private_batches_series_id"), "private_batches", ["series_id"], unique=False)
    op.create_table(
        "exclusions",
        sa.Column("reply_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_exclusions_reply_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_exclusions")),
    )
    op.create_table(
        "private_replies",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("prompt_id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("left_out_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["private_batches.id"], name=op.f("fk_private_replies_batch_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["prompt_id"], ["prompts.id"], name=op.f("fk_private_replies_prompt_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_replies")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_private_replies_code_hash")),
        sa.UniqueConstraint("prompt_id", "person", name=op.f("uq_private_replies_prompt_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_private_replies_batch_id"), "private_replies", ["batch_id"], unique=False)
    op.create_index(op.f("ix_private_replies_prompt_id"), "private_replies", ["prompt_id"], unique=False)
    op.add_column("guilds", sa.Column("retention_days", sa.Integer(), server_default="365", nullable=False))
    op.add_column("guilds", sa.Column("group_threshold", sa.Integer(), server_default="11", nullable=False))
    op.add_column("guilds", sa.Column("contacts", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("guilds", sa.Column("house_rules", sa.Text(), server_default="", nullable=False))
    op.add_column("guilds", sa.Column("removed_words", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("prompts", sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("prompts", sa.Column("retention_told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("prompts", sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True))
