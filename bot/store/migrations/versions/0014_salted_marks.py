"""Marks of erased reactions get a table of their own and a salt, and withdrawals by code wait for their hour.

Nothing tells a mark of a reaction from one of a message, so all that were left until now are moved, to be taken for
both. The program salts them when it opens the database.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reaction_marks",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("prompt_id", sa.BigInteger(), nullable=False),
        sa.Column("salt_id", sa.String(length=8), nullable=False),
        sa.Column("may_be_message", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["prompt_id"], ["prompts.id"], name=op.f("fk_reaction_marks_prompt_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_reaction_marks")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_reaction_marks_prompt_id"), "reaction_marks", ["prompt_id"], unique=False)
    op.create_index(
        "ix_reaction_marks_may_be_message",
        "reaction_marks",
        ["may_be_message", "prompt_id"],
        unique=False,
        sqlite_where=sa.text("may_be_message IS NOT NULL"),
        postgresql_where=sa.text("may_be_message IS NOT NULL"),
    )
    op.execute(
        "INSERT INTO reaction_marks (mark, prompt_id, salt_id, may_be_message) "
        "SELECT mark, prompt_id, '', TRUE FROM tombstones ORDER BY mark"
    )
    op.execute("DELETE FROM tombstones")
    op.create_table(
        "withdrawals",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name=op.f("fk_withdrawals_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_withdrawals")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_withdrawals_guild_id"), "withdrawals", ["guild_id"], unique=False)
    op.create_index(op.f("ix_withdrawals_due_at"), "withdrawals", ["due_at"], unique=False)
