"""Statements that others may answer with one press, the presses, and what was counted of them.

In checks too, staff press now, and what they say is missing has a table of its own. What they wrote in a check that is
open is kept. What they answered to the points of earlier checks is dropped, also of those that have ended: it was given
to another question, and a number is shown only of people who pressed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("prompt_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["prompt_id"], ["prompts.id"], name=op.f("fk_offers_prompt_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("message_id", name=op.f("uq_offers_message_id")),
    )
    op.create_index(op.f("ix_offers_prompt_id"), "offers", ["prompt_id"], unique=False)
    op.create_table(
        "press_totals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("prompt_id", sa.BigInteger(), nullable=True),
        sa.Column("check_id", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_press_totals_check_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["prompt_id"], ["prompts.id"], name=op.f("fk_press_totals_prompt_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_press_totals")),
        sa.UniqueConstraint("check_id", name=op.f("uq_press_totals_check_id")),
        sa.UniqueConstraint("prompt_id", name=op.f("uq_press_totals_prompt_id")),
    )
    op.create_table(
        "pressers",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("prompt_id", sa.BigInteger(), nullable=True),
        sa.Column("check_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_pressers_check_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["prompt_id"], ["prompts.id"], name=op.f("fk_pressers_prompt_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_pressers")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_pressers_check_id"), "pressers", ["check_id"], unique=False)
    op.create_index(op.f("ix_pressers_prompt_id"), "pressers", ["prompt_id"], unique=False)
    op.create_table(
        "presses",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("prompt_id", sa.BigInteger(), nullable=True),
        sa.Column("check_id", sa.BigInteger(), nullable=True),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_presses_check_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["prompt_id"], ["prompts.id"], name=op.f("fk_presses_prompt_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_presses")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_presses_check_id"), "presses", ["check_id"], unique=False)
    op.create_index(op.f("ix_presses_prompt_id"), "presses", ["prompt_id"], unique=False)
    op.create_table(
        "statements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("prompt_id", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("reply_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ticked", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("totals_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_statements_offer_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["prompt_id"], ["prompts.id"], name=op.f("fk_statements_prompt_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_statements_reply_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("prompt_id", "mark", name=op.f("uq_statements_prompt_id")),
    )
    op.create_index(op.f("ix_statements_offer_id"), "statements", ["offer_id"], unique=False)
    op.create_index(op.f("ix_statements_reply_id"), "statements", ["reply_id"], unique=False)
    op.create_table(
        "statement_replies",
        sa.Column("statement_id", sa.BigInteger(), nullable=False),
        sa.Column("reply_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["replies.id"], name=op.f("fk_statement_replies_reply_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_statement_replies_statement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement_id", "reply_id", name=op.f("pk_statement_replies")),
    )
    op.create_index(op.f("ix_statement_replies_reply_id"), "statement_replies", ["reply_id"], unique=False)
    op.add_column("prompts", sa.Column("shows_others", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("prompts", sa.Column("others_id", sa.BigInteger(), nullable=True))
    op.create_table(
        "check_words",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("check_id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_check_words_check_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_words")),
        sa.UniqueConstraint("check_id", "person", name=op.f("uq_check_words_check_id")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_check_words_code_hash")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_check_words_check_id"), "check_words", ["check_id"], unique=False)
    op.create_index(op.f("ix_check_words_person"), "check_words", ["person"], unique=False)
    # A code is there where a view says what is missing, and its key is not destroyed yet.
    columns = "id, check_id, person, day, code_hash, sealed, key_id"
    op.execute(
        f"INSERT INTO check_words ({columns}) "  # noqa: S608 - names of ours
        f"SELECT {columns} FROM views WHERE code_hash IS NOT NULL AND person IS NOT NULL ORDER BY id"
    )
    op.drop_table("views")
    op.execute("DELETE FROM group_tables WHERE subject LIKE 'check:%'")
