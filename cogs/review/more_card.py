"""What is behind "More" on a point's card: who says so and which quotes are shown, one by one, and the rest."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.summaries import Kind
from bot.summaries.review.supporters import review_of
from cogs.review.point_card import (
    ALL_POINTS,
    NumberedQuote,
    PointView,
    list_supporters,
    name_list,
    point_texts,
    quotes_page,
)
from cogs.review.texts import KINDS
from cogs.ui.cards import Part, card, space_texts
from cogs.ui.pages import Page
from cogs.ui.parts import Row, button, option, pager, select

REWORD, NOTE, MOVE, CHANGE_QUOTE, MERGE = "Reword", "Note", "Move", "Change a quote", "Merge with…"
ADD, DROP, BACK = "Add replies", "Drop", "Back to the point"
CONFIRM, SHOW, NOBODY, KIND = "Confirm who says so", "Quotes shown", "Quotes without names", "Kind"
LISTS = (CONFIRM, SHOW, NOBODY, KIND)
FORMS = (
    (REWORD, "review-reword"),
    (NOTE, "review-note"),
    (MOVE, "review-move"),
    (CHANGE_QUOTE, "review-quote"),
    (MERGE, "review-merge"),
)


def more_card(view: PointView) -> ui.LayoutView:
    """Show a point with everything that can be done with it."""
    shown = quotes_page(view.point, view.page)
    return card(*space_texts(point_texts(view, shown, LISTS)), *_rows(view, shown))


def _rows(view: PointView, shown: Page[NumberedQuote]) -> list[Part]:
    point, review = view.point, review_of(view.point)
    where = (view.draft.id, point.ref, shown.number)
    supporters = list_supporters(shown.items)
    rows: list[Part] = []
    if shown.items:
        rows.extend(_many(CONFIRM, shown.items, set(review.confirmed), "review-confirm", *where))
    if supporters:
        messages = {listed.quote.message for listed in supporters}
        rows.extend(_many(SHOW, supporters, messages - set(review.unquoted), "review-show", *where))
        rows.extend(_many(NOBODY, supporters, set(review.unnamed), "review-nobody", *where))
    rows += [name_list(KIND), select(KIND, _kinds(point.kind), "review-kind", *where)]
    rows.append(Row(*(button(label, name, *where) for label, name in FORMS)))
    ways = [
        button(ADD, "review-add-some", *where),
        button(DROP, "review-drop", *where),
        button(BACK, "review-point", *where),
        button(ALL_POINTS, "review-back", view.draft.id),
    ]
    steps = pager(shown.number, shown.count, "review-more", view.draft.id, point.ref)
    return [*rows, Row(*ways), *([Row(*steps)] if steps else [])]


def _many(what: str, shown: Sequence[NumberedQuote], ticked: set[str], *route: object) -> list[Part]:
    options = [option(listed.label, listed.quote.message, chosen=listed.quote.message in ticked) for listed in shown]
    return [name_list(what), select(what, options, *route, many=True)]


def _kinds(current: Kind) -> list[discord.SelectOption]:
    return [option(label, kind, chosen=kind is current) for kind, label in KINDS.items()]
