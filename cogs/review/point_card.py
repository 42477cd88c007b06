"""The card of one point, for the eyes of one reviewer: its people, who may say it too, and three buttons."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.models.reviews import Draft
from bot.models.summaries import KeyPoint, Quote, Role
from bot.services.summaries.drafts import DraftWords
from bot.summaries.output.counts import format_with_others
from bot.summaries.output.point_groups import point_heading
from bot.summaries.review.supporters import list_unplaced, review_of
from cogs.review.draft_card import UNPLACED
from cogs.review.texts import CONFIRMED, KINDS, LENGTHS, NOT_TICKED, ROLES, UNCHECKED, people_line
from cogs.summaries.texts import format_statement, format_words, mark_words
from cogs.ui.cards import Part, card, fit, space_texts
from cogs.ui.limits import MOST_CHARACTERS, count_units
from cogs.ui.pages import Page, paginate
from cogs.ui.parts import Button, Row, button, option, pager, select

QUOTES_A_PAGE = 10
"""So many fit into one message with a link each; Discord's selects would take 25."""
NOT_QUOTED = "A private reply"
REFUSED = "A reply that may not be quoted"
RETELL = "not to be quoted: you may say it in your own words"
COUNT_ONLY = "only to be counted"
TITLE = "## Point {number} of {count}"
NAMES_NOBODY, COUNTED = "no names", "counted only"
CONFIRM_ALL, NEXT_POINT, MORE = "They say this. No names here.", "Next point", "More"
ALL_POINTS = "All points"
GROUP = "**These {count} may be saying the same thing.** Tick who says it too:"
PERHAPS = "**Perhaps also:**"
SO_FAR = "**Counted so far:**"
TICK, CHOOSE = "Who says it too?", "Choose everyone who says it"
OPPOSED = "**A program thinks that these say the opposite.** Nobody has checked that:"
MOST_OPPOSED = 3
LIST_NAME = "**{name}**"
"""What is above a list: Discord hides the list's own words as soon as something is chosen in it."""
NOBODY_LEFT = "There’s nobody left here."


@dataclass(frozen=True, slots=True)
class NumberedQuote:
    """One quote of a point with its number from 1; ``possible`` where the program only proposes it.

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
    """What a point's card shows: the words that a reviewer may read, and a line of our own at the top."""

    draft: Draft
    point: KeyPoint
    words: DraftWords
    page: int = 0
    note: str = ""


def list_quotes(point: KeyPoint) -> tuple[NumberedQuote, ...]:
    """List everybody who says so, then whom the program proposes."""
    counted = tuple(Quote(message, "", private=True) for message in point.counted)
    return tuple(
        NumberedQuote(number, quote, number > len(point.quotes) + len(counted), quote in counted)
        for number, quote in enumerate((*point.quotes, *counted, *point.possible), 1)
    )


def quotes_page(point: KeyPoint, page: int) -> Page[NumberedQuote]:
    """Return the quotes of one page; a page past either end gives the nearest."""
    return paginate(list_quotes(point), QUOTES_A_PAGE, page)


def mark_seen(point: KeyPoint, quote: Quote) -> str:
    """Return four characters for a reply in these words under this heading, so that a button can say what was shown."""
    shown = "\0".join((point_heading(point), quote.message, quote.text))
    digest = hashlib.blake2b(shown.encode(errors="surrogatepass"), digest_size=3).digest()
    return base64.urlsafe_b64encode(digest).decode()


def list_supporters(shown: Iterable[NumberedQuote]) -> list[NumberedQuote]:
    """List those whom a reviewer can confirm from what they read: a reply of which nothing may be read is none."""
    return [listed for listed in shown if not listed.possible and not listed.counted]


def point_card(view: PointView) -> ui.LayoutView:
    """Show a point with what can be pressed at once; the rest is behind "More"."""
    shown = quotes_page(view.point, view.page)
    return card(*space_texts(point_texts(view, shown, [TICK])), *_rows(view, shown))


def point_texts(view: PointView, shown: Page[NumberedQuote], lists: Sequence[str]) -> Sequence[str]:
    """Write the point, its people, and who may say it too, as much of each as fits beside the names of ``lists``."""

    def build(length: int) -> list[str]:
        return [view.note, _head(view, max(length, LENGTHS[-3])), *_people(view, shown, length), _foot(shown)]

    room = MOST_CHARACTERS - sum(count_units(name_list(name)) for name in lists)
    return fit(build, LENGTHS, most=room)


def name_list(name: str) -> str:
    """Write the line above a list that says what is chosen in it."""
    return LIST_NAME.format(name=name)


def _head(view: PointView, length: int) -> str:
    point, review = view.point, review_of(view.point)
    refs = [point.ref for point in view.draft.summary.points]
    number = refs.index(point.ref) + 1 if point.ref in refs else 0
    lines = [TITLE.format(number=number, count=len(refs)), format_statement(point, length)]
    if review.words:
        lines.append(f"Found as: {mark_words(point.statement, length)}")
    lines.append(f"{KINDS[point.kind]}: {people_line(point)}.")
    if others := format_with_others(point):
        lines.append(others)
    if review.note:
        lines.append(f"Note: {format_words(review.note, length)}")
    return "\n".join(lines)


def _people(view: PointView, shown: Page[NumberedQuote], length: int) -> list[str]:
    """Write who says so; below, the draft group with its heading, and further words that may be worth a look."""
    grouped = [listed for listed in shown.items if listed.quote.role is Role.GROUPED]
    other = [listed for listed in shown.items if listed.possible and listed not in grouped]
    here = [listed for listed in shown.items if not listed.possible]
    one_thing = GROUP.format(count=len(view.point.quotes) + len(view.point.counted) + len(view.point.group))
    so_far = SO_FAR if len(here) < len(shown.items) else ""
    parts = ((so_far, here), (one_thing, grouped), (PERHAPS, other))
    texts = [
        "\n".join([*([title] if title else []), *(_line(view, listed, length) for listed in listed_here)])
        for title, listed_here in parts
        if listed_here
    ]
    opposed = _list_opposed(view)
    if opposed:
        lines = (f"- {mark_words(quote.text, length)}{_link(view, quote.message)}" for quote in opposed)
        texts.append("\n".join([OPPOSED, *lines]))
    return texts or [NOBODY_LEFT]


def _list_opposed(view: PointView) -> list[Quote]:
    """List what a language model takes to contradict the words of the point, or of its draft group."""
    here = {(quote.message, quote.text) for quote in (*view.point.quotes, *view.point.group)}
    pairs = [(quote, other) for pair in view.draft.summary.opposed for quote, other in (pair, pair[::-1])]
    opposed = [other for quote, other in pairs if (quote.message, quote.text) in here and other.text]
    return [other for other in dict.fromkeys(opposed) if (other.message, other.text) not in here][:MOST_OPPOSED]


def _link(view: PointView, message: str) -> str:
    return f" ([message]({view.words.links[message]}))" if message in view.words.links else ""


def _line(view: PointView, listed: NumberedQuote, length: int) -> str:
    review, message = review_of(view.point), listed.quote.message
    states = [] if listed.possible else [CONFIRMED if message in review.confirmed else UNCHECKED]
    if listed.counted:
        return f"{listed.number}\\. {_private_line(view, message, length)}: {', '.join(states)}"
    if not listed.possible:
        states.insert(0, ROLES.get(listed.quote.role, ROLES[Role.WROTE]))
        if message in (*review.confirmed, *review.unnamed):  # else nothing of it was checked, which is said already
            states.append(NAMES_NOBODY if message in review.unnamed else NOT_TICKED)
        states += [COUNTED] if message in review.unquoted else []
    states += ["private reply"] if listed.quote.private else []
    words = mark_words(listed.quote.text, length) if listed.quote.text else REFUSED
    return f"{listed.number}\\. {words}{_link(view, message)}{': ' if states else ''}{', '.join(states)}"


def _private_line(view: PointView, message: str, length: int) -> str:
    """Show a private reply that may not be quoted: its words only where a facilitator may say them in other words."""
    words = view.words.retold.get(message)
    return f"{mark_words(words, length)} ({RETELL})" if words else f"{NOT_QUOTED} ({COUNT_ONLY})"


def _foot(shown: Page[NumberedQuote]) -> str:
    return f"Page {shown.number + 1} of {shown.count} of the quotes." if shown.count > 1 else ""


def _rows(view: PointView, shown: Page[NumberedQuote]) -> list[Part]:
    where = (view.draft.id, view.point.ref, shown.number)
    possible = [listed for listed in shown.items if listed.possible]
    rows: list[Part] = []
    if possible:
        options = [option(listed.label, listed.quote.message) for listed in possible]
        rows.append(name_list(TICK))
        rows.append(select(CHOOSE, options, "review-too", *where, many=True, least=1))
    rows.append(Row(*_confirm(view, shown), *next_step_buttons(view), button(MORE, "review-more", *where)))
    steps = pager(shown.number, shown.count, "review-point", view.draft.id, view.point.ref)
    return [*rows, Row(*steps)] if steps else rows


def _confirm(view: PointView, shown: Page[NumberedQuote]) -> list[Button]:
    """Make the button that checks everybody on this page: it carries what is shown, and nothing else is confirmed."""
    supporters, review = list_supporters(shown.items), review_of(view.point)
    if not supporters:
        return []
    seen = "".join(mark_seen(view.point, listed.quote) for listed in supporters)
    done = {listed.quote.message for listed in supporters}.issubset({*review.confirmed}.intersection(review.unnamed))
    style = discord.ButtonStyle.secondary if done else discord.ButtonStyle.primary
    where = (view.draft.id, view.point.ref, shown.number)
    return [button(CONFIRM_ALL, "review-say", *where, seen, style=style, disabled=done)]


def next_step_buttons(view: PointView) -> list[Button]:
    """Make the way to the point after this one; after the last, to the replies in no point, or back to all points."""
    refs = [point.ref for point in view.draft.summary.points]
    after = refs[refs.index(view.point.ref) + 1 :][:1] if view.point.ref in refs else []
    if after:
        return [button(NEXT_POINT, "review-point", view.draft.id, after[0], 0)]
    unplaced = len(list_unplaced(view.draft.summary, view.draft.held))
    if unplaced:
        return [button(UNPLACED.format(count=unplaced), "review-unplaced", view.draft.id, 0)]
    return [button(ALL_POINTS, "review-back", view.draft.id)]
