"""Which themes come back in several prompts, as a language model matched them, so that it is not asked twice."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "returning_themes",
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name="fk_returning_themes_guild_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("subject", name="pk_returning_themes"),
    )
    op.create_index("ix_returning_themes_guild_id", "returning_themes", ["guild_id"], unique=False)
