"""What a reviewer fills in: the forms of a point's card, and what was sent with them."""

from __future__ import annotations

from collections.abc import Callable

from bot.errors import UserError
from bot.models.reviews import AddNote, AddReplies, Change, ChangeQuote, Draft, Merge, Move, Reword
from bot.models.summaries import KeyPoint
from bot.replies.sanitise import sanitise
from bot.services.summaries.drafts import load_draft_words
from cogs.core.answers import open_form
from cogs.core.routing import route
from cogs.review.changes import Place, PointChanges, count_supporters_of
from cogs.review.desk import Interaction
from cogs.review.forms import (
    KEEP,
    OUT,
    TO,
    WHO,
    WORDS,
    add_form,
    merge_form,
    move_form,
    note_form,
    quote_form,
    reword_form,
)
from cogs.review.point_card import NumberedQuote, quotes_page
from cogs.review.unplaced_card import NONE_UNPLACED, list_readable, say_in_short
from cogs.ui.forms import form_values
from cogs.ui.pages import read_page_number

NO_OTHER = "There’s no other point to merge this one with."
NO_QUOTE = "No quote on this page can be changed. Try another page of the card."
NOBODY_HERE = "Nobody on this page supports this point. Try another page of the card."
MERGED = "Merged {points} points: {people} now."
ADDED = "Added: {people} now."
EMPTIED = "The point they were on has nobody left, so it’s gone."


class PointForms(PointChanges):
    """The buttons of a point's card that open forms."""

    @route("review-reword")
    async def open_reword(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Open the form for a heading."""
        _, point = await self.point(interaction, draft_id, ref)
        await open_form(interaction, reword_form(point, "review-reworded", draft_id, ref, page))

    @route("review-reworded")
    async def reword(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Give a point a heading in the facilitator's words."""
        await self._change_words(interaction, (draft_id, ref, page), lambda words: Reword(ref, words))

    @route("review-note")
    async def open_note(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Open the form for a note."""
        _, point = await self.point(interaction, draft_id, ref)
        await open_form(interaction, note_form(point, "review-noted", draft_id, ref, page))

    @route("review-noted")
    async def note(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Add a note to a point."""
        await self._change_words(interaction, (draft_id, ref, page), lambda words: AddNote(ref, words))

    @route("review-move")
    async def open_move(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Open the form that moves people."""
        draft, point = await self.point(interaction, draft_id, ref)
        form = move_form(_supporters(point, page), _others(draft, ref), "review-moved", draft_id, ref, page)
        await open_form(interaction, form)

    @route("review-moved")
    async def move(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Move people to another point, to a new one, or out of all."""

        def change(_: KeyPoint) -> Change:
            target, who = _read_choice(interaction, TO)[0], _read_choice(interaction, WHO)
            if form_values(interaction).get(KEEP) and target != OUT:
                return AddReplies(target, who)
            return Move(ref, who, "" if target == OUT else target)

        def tell(draft: Draft) -> str:
            return "" if any(point.ref == ref for point in draft.summary.points) else EMPTIED

        await self.change(interaction, (draft_id, ref, page), change, tell=tell)

    @route("review-quote")
    async def open_quote(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Open the form that changes a quote."""
        _, point = await self.point(interaction, draft_id, ref)
        shown = [listed for listed in _supporters(point, page) if not listed.counted]
        if not shown:
            raise UserError(NO_QUOTE)
        await open_form(interaction, quote_form(shown, "review-quoted", draft_id, ref, page))

    @route("review-quoted")
    async def change_quote(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Show other words of a supporter's own reply."""
        words = read_words(interaction)

        def change(_: KeyPoint) -> Change:
            return ChangeQuote(ref, _read_choice(interaction, WHO)[0], words)

        await self.change(interaction, (draft_id, ref, page), change, written=words)

    @route("review-merge")
    async def open_merge(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Open the form that merges points."""
        draft, _ = await self.point(interaction, draft_id, ref)
        others = _others(draft, ref)
        if not others:
            raise UserError(NO_OTHER)
        await open_form(interaction, merge_form(others, "review-merged", draft_id, ref, page))

    @route("review-merged")
    async def merge(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Make one point of several, and say what became of it."""
        merged: list[str] = []

        def change(_: KeyPoint) -> Change:
            merged.extend(_read_choice(interaction, TO))
            return Merge(ref, tuple(merged))

        def tell(draft: Draft) -> str:
            return MERGED.format(points=len(merged) + 1, people=count_supporters_of(draft, ref))

        await self.change(interaction, (draft_id, ref, page), change, tell=tell)

    @route("review-add-some")
    async def open_add(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Open the form that puts replies on a point."""
        draft, _ = await self.point(interaction, draft_id, ref)
        words = await load_draft_words(self.bot.store, draft)
        unplaced = [(message, say_in_short(words, message)) for message in list_readable(draft, words)]
        if not unplaced:
            raise UserError(NONE_UNPLACED)
        await open_form(interaction, add_form(unplaced, "review-added-some", draft_id, ref, page))

    @route("review-added-some")
    async def add(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Put replies on a point."""

        def change(_: KeyPoint) -> Change:
            return AddReplies(ref, _read_choice(interaction, WHO))

        def tell(draft: Draft) -> str:
            return ADDED.format(people=count_supporters_of(draft, ref))

        await self.change(interaction, (draft_id, ref, page), change, tell=tell)

    async def _change_words(self, interaction: Interaction, place: Place, change: Callable[[str], Change]) -> None:
        """Store a facilitator's own words without identifiers: they may tell of a patient too."""
        words, own_words = read_words(interaction), self.bot.known_words(interaction.guild_id or 0)
        await self.change(interaction, place, lambda _: change(sanitise(words, own_words).text), written=words)


def read_words(interaction: Interaction) -> str:
    """Return what was typed into a form."""
    return str(form_values(interaction).get(WORDS) or "").strip()


def _read_choice(interaction: Interaction, field: str) -> tuple[str, ...]:
    """Return what was chosen in a select of a form. Raises UserError where nothing was."""
    values = form_values(interaction).get(field)
    if not isinstance(values, list) or not values:
        raise UserError("Choose from the lists of the form, then send it again.")
    return tuple(map(str, values))


def _supporters(point: KeyPoint, page: str) -> list[NumberedQuote]:
    shown = [listed for listed in quotes_page(point, read_page_number(page)).items if not listed.possible]
    if not shown:
        raise UserError(NOBODY_HERE)
    return shown


def _others(draft: Draft, ref: str) -> list[tuple[int, KeyPoint]]:
    return [(number, point) for number, point in enumerate(draft.summary.points, 1) if point.ref != ref]
