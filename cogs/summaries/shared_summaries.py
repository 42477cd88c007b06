"""Summaries that others can see: posted in the thread, paged through, and forgotten when their message goes."""

from __future__ import annotations

import logging
from dataclasses import replace

import discord
from discord import ui
from discord.ext import commands

from bot.client import Bot
from bot.discord_errors import DISCORD_FAULTS, fault_name, is_unanswered
from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.models.summaries import SharedSummary
from bot.services.replies.readable_replies import link_replies
from bot.services.summaries.generation import Findings
from bot.services.summaries.published_summaries import make_record, read_record, write_record
from bot.services.summaries.staff_groups import add_staff_groups
from bot.store import StoreError
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.point_groups import is_reviewed
from bot.text.links import link_words, message_link
from bot.views.totals import remove_views
from cogs.core.access import server
from cogs.core.answers import defer_answer, defer_update
from cogs.core.routing import RoutedCog, route
from cogs.summaries.card import shared_summary_page
from cogs.summaries.repairs import SummaryRepairs
from cogs.summaries.supporters import find_point, supporters_card
from cogs.ui.forms import read_chosen_values
from cogs.ui.pages import id_from, read_page_number

log = logging.getLogger(__name__)

NO_THREAD = "This prompt has no thread now, so the summary can’t be shared there. Ask for it without share."
CHANGED = "This point is no longer in the summary. Choose another point."
FORGOTTEN = "We no longer keep this summary, so it has no other pages. An organiser can make a new one."


LATER = (
    "Discord didn’t take it, so the summary isn’t in <#{channel}> yet. It’s saved, and the bot will post it as soon "
    "as it can."
)


async def place_line(shared: SharedSummary, said: str) -> str:
    """Write what was ``said`` with the address of a summary, where its message shows it; else that it is to come."""
    if not await is_shown(shared):
        return LATER.format(channel=shared.channel_id)
    address = message_link(shared.guild_id, shared.channel_id, shared.message_id)
    return f"{said} {link_words('read it', address)}"


async def is_shown(shared: SharedSummary) -> bool:
    """Say whether its message shows it."""
    return shared.message_id is not None and not (await read_record(shared)).pending


class SharedSummaries(RoutedCog):
    """Posts summaries for everybody in a thread, and answers their buttons."""

    def __init__(self, bot: Bot, repairs: SummaryRepairs) -> None:
        super().__init__(bot)
        self._repairs = repairs

    async def share(
        self, findings: Findings, date: str, *, changes: int = 0, channel_id: int | None = None
    ) -> SharedSummary:
        """Post a summary in its prompt's thread, or in another channel, for everybody there.

        ``changes`` counts those that a reviewer made. It is recorded before anything is posted, so that a deletion
        reaches it, and its message is finished, however the bot dies in between. Where Discord fails, that is tried
        again; where it refuses, the record is taken back, and its error or a UserError is raised.
        """
        prompt = findings.prompt
        place = channel_id or (prompt.thread_id if prompt.gone_at is None else None)
        if place is None:
            raise UserError(NO_THREAD)
        now = discord.utils.utcnow()
        findings = await add_staff_groups(self.bot.store, findings, now)
        record = await make_record(self.bot.store, findings, date, changes)
        summary_id = await self.bot.store.summaries.share(
            guild_id=prompt.guild_id,
            prompt_id=prompt.id,
            channel_id=place,
            body=await write_record(record),
            now=now,
        )
        await self._post(summary_id)
        await self._repairs.repair(prompt.id)
        self._repairs.watch((prompt.id,))
        shared = await self.bot.store.summaries.get(summary_id)
        if shared is None:
            raise UserError(NO_THREAD)
        return shared

    async def resume(self, prompt: Prompt) -> SharedSummary | None:
        """Show the summary in the prompt's thread that somebody asked for before, if it still waits for Discord."""
        for shared in await self.bot.store.summaries.shared(prompt.id):
            if shared.channel_id == prompt.thread_id and not await is_shown(shared):
                await self._repairs.repair(prompt.id, refresh=True)
                return await self.bot.store.summaries.get(shared.id)
        return None

    async def reviewed(self, prompt_id: int) -> Record | None:
        """Find the newest summary of a prompt posted after a person confirmed supporters, true to what is held."""
        await self._repairs.repair(prompt_id)
        records = [await read_record(shared) for shared in await self.bot.store.summaries.shared(prompt_id)]
        return next((record for record in reversed(records) if is_reviewed(record.summary)), None)

    async def find_reviewed_place(self, prompt_id: int) -> str:
        """Return the address of the newest summary that a person checked; empty where no message shows one."""
        for shared in reversed(await self.bot.store.summaries.shared(prompt_id)):
            is_checked = is_reviewed((await read_record(shared)).summary) and await is_shown(shared)
            if is_checked and await self._is_there(shared):  # of a deleted thread's messages, Discord tells nothing
                return message_link(shared.guild_id, shared.channel_id, shared.message_id)
        return ""

    async def standing(self, findings: Findings, changes: int, channel_id: int | None) -> SharedSummary | None:
        """Find the record of this very summary in a channel, where it is or is about to be."""
        for shared in await self.bot.store.summaries.shared(findings.prompt.id):
            record = await read_record(shared)
            # Who took part by staff group was added when it was shared, and presses may have been counted again since.
            same = replace(remove_views(record.summary), staff=None) == remove_views(findings.summary)
            same = same and record.changes == changes
            if same and shared.channel_id == channel_id and await self._is_there(shared):
                return shared
        return None

    async def _is_there(self, shared: SharedSummary) -> bool:
        """Say whether its message was not deleted, as far as Discord tells."""
        if shared.message_id is not None:
            channel = self.bot.get_partial_messageable(shared.channel_id, guild_id=shared.guild_id)
            try:
                await channel.fetch_message(shared.message_id)
            except discord.NotFound:
                return False
            except DISCORD_FAULTS as error:
                log.info("shared summary %s could not be looked for: %s", shared.id, fault_name(error))
        return True

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Hear that somebody deleted a shared summary."""
        await self._forget(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Hear that somebody deleted many messages, shared summaries among them perhaps."""
        for message_id in payload.message_ids:
            await self._forget(message_id)

    @route("summary-shared")
    async def read_all(self, interaction: discord.Interaction[Bot], page: str) -> None:
        """Show one reader all of a shared summary, page by page; the message stays as it is for everybody else."""
        await defer_answer(interaction)
        message_id = interaction.message.id if interaction.message is not None else 0
        view = await self._page(interaction, message_id, read_page_number(page))
        await interaction.followup.send(view=view, ephemeral=True)

    @route("summary-read")
    async def turn_page(self, interaction: discord.Interaction[Bot], message_id: str, page: str) -> None:
        """Show the reader another page."""
        await defer_update(interaction)
        view = await self._page(interaction, id_from(message_id, "summary"), read_page_number(page))
        await interaction.edit_original_response(view=view)

    @route("summary-read-who")
    async def show_supporters_of(self, interaction: discord.Interaction[Bot], message_id: str) -> None:
        """Show the reader of a page everybody's words on the chosen point."""
        await defer_answer(interaction)
        key = "".join(read_chosen_values(interaction)[:1])
        view = await self._supporters(interaction, id_from(message_id, "summary"), key, 0)
        await interaction.followup.send(view=view, ephemeral=True)

    @route("summary-shared-who")
    async def show_supporters(self, interaction: discord.Interaction[Bot]) -> None:
        """Show one reader everybody's words on the chosen point."""
        await defer_answer(interaction)
        message_id = interaction.message.id if interaction.message is not None else 0
        view = await self._supporters(interaction, message_id, "".join(read_chosen_values(interaction)[:1]), 0)
        await interaction.followup.send(view=view, ephemeral=True)

    @route("summary-shared-who-page")
    async def turn_supporters(
        self, interaction: discord.Interaction[Bot], message_id: str, key: str, page: str
    ) -> None:
        """Show one reader more of everybody's words on a point."""
        await defer_update(interaction)
        view = await self._supporters(interaction, id_from(message_id, "summary"), key, read_page_number(page))
        await interaction.edit_original_response(view=view)

    async def _page(self, interaction: discord.Interaction[Bot], message_id: int, page: int) -> ui.LayoutView:
        """Write a page of a shared summary as it is recorded now; its message, too, says how far it is out of date."""
        shared = await self._named(interaction, message_id)
        await self._repairs.repair(shared.prompt_id, refresh=True)
        shared = await self._named(interaction, message_id)
        prompt = await self.bot.store.prompts.get(shared.guild_id, shared.prompt_id)
        return shared_summary_page(prompt.wording.question, await read_record(shared), message_id, page)

    async def _supporters(
        self, interaction: discord.Interaction[Bot], message_id: int, key: str, page: int
    ) -> ui.LayoutView:
        shared = await self._named(interaction, message_id)
        await self._repairs.repair(shared.prompt_id)
        shared = await self._named(interaction, message_id)
        point = find_point((await read_record(shared)).summary, key)
        if point is None:
            raise UserError(CHANGED)
        prompt = await self.bot.store.prompts.get(shared.guild_id, shared.prompt_id)
        replies = await self.bot.store.replies.of_prompt(shared.prompt_id)
        links = link_replies(prompt, replies, shared.channel_id)  # what stands where the reader is, they may read
        return supporters_card(*point, links, page, "summary-shared-who-page", message_id, key)

    async def _named(self, interaction: discord.Interaction[Bot], message_id: int) -> SharedSummary:
        """Return the recorded summary that a message of this server shows. Raises UserError where there is none."""
        shared = await self.bot.store.summaries.by_message(message_id)
        if shared is None or shared.guild_id != server(interaction).id:
            raise UserError(FORGOTTEN)
        return shared

    async def _post(self, summary_id: int) -> None:
        """Post the message of a summary that was recorded just now; take the record back where Discord refuses it."""
        try:
            await self._repairs.place(summary_id)
        except DISCORD_FAULTS as error:
            if is_unanswered(error):  # the repair that follows tries again, and notes it where it has to wait
                log.warning("summary %s is not posted yet: %s", summary_id, fault_name(error))
                return
            await self.bot.store.summaries.take_back(summary_id)
            if isinstance(error, discord.NotFound):
                raise UserError(NO_THREAD) from None
            raise

    async def _forget(self, message_id: int) -> None:
        try:
            # Nearly every deleted message is something else, and looking is cheaper than a transaction that writes.
            if await self.bot.store.summaries.shows(message_id):
                await self.bot.store.summaries.forget(message_id)
        except StoreError as error:
            log.warning("a deleted summary could not be forgotten: %s", fault_name(error))
