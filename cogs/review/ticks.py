"""What a reviewer ticks and chooses on a point's card: who says so, which quotes are shown, the kind, dropping it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import discord

from bot.models.reviews import Change, Confirm, DropPoint, NameNobody, SetKind, ShowQuotes
from bot.models.summaries import KeyPoint, Kind
from cogs.core.answers import defer_update
from cogs.core.routing import route
from cogs.review.changes import Place, PointChanges
from cogs.review.desk import Interaction
from cogs.review.texts import review_of
from cogs.ui.cards import confirm
from cogs.ui.forms import read_chosen_values
from cogs.ui.parts import custom_id

CONFIRMED_ALL = "Everybody shown is confirmed."
ALL_NAME_NOBODY = "All quotes shown are ticked as naming nobody."
DROP = "Drop this point? The replies stay read, and what was confirmed of it is lost."
DROPPED = "The point was dropped."

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

    @route("review-confirm-all")
    async def confirm_all(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Confirm all supporters that the person saw on this page; possible ones stay as they are."""
        await self._tick_all(interaction, (draft_id, ref, page), Confirm, CONFIRMED_ALL)

    @route("review-nobody-all")
    async def all_name_nobody(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Tick all quotes that the person saw on this page as naming nobody."""
        await self._tick_all(interaction, (draft_id, ref, page), NameNobody, ALL_NAME_NOBODY)

    @route("review-kind")
    async def set_kind(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Set a point's kind."""
        kind = next(iter(read_chosen_values(interaction)), Kind.VIEW)
        await self.change(interaction, (draft_id, ref, page), lambda _: SetKind(ref, Kind(kind)))

    @route("review-drop")
    async def ask_drop(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Ask before a point is dropped."""
        await defer_update(interaction)
        await self.point(interaction, draft_id, ref)
        where = (draft_id, ref, page)
        view = confirm(DROP, "Drop", "review-dropped", *where, no=("Keep", "review-point", *where))
        await interaction.edit_original_response(view=view)

    @route("review-dropped")
    async def drop(self, interaction: Interaction, draft_id: str, ref: str, page: str) -> None:
        """Drop a point."""
        await self.change(interaction, (draft_id, ref, page), lambda _: DropPoint(ref), done=DROPPED)

    async def _tick(self, interaction: Interaction, place: Place, kind: Ticking) -> None:
        """Tick what the person added in a select of the card, and untick what they took off."""

        def change(point: KeyPoint) -> Change:
            return kind(point.ref, _merge_ticks(interaction, _ticked(point, kind)))

        await self.change(interaction, place, change)

    async def _tick_all(self, interaction: Interaction, place: Place, kind: Ticking, done: str) -> None:
        """Tick all that the person could tick on the page of the card when they pressed the button."""
        listed = _options(interaction, custom_id("review-nobody", *place))
        seen = frozenset(option.value for option in listed)

        def change(point: KeyPoint) -> Change:
            return kind(point.ref, _and_seen(_ticked(point, kind), point, seen))

        await self.change(interaction, place, change, done=done)


def _ticked(point: KeyPoint, kind: Ticking) -> tuple[str, ...]:
    """Return the replies of a point that are ticked for a kind of change, as it is stored."""
    review = review_of(point)
    if kind is Confirm:
        return review.confirmed
    if kind is NameNobody:
        return review.unnamed
    return tuple(quote.message for quote in point.quotes if quote.message not in review.unquoted)


def _and_seen(ticked: tuple[str, ...], point: KeyPoint, seen: frozenset[str]) -> tuple[str, ...]:
    """Return ``ticked`` and the supporters that the person saw, as far as they are supporters still."""
    return tuple(dict.fromkeys([*ticked, *(quote.message for quote in point.quotes if quote.message in seen)]))


def _merge_ticks(interaction: discord.Interaction[Any], ticked: Iterable[str]) -> tuple[str, ...]:
    """Return ``ticked`` as stored, with what the person added to what their card showed, without what they took off.

    That alone is changed, so that two reviewers at once do not undo each other.
    """
    shown = frozenset(_defaults(interaction))
    after = read_chosen_values(interaction)
    kept = [message for message in ticked if message not in shown or message in after]
    return tuple(dict.fromkeys([*kept, *(message for message in after if message not in shown)]))


def _defaults(interaction: discord.Interaction[Any]) -> Iterator[str]:
    """Yield what stood ticked in the select, in the message as the person saw it."""
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
