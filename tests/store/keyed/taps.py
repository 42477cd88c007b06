"""Statements in a prompt's thread that are shown to others, and people who press about them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.models.prompts import Prompt
from bot.models.views import Choice, NewStatement, Statement
from bot.services.statements import find_round, press
from bot.store import Store
from tests.store.samples import GUILD, NOW, arrival


async def say(store: Store, prompt: Prompt, said: Sequence[str], *, first_id: int = 1) -> None:
    """The persons 1000, 1001 and so on write one reply each."""
    await store.replies.apply([arrival(prompt, first_id + n, 1_000 + n, text) for n, text in enumerate(said)])


async def show(store: Store, prompt: Prompt, said: Sequence[str], *, first_id: int = 1) -> tuple[Statement, ...]:
    """Show these replies, each whole, to others."""
    new = [NewStatement(text, first_id + n) for n, text in enumerate(said)]
    offer = await store.statements.offer(prompt, new, NOW)
    assert offer is not None
    await store.statements.decide(offer, 2**62, NOW)
    return await store.statements.shown(prompt.id)


async def tap(store: Store, prompt: Prompt, user_id: int, mark: str, choice: Choice) -> None:
    """Somebody presses, by the way that a button takes."""
    round_ = await find_round(store, GUILD, prompt.claim, user_id, {}, NOW)
    await press(store, round_, user_id, mark, choice)
