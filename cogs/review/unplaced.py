"""Put the replies that are in no point on points, or make new points of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.client import Bot
from bot.errors import UserError
from bot.models.reviews import AddReplies, Change, Draft
from bot.services.summaries.drafts import load_draft_words
from bot.summaries.output.point_groups import point_heading
from bot.summaries.review.changes import NEW_POINT
from cogs.core.answers import acknowledge
from cogs.core.routing import RoutedCog, route
from cogs.review.changes import UNCHANGED, count_supporters_of, find_point
from cogs.review.desk import DraftDesk, Interaction
from cogs.review.draft_card import chooser_card, page_of
from cogs.review.unplaced_card import UnplacedView, unplaced_card
from cogs.summaries.texts import format_words
from cogs.ui.forms import read_chosen_values
from cogs.ui.pages import read_page_number

LONGEST_HEADING = 120
ADDED = "Added to “{heading}”: {people} now."
MADE = "Made a new point: “{heading}”."


async def show_unplaced(desk: DraftDesk, interaction: Interaction, draft: Draft, page: int = 0, note: str = "") -> None:
    """Show the replies in no point to one person alone; for a draft that has ended, what became of it."""
    if draft.summary.points or draft.held:
        words = await load_draft_words(desk.bot.store, draft)
        view = unplaced_card(UnplacedView(draft, words, page, note))
    else:
        view = chooser_card(draft, note)
    await interaction.edit_original_response(view=view)


class UnplacedReplies(RoutedCog):
    """Lists the replies in no point, and puts them where a reviewer says."""

    def __init__(self, bot: Bot, desk: DraftDesk) -> None:
        super().__init__(bot)
        self._desk = desk

    @route("review-unplaced")
    async def show(self, interaction: Interaction, draft_id: str, page: str) -> None:
        """Show one page of the replies in no point."""
        await acknowledge(interaction)
        draft = await self._desk.named(interaction, draft_id)
        await show_unplaced(self._desk, interaction, draft, read_page_number(page))

    @route("review-add")
    async def add(self, interaction: Interaction, draft_id: str, message: str, page: str) -> None:
        """Put a reply on the points that the person chose."""
        refs = read_chosen_values(interaction)
        await self._place(interaction, draft_id, message, page, refs, _tell_added)

    @route("review-add-new")
    async def make_point(self, interaction: Interaction, draft_id: str, message: str, page: str) -> None:
        """Make a new point of a reply."""
        await self._place(interaction, draft_id, message, page, [NEW_POINT], _tell_made)

    async def _place(
        self,
        interaction: Interaction,
        draft_id: str,
        message: str,
        page: str,
        refs: list[str],
        tell: Callable[[Draft, str], str],
    ) -> None:
        await acknowledge(interaction)
        draft, notes = await self._desk.named(interaction, draft_id), []
        before = {point.ref for point in draft.summary.points}
        for ref in refs:
            try:
                draft = await self._desk.change(interaction, draft.id, partial(_add, ref, message))
            except UserError as error:
                notes.append(UNCHANGED.format(error=error.public))
                continue
            made = next((point.ref for point in draft.summary.points if point.ref not in before), "")
            notes.append(tell(draft, made if ref == NEW_POINT else ref))
        draft = await self._desk.named(interaction, draft_id)
        await show_unplaced(self._desk, interaction, draft, read_page_number(page), "\n".join(notes))
        await self._desk.refresh(draft, page_of(draft, refs[0] if refs else ""))


def _add(ref: str, message: str, _: Draft) -> Change:
    return AddReplies(ref, (message,))


def _tell_added(draft: Draft, ref: str) -> str:
    return ADDED.format(heading=_head(draft, ref), people=count_supporters_of(draft, ref))


def _tell_made(draft: Draft, ref: str) -> str:
    return MADE.format(heading=_head(draft, ref))


def _head(draft: Draft, ref: str) -> str:
    return format_words(point_heading(find_point(draft, ref)), LONGEST_HEADING)
