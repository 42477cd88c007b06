"""Indexes for what is looked for among all that was ever written, and summaries recorded before their message."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_checks_released_at", "checks", ["released_at"]),
    ("ix_checks_state", "checks", ["state"]),
    ("ix_draft_changes_person", "draft_changes", ["person"]),
    ("ix_drafts_ended_at", "drafts", ["ended_at"]),
    ("ix_drafts_prompt_id", "drafts", ["prompt_id"]),
    ("ix_drafts_series_id", "drafts", ["series_id"]),
    ("ix_drafts_state", "drafts", ["state"]),
    ("ix_objections_summary_id", "objections", ["summary_id"]),
    ("ix_outcome_notices_person", "outcome_notices", ["person"]),
    ("ix_outcome_points_prompt_id", "outcome_points", ["prompt_id"]),
    ("ix_passed_slots_told_at", "passed_slots", ["told_at"]),
    ("ix_private_replies_person", "private_replies", ["person"]),
    ("ix_prompts_channel_id", "prompts", ["channel_id"]),
    ("ix_prompts_closed_at", "prompts", ["closed_at"]),
    ("ix_prompts_excerpt_id", "prompts", ["excerpt_id"]),
    ("ix_prompts_frozen_at", "prompts", ["frozen_at"]),
    ("ix_prompts_released_at", "prompts", ["released_at"]),
    ("ix_prompts_state_closing_id", "prompts", ["state", "closing_id"]),
    ("ix_prompts_state_frozen_at", "prompts", ["state", "frozen_at"]),
    ("ix_reactions_person", "reactions", ["person"]),
    ("ix_series_excerpts_excerpt_id", "series_excerpts", ["excerpt_id"]),
    ("ix_suggestions_excerpt_id", "suggestions", ["excerpt_id"]),
    ("ix_summaries_guild_id", "summaries", ["guild_id"]),
    ("ix_views_person", "views", ["person"]),
)
GONE = sa.text("gone_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("summaries") as batch:
        batch.alter_column("message_id", existing_type=sa.BigInteger(), nullable=True)
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns, unique=False)
    op.create_index("ix_prompts_gone_at", "prompts", ["gone_at"], sqlite_where=GONE, postgresql_where=GONE)
