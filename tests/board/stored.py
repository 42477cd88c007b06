"""Series in a real database, reviewed and published as a facilitator leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.board.html import board_files
from bot.models.board import PaperFields
from bot.models.prompts import Prompt, Series
from bot.models.replies import Arrival
from bot.models.summaries import KeyPoint, Review, Summary
from bot.services.board_papers import prepare_paper
from bot.store import Store
from bot.summaries import summarise
from bot.summaries.io.stored_replies import private_id, thread_of
from bot.summaries.lifecycle.record import Record
from tests.store.samples import GUILD, NOW, arrival
from tests.store.senders import prompt_in, send

ASK = "Publish the rota six weeks ahead."
ROTA = (
    "The rota comes out too late to plan childcare.",
    "We get the rota too late to plan our childcare.",
    "The rota comes too late for anyone to plan childcare.",
    "The car park is full before the early shift starts.",
)
FIELDS = PaperFields(recommendation=ASK)
LATER = NOW + timedelta(days=20)


async def published(
    store: Store, series: Series, number: int = 1, said: Sequence[str] = ROTA, private: Sequence[str] = ()
) -> Prompt:
    """A closed prompt whose points are all confirmed; people 1, 2, 3 ... say one thing each.

    Of ROTA, the second and the third answer the first in agreement, so that they are counted with it.
    """
    prompt = await prompt_in(store, number, series_id=series.id)
    await store.replies.apply(
        [_arrival(prompt, number, person, text) for person, text in enumerate(said, 1)],
    )
    for person, text in enumerate(private, 50):
        await send(store, prompt, person, text)
    prompt = await store.prompts.close(prompt, NOW)
    if private:
        await store.private.release(prompt, NOW)
        (batch,) = await store.private.waiting(GUILD)
        await store.private.let_in(GUILD, batch.id, 9, NOW)
    await publish(store, prompt)
    return prompt


def _arrival(prompt: Prompt, number: int, person: int, text: str) -> Arrival:
    """What a person says, with the same number in every prompt."""
    reply = arrival(prompt, 1000 * number + person, person, text)
    if text not in ROTA[1:3]:
        return reply
    return reply._replace(text=f"Same here. {text}", reply_to=1000 * number + 1)


async def publish(store: Store, prompt: Prompt) -> None:
    """Its summary, made of what may be read now, with everybody confirmed."""
    replies = await store.replies.of_prompt(prompt.id)
    private = await store.private.shown_for_prompt(prompt.id)
    held = {str(reply.id): reply.person for reply in replies} | {private_id(one): private_id(one) for one in private}
    record = Record(_confirmed(summarise(thread_of(prompt, replies, private))), held, 0, "5 January 2026", changes=2)
    await store.summaries.share(
        guild_id=GUILD, prompt_id=prompt.id, channel_id=700, message_id=900 + prompt.id, body=record.to_json(), now=NOW
    )


def late_reply(prompt: Prompt) -> Arrival:
    """One that came after the summary."""
    return arrival(prompt, 1999, 77, "One more thing about the rota.")


def _confirmed(summary: Summary) -> Summary:
    return replace(summary, points=tuple(_point(number, point) for number, point in enumerate(summary.points, 1)))


def _point(number: int, point: KeyPoint) -> KeyPoint:
    names = tuple(quote.message for quote in point.quotes)
    return replace(point, ref=str(number), review=Review(confirmed=(*names, *point.counted), unnamed=names))


async def paper_of(store: Store, series: Series) -> dict[str, bytes]:
    """The files of a paper made now, by their names."""
    source = await prepare_paper(store, series, FIELDS, LATER)
    return {file.name: file.content for file in board_files(source)}
