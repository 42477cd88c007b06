"""/prompt: post at once, preview, list, skip, close, keep."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.actions import THREAD_KEPT
from bot.models.library import Excerpt
from bot.models.prompts import NewPrompt, PromptState, Series, SeriesState
from bot.models.settings import GuildSettings
from bot.prompts.schedule import decide
from bot.prompts.texts import check_wording, one_line
from bot.replies.sanitise import to_store
from bot.text.dates import date_text, local_date
from bot.text.escape import escape, shorten
from cogs.core.access import facilitators_only, require_facilitator, server
from cogs.core.routing import RoutedCog, routed
from cogs.library.autocomplete import chosen_excerpt, excerpt_choices
from cogs.prompts.autocomplete import chosen_prompt, chosen_series, gone_choices, prompt_choices, series_choices
from cogs.prompts.card import prompt_card
from cogs.prompts.closing import close
from cogs.prompts.faults import place_named
from cogs.prompts.lists import prompt_list
from cogs.prompts.new_prompt import imagined, new_prompt
from cogs.prompts.next_excerpt import coming
from cogs.prompts.posting import post
from cogs.prompts.private_batches import PrivateCommands
from cogs.ui.cards import when
from cogs.ui.parts import detached

Interaction = discord.Interaction[Bot]
PromptChannel = discord.TextChannel | discord.ForumChannel
EXCERPT = "Which excerpt: type words of it"
CHANNEL = "Where to post it; without it, the prompts channel of /setup"


@app_commands.guild_only()
class PromptCommands(
    PrivateCommands,
    RoutedCog,
    commands.GroupCog,
    group_name="prompt",
    group_description="Post, preview and close prompts",
):
    """What facilitators do with single prompts, and with the private replies to them."""

    @app_commands.command(name="post", description="Post an excerpt as a prompt now")
    @app_commands.describe(
        excerpt=f"{EXCERPT}; without it, the next one of the series",
        channel=CHANNEL,
        series="As the next prompt of which series, in its channel; its dates stay as they are",
    )
    @app_commands.autocomplete(excerpt=excerpt_choices, series=series_choices)
    @facilitators_only()
    async def post_now(
        self,
        interaction: Interaction,
        excerpt: str | None = None,
        channel: PromptChannel | None = None,
        series: str | None = None,
    ) -> None:
        """Post one excerpt, or say where it is open already."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        if series is not None:
            new = await self._new_of_series(interaction, excerpt, channel, series)
        else:
            new = await self._new(interaction, excerpt, channel)
        with place_named(new.channel_id):
            prompt = await post(self.bot, new, discord.utils.utcnow())
        if prompt is not None:
            await interaction.followup.send(f"Posted. Its thread: <#{prompt.thread_id}>", ephemeral=True)
            return
        there = await self.bot.store.prompts.open_for(new.excerpt_id or 0, new.channel_id)
        where = f" Its thread: <#{there.thread_id}>" if there and there.thread_id else ""
        await interaction.followup.send(
            f"That excerpt is already open there, so nothing was posted.{where}", ephemeral=True
        )

    @app_commands.command(description="See an excerpt as it will look as a prompt; only you see it")
    @app_commands.describe(excerpt=EXCERPT, series="As a prompt of which series; without an excerpt, its next one")
    @app_commands.autocomplete(excerpt=excerpt_choices, series=series_choices)
    @facilitators_only()
    async def preview(self, interaction: Interaction, excerpt: str | None = None, series: str | None = None) -> None:
        """Show the card, with its buttons switched off."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        settings = await self.bot.store.settings.of(server(interaction).id)
        now = discord.utils.utcnow()
        run = await chosen_series(interaction, series) if series or not excerpt else None
        if excerpt is not None:
            chosen = await chosen_excerpt(interaction, excerpt)
        else:
            chosen = await self._next(run)
        new = await new_prompt(self.bot, settings.guild_id, chosen, settings.prompts_channel_id or 0, now, series=run)
        check_wording(new.wording)
        view = prompt_card(imagined(new, now), settings.time_zone, preview=True)
        await interaction.followup.send(view=view, ephemeral=True)

    @app_commands.command(name="list", description="See the prompts that were posted, with their people")
    @facilitators_only()
    async def show_list(self, interaction: Interaction) -> None:
        """List the newest prompts; buttons lead to the older ones."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(view=await self._list(interaction, 0), ephemeral=True)

    @routed("prompt-list")
    async def turn_page(self, interaction: Interaction, page: str) -> None:
        """Show another page of the list."""
        await require_facilitator(interaction)
        await interaction.response.defer()
        number = int(page) if page.isdecimal() and len(page) < 6 else 0
        await interaction.edit_original_response(view=await self._list(interaction, number))

    @app_commands.command(name="skip-next", description="Leave out a series' next date, or pass over its next excerpt")
    @app_commands.describe(series="Which series", what="What to skip")
    @app_commands.autocomplete(series=series_choices)
    @app_commands.choices(
        what=[
            app_commands.Choice(name="the next date (the excerpt waits)", value="date"),
            app_commands.Choice(name="the next excerpt (the one after it comes)", value="excerpt"),
        ]
    )
    @facilitators_only()
    async def skip_next(self, interaction: Interaction, what: str, series: str | None = None) -> None:
        """Skip once."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await chosen_series(interaction, series)
        text = await (self._skip_date(chosen) if what == "date" else self._skip_excerpt(chosen))
        await interaction.followup.send(text, ephemeral=True)

    @app_commands.command(name="close", description="Close a prompt now and thank people")
    @app_commands.describe(prompt="Which prompt; without it, the thread you are in")
    @app_commands.autocomplete(prompt=prompt_choices)
    @facilitators_only()
    async def close_now(self, interaction: Interaction, prompt: str | None = None) -> None:
        """Close one prompt."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await chosen_prompt(interaction, prompt)
        if chosen.state is PromptState.CLOSED:
            raise UserError("That prompt is closed already.")
        with place_named(chosen.thread_id or chosen.channel_id):
            closed = await close(self.bot, chosen, discord.utils.utcnow())
        gone = " Its thread is gone, so nobody could be thanked." if closed.gone_at else ""
        await interaction.followup.send(f"Closed. Replies that come later are marked late.{gone}", ephemeral=True)

    @app_commands.command(description="Keep the replies of a prompt whose thread was deleted, and say why")
    @app_commands.describe(prompt="Which prompt", reason="Why its replies are kept")
    @app_commands.autocomplete(prompt=gone_choices)
    @facilitators_only()
    async def keep(self, interaction: Interaction, prompt: str, reason: app_commands.Range[str, 5, 300]) -> None:
        """Keep replies of a deleted thread that would be erased 30 days after facilitators were told."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await chosen_prompt(interaction, prompt)
        if chosen.gone_at is None:
            raise UserError("The thread of that prompt is still there, so its replies are kept anyway.")
        _, held = await self.bot.store.replies.count(chosen.id)
        if not held:
            raise UserError("No reply to that prompt is stored any more, so there is nothing to keep.")
        why = to_store(one_line(reason), self.bot.own_words.get(chosen.guild_id, ())).text
        await self.bot.store.prompts.keep(chosen, why)
        await self.bot.store.actions.note(
            chosen.guild_id,
            THREAD_KEPT,
            "",
            user_id=interaction.user.id,
            reason=why,
            prompt_id=chosen.id,
            now=discord.utils.utcnow(),
        )
        await interaction.followup.send(
            "Kept. The replies are not erased after 30 days, and summaries read them again.", ephemeral=True
        )

    async def _new(self, interaction: Interaction, excerpt: str | None, channel: PromptChannel | None) -> NewPrompt:
        if excerpt is None:
            raise UserError("Choose an excerpt with the option excerpt, or a series for its next one.")
        settings = await self.bot.store.settings.of(server(interaction).id)
        chosen = await chosen_excerpt(interaction, excerpt)
        channel_id = channel.id if channel else default_channel(settings)
        return await new_prompt(self.bot, settings.guild_id, chosen, channel_id, discord.utils.utcnow())

    async def _new_of_series(
        self, interaction: Interaction, excerpt: str | None, channel: PromptChannel | None, series: str
    ) -> NewPrompt:
        run = await chosen_series(interaction, series)
        if run.state is SeriesState.STOPPED:
            raise UserError("That series was stopped for good. Leave out the option series.")
        if channel is not None and channel.id != run.channel_id:
            raise UserError(f"That series posts in <#{run.channel_id}>. Leave out the option channel, or series.")
        chosen = await chosen_excerpt(interaction, excerpt) if excerpt else await self._next(run)
        if chosen.id in run.posted_ids:
            raise UserError("That series has posted this excerpt. Leave out the option series to post it again.")
        if chosen.id not in run.excerpt_ids:
            raise UserError("That excerpt is not in the series. Add it with /series add first.")
        return await new_prompt(self.bot, run.guild_id, chosen, run.channel_id, discord.utils.utcnow(), series=run)

    async def _next(self, series: Series | None) -> Excerpt:
        if series is None or not series.waiting_ids:
            raise UserError("No excerpt of that series is left. Choose an excerpt with the option excerpt.")
        waiting = await self.bot.store.library.excerpts_of(series.guild_id, series.waiting_ids)
        # Where none can be posted now, the first is named, and what it lacks.
        return await coming(self.bot, series, waiting) or waiting[0]

    async def _list(self, interaction: Interaction, page: int) -> discord.ui.LayoutView:
        counted = await self.bot.store.prompts.of_guild(server(interaction).id)
        return detached(prompt_list(counted, page))

    async def _skip_date(self, series: Series) -> str:
        now = discord.utils.utcnow()
        next_at = decide(series, now).next_at
        if next_at is None:
            raise UserError("That series has no next date: it is not running, or no excerpt is left.")
        day = local_date(next_at, series.slot.time_zone)
        changed = await self.bot.store.series.leave_out(series, day)
        after = decide(changed, now).next_at
        follows = f" The next prompt comes {when(after)}." if after else ""
        return f"{date_text(day)} is left out; the excerpt waits.{follows}"

    async def _skip_excerpt(self, series: Series) -> str:
        if not series.waiting_ids:
            raise UserError("No excerpt of that series is left to pass over.")
        skipped = await self._next(series)
        await self.bot.store.series.order(series, [one for one in series.excerpt_ids if one != skipped.id])
        words = escape(shorten(one_line(skipped.question or skipped.passage.text), 200))
        return f"Passed over: “{words}”. /series add brings it back."


def default_channel(settings: GuildSettings) -> int:
    """The prompts channel of /setup. Raises UserError where none is set."""
    if settings.prompts_channel_id is None:
        raise UserError("No prompts channel is set. Choose one with /setup start, or name a channel here.")
    return settings.prompts_channel_id
