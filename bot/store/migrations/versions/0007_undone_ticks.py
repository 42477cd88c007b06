"""Ticks by which a facilitator had put somebody's words on a point, and which their author took back."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "undone_ticks",
        sa.Column("reply_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("point", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["replies.id"], name=op.f("fk_undone_ticks_reply_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reply_id", "point", name=op.f("pk_undone_ticks")),
    )
