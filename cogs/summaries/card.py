"""The card that shows one page of a summary, always within Discord's limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import discord
from discord import ui

from bot.models.summaries import Disagreement, KeyPoint, Quote, Summary
from bot.summaries.disclosure.staff_groups import format_table
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.counts import (
    ALSO_RAISED,
    NOT_A_SURVEY,
    ONE_THING,
    UNCHECKED_PART,
    WITH_POINT,
    count_authors,
    format_standing,
    format_tapped,
    format_turnout,
    has_presses,
    is_checked,
)
from bot.summaries.output.plain_text import NOT_QUOTED, format_sorting, format_unquoted_points, list_coverage
from bot.summaries.output.point_groups import is_reviewed, point_heading
from bot.summaries.output.returning_themes import ThemeAcrossWeeks, format_briefly
from bot.summaries.review.publication import format_checking
from bot.text.words import count_people, plural
from cogs.summaries.pages import (
    Details,
    FirstScreen,
    Item,
    MoreRaised,
    NumberedPoint,
    Page,
    Raised,
    UnquotedRaised,
    split_pages,
)
from cogs.summaries.pictures import PICTURE
from cogs.summaries.supporters import who_says_so
from cogs.summaries.texts import (
    CardLimits,
    format_balance,
    format_brief_point,
    format_disagreement,
    format_method,
    format_point,
    format_questions,
    format_returning_themes,
    format_split,
    format_statement,
    plain,
)
from cogs.ui.cards import Part, Space, card, fit_groups, picture, sections
from cogs.ui.pages import paginate
from cogs.ui.parts import Button, Row, button, pager

ROOMS = (
    *(CardLimits(length) for length in (600, 400, 300, 220, 160, 120, 80, 50, 30)),
    *(CardLimits(30, quotes=1), CardLimits(30, quotes=1, links=False), CardLimits(30, quotes=0, links=False)),
)
"""How much is shown of each part; the first of these at which the page fits is taken."""
LONGEST_QUESTION, LONGEST_FIRST_QUESTION = 300, 120
LONGEST_BRIEF, LONGEST_LINE = 90, 220
"""Characters of a heading on the first screen, and of what one person raised: two lines and five on a phone."""

PREPARING = "A summary of this thread will be shown here in a moment."
OBJECTION = "That’s not what I meant"
READ_ALL = "Read all"
NO_REPLIES = "All the replies have been deleted, so there’s nothing left to show."
NO_POINTS = "We found no key points. The replies are very short, or there are too few."
TITLE = "## What people said"
MORE_POINTS = "-# {points} in the full summary."
WROTE, TAPPED = "{people} wrote · {standing}", "{people} wrote, {tapped:,} tapped · {standing}"
CAME_LATE = "{replies} came after the question closed."
ABOUT = "### About this summary"
MORE_RAISED = "- There’s more in the files from /summary export."


@dataclass(frozen=True, slots=True)
class CardDetails:
    """What a card says beside what was found. ``question`` is the prompt's; ``date`` says when it was made.

    ``wrote`` counts the people who wrote in the thread, 0 where nobody knows. ``links`` holds addresses of messages by
    the quotes' message ids; it is empty where others see the card. ``late`` counts the replies that came after closing.
    ``note`` is a line of our own at the top. ``span`` tells the dates of the first and the last reply, ``changes`` how
    many changes a person made, ``outdated`` what changed since. ``courses`` says of points, by their statement, how
    they went over several prompts, and ``comes_back`` are themes that come back in several. ``alt`` is the picture's
    alternative text; without it the card has no picture, else the message has it as the attachment PICTURE.
    ``objection`` is the route of the button OBJECTION, which is left out without it.
    """

    question: str
    summary: Summary
    date: str
    late: int = 0
    links: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    span: str = ""
    changes: int = 0
    outdated: str = ""
    courses: Mapping[str, str] = field(default_factory=dict)
    alt: str = ""
    objection: str = ""
    wrote: int = 0
    comes_back: Sequence[ThemeAcrossWeeks] = ()


def summary_card(
    shown: CardDetails,
    number: int,
    pages: Sequence[object],
    *,
    after: tuple[object, ...] = (),
    who: Sequence[object] = (),
) -> ui.LayoutView:
    """Show one page of a summary, counted from 0; a number past either end gives the nearest page.

    The first has what matters most, and a button that leads to the others. ``pages`` is the route of the buttons that
    lead to other pages, which end with the page and ``after``; ``who`` is that of the select "Who says so", which is
    left out without it. Raises ValueError where even the shortest form of the page does not fit, which bounded
    summaries never reach.
    """
    page = paginate(split_pages(shown.summary, shown.comes_back), 1, number)
    is_first, is_last = page.number == 0, page.number == page.count - 1

    def build(room: CardLimits) -> list[list[str]]:
        room = replace(room, addresses=shown.links)
        body = list(_body(shown, page.items[0], room))
        return [
            list(_head(shown, is_first)),
            body,
            list(_staff(shown, is_last)),
            list(_foot(shown, page.sentence, is_first)),
        ]

    head, *rest = fit_groups(build, ROOMS)
    pictures: list[Part] = [picture(PICTURE, shown.alt)] if shown.alt and is_first else []
    buttons = _buttons(page.number, page.count, pages, after)
    if shown.objection:
        buttons.append(button(OBJECTION, shown.objection))
    rows = [who_says_so(shown.summary, *who)] if who and not is_first else []
    rows += [Row(*buttons)] if buttons else []
    return card(*sections(head), *pictures, Space.LINE, *sections(*rest), *filter(None, rows))


def shared_summary_card(question: str, record: Record, alt: str) -> ui.LayoutView:
    """Show the first screen of a shared summary, with the way to all of it and the button that objects to it."""
    shown = replace(describe_record(question, record), alt=alt, objection="objection")
    return summary_card(shown, 0, ("summary-shared",))


def shared_summary_page(question: str, record: Record, message_id: int, page: int) -> ui.LayoutView:
    """Show one reader a page of a shared summary, which is in the message with this id."""
    pages, who = ("summary-read", message_id), ("summary-read-who", message_id)
    return summary_card(describe_record(question, record), page, pages, who=who)


def describe_record(question: str, record: Record) -> CardDetails:
    """Say what a card of a shared summary says beside what was found."""
    return CardDetails(
        question=question,
        summary=record.summary,
        date=record.date,
        late=record.late,
        note=record.changed,
        span=record.span,
        changes=record.changes,
        outdated=record.outdated,
        wrote=count_authors(record.held),
    )


def preparing_card() -> ui.LayoutView:
    """Show what stands where a summary is about to be shown."""
    return card(PREPARING)


def is_preparing(message: discord.Message) -> bool:
    """Say whether a message is such a card still."""
    return any(PREPARING in str(part.to_dict()) for part in message.components)


def _buttons(number: int, count: int, pages: Sequence[object], after: tuple[object, ...]) -> list[Button]:
    """Lead from the first screen to all of the summary, and there from page to page."""
    if number == 0:
        return [button(READ_ALL, *pages, 1, *after)]
    return pager(number, count, *pages, after=after)


def _head(shown: CardDetails, is_first: bool) -> Iterator[str]:
    if lines := [line for line in (shown.note, shown.outdated) if line]:
        yield "\n".join(lines)
    question = plain(shown.question, LONGEST_FIRST_QUESTION if is_first else LONGEST_QUESTION)
    yield "\n".join([TITLE, question, *([_standing(shown)] if is_first else [])])


def _standing(shown: CardDetails) -> str:
    """Say in a line how many people wrote, and how far the summary is checked."""
    people = count_people(shown.wrote or shown.summary.coverage.people)
    line = WROTE if shown.summary.tapped is None else TAPPED
    return line.format(people=people, tapped=shown.summary.tapped, standing=format_standing(shown.summary))


def _about(shown: CardDetails) -> Iterator[str]:
    """Say what was read, when, and how."""
    coverage = shown.summary.coverage
    yield ABOUT
    took_part = format_turnout(coverage.people, shown.wrote), format_tapped(shown.summary.tapped)
    yield " ".join([*filter(None, took_part), *list_coverage(coverage)])
    yield " ".join(line for line in (shown.span, f"Made on {shown.date}.") if line)
    if shown.late:
        yield CAME_LATE.format(replies=plural(shown.late, "reply", "replies"))
    if shown.summary.balance is not None:
        yield format_balance(shown.summary.balance)
    yield from filter(None, (format_method(shown.summary), plain(format_sorting(shown.summary), LONGEST_LINE)))


def _staff(shown: CardDetails, is_last: bool) -> Iterator[str]:
    if is_last and shown.summary.staff is not None:
        yield format_table(shown.summary.staff)


def _foot(shown: CardDetails, place: str, is_first: bool) -> Iterator[str]:
    if not is_first:
        yield f"{place} {format_checking(shown.summary, shown.changes)}"


def _body(shown: CardDetails, page: Page, room: CardLimits) -> Iterator[str]:
    """Write the page's texts: each point with its group's title above the first, then the lists."""
    if isinstance(page[0], FirstScreen):
        yield from _first_screen(shown, page[0], room)
        return
    title = ""
    for numbered in (item for item in page if isinstance(item, NumberedPoint)):
        group, title = (f"**{numbered.title}**\n" if numbered.title != title else ""), numbered.title
        course = shown.courses.get(numbered.point.statement, "")
        yield group + format_point(numbered.number, numbered.point, room, course)
    if has_presses(item.point for item in page if isinstance(item, NumberedPoint)):
        yield NOT_A_SURVEY
    if not is_reviewed(shown.summary):
        yield from _lists(page, room)
    else:
        yield from _lists([item for item in page if _is_checked(item)], room)
        if unchecked := list(_lists([item for item in page if not _is_checked(item)], room)):
            yield f"## {UNCHECKED_PART}"
            yield from unchecked
    if any(isinstance(item, Details) for item in page):
        yield "\n".join(_about(shown))


def _lists(items: Sequence[Item], room: CardLimits) -> Iterator[str]:
    """Write what comes back, on what people differ, what single people raised, and what people asked."""
    if again := [item for item in items if isinstance(item, ThemeAcrossWeeks)]:
        yield format_returning_themes(again, room)
    for item in items:
        if isinstance(item, Disagreement):
            yield format_disagreement(item, room)
    yield from _raised(items, room)
    if questions := [item for item in items if isinstance(item, Quote)]:
        yield format_questions(questions, room)


def _is_checked(item: Item) -> bool:
    """Say whether a person confirmed what one person raised; nobody can tick anything else that is listed."""
    return isinstance(item, Raised) and isinstance(item.words, KeyPoint) and is_checked(item.words)


def _first_screen(shown: CardDetails, first: FirstScreen, room: CardLimits) -> Iterator[str]:
    """Write the points that most people made, and on what people differ."""
    length = min(room.length, LONGEST_BRIEF)
    if not shown.summary.points and not first.raised:
        yield NO_POINTS if shown.summary.coverage.held else NO_REPLIES
    yield from (format_brief_point(point, length) for point in first.shared)
    reviewed = is_reviewed(shown.summary)
    if raised := [point for point in first.raised if is_checked(point) or not reviewed]:
        yield "\n".join([f"**{ALSO_RAISED}**", *(_line(point, length, room) for point in raised)])
    yield format_split(shown.summary.disagreements, length, beside_checked=reviewed)
    rest = [point for point in first.rest if point.is_shared or is_checked(point) or not reviewed]
    if more := sum(point_heading(point) != NOT_QUOTED for point in rest):
        yield MORE_POINTS.format(points=plural(more, "more point", "more points"))
    if again := format_briefly(shown.comes_back):
        yield plain(again, LONGEST_LINE)
    if helped := format_sorting(shown.summary):
        yield f"-# {plain(helped, LONGEST_LINE)}"


def _raised(page: Sequence[Item], room: CardLimits) -> Iterator[str]:
    """Write what single people raised as lines, what may be about one thing under a title of its own."""
    raised = [item for item in page if isinstance(item, Raised)]
    head = f"### {ALSO_RAISED}"
    for (beside, is_shared), group in groupby(raised, key=lambda item: (item.beside, item.is_shared)):
        title = WITH_POINT.format(number=beside) if is_shared else ONE_THING if beside else ""
        lines = [_line(item.words, min(room.length, LONGEST_LINE), room) for item in group]
        yield "\n".join(line for line in (head, title, *lines) if line)
        head = ""
    if any(isinstance(item, MoreRaised) for item in page):
        yield MORE_RAISED
    for item in page:
        if isinstance(item, UnquotedRaised):
            yield f"{head}\n- {format_unquoted_points(item.points)}".lstrip()


def _line(words: KeyPoint | Quote, length: int, room: CardLimits) -> str:
    if isinstance(words, Quote):
        return f"- {replace(room, length=length).quoted(words)}"
    return f"- {format_statement(words, length)}{room.link(words.quotes[0]) if words.quotes else ''}"
