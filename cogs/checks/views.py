"""Giving, changing and taking back a view: for its author alone, and only while the check is open."""

from __future__ import annotations

import discord
from discord import ui

from bot.client import Bot
from bot.models.checks import Check
from bot.replies.sanitise import format_removed
from bot.services.checks import find_open_check, keep_answers, keep_missing, take_back_view
from bot.text.dates import format_local_date
from cogs.checks.forms import WHAT_IS_MISSING, missing_form, points_form, read_missing, read_points, split_points
from cogs.core.access import server
from cogs.core.answers import acknowledge, open_form, show_privately
from cogs.core.routing import RoutedCog, route
from cogs.private_replies.answers import answer_form
from cogs.private_replies.forms import CODE, read_words
from cogs.replies.views import give_back
from cogs.ui.cards import card, text_card
from cogs.ui.forms import form_values
from cogs.ui.pages import read_page_number
from cogs.ui.parts import Row, button

Interaction = discord.Interaction[Bot]

KEPT = "Your answers to points {first} to {last} are kept."
KEPT_ONE = "Your answer to point {first} is kept."
NOTHING_CHOSEN = "You chose no answer here, so nothing was changed."
DONE = "Your view is kept. Thank you."
UNTIL = "Until {date} you can change it or take it back with these buttons."
TAKEN_BACK = "Your view was taken back, and what I kept of it is erased."
TAKE_BACK = "Take back"
CHANGE = "Change"


class CheckViews(RoutedCog):
    """The author's side. Nobody else sees anything of it, and nothing is posted."""

    @route("view")
    async def open_first(self, interaction: Interaction, claim: str) -> None:
        """Open the first form by the button on the card, filled where the person has given a view."""
        await self._open(interaction, claim, 0)

    @route("view-page")
    async def open_page(self, interaction: Interaction, claim: str, page: str) -> None:
        """Open another of the forms by a button under the answer."""
        await self._open(interaction, claim, read_page_number(page))

    @route("view-form")
    async def send_form(self, interaction: Interaction, claim: str, page: str) -> None:
        """Keep what was sent, and lead to the next form. Whatever happens, its author still has the words."""
        await acknowledge(interaction)
        words = read_words(form_values(interaction))
        await answer_form(interaction, words, self._keep(interaction, claim, read_page_number(page)), show_privately)

    @route("view-withdraw")
    async def withdraw(self, interaction: Interaction, claim: str) -> None:
        """Erase the person's own view."""
        await acknowledge(interaction)
        check = await self._check(interaction, claim)
        missing = await take_back_view(self.bot.store, check, interaction.user.id)
        await show_privately(interaction, give_back(TAKEN_BACK, missing))

    async def _open(self, interaction: Interaction, claim: str, page: int) -> None:
        """Open a form, which has to be the first answer."""
        check = await self._check(interaction, claim)
        zone = (await self.bot.store.settings.of(check.guild_id)).time_zone
        before = await self.bot.store.checks.own(check, interaction.user.id)
        if page < len(split_points(check)):
            await open_form(interaction, points_form(check, page, zone, before))
        else:
            await open_form(interaction, missing_form(check, zone, before))

    async def _keep(self, interaction: Interaction, claim: str, page: int) -> ui.LayoutView:
        check = await self._check(interaction, claim)
        zone = (await self.bot.store.settings.of(check.guild_id)).time_zone
        until = UNTIL.format(date=format_local_date(check.ends_at, zone))
        if page >= len(split_points(check)):
            lines = await self._keep_missing(interaction, check)
            if await self.bot.store.checks.own(check, interaction.user.id) is None:
                return text_card(TAKEN_BACK)
            return _kept_card(check, page, [DONE, *lines, until])
        answers = read_points(check, page, form_values(interaction))
        if not answers:
            return _kept_card(check, page, [NOTHING_CHOSEN])
        await keep_answers(self.bot.store, check, interaction.user.id, answers, discord.utils.utcnow())
        numbers = [number for number, _ in split_points(check)[page]]
        kept = (KEPT if len(numbers) > 1 else KEPT_ONE).format(first=numbers[0], last=numbers[-1])
        return _kept_card(check, page, [kept, until])

    async def _keep_missing(self, interaction: Interaction, check: Check) -> list[str]:
        text, quoting, group = read_missing(form_values(interaction))
        code, removed = await keep_missing(
            self.bot.store,
            check,
            interaction.user.id,
            text=text,
            quoting=quoting,
            group=group,
            own_words=self.bot.known_words(check.guild_id),
            now=discord.utils.utcnow(),
        )
        return [line for line in (format_removed(removed), CODE.format(code=code) if code else "") if line]

    async def _check(self, interaction: Interaction, claim: str) -> Check:
        return await find_open_check(self.bot.store, server(interaction).id, claim, discord.utils.utcnow())


def _kept_card(check: Check, page: int, lines: list[str]) -> ui.LayoutView:
    """Say that a form was kept, with the ways to the others."""
    ways = [button(label, "view-page", check.claim, target, style=style) for label, target, style in _ways(check, page)]
    back = button(TAKE_BACK, "view-withdraw", check.claim)
    return card("\n\n".join(lines), Row(*ways, back), framed=False)


def _ways(check: Check, page: int) -> list[tuple[str, int, discord.ButtonStyle]]:
    """List the other forms that a person can open from one."""
    every, last = split_points(check), len(split_points(check))
    ways = []
    if page + 1 < last:
        numbers = [number for number, _ in every[page + 1]]
        named = f"Points {numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else f"Point {numbers[0]}"
        ways.append((named, page + 1, discord.ButtonStyle.primary))
    if page < last:
        style = discord.ButtonStyle.secondary if page + 1 < last else discord.ButtonStyle.primary
        ways.append((WHAT_IS_MISSING, last, style))
    return [*ways, (CHANGE, 0, discord.ButtonStyle.secondary)]
