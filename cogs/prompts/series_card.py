"""The card of a series, with its buttons, and the list of a server's series."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.client import Bot
from bot.models.library import Source
from bot.models.prompts import Series, SeriesState
from bot.outcomes.points import format_open
from bot.prompts.schedule import decide
from bot.services.outcomes import list_answered
from bot.services.prompts import find_first_ready
from bot.services.series import count_shared_excerpts, next_date
from bot.text.markdown import escape
from bot.text.words import plural
from cogs.library.autocomplete import source_lines
from cogs.library.cards import CHECK_DETAILS, make_series_label
from cogs.library.origins import SERIES
from cogs.prompts.autocomplete import series_line
from cogs.prompts.lists import series_status
from cogs.ui.cards import card, text_card
from cogs.ui.limits import MOST_OPTIONS
from cogs.ui.pages import paginate
from cogs.ui.parts import Button, Row, button, button_rows, option, pager, select

START, PAUSE, RESUME, STOP = "Start", "Pause", "Resume", "Stop for good"
SKIP_DATE, SKIP_EXCERPT = "Skip next date", "Skip next excerpt"
ORDER, CHANGE, DATES = "Excerpts in order", "Change", "Dates and people"
ALL_SERIES, NEW_SERIES = "All series", "New series"
NO_SERIES_YET = "## Series\nThere’s no series yet. Mark excerpts in /library, or make one of a whole report here."
NO_REPORTS = "There’s no report yet. Add one with /library."
GIVE_QUESTION = "Give excerpt {number} a question"
TWICE = "Note: {passages} here also {wait} in “{title}”. If you don’t want to ask twice, press “Excerpts in order”."
MOST_SHARED = 3
WHICH_REPORT = "## New series\nChoose the report. To pick single excerpts, mark them in /library first."


async def series_card(bot: Bot, series: Series, *, note: str = "") -> ui.LayoutView:
    """Show all that there is to see of a series, with what can be done with it."""
    store = bot.store
    waiting = await store.library.excerpts_of(series.guild_id, series.waiting_ids)
    lacking = await store.library.undescribed(series.guild_id, series.waiting_ids)
    now = discord.utils.utcnow()
    coming = await find_first_ready(store, series, waiting)
    text = series_status(
        series,
        await store.prompts.of_series(series.id),
        waiting,
        decide(series, now),
        await store.replies.people_in_series(series.id),
        coming=coming,
        answers=format_open(await list_answered(store, series)),
        lacking=lacking,
    )
    shared = await count_shared_excerpts(store, series)
    twice = [
        TWICE.format(
            passages=plural(count, "passage"), wait="waits" if count == 1 else "wait", title=escape(other.title)
        )
        for other, count in shared[:MOST_SHARED]
    ]
    note = "\n".join(part for part in (note, *twice) if part)
    ways = Row(button(ALL_SERIES, "series-list", 0), button(NEW_SERIES, "series-new", 0))
    if series.state is SeriesState.STOPPED:
        return card(note, text, ways, framed=False)
    marked = len(await store.excerpt_marks.of_guild(series.guild_id))
    if marked:
        ways.add_item(
            button(f"Add the {marked} marked" if marked > 1 else "Add the marked one", "series-add", series.id)
        )
    for source in lacking[:1]:
        ways.add_item(button(CHECK_DETAILS, "library-details", source.id))
    unasked = [excerpt for excerpt in waiting if not excerpt.question.strip()]
    needs_question = bool(unasked) and coming is None
    style = discord.ButtonStyle.primary if needs_question else discord.ButtonStyle.secondary
    skips = [
        button(
            GIVE_QUESTION.format(number=each.position), "library-show", each.id, SERIES.format(series.id), style=style
        )
        for each in unasked[:1]
    ]
    if day := next_date(series, now):
        skips.append(button(SKIP_DATE, "series-skip-date", series.id, day.isoformat()))
    if coming is not None:
        skips.append(button(SKIP_EXCERPT, "series-skip-excerpt", series.id, coming.id))
    return card(
        note, text, Row(*_buttons(series, needs_question=needs_question)), *button_rows(skips), ways, framed=False
    )


def series_list(series: Sequence[Series], number: int, marked: int) -> ui.LayoutView:
    """Show one page of a server's series, the newest first, to choose from."""
    new = [button(NEW_SERIES, "series-new", 0)]
    if marked:
        new.append(button(make_series_label(marked), "series-marked"))
    if not series:
        return card(NO_SERIES_YET, Row(*new))
    page = paginate(series, MOST_OPTIONS, number)
    lines = "\n".join(f"- {escape(series_line(each))}" for each in page.items)
    choose = select("Open a series", [option(series_line(each), each.id) for each in page.items], "series-open")
    turning = pager(page.number, page.count, "series-list", switched_off=True) if page.count > 1 else []
    return card(f"## Series\n{plural(len(series), 'series', 'series')}", lines, choose, Row(*turning, *new))


def report_list(sources: Sequence[Source], number: int) -> ui.LayoutView:
    """Ask which report a new series is made of."""
    if not sources:
        return text_card(NO_REPORTS)
    page, named = paginate(sources, MOST_OPTIONS, number), source_lines(sources)
    choose = select("Choose a report", [option(named[each.id], each.id) for each in page.items], "series-new-of")
    turning = pager(page.number, page.count, "series-new", switched_off=True) if page.count > 1 else []
    return card(WHICH_REPORT, choose, Row(*turning, button(ALL_SERIES, "series-list", 0)))


def _buttons(series: Series, *, needs_question: bool) -> list[Button]:
    if series.state is SeriesState.ACTIVE:
        change = button(PAUSE, "series-state", series.id, SeriesState.PAUSED.value)
    else:
        label = START if series.state is SeriesState.NEW else RESUME
        style = discord.ButtonStyle.secondary if needs_question else discord.ButtonStyle.primary
        change = button(label, "series-state", series.id, SeriesState.ACTIVE.value, style=style)
    return [
        change,
        button(ORDER, "series-order", series.id, 0),
        button(CHANGE, "series-change", series.id),
        button(DATES, "series-dates", series.id),
        button(STOP, "series-stop", series.id),
    ]
