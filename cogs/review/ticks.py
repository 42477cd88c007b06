"""What a reviewer confirms, ticks and chooses on a point's card: who says so, quotes, the kind, dropping it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import discord

from bot.errors import UserError
from bot.models.reviews import Change, Confirm, Draft, DropPoint, NameNobody, SetKind, ShowQuotes
from bot.models.summaries import KeyPoint, Kind
from bot.summaries.output.point_groups import point_heading
from bot.summaries.review.supporters import list_unplaced, review_of
from cogs.core.answers import defer_update
from cogs.core.routing import route
from cogs.review.changes import Place, PointChanges, count_supporters_of, show_point
from cogs.review.desk import Interaction
from cogs.review.draft_card import chooser_card, page_of
from cogs.review.point_card import list_supporters, mark_seen, quotes_page
from cogs.review.texts import find_next_unchecked
from cogs.review.unplaced import show_unplaced
from cogs.summaries.texts import format_words
from cogs.ui.cards import confirm
from cogs.ui.forms import read_chosen_values
from cogs.ui.pages import read_page_number

CONFIRMED_ALL = "Checked: “{heading}”, {supporters}."
CHANGED_MEANWHILE = "Someone changed this point. We’ve checked only what you saw. Look at the rest, then press again."
NOT_AS_SEEN = "Someone changed this point. Look at it again, then press."
DROP = "Drop “{heading}”? Its replies stay, and its checks are lost."
DROPPED = "The point was dropped."
LONGEST_HEADING = 120

Ticking = type[Confirm] | type[ShowQuotes] | type[NameNobody]


class PointTicks(PointChanges):
    """The selects of a point's card, and its button Drop."""

    @route("review-confirm")
    async def confirm(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Confirm who says so."""
        await self._tick(interaction, (draft_id, ref, page), Confirm)

    @route("review-show")
    async def show_quotes(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Choose the quotes that are shown."""
        await self._tick(interaction, (draft_id, ref, page), ShowQuotes)

    @route("review-nobody")
    async def name_nobody(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Tick quotes that name nobody."""
        await self._tick(interaction, (draft_id, ref, page), NameNobody)

    @route("review-too")
    async def confirm_too(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Put those on the point who say it too, of the ones that the program proposes."""
        chosen = tuple(read_chosen_values(interaction))

        def change(point: KeyPoint) -> Change:
            return Confirm(ref, _join(review_of(point).confirmed, chosen), chosen)

        await self.change(interaction, (draft_id, ref, page), change)

    @route("review-say")
    async def confirm_shown(self, interaction: Interaction, draft_id: str, ref: str, page: str, seen: str) -> None:
        """Confirm the supporters that the person saw, in the words that they saw; then show what comes next."""
        marks = {seen[start : start + 4] for start in range(0, len(seen), 4)}

        def change(point: KeyPoint) -> Change:
            shown = tuple(quote.message for quote in point.quotes if mark_seen(point, quote) in marks)
            if not shown:
                raise UserError(NOT_AS_SEEN)
            return Confirm(ref, _join(review_of(point).confirmed, shown), shown)

        draft = await self.apply(interaction, (draft_id, ref, page), change)
        if draft is not None:
            await self._show_next(interaction, draft, ref, read_page_number(page))
            await self.desk.refresh(draft, page_of(draft, ref))

    async def _show_next(self, interaction: Interaction, draft: Draft, ref: str, page: int) -> None:
        """Show the next quotes of a point, the next point to check, what is in no point, or all points."""
        point = next((point for point in draft.summary.points if point.ref == ref), None)
        if point is None:
            await show_point(self.desk, interaction, str(draft.id), ref)
            return
        shown = quotes_page(point, page)
        if not {listed.quote.message for listed in list_supporters(shown.items)} <= {*review_of(point).confirmed}:
            await show_point(self.desk, interaction, str(draft.id), ref, page, CHANGED_MEANWHILE)
        elif shown.number + 1 < shown.count:
            await show_point(self.desk, interaction, str(draft.id), ref, shown.number + 1)
        else:
            await self._show_other(interaction, draft, point)

    async def _show_other(self, interaction: Interaction, draft: Draft, point: KeyPoint) -> None:
        supporters = count_supporters_of(draft, point.ref)
        note = CONFIRMED_ALL.format(heading=format_words(point_heading(point), LONGEST_HEADING), supporters=supporters)
        if after := find_next_unchecked(draft, point.ref):
            await show_point(self.desk, interaction, str(draft.id), after, note=note)
        elif list_unplaced(draft.summary, draft.held):
            await show_unplaced(self.desk, interaction, draft, note=note)
        else:
            await interaction.edit_original_response(view=chooser_card(draft, note))

    @route("review-kind")
    async def set_kind(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Set a point's kind."""
        kind = next((kind for kind in Kind if kind in read_chosen_values(interaction)), Kind.VIEW)
        await self.change(interaction, (draft_id, ref, page), lambda _: SetKind(ref, kind), more=True)

    @route("review-drop")
    async def ask_drop(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Ask before a point is dropped."""
        await defer_update(interaction)
        _, point = await self.point(interaction, draft_id, ref)
        where = (draft_id, ref, read_page_number(page))
        question = DROP.format(heading=format_words(point_heading(point), LONGEST_HEADING))
        view = confirm(question, "Drop", "review-dropped", *where, no=("Keep", "review-more", *where))
        await interaction.edit_original_response(view=view)

    @route("review-dropped")
    async def drop(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Drop a point."""
        await self.change(interaction, (draft_id, ref, page), lambda _: DropPoint(ref), done=DROPPED)

    async def _tick(self, interaction: Interaction, place: Place, kind: Ticking) -> None:
        """Tick what the person added in a select of the card, and untick what they took off."""

        def change(point: KeyPoint) -> Change:
            return kind(point.ref, _merge_ticks(interaction, _ticked(point, kind)))

        await self.change(interaction, place, change, more=True)


def _ticked(point: KeyPoint, kind: Ticking) -> tuple[str, ...]:
    """Return the replies of a point that are ticked for a kind of change, as it is stored."""
    review = review_of(point)
    if kind is Confirm:
        return review.confirmed
    if kind is NameNobody:
        return review.unnamed
    return tuple(quote.message for quote in point.quotes if quote.message not in review.unquoted)


def _join(ticked: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*ticked, *more]))


def _merge_ticks(interaction: discord.Interaction[Any], ticked: Iterable[str]) -> tuple[str, ...]:
    """Return ``ticked`` as stored, with what the person added to what their card showed, without what they took off.

    That alone is changed, so that two reviewers at once do not undo each other.
    """
    shown = frozenset(_defaults(interaction))
    after = read_chosen_values(interaction)
    kept = [message for message in ticked if message not in shown or message in after]
    return tuple(dict.fromkeys([*kept, *(message for message in after if message not in shown)]))


def _defaults(interaction: discord.Interaction[Any]) -> Iterator[str]:
    """Yield what was ticked in the select, as the person saw the message."""
    data: Any = interaction.data or {}
    yield from (option.value for option in _options(interaction, data.get("custom_id", "")) if option.default)


def _options(interaction: discord.Interaction[Any], custom_id: str) -> Iterator[discord.SelectOption]:
    for component in _walk(interaction.message.components if interaction.message is not None else ()):
        if isinstance(component, discord.SelectMenu) and component.custom_id == custom_id:
            yield from component.options


def _walk(components: Iterable[Any]) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))
