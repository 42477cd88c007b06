"""Rows of the table prompts: what a new one has, a prompt made of one, and its change."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, literal, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.prompts import NewPrompt, Prompt, PromptState, WatchedPrompt, Wording
from bot.store.tables import UtcDateTime, prompts

WATCHED = tuple(prompts.c[field.name] for field in fields(WatchedPrompt))
"""The columns of what is kept in memory of a prompt."""
PLAIN = tuple(field.name for field in fields(Prompt) if field.name not in ("state", "wording"))


def new_values(prompt: NewPrompt | Prompt, state: PromptState, claimed_at: datetime) -> dict[str, Any]:
    """Return what is in the row of a prompt from the first, with a claim of its own."""
    return {
        "guild_id": prompt.guild_id,
        "series_id": prompt.series_id,
        "channel_id": prompt.channel_id,
        "claim": secrets.token_hex(8),
        "state": state,
        "wording": asdict(prompt.wording),
        "claimed_at": claimed_at,
        "closes_at": prompt.closes_at,
        "late": prompt.late,
        "keep_reason": "",
    }


def prompt_of(row: RowMapping) -> Prompt:
    """Return a row of the table as a prompt."""
    return Prompt(
        **{name: row[name] for name in PLAIN}, state=PromptState(row["state"]), wording=Wording(**row["wording"])
    )


async def change_prompt(connection: AsyncConnection, prompt_id: int, values: Mapping[str, Any]) -> Prompt:
    """Change a prompt’s row, and return the prompt. Raises UserError where it is gone."""
    result = await connection.execute(
        update(prompts).where(prompts.c.id == prompt_id).values(values).returning(prompts)
    )
    row = result.mappings().first()
    if row is None:
        raise UserError("That question no longer exists.")
    return prompt_of(row)


def bind_time(now: datetime) -> Any:
    """Return a moment as a value of its own in a query, such as within a function."""
    return literal(now, UtcDateTime())
