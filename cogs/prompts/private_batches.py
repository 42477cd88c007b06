"""/prompt private: the batches of private replies that wait to be read."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import app_commands, ui

from bot.client import Bot
from bot.models.private import Batch
from bot.services.private_replies import find_subject
from bot.text.words import plural
from cogs.core.access import facilitators_only, server
from cogs.core.routing import RoutedCog
from cogs.private_replies.batch_card import batch_text
from cogs.ui.parts import custom_id, detached

MOST_LISTED = 10
NONE = "No private replies wait to be read. When a prompt closes that has enough of them, I tell you here."


class PrivateCommands(RoutedCog):
    """The part of /prompt that lists what waits."""

    @app_commands.command(
        name="private", description="See which private replies wait to be read before summaries use them"
    )
    @facilitators_only()
    async def show_private(self, interaction: discord.Interaction[Bot]) -> None:
        """List the batches, each with a button that opens it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        waiting = await self.bot.store.private.waiting(server(interaction).id)
        listed = [(batch, await find_subject(self.bot.store, batch)) for batch in waiting[:MOST_LISTED]]
        await interaction.followup.send(view=_waiting_card(listed, len(waiting)), ephemeral=True)


def _waiting_card(listed: Sequence[tuple[Batch, str]], count: int) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    if not listed:
        view.add_item(ui.TextDisplay(NONE))
        return detached(view)
    more = f" Here are {len(listed)} of them." if count > len(listed) else ""
    view.add_item(ui.TextDisplay(f"## Private replies to read\n{plural(count, 'set waits', 'sets wait')}.{more}"))
    for batch, subject in listed:
        button: ui.Button[ui.LayoutView] = ui.Button(label="Read", custom_id=custom_id("private-read", batch.id, 0))
        view.add_item(ui.Section(batch_text(batch, subject), accessory=button))
    return detached(view)
