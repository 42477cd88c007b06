"""The form of a board paper: the ask, and the organisation's own template."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.board.page_fit import LONGEST_ASK
from bot.board.template import check_template_size
from bot.client import DISCORD_FAULTS
from bot.errors import UserError
from cogs.ui.parts import custom_id, detached

ASK, TEMPLATE = "ask", "template"
NOT_FETCHED = "The template could not be fetched from Discord. Send the command again."
NO_ASK = "Write in one line what you ask of the board."

Label = ui.Label[ui.Modal]


def board_form(series_id: int) -> ui.Modal:
    """What is asked of the board, and a template, which may be left out."""
    ask: ui.TextInput[ui.Modal] = ui.TextInput(custom_id=ASK, max_length=LONGEST_ASK)
    file: ui.FileUpload[ui.Modal] = ui.FileUpload(custom_id=TEMPLATE, required=False, min_values=0, max_values=1)
    form = ui.Modal(title="Board paper", custom_id=custom_id("board-form", series_id))
    form.add_item(Label(text="What do you ask of the board?", description="One line. It stands first.", component=ask))
    own = "Your own Word file (.docx, at most 5 MiB). The paper takes its styles, margins, header and footer."
    form.add_item(Label(text="Template", description=own, component=file))
    return detached(form)


def ask_of(values: dict[str, Any]) -> str:
    """The ask on one line. Raises UserError where it is empty."""
    ask = " ".join(str(values.get(ASK) or "").split())
    if not ask:
        raise UserError(NO_ASK)
    return ask


async def template_of(interaction: discord.Interaction[Any], values: dict[str, Any]) -> bytes | None:
    """The template that came with the form; its size is checked before anything is downloaded."""
    chosen = values.get(TEMPLATE) or ()
    data: Any = interaction.data or {}
    found = data.get("resolved", {}).get("attachments", {}).get(str(chosen[0])) if chosen else None
    if found is None:
        return None
    # Forms are handled from what they send, so the attachment is built here as discord.py builds it for views.
    file = discord.Attachment(data=found, state=interaction.client._connection)
    check_template_size(file.size)
    try:
        return await file.read()
    except DISCORD_FAULTS:
        raise UserError(NOT_FETCHED) from None
