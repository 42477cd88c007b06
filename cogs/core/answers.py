"""The first answer to a command, a click or a form. Discord takes one alone, and discord.py repeats what seems lost.

A request whose answer was cut off is sent again; Discord then says that it has an answer. That is no fault: what was
meant has been done, or is done here through the answer that Discord has.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import discord
from discord import ui

from bot.client import Bot
from bot.discord_errors import ANSWERED_ALREADY


async def defer_update(interaction: discord.Interaction[Bot]) -> None:
    """Promise to change the card that was pressed."""
    with _unless_answered():
        await interaction.response.defer()


async def defer_answer(interaction: discord.Interaction[Bot]) -> None:
    """Promise a new message that this person alone sees."""
    with _unless_answered():
        await interaction.response.defer(ephemeral=True, thinking=True)


async def acknowledge(interaction: discord.Interaction[Bot]) -> None:
    """Promise an answer: in the card that was pressed if this person alone sees it, else in a new one for them."""
    if is_theirs_alone(interaction):
        await defer_update(interaction)
    else:
        await defer_answer(interaction)


async def show_privately(interaction: discord.Interaction[Bot], view: ui.LayoutView) -> None:
    """After ``acknowledge``: show a card in the one that this person alone sees, or in a new one for them."""
    if is_theirs_alone(interaction):
        await interaction.edit_original_response(view=view)
    else:
        await interaction.followup.send(view=view, ephemeral=True)


async def answer_privately(interaction: discord.Interaction[Bot], view: ui.LayoutView) -> None:
    """Answer at once with a card that this person alone sees."""
    try:
        await interaction.response.send_message(view=view, ephemeral=True)
    except discord.HTTPException as error:
        if error.code != ANSWERED_ALREADY:
            raise
        # What Discord has may also be the promise of an answer: put this in its place.
        await interaction.edit_original_response(view=view)


async def update_card(interaction: discord.Interaction[Bot], view: ui.LayoutView) -> None:
    """Answer at once by changing the card that was pressed."""
    try:
        await interaction.response.edit_message(view=view)
    except discord.HTTPException as error:
        if error.code != ANSWERED_ALREADY:
            raise
        await interaction.edit_original_response(view=view)


async def open_form(interaction: discord.Interaction[Bot], form: ui.Modal) -> None:
    """Answer at once with a form."""
    with _unless_answered():
        await interaction.response.send_modal(form)


def is_theirs_alone(interaction: discord.Interaction[Bot]) -> bool:
    """Tell whether they pressed on a card that nobody else sees, which may be changed in place."""
    return interaction.message is not None and interaction.message.flags.ephemeral


@contextmanager
def _unless_answered() -> Iterator[None]:
    try:
        yield
    except discord.HTTPException as error:
        if error.code != ANSWERED_ALREADY:
            raise
