"""The process that is killed: a simulated server with the real bot, playing one scene."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import date, time, timedelta
from pathlib import Path

import discord

from bot.models.database_server import Place
from bot.models.library import Document, Passage, SourceDetails
from bot.models.prompts import NewSeries, Slot
from bot.models.views import Choice
from cogs.checks.start import START
from cogs.prompts.card import REPLY
from tests.cogs.checks.steps import preview_check, start_check
from tests.cogs.outcomes.given import post, preview, published
from tests.kills.journal import Journal
from tests.kills.points import Points
from tests.settling import find_rest_sooner
from tests.statements import share_compiled
from tests.world import World, new_world

QUESTION = "What would help you most this week?"
BURST = 120


async def with_series(world: World, cards: int = 3) -> None:
    """Load cards and let a series post them on Thursdays at 09:00 (the simulated clock starts on a Thursday)."""
    passages = tuple(Passage(f"Card {n}: leaders exist at all levels.", question=QUESTION) for n in range(cards))
    document = Document(SourceDetails("No more heroes"), passages, "f" * 64, "text")
    source, _ = await world.store.library.add_source(world.guild.id, document)
    ids = tuple(excerpt.id for excerpt in await world.store.library.excerpts(world.guild.id, source.id))
    slot = Slot(3, time(9), "Europe/London", date(2026, 1, 1))
    new = NewSeries(world.guild.id, "Weekly", world.prompts.id, slot, ids)
    await world.store.series.create(new, discord.utils.utcnow())
    world.bot.dispatch("series_changed")


async def posting(world: World, points: Points) -> None:
    """The slot comes, and the bot posts."""
    await with_series(world)
    await world.env.advance_time(timedelta(hours=8, minutes=59).total_seconds())
    points.arm()
    await world.env.advance_time(timedelta(minutes=3).total_seconds())


async def burst(world: World, points: Points, cards: int = 3, messages: int = BURST) -> None:
    """Many people write at once, some change and take back what they wrote."""
    await with_series(world, cards)
    await world.env.advance_time(timedelta(hours=9, minutes=2).total_seconds())
    thread = world.threads()[0]
    points.arm()
    backend = world.env.backend
    sent = []
    for n in range(messages):
        author = world.staff[n % len(world.staff)]
        sent.append(backend.create_message(thread.id, author.id, f"Reply {n} of a busy shift."))
        if n % 10 == 9:
            backend.edit_message(thread.id, sent[n - 3].id, {"content": f"Reply {n - 3}, put better."})
        if n % 15 == 14:
            backend.delete_message(thread.id, sent[n - 5].id)
        if n % 4 == 0:
            await asyncio.sleep(0)
    await world.env.settle()


async def closing(world: World, points: Points) -> None:
    """The prompt's time is over, and the bot thanks people."""
    await world.store.settings.change(world.guild.id, open_days=1)
    await burst(world, Points("never", points._journal), cards=1, messages=12)
    await world.env.advance_time(timedelta(hours=23, minutes=50).total_seconds())
    points.arm()
    await world.env.advance_time(timedelta(minutes=20).total_seconds())


async def form(world: World, points: Points) -> None:
    """Somebody replies by the form."""
    await with_series(world)
    await world.env.advance_time(timedelta(hours=9, minutes=2).total_seconds())
    card = next(message for message in world.prompts.history() if message.components)
    shown = await world.staff[0].click(card, label=REPLY)
    points.arm()
    name = shown.modal["components"][0]["component"]["custom_id"]
    await world.staff[0].submit_modal(shown, {name: "By the form, from a bus."})


async def check(world: World, points: Points) -> None:
    """An organiser sends the points of a published summary back to staff."""
    talk = await published(world)
    asked = await preview_check(world, talk.prompt)
    points.arm()
    await world.organiser.click(asked.response or asked.followups[-1], label=START)


async def ending(world: World, points: Points) -> None:
    """A check in which five people have tapped ends by itself."""
    talk = await published(world)
    await start_check(world, talk.prompt, days=1)
    (opened,) = await world.store.checks.open_checks()
    for user_id in range(5):
        for point in opened.points:
            await world.store.check_presses.press(opened, user_id, point.mark, Choice.SAME, [point.mark])
    await world.env.advance_time(timedelta(hours=23, minutes=59).total_seconds())
    points.arm()
    await world.env.advance_time(timedelta(minutes=2).total_seconds())


async def outcome(world: World, points: Points) -> None:
    """An organiser gives an outcome of a published point, and one person is to be told."""
    talk = await published(world)
    await world.organiser.slash(world.prompts, "outcome publish", channel=world.prompts)
    await world.store.people.choose(world.guild.id, world.staff[2].id, notices=True)
    asked = await preview(talk)
    points.arm()
    await post(talk, asked)


async def telling(world: World, points: Points) -> None:
    """Somebody deletes a prompt's thread, and the bot tells the facilitators."""
    await burst(world, Points("never", points._journal), cards=1, messages=6)
    (thread,) = world.threads()
    points.arm()
    world.env.backend.delete_channel(thread.id)
    await world.env.settle()


SCENES: dict[str, Callable[[World, Points], Awaitable[None]]] = {
    "posting": posting,
    "burst": burst,
    "closing": closing,
    "form": form,
    "outcome": outcome,
    "check": check,
    "ending": ending,
    "telling": telling,
}


async def main(scene: str, point: str, folder: Path, place: Place) -> None:
    """Play the scene until the point, on the database at ``place``."""
    async with new_world(folder, place=place) as world:
        journal = Journal(folder / "journal", world.env.backend)
        points = Points(point, journal)
        points.watch(world.store, world.env.backend)
        journal.write("start")
        with world.env.time_context():
            await SCENES[scene](world, points)
    sys.stdout.write("THE SCENE ENDED\n")


def play(scene: str, point: str, folder: Path, place: Place) -> None:
    """Play the scene until the point, in this process."""
    find_rest_sooner()
    share_compiled()
    asyncio.run(main(scene, point, folder, place))
