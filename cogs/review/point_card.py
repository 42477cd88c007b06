"""The card of one point, for the eyes of one reviewer: who says so, in which words, and what can be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import discord
from discord import ui

from bot.models.reviews import Draft
from bot.models.summaries import KeyPoint, Kind, Quote
from bot.text.words import plural
from cogs.review.texts import BY_PROGRAM, CONFIRMED, KINDS, LENGTHS, people_line, review_of
from cogs.summaries.texts import format_statement, mark_words, plain
from cogs.ui.cards import card, fit, space_texts
from cogs.ui.pages import Page, paginate
from cogs.ui.parts import Button, Row, button, option, pager, select

QUOTES_A_PAGE = 10
"""So many fit into one message with a link each; Discord's selects would take 25."""
NOT_QUOTED = "A private reply"
REFUSED = "A reply that may not be quoted"
RETELL = "not to be quoted: you may say it in your own words"
COUNT_ONLY = "only to be counted"
TITLE = "## Point {number} of {count}"
NAMES_NOBODY, NOT_TICKED, COUNTED = "names nobody", "not ticked as naming nobody", "counted only"
NEXT_POINT, ALL_POINTS = "Next point", "All points"
CONFIRM_ALL, ALL_NAME_NOBODY = "Confirm all shown", "All shown name nobody"
REWORD, NOTE, MOVE, CHANGE_QUOTE, MERGE = "Reword", "Note", "Move", "Change a quote", "Merge with …"
DROP = "Drop"
CONFIRM, SHOW, NOBODY = "Confirm who says so", "Quotes shown", "Quotes that name nobody"
POSSIBLE = "“Confirm all shown” leaves the possible ones as they are: tick those that you agree with."


@dataclass(frozen=True, slots=True)
class NumberedQuote:
    """One quote of a point with its number from 1; ``possible`` where its author only possibly says so.

    The words of a private reply that is ``counted`` may not be quoted, so they are not here.
    """

    number: int
    quote: Quote
    possible: bool
    counted: bool = False

    @property
    def label(self) -> str:
        """What stands for it in a select."""
        return f"{self.number}. {NOT_QUOTED if self.counted else self.quote.text or REFUSED}"


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


def list_quotes(point: KeyPoint) -> tuple[NumberedQuote, ...]:
    """List everybody who says so or possibly does, supporters first."""
    quotes = [*((quote, False) for quote in point.quotes), *((quote, True) for quote in point.possible)]
    quoted = [NumberedQuote(number, quote, possible) for number, (quote, possible) in enumerate(quotes, 1)]
    counted = (Quote(message, "", private=True) for message in point.counted)
    return (
        *quoted,
        *(NumberedQuote(number, quote, False, True) for number, quote in enumerate(counted, len(quoted) + 1)),
    )


def quotes_page(point: KeyPoint, page: int) -> Page[NumberedQuote]:
    """Return the quotes of one page; a page past either end gives the nearest."""
    return paginate(list_quotes(point), QUOTES_A_PAGE, page)


def point_card(view: PointView) -> ui.LayoutView:
    """Show a point."""
    shown = quotes_page(view.point, view.page)

    def build(length: int) -> list[str]:
        quotes = "\n".join(_line(view, listed, length) for listed in shown.items)
        return [view.note, _head(view, max(length, LENGTHS[-3])), quotes or "Nobody is left here.", _foot(shown)]

    return card(*space_texts(fit(build, LENGTHS)), *_rows(view, shown))


def _head(view: PointView, length: int) -> str:
    point, review = view.point, review_of(view.point)
    refs = [point.ref for point in view.draft.summary.points]
    number = refs.index(point.ref) + 1 if point.ref in refs else 0
    lines = [TITLE.format(number=number, count=len(refs)), format_statement(point, length)]
    if review.words:
        lines.append(f"Found as: {mark_words(point.statement, length)}")
    lines.append(f"{KINDS[point.kind]}: {people_line(point)}.")
    if point.endorsements:
        lines.append(f"{plural(point.endorsements, 'more person', 'more people')} reacted with agreement.")
    if review.note:
        lines.append(f"Note: {plain(review.note, length)}")
    return "\n".join(lines)


def _line(view: PointView, listed: NumberedQuote, length: int) -> str:
    review, message = review_of(view.point), listed.quote.message
    states = [_format_standing(listed, message in review.confirmed)]
    if listed.counted:
        return f"{listed.number}\\. {_private_line(view, message, length)}: {', '.join(states)}"
    if listed.quote.private:
        states.append("private reply")
    if not listed.possible:
        states.append(NAMES_NOBODY if message in review.unnamed else NOT_TICKED)
        states += [COUNTED] if message in review.unquoted else []
    link = f" ([message]({view.links[message]}))" if message in view.links else ""
    words = mark_words(listed.quote.text, length) if listed.quote.text else REFUSED
    return f"{listed.number}\\. {words}{link}: {', '.join(states)}"


def _private_line(view: PointView, message: str, length: int) -> str:
    """Show a private reply that may not be quoted: its words only where a facilitator may say them in other words."""
    words = view.retold.get(message)
    return f"{mark_words(words, length)} ({RETELL})" if words else f"{NOT_QUOTED} ({COUNT_ONLY})"


def _format_standing(listed: NumberedQuote, confirmed: bool) -> str:
    if confirmed:
        return CONFIRMED
    return "possible" if listed.possible else BY_PROGRAM


def _foot(shown: Page[NumberedQuote]) -> str:
    lines = [f"Page {shown.number + 1} of {shown.count} of the quotes."] if shown.count > 1 else []
    if any(listed.possible for listed in shown.items):
        lines.append(POSSIBLE)
    return " ".join(lines)


def _rows(view: PointView, shown: Page[NumberedQuote]) -> list[Row]:
    point, review = view.point, review_of(view.point)
    where = (view.draft.id, point.ref, view.page)
    supporters = [listed for listed in shown.items if not listed.possible and not listed.counted]
    rows: list[Row] = []
    if shown.items:
        rows.append(_many(CONFIRM, shown.items, set(review.confirmed), "review-confirm", *where))
    if supporters:
        messages = {listed.quote.message for listed in supporters}
        rows.append(_many(SHOW, supporters, messages - set(review.unquoted), "review-show", *where))
        rows.append(_many(NOBODY, supporters, set(review.unnamed), "review-nobody", *where))
        rows.append(Row(*(button(label, name, *where) for label, name in AT_ONCE)))
    rows.append(select("Kind", _kinds(point.kind), "review-kind", *where))
    rows.append(Row(*(button(label, name, *where) for label, name in FORMS)))
    steps = pager(shown.number, shown.count, "review-point", view.draft.id, point.ref)
    rows.append(Row(*steps, button(DROP, "review-drop", *where), *_onwards(view)))
    return rows


def _onwards(view: PointView) -> list[Button]:
    """Make the way to the point after this one, and back to all of them."""
    refs = [point.ref for point in view.draft.summary.points]
    after = refs[refs.index(view.point.ref) + 1 :][:1] if view.point.ref in refs else []
    buttons = [button(NEXT_POINT, "review-point", view.draft.id, ref, 0) for ref in after]
    return [*buttons, button(ALL_POINTS, "review-back", view.draft.id)]


AT_ONCE = ((CONFIRM_ALL, "review-confirm-all"), (ALL_NAME_NOBODY, "review-nobody-all"))
FORMS = (
    (REWORD, "review-reword"),
    (NOTE, "review-note"),
    (MOVE, "review-move"),
    (CHANGE_QUOTE, "review-quote"),
    (MERGE, "review-merge"),
)


def _many(what: str, shown: Sequence[NumberedQuote], ticked: set[str], *route: object) -> Row:
    options = [option(listed.label, listed.quote.message, chosen=listed.quote.message in ticked) for listed in shown]
    return select(what, options, *route, many=True)


def _kinds(current: Kind) -> list[discord.SelectOption]:
    return [option(label, kind, chosen=kind is current) for kind, label in KINDS.items()]
