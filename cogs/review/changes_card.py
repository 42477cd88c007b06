"""The list of the changes made to a draft: who as a number, when, and what; no words of anybody."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.models.reviews import (
    AddNote,
    AddReplies,
    Change,
    ChangeMade,
    ChangeQuote,
    ChooseHeading,
    Confirm,
    Draft,
    DropPoint,
    Merge,
    Move,
    NameNobody,
    Reword,
    SetKind,
    ShowQuotes,
)
from bot.text.words import count_people, plural
from cogs.review.texts import KINDS
from cogs.ui.cards import card
from cogs.ui.pages import paginate
from cogs.ui.parts import Row, pager

CHANGES_A_PAGE = 20
PLAIN: dict[type, str] = {
    Reword: "reworded a heading",
    ChooseHeading: "chose another heading",
    ChangeQuote: "changed a quote",
    AddNote: "changed a note",
    DropPoint: "dropped a point",
}
NONE = "Nobody has changed this draft yet."
BY = "reviewer {reviewer}: {change}"


def changes_card(draft: Draft, made: Sequence[ChangeMade], page: int) -> ui.LayoutView:
    """Show one page of the changes, the newest first; a page past either end gives the nearest."""
    reviewers = {person: number for number, person in enumerate(dict.fromkeys(change.person for change in made), 1)}
    shown = paginate(tuple(reversed(made)), CHANGES_A_PAGE, page)
    lines = [
        f"{change.number}\\. {discord.utils.format_dt(change.at, 'f')}, "
        + BY.format(reviewer=reviewers[change.person], change=describe_change(change.what))
        for change in shown.items
    ]
    buttons = pager(shown.number, shown.count, "review-changes", draft.id)
    return card("## Changes\n" + ("\n".join(lines) or NONE), *([Row(*buttons)] if buttons else []))


def describe_change(change: Change) -> str:
    """Say what a change did, in a few words."""
    match change:
        case Reword(words=""):
            return "brought the quoted heading back"
        case Move(messages=messages, to=to):
            return (
                f"moved {count_people(len(messages))}" if to else f"took {count_people(len(messages))} out of a point"
            )
        case Merge(others=others):
            return f"merged {len(others) + 1} points"
        case AddReplies(messages=messages):
            return f"added {plural(len(messages), 'reply', 'replies')} to a point"
        case Confirm(messages=messages):
            return f"confirmed {count_people(len(messages))}"
        case ShowQuotes(messages=messages):
            return f"chose {plural(len(messages), 'quote')} to show"
        case NameNobody(messages=messages):
            return f"checked {plural(len(messages), 'quote')} for names"
        case SetKind(kind=kind):
            return f"set the kind of a point: {KINDS[kind].lower()}"
    return PLAIN[type(change)]
