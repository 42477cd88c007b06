"""What is asked for first where too little is known of a report that is to be posted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import discord
from discord import ui

from bot.client import Bot
from bot.models.library import Source
from bot.prompts.texts import format_missing
from bot.services.library import DetailsMissingError
from bot.text.clean import clean_line
from cogs.core.answers import acknowledge, show_privately
from cogs.library.cards import CHECK_DETAILS
from cogs.ui.cards import Part, card, escape_within
from cogs.ui.parts import Row, button

MOST_ASKED = 5
"""So many reports are asked about on one card."""
DETAILS_FIRST = (
    "## Details first\nNothing was made, started or posted. "
    "Staff see the report’s title, publisher and year under every prompt. Fill in what’s missing, then try again."
)
DETAILS_LATER = (
    "## Details needed\nThe excerpts are in the series. "
    "They aren’t posted until you fill in what’s missing about their report."
)


@asynccontextmanager
async def ask_for_details(interaction: discord.Interaction[Bot], *back: object) -> AsyncIterator[None]:
    """Where a step is refused with DetailsMissingError, show what is missing instead, with a button for each report.

    ``back`` is the label and the route of a way back, if there is one.
    """
    try:
        yield
    except DetailsMissingError as error:
        if not interaction.response.is_done():
            await acknowledge(interaction)
        await show_privately(interaction, details_first_card(error.sources, *back))


def details_first_card(sources: Sequence[Source], *back: object, head: str = DETAILS_FIRST) -> ui.LayoutView:
    """Say what is not known of reports that are to be posted, with a button for each that opens its form."""
    parts: list[Part] = [head]
    for source in sources[:MOST_ASKED]:
        title = escape_within(clean_line(source.details.title), 200)
        parts.append(f"“{title}”: {format_missing(source.missing)}")
        parts.append(
            Row(button(CHECK_DETAILS, "library-details", source.id, style=discord.ButtonStyle.primary)),
        )
    if back:
        parts.append(Row(button(str(back[0]), *back[1:])))
    return card(*parts)
