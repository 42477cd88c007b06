"""The tables, named by the vocabulary. Migrations create them; a test holds the two together."""

from __future__ import annotations

from bot.store.schema.answers import (
    board_papers,
    outcome_cards,
    outcome_changes,
    outcome_notices,
    outcome_points,
    outcome_posts,
    outcomes,
)
from bot.store.schema.base import RowId, UtcDateTime, metadata
from bot.store.schema.conversation import (
    exclusions,
    guilds,
    meta,
    passed_slots,
    prompts,
    reaction_marks,
    reactions,
    replies,
    reports,
    secrets,
    suggestions,
    thread_reads,
    tombstones,
    undone_ticks,
)
from bot.store.schema.findings import check_words, checks, draft_changes, drafts, objections, summaries
from bot.store.schema.library import excerpts, marks, series, series_excerpts, sources
from bot.store.schema.people import actions, group_tables, people, private_batches, private_replies, withdrawals
from bot.store.schema.views import offers, press_totals, pressers, presses, statement_replies, statements

__all__ = [
    "RowId",
    "UtcDateTime",
    "actions",
    "board_papers",
    "check_words",
    "checks",
    "draft_changes",
    "drafts",
    "excerpts",
    "exclusions",
    "group_tables",
    "guilds",
    "marks",
    "meta",
    "metadata",
    "objections",
    "offers",
    "outcome_cards",
    "outcome_changes",
    "outcome_notices",
    "outcome_points",
    "outcome_posts",
    "outcomes",
    "passed_slots",
    "people",
    "press_totals",
    "pressers",
    "presses",
    "private_batches",
    "private_replies",
    "prompts",
    "reaction_marks",
    "reactions",
    "replies",
    "reports",
    "secrets",
    "series",
    "series_excerpts",
    "sources",
    "statement_replies",
    "statements",
    "suggestions",
    "summaries",
    "thread_reads",
    "tombstones",
    "undone_ticks",
    "withdrawals",
]
