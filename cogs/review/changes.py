"""Makes one change to a point and shows what became of it, on the reviewer's card and on the draft's."""

from __future__ import annotations

from collections.abc import Callable

from bot.client import Bot
from bot.errors import UserError
from bot.models.reviews import Change, Draft
from bot.models.summaries import KeyPoint
from bot.text.escape import escape
from cogs.core.routing import RoutedCog, acknowledge
from cogs.review.answers import NO_POINT, show_point, whole
from cogs.review.desk import Desk, Interaction, require_open
from cogs.review.draft_card import page_of
from cogs.review.layout import card

PointChange = Callable[[KeyPoint], Change]


class Changing(RoutedCog):
    """Changes points, each by its reference, so that two reviewers at once do not overwrite each other."""

    def __init__(self, bot: Bot, desk: Desk) -> None:
        super().__init__(bot)
        self.desk = desk

    async def point(self, interaction: Interaction, draft_id: str, ref: str) -> tuple[Draft, KeyPoint]:
        """A point of an open draft, for facilitators. Raises UserError where it is gone."""
        draft = require_open(await self.desk.named(interaction, draft_id))
        return draft, _found(draft, ref)

    async def change(
        self,
        interaction: Interaction,
        place: tuple[str, str, str],
        change: PointChange,
        *,
        written: str = "",
        done: str = "",
    ) -> None:
        """Change the point at ``place`` (draft, reference, page). What was ``written`` comes back if it is refused."""
        draft_id, ref, page = place
        await acknowledge(interaction)
        draft = await self.desk.named(interaction, draft_id)
        try:
            draft = await self.desk.change(interaction, draft.id, lambda now: change(_found(now, ref)))
        except UserError as error:
            await show_point(self.desk, interaction, draft_id, ref, whole(page), f"{error.public} Nothing was changed.")
            if written:
                given = card([f"This is what you wrote, to keep:\n>>> {escape(written)}"])
                await interaction.followup.send(view=given, ephemeral=True)
            return
        await show_point(self.desk, interaction, draft_id, ref, whole(page), done)
        await self.desk.refresh(draft, page_of(draft, ref))


def _found(draft: Draft, ref: str) -> KeyPoint:
    for point in draft.summary.points:
        if point.ref == ref:
            return point
    raise UserError(NO_POINT)
