"""A reviewer at work: opens a draft and its points, ticks, fills in forms, and reads what they alone see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.models.reviews import Draft
from bot.models.summaries import KeyPoint, Quote, Role
from bot.summaries.lifecycle.record import Record
from bot.summaries.review.continuation import number_points
from bot.summaries.review.publication import PARTLY, PARTLY_PEOPLE
from cogs.review.point_card import CONFIRM_ALL, MORE
from cogs.review.texts import PUBLISH
from tests.cogs.summaries.discussion import Discussion
from tests.world import World, shown, words

FIRST = "We are short staffed on nights, and nobody listens when we raise it"
"""How the first point of the scene begins: one person wrote it, two answered in agreement."""
THREE_OF_NINE = PARTLY.format(parts=PARTLY_PEOPLE.format(confirmed=3, everybody=9))
"""What a summary of the scene says of its checking once the first point is confirmed."""


@dataclass
class Sitting:
    """One reviewer, the discussion that they sum up, and the card of a point that they alone see."""

    discussion: Discussion
    person: Any
    own: Any = None

    @property
    def world(self) -> World:
        return self.discussion.world

    @property
    def card(self) -> discord.Message:
        """The newest card of a draft in the facilitators' channel, as it is now."""
        return drafts_in(self.world)[-1]

    @property
    def text(self) -> str:
        """What the reviewer's own card says now."""
        return words(self.own.message)

    @property
    def published(self) -> discord.Message:
        """The last message of the thread."""
        message: discord.Message = self.discussion.thread.history()[-1]
        return message

    async def draft(self) -> Draft:
        """The draft as it is stored."""
        draft = await self.world.store.drafts.of_prompt(self.discussion.prompt.id)
        assert draft is not None
        return draft

    async def record(self) -> Record:
        """The newest summary that was posted, as it is recorded."""
        shared = await self.world.store.summaries.shared(self.discussion.prompt.id)
        return Record.from_json(shared[-1].body)

    async def lay_out(self, *points: KeyPoint, voices: Sequence[KeyPoint] = ()) -> Draft:
        """Let the open draft hold these points, in place of those that were found, and show them on its card."""
        draft = await self.draft()
        summary = number_points(replace(draft.summary, points=points, voices=tuple(voices)))
        draft = await self.world.store.drafts.replace(draft, summary, draft.held)
        await self.start()
        return draft

    def quote(self, number: int, role: Role = Role.WROTE, text: str = "") -> Quote:
        """The words of a message of the discussion, by its number from 0."""
        message = self.discussion.messages[number]
        return Quote(str(message.id), text or message.content, role=role)

    async def start(self) -> Any:
        """Ask for the draft with the command."""
        return await self.person.slash(self.world.prompts, "summary draft", prompt=str(self.discussion.prompt.id))

    async def open(self, number: int) -> None:
        """Choose a point on the draft's card, by its number on the page that it shows."""
        select = select_named(self.card, "review-choose")
        result = await self.person.select(self.card, values_of(select, [number]), custom_id=select["custom_id"])
        self.own = result.response

    async def press_on_card(self, label: str) -> None:
        """Press a button of the draft's card that opens a card for the reviewer alone."""
        self.own = (await self.person.click(self.card, label=label)).response

    async def press(self, label: str) -> Any:
        """Press a button of the own card, behind "More" where it is not on it."""
        if label not in labels_of(self.own.message) and MORE in labels_of(self.own.message):
            await self.person.click(self.own.message, label=MORE)
        return await self.person.click(self.own.message, label=label)

    async def choose(self, what: str, *labels: object, number: int = 0) -> Any:
        """Choose options of a select of the own card, of the ``number``-th one that calls this route."""
        select = selects_named(self.own.message, what)[number]
        return await self.person.select(self.own.message, values_of(select, labels), custom_id=select["custom_id"])

    async def tick(self, what: str, *numbers: int) -> Any:
        """Leave these quotes ticked in a select of the own card."""
        if MORE in labels_of(self.own.message) and what != "review-too":
            await self.press(MORE)
        select = select_named(self.own.message, what)
        return await self.person.select(self.own.message, values_of(select, numbers), custom_id=select["custom_id"])

    async def set_kind(self, kind: str) -> None:
        await self.press(MORE)
        select = select_named(self.own.message, "review-kind")
        await self.person.select(self.own.message, [kind], custom_id=select["custom_id"])

    async def fill(self, label: str, **values: Any) -> Any:
        """Press a button that opens a form, and send the form: words, ``who`` by numbers, ``to`` by number or name."""
        form = await self.press(label)
        parts = {part["component"]["custom_id"]: part["component"] for part in form.modal["components"]}
        for field in ("who", "to"):
            if field in values:
                wanted = values[field] if isinstance(values[field], list) else [values[field]]
                values[field] = values_of(parts[field], wanted)
        return await self.person.submit_modal(form, values)

    async def publish(self, label: str = "Publish the points only") -> Any:
        """Press Publish on the draft's card, then a button of the question that follows."""
        asked = await self.person.click(self.card, label=PUBLISH)
        return await self.person.click(asked.response.message, label=label)

    async def check(self, number: int) -> None:
        """Confirm everybody of a point, whose quotes name nobody, and look at it again."""
        await self.open(number)
        await self.press(CONFIRM_ALL)
        await self.open(number)


def drafts_in(world: World) -> list[discord.Message]:
    """The cards of drafts in the facilitators' channel, the oldest first."""
    return [message for message in world.office.history() if "Draft of a summary" in words(message)]


def select_named(message: discord.Message, name: str) -> dict[str, Any]:
    """The first select of a card that calls this route."""
    return selects_named(message, name)[0]


def selects_named(message: discord.Message, name: str, *, least: int = 1) -> list[dict[str, Any]]:
    """The selects, or buttons, of a card that call this route: at ``least`` so many."""
    parts = (part for component in message.components for part in _walk(component.to_dict()))
    named = [part for part in parts if str(part.get("custom_id", "")).split(":")[0] == name]
    assert len(named) >= least, f"the card has no {name}"
    return named


def labels_of(message: discord.Message) -> list[str]:
    """The labels of a card's buttons."""
    parts = (part for component in message.components for part in _walk(component.to_dict()))
    return [str(part["label"]) for part in parts if part.get("label")]


def values_of(select: dict[str, Any], wanted: Sequence[object]) -> list[str]:
    """The values of options by the number before their words, or by their whole label."""
    by_label = {option["label"]: option["value"] for option in select["options"]}
    by_number = {label.split(".")[0]: value for label, value in by_label.items()}
    return [by_label[one] if one in by_label else by_number[str(one)] for one in wanted]


def _walk(component: Any) -> Iterator[Any]:
    yield component
    for child in (*component.get("components", ()), *filter(None, [component.get("accessory")])):
        yield from _walk(child)


async def export(sitting: Sitting, *, board: bool = False) -> tuple[str, dict[str, str]]:
    """What the answer to /summary export says, and its texts by name."""
    prompt = str(sitting.discussion.prompt.id)
    answer = await sitting.world.organiser.slash(sitting.world.prompts, "summary export", prompt=prompt, board=board)
    files = {file.filename: await file.read() for file in answer.response.attachments}
    return shown(answer), {name: files[name].decode("utf-8-sig") for name in files if name != "picture.png"}
