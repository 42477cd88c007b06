"""The use cases of prompts: a new one is made of an excerpt, whose turn it is in a series, and replies are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum

from bot.errors import UserError
from bot.models.actions import THREAD_KEPT
from bot.models.library import Excerpt
from bot.models.prompts import NewPrompt, Prompt, PromptState, Series, SeriesState
from bot.models.settings import GuildSettings
from bot.prompts.texts import freeze_wording
from bot.replies.redaction.word_list import KnownWords
from bot.replies.sanitise import sanitise
from bot.services.replies.borrowed_words import refuse_borrowed_words
from bot.store import Store
from bot.text.clean import clean_line

STOPPED = "That series was stopped for good. Leave out the option series."
POSTS_IN = "That series posts in <#{channel}>. Leave out the option channel, or series."
HAS_POSTED = "That series has posted this excerpt. Leave out the option series to post it again."
NOT_IN_SERIES = "That excerpt isn’t in the series. Mark it in /library, then add it with /series."
STILL_THERE = "The thread of that prompt is still there, so its replies are kept anyway."
NOTHING_TO_KEEP = "All replies to that prompt have been erased, so there’s nothing to keep."


class Readiness(Enum):
    """READY: can be posted. UNASKED: has no question. OPEN: is open in the series' channel already.

    UNDESCRIBED: too little is known of its report, and nobody was asked.
    """

    READY = 1
    UNASKED = 2
    OPEN = 3
    UNDESCRIBED = 4


async def new_prompt(
    store: Store,
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
    source = await store.library.source(guild_id, excerpt.source_id)
    settings = await store.settings.of(guild_id)
    title = series.title if series else ""
    number = len(series.posted_ids | {excerpt.id}) if series else None
    return NewPrompt(
        guild_id=guild_id,
        channel_id=channel_id,
        wording=freeze_wording(excerpt, source, series_title=title, number=number, answer_days=settings.answer_days),
        closes_at=now + timedelta(days=settings.open_days),
        excerpt_id=excerpt.id,
        series_id=series.id if series else None,
        slot_at=slot_at,
        late=late,
    )


def preview_prompt(new: NewPrompt, now: datetime) -> Prompt:
    """Return the prompt as it would be."""
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


def check_for_series(series: Series, excerpt: Excerpt | None, channel_id: int | None) -> None:
    """Check what is to be posted by hand as a series' next prompt; None leaves the choice to the series.

    Raises UserError if the series has stopped, posts elsewhere, or does not have the excerpt to come.
    """
    if series.state is SeriesState.STOPPED:
        raise UserError(STOPPED)
    if channel_id not in (None, series.channel_id):
        raise UserError(POSTS_IN.format(channel=series.channel_id))
    if excerpt is None:
        return
    if excerpt.id in series.posted_ids:
        raise UserError(HAS_POSTED)
    if excerpt.id not in series.excerpt_ids:
        raise UserError(NOT_IN_SERIES)


async def find_readiness(store: Store, series: Series, excerpt: Excerpt) -> Readiness:
    """Find out whether an excerpt can be posted for a series now."""
    if not clean_line(excerpt.question):
        return Readiness.UNASKED
    if await store.library.undescribed(series.guild_id, [excerpt.id]):
        return Readiness.UNDESCRIBED
    there = await store.prompts.open_for(excerpt.id, series.channel_id)
    return Readiness.READY if there is None else Readiness.OPEN


async def find_first_ready(store: Store, series: Series, waiting: Iterable[Excerpt]) -> Excerpt | None:
    """Find the first of the excerpts that wait, in order, that can be posted now."""
    for excerpt in waiting:
        if await find_readiness(store, series, excerpt) is Readiness.READY:
            return excerpt
    return None


async def find_next_excerpt(store: Store, series: Series | None) -> Excerpt:
    """Find the excerpt whose turn it is; if none can be posted now, the first, so that people see what it lacks.

    Raises UserError if none is left.
    """
    if series is None or not series.waiting_ids:
        raise UserError("That series has no excerpts left. Choose one with the option excerpt.")
    waiting = await store.library.excerpts_of(series.guild_id, series.waiting_ids)
    return await find_first_ready(store, series, waiting) or waiting[0]


async def keep_replies(
    store: Store, prompt: Prompt, reason: str, *, user_id: int, own_words: KnownWords, now: datetime
) -> None:
    """Keep the replies of a prompt whose thread is gone, for a reason, and note who said so.

    ``own_words`` are those that the server removes from what is stored. Raises UserError for nothing to keep.
    """
    if prompt.gone_at is None:
        raise UserError(STILL_THERE)
    _, held = await store.replies.count(prompt.id)
    if not held:
        raise UserError(NOTHING_TO_KEEP)
    why = sanitise(clean_line(reason), own_words).text
    await refuse_borrowed_words(store, prompt.guild_id, why, prompt_ids=(prompt.id,))
    await store.prompts.keep(prompt, why)
    await store.audit_log.note(
        prompt.guild_id, THREAD_KEPT, "", user_id=user_id, reason=why, prompt_id=prompt.id, now=now
    )


def find_prompts_channel(settings: GuildSettings) -> int:
    """Return the prompts channel of /setup. Raises UserError if none is set."""
    if settings.prompts_channel_id is None:
        raise UserError("No prompts channel is set. Choose one with /setup, or name a channel here.")
    return settings.prompts_channel_id
