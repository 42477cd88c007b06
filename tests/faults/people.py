"""What one person does on a line that fails: they press again when nothing came of it, and look before they do."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import discord
import simcord
from simcord.backend.errors import BackendError

from bot.discord_errors import FAILED
from bot.models.prompts import Prompt
from bot.models.views import Choice
from bot.services.outcomes import list_published_points
from cogs.checks.cards import ASK
from cogs.checks.start import START
from cogs.checks.start import TITLE as START_HEADING
from cogs.outcomes.preview import POST
from cogs.outcomes.preview import TITLE as PREVIEW
from cogs.private_replies import forms as private
from cogs.prompts.card import REPLY, REPLY_PRIVATELY
from cogs.replies.forms import IN_THREAD, KEPT, TAKEN_BACK
from cogs.replies.views import DELETE
from cogs.review.draft_card import TITLE as DRAFT_TITLE
from cogs.review.point_card import CONFIRM_ALL
from cogs.review.texts import PUBLISH
from cogs.summaries.card import PREPARING as PLACEHOLDER
from cogs.summaries.card_text import TITLE as SUMMARY_TITLE
from cogs.summaries.commands import IN_THREAD as IN_THE_THREAD
from cogs.views.cards import OTHERS
from tests.cogs.review.sitting import select_named, values_of
from tests.faults.trust import Server, Trust
from tests.wording import says
from tests.world import words

TRIES = 25
ANSWER_S = 40
"""How long a person waits for an answer: longer than discord.py repeats a request."""
OFF_S = 900
PREPARING = PLACEHOLDER
STORED = (IN_THREAD, KEPT)
PRIVATE_STORED = (private.STORED, private.CHANGED)

Act = Callable[[], Awaitable[object]]
IsDone = Callable[[], Awaitable[bool]]


class People:
    """The people of both servers. Whom the bot gives no answer looks whether it is done, and else tries again."""

    def __init__(self, trust: Trust, chance: random.Random) -> None:
        self.trust = trust
        self.chance = chance
        self.stood_before: Counter[str] = Counter()  # why nothing could be pressed, for whoever reads a run
        self._marks = 0

    def mark(self) -> str:
        """A word that nobody has used, made of letters alone, so that it is taken for no number of anybody."""
        self._marks += 1
        letters = "bdfgklmnprstvz"
        return "zu" + "".join(f"{letters[(self._marks // 14**place) % 14]}o" for place in range(4))

    async def insist(self, what: str, act: Act, is_done: IsDone, tries: int = TRIES) -> bool:
        """Do something until it is done; hours of failing are written down."""
        for _ in range(tries):
            await self.be_up()
            if await is_done():
                return True
            try:
                await act()
            except (simcord.SetupError, BackendError, LookupError, AssertionError) as error:
                self.stood_before[f"{what}: {error}"[:160]] += 1
            await self.trust.pass_time(ANSWER_S + self.chance.randrange(60, 300))
        await self.be_up()
        if await is_done():
            return True
        self.trust.ledger.given_up.append(what)
        return False

    async def be_up(self) -> None:
        """Wait for the bot where it is down: somebody starts it again after a while."""
        if not self.trust.is_up:
            await self.trust.pass_time(OFF_S)
            await self.trust.come_up()

    async def answer(self, result: Any) -> str:
        """What a person reads in answer, once the bot had its time; what is said and is not so is written down."""
        await self.trust.pass_time(ANSWER_S)
        shown = [message for message in (result.response, *result.followups) if message is not None]
        said = "\n".join(words(message.message) for message in shown)
        if says(said, FAILED):
            self.trust.ledger.false_words.append("“That did not work, and nothing was lost”")
        return said

    # ------------------------------------------------------------------ what staff do

    def say(self, server: Server, thread_id: int, text: str, who: int) -> int:
        """Somebody writes in a thread, whether the bot hears it or not."""
        return self.trust.env.backend.create_message(thread_id, server.staff[who].id, text).id

    async def reply_by_form(self, server: Server, prompt: Prompt, text: str, who: int) -> str:
        """Somebody replies by the form; returns the mark of what they sent last."""
        ledger, sent = self.trust.ledger, [""]

        async def act() -> None:
            opened = await server.staff[who].click(self.card(server, prompt), label=REPLY)
            await self.trust.pass_time(ANSWER_S)
            if opened.modal is None:
                return
            sent[0] = self.mark()
            ledger.forms[sent[0]] = prompt.id
            said = await self.answer(await server.staff[who].submit_modal(opened, {"words": f"{text} {sent[0]}"}))
            if any(says(said, text) for text in STORED):
                ledger.stored_forms.add(sent[0])

        async def is_done() -> bool:
            return sent[0] in ledger.stored_forms or (bool(sent[0]) and bool(self.posted_forms(prompt, sent[0])))

        await self.insist("reply by the form", act, is_done)
        return sent[0]

    async def take_back_form(self, server: Server, prompt: Prompt, mark: str, who: int) -> None:
        """The author presses Delete until the message is gone, or the bot says that the reply is taken back."""

        async def act() -> None:
            message = self.posted_forms(prompt, mark)[0]
            said = await self.answer(await server.staff[who].click(message, label=DELETE))
            if TAKEN_BACK in said:
                self.trust.ledger.withdrawn.add(mark)

        async def is_done() -> bool:
            return mark in self.trust.ledger.withdrawn or not self.posted_forms(prompt, mark)

        # The answer may be lost after the bot did what was asked.
        if self.posted_forms(prompt, mark) and await self.insist("take back a form's reply", act, is_done):
            self.trust.ledger.withdrawn.add(mark)

    async def reply_privately(self, server: Server, prompt: Prompt, text: str, who: int) -> None:
        """Somebody sends a private reply until the bot says that it is stored."""
        told = self.trust.ledger.private.setdefault(prompt.id, set())

        async def act() -> None:
            opened = await server.staff[who].click(self.card(server, prompt), label=REPLY_PRIVATELY)
            await self.trust.pass_time(ANSWER_S)
            if opened.modal is not None:
                sent = await server.staff[who].submit_modal(opened, {"words": text, "quoting": "yes"})
                said = await self.answer(sent)
                if any(says(said, text) for text in PRIVATE_STORED):
                    told.add(who)

        async def is_done() -> bool:
            return who in told

        await self.insist("reply privately", act, is_done)

    async def tap_in_check(self, server: Server, prompt: Prompt, who: int) -> None:
        """Somebody taps about the first point of an open check."""
        check = (await self.trust.store.checks.of_prompt(prompt.id))[-1]
        marks = [point.mark for point in check.points]

        async def act() -> None:
            opened = await server.staff[who].click(self.find(prompt, ASK), label=OTHERS)
            await self.trust.pass_time(ANSWER_S)
            if opened.response is not None:
                await server.staff[who].click(opened.response, label=Choice.SAME.label)

        async def is_done() -> bool:
            return bool(await self.trust.store.check_presses.own(check, server.staff[who].id, marks))

        await self.insist("tap in a check", act, is_done)

    # ------------------------------------------------------------- what facilitators and organisers do

    async def close_by_hand(self, server: Server, prompt: Prompt) -> None:
        """A facilitator closes a prompt, and looks whether it is closed."""

        async def act() -> None:
            await self.answer(await server.facilitator.slash(server.office, "prompt close", prompt=str(prompt.id)))

        async def is_done() -> bool:
            return (await self.trust.store.prompts.get(server.guild.id, prompt.id)).closed_at is not None

        await self.insist("close a prompt", act, is_done)

    async def share(self, server: Server, prompt: Prompt) -> None:
        """An organiser shares a summary in the thread, and looks there before asking again."""
        self.trust.ledger.shared.add(prompt.id)

        async def act() -> None:
            said = await self.answer(
                await server.organiser.slash(server.office, "summary thread", prompt=str(prompt.id), share=True)
            )
            if IN_THE_THREAD in said and PREPARING in "".join(self.texts(prompt)):
                self.trust.ledger.false_words.append("“The summary is in the thread”, which shows its placeholder")

        async def is_done() -> bool:
            return SUMMARY_TITLE in "".join(self.texts(prompt)) or PREPARING in "".join(self.texts(prompt))

        await self.insist("share a summary", act, is_done)

    async def publish(self, server: Server, prompt: Prompt) -> None:
        """A facilitator confirms a point of the draft and publishes it; without a card they ask for the draft."""
        person, trust = server.facilitator, self.trust

        async def confirm() -> None:
            card = self.draft_card(server, prompt)
            if card is None:
                await self.answer(await person.slash(server.office, "summary draft", prompt=str(prompt.id)))
                return
            select = select_named(card, "review-choose")
            chosen = values_of(select, [1])
            opened = await person.select(card, chosen, custom_id=select["custom_id"])
            await self.answer(opened)
            own = opened.response or opened.followups[-1]
            await self.answer(await person.click(own.message, label=CONFIRM_ALL))

        async def is_confirmed() -> bool:
            draft = await trust.store.drafts.of_prompt(prompt.id)
            return draft is None or draft.changes >= 1

        async def act() -> None:
            card = self.draft_card(server, prompt)
            if card is None:
                raise LookupError("there is no card of the draft")
            asked = await person.click(card, label=PUBLISH)
            await self.answer(asked)
            own = (asked.response or asked.followups[-1]).message
            await self.answer(await person.click(own, custom_id=_first_button(own, "review-publish-now")))

        async def is_published() -> bool:
            return await trust.store.drafts.of_prompt(prompt.id) is None

        if await trust.store.drafts.of_prompt(prompt.id) is None:
            await self.answer(await person.slash(server.office, "summary draft", prompt=str(prompt.id)))
        await self.insist("confirm a point", confirm, is_confirmed)
        await self.insist("publish a draft", act, is_published)

    async def give_outcome(self, server: Server, prompt: Prompt) -> bool:
        """An organiser gives an outcome of the first published point, and looks at the list before trying again."""
        points = await list_published_points(self.trust.bot.store, prompt)
        if not points:
            return False
        given = {"points": str(points[0].ref), "state": "doing", "what": "We hire six nurses for nights."}

        async def act() -> None:
            asked = await server.organiser.slash(server.office, "outcome add", **given)
            if PREVIEW in await self.answer(asked):
                seen = asked.response or asked.followups[-1]
                await self.answer(await server.organiser.click(seen, label=POST))

        async def is_done() -> bool:
            every = await self.trust.store.outcomes.of_guild(server.guild.id)
            return any(ref.prompt_id == prompt.id for outcome in every for ref in outcome.points)

        return await self.insist("give an outcome", act, is_done)

    async def start_check(self, server: Server, prompt: Prompt) -> bool:
        """An organiser sends the points back to staff, and looks at the list before trying again."""
        if not await list_published_points(self.trust.bot.store, prompt):
            return False

        async def act() -> None:
            asked = await server.organiser.slash(server.office, "check start", prompt=str(prompt.id), days=1, people=1)
            if START_HEADING in await self.answer(asked):
                seen = asked.response or asked.followups[-1]
                await self.answer(await server.organiser.click(seen, label=START))

        async def is_done() -> bool:
            return bool(await self.trust.store.checks.of_prompt(prompt.id))

        return await self.insist("start a check", act, is_done)

    # ----------------------------------------------------------------------- what people see

    def messages(self, channel_id: int) -> list[discord.Message]:
        """What stands in a channel or thread, oldest first."""
        return list(self._handle(channel_id).history()) if channel_id in self.trust.env.backend.channels else []

    def texts(self, prompt: Prompt) -> list[str]:
        """The words in a prompt's thread."""
        return [words(message) for message in self.messages(prompt.thread_id or 0)]

    def find(self, prompt: Prompt, text: str) -> discord.Message:
        """The message in a prompt's thread that says this. Raises LookupError."""
        for message in self.messages(prompt.thread_id or 0):
            if text in words(message):
                return message
        raise LookupError(f"nothing in the thread says {text}")

    def card(self, server: Server, prompt: Prompt) -> discord.Message:
        """The card of a prompt, as anybody finds it. Raises LookupError where there is none."""
        place = prompt.thread_id if server.is_forum else prompt.channel_id
        for message in self.messages(place or 0):
            if any(f"reply:{prompt.claim}" in str(part.to_dict()) for part in message.components):
                return message
        raise LookupError("there is no card")

    def draft_card(self, server: Server, prompt: Prompt) -> discord.Message | None:
        """The newest card of an open draft about this question in the facilitators' channel."""
        cards = [
            message
            for message in self.messages(server.office.id)
            if DRAFT_TITLE in words(message)
            and prompt.wording.question in words(message)
            and any("review-publish:" in str(part.to_dict()) for part in message.components)
        ]
        return cards[-1] if cards else None

    def posted_forms(self, prompt: Prompt, mark: str) -> list[discord.Message]:
        """The messages of the bot that show what was sent by a form."""
        return [
            message
            for message in self.messages(prompt.thread_id or 0)
            if mark in words(message) and any("reply-edit:" in str(part.to_dict()) for part in message.components)
        ]

    def _handle(self, channel_id: int) -> Any:
        for server in self.trust.servers:
            for channel in server.guild.channels.values():
                if channel.id == channel_id:
                    return channel
                for thread in channel.threads:
                    if thread.id == channel_id:
                        return thread
        raise LookupError("no such channel")


def _first_button(message: discord.Message, route: str) -> str:
    """The custom_id of the first button that calls a route. Raises LookupError."""
    for component in message.components:
        for custom_id in _custom_ids(component.to_dict()):
            if custom_id.startswith(f"{route}:"):
                return custom_id
    raise LookupError(f"there is no button for {route}")


def _custom_ids(component: Any) -> Iterator[str]:
    if "custom_id" in component:
        yield component["custom_id"]
    for child in component.get("components", ()):
        yield from _custom_ids(child)
