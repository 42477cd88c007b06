"""The form of a board paper: the ask, and the organisation's own template."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.board.page_fit import LONGEST_ASK
from bot.board.template import check_template_size
from bot.discord_errors import DISCORD_FAULTS
from bot.errors import UserError
from cogs.ui.forms import file_field, form, sent_file, text_field

ASK, TEMPLATE = "ask", "template"
OWN_TEMPLATE = "Your own Word file (.docx, at most 5 MiB). The paper takes its styles, margins, header and footer."
NOT_FETCHED = "The template could not be fetched from Discord. Send the command again."
NO_ASK = "Write in one line what you ask of the board."


def board_form(series_id: int) -> ui.Modal:
    """Ask what is asked of the board, and for a template, which may be left out."""
    ask = text_field("What do you ask of the board?", ASK, hint="One line. It stands first.", longest=LONGEST_ASK)
    template = file_field("Template", TEMPLATE, hint=OWN_TEMPLATE, required=False)
    return form("Board paper", "board-form", series_id, fields=[ask, template])


def read_ask(values: dict[str, Any]) -> str:
    """Return the ask on one line. Raises UserError where it is empty."""
    ask = " ".join(str(values.get(ASK) or "").split())
    if not ask:
        raise UserError(NO_ASK)
    return ask


async def read_template(interaction: discord.Interaction[Any]) -> bytes | None:
    """Fetch the template that came with the form; its size is checked before anything is downloaded."""
    sent = sent_file(interaction, TEMPLATE)
    if sent is None:
        return None
    # Forms are handled from what they send, so the attachment is built here as discord.py builds it for views.
    file = discord.Attachment(data=sent, state=interaction.client._connection)  # type: ignore[arg-type]
    check_template_size(file.size)
    try:
        return await file.read()
    except DISCORD_FAULTS:
        raise UserError(NOT_FETCHED) from None
