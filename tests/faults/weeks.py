"""The weeks that are played: what people do and when, when the bot dies, and how a run ends."""

from __future__ import annotations

import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from simcord.backend.models import Message

from bot.models.prompts import Prompt, PromptState
from tests.cogs.summaries.discussion import SAID
from tests.faults.people import People
from tests.faults.trust import OPEN_DAYS, Server, Trust, open_trust

START = datetime(2026, 1, 1, tzinfo=UTC)
WEEK_H = 7 * 24.0
SLOT_H = 9.0
CLOSING_H = SLOT_H + 24 * OPEN_DAYS
MONDAY_H, TUESDAY_H = 24 * 4.0, 24 * 5.0
DAY_S = 86_400.0
SHOWN_NUMBER = "Ring me on 07700 900123 about it,"

Event = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Plan:
    """How a run goes: its seed, the share of faults, the weeks, and whether the faults stay until all is counted."""

    seed: int
    share: float
    weeks: int
    stays_bad: bool = False


@asynccontextmanager
async def played(plan: Plan, folder: Path, seconds: float | None = None) -> AsyncIterator[tuple[Trust, People]]:
    """The weeks of a plan, and a day more. With ``seconds``, no new week begins after so long."""
    until = None if seconds is None else time.perf_counter() + seconds
    async with open_trust(folder, plan.seed, plan.share, plan.weeks) as trust:
        people = People(trust, random.Random(f"{plan.seed} people"))
        for number in range(plan.weeks):
            await _Week(trust, people, plan, number).play()
            trust.weeks = number + 1
            if until is not None and time.perf_counter() >= until:
                break
        await _finish(trust, people, plan)
        yield trust, people


async def _finish(trust: Trust, people: People, plan: Plan) -> None:
    """No more prompts; the line is mended, or stays as it is for twice as long."""
    await people.be_up()
    for series in await trust.store.series.active():
        await trust.store.series.order(series, sorted(series.posted_ids))
    trust.line.share = plan.share if plan.stays_bad else 0.0
    for _ in range(48 if plan.stays_bad else 24):
        await trust.pass_time(DAY_S / 24)
    await trust.store.inbox.flush()
    await trust.env.settle()


class _Week:
    """One week of both servers, from its Thursday on."""

    def __init__(self, trust: Trust, people: People, plan: Plan, number: int) -> None:
        self._trust = trust
        self._people = people
        self._number = number
        self._chance = random.Random(f"{plan.seed} week {number}")
        self._start = START + timedelta(hours=WEEK_H * number)

    async def play(self) -> None:
        """Let everything happen at its time; what waits for the one before it comes later."""
        events = [event for server in self._trust.servers for event in self._of_server(server)] + self._deaths()
        for hour, event in sorted(events, key=lambda pair: pair[0]):
            await self._wait_until(hour)
            await event()
        await self._people.be_up()
        await self._wait_until(WEEK_H)

    async def _wait_until(self, hour: float) -> None:
        wait = (self._start + timedelta(hours=hour) - self._trust.env.now()).total_seconds()
        if wait > 0:
            await self._trust.pass_time(wait)

    def _of_server(self, server: Server) -> list[tuple[float, Event]]:
        chance, people = self._chance, self._people
        mine: list[int] = []  # the messages that staff wrote this week
        forms: list[tuple[str, int]] = []
        events = [
            (
                self._writing_hour(),
                self._with_prompt(server, partial(self._say, server, said, mine)),
            )
            for said in SAID
        ]
        for who in chance.sample(range(6), 2):
            text = f"By the form: {SAID[who][1]}"

            async def fill_in(prompt: Prompt, who: int = who, text: str = text) -> None:
                forms.append((await people.reply_by_form(server, prompt, text, who), who))

            events.append((self._writing_hour(), self._with_prompt(server, fill_in)))

        async def take_back(prompt: Prompt) -> None:
            if forms and chance.random() < 0.5:
                await people.take_back_form(server, prompt, *forms[0])

        async def privately(prompt: Prompt) -> None:
            await people.reply_privately(server, prompt, "I would not say this aloud.", chance.randrange(6))

        events += [
            (CLOSING_H - 1, self._with_prompt(server, take_back)),
            (self._writing_hour(), self._with_prompt(server, privately)),
            *((hour, self._changed(server, mine)) for hour in (20.0, 34.0, 48.0, 60.0)),
            *((hour, self._taken_back(mine)) for hour in (22.0, 50.0)),
            *((hour, self._reacted(server, mine)) for hour in (26.0, 40.0, 64.0)),
        ]
        return events + self._of_facilitators(server)

    def _of_facilitators(self, server: Server) -> list[tuple[float, Event]]:
        people, number = self._people, self._number
        events: list[tuple[float, Event]] = []
        if number % 2 == int(server.is_forum):
            events.append((CLOSING_H - 14, self._with_prompt(server, lambda prompt: people.share(server, prompt))))
        if number % 3 == 2:
            events.append(
                (CLOSING_H - 3, self._with_prompt(server, lambda prompt: people.close_by_hand(server, prompt)))
            )
        if number % 4 == 1 and not server.is_forum:
            events.append((CLOSING_H - 2, self._with_prompt(server, lambda prompt: self._delete_card(prompt))))
        if number % 4 == (2 if server.is_forum else 3):
            events.append((CLOSING_H + 8, self._with_prompt(server, lambda prompt: self._delete_thread(prompt))))
        elif not server.is_forum:
            events += [
                (MONDAY_H + 10, self._with_prompt(server, lambda prompt: people.publish(server, prompt))),
                (MONDAY_H + 18, self._with_prompt(server, lambda prompt: people.give_outcome(server, prompt))),
                (TUESDAY_H + 8, self._with_prompt(server, lambda prompt: people.start_check(server, prompt))),
                *(
                    (
                        TUESDAY_H + 10 + who / 10,
                        self._with_prompt(server, partial(self._view, server, who)),
                    )
                    for who in range(5)
                ),
            ]
        return events

    def _deaths(self) -> list[tuple[float, Event]]:
        """The bot dies within a request, and is away for hours while people write; some weeks it is updated."""
        chance, trust, people = self._chance, self._trust, self._people

        async def die_soon() -> None:
            if trust.is_up:
                trust.line.cut_in(chance.randrange(1, 8))

        async def go_down() -> None:
            trust.go_down()

        away = self._writing_hour()
        moments = [SLOT_H - 0.001, CLOSING_H - 0.001, MONDAY_H + 10.3, chance.uniform(10, 150), chance.uniform(10, 150)]
        events: list[tuple[float, Event]] = [(away, go_down), (away + chance.uniform(0.5, 5), people.be_up)]
        for moment in chance.sample(moments, 2):
            events += [(moment, die_soon), (moment + 0.5, people.be_up)]
        if chance.random() < 0.5:
            events.append((chance.uniform(10, 160), trust.come_up))
        return events

    def _writing_hour(self) -> float:
        return self._chance.uniform(SLOT_H + 1, CLOSING_H - 4)

    def _with_prompt(self, server: Server, act: Callable[[Prompt], Awaitable[object]]) -> Event:
        """An act on this week's prompt of a server; nothing where it is not there, or its thread was deleted."""

        async def event() -> None:
            counted = await self._trust.store.prompts.of_guild(server.guild.id)
            prompts = [one.prompt for one in counted if one.prompt.claimed_at >= self._start]
            if prompts and prompts[-1].thread_id is not None and prompts[-1].state is not PromptState.FAILED:
                await act(prompts[-1])

        return event

    async def _say(self, server: Server, said: tuple[int, str], mine: list[int], prompt: Prompt) -> None:
        who, text = said
        marked = f"{text.rstrip('.?!')}, {self._people.mark()}."
        if who == 2 and not self._trust.ledger.identifiers.keys() & set(mine) and self._number % 2 == 0:
            marked = f"{SHOWN_NUMBER} {marked}"
        thread_id = self._chance.choice(self._threads(server, prompt))
        message_id = self._people.say(server, thread_id, marked, who)
        mine.append(message_id)
        if marked.startswith(SHOWN_NUMBER):
            self._trust.ledger.identifiers[message_id] = server.guild.id

    def _threads(self, server: Server, prompt: Prompt) -> list[int]:
        """The threads in which somebody can answer a prompt: a forum may show its post twice."""
        backend = self._trust.env.backend
        doubles = [
            channel.id
            for channel in backend.channels.values()
            if channel.parent_id == server.channel.id
            and any(prompt.claim in str(message.components) for message in backend.messages[channel.id].values())
        ]
        return [prompt.thread_id or 0, *(double for double in doubles if double != prompt.thread_id)]

    def _changed(self, server: Server, mine: list[int]) -> Event:
        async def event() -> None:
            if (message := self._any_of(mine)) is not None and message.author_id != server.staff[2].id:
                words = f"{message.content.rstrip('.')}, put better {self._people.mark()}."
                self._trust.env.backend.edit_message(message.channel_id, message.id, {"content": words})

        return event

    def _taken_back(self, mine: list[int]) -> Event:
        async def event() -> None:
            if (message := self._any_of(mine)) is not None and message.id not in self._trust.ledger.identifiers:
                self._trust.ledger.deleted_messages.add(message.id)
                self._trust.env.backend.delete_message(message.channel_id, message.id)

        return event

    def _reacted(self, server: Server, mine: list[int]) -> Event:
        async def event() -> None:
            if (message := self._any_of(mine)) is not None:
                person = self._chance.choice([one for one in server.staff if one.id != message.author_id])
                self._trust.env.backend.set_reaction(message.channel_id, message.id, "👍", person.id, True)

        return event

    def _any_of(self, mine: list[int]) -> Message | None:
        backend = self._trust.env.backend
        stored = [kept[number] for kept in backend.messages.values() for number in mine if number in kept]
        return self._chance.choice(stored) if stored else None

    async def _view(self, server: Server, who: int, prompt: Prompt) -> None:
        if await self._trust.store.checks.of_prompt(prompt.id):
            await self._people.tap_in_check(server, prompt, who)

    async def _delete_card(self, prompt: Prompt) -> None:
        await self._people.be_up()
        self._trust.ledger.deleted_cards.add(prompt.id)
        self._trust.env.backend.delete_message(prompt.channel_id, prompt.message_id or 0)
        await self._trust.env.settle()

    async def _delete_thread(self, prompt: Prompt) -> None:
        await self._people.be_up()
        self._trust.ledger.deleted_threads.add(prompt.id)
        self._trust.env.backend.delete_channel(prompt.thread_id or 0)
        await self._trust.env.settle()
