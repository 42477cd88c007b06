"""Statements that others may say "Same here" to: which are offered, in which order, and what is counted of them."""

from __future__ import annotations

from collections.abc import Collection

from bot.models.threads import Thread
from bot.models.views import MOST_OFFERED, NewStatement


def choose_statements(
    thread: Thread, *, barred: Collection[str] = (), taken: Collection[tuple[str, str]] = (), most: int = MOST_OFFERED
) -> tuple[NewStatement, ...]:
    """Choose the statements of a thread that facilitators are offered. numpy is loaded at the first call."""
    from bot.views import statements

    return statements.choose_statements(thread, barred=barred, taken=taken, most=most)
