"""Starting a check: its organiser sees what staff will see, changes it, and starts it. Nothing is posted before that.

Nothing waits in memory: the buttons carry what was chosen, and a digest of what was shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.actions import CHECK_STARTED
from bot.models.checks import Check, CheckPoint
from bot.models.prompts import Prompt
from bot.services.checks import choose_points, find_running_check
from bot.services.outcomes import list_published_points
from bot.text.clean import clean_line
from bot.text.dates import format_local_date
from bot.text.words import count_people, plural
from cogs.checks.cards import preview_texts
from cogs.checks.forms import CHANNEL, DAYS, PEOPLE, change_form
from cogs.checks.posts import CheckPoster
from cogs.core.access import require_organiser, require_own_posting, server
from cogs.core.answers import acknowledge, open_form, show_privately
from cogs.core.posts import explain_unposted
from cogs.core.routing import OUT_OF_DATE, RoutedCog, route
from cogs.ui.cards import Space, card, text_card
from cogs.ui.forms import form_values
from cogs.ui.pages import id_from, id_or_zero
from cogs.ui.parts import Row, button

Interaction = discord.Interaction[Bot]

MOST_POINTS = 20
MOST_DAYS, MOST_PEOPLE = 30, 100
NO_THREAD = "This prompt’s thread has gone. Choose a channel."
NO_CHANNEL = "The bot can’t find that channel. Press “Change” and choose another."
NOT_SO_MANY = "{what}: type a number from 1 to {most}."
TITLE = "### This is what staff will see"
NOT_YET = "Nothing is posted yet. It goes to <#{channel}>, with the points that {people} or more made."
TOO_MANY = "{points} won’t fit: a check has at most {most}."
CHANGED = "**The points or the last day changed since you looked.** Look again, then press “{button}”."
START, CHANGE, CANCEL = "Start", "Change", "Cancel"
STARTED = "{points} can be answered in <#{channel}>, until {date}."
NOT_POSTED = "The check is open. {why}"
ALREADY = "This check has started already, in <#{channel}>. It is open until {date}."
CANCELLED = "Nothing was posted. /check start begins again."


@dataclass(frozen=True, slots=True)
class Plan:
    """A check before it starts. ``points`` are all that it could ask about, of which MOST_POINTS fit."""

    prompt: Prompt
    points: tuple[CheckPoint, ...]
    days: int
    people: int
    channel_id: int
    ends_at: datetime
    time_zone: str

    @property
    def last_day(self) -> str:
        """Its last day, in the server's time zone."""
        return format_local_date(self.ends_at, self.time_zone)

    @property
    def chosen(self) -> tuple[int, int, int, int]:
        """What its buttons carry."""
        return self.prompt.id, self.days, self.people, self.channel_id

    @property
    def digest(self) -> str:
        """Say in a few letters which points it shows and until when; it tells nothing else."""
        shown = "\n".join([self.last_day, *(f"{point.ref} {point.heading}" for point in self.points)])
        return hashlib.blake2b(shown.encode("utf-8", "replace"), digest_size=6).hexdigest()


class CheckStart(RoutedCog):
    """The preview of a check and its buttons, for organisers and facilitators."""

    def __init__(self, bot: Bot, poster: CheckPoster) -> None:
        super().__init__(bot)
        self._poster = poster

    async def preview(
        self, interaction: Interaction, prompt: Prompt, days: int, people: int, channel_id: int
    ) -> ui.LayoutView:
        """Show what a check would ask, and where. Raises UserError where it could not be started so."""
        return preview_card(await self._plan(interaction, prompt, days, people, channel_id))

    async def require_place(self, interaction: Interaction, prompt: Prompt, channel_id: int) -> None:
        """Raise UserError where the prompt's thread or the channel is gone, or the person may not write there."""
        if channel_id == (prompt.thread_id or 0):
            if not channel_id or prompt.gone_at is not None:
                raise UserError(NO_THREAD)
            return
        channel = server(interaction).get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel):
            raise UserError(NO_CHANNEL)
        require_own_posting(interaction, channel, await self.bot.store.settings.of(prompt.guild_id))

    @route("check-start")
    async def start(
        self, interaction: Interaction, prompt_id: str, days: str, people: str, channel_id: str, digest: str
    ) -> None:
        """Start the check as it was shown; where it would be another by now, show that first."""
        await require_organiser(interaction)
        await acknowledge(interaction)
        prompt = await self._prompt(interaction, prompt_id)
        if (running := await find_running_check(self.bot.store, prompt)) is not None:
            await show_privately(interaction, text_card(format_running(running)))
            return
        plan = await self._plan(interaction, prompt, id_or_zero(days), id_or_zero(people), id_or_zero(channel_id))
        if plan.digest != digest:
            await show_privately(interaction, preview_card(plan, CHANGED.format(button=START)))
            return
        await show_privately(interaction, text_card(await self._start(interaction, plan)))

    @route("check-change")
    async def change(self, interaction: Interaction, prompt_id: str, days: str, people: str, channel_id: str) -> None:
        """Open the form, filled with what was chosen."""
        await require_organiser(interaction)
        prompt = await self._prompt(interaction, prompt_id)
        channel = server(interaction).get_channel(id_or_zero(channel_id))
        await open_form(interaction, change_form(prompt.id, days, people, channel))

    @route("check-changed")
    async def show_changed(self, interaction: Interaction, prompt_id: str) -> None:
        """Show the preview of what was filled in."""
        await require_organiser(interaction)
        await acknowledge(interaction)
        prompt, filled = await self._prompt(interaction, prompt_id), form_values(interaction)
        days = _read_number(filled.get(DAYS), "Days", MOST_DAYS)
        people = _read_number(filled.get(PEOPLE), "People", MOST_PEOPLE)
        channels = filled.get(CHANNEL) or ()
        channel_id = id_or_zero(str(channels[0])) if channels else prompt.thread_id or 0
        view = await self.preview(interaction, prompt, days, people, channel_id)
        await show_privately(interaction, view)

    @route("check-cancel")
    async def cancel(self, interaction: Interaction) -> None:
        """Take the preview away."""
        await require_organiser(interaction)
        await acknowledge(interaction)
        await show_privately(interaction, text_card(CANCELLED))

    async def _start(self, interaction: Interaction, plan: Plan) -> str:
        """Open the check and post its card. Return what became of it. Raises UserError where it could not be posted."""
        prompt, store = plan.prompt, self.bot.store
        try:
            check = await store.checks.start(
                prompt.guild_id,
                prompt.id,
                plan.points[:MOST_POINTS],
                ends_at=plan.ends_at,
                channel_id=plan.channel_id,
                now=discord.utils.utcnow(),
            )
        except UserError:
            if (running := await find_running_check(store, prompt)) is None:
                raise
            return format_running(running)  # of two presses at once, this was the second
        self.bot.dispatch("check_changed")  # first, so that its card and its end come whatever fails here
        await note_check(self.bot, check, CHECK_STARTED, interaction.user.id)
        error = await self._poster.show(check.guild_id, check.id)
        if error is not None:
            raise UserError(NOT_POSTED.format(why=explain_unposted(plan.channel_id, error)))
        return STARTED.format(
            points=plural(len(check.points), "point"), channel=plan.channel_id, date=format_end(check.ends_at)
        )

    async def _plan(self, interaction: Interaction, prompt: Prompt, days: int, people: int, channel_id: int) -> Plan:
        if not (1 <= days <= MOST_DAYS and 1 <= people <= MOST_PEOPLE):
            raise UserError(OUT_OF_DATE)
        await self.require_place(interaction, prompt, channel_id)
        settings = await self.bot.store.settings.of(prompt.guild_id)
        points = choose_points(await list_published_points(self.bot.store, prompt), people)
        ends_at = discord.utils.utcnow() + timedelta(days=days)
        return Plan(prompt, tuple(points), days, people, channel_id, ends_at, settings.time_zone)

    async def _prompt(self, interaction: Interaction, prompt_id: str) -> Prompt:
        return await self.bot.store.prompts.get(server(interaction).id, id_from(prompt_id, "prompt"))


def preview_card(plan: Plan, note: str = "") -> ui.LayoutView:
    """Show a check before it starts, below what its organiser has to know, with the buttons that decide."""
    about = [TITLE, note, NOT_YET.format(channel=plan.channel_id, people=count_people(plan.people))]
    if (beyond := len(plan.points) - MOST_POINTS) > 0:
        about.append(TOO_MANY.format(points=plural(beyond, "point"), most=MOST_POINTS))
    texts = preview_texts(clean_line(plan.prompt.wording.question), plan.points[:MOST_POINTS], plan.last_day)
    ways = Row(
        button(START, "check-start", *plan.chosen, plan.digest, style=discord.ButtonStyle.primary),
        button(CHANGE, "check-change", *plan.chosen),
        button(CANCEL, "check-cancel"),
    )
    return card("\n".join(line for line in about if line), Space.LINE, *texts, Space.LINE, ways)


def format_running(check: Check) -> str:
    """Say that a check is open already, where and until when."""
    return ALREADY.format(channel=check.channel_id, date=format_end(check.ends_at))


def format_end(moment: datetime) -> str:
    """Write the end of a check so that each reader sees it in their own time zone."""
    return discord.utils.format_dt(moment, "f")


async def note_check(bot: Bot, check: Check, action: str, user_id: int) -> None:
    """Note in the server's log what somebody did with a check."""
    await bot.store.audit_log.note(
        check.guild_id,
        action,
        f"check {check.id}",
        user_id=user_id,
        prompt_id=check.prompt_id,
        now=discord.utils.utcnow(),
    )


def _read_number(text: object, what: str, most: int) -> int:
    number = id_or_zero(str(text or "").strip())
    if not 1 <= number <= most:
        raise UserError(NOT_SO_MANY.format(what=what, most=most))
    return number
