"""Make one change to a point and show what became of it, on the reviewer's card and on the draft's."""

from __future__ import annotations

from collections.abc import Callable

from bot.client import Bot
from bot.errors import UserError
from bot.models.reviews import Change, Draft
from bot.models.summaries import KeyPoint
from bot.services.summaries.drafts import load_draft_words
from bot.summaries.output.counts import format_total
from bot.text.markdown import escape
from cogs.core.answers import acknowledge
from cogs.core.routing import RoutedCog
from cogs.review.desk import DraftDesk, Interaction, require_open
from cogs.review.draft_card import chooser_card, page_of
from cogs.review.more_card import more_card
from cogs.review.point_card import PointView, point_card
from cogs.ui.cards import card
from cogs.ui.pages import read_page_number

NO_POINT = "Someone has dropped or merged that point. Choose another on the draft’s card."
ONLY_PRIVATE = "private replies alone"
Place = tuple[str, str, str]
"""A draft, a point's reference and a page of its card, as custom_ids carry them."""
UNCHANGED = "{error} Nothing was changed."
PointChange = Callable[[KeyPoint], Change]


async def show_point(
    desk: DraftDesk,
    interaction: Interaction,
    draft_id: str,
    ref: str,
    page: int = 0,
    note: str = "",
    *,
    more: bool = False,
) -> None:
    """Show a point as it is now, or the choice of points where it is gone or the draft is at its end.

    It is shown on the card that a person alone sees, or on a new one where others see what they pressed. With ``more``,
    everything that can be done with it is offered.
    """
    draft = await desk.named(interaction, draft_id)
    point = next((point for point in draft.summary.points if point.ref == ref), None)
    if point is None:
        view = chooser_card(draft, note or NO_POINT)
    else:
        words = await load_draft_words(desk.bot.store, draft)
        view = (more_card if more else point_card)(PointView(draft, point, words, page, note))
    await interaction.edit_original_response(view=view)


class PointChanges(RoutedCog):
    """Changes points, each by its reference, so that two reviewers at once do not overwrite each other."""

    def __init__(self, bot: Bot, desk: DraftDesk) -> None:
        super().__init__(bot)
        self.desk = desk

    async def point(self, interaction: Interaction, draft_id: str, ref: str) -> tuple[Draft, KeyPoint]:
        """Return a point of an open draft, for facilitators. Raises UserError where it is gone."""
        draft = require_open(await self.desk.named(interaction, draft_id))
        return draft, find_point(draft, ref)

    async def change(
        self,
        interaction: Interaction,
        place: Place,
        change: PointChange,
        *,
        written: str = "",
        done: str = "",
        more: bool = False,
        tell: Callable[[Draft], str] | None = None,
    ) -> Draft | None:
        """Change the point at a place, and show it, with all that can be done if ``more``. Returns the draft then.

        ``tell`` says what happened, of the draft as it is then. None where the change was refused; what was ``written``
        comes back.
        """
        draft_id, ref, page = place
        draft = await self.apply(interaction, place, change, written=written, more=more)
        if draft is not None:
            note = tell(draft) if tell is not None else done
            await show_point(self.desk, interaction, draft_id, ref, read_page_number(page), note, more=more)
            await self.desk.refresh(draft, page_of(draft, ref))
        return draft

    async def apply(
        self, interaction: Interaction, place: Place, change: PointChange, *, written: str = "", more: bool = False
    ) -> Draft | None:
        """Change the point at a place; show what is so, with the reason, where it is refused."""
        draft_id, ref, page = place
        await acknowledge(interaction)
        draft = await self.desk.named(interaction, draft_id)
        try:
            return await self.desk.change(interaction, draft.id, lambda now: change(find_point(now, ref)))
        except UserError as error:
            note = UNCHANGED.format(error=error.public)
            await show_point(self.desk, interaction, draft_id, ref, read_page_number(page), note, more=more)
            if written:
                given = card(f"{note}\nThis is what you wrote, to keep:\n>>> {escape(written)}")
                await interaction.followup.send(view=given, ephemeral=True)
        return None


def find_point(draft: Draft, ref: str) -> KeyPoint:
    """Return a point of a draft. Raises UserError where it is gone."""
    for point in draft.summary.points:
        if point.ref == ref:
            return point
    raise UserError(NO_POINT)


def count_supporters_of(draft: Draft, ref: str) -> str:
    """Say how many people stand behind a point now."""
    point = find_point(draft, ref)
    return format_total(point) if point.total else ONLY_PRIVATE
