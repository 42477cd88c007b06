"""A reviewer at work: opens a draft and its points, ticks, fills in forms, and reads what they alone see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.models.reviews import Draft
from bot.summaries.lifecycle.record import Record
from cogs.review.point_card import ALL_NAME_NOBODY, CONFIRM_ALL
from cogs.review.texts import PUBLISH
from tests.cogs.summaries.discussion import Discussion
from tests.world import World, words


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

    async def start(self) -> Any:
        """Ask for the draft with the command."""
        return await self.person.slash(self.world.prompts, "summary draft", prompt=str(self.discussion.prompt.id))

    async def open(self, number: int) -> None:
        """Choose a point on the draft's card, by its number on the page that it shows."""
        select = select_named(self.card, "review-choose")
        result = await self.person.select(self.card, values_of(select, [number]), custom_id=select["custom_id"])
        self.own = result.response

    async def press(self, label: str) -> Any:
        """Press a button of the own card."""
        return await self.person.click(self.own.message, label=label)

    async def tick(self, what: str, *numbers: int) -> Any:
        """Leave these quotes ticked in a select of the own card."""
        select = select_named(self.own.message, what)
        return await self.person.select(self.own.message, values_of(select, numbers), custom_id=select["custom_id"])

    async def set_kind(self, kind: str) -> None:
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
        """Confirm everybody of a point, and tick that their quotes name nobody."""
        await self.open(number)
        await self.press(CONFIRM_ALL)
        await self.press(ALL_NAME_NOBODY)


def drafts_in(world: World) -> list[discord.Message]:
    """The cards of drafts in the facilitators' channel, the oldest first."""
    return [message for message in world.office.history() if "Draft of a summary" in words(message)]


def select_named(message: discord.Message, name: str) -> dict[str, Any]:
    """The select of a card that calls this route."""
    found: list[dict[str, Any]] = [
        one
        for component in message.components
        for one in _walk(component.to_dict())
        if str(one.get("custom_id", "")).split(":")[0] == name
    ]
    assert found, f"the card has no {name}"
    return found[0]


def values_of(select: dict[str, Any], wanted: Sequence[object]) -> list[str]:
    """The values of options by the number before their words, or by their whole label."""
    by_label = {option["label"]: option["value"] for option in select["options"]}
    by_number = {label.split(".")[0]: value for label, value in by_label.items()}
    return [by_label[one] if one in by_label else by_number[str(one)] for one in wanted]


def _walk(component: Any) -> Iterator[Any]:
    yield component
    for child in component.get("components", ()):
        yield from _walk(child)
