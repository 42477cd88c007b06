"""Makes what is needed to claim a prompt from an excerpt of the library."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.client import Bot
from bot.models.library import Excerpt
from bot.models.prompts import NewPrompt, Prompt, PromptState, Series
from bot.prompts.texts import freeze


async def new_prompt(
    bot: Bot,
    guild_id: int,
    excerpt: Excerpt,
    channel_id: int,
    now: datetime,
    *,
    series: Series | None = None,
    slot_at: datetime | None = None,
    late: bool = False,
) -> NewPrompt:
    """Freeze an excerpt's words for a prompt that opens now; a series gives it its title and number."""
    source = await bot.store.library.source(guild_id, excerpt.source_id)
    settings = await bot.store.settings.of(guild_id)
    title = series.title if series else ""
    number = len(series.posted_ids | {excerpt.id}) if series else None
    return NewPrompt(
        guild_id=guild_id,
        channel_id=channel_id,
        wording=freeze(excerpt, source, series_title=title, number=number),
        closes_at=now + timedelta(days=settings.open_days),
        excerpt_id=excerpt.id,
        series_id=series.id if series else None,
        slot_at=slot_at,
        late=late,
    )


def imagined(new: NewPrompt, now: datetime) -> Prompt:
    """The prompt as it would be, for a preview."""
    return Prompt(
        id=0,
        guild_id=new.guild_id,
        channel_id=new.channel_id,
        claim="preview",
        state=PromptState.OPEN,
        wording=new.wording,
        claimed_at=now,
        closes_at=new.closes_at,
    )
