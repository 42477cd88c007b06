"""How the tests give outcomes and find what is shown of them."""

from __future__ import annotations

from typing import Any

from bot.demo.narrator import find_answer
from bot.models.reviews import Confirm, NameNobody, Reword
from cogs.outcomes.cards import DID
from cogs.outcomes.preview import POST, TITLE
from tests.cogs.review.sitting import Sitting
from tests.cogs.summaries.discussion import Discussion, discuss, new_series
from tests.world import World, shown, words

FIRST = "We are short staffed on nights, and nobody listens when we raise it with the managers"


async def published(world: World, *, words: str = "") -> Discussion:
    """A prompt of a series, whose checked summary is published; ``words`` head its first point in place of staff's."""
    discussion = await discuss(world, series=await new_series(world))
    world.bot.watch.add(discussion.prompt)
    sitting = Sitting(discussion, world.facilitator)
    await sitting.start()
    await confirm_first(sitting)
    if words:
        draft = await sitting.draft()
        change = Reword(draft.summary.points[0].ref, words)
        await world.store.drafts.change(draft, sitting.person.id, change, world.env.now())
    await sitting.publish()
    return discussion


async def confirm_first(sitting: Sitting) -> None:
    """Confirm everybody of the first point, and that they name nobody, as the buttons of its card do."""
    drafts, draft, now = sitting.world.store.drafts, await sitting.draft(), sitting.world.env.now()
    ref = draft.summary.points[0].ref
    said = tuple(quote.message for quote in draft.summary.points[0].quotes)
    for change in (Confirm(ref, said), NameNobody(ref, said)):
        draft = await drafts.change(draft, sitting.person.id, change, now)


async def add(talk: Discussion, refs: str = "1", **options: Any) -> Any:
    """The organiser gives an outcome, and posts it where its preview came."""
    return await post(talk, await preview(talk, refs, **options))


async def post(talk: Discussion, asked: Any) -> Any:
    """The organiser presses "Post" on a preview; what came in its place is returned as it is."""
    if asked.modal is not None or TITLE not in shown(asked):
        return asked
    return await talk.world.organiser.click(find_answer(asked), label=POST)


async def preview(talk: Discussion, refs: str = "1", **options: Any) -> Any:
    """The organiser types an outcome."""
    points = ", ".join(f"P{talk.prompt.id}-{ref}" for ref in refs.split())
    given = {"state": "doing", "what": "We hire six *nurses* for nights.", "owner": "Director of Nursing", **options}
    return await talk.world.organiser.slash(talk.world.prompts, "outcome add", points=points, **given)


async def answer_form(talk: Discussion, opened: Any, **values: str) -> Any:
    """The organiser sends the form about the owner with all that stands in it and these answers, and posts it."""
    parts = [part["component"] for part in opened.modal["components"]]
    filled = {part["custom_id"]: part["value"] for part in parts if part.get("value")}
    return await post(talk, await talk.world.organiser.submit_modal(opened, {**filled, **values}))


def outcomes_in(channel: Any) -> list[str]:
    return [text for text in map(words, channel.history()) if DID in text]


def direct(talk: Discussion, who: int) -> list[str]:
    """The direct messages that a member of staff got."""
    channel = talk.world.staff[who].user.dm_channel
    return [] if channel is None else [words(message) for message in channel.history()]


async def id_of_the_only_outcome(talk: Discussion) -> str:
    (outcome,) = await talk.world.store.outcomes.of_guild(talk.world.guild.id)
    return str(outcome.id)
