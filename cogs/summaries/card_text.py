"""The text of a summary's card, part by part; the card itself knows Discord's limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from bot.models.summaries import Disagreement, KeyPoint, Quote, Summary
from bot.summaries.disclosure.staff_groups import format_table
from bot.summaries.output.counts import (
    ALSO_RAISED,
    NOT_A_SURVEY,
    ONE_THING,
    UNCHECKED_PART,
    WITH_POINT,
    format_standing,
    format_tapped,
    format_turnout,
    has_presses,
)
from bot.summaries.output.plain_text import NOT_QUOTED, format_sorting, format_unquoted_points, list_coverage
from bot.summaries.output.point_groups import is_checked, is_reviewed, point_heading
from bot.summaries.output.returning_themes import ThemeAcrossWeeks, format_briefly
from bot.summaries.review.publication import format_checking
from bot.text.words import count_people, plural
from cogs.summaries.pages import Details, FirstScreen, Item, MoreRaised, NumberedPoint, Page, Raised, UnquotedRaised
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
    format_words,
)

LONGEST_QUESTION, LONGEST_FIRST_QUESTION = 300, 120
LONGEST_BRIEF, LONGEST_LINE = 90, 220
"""Characters of a heading on the first screen, and of what one person raised: two lines and five on a phone."""
SPARED = 30
"""So many more are shown on the first screen rather than a heading cut by its last words."""
NO_REPLIES = "All the replies have been deleted, so there’s nothing left to show."
NO_POINTS = "We found no key points. The replies are very short, or there are too few."
TITLE = "## What people said"
MORE_POINTS = "-# {points} in the full summary."
WROTE, TAPPED = "{people} wrote · {standing}", "{people} wrote, {tapped:,} tapped · {standing}"
MADE = "{standing} · {date}"
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


def write_head(shown: CardDetails, is_first: bool) -> Iterator[str]:
    """Write the notes of our own, the title, the question, and on the first screen how far it is checked."""
    if lines := [line for line in (shown.note, shown.outdated) if line]:
        yield "\n".join(lines)
    question = format_words(shown.question, LONGEST_FIRST_QUESTION if is_first else LONGEST_QUESTION)
    yield "\n".join([TITLE, question, *([_standing(shown)] if is_first else [])])


def _standing(shown: CardDetails) -> str:
    """Say in a line how many people wrote, how far the summary is checked, and on which day it counts them."""
    people = count_people(shown.wrote or shown.summary.coverage.people)
    line = WROTE if shown.summary.tapped is None else TAPPED
    said = line.format(people=people, tapped=shown.summary.tapped, standing=format_standing(shown.summary))
    return MADE.format(standing=said, date=shown.date)


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
    yield from filter(None, (format_method(shown.summary), format_words(format_sorting(shown.summary), LONGEST_LINE)))


def write_staff(shown: CardDetails, is_last: bool) -> Iterator[str]:
    """Write below the last page how many of each staff group took part."""
    if is_last and shown.summary.staff is not None:
        yield format_table(shown.summary.staff)


def write_foot(shown: CardDetails, place: str, is_first: bool) -> Iterator[str]:
    """Write below each further page which it is, and how far the summary is checked."""
    if not is_first:
        yield f"{place} {format_checking(shown.summary, shown.changes)}"


def write_body(shown: CardDetails, page: Page, room: CardLimits) -> Iterator[str]:
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
    for point in first.shared:
        spared = SPARED if len(point_heading(point)) <= length + SPARED else 0
        yield format_brief_point(point, length + spared)
    reviewed = is_reviewed(shown.summary)
    if raised := [point for point in first.raised if is_checked(point) or not reviewed]:
        yield "\n".join([f"**{ALSO_RAISED}**", *(_line(point, length, room) for point in raised)])
    yield format_split(shown.summary.disagreements, length, beside_checked=reviewed)
    rest = [point for point in first.rest if point.is_shared or is_checked(point) or not reviewed]
    if more := sum(point_heading(point) != NOT_QUOTED for point in rest):
        yield MORE_POINTS.format(points=plural(more, "more point", "more points"))
    if again := format_briefly(shown.comes_back):
        yield format_words(again, LONGEST_LINE)
    if helped := format_sorting(shown.summary):
        yield f"-# {format_words(helped, LONGEST_LINE)}"


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
