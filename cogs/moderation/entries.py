"""The entries of the log as people read them: on cards, and as a table to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.models.actions import EXPORTED_BY_PROGRAM, PERSON_ERASED
from bot.models.people import Action
from bot.text.dates import format_local_date
from bot.text.markdown import escape, escape_line
from bot.text.mentions import anonymise_ids
from bot.text.spreadsheet import write_csv
from bot.text.words import plural
from cogs.ui.cards import card
from cogs.ui.pages import paginate
from cogs.ui.parts import NEWER, OLDER, Row, button, option, pager, select

PER_PAGE = 5
LONGEST_REASON = 180  # escaped, five of them fit on a card; the table has them whole
LONGEST_SUBJECT = 60
NOTHING = "Nothing has been noted yet."
AS_CSV, BACK = "As a CSV file", "Back"
EVERYTHING, REPLIES, FILES = "everything", "replies", "exports"
SHOW = {EVERYTHING: "Everything", REPLIES: "Replies left out or put back", FILES: "Exports"}
"""Which entries can be shown, by their values in custom_ids."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One action with its words: ``who`` is a code such as "Person 2", ``prompt`` the question."""

    at: datetime
    what: str
    who: str
    subject: str
    prompt: str
    reason: str


def number_people(actions: Iterable[Action], me: str) -> Mapping[str, str]:
    """Return what is in the log for each pseudonym, by the order in which people first did something.

    ``me`` is the pseudonym of the reader. ``actions`` are all of a server, the newest first, so that a code means the
    same person on every page.
    """
    first = dict.fromkeys(action.person for action in reversed(tuple(actions)) if action.person)
    numbered = {person: f"Person {number}" for number, person in enumerate(first, 1)}
    return {**numbered, me: "you"}


def format_entries(
    actions: Sequence[Action], names: Mapping[str, str], questions: Mapping[int, str]
) -> tuple[Entry, ...]:
    """Put actions into words; ``questions`` are those of prompts by their ids."""
    return tuple(
        Entry(
            action.at,
            action.action,
            names.get(action.person) or _program(action),
            action.subject,
            questions.get(action.prompt_id or 0, ""),
            action.reason,
        )
        for action in actions
    )


def log_card(listed: Sequence[Entry], number: int, only: str) -> ui.LayoutView:
    """Show one page of the log, the newest first; a number past either end gives the nearest page.

    ``only`` is the value of SHOW that chose the entries.
    """
    page = paginate(listed, PER_PAGE, number)
    head = f"## What was done\n{plural(len(listed), 'entry', 'entries')}, {page.label}."
    lines = [format_entry(entry) for entry in page.items] or [NOTHING]
    ways = pager(page.number, page.count, "moderation-log", labels=(NEWER, OLDER), after=(only,))
    file = button(AS_CSV, "moderation-csv", only)
    shown = [option(label, value, chosen=value == only) for value, label in SHOW.items()]
    chooser = select("Which entries", shown, "moderation-log-only")
    return card("\n".join([head, *lines]), chooser, Row(*ways, file, button(BACK, "moderation-home")))


def log_table(listed: Sequence[Entry], time_zone: str) -> bytes:
    """Write the log as CSV; ``time_zone`` is the IANA zone of its times."""
    head = ["Date", f"Time ({time_zone})", "What", "Who", "What about", "Prompt", "Reason"]
    return write_csv([head, *(_row(entry, time_zone) for entry in listed)])


def _row(entry: Entry, time_zone: str) -> list[str]:
    local = entry.at.astimezone(ZoneInfo(time_zone))
    texts = (anonymise_ids(text) for text in (entry.subject, entry.prompt, entry.reason))
    return [format_local_date(entry.at, time_zone), f"{local:%H:%M}", entry.what, entry.who, *texts]


def format_entry(entry: Entry) -> str:
    """Write an entry as a line of a card."""
    about = f" ({escape_line(entry.subject, LONGEST_SUBJECT)})" if entry.subject else ""
    what = f"{entry.what[:1].upper()}{entry.what[1:]}"
    parts = [f"- {discord.utils.format_dt(entry.at, 'f')}: {escape(what)}, by {entry.who}{about}."]
    if entry.prompt:
        parts.append(f"Prompt: “{escape_line(entry.prompt, LONGEST_SUBJECT)}”")
    if entry.reason:
        parts.append(f"Reason: “{escape_line(entry.reason, LONGEST_REASON)}”")
    return " ".join(parts)


def _program(action: Action) -> str:
    return "the command line" if action.action in (EXPORTED_BY_PROGRAM, PERSON_ERASED) else "the bot"
