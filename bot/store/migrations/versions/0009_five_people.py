"""Private replies to several prompts are put together no more: five of one person would pass for five people.

Those that were are nobody's and stay as they are, but in no batch, so that nobody reads them and no summary does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE private_replies SET batch_id = NULL "
        "WHERE batch_id IN (SELECT id FROM private_batches WHERE prompt_id IS NULL)"
    )
    op.execute("DELETE FROM private_batches WHERE prompt_id IS NULL")
    op.drop_index("ix_private_batches_series_id", table_name="private_batches")
    with op.batch_alter_table("private_batches") as batch:
        batch.drop_constraint("fk_private_batches_series_id", type_="foreignkey")
        batch.drop_column("series_id")
        batch.alter_column("prompt_id", existing_type=sa.BigInteger(), nullable=False)
