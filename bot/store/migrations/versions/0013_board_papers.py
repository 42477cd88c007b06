"""What people wrote for the board paper of a series, so that nobody types it twice."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_papers",
        sa.Column("series_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_board_papers_series_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name="fk_board_papers_guild_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("series_id", name="pk_board_papers"),
    )
    op.create_index("ix_board_papers_guild_id", "board_papers", ["guild_id"], unique=False)
