"""The card of one point, for the eyes of one reviewer: who says so, in which words, and what can be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import discord
from discord import ui

from bot.models.reviews import Draft
from bot.models.summaries import KeyPoint, Kind, Quote
from bot.text.words import plural
from cogs.review.layout import LENGTHS, Button, Row, button, fitted, option_text, select, turns
from cogs.review.review_texts import KINDS, people_line, review_of
from cogs.summaries.texts import heading, marked, plain

QUOTES_A_PAGE = 10
"""So many fit into one message with a link each; Discord's selects would take 25."""
NOT_QUOTED = "A private reply"
REFUSED = "A reply that may not be quoted"
RETELL = "not to be quoted: you may say it in your own words"
COUNT_ONLY = "only to be counted"
CONFIRM, SHOW, NOBODY = "Confirm who says so", "Quotes shown", "Quotes that name nobody"
POSSIBLE = "“Confirm all shown” leaves the possible ones as they are: tick those that you agree with."


@dataclass(frozen=True, slots=True)
class Listed:
    """One quote of a point with its number from 1; ``possible`` where its author only possibly says so.

    The words of a private reply that is ``counted`` may not be quoted, so they are not here.
    """

    number: int
    quote: Quote
    possible: bool
    counted: bool = False

    @property
    def option(self) -> str:
        """What stands for it in a select."""
        return option_text(f"{self.number}. {NOT_QUOTED if self.counted else self.quote.text or REFUSED}")


@dataclass(frozen=True, slots=True)
class PointView:
    """What a point's card shows: ``links`` are addresses by message id, ``note`` is a line of our own at the top.

    ``retold`` are the words of private replies that a facilitator may only say in their own words.
    """

    draft: Draft
    point: KeyPoint
    links: Mapping[str, str] = field(default_factory=dict)
    page: int = 0
    note: str = ""
    retold: Mapping[str, str] = field(default_factory=dict)


def listed(point: KeyPoint) -> tuple[Listed, ...]:
    """Everybody who says so or possibly does, supporters first."""
    quotes = [*((quote, False) for quote in point.quotes), *((quote, True) for quote in point.possible)]
    told = [Listed(number, quote, possible) for number, (quote, possible) in enumerate(quotes, 1)]
    apart = (Quote(message, "", private=True) for message in point.counted)
    return (*told, *(Listed(number, quote, False, True) for number, quote in enumerate(apart, len(told) + 1)))


def on_page(point: KeyPoint, page: int) -> tuple[Listed, ...]:
    """The quotes of one page; a page past either end gives the nearest."""
    everybody = listed(point)
    first = min(max(page, 0), pages_of(point) - 1) * QUOTES_A_PAGE
    return everybody[first : first + QUOTES_A_PAGE]


def pages_of(point: KeyPoint) -> int:
    """How many pages a point's quotes take, one at least."""
    return max(1, -(-len(listed(point)) // QUOTES_A_PAGE))


def point_card(view: PointView) -> ui.LayoutView:
    """The card of a point."""
    shown = on_page(view.point, view.page)

    def texts(length: int) -> list[str]:
        head = [view.note] if view.note else []
        quotes = "\n".join(_line(view, one, length) for one in shown)
        return [*head, _head(view, max(length, LENGTHS[-3])), quotes or "Nobody is left here.", *_foot(view)]

    return fitted(texts, _rows(view, shown))


def _head(view: PointView, length: int) -> str:
    point, review = view.point, review_of(view.point)
    numbers = [one.ref for one in view.draft.summary.points]
    number = numbers.index(point.ref) + 1 if point.ref in numbers else 0
    lines = [f"## Point {number} of {len(numbers)}", heading(point, length)]
    if review.words:
        lines.append(f"Found as: {marked(point.statement, length)}")
    lines.append(f"{KINDS[point.kind]}: {people_line(point)}.")
    if point.endorsements:
        lines.append(f"{plural(point.endorsements, 'more person', 'more people')} reacted with agreement.")
    if review.note:
        lines.append(f"Note: {plain(review.note, length)}")
    return "\n".join(lines)


def _line(view: PointView, one: Listed, length: int) -> str:
    review, message = review_of(view.point), one.quote.message
    states = [_standing(one, message in review.confirmed)]
    if one.counted:
        return f"{one.number}\\. {_apart(view, message, length)}: {', '.join(states)}"
    if one.quote.private:
        states.append("private reply")
    if not one.possible:
        states.append("names nobody" if message in review.unnamed else "not ticked as naming nobody")
        states += ["counted only"] if message in review.unquoted else []
    link = f" ([message]({view.links[message]}))" if message in view.links else ""
    return f"{one.number}\\. {marked(one.quote.text, length) if one.quote.text else REFUSED}{link}: {', '.join(states)}"


def _apart(view: PointView, message: str, length: int) -> str:
    """A private reply that may not be quoted: its words only where a facilitator may say them in other words."""
    words = view.retold.get(message)
    return f"{marked(words, length)} ({RETELL})" if words else f"{NOT_QUOTED} ({COUNT_ONLY})"


def _standing(one: Listed, confirmed: bool) -> str:
    if confirmed:
        return "confirmed"
    return "possible" if one.possible else "found by the program"


def _foot(view: PointView) -> list[str]:
    count = pages_of(view.point)
    lines = [f"Page {min(max(view.page, 0), count - 1) + 1} of {count} of the quotes."] if count > 1 else []
    if any(one.possible for one in on_page(view.point, view.page)):
        lines.append(POSSIBLE)
    return [" ".join(lines)] if lines else []


def _rows(view: PointView, shown: Sequence[Listed]) -> list[Row]:
    point, review = view.point, review_of(view.point)
    where = (view.draft.id, point.ref, view.page)
    supporters = [one for one in shown if not one.possible and not one.counted]
    rows: list[Row] = []
    if shown:
        rows.append(_many(CONFIRM, shown, set(review.confirmed), "review-confirm", *where))
    if supporters:
        messages = {one.quote.message for one in supporters}
        rows.append(_many(SHOW, supporters, messages - set(review.unquoted), "review-show", *where))
        rows.append(_many(NOBODY, supporters, set(review.unnamed), "review-nobody", *where))
        rows.append(ui.ActionRow(*(button(label, name, *where) for label, name in AT_ONCE)))
    rows.append(select("Kind", _kinds(point.kind), "review-kind", *where))
    rows.append(ui.ActionRow(*(button(label, name, *where) for label, name in FORMS)))
    steps = turns(view.page, pages_of(point), "review-point", view.draft.id, point.ref)
    rows.append(ui.ActionRow(*steps, button("Drop", "review-drop", *where), *_onwards(view)))
    return rows


def _onwards(view: PointView) -> list[Button]:
    """The way to the point after this one, and back to all of them."""
    refs = [point.ref for point in view.draft.summary.points]
    after = refs[refs.index(view.point.ref) + 1 :][:1] if view.point.ref in refs else []
    buttons = [button("Next point", "review-point", view.draft.id, ref, 0) for ref in after]
    return [*buttons, button("All points", "review-back", view.draft.id)]


AT_ONCE = (("Confirm all shown", "review-confirm-all"), ("All shown name nobody", "review-nobody-all"))
FORMS = (
    ("Reword", "review-reword"),
    ("Note", "review-note"),
    ("Move", "review-move"),
    ("Change a quote", "review-quote"),
    ("Merge with …", "review-merge"),
)


def _many(what: str, shown: Sequence[Listed], ticked: set[str], *route: object) -> Row:
    options = [
        discord.SelectOption(
            label=one.option,
            value=one.quote.message,
            default=one.quote.message in ticked,
        )
        for one in shown
    ]
    return select(what, options, *route, many=True)


def _kinds(current: Kind) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=label, value=str(kind), default=kind is current) for kind, label in KINDS.items()
    ]
