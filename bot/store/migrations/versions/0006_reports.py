"""Reports to facilitators that wait until they were told, and when a deleted thread was told of."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("prompt_ids", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_id", sa.BigInteger(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name=op.f("fk_reports_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("guild_id", "mark", name=op.f("uq_reports_guild_id")),
    )
    op.create_index(
        "ix_reports_waiting",
        "reports",
        ["guild_id", "id"],
        unique=False,
        sqlite_where=sa.text("told_at IS NULL"),
        postgresql_where=sa.text("told_at IS NULL"),
    )
    # Whether facilitators heard of threads that were deleted before is not known: they are told (again), and the days
    # until the erasing count from then.
    op.add_column("prompts", sa.Column("gone_told_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_prompts_gone_told_at",
        "prompts",
        ["gone_told_at"],
        unique=False,
        sqlite_where=sa.text("gone_told_at IS NOT NULL"),
        postgresql_where=sa.text("gone_told_at IS NOT NULL"),
    )
