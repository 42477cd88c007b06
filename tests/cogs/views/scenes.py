"""A question that eight people answered in its thread, statements of theirs that facilitators show, and who taps."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord

from bot.models.views import Choice, Statement
from bot.services.statements import find_own_presses
from cogs.prompts.card import OTHERS
from tests.cogs.replies.talk import Talk, talk_in
from tests.world import World, new_world, words

COGS = (
    "cogs.setup",
    "cogs.core.reports",
    "cogs.prompts",
    "cogs.replies",
    "cogs.private_replies",
    "cogs.views",
    "cogs.moderation",
    "cogs.subject_access",
    "cogs.retention",
)
SAID = (
    "We record every admission twice, once on paper and once on the computer.",
    "Handovers on nights start late because the rota overlaps by ten minutes only.",
    "Bank staff wait three weeks for a login to the records system.",
    "The store room is locked at weekends, so wards borrow dressings from each other.",
    "Managers visit the wards on weekday mornings and never see a night shift.",
    "Training days are cancelled first whenever beds are short.",
)


@asynccontextmanager
async def views_talk(folder: Path, *, people: int = 12, extensions: tuple[str, ...] = COGS) -> AsyncIterator[Talk]:
    """A question in a server with so many members of staff."""
    async with new_world(folder, extensions=extensions) as world:
        while len(world.staff) < people:
            name = f"Member {len(world.staff)}"
            world.staff.append(world.guild.add_member(world.env.create_user(name)))
        yield await talk_in(world, world.prompts)


async def say_all(talk: Talk, said: Sequence[str] = SAID) -> None:
    """The first people write one reply each, and the bot looks what may be offered."""
    for who, text in enumerate(said):
        await talk.say(text, who)
    await talk.settle()
    await talk.world.leap(120)
    await talk.settle()


def offers(world: World) -> list[discord.Message]:
    """The cards in the facilitators' channel that offer statements, or say what became of them."""
    return [message for message in world.office.history() if "others said" in words(message) or "“" in words(message)]


async def show_all(talk: Talk) -> None:
    """A facilitator shows all that is ticked."""
    await click_offer(talk, "offer-show")


async def click_offer(talk: Talk, name: str) -> Any:
    """A facilitator presses a button of the newest offer."""
    offer = offers(talk.world)[-1]
    result = await talk.world.facilitator.click(offer, custom_id=_find_custom_id(offer, name))
    await talk.settle()
    return result


async def tick_offer(talk: Talk, marks: Sequence[str]) -> None:
    """A facilitator leaves these ticked in the newest offer, and no others."""
    offer = offers(talk.world)[-1]
    await talk.world.facilitator.select(offer, list(marks), custom_id=_find_custom_id(offer, "offer-tick"))
    await talk.settle()


async def shown_statements(talk: Talk) -> tuple[Statement, ...]:
    """The statements that others may answer now."""
    return await talk.world.store.statements.shown(talk.prompt.id)


async def open_others(talk: Talk, who: int) -> Any:
    """Press "What others said" on the question's card. Returns what the person alone sees."""
    return await talk.world.staff[who].click(talk.card, label=OTHERS)


async def tap(talk: Talk, seen: Any, who: int, choice: Choice) -> Any:
    """Press about the statement that is shown; the card changes in place."""
    return await click(talk, seen, who, choice.label)


async def click(talk: Talk, seen: Any, who: int, label: str) -> Any:
    """Press a button of the card that a person alone sees."""
    return await talk.world.staff[who].click(seen.response, label=label)


def button_of(seen: Any, label: str) -> str:
    """What a button of the card sends that a person alone sees."""
    for row in seen.response.message.components:
        for part in _walk(row):
            if getattr(part, "label", None) == label:
                return str(part.custom_id)
    raise AssertionError(f"there is no button {label}")


def statement_of(seen: Any) -> str:
    """The words that a person is asked about; empty at the end."""
    for line in text_of(seen).splitlines():
        if line.startswith("### "):
            return line.removeprefix("### ").strip("“”")
    return ""


def place_of(seen: Any) -> tuple[int, int]:
    """Which statement it is, of how many."""
    found = re.search(r"(\d+) of (\d+)", text_of(seen))
    assert found is not None
    return int(found[1]), int(found[2])


async def own_presses(talk: Talk, who: int) -> dict[str, Choice]:
    """What a person pressed, by the words that it is about."""
    world = talk.world
    (own,) = await find_own_presses(world.store, world.guild.id, world.staff[who].id) or (None,)
    return {} if own is None else dict(own.pressed)


def text_of(seen: Any) -> str:
    """All words of the card that a person sees."""
    return words(seen.response.message)


def _find_custom_id(message: discord.Message, name: str) -> str:
    for row in message.components:
        for part in _walk(row):
            if str(getattr(part, "custom_id", "")).startswith(f"{name}:"):
                return str(part.custom_id)
    raise AssertionError(f"there is no {name}")


def _walk(component: Any) -> Any:
    yield component
    for child in getattr(component, "children", ()):
        yield from _walk(child)
