"""/outcome add, edit, list and publish, for organisers."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot
from bot.errors import UserError
from bot.models.outcomes import Decision, Outcome, OutcomeState
from bot.outcomes.decision import read_decision, read_refs
from bot.outcomes.points import USUAL_LEAST
from bot.services.decisions import change_outcome, check_outcome, give_outcome
from bot.services.outcomes import find_headings, find_threads
from bot.text.markdown import escape
from bot.text.words import human_join, plural
from cogs.core.access import organisers_only, require_organiser, require_own_posting, server
from cogs.core.answers import acknowledge, defer_answer, open_form, show_privately
from cogs.core.posts import explain_unposted
from cogs.core.routing import OUT_OF_DATE, route
from cogs.outcomes.autocomplete import outcome_choices, point_choices, role_choices
from cogs.outcomes.lists import OutcomeLists
from cogs.outcomes.owner_form import Typed, owner_form, read_owner_form
from cogs.outcomes.posts import tell_supporters
from cogs.outcomes.preview import CANCELLED, change_form, outcome_preview, read_change_form, read_preview
from cogs.outcomes.repairs import OutcomeRepairs
from cogs.prompts.autocomplete import find_discussed_series
from cogs.summaries.autocomplete import series_choices
from cogs.ui.cards import text_card
from cogs.ui.pages import id_from

Interaction = discord.Interaction[Bot]
STATE_CHOICES = [app_commands.Choice(name=state.label, value=state.value) for state in OutcomeState]
Words = app_commands.Range[str, 1, 500]
OPTIONS = {
    "state": "Is it done, under way, not yet, or not possible?",
    "what": "What you’ve done or will do, in plain words for staff",
    "reason": "If it’s not possible, why not; staff read this",
    "owner": "Whose job it is: choose a role or type another, but not a person’s name",
    "due": "By when, such as 6 August 2026",
}
NO_CHANNEL = "Choose a channel, or set the prompts channel with /setup."
KEPT, CHANGED = "The outcome is saved", "The outcome is changed"
SHOWN_IN = "{done} and shown in {places}."
WROTE = "The bot wrote to {people} who allow direct messages."


@app_commands.guild_only()
class OutcomeCommands(
    OutcomeLists,
    OutcomeRepairs,
    commands.GroupCog,
    group_name="outcome",
    group_description="Tell staff what happened to the points they made",
):
    """What organisers say of points."""

    @app_commands.command(description="Answer one or more points; you see the answer before it’s posted")
    @app_commands.describe(points="Which points: choose one; after a comma, choose the next", **OPTIONS)
    @app_commands.choices(state=STATE_CHOICES)
    @app_commands.autocomplete(points=point_choices, owner=role_choices)
    @organisers_only()
    async def add(
        self,
        interaction: Interaction,
        points: str,
        state: str,
        what: Words,
        reason: Words | None = None,
        owner: str | None = None,
        due: str | None = None,
    ) -> None:
        """Show what staff would read, to be posted from there; ask first about an owner who is no usual role."""
        typed = Typed(points, state, what, reason, owner, due)
        if typed.needs_question:
            await self._ask(interaction, 0, typed)
            return
        await defer_answer(interaction)
        await self._preview(interaction, typed)

    async def _preview(self, interaction: Interaction, typed: Typed) -> None:
        """Show it to the organiser alone. Raises UserError for what could not be posted."""
        guild_id, refs = server(interaction).id, read_refs(typed.points or "")
        decided = _decide(typed)
        threads = await find_threads(self.bot.store, guild_id, refs)
        await check_outcome(self.bot.store, guild_id, refs, decided)
        outcome = Outcome(0, guild_id, refs, decided, discord.utils.utcnow())
        zone = (await self.bot.store.settings.of(guild_id)).time_zone
        view = outcome_preview(outcome, await find_headings(self.bot.store, outcome), threads, zone)
        await show_privately(interaction, view)

    @route("outcome-post")
    async def post(self, interaction: Interaction, state: str, due: str) -> None:
        """Keep an outcome as its preview shows it, then post it."""
        await require_organiser(interaction)
        typed = read_preview(interaction.message, state, due)
        await acknowledge(interaction)
        await self._give(interaction, typed)

    @route("outcome-change")
    async def ask_change(self, interaction: Interaction, state: str, due: str) -> None:
        """Open the form, filled with what was typed."""
        await require_organiser(interaction)
        await open_form(interaction, change_form(read_preview(interaction.message, state, due)))

    @route("outcome-changed")
    async def take_change(self, interaction: Interaction) -> None:
        """Show the preview of what was filled in."""
        await require_organiser(interaction)
        typed = read_change_form(interaction)
        await acknowledge(interaction)
        await self._preview(interaction, typed)

    @route("outcome-cancel")
    async def cancel(self, interaction: Interaction) -> None:
        """Drop what was typed."""
        await require_organiser(interaction)
        await acknowledge(interaction)
        await show_privately(interaction, text_card(CANCELLED))

    async def _give(self, interaction: Interaction, typed: Typed) -> None:
        guild, refs = server(interaction), read_refs(typed.points or "")
        threads = await find_threads(self.bot.store, guild.id, refs)
        now = discord.utils.utcnow()
        try:
            kept = await give_outcome(
                self.bot.store, guild.id, refs, _decide(typed), channels=threads, user_id=interaction.user.id, now=now
            )
        finally:
            self.again.keep_going()  # it is posted also where only the log failed
        await self._answer(interaction, kept, KEPT)

    @app_commands.command(description="Change an outcome; its list of changes keeps what it said before")
    @app_commands.describe(outcome="Which outcome", **OPTIONS)
    @app_commands.choices(state=STATE_CHOICES)
    @app_commands.autocomplete(outcome=outcome_choices, owner=role_choices)
    @organisers_only()
    async def edit(
        self,
        interaction: Interaction,
        outcome: str,
        state: str | None = None,
        what: Words | None = None,
        reason: Words | None = None,
        owner: str | None = None,
        due: str | None = None,
    ) -> None:
        """Change an outcome; what is not given stays. The due day "none" takes it away."""
        chosen = id_from(outcome, "outcome")
        typed = Typed(None, state, what, reason, owner, due)
        if typed.needs_question:
            await self._ask(interaction, chosen, typed)
            return
        await defer_answer(interaction)
        await self._change(interaction, chosen, typed)

    @route("outcome-role")
    async def take_owner(self, interaction: Interaction, outcome_id: str, state: str, due: str, warned: str) -> None:
        """Take an owner of whom an organiser says that it is a role, with what else they typed."""
        await require_organiser(interaction)
        chosen = id_from(outcome_id, "outcome")  # 0 where there is none yet
        if state and state not in {known.value for known in OutcomeState}:
            raise UserError(OUT_OF_DATE)
        typed = read_owner_form(interaction, state, due, warned, self._names(interaction))
        await defer_answer(interaction)
        await (self._change(interaction, chosen, typed) if chosen else self._preview(interaction, typed))

    def _names(self, interaction: Interaction) -> tuple[str, ...]:
        return self.bot.watch.names(server(interaction).id)

    async def _ask(self, interaction: Interaction, outcome_id: int, typed: Typed) -> None:
        await open_form(interaction, owner_form(outcome_id, typed, self._names(interaction)))

    async def _change(self, interaction: Interaction, outcome_id: int, typed: Typed) -> None:
        after = await change_outcome(
            self.bot.store,
            server(interaction).id,
            outcome_id,
            state=typed.state,
            what=typed.what,
            reason=typed.reason,
            owner=typed.owner,
            due=typed.due,
            user_id=interaction.user.id,
            now=discord.utils.utcnow(),
        )
        await self._answer(interaction, after, CHANGED)

    @app_commands.command(name="list", description="See all outcomes, or one and everything that changed in it")
    @app_commands.describe(outcome="Which outcome to open; leave this out to see them all")
    @app_commands.autocomplete(outcome=outcome_choices)
    @organisers_only()
    async def list_outcomes(self, interaction: Interaction, outcome: str | None = None) -> None:
        """Show the outcomes of the server to one organiser."""
        await defer_answer(interaction)
        chosen = 0 if outcome is None else id_from(outcome, "outcome")
        await interaction.followup.send(view=await self.list_card(interaction, chosen, 0), ephemeral=True)

    @app_commands.command(description="Post one card with every point in a series and its outcome")
    @app_commands.describe(
        series="Which series; not needed in a thread of it, or if you have only one",
        channel="Where; if you leave this out, the announcements channel or else the prompts channel",
        people="How many people must have raised an unanswered point; 2 if you leave this out",
    )
    @app_commands.autocomplete(series=series_choices)
    @organisers_only()
    async def publish(
        self,
        interaction: Interaction,
        series: str | None = None,
        channel: discord.TextChannel | None = None,
        people: app_commands.Range[int, 1, 100] = USUAL_LEAST,
    ) -> None:
        """Post the card of a series, or bring it up to date."""
        await defer_answer(interaction)
        chosen = await find_discussed_series(interaction, series)
        settings = await self.bot.store.settings.of(chosen.guild_id)
        usual = settings.announcements_channel_id or settings.prompts_channel_id
        channel_id = usual if channel is None else channel.id
        if channel_id is None:
            raise UserError(NO_CHANNEL)
        if channel is not None:
            require_own_posting(interaction, channel, settings)
        await self.poster.move_card(chosen, channel_id, people, discord.utils.utcnow())
        await interaction.followup.send(f"The card is in <#{channel_id}>.", ephemeral=True)

    async def _answer(self, interaction: Interaction, outcome: Outcome, done: str) -> None:
        """Show it everywhere, tell supporters, and say so."""
        errors = await self.poster.show(outcome)
        await self.show_cards(outcome)
        written_to = await tell_supporters(self.bot, outcome, escape(server(interaction).name))
        shown = [f"<#{post.channel_id}>" for post in await self.bot.store.outcomes.posts(outcome.id) if post.message_id]
        lines = [SHOWN_IN.format(done=done, places=human_join(shown)) if shown else f"{done}."]
        lines += [explain_unposted(channel_id, error) for channel_id, error in errors.items()]
        lines += [WROTE.format(people=plural(written_to, "person", "people"))] if written_to else []
        await show_privately(interaction, text_card("\n".join(lines)))


def _decide(typed: Typed) -> Decision:
    """Return what is decided. Raises UserError if something is missing."""
    return read_decision(
        None, state=typed.state, what=typed.what, reason=typed.reason, owner=typed.owner, due=typed.due
    )
