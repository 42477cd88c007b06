"""Publish a draft: shown once more with what is not confirmed, then posted in the thread and where /setup says."""

from __future__ import annotations

import discord
from discord import ui

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS
from bot.errors import UserError
from bot.models.reviews import Draft, DraftState
from bot.models.summaries import SharedSummary
from bot.services.summaries.drafts import findings_of_draft, load_quotable_words
from bot.services.summaries.generation import Findings
from bot.services.summaries.published_summaries import format_today
from bot.summaries.review.publication import prepare_for_staff
from bot.text.markdown import escape
from bot.text.words import shorten
from cogs.core.answers import acknowledge
from cogs.core.reports import report
from cogs.core.routing import RoutedCog, route
from cogs.review.desk import DraftDesk, Interaction, require_open
from cogs.review.publish_card import WITH, publish_card
from cogs.summaries.shared_summaries import SharedSummaries, is_shown, place_line
from cogs.ui.cards import card

CHANGED = "Someone changed the draft. Look at it again, then publish."
REFUSED = " The bot couldn’t"
NOT_ANNOUNCED = f"{REFUSED} post it in <#{{channel}}>. Give its role View Channels and Send Messages there."
NOT_YET = " It will be in <#{channel}> as soon as Discord answers."
ANNOUNCED = " It’s in <#{channel}> too."
CHANGE_LATER = "To change it later, type `/summary draft`. The new draft begins from this summary."
LONGEST_QUESTION = 200


class DraftPublication(RoutedCog):
    """The way of a draft to staff."""

    def __init__(self, bot: Bot, desk: DraftDesk, shared: SharedSummaries) -> None:
        super().__init__(bot)
        self._desk = desk
        self._shared = shared

    @route("review-publish")
    async def ask(self, interaction: Interaction, draft_id: str) -> None:
        """Show what would be published, and what nobody confirmed."""
        await acknowledge(interaction)
        named = require_open(await self._desk.named(interaction, draft_id))
        draft = await self._desk.repair(named.id, named.guild_id)
        await self.show(interaction, draft)

    @route("review-publish-now")
    async def publish(self, interaction: Interaction, draft_id: str, changes: str, others: str) -> None:
        """Publish a draft as the person saw it."""
        await acknowledge(interaction)
        named = require_open(await self._desk.named(interaction, draft_id))
        draft = await self._desk.repair(named.id, named.guild_id)
        if str(draft.changes) != changes:
            await self.show(interaction, draft, CHANGED)
            return
        async with self._desk.turns[draft.id]:
            draft = require_open(await self._desk.named(interaction, draft_id))
            findings = await findings_of_draft(
                self.bot.store, draft, prepare_for_staff(draft.summary, with_others=others == WITH)
            )
            shared, announced = await self._post(draft, findings)
        line = f"{await place_line(shared, 'Published:')}{announced}"
        await interaction.edit_original_response(view=card(f"{line}\n{CHANGE_LATER}"))

    async def finish(self, draft: Draft) -> bool:
        """End a draft whose summary was posted, or recorded, before the bot died. Returns whether it was."""
        async with self._desk.turns[draft.id]:
            draft = await self.bot.store.drafts.get(draft.guild_id, draft.id)
            if draft.state is not DraftState.OPEN:
                return True
            ways = (draft.summary, *(prepare_for_staff(draft.summary, with_others=others) for others in (True, False)))
            for summary in ways:
                findings = await findings_of_draft(self.bot.store, draft, summary)
                if await self._standing(draft, findings) is not None:
                    await self._post(draft, findings)
                    return True
        return False

    async def publish_at_once(self, draft: Draft) -> None:
        """Publish a draft that nobody looked at. Raises UserError, or Discord's error, where it is refused."""
        async with self._desk.turns[draft.id]:
            draft = await self.bot.store.drafts.get(draft.guild_id, draft.id)
            if draft.state is DraftState.OPEN:
                _, announced = await self._post(draft, await findings_of_draft(self.bot.store, draft, draft.summary))
                if announced.startswith(REFUSED):
                    prompt = await self._desk.prompt_of(draft)
                    question = escape(shorten(prompt.wording.question, LONGEST_QUESTION))
                    text = f"The summary of “{question}” is published.{announced}"
                    await report(self.bot, draft.guild_id, text, key=f"unannounced:{draft.id}")

    async def show(self, interaction: Interaction, draft: Draft, note: str = "") -> None:
        """After an acknowledgement: show what would be published of a draft as it is now."""
        await interaction.edit_original_response(view=await self._asking(draft, note))

    async def _asking(self, draft: Draft, note: str = "") -> ui.LayoutView:
        prompt = await self._desk.prompt_of(draft)
        announced = (await self.bot.store.settings.of(draft.guild_id)).announced_in(prompt.channel_id)
        places = [f"<#{prompt.thread_id}>", *([f"<#{announced}>"] if announced else [])]
        quotable = await load_quotable_words(self.bot.store, draft)
        return publish_card(draft, places, note, quotable, in_series=prompt.series_id is not None)

    async def _post(self, draft: Draft, findings: Findings) -> tuple[SharedSummary, str]:
        """Post in the thread and where /setup says, then end the draft. What to say of the second is returned too.

        Where the thread refuses, the draft stays open. What was posted or recorded before a crash, and not noted on the
        draft, is not posted again; what Discord fails to post is recorded, and posted later.
        """
        shared = await self._standing(draft, findings)
        if shared is None:
            shared = await self._share(draft, findings)
        announced = await self._announce(draft, findings)
        published = await self.bot.store.drafts.note_published(draft, discord.utils.utcnow())
        await self._desk.refresh(published)
        self.bot.dispatch("summary_published", draft.prompt_id)
        return shared, announced

    async def _standing(self, draft: Draft, findings: Findings) -> SharedSummary | None:
        return await self._shared.standing(findings, draft.changes, findings.prompt.thread_id)

    async def _announce(self, draft: Draft, findings: Findings) -> str:
        """Post in the announcements channel too; what to say of it, also where that was refused."""
        channel_id = (await self.bot.store.settings.of(draft.guild_id)).announced_in(findings.prompt.channel_id)
        if channel_id is None:
            return ""
        try:
            shared = await self._shared.standing(findings, draft.changes, channel_id)
            if shared is None:
                shared = await self._share(draft, findings, channel_id)
        except (UserError, *DISCORD_FAULTS):
            return NOT_ANNOUNCED.format(channel=channel_id)
        return ANNOUNCED.format(channel=channel_id) if await is_shown(shared) else NOT_YET.format(channel=channel_id)

    async def _share(self, draft: Draft, findings: Findings, channel_id: int | None = None) -> SharedSummary:
        date = await format_today(self.bot.store, draft.guild_id, discord.utils.utcnow())
        return await self._shared.share(findings, date, changes=draft.changes, channel_id=channel_id)
