"""Giving, changing and taking back a view: for its author alone, and only while the check is open."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.models.checks import Check, CheckState
from bot.replies.risk_signposting import care_lines
from bot.replies.sanitise import to_store, told_removed
from bot.store.keyed.check_views import NOT_OPEN
from bot.text.dates import closing_date_text
from cogs.checks.forms import missing_form, pages, points_form, read_missing, read_points
from cogs.core.access import server
from cogs.core.routing import RoutedCog, acknowledge, is_theirs_alone, routed
from cogs.private_replies.answers import NOTHING_STORED, TOO_LONG
from cogs.private_replies.forms import LONGEST_PRIVATE, written
from cogs.private_replies.texts import CODE, given_back
from cogs.replies.views import text_view
from cogs.ui.forms import form_values
from cogs.ui.pages import page_from
from cogs.ui.parts import custom_id, detached

Interaction = discord.Interaction[Bot]

KEPT = "Your answers to points {first} to {last} are kept."
KEPT_ONE = "Your answer to point {first} is kept."
NOTHING_CHOSEN = "You chose no answer here, so nothing was changed."
DONE = "Your view is kept. Thank you."
UNTIL = "Until {date} you can change it or take it back with these buttons."
TAKEN_BACK = "Your view was taken back, and what I kept of it is erased."
NOTHING_TO_TAKE_BACK = "There is no view of yours in this check."


class Giving(RoutedCog):
    """The author's side. Nobody else sees anything of it, and nothing is posted."""

    @routed("view")
    async def open_first(self, interaction: Interaction, claim: str) -> None:
        """The button on the card: open the first form, filled where the person has given a view."""
        await self._open(interaction, claim, 0)

    @routed("view-page")
    async def open_page(self, interaction: Interaction, claim: str, page: str) -> None:
        """A button under the answer: open another of the forms."""
        await self._open(interaction, claim, page_from(page))

    @routed("view-form")
    async def send_form(self, interaction: Interaction, claim: str, page: str) -> None:
        """Keep what was sent, and lead to the next form. Whatever happens, its author still has the words."""
        await acknowledge(interaction)
        values = form_values(interaction)
        try:
            check = await self._check(interaction, claim)
            view = await self._keep(interaction, check, page_from(page))
        except UserError as error:
            view = text_view(given_back(f"{error.public} {NOTHING_STORED}", written(values)))
        except Exception:
            await _answer(interaction, text_view(given_back(NOTHING_STORED, written(values))))
            raise
        await _answer(interaction, view)
        settings = await self.bot.store.settings.of(server(interaction).id)
        if care := care_lines(settings, written(values)):
            await interaction.followup.send(view=text_view(care), ephemeral=True)

    @routed("view-withdraw")
    async def withdraw(self, interaction: Interaction, claim: str) -> None:
        """Erase the person's own view."""
        await acknowledge(interaction)
        check = await self._check(interaction, claim)
        own = await self.bot.store.checks.own(check, interaction.user.id)
        if own is None or not await self.bot.store.checks.withdraw_own(check, interaction.user.id):
            raise UserError(NOTHING_TO_TAKE_BACK)
        await _answer(interaction, text_view(given_back(TAKEN_BACK, own.missing)))

    async def _open(self, interaction: Interaction, claim: str, page: int) -> None:
        """Open a form, which has to be the first answer."""
        check = await self._check(interaction, claim)
        zone = (await self.bot.store.settings.of(check.guild_id)).time_zone
        before = await self.bot.store.checks.own(check, interaction.user.id)
        if page < len(pages(check)):
            await interaction.response.send_modal(points_form(check, page, zone, before))
        else:
            await interaction.response.send_modal(missing_form(check, zone, before))

    async def _keep(self, interaction: Interaction, check: Check, page: int) -> ui.LayoutView:
        zone = (await self.bot.store.settings.of(check.guild_id)).time_zone
        today = discord.utils.utcnow().astimezone(ZoneInfo(zone)).date()
        until = UNTIL.format(date=closing_date_text(check.ends_at, zone))
        if page >= len(pages(check)):
            lines = await self._keep_missing(interaction, check, today)
            if await self.bot.store.checks.own(check, interaction.user.id) is None:
                return text_view(TAKEN_BACK)
            return _kept_card(check, page, [DONE, *lines, until])
        answers = read_points(check, page, form_values(interaction))
        if not answers:
            return _kept_card(check, page, [NOTHING_CHOSEN])
        await self.bot.store.checks.give(check, interaction.user.id, answers=answers, today=today)
        numbers = [number for number, _ in pages(check)[page]]
        kept = (KEPT if len(numbers) > 1 else KEPT_ONE).format(first=numbers[0], last=numbers[-1])
        return _kept_card(check, page, [kept, until])

    async def _keep_missing(self, interaction: Interaction, check: Check, today: date) -> list[str]:
        text, quoting, group = read_missing(form_values(interaction))
        kept = to_store(text, self.bot.own_words.get(check.guild_id, ()))
        if len(kept.text) > LONGEST_PRIVATE:
            raise UserError(TOO_LONG)
        code = await self.bot.store.checks.give(
            check,
            interaction.user.id,
            answers={},
            missing=kept.text,
            quoting=quoting,
            group=group,
            today=today,
        )
        return [line for line in (told_removed(kept.removed), CODE.format(code=code) if code else "") if line]

    async def _check(self, interaction: Interaction, claim: str) -> Check:
        """The open check of this server that a button names. Raises UserError for any other."""
        check = await self.bot.store.checks.by_claim(server(interaction).id, claim)
        # The form says until when somebody could find out; so nothing is taken after that, even if the bot is late.
        if check.state is not CheckState.OPEN or check.ends_at <= discord.utils.utcnow():
            raise UserError(NOT_OPEN)
        return check


def _kept_card(check: Check, page: int, lines: list[str]) -> ui.LayoutView:
    """What is said of a form that was kept, with the ways to the others."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay("\n\n".join(lines)))
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    for label, target, style in _ways(check, page):
        row.add_item(ui.Button(label=label, custom_id=custom_id("view-page", check.claim, target), style=style))
    row.add_item(ui.Button(label="Take back", custom_id=custom_id("view-withdraw", check.claim)))
    view.add_item(row)
    return detached(view)


def _ways(check: Check, page: int) -> list[tuple[str, int, discord.ButtonStyle]]:
    """The other forms that a person can open from one."""
    every, last = pages(check), len(pages(check))
    ways = []
    if page + 1 < last:
        numbers = [number for number, _ in every[page + 1]]
        named = f"Points {numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else f"Point {numbers[0]}"
        ways.append((named, page + 1, discord.ButtonStyle.primary))
    if page < last:
        style = discord.ButtonStyle.secondary if page + 1 < last else discord.ButtonStyle.primary
        ways.append(("What is missing?", last, style))
    return [*ways, ("Change", 0, discord.ButtonStyle.secondary)]


async def _answer(interaction: Interaction, view: ui.LayoutView) -> None:
    """Show it in the card that this person alone sees, or in a new one for them."""
    if is_theirs_alone(interaction):
        await interaction.edit_original_response(view=view)
    else:
        await interaction.followup.send(view=view, ephemeral=True)
