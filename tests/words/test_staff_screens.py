"""What staff see, gathered from the running bot, has no words of facilitators and the code, and reads easily."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.permissions.tables import EVERYBODY, ITS_AUTHOR, Ids
from tests.permissions.test_permissions import MARK, everything_in
from tests.permissions.walk import press_button, walk
from tests.words.reading_ease import FEWEST_WORDS, measure, measure_paragraphs
from tests.words.test_code_texts import OURS
from tests.world import new_world, words

THE_BOT_SPEAKS = re.compile(r"\bI\b(?! (?:manage|don’t manage|meant))|\bI’\w+|\bmy (?:role|copy)\b")
"""The bot saying I; people say it of themselves on three buttons."""


async def gather_screens(ids: Ids) -> AsyncIterator[tuple[str, str]]:
    """Do all that staff may do, open and closed, and yield what each thing shows, by its name."""
    for state in ("open", "closed"):
        if state == "closed":
            await ids.world.facilitator.slash(ids.world.prompts, "prompt close", prompt=str(ids.prompt))
            await press_button(ids.world, ids.world.facilitator, ids.world.prompts, f"check-end:{ids.check}")
        for person in ("author", "staff"):
            async for name, _, result in walk(ids, ids.people[person], ids.world.prompts, is_for_staff):
                for part in screens_of(result):
                    yield f"{name} of {person}, {state}", part
    for channel in (ids.world.prompts, *ids.world.threads()):
        for message in channel.history():
            if message.author.bot:
                yield f"in {channel.name}", words(message)


def is_for_staff(who: frozenset[str]) -> bool:
    """Say whether members of staff may do a thing."""
    return who in (EVERYBODY, ITS_AUTHOR)


def screens_of(result: Any) -> Iterator[str]:
    """Yield the text of each message and of the form that a person is shown."""
    if result.modal is not None:
        yield "\n".join(form_texts(result.modal))
    for message in (result.response, *result.followups):
        if message is not None:
            yield words(message.message)


def form_texts(part: Any) -> Iterator[str]:
    """Yield what a form says: its title, labels, hints and choices, and not what was typed before."""
    if isinstance(part, list):
        for inner in part:
            yield from form_texts(inner)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in ("title", "label", "description", "placeholder", "content") and isinstance(value, str):
                yield value
            else:
                yield from form_texts(value)


def ours_alone(screen: str) -> str:
    """Return a screen without the lines that somebody wrote: they hold the mark."""
    return "\n".join(line for line in screen.splitlines() if MARK not in line)


def find_faults(name: str, screen: str) -> Iterator[str]:
    """Say what a screen of ours does not do as it should."""
    text = ours_alone(screen)
    for pattern in (OURS, THE_BOT_SPEAKS):
        if found := pattern.search(text):
            yield f"{name}: “{found[0]}” in {text!r}"
    reading = measure(text)
    if not reading.is_plain:
        yield f"{name}: ease {reading.ease:.0f}, grade {reading.grade:.1f}: {text!r}"
    for paragraph in measure_paragraphs(text):
        if not paragraph.is_plain_paragraph:
            yield f"{name}: ease {paragraph.ease:.0f}, grade {paragraph.grade:.1f}: {paragraph.text!r}"


async def test_every_screen_of_staff_is_in_their_words_and_reads_easily(tmp_path: Path) -> None:
    async with new_world(tmp_path) as world:
        ids = await everything_in(world)
        screens = {screen: name async for name, screen in gather_screens(ids) if ours_alone(screen).strip()}
    long = [screen for screen in screens if measure(ours_alone(screen)).words >= FEWEST_WORDS]

    assert len(screens) > 60
    assert len(long) > 25
    assert [fault for screen, name in screens.items() for fault in find_faults(name, screen)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "This prompt is closed.",
        "The excerpt is from a report.",
        "No outcome is given yet.",
        "I left a phone number out of my copy.",
        "Notwithstanding the aforementioned considerations, participation in subsequent organisational consultations "
        "remains discretionary, irrespective of previously communicated preferences and managerial responsibilities.",
    ],
)
def test_a_sentence_that_is_not_for_staff_is_found_on_an_easy_screen(sentence: str) -> None:
    easy = "\n".join(["Tap a button, and tell us what you think. We keep your words safe."] * 30)

    assert list(find_faults("A card", easy)) == []
    assert list(find_faults("A card", f"{easy}\n{sentence}"))
