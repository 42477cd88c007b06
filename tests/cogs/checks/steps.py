"""What organisers and staff do with a check in the tests: start it, tap points, write what is missing, end it."""

from __future__ import annotations

from typing import Any

from bot.models.prompts import Prompt
from bot.models.views import Choice
from cogs.checks.cards import ASK, RESULTS
from cogs.checks.commands import END_EARLY
from cogs.checks.start import START, STARTED
from cogs.views.cards import OTHERS, OWN_WORDS, PRIVATELY
from tests.cogs.summaries.discussion import Discussion
from tests.wording import says
from tests.world import World, shown, words

HERE, ELSEWHERE, SKIPPED = (choice.label for choice in Choice)
WEEK = 7 * 86_400


async def preview_check(world: World, prompt: Prompt, **options: Any) -> Any:
    """See what a check would ask; nothing is posted."""
    return await world.organiser.slash(world.prompts, "check start", prompt=str(prompt.id), **options)


async def start_check(world: World, prompt: Prompt, **options: Any) -> Any:
    """See it, and start it. Returns the answer to the button."""
    asked = await preview_check(world, prompt, **options)
    return await world.organiser.click(asked.response or asked.followups[-1], label=START)


async def ask_to_end(world: World) -> Any:
    """Press "End early" at the first of the list of checks, and return what asks if they are sure."""
    status = await world.organiser.slash(world.prompts, "check status")
    return await world.organiser.click(status.response or status.followups[-1], label=END_EARLY)


def staff(world: World, number: int) -> list[Any]:
    """So many people, some of them new."""
    new = [world.guild.add_member(world.env.create_user(f"Person {place}")) for place in range(number)]
    return [*world.staff, *new][:number]


async def start(talk: Discussion, **options: Any) -> Any:
    """The organiser starts a check; returns its card."""
    assert says(shown(await start_check(talk.world, talk.prompt, **options)), STARTED)
    return card_in(talk)


def card_in(talk: Discussion) -> Any:
    return next(one for one in talk.thread.history() if ASK in words(one))


def results_in(talk: Discussion) -> list[Any]:
    return [one for one in talk.thread.history() if says(words(one), RESULTS)]


async def tap(card: Any, person: Any, *labels: str) -> Any:
    """Somebody opens the card and taps these buttons, one after the other; returns what the bot answers."""
    answer = await person.click(card, label=OTHERS)
    for label in labels:
        answer = await person.click(answer.response or answer.followups[-1], label=label)
    return answer


async def tap_by_five(world: World, card: Any) -> None:
    """Five people, as many as a number is shown for, say that it's the same where they work."""
    for person in staff(world, 5):
        await tap(card, person, HERE)


async def tell_missing(card: Any, person: Any, text: str, quoting: str = "yes") -> Any:
    """Somebody goes on to the form for private words and fills it."""
    form = await tap(card, person, OWN_WORDS, PRIVATELY)
    return await person.submit_modal(form, {"words": text, "quoting": quoting})
