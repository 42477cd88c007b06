"""Give a point another heading before it is published, where its author did not agree to be quoted outside."""

from __future__ import annotations

from bot.client import Bot
from bot.models.reviews import Change, ChooseHeading, Draft, Reword
from bot.models.summaries import KeyPoint
from bot.replies.sanitise import sanitise
from bot.services.summaries.drafts import load_quotable_words
from bot.summaries.review.publication import ChangedHeading, list_changed_headings
from cogs.core.answers import acknowledge, open_form
from cogs.core.routing import route
from cogs.review.changes import PointChange, PointChanges
from cogs.review.desk import DraftDesk, Interaction
from cogs.review.draft_card import page_of
from cogs.review.form_routes import read_words
from cogs.review.forms import reword_form
from cogs.review.heading_card import heading_card
from cogs.review.publication import DraftPublication
from cogs.ui.forms import read_chosen_values

SETTLED = "The board will see this heading as it is."


class PointHeadings(PointChanges):
    """The card of a heading, and the way back to publishing."""

    def __init__(self, bot: Bot, desk: DraftDesk, publishing: DraftPublication) -> None:
        super().__init__(bot, desk)
        self._publishing = publishing

    @route("review-heading")
    async def show(self, interaction: Interaction, draft_id: str) -> None:
        """Show the heading that a facilitator chose, and what the board would see in its place."""
        await acknowledge(interaction)
        ref = next(iter(read_chosen_values(interaction)), "")
        draft, _ = await self.point(interaction, draft_id, ref)
        heading = await self._find(draft, ref)
        if heading is None:
            await self._publishing.show(interaction, draft, SETTLED)
        else:
            await interaction.edit_original_response(view=heading_card(draft, heading))

    @route("review-heading-use")
    async def use(self, interaction: Interaction, draft_id: str, ref: str, message: str = "") -> None:
        """Let another supporter's sentence head the point: that of the button, or the one that was chosen."""
        message = message or next(iter(read_chosen_values(interaction)), "")
        await self._change(interaction, draft_id, ref, lambda _: ChooseHeading(ref, message))

    @route("review-heading-words")
    async def open_words(self, interaction: Interaction, draft_id: str, ref: str) -> None:
        """Open the form for a heading in the facilitator's words."""
        _, point = await self.point(interaction, draft_id, ref)
        await open_form(interaction, reword_form(point, "review-heading-worded", draft_id, ref))

    @route("review-heading-worded")
    async def reword(self, interaction: Interaction, draft_id: str, ref: str) -> None:
        """Give a point a heading in the facilitator's words."""
        words, own_words = read_words(interaction), self.bot.known_words(interaction.guild_id or 0)

        def change(_: KeyPoint) -> Change:
            return Reword(ref, sanitise(words, own_words).text)

        await self._change(interaction, draft_id, ref, change, written=words)

    async def _find(self, draft: Draft, ref: str) -> ChangedHeading | None:
        quotable = await load_quotable_words(self.bot.store, draft)
        changed = list_changed_headings(draft.summary, quotable)
        return next((heading for heading in changed if heading.point.ref == ref), None)

    async def _change(
        self, interaction: Interaction, draft_id: str, ref: str, change: PointChange, *, written: str = ""
    ) -> None:
        """Change a point, then show what would be published now."""
        draft = await self.apply(interaction, (draft_id, ref, "0"), change, written=written)
        if draft is not None:
            await self._publishing.show(interaction, draft)
            await self.desk.refresh(draft, page_of(draft, ref))
