"""A report remembers which of its details the file did not tell, until a facilitator was asked for them.

Reports that are there already are taken as they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sources", sa.Column("missing", sa.String(64), nullable=False, server_default=""))
