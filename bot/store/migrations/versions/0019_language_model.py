"""Whether a server lets replies go to the organisation's language model, and how many words went on each day."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("language_model", "language_model_private"):
        op.add_column("guilds", sa.Column(name, sa.Boolean(), server_default="0", nullable=False))
    op.create_table(
        "model_use",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_model_use")),
    )
