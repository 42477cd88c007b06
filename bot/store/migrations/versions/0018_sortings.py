"""How a language model sorted the replies to a prompt, so that the same replies are not sent twice."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sortings",
        sa.Column("prompt_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["prompt_id"], ["prompts.id"], name="fk_sortings_prompt_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name="fk_sortings_guild_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("prompt_id", name="pk_sortings"),
    )
    op.create_index("ix_sortings_guild_id", "sortings", ["guild_id"], unique=False)
