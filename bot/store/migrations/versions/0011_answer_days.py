"""Servers can say in how many days the board answers a question; its card names the date."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("guilds", sa.Column("answer_days", sa.Integer(), nullable=True))
