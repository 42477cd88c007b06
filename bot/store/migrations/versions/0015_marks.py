"""Excerpts that facilitators marked to use, kept for the whole server until a series is made of them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "marks",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("excerpt_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["excerpt_id"], ["excerpts.id"], name=op.f("fk_marks_excerpt_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name=op.f("fk_marks_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("guild_id", "excerpt_id", name=op.f("pk_marks")),
    )
    op.create_index(op.f("ix_marks_excerpt_id"), "marks", ["excerpt_id"], unique=False)
