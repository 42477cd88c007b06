"""How the review answers: on the card that a person alone sees, or on a new one where others see what they pressed."""

from __future__ import annotations

import discord

from bot.client import Bot
from cogs.review.desk import Desk
from cogs.review.point_card import PointView, point_card
from cogs.review.point_list import chooser_card

Interaction = discord.Interaction[Bot]
NO_POINT = "That point was dropped or merged meanwhile."


async def show_point(
    desk: Desk, interaction: Interaction, draft_id: str, ref: str, page: int = 0, note: str = ""
) -> None:
    """Show a point as it is now, or the choice of points where it is gone or the draft is at its end."""
    draft = await desk.named(interaction, draft_id)
    point = next((one for one in draft.summary.points if one.ref == ref), None)
    if point is None:
        view = chooser_card(draft, note or NO_POINT)
    else:
        view = point_card(PointView(draft, point, await desk.links(draft), page, note, await desk.retold(draft)))
    await interaction.edit_original_response(view=view)


def whole(page: str) -> int:
    """A page's number out of a custom_id; 0 for anything else."""
    return int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 0
