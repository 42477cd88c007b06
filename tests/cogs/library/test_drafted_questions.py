"""A facilitator asks the language model for questions to an excerpt; a server on loopback answers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.library import suggest_questions
from bot.library.drafted_questions import INSTRUCTIONS
from bot.models.library import Excerpt, Passage, Source
from bot.models.model_endpoint import ModelEndpoint
from bot.services.drafted_questions import NOT_ON, STAFF_WORDS, TOO_SLOW, draft_questions
from bot.services.language_model.client import (
    AT_FAULT,
    KEY_REFUSED,
    NO_WORDS_LEFT,
    LanguageModelClient,
)
from bot.services.library import digest_passage
from bot.store.suggestions import BY_STAFF
from cogs.core.routing import OUT_OF_DATE
from cogs.library.cards import ASK_MODEL
from cogs.library.drafted_questions import ASKED_ALREADY, HEAD, NONE_LEFT
from tests.cogs.library.steps import excerpt_at, open_excerpt, press_as
from tests.cogs.replies.talk import talk_in
from tests.cogs.summaries.discussion import at_once
from tests.servers.fake_model import FakeModel, cut_off, fails, fake_model, never_end, says
from tests.wording import says as is_said
from tests.world import World, form_parts, shown

RUN_BY = "Riverside Trust"
GOOD = (
    "What would help leaders on your ward to be heard?",
    "How do people at other levels lead where you work?",
    "Which decisions could your team make without asking?",
)


def questions(*texts: object) -> Any:
    return says(json.dumps({"questions": list(texts)}))


async def connect(world: World, server: FakeModel, *, on: bool = True, **changed: Any) -> None:
    endpoint = replace(ModelEndpoint(server.url, "small", "made-up-key", run_by=RUN_BY, seconds=5), **changed)
    world.bot.language_model = LanguageModelClient(endpoint, world.store.model_use.take, first_wait_s=0.01)
    await world.store.settings.change(world.guild.id, language_model=on)


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """The library, and what a thread needs."""
    return ("cogs.library", "cogs.prompts", "cogs.replies")


async def ask(world: World, excerpt: Excerpt) -> Any:
    card = await open_excerpt(world, excerpt)
    return await world.facilitator.click(card.response, label=ASK_MODEL)


async def test_three_drafts_are_shown_and_one_is_changed_and_saved(world: World, report: Source) -> None:
    excerpt = await excerpt_at(world, report, 1)
    async with fake_model(questions(*GOOD)) as server:
        await connect(world, server)
        drafts = await ask(world, excerpt)
        assert is_said(shown(drafts), HEAD, run_by=RUN_BY, position="1")
        assert all(question in shown(drafts) for question in GOOD)
        assert await excerpt_at(world, report, 1) == excerpt

        form = await world.facilitator.click(drafts.response, label="Choose 2")
        assert form_parts(form)["question"]["value"] == GOOD[1]
        assert await excerpt_at(world, report, 1) == excerpt
        saved = await world.facilitator.submit_modal(form, {"question": "How do you lead where you work?"})

    assert (await excerpt_at(world, report, 1)).passage.question == "How do you lead where you work?"
    assert "Saved." in shown(saved)
    assert server.asked == 1


async def test_the_passage_and_its_heading_go_out_without_identifiers_or_anything_else(
    world: World, report: Source
) -> None:
    await world.store.settings.change(world.guild.id, removed_words=["Heronsgate"])
    text = f"Leaders listen, said {world.staff[0].name} and Priya Okonkwo, 07700 900123, of Heronsgate."
    excerpt = await world.store.library.add_excerpt(world.guild.id, report.id, Passage(text, "Levels", question="Why?"))
    async with fake_model(questions(*GOOD)) as server:
        await connect(world, server)
        world.bot.own_words[world.guild.id] = ("Heronsgate",)
        await ask(world, excerpt)

    (body,) = server.bodies
    assert INSTRUCTIONS in body["messages"][0]["content"]
    data = json.loads(body["messages"][1]["content"])
    assert data.keys() == {"heading", "passage"}
    assert data["heading"] == "Levels"
    assert data["passage"].startswith("Leaders listen, said ")
    hidden = (
        "07700",
        "Okonkwo",
        "Heronsgate",
        world.staff[0].name,
        world.facilitator.name,
        str(world.guild.id),
        "Why?",
    )
    assert [text for text in hidden if text in server.words()] == []


async def test_what_cannot_be_proved_is_left_out_and_counted(world: World, report: Source) -> None:
    refused = ("Do you like it here?", "What does Priya think of this?")
    async with fake_model(questions(*refused, GOOD[0])) as server:
        await connect(world, server)
        card = shown(await ask(world, await excerpt_at(world, report, 1)))

    assert GOOD[0] in card
    assert "2 more were left out" in card
    assert not any(question in card for question in refused)


@pytest.mark.parametrize(
    "answer",
    [
        questions("Do you like it here?", "@everyone **go** https://example.org"),
        questions(*suggest_questions("Leaders exist at every level, the report said.")),
        questions(),
        says("Certainly! What would help you to lead?"),
        says('{"questions": "all"}'),
        says("x" * 500_000),
    ],
)
async def test_if_nothing_can_be_used_the_card_says_so_and_the_plain_ones_stay(
    world: World, report: Source, answer: Any
) -> None:
    excerpt = await excerpt_at(world, report, 1)
    async with fake_model(answer) as server:
        await connect(world, server)
        card = await open_excerpt(world, excerpt)
        drafts = await world.facilitator.click(card.response, label=ASK_MODEL)
        assert NONE_LEFT in shown(drafts)
        assert "everyone" not in shown(drafts)
        suggested = f"library-suggested:{excerpt.id}:{digest_passage(excerpt.passage)}:c"
        await world.facilitator.select(card.response, ["0"], custom_id=suggested)

    assert (await excerpt_at(world, report, 1)).passage.question == suggest_questions(excerpt.passage.text)[0]


@pytest.mark.parametrize(
    ("answer", "sentence"), [(fails(401), KEY_REFUSED), (fails(500), AT_FAULT.format(status=500)), (cut_off, "was cut")]
)
async def test_a_fault_has_its_sentence_and_the_card_stays_usable(
    world: World, report: Source, answer: Any, sentence: str
) -> None:
    async with fake_model(answer) as server:
        await connect(world, server)
        card = await open_excerpt(world, await excerpt_at(world, report, 1))
        fault = await world.facilitator.click(card.response, label=ASK_MODEL)
        assert sentence in shown(fault)
        assert "made-up-key" not in shown(fault)
        form = await world.facilitator.click(card.response, label="Write the question")
        await world.facilitator.submit_modal(form, {"question": "What do leaders do here?"})

    assert (await excerpt_at(world, report, 1)).passage.question == "What do leaders do here?"


async def test_the_words_count_toward_the_bound_of_the_day(world: World, report: Source) -> None:
    async with fake_model(questions(*GOOD)) as server:
        await connect(world, server, words_a_day=10)
        card = await ask(world, await excerpt_at(world, report, 1))

    assert server.asked == 0
    assert NO_WORDS_LEFT in shown(card)


async def test_a_slow_model_is_given_up(world: World, report: Source) -> None:
    excerpt = await excerpt_at(world, report, 1)
    async with fake_model(never_end) as server:
        await connect(world, server)
        known = world.bot.known_words(world.guild.id)
        asking = draft_questions(world.store, world.bot.language_model, world.guild.id, excerpt, known, seconds=0.2)
        with pytest.raises(Exception, match=TOO_SLOW):
            await asking


async def test_a_second_click_while_the_model_works_asks_nothing(world: World, report: Source) -> None:
    excerpt = await excerpt_at(world, report, 1)
    async with fake_model(questions(*GOOD)) as server:
        await connect(world, server)
        card = await open_excerpt(world, excerpt)
        presses = (world.facilitator.click(card.response, label=ASK_MODEL) for _ in range(2))
        answers = [shown(answer) for answer in await at_once(world, *presses)]
        assert server.asked == 1
        # Which of two presses at once comes first is not said.
        assert [GOOD[0] in answer for answer in answers] == [ASKED_ALREADY not in answer for answer in answers]
        assert sum(ASKED_ALREADY in answer for answer in answers) == 1
        again = await ask(world, excerpt)

    assert GOOD[0] in shown(again)
    assert server.asked == 2


async def test_without_a_model_or_where_it_is_off_there_is_no_button_and_nothing_is_sent(
    world: World, report: Source
) -> None:
    excerpt = await excerpt_at(world, report, 1)
    assert ASK_MODEL not in shown(await open_excerpt(world, excerpt))
    assert NOT_ON in shown(await press_as(world, world.facilitator, f"library-ask-model:{excerpt.id}:c"))
    async with fake_model(questions(*GOOD)) as server:
        await connect(world, server, on=False)
        assert ASK_MODEL not in shown(await open_excerpt(world, excerpt))
        assert NOT_ON in shown(await press_as(world, world.facilitator, f"library-ask-model:{excerpt.id}:c"))

    assert server.asked == 0


async def test_nobody_but_a_facilitator_can_ask(world: World, report: Source) -> None:
    excerpt = await excerpt_at(world, report, 1)
    async with fake_model(questions(*GOOD)) as server:
        await connect(world, server)
        for person in (world.staff[0], world.organiser):
            for press in (f"library-ask-model:{excerpt.id}:c", f"library-drafted:{excerpt.id}:1:state:c"):
                assert "Only facilitators can do this." in shown(await press_as(world, person, press))

    assert server.asked == 0


async def test_a_passage_that_staff_suggested_is_never_sent(world: World, report: Source) -> None:
    suggestion = await world.store.suggestions.add(
        world.guild.id, world.staff[0].id, passage="Leaders hide.", source="", question="", now=world.env.now()
    )
    await world.store.suggestions.make_excerpt(
        suggestion, Passage("Leaders hide."), world.facilitator.id, world.env.now()
    )
    sources = await world.store.library.sources(world.guild.id)
    held = next(source for source in sources if source.details.title == BY_STAFF)
    excerpt = await excerpt_at(world, held, 1)
    async with fake_model(questions(*GOOD)) as server:
        await connect(world, server)
        assert ASK_MODEL not in shown(await open_excerpt(world, excerpt))
        assert NOT_ON in shown(await press_as(world, world.facilitator, f"library-ask-model:{excerpt.id}:c"))

    assert server.asked == 0


async def test_a_passage_with_words_of_a_reply_is_not_sent(world: World, report: Source) -> None:
    words = "Nobody ever tells us why the night rota changes twice a week"
    talk = await talk_in(world, world.prompts)
    await talk.say(words)
    await talk.settle()
    excerpt = await world.store.library.add_excerpt(world.guild.id, report.id, Passage(f"Somebody said: {words}."))
    async with fake_model(questions(*GOOD)) as server:
        await connect(world, server)
        card = await ask(world, excerpt)

    assert STAFF_WORDS in shown(card)
    assert server.asked == 0


async def test_a_draft_of_an_excerpt_that_was_changed_meanwhile_is_not_opened(world: World, report: Source) -> None:
    excerpt = await excerpt_at(world, report, 1)
    async with fake_model(questions(*GOOD)) as server:
        await connect(world, server)
        drafts = await ask(world, excerpt)
        changed = replace(excerpt.passage, text="Other words.")
        await world.store.library.edit_excerpt(world.guild.id, excerpt.id, changed, was=excerpt.passage)
        answer = await world.facilitator.click(drafts.response, label="Choose 1")

    assert "Someone changed this excerpt" in shown(answer)


async def test_a_press_that_stands_on_no_card_of_drafts_is_out_of_date(world: World, report: Source) -> None:
    excerpt = await excerpt_at(world, report, 1)
    custom_id = f"library-drafted:{excerpt.id}:1:{digest_passage(excerpt.passage)}:c"

    assert OUT_OF_DATE in shown(await press_as(world, world.facilitator, custom_id))
