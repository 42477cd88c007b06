"""What may be sent to the organisation's language model, as a prompt, its server and its people have it.

And what follows when a manager or a person changes that.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.models.actions import MODEL_OFF, MODEL_ON, MODEL_PRIVATE_OFF, MODEL_PRIVATE_ON
from bot.models.language_model import LanguageModel
from bot.models.library import Excerpt
from bot.models.model_endpoint import ModelEndpoint
from bot.models.prompts import NewPrompt, Prompt
from bot.models.settings import GuildSettings
from bot.replies.model_consent import iterate_sendable, iterate_sendable_private, may_send_from, may_send_private_from
from bot.services.replies.readable_replies import ReadableReplies
from bot.store import Store
from bot.summaries.io.stored_replies import private_id


async def find_sendable(store: Store, prompt: Prompt, read: ReadableReplies, host: str) -> frozenset[str]:
    """Find which of the replies that a summary reads may go to the language model at ``host``, by the ids of quotes.

    Empty where the prompt was posted before its server switched the model on or for another host, and where it is
    switched off. Nothing of people who said no, whenever they wrote it. A private reply is never among them before it
    was released, nor without the server's second switch.
    """
    settings = await store.settings.of(prompt.guild_id)
    if not may_send_from(prompt, settings, host):
        return frozenset()
    keeping = await store.people.keeping_from_model(prompt.guild_id)
    names = {str(reply.id) for reply in iterate_sendable(read.replies, keeping)}
    # As it is now: a prompt that was read before its closing does not know that it was released.
    now = await store.prompts.get(prompt.guild_id, prompt.id)
    if may_send_private_from(now, settings, host):
        names |= {private_id(reply) for reply in iterate_sendable_private(read.private)}
    return frozenset(names)


async def may_draft_questions(
    store: Store, language_model: LanguageModel | None, guild_id: int, excerpt: Excerpt
) -> bool:
    """Tell whether a passage may go to the language model: it is switched on, and staff did not suggest the passage."""
    if language_model is None or not (await store.settings.of(guild_id)).language_model:
        return False
    return not await store.suggestions.holds(guild_id, excerpt.source_id)


async def add_model_notice(store: Store, new: NewPrompt, endpoint: ModelEndpoint | None, server: str = "") -> NewPrompt:
    """Let the card of a new prompt say where replies may go, if its server switched the language model on.

    ``server`` is the server's name, for one that names no organisation.
    """
    if endpoint is None:
        return new
    settings = await store.settings.of(new.guild_id)
    if not settings.language_model:
        return new
    wording = replace(
        new.wording,
        model_host=endpoint.host,
        model_run_by=endpoint.name_who_runs_it(settings, server),
        model_private=settings.language_model_private,
    )
    return replace(new, wording=wording)


async def follow_model_switch(
    store: Store, before: GuildSettings, after: GuildSettings, *, user_id: int, now: datetime
) -> None:
    """Note in the log who switched the language model on or off, or private replies to it.

    When either is switched off, the answers that were kept from the model are deleted.
    """
    switched = (
        (before.language_model, after.language_model, MODEL_ON, MODEL_OFF),
        (before.language_model_private, after.language_model_private, MODEL_PRIVATE_ON, MODEL_PRIVATE_OFF),
    )
    for was, is_on, on, off in switched:
        if was != is_on:
            await store.audit_log.note(after.guild_id, on if is_on else off, "", user_id=user_id, now=now)
            if was:
                await store.sortings.forget_server(after.guild_id)


async def choose_model(store: Store, guild_id: int, user_id: int, *, modelled: bool) -> None:
    """Keep a person's yes or no to the language model. A no goes for what they wrote before, too.

    Answers of the model that were made from their replies are deleted.

    Private replies that are released stay as they are, since nobody can tell whose they are. After a yes, private
    replies that were sent before stay out.
    """
    await store.people.choose(guild_id, user_id, modelled=modelled)
    if not modelled:
        await keep_from_model(store, guild_id, user_id)


async def keep_from_model(store: Store, guild_id: int, user_id: int) -> None:
    """Keep what a person wrote from the language model, after they said no to it or stopped collecting."""
    await store.private.keep_from_model(guild_id, user_id)
    await store.sortings.forget_person(guild_id, user_id)
