"""A week of a series, in which the process that works is struck in one way, and what has to be so at its end."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from bot.models.outcomes import Outcome
from bot.models.prompts import Prompt, PromptState
from bot.models.reviews import Confirm, Draft, NameNobody
from bot.prompts.schedule import find_next_slot
from cogs.outcomes.preview import POST
from cogs.prompts.card import REPLY_PRIVATELY
from cogs.review.publish_card import PUBLISH_POINTS
from cogs.review.texts import PUBLISH
from tests.chaos.chaos import Chaos, patience
from tests.chaos.strikes import Strike

MESSAGES = 42
SAID = ("We are short staffed on nights.", "Nobody listens when we raise it.", "The rota comes too late to plan by.")
KEPT = ("We’ve saved", "We’ve changed")
HOURS_WRONG = 3
SOON = timedelta(seconds=1)


class Week:
    """One week, with one strike."""

    def __init__(self, chaos: Chaos, kind: str) -> None:
        self._chaos, self._discord, self._kind = chaos, chaos.discord, kind
        self._number = 0
        self._posted_before = len(chaos.discord.posted)
        self._prompt: Prompt
        self._outcome: Outcome | None = None
        self.strike: Strike

    async def play(self) -> bytes:
        """Let it pass, from the slot until something is decided, and look at it then. Returns the prompt's key."""
        await self._chaos.both()
        self.strike = Strike(self._chaos, self._kind)
        await self._post()
        await self._write()
        await self._remind()
        key = await self._close()
        if self._kind == "outcome" or self._number % 2:
            await self._decide()
        self._chaos.set_wrong(self.strike.victim, 0)
        await self._check()
        return key

    async def _until_prompt(self, is_so: Callable[[Prompt], bool], what: str) -> None:
        async def is_so_now() -> bool:
            async with self._chaos.store() as store:
                self._prompt = await store.prompts.get(self._prompt.guild_id, self._prompt.id)
            return is_so(self._prompt)

        await self._chaos.until(is_so_now, what)

    async def _post(self) -> None:
        """The slot comes, for a fast clock some hours early."""
        async with self._chaos.store() as store:
            (series,) = await store.series.active()
        self._number = len(series.posted_ids) + 1
        slot = find_next_slot(series.slot, series.slots_after)
        assert slot is not None
        is_fast = self._kind == "clock" and self._chaos.random.random() < 0.5
        if self._kind == "clock":
            self.strike.how += ", fast" if is_fast else ", slow"
            self._chaos.set_wrong(self.strike.victim, HOURS_WRONG if is_fast else -HOURS_WRONG)
        self.strike.set_trap("posting")
        if self._kind == "slot" or (self._kind == "clock" and not is_fast):
            self.strike.kill()
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
            self._chaos.measured["the next prompt posted"].append(time.monotonic() - began)
        await self.strike.end("posting")
        if self._kind in ("slot", "clock"):
            self.strike.kill()
            await self.strike.taken_over()
        self._chaos.leap(slot + SOON)

    async def _write(self) -> None:
        """Staff write, change and take back; each of them sends a private reply too."""
        self.strike.set_trap("burst")
        await asyncio.gather(self._talk(), *map(self._reply_privately, range(len(self._discord.staff))))
        await self.strike.end("burst")
        if self._kind == "asleep":
            await self._wake()
        if self._kind in ("restart", "cut"):
            await self.strike.taken_over()
        await self._chaos.until(self._are_stored, "every reply is stored")

    async def _talk(self) -> None:
        backend, thread_id, staff = self._discord.backend, self._prompt.thread_id or 0, self._discord.staff
        struck = self._chaos.random.randrange(MESSAGES)
        sent = []
        for number in range(MESSAGES):
            words = f"{SAID[number % len(SAID)]} So it was in shift {number}."
            sent.append(backend.create_message(thread_id, staff[number % len(staff)].id, words))
            if number % 10 == 9:
                backend.edit_message(thread_id, sent[number - 3].id, {"content": f"Reply {number - 3}, put better."})
            if number % 15 == 14:
                backend.delete_message(thread_id, sent[number - 5].id)
            if number == struck:
                await self.strike.now()
            await asyncio.sleep(0.01)

    async def _reply_privately(self, number: int) -> None:
        """Fill in the form, and again until the answer says that it's saved."""
        person, form = self._discord.staff[number], {"words": _private(number), "quoting": "yes"}

        async def is_saved() -> bool:
            (card,) = self._discord.find(self._prompt.channel_id, f"private:{self._prompt.claim}")
            opened, words = await self._discord.answer(person.click(card, label=REPLY_PRIVATELY))
            if words == "":
                _, words = await self._discord.answer(person.submit_modal(opened, form))
            return words is not None and words.strip().startswith(KEPT)

        await self._chaos.until(is_saved, "a private reply is saved")

    async def _wake(self) -> None:
        """Wake the old process, once the other one works. It has to end by itself, and be started again."""
        victim, starts = self.strike.victim, self.strike.victim.starts
        await self.strike.taken_over()
        victim.send(signal.SIGCONT)

        async def has_ended() -> bool:
            return victim.starts > starts

        await self._chaos.until(has_ended, "the old process has ended")

    async def _are_stored(self) -> bool:
        async with self._chaos.store() as store:
            stored = {reply.id: reply.text for reply in await store.replies.of_prompt(self._prompt.id)}
        return stored == self._discord.replies(self._prompt.thread_id or 0)

    async def _remind(self) -> None:
        """Half-way, the thread is reminded."""
        self.strike.set_trap("reminder")
        self._chaos.leap(self._prompt.closes_at - timedelta(days=1, hours=12))
        await self._until_prompt(lambda prompt: prompt.reminder_id is not None, "people are reminded")
        await self.strike.end("reminder")

    async def _close(self) -> bytes:
        """The date of the prompt comes. Returns its key, of which nothing may be left."""
        async with self._chaos.store() as store:
            key = (await store.private._keys.find((self._prompt.id,)))[self._prompt.id]
        assert await asyncio.to_thread(self._chaos.keys.holds, key)
        self.strike.set_trap("closing")
        self.strike.set_trap("release")
        self._chaos.leap(self._prompt.closes_at + SOON)

        async def is_key_gone() -> bool:
            await asyncio.sleep(0.1)  # looking takes the machine a while
            return not await asyncio.to_thread(self._chaos.keys.holds, key)

        seconds = await self._chaos.until(is_key_gone, "the key is destroyed")
        self._chaos.measured["a key destroyed"].append(seconds)
        assert seconds < patience()
        await self._until_prompt(lambda prompt: None not in (prompt.closing_id, prompt.released_at), "it is closed")
        await self.strike.end("closing")
        await self.strike.end("release")
        return key

    async def _decide(self) -> None:
        """A facilitator publishes the summary, and an organiser says what becomes of its first point."""
        draft = await self._publish()
        self.strike.set_trap("outcome")
        point = f"P{self._prompt.id}-{draft.summary.points[0].ref}"
        given = {"points": point, "state": "doing", "what": f"We’ll plan it again, week {self._number}."}

        async def is_posted() -> bool:
            async with self._chaos.store() as store:
                outcomes = await store.outcomes.of_prompts(self._prompt.guild_id, [self._prompt.id])
                if outcomes:
                    self._outcome = outcomes[0]
                    return all(post.message_id for post in await store.outcomes.posts(outcomes[0].id))
            organiser = self._discord.organiser
            asked, words = await self._discord.answer(
                organiser.slash(self._discord.prompts, "outcome add", owner="Director of Nursing", **given)
            )
            if words and asked.response:
                await self._discord.answer(organiser.click(asked.response, label=POST), words)
            return False

        await self._chaos.until(is_posted, "the outcome is posted")
        await self.strike.end("outcome")

    async def _publish(self) -> Draft:
        """Confirm everybody of the first point of the draft, and publish it by its card in the office."""
        draft: Draft | None = None

        async def is_published() -> bool:
            nonlocal draft
            async with self._chaos.store() as store:
                draft = await store.drafts.of_prompt(self._prompt.id) or draft
                if draft is None:
                    return False
                if await store.drafts.has_ended(self._prompt.id, self._prompt.closed_at or self._chaos.now()):
                    return True
                if not draft.changes:
                    said = tuple(quote.message for quote in draft.summary.points[0].quotes)
                    for change in (Confirm, NameNobody):
                        made = change(draft.summary.points[0].ref, said)
                        draft = await store.drafts.change(draft, self._discord.facilitator.id, made, self._chaos.now())
            for card in self._discord.find(self._discord.office.id, f"review-publish:{draft.id}"):
                asked, words = await self._discord.answer(self._discord.facilitator.click(card, label=PUBLISH))
                if words and asked.response:
                    label = PUBLISH_POINTS if PUBLISH_POINTS in str(asked.response.components) else PUBLISH
                    await self._discord.answer(self._discord.facilitator.click(asked.response, label=label), words)
            return False

        await self._chaos.until(is_published, "the summary is published")
        assert draft is not None
        return draft

    async def _check(self) -> None:
        """Nothing is lost, and nothing is there twice."""
        prompt, shared = self._prompt, self._discord
        thread_id = prompt.thread_id or 0
        async with self._chaos.store() as store:
            batches = [each for each in await store.private.waiting(prompt.guild_id) if each.prompt_id == prompt.id]
            people = await store.private.of_batch(prompt.guild_id, batches[0].id)
            decided = await store.outcomes.posts(self._outcome.id) if self._outcome else ()
            in_thread = [each.message_id for each in await store.summaries.shared(prompt.id)]
            in_thread += [each.message_id for each in decided]

        async def is_told() -> bool:
            return bool(shared.find(shared.office.id, f"private-read:{batches[0].id}:"))

        await self._chaos.until(is_told, "facilitators are told what they can read")
        in_channel = [post.id for post in shared.posts(shared.prompts.id)]

        assert await self._are_stored()
        assert prompt.state is PromptState.CLOSED
        assert in_channel[2 * self._number - 2 :] == [prompt.message_id, prompt.notice_id]
        assert [post.id for post in shared.posts(thread_id)] == [prompt.reminder_id, prompt.closing_id, *in_thread]
        assert len(shared.threads()) == self._number
        assert len(batches) == 1
        assert sorted(reply.text for reply in people) == sorted(map(_private, range(len(shared.staff))))
        posted = Counter(shared.posted[self._posted_before :])
        assert [post for post, times in posted.items() if times > 1] == []
        assert shared.unknown == []


def _private(number: int) -> str:
    return f"Privately, from {number}."
