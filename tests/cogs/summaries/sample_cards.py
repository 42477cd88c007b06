"""Summaries of a few made-up points, and the texts of their cards."""

from __future__ import annotations

from typing import Any

import discord

from bot.models.summaries import Coverage, KeyPoint, Kind, Quote, Role, Summary
from cogs.summaries.card import summary_card
from cogs.summaries.card_text import CardDetails
from cogs.summaries.pages import split_pages

ADDRESS = "https://discord.com/channels/" + "/".join(["9" * 20] * 3)
PAGES = ("summary-page", 10**12)
"""What the buttons to other pages call."""


def shown_text(view: discord.ui.LayoutView) -> list[str]:
    return [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]


def of_points(count: int, asked: int = 0) -> Summary:
    found = tuple(
        KeyPoint(f"Point {n}", (Quote(str(n), f"Point {n}, more"), Quote(f"{n}a", "I say so too, and more")), 2)
        for n in range(count)
    )
    questions = tuple(Quote("1", f"Why {n}?") for n in range(asked))
    return Summary("1", "", found, questions, Coverage(20, 20, 9))


def point(words: str, people: int, kind: Kind = Kind.VIEW, **more: Any) -> KeyPoint:
    found = tuple(Quote(f"{words} {n}", f"{words}, says {n}") for n in range(people))
    return KeyPoint(words, found, people, kind=kind, **more)


def grouped(*said: str) -> tuple[Quote, ...]:
    """What the program puts beside a point."""
    return tuple(Quote(words, words, role=Role.GROUPED) for words in said)


def pages_of(*points: KeyPoint, **more: Any) -> list[str]:
    """All pages of a summary of these points."""
    about = {name: more.pop(name) for name in tuple(more) if name in CardDetails.__dataclass_fields__}
    summary = Summary("1", "", points, (), more.pop("coverage", Coverage(20, 20, 9)), **more)
    shown = CardDetails("Why?", summary, "6 August 2018", **about)
    return ["\n".join(shown_text(summary_card(shown, number, PAGES))) for number in range(len(split_pages(summary)))]


def told(*points: KeyPoint, **more: Any) -> str:
    """All of a summary of these points after its first screen."""
    return "\n".join(pages_of(*points, **more)[1:])


def first(*points: KeyPoint, **more: Any) -> str:
    """The first screen of a summary of these points."""
    return pages_of(*points, **more)[0]
