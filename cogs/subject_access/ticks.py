"""The points on which a facilitator put somebody's words: shown to that person alone, who can take them off again."""

from __future__ import annotations

from collections.abc import Iterator

import discord
from discord import ui

from bot.client import Bot
from bot.merged_events import ERASURES_APART
from bot.models.personal import Tick
from bot.services.subject_access import find_own_ticks, undo_tick
from bot.text.links import link_words, message_link
from bot.text.markdown import escape_line
from cogs.core.access import server
from cogs.core.answers import acknowledge
from cogs.core.routing import RoutedCog, route
from cogs.subject_access.data_card import BACK
from cogs.ui.cards import Part, card, fit
from cogs.ui.pages import id_or_zero, paginate, read_page_number
from cogs.ui.parts import button, button_rows, pager, put_button_beside

Interaction = discord.Interaction[Bot]
TICKS_A_PAGE = 5
LENGTHS = (300, 200, 120, 60, 30)
TITLE = "## Points with your words"
HOW = (
    "A facilitator thought these words of yours say the same as the point, so it counts you. If that’s not what you "
    "meant, press Undo. The point then loses your words and no longer counts you, and nobody can put them back."
)
NONE = "No facilitator has put your words on a point."
UNDO = "Undo"
UNDONE = "Done. Your words are off that point. Summaries that show it will change too."
NOT_YOURS = "Nothing was changed: these words are no longer stored."
IN_DRAFT = "in a draft that facilitators work on"


class TickCommands(RoutedCog):
    """The part of /my that undoes what a facilitator ticked."""

    @route("my-ticks")
    async def show_ticks(self, interaction: Interaction, page: str) -> None:
        """Show one page of the points."""
        await acknowledge(interaction)
        await self._show_ticks(interaction, read_page_number(page))

    @route("my-undo")
    async def undo_tick(self, interaction: Interaction, ref: str, reply: str, page: str) -> None:
        """Take a reply of the person off a point, everywhere and for good."""
        await acknowledge(interaction)
        store, guild_id = self.bot.store, server(interaction).id
        prompt_id = await undo_tick(store, guild_id, interaction.user.id, id_or_zero(reply), ref)
        if prompt_id is not None:
            self.bot.merged.apart(ERASURES_APART).dispatch("replies_erased", prompt_id)
        await self._show_ticks(interaction, read_page_number(page), NOT_YOURS if prompt_id is None else UNDONE)

    async def _show_ticks(self, interaction: Interaction, page: int, note: str = "") -> None:
        guild_id = server(interaction).id
        ticks = await find_own_ticks(self.bot.store, guild_id, interaction.user.id)
        await interaction.edit_original_response(view=ticks_card(guild_id, ticks, page, note))


def ticks_card(guild_id: int, ticks: tuple[Tick, ...], page: int, note: str = "") -> ui.LayoutView:
    """Show one page of the points, counted from 0; a number past either end gives the nearest."""
    shown = paginate(ticks, TICKS_A_PAGE, page)
    head = "\n".join(line for line in (note, TITLE, HOW if ticks else NONE) if line)
    head, *texts = fit(lambda length: [head, *(_describe(guild_id, tick, length) for tick in shown.items)], LENGTHS)

    def entries() -> Iterator[Part]:
        for tick, text in zip(shown.items, texts, strict=True):
            yield put_button_beside(text, button(UNDO, "my-undo", tick.ref.ref, tick.reply, shown.number))

    ways = [*pager(shown.number, shown.count, "my-ticks"), button(BACK, "my-data", 0)]
    return card(head, *entries(), *button_rows(ways), framed=False)


def _describe(guild_id: int, tick: Tick, length: int) -> str:
    place = IN_DRAFT if tick.shared_at is None else link_words("summary", message_link(guild_id, *tick.shared_at))
    lines = [f"**{escape_line(tick.heading, length)}** ({tick.ref}), {place}"]
    if tick.words:
        lines.append(f"> {escape_line(tick.words, length)}")
    return "\n".join(lines)
