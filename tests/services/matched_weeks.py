"""A series of three weeks, and a language model that matches the themes in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from bot.errors import ModelError
from bot.models.language_model import ModelRequest, Purpose
from bot.models.prompts import Prompt
from bot.services.replies.readable_replies import ReadableReplies
from bot.services.summaries.generation import SummaryAids
from bot.services.summaries.organiser_summaries import OrganiserSummary, summarise_series_for_organiser
from bot.store import Store
from bot.summaries.io.stored_replies import private_id
from bot.summaries.language_model.requests import SortingCall
from tests.store.samples import NOW, arrival
from tests.store.senders import prompt_in
from tests.summaries.language_model.models import sort_by_words
from tests.world import shared_worker

FIRST = (
    "The rota comes out too late to plan childcare.",
    "Nobody can book a dentist when the rota is not there.",
    "Parking costs more than my lunch every day.",
)
SECOND = (
    "The rota is still not there two weeks before it starts.",
    "Training was cut for all assistants on our ward.",
)
THIRD = ("The canteen closes before the late shift has its break.", "I park in a field, since the car park is full.")
WEEKS = (FIRST, SECOND, THIRD)
Match = Callable[[dict[int, str]], object]


def by_words(*words: str) -> Match:
    """A model that matches the themes with a word, and names them by it."""

    def match(themes: dict[int, str]) -> object:
        found = [(word, [n for n, text in themes.items() if word in text.casefold()]) for word in words]
        return {"themes": [{"name": word.capitalize(), "members": members} for word, members in found if members]}

    return match


@dataclass
class Model:
    """A language model that sorts by the word rota or park, and matches weeks as it is told."""

    match: Match | str | Exception = field(default_factory=lambda: by_words("rota", "park"))
    fails: Exception | None = None
    asked: list[ModelRequest] = field(default_factory=list)
    before: Callable[[], object] | None = None

    @property
    def matched(self) -> list[ModelRequest]:
        return [request for request in self.asked if request.purpose is Purpose.WEEKS]

    async def ask(self, request: ModelRequest) -> str:
        assert request.may_go is not None
        if not await request.may_go():
            raise ModelError("Some of these words may not go.")
        self.asked.append(request)
        if self.fails is not None:
            raise self.fails
        if request.purpose is not Purpose.WEEKS:
            words = ("rota", "park", "training", "canteen")
            return sort_by_words(*words)(SortingCall(request.purpose, request.data, 0)) or ""
        if self.before is not None:
            await self.before()  # type: ignore[misc]
        if isinstance(self.match, Exception):
            raise self.match
        if isinstance(self.match, str):
            return self.match
        return json.dumps(self.match(themes_of(request)))


def themes_of(request: ModelRequest) -> dict[int, str]:
    """The themes that went out, by their numbers, each as one text."""
    return {theme["n"]: " ".join((theme["name"], *theme["says"])) for theme in json.loads(request.data)["themes"]}


async def everything(_: Prompt, read: ReadableReplies) -> Collection[str]:
    return [*(str(reply.id) for reply in read.replies), *(private_id(reply) for reply in read.private)]


async def series(store: Store, weeks: Sequence[Sequence[str]] = WEEKS) -> list[Prompt]:
    """A prompt a week; the first person writes first each week, the second second."""
    prompts = []
    for week, texts in enumerate(weeks):
        prompt = await prompt_in(store, week + 1)
        prompts.append(prompt)
        ids = 1000 * (week + 1)
        await store.replies.apply([arrival(prompt, ids + n, n, text) for n, text in enumerate(texts, 1)])
    return prompts


async def summed(
    store: Store, prompts: Sequence[Prompt], model: Model, sendable: object = everything, names: Sequence[str] = ()
) -> OrganiserSummary:
    return await summarise_series_for_organiser(
        store,
        shared_worker(),
        "Weekly",
        prompts,
        NOW,
        SummaryAids(names=names, language_model=model, sendable=sendable),  # type: ignore[arg-type]
    )


def found(summary: OrganiserSummary) -> dict[str, int]:
    """The themes that come back, with how many weeks."""
    return {theme.name: len(theme.weeks) for theme in summary.comes_back}


async def kept(store: Store) -> int:
    async with store.settings._database.read() as connection:
        return int((await connection.exec_driver_sql("SELECT count(*) FROM returning_themes")).scalar_one())
