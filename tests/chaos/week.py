"""A week of a series, in which the process that works is struck in one way, and what has to be so at its end."""

from __future__ import annotations

import asyncio
import signal
import time
from datetime import timedelta

from bot.models.private import Quoting
from bot.models.prompts import Prompt, PromptState
from bot.prompts.schedule import find_next_slot
from tests.chaos.chaos import HOLDERS, Chaos, patience
from tests.chaos.machines import Machine

MESSAGES, PRIVATE = 40, 6
HOURS_WRONG = 3
SOON = timedelta(seconds=1)


class Week:
    """One week. ``how`` says where in it the process was struck."""

    def __init__(self, chaos: Chaos, kind: str) -> None:
        self._chaos, self._kind = chaos, kind
        self._number = 0
        self._key = b""
        self._prompt: Prompt
        self.how = kind

    async def play(self) -> None:
        """Let it pass, from the slot to the closing, and look at it then."""
        await self._chaos.both()
        self._chaos.struck_at = None
        victim = self._chaos.leader
        await self._post(victim)
        await self._write(victim)
        await self._close(victim)
        self._chaos.set_wrong(victim, 0)
        await self._check()

    def _set_trap(self, phase: str, victim: Machine) -> None:
        if self._kind == phase:
            self.how = f"{phase}, {self._chaos.set_trap(phase, victim)}"

    async def _end(self, phase: str, victim: Machine) -> None:
        """End a phase: a trap that was not sprung by now is one after all."""
        self._chaos.clear_traps()
        if self._kind == phase:
            if self._chaos.struck_at is None:
                self.how += ", which never came: at the end"
            self._chaos.strike(victim)
            await self._chaos.taken_over(victim)

    async def _post(self, victim: Machine) -> None:
        """The slot comes, for a fast clock some hours early."""
        async with self._chaos.store() as store:
            (series,) = await store.series.active()
        self._number = len(series.posted_ids) + 1
        slot = find_next_slot(series.slot, series.slots_after)
        assert slot is not None
        is_fast = self._kind == "clock" and self._chaos.random.random() < 0.5
        if self._kind == "clock":
            self.how = f"clock, {'fast' if is_fast else 'slow'}"
            self._chaos.set_wrong(victim, HOURS_WRONG if is_fast else -HOURS_WRONG)
        self._set_trap("posting", victim)
        if self._kind == "slot" or (self._kind == "clock" and not is_fast):
            self._chaos.strike(victim)
        began = time.monotonic()
        self._chaos.leap(slot - timedelta(hours=HOURS_WRONG - 1) if is_fast else slot + SOON)

        async def is_posted() -> bool:
            async with self._chaos.store() as store:
                prompts = [each.prompt for each in await store.prompts.of_series(series.id)]
            if len(prompts) == self._number:
                self._prompt = prompts[-1]
            return len(prompts) == self._number and self._prompt.notice_id is not None

        await self._chaos.until(is_posted, "the prompt is posted")
        if self._kind == "slot":
            self._chaos.posted_after.append(time.monotonic() - began)
        await self._end("posting", victim)
        if self._kind in ("slot", "clock"):
            self._chaos.strike(victim)
            await self._chaos.taken_over(victim)
        self._chaos.leap(slot + SOON)

    async def _write(self, victim: Machine) -> None:
        """Staff write, change and take back; and send private replies."""
        backend, thread_id = self._chaos.discord.backend, self._prompt.thread_id or 0
        self._set_trap("burst", victim)
        struck = self._chaos.random.randrange(MESSAGES)
        sent = []
        for number in range(MESSAGES):
            author = self._chaos.discord.staff[number % len(self._chaos.discord.staff)]
            sent.append(backend.create_message(thread_id, author, f"Reply {number} of a busy shift."))
            if number % 10 == 9:
                backend.edit_message(thread_id, sent[number - 3].id, {"content": f"Reply {number - 3}, put better."})
            if number % 15 == 14:
                backend.delete_message(thread_id, sent[number - 5].id)
            if number == struck:
                await self._strike_in_midst(victim)
            await asyncio.sleep(0.01)
        await self._end("burst", victim)
        if self._kind == "asleep":
            await self._wake(victim)
        if self._kind in ("restart", "cut"):
            await self._chaos.until_at_work()
        await self._chaos.until(self._are_stored, "every reply is stored")
        async with self._chaos.store() as store:
            for person in range(PRIVATE):
                await store.private.add(
                    self._prompt,
                    person,
                    text=f"Privately, from {person}.",
                    quoting=Quoting.YES,
                    group="",
                    manages=False,
                    today=self._chaos.now().date(),
                )
            self._key = (await store.private._keys.find((self._prompt.id,)))[self._prompt.id]
        assert self._key in self._chaos.key_bytes()

    async def _strike_in_midst(self, victim: Machine) -> None:
        match self._kind:
            case "restart":
                how = self._chaos.random.choice(("fast", "immediate"))
                self.how = f"restart, {how}"
                self._chaos.note_strike()
                await asyncio.to_thread(self._chaos.server.stop, how=how)
                await asyncio.to_thread(self._chaos.server.start)
            case "cut":
                self._chaos.note_strike()
                victim.proxy.cut()
            case "asleep":
                self._chaos.strike(victim, signal.SIGSTOP)
                await asyncio.to_thread(self._chaos.server.execute, HOLDERS, self._chaos.place.name)

    async def _wake(self, victim: Machine) -> None:
        """Wake the old process, once the other one works. It has to end by itself, and be started again."""
        starts = victim.starts
        await self._chaos.taken_over(victim)
        victim.send(signal.SIGCONT)

        async def has_ended() -> bool:
            return victim.starts > starts

        await self._chaos.until(has_ended, "the old process has ended")

    async def _are_stored(self) -> bool:
        async with self._chaos.store() as store:
            stored = {reply.id: reply.text for reply in await store.replies.of_prompt(self._prompt.id)}
        return stored == self._chaos.discord.replies(self._prompt.thread_id or 0)

    async def _close(self, victim: Machine) -> None:
        """The date of the prompt comes."""
        self._set_trap("closing", victim)
        self._set_trap("release", victim)
        self._chaos.leap(self._prompt.closes_at + SOON)

        async def is_key_gone() -> bool:
            return self._key not in self._chaos.key_bytes()

        async def is_closed() -> bool:
            async with self._chaos.store() as store:
                self._prompt = await store.prompts.get(self._prompt.guild_id, self._prompt.id)
            return self._prompt.closing_id is not None and self._prompt.released_at is not None

        seconds = await self._chaos.until(is_key_gone, "the key is destroyed")
        self._chaos.key_outlasted.append(seconds)
        assert seconds < patience()
        await self._chaos.until(is_closed, "the prompt is closed")
        await self._end("closing", victim)
        await self._end("release", victim)

    async def _check(self) -> None:
        """Nothing is lost, and nothing is there twice."""
        prompt, shared = self._prompt, self._chaos.discord
        thread_id = prompt.thread_id or 0
        async with self._chaos.store() as store:
            batches = [each for each in await store.private.waiting(prompt.guild_id) if each.prompt_id == prompt.id]
            people = await store.private.of_batch(prompt.guild_id, batches[0].id)
        in_channel = [post.id for post in shared.posts(shared.prompts)]

        assert await self._are_stored()
        assert prompt.state is PromptState.CLOSED
        assert in_channel[2 * self._number - 2 :] == [prompt.message_id, prompt.notice_id]
        assert [post.id for post in shared.posts(thread_id)] == [prompt.closing_id]
        assert len(shared.threads()) == self._number
        assert len(batches) == 1
        assert sorted(reply.text for reply in people) == [f"Privately, from {person}." for person in range(PRIVATE)]
        assert shared.unknown == []
