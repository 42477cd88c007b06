"""Open drafts of summaries: made, kept true to the replies that are held, and turned into what is published."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import UserError
from bot.models.private import Quoting
from bot.models.prompts import Prompt
from bot.models.reviews import AddNote, Change, Draft, DraftState, Reword
from bot.models.summaries import Summary
from bot.services.replies.borrowed_words import refuse_borrowed_words
from bot.services.replies.readable_replies import link_replies, load_readable
from bot.services.summaries.generation import NO_AIDS, Findings, SummaryAids, summarise_prompt
from bot.services.summaries.published_summaries import continue_published
from bot.store import Store
from bot.store.drafts import ConflictError
from bot.summaries.io.stored_replies import private_id
from bot.summaries.lifecycle.consent import quotable_words
from bot.summaries.lifecycle.record import Record, remove_lost_words
from bot.summaries.review.continuation import number_points
from bot.views.totals import apply_views
from bot.worker import Worker

NO_PROMPT = "This draft has no prompt, so there’s no thread to show it in."


async def prompt_of_draft(store: Store, draft: Draft) -> Prompt:
    """Return the prompt that a draft sums up."""
    if draft.prompt_id is None:
        raise UserError(NO_PROMPT)
    return await store.prompts.get(draft.guild_id, draft.prompt_id)


async def open_draft(
    store: Store,
    worker: Worker,
    prompt: Prompt,
    now: datetime,
    aids: SummaryAids = NO_AIDS,
    *,
    waits: bool = False,
) -> Draft:
    """Return the open draft of a prompt; make it if there is none. Raises UserError as summarise_prompt does.

    It begins from the newest summary of the prompt that was reviewed and published: nothing a reviewer did is lost.
    ``aids`` and ``waits`` are as for summarise_prompt.
    """
    if (draft := await store.drafts.of_prompt(prompt.id)) is not None:
        return draft
    findings = await summarise_prompt(store, worker, prompt, aids, waits=waits)
    summary = await continue_published(store, findings)
    return await store.drafts.open(
        guild_id=prompt.guild_id, prompt_id=prompt.id, summary=summary, held=findings.held, now=now
    )


async def renew_draft(store: Store, draft: Draft, findings: Findings) -> Draft | None:
    """Let a draft hold what was found just now; None if somebody changed it meanwhile."""
    earlier = await store.drafts.count_published(draft.prompt_id)
    summary = number_points(await continue_published(store, findings), earlier)
    with suppress(ConflictError):
        return await store.drafts.replace(draft, summary, findings.held)
    return None


async def repair_draft(store: Store, guild_id: int, draft_id: int) -> Draft:
    """Take out of an open draft what is no longer held, and count presses again.

    It is done also if somebody changes the draft at the same time.
    """
    while True:
        draft = await store.drafts.get(guild_id, draft_id)
        if draft.state is not DraftState.OPEN or draft.prompt_id is None:
            return draft
        read = await load_readable(store, draft.prompt_id, guild_id)
        before = Record(draft.summary, draft.held, 0, "")
        held = (read.stored, "", read.private, read.left_out, read.refused, read.undone)
        after = await asyncio.to_thread(remove_lost_words, before, *held)
        summary = apply_views(after.summary, read.views, read.replies)
        if (summary, after.held) == (before.summary, before.held):
            return draft
        with suppress(ConflictError):
            return await store.drafts.replace(draft, summary, dict(after.held))


async def change_draft(store: Store, draft: Draft, user_id: int, what: Change, now: datetime) -> Draft:
    """Make a reviewer's change to a draft and count again. Raises UserError if the change no longer fits it."""
    private = await private_words(store, draft, Quoting.YES)
    prompt = await prompt_of_draft(store, draft)
    if isinstance(what, Reword | AddNote):
        typed = what.words if isinstance(what, Reword) else what.note
        await refuse_borrowed_words(store, draft.guild_id, typed, prompt_ids=(prompt.id,))
    read = await load_readable(store, prompt.id, prompt.guild_id)

    def count_again(summary: Summary) -> Summary:
        return apply_views(summary, read.views, read.replies)

    return await store.drafts.change(draft, user_id, what, now, private, read.refusing, count_again)


@dataclass(frozen=True, slots=True)
class DraftWords:
    """What a reviewer may read of a draft's replies, by the ids that quotes use.

    ``texts`` are the words that may be quoted, ``retold`` those of private replies that a facilitator may only say in
    their own words, ``refused`` the replies whose authors said no to quotes, and ``links`` the addresses of messages.
    """

    texts: Mapping[str, str] = field(repr=False)
    retold: Mapping[str, str] = field(default_factory=dict, repr=False)
    refused: frozenset[str] = frozenset()
    links: Mapping[str, str] = field(default_factory=dict)


async def load_draft_words(store: Store, draft: Draft) -> DraftWords:
    """Read the words of a draft's replies, as far as a reviewer may see them."""
    prompt = await prompt_of_draft(store, draft)
    read = await load_readable(store, prompt.id, prompt.guild_id)
    texts = {str(reply.id): reply.text for reply in read.replies if str(reply.id) not in read.refused}
    private = {quoting: await private_words(store, draft, quoting) for quoting in (Quoting.YES, Quoting.RETOLD)}
    links = link_replies(prompt, read.replies)
    return DraftWords(texts | private[Quoting.YES], private[Quoting.RETOLD], read.refused, links)


async def load_quotable_words(store: Store, draft: Draft) -> dict[str, str]:
    """Read the words of a draft's replies that may be quoted outside the server, such as to a board."""
    prompt = await prompt_of_draft(store, draft)
    return quotable_words(await store.replies.of_prompt(prompt.id), await store.people.quotable(prompt.guild_id))


async def private_words(store: Store, draft: Draft, quoting: Quoting) -> dict[str, str]:
    """Return the words of a draft's private replies whose authors allow this much, by the ids that quotes use."""
    if draft.prompt_id is None:
        return {}
    private = await store.private.shown_for_prompt(draft.prompt_id)
    return {private_id(reply): reply.text for reply in private if reply.quoting is quoting}


async def findings_of_draft(store: Store, draft: Draft, summary: Summary) -> Findings:
    """Return a summary of a draft with the replies that the draft read, as far as they are still held."""
    prompt = await prompt_of_draft(store, draft)
    read = await load_readable(store, prompt.id, prompt.guild_id)
    replies = tuple(reply for reply in read.replies if str(reply.id) in draft.held)
    private = tuple(reply for reply in read.private if private_id(reply) in draft.held)
    return Findings(prompt, replies, apply_views(summary, read.views, read.replies), private, read.views)
