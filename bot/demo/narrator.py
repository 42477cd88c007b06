"""Tells what people do and see as plain text, and notes whatever should have been seen and was not."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import discord
from simcord import ChannelHandle, InteractionResult, ResponseMessage

from bot.demo.cast import Line
from bot.demo.render import Reader, render_form, render_message, wrap_lines
from bot.demo.world import World
from bot.text.words import human_join

INDENT = "    "


class Choice(NamedTuple):
    """What a list offers while a person types: the name that is seen, and the value that is sent."""

    name: str
    value: Any


class _Option(NamedTuple):
    """An option of a list: the list's custom_id, the option's value and label, and the text that is above."""

    of: str
    value: str
    label: str
    above: str


class Narrator:
    """Prints through ``say``. Each ``sees`` returns the text, for the checks.

    ``say_scene`` is told the title of each scene, for somebody who waits for the play to end. ``presses_made`` counts
    what people pressed, chose and sent since the start.
    """

    def __init__(
        self, world: World, say: Callable[[str], object], say_scene: Callable[[str], object] | None = None
    ) -> None:
        self._world = world
        self._say = say
        self._say_scene = say_scene
        self._missing: list[str] = []
        self._checked = 0
        self.presses_made = 0

    def scene(self, title: str) -> None:
        """Begin a scene, and say what day and time it is in the demo."""
        now = self._world.local_now()
        if self._say_scene is not None:
            self._say_scene(f"  {title}.")
        self._say(f"\n=== {title} ({now:%A} {now.day} {now:%B %Y}, {now:%H:%M}) ===")

    def does(self, key: str, deed: str) -> None:
        """Say what a person does, after their name."""
        self._say(f"\n{self._world.cast.people[key].name} {deed}")

    def sees(self, message: discord.Message | None) -> str:
        """Tell what a message shows. None shows nothing, which a check then finds."""
        return self._tell(
            render_message(message, Reader(self._names(), self._world.local_now())) if message is not None else ""
        )

    async def types(
        self, key: str, channel: ChannelHandle, command: str, /, **options: Any
    ) -> tuple[InteractionResult, str]:
        """Have somebody use a slash command; tell it and its answer. An option may be a Choice of a list."""
        written = "".join(f" {name}:{getattr(value, 'name', value)}" for name, value in options.items())
        self.does(key, f"types /{command}{written} in #{channel.name}, and sees:")
        sent = {name: getattr(value, "value", value) for name, value in options.items()}
        result = await self._world.people[key].slash(channel, command, **sent)
        return result, self.answer(result)

    async def presses(
        self, key: str, shown: discord.Message | InteractionResult, label: str
    ) -> tuple[InteractionResult, str]:
        """Have somebody press a button of a message or an answer; tell what comes of it."""
        self.does(key, f"presses “{label}”, and sees:")
        self.presses_made += 1
        result = await self._world.people[key].click(_message(shown), label=label)
        return result, self.answer(result)

    async def chooses(
        self, key: str, shown: discord.Message | InteractionResult, *words: str, below: str = ""
    ) -> tuple[InteractionResult, str]:
        """Have somebody choose the options of one list that hold the words, one for each; tell the answer to that.

        Where several lists are in a message, ``below`` is what the text above the wanted one says.
        """
        self.does(key, f"chooses {human_join([f'“{part}”' for part in words])}, and sees:")
        self.presses_made += 1
        message = _message(shown)
        offered = [option for option in _options(_as_data(message.components)) if below in option.above]
        chosen = [next((option for option in offered if part in option.label), None) for part in words]
        if None in chosen or len({option.of for option in chosen if option}) != 1:
            raise LookupError(f"no list offers {words}")
        found = [option for option in chosen if option is not None]
        values = [option.value for option in found]
        result = await self._world.people[key].select(message, values, custom_id=found[0].of)
        return result, self.answer(result)

    async def sends(self, key: str, form: InteractionResult, **values: Any) -> tuple[InteractionResult, str]:
        """Have somebody fill a form and send it; tell the answer."""
        self.does(key, "fills the form in and sends it, and sees:")
        self.presses_made += 1
        result = await self._world.people[key].submit_modal(form, values)
        return result, self.answer(result)

    async def writes_in(self, key: str, form: InteractionResult, words: str) -> tuple[InteractionResult, str]:
        """Have somebody fill a form's text with the words and send it; tell the answer."""
        return await self.sends(key, form, **{_text_input(form): words})

    def line(self, line: Line) -> None:
        """Tell a reply as it is in the thread."""
        author = self._world.cast.people[line.author]
        answering = " (answering)" if line.reply_to else ""
        agreed = "".join(f"  {reaction.emoji} {len(reaction.people)}" for reaction in line.reactions)
        self._tell(f"{author.name}, {author.job}{answering}: {line.text}{agreed}")

    def says(self, text: str) -> None:
        """Tell something that nobody in the scene says."""
        self._say(f"\n{wrap_lines(text)}")

    def shows(self, text: str) -> None:
        """Tell the words of a file."""
        self._tell(text)

    def answer(self, result: InteractionResult) -> str:
        """Tell the bot's answer to an action: the form that it opened, or the message and what followed it."""
        if result.modal is not None:
            return self._tell(render_form(result.modal))
        answers = [result.response, *result.followups]
        shown = {answer.id: answer.message for answer in answers if answer is not None}
        return "\n".join(self.sees(message) for message in shown.values())

    @contextmanager
    def silence(self) -> Iterator[None]:
        """Tell nothing of what happens meanwhile; checks count all the same."""
        say, self._say = self._say, lambda _: None
        try:
            yield
        finally:
            self._say = say

    def check(self, seen: bool, what: str) -> None:
        """Note ``what`` as missing unless it was ``seen``."""
        self._checked += 1
        if not seen:
            self._missing.append(what)
            self._say(f"{INDENT}MISSING: {what}")

    def report(self) -> bool:
        """Say how many things were looked for and which were missing; True when none was."""
        self._missing += [f"the bot met an error: {error!r}" for error in self._world.env.errors]
        if not self._missing:
            self._say(f"\nAll {self._checked} checks passed.")
        else:
            self._say(f"\n{len(self._missing)} of {self._checked} checks failed.")
        for what in self._missing:
            self._say(f"  - {what}")
        return not self._missing

    def _tell(self, text: str) -> str:
        if text:
            self._say(textwrap.indent(wrap_lines(text), INDENT, lambda _: True))
        return text

    def _names(self) -> dict[int, str]:
        people = {member.id: f"@{self._world.cast.people[key].name}" for key, member in self._world.people.items()}
        channels: dict[int, Any] = {id_: channel.name for id_, channel in self._world.env.backend.channels.items()}
        roles = {role.id: f"@{role.name}" for role in self._world.guild.roles.values()}
        return people | {id_: f"#{name}" for id_, name in channels.items()} | roles


def find_answer(result: InteractionResult) -> ResponseMessage:
    """Return the newest message of an answer. Raises LookupError where the bot has not answered."""
    answers = [answer for answer in (result.response, *result.followups) if answer is not None]
    if not answers:
        raise LookupError("the bot gave no answer")
    return answers[-1]


def _message(shown: discord.Message | InteractionResult) -> Any:
    return find_answer(shown) if isinstance(shown, InteractionResult) else shown


def _text_input(form: InteractionResult) -> str:
    """Return the custom_id of a form's first text input."""
    parts = (part.get("component", part) for part in (form.modal or {}).get("components", ()))
    texts = [part["custom_id"] for part in parts if part.get("type") == discord.ComponentType.text_input.value]
    if not texts:
        raise LookupError("the bot showed no form with a text")
    return str(texts[0])


def _as_data(components: Any) -> list[Any]:
    """Return components as Discord sends them, whether they came with an answer or stand in a channel."""
    return [component if isinstance(component, dict) else component.to_dict() for component in components]


def _options(components: Any) -> Iterator[_Option]:
    """Return the options of all lists in a message, in the order in which they are read."""
    above = ""
    for component in _flatten(components):
        above = component.get("content", above)
        for option in component.get("options", ()):
            yield _Option(component["custom_id"], option["value"], option["label"], above)


def _flatten(components: Any) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _flatten(component.get("components", ()))
