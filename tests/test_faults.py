"""Bad input and faults as people meet them in the running bot; each part's own tests look closer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from simcord.enums import InteractionType

from bot.discord_errors import FAILED
from bot.services.prompts import new_prompt
from cogs.prompts.card import REPLY
from cogs.prompts.posting import OPEN_ALREADY, POSTED, post
from cogs.replies.forms import IN_THREAD, NOTHING_STORED
from cogs.setup.forms import NUMBERS, TITLES
from tests.cogs.prompts.scenes import cards, library, make_series, posted
from tests.cogs.replies.talk import talk_in
from tests.cogs.setup.steps import fill_in
from tests.cogs.summaries.discussion import read_pages
from tests.permissions.walk import a_card, press_button, send
from tests.store.test_inbox import fill_up, make_room
from tests.wording import opening, says
from tests.world import World, shown, words

RIGHT_TO_LEFT = "\u05e9\u05dc\u05d5\u05dd, the night shift \u202eis short\u202c of people."
HIDDEN = "Night\u200b staffing\u2060 is\u00ad short."
HOSTILE = "@everyone <@&1> [free](https://evil.example) ||x|| ```\n# Big\n> said"


@asynccontextmanager
async def full(world: World) -> AsyncIterator[None]:
    limit = await fill_up(world.store)
    yield
    await make_room(world.store, limit)


@asynccontextmanager
async def read_only(world: World) -> AsyncIterator[None]:
    await _let_write(world, "query_only = ON")
    yield
    await _let_write(world, "query_only = OFF")


async def _let_write(world: World, pragma: str) -> None:
    async with world.store._database._engine.writer.connect() as connection:
        raw = await connection.get_raw_connection()  # no transaction: it could not begin
        assert raw.driver_connection is not None
        await raw.driver_connection.execute_fetchall(f"PRAGMA {pragma}")


SENT = InteractionType.MODAL_SUBMIT


def new_series_sent(source_id: int) -> dict[str, Any]:
    """The form of a new series as it is sent."""
    typed = {"title": "Another", "time": "10:00", "excerpts": ""}
    parts = [{"type": 4, "custom_id": name, "value": value} for name, value in typed.items()]
    parts.append({"type": 3, "custom_id": "weekday", "values": ["1"]})
    components = [{"type": 18, "component": part} for part in parts]
    return {"custom_id": f"series-create:{source_id}", "components": components}


FAULTS = {"is full": full, "can’t be written": read_only}


@pytest.mark.parametrize("sentence", FAULTS)
@pytest.mark.sampled(1)
async def test_a_database_that_cannot_be_written_is_told_and_reading_goes_on(world: World, sentence: str) -> None:
    (excerpt, *_) = await library(world)
    await make_series(world)
    facilitator, manager = world.facilitator, world.manager
    card = await a_card(world, world.prompts)

    async with FAULTS[sentence](world):
        refused = [
            shown(await facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{excerpt}")),
            await fill_in(world, TITLES[NUMBERS], open_days="9"),
            *[
                shown(
                    await send(
                        world, facilitator, world.prompts, card, InteractionType.MODAL_SUBMIT, new_series_sent(1)
                    )
                )
                for _ in range(40)  # the last page has some room left
            ][-1:],
        ]
        read = [
            shown(await facilitator.slash(world.prompts, "library", excerpt=f"id:{excerpt}")),
            shown(await facilitator.slash(world.prompts, "prompt list")),
            shown(await manager.slash(world.prompts, "setup")),
        ]
    after = shown(await facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{excerpt}"))

    assert sentence in refused[-1]
    assert all(not says(text, FAILED) for text in (*refused, *read))
    assert all(sentence not in text for text in read)
    assert after.startswith((opening(POSTED), opening(OPEN_ALREADY)))
    assert len(cards(world)) == 1


async def test_a_form_that_cannot_be_stored_gives_its_words_back(world: World) -> None:
    talk = await talk_in(world, world.prompts)
    form = await world.staff[0].click(talk.card, label=REPLY)

    async with read_only(world):
        said = [shown(await world.staff[0].submit_modal(form, {"words": "Night staffing. " * 90}))]

    assert "can’t be written" in said[0]
    assert NOTHING_STORED in said[0]
    assert "Night staffing." in said[0]
    assert await talk.replies() == []


async def test_two_facilitators_who_post_at_once_get_one_prompt(world: World) -> None:
    (excerpt_id, *_) = await library(world)
    excerpt = await world.store.library.excerpt(world.guild.id, excerpt_id)
    now = world.env.now()
    new = await new_prompt(world.store, world.guild.id, excerpt, world.prompts.id, now)

    with world.env._bot_scope():
        made = await asyncio.gather(*(post(world.bot, new, now) for _ in range(2)))
    await world.env.settle()

    assert sorted(one is None for one in made) == [False, True]
    assert len(cards(world)) == len(await posted(world)) == len(world.threads()) == 1


async def test_a_paragraph_of_5000_words_becomes_excerpts_that_can_be_posted(world: World) -> None:
    sentence = "Leaders exist at all levels of a hospital and people follow them when they listen. "
    report = (sentence * 340).encode()

    form = await press_button(world, world.facilitator, world.prompts, "library-load")
    await world.facilitator.submit_modal(form, {"file": ("long.txt", report)})
    (source,) = [one for one in await world.store.library.sources(world.guild.id) if not one.pack]
    excerpts = await world.store.library.excerpts(world.guild.id, source.id)
    await world.store.library.ask(world.guild.id, excerpts[0].id, "What do you think?")
    await world.store.library.describe(world.guild.id, source.id, source.details)
    answer = shown(await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{excerpts[0].id}"))

    assert len(excerpts) > 30
    assert answer.startswith("Posted.")


@pytest.mark.parametrize("text", [RIGHT_TO_LEFT, HIDDEN, HOSTILE])
@pytest.mark.sampled(1)
async def test_odd_and_hostile_text_travels_the_whole_loop_and_does_nothing(world: World, text: str) -> None:
    world.staff[0] = world.guild.add_member(world.env.create_user("hostile"), nick="@everyone **[x](https://e.example)")
    (excerpt_id, *_) = await library(world, f"{text} Leaders.", question=f"{text} Why?", own_words=False)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{excerpt_id}")
    (prompt,) = await posted(world)
    (card,) = cards(world)
    form = await world.staff[0].click(card, label=REPLY)
    answer = shown(await world.staff[0].submit_modal(form, {"words": f"{text} We need more people at night."}))
    await world.staff[1].send(world.threads()[0], f"{text} We need many more people at night.")
    await world.env.settle()
    await world.store.inbox.flush()
    asked = await world.organiser.slash(world.prompts, "summary thread", prompt=str(prompt.id))
    summary = "\n".join(await read_pages(world.organiser, asked))

    assert says(answer, IN_THREAD)
    assert "2 of 2 replies" in summary or "more people at night" in summary
    bots = [
        one
        for place in (world.prompts, world.threads()[0])
        for one in place.history()
        if one.author.bot and not one.is_system()
    ]
    for seen in (words(card), summary, *(words(one) for one in bots)):
        assert "[free](" not in seen
        assert "\n# Big" not in seen
        assert "<@&1>" not in seen.replace("\\<@&1>", "")
    sent = [request for request in world.env.http_requests if request.method == "POST"]
    assert all("everyone" not in str(one.json)[str(one.json).find("allowed_mentions") :][:60] for one in sent)
