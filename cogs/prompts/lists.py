"""What /prompt list, /prompt private and /series say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import discord
from discord import ui

from bot.models.library import Excerpt, Source
from bot.models.private import LEAST_SHOWN, Batch
from bot.models.prompts import Prompt, PromptCount, PromptState, Series, SeriesState, Slot
from bot.prompts.schedule import Due
from bot.prompts.texts import BUTTON_BELOW, format_missing, series_warnings
from bot.text.clean import clean_line
from bot.text.dates import format_date
from bot.text.links import channel_link
from bot.text.markdown import escape, escape_line
from bot.text.words import count_people, human_join, plural
from cogs.private_replies.batch_card import describe_batch
from cogs.prompts.autocomplete import STATES
from cogs.replies.deleted_threads import KEEP
from cogs.ui.cards import card, format_moment, text_card
from cogs.ui.forms import form, text_field
from cogs.ui.pages import paginate
from cogs.ui.parts import NEWER, OLDER, Row, button, pager, put_button_beside

PER_PAGE = 8
NONE = (
    "There are no private replies to read. The bot tells you when a prompt closes and at least "
    f"{LEAST_SHOWN} people replied privately."
)
READ = "Read"
NO_PROMPTS = "## Prompts\nNo prompts have been posted yet. Use /prompt post or /series."
KEEP_HINT = "The reason goes into the log."
NONE_CAN = (
    "Nothing can be posted. What’s left has no question, comes from a report with missing details, "
    "or is already open in the channel. {left}"
)
NONE_ASKED = "Nothing can be posted before an excerpt has a question. {left}"
NEXT_IS = "Next: {words}"
OPEN_UNTIL = "Open until {date}"
LONGEST_QUESTION = 120
WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def prompt_list(counted: Sequence[PromptCount], number: int) -> ui.LayoutView:
    """Show one page of a server's prompts, the newest first; a number past either end gives the nearest page."""
    page = paginate(counted[::-1], PER_PAGE, number)
    if not page.items:
        return text_card(NO_PROMPTS)
    lines = [
        put_button_beside(prompt_status(each), button(KEEP, "prompt-keep", each.prompt.id))
        if can_keep(each)
        else prompt_status(each)
        for each in page.items
    ]
    ways = pager(page.number, page.count, "prompt-list", labels=(NEWER, OLDER))
    return card("## Prompts", *lines, *([Row(*ways)] if ways else []), framed=False)


def can_keep(counted: PromptCount) -> bool:
    """Say whether a prompt's thread is gone, with replies that will be erased unless somebody keeps them."""
    return counted.prompt.gone_at is not None and counted.replies > 0 and not counted.prompt.keep_reason


def keep_form(prompt_id: int) -> ui.Modal:
    """Ask why the replies of a deleted thread are kept."""
    why = text_field("Why do you need them?", "reason", hint=KEEP_HINT, long=True, shortest=5, longest=300)
    return form("Keep the replies", "prompt-kept", prompt_id, fields=(why,))


def prompt_status(counted: PromptCount) -> str:
    """Write an entry of a list: the question, which leads to its thread, then state, people and replies."""
    prompt = counted.prompt
    number = f"{prompt.wording.number}\\. " if prompt.wording.number else ""  # or Discord makes it a list in the list
    question = escape_line(prompt.wording.question, LONGEST_QUESTION)
    said = f"{count_people(counted.people)}, {plural(counted.replies, 'reply', 'replies')}"
    said = said if counted.prompt.frozen_at is None else "replies erased at the end of their time"
    return f"- {number}{_lead_to_thread(prompt, question)}\n  {_state(prompt)}, {said}."


def private_list(listed: Sequence[tuple[Batch, str]], count: int) -> ui.LayoutView:
    """Show the sets of private replies that wait, ``count`` in all, each with a button that opens it."""
    if not listed:
        return card(NONE, framed=False)
    more = f" Here are {len(listed)} of them." if count > len(listed) else ""
    head = f"## Private replies to read\n{plural(count, 'set waits', 'sets wait')}.{more}"
    lines = [
        put_button_beside(describe_batch(batch, subject), button(READ, "private-read", batch.id, 0))
        for batch, subject in listed
    ]
    return card(head, *lines, framed=False)


def series_status(
    series: Series,
    counted: Sequence[PromptCount],
    waiting: Sequence[Excerpt],
    due: Due,
    took_part: int,
    *,
    coming: Excerpt | None,
    answers: str = "",
    lacking: Sequence[Source] = (),
) -> str:
    """Write all that the card of a series says, within one message's 4,000 characters.

    ``coming`` is the first of those that wait that can be posted now, if any. ``answers`` says how many points of its
    published summaries have no outcome yet. ``lacking`` are the reports to come of which too little is known.
    """
    warnings = () if series.state is SeriesState.STOPPED else series_warnings(series, waiting, where=BUTTON_BELOW)
    lines = [
        f"## {escape(clean_line(series.title))}",
        f"{STATES[series.state].capitalize()}. {slot_text(series.slot)}, in <#{series.channel_id}>.",
        _format_invited(series, took_part) if counted or series.invited else "",
        answers,
        _next(series, waiting, coming, due),
        *(f"Note: {escape(text)}" for text in warnings),
        *(
            f"Note: “{escape_line(source.details.title, 100)}”: {format_missing(source.missing)}"
            for source in lacking[:3]
        ),
    ]
    if counted:
        older = f" (the newest {PER_PAGE} of {len(counted)})" if len(counted) > PER_PAGE else ""
        lines += [f"### Posted{older}", *(prompt_status(each) for each in counted[-PER_PAGE:])]
    return "\n".join(line for line in lines if line)


def slot_text(slot: Slot) -> str:
    """Write a slot in words, such as "Mondays at 09:00 (Europe/London), from 5 January 2026"."""
    text = (
        f"{WEEKDAYS[slot.weekday]} at {slot.local_time:%H:%M} ({slot.time_zone}), from {format_date(_first_day(slot))}"
    )
    if slot.left_out:
        days = [format_date(day) for day in sorted(slot.left_out)]
        more = f" and {len(days) - 6} more days" if len(days) > 6 else ""
        text += f", without {human_join(days[:6]) if not more else ', '.join(days[:6]) + more}"
    return text


def _state(prompt: Prompt) -> str:
    if prompt.gone_at is not None:
        return "Thread deleted, replies kept" if prompt.keep_reason else "Thread deleted, replies held back"
    if prompt.state is PromptState.OPEN:
        return OPEN_UNTIL.format(date=discord.utils.format_dt(prompt.closes_at, "D"))
    return "Closed"


def _lead_to_thread(prompt: Prompt, words: str) -> str:
    if prompt.thread_id is None or prompt.gone_at is not None:
        return words
    return f"[{words}]({channel_link(prompt.guild_id, prompt.thread_id)})"


def _first_day(slot: Slot) -> date:
    """Return the slot's first weekday on or after the day before which nothing is posted."""
    return slot.first_date + timedelta(days=(slot.weekday - slot.first_date.weekday()) % 7)


def _format_invited(series: Series, took_part: int) -> str:
    if series.invited:
        return f"{took_part:,} of {count_people(series.invited)} invited took part so far."
    return f"{count_people(took_part)} took part so far."


def _next(series: Series, waiting: Sequence[Excerpt], coming: Excerpt | None, due: Due) -> str:
    if not waiting:
        return ""  # a note says so
    left = f"{plural(len(waiting), 'excerpt')} left."
    if not any(clean_line(excerpt.question) for excerpt in waiting):
        return NONE_ASKED.format(left=left)
    if coming is None:
        return NONE_CAN.format(left=left)
    words = escape_line(coming.question, LONGEST_QUESTION)
    if series.state is not SeriesState.ACTIVE:
        return f"Next would be: {words} {left}"
    if due.post_at is None and due.next_at is None:
        return f"{NEXT_IS.format(words=words)} {left}"
    moment = format_moment(due.next_at) if due.post_at is None and due.next_at else "now"
    return f"{NEXT_IS.format(words=words)}\n  It comes {moment}. {left}"
