"""A language model matches the themes of a series' prompts: asked once, about what may go, and never believed."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import ModelError
from bot.models.language_model import Purpose
from bot.models.prompts import Prompt
from bot.models.replies import Reaction
from bot.services.replies.private_replies import release_private_replies
from bot.services.replies.readable_replies import ReadableReplies
from bot.services.summaries import returning_themes
from bot.services.summaries.generation import SeriesFindings
from bot.services.summaries.organiser_summaries import summarise_series_for_organiser
from bot.store import Store
from bot.summaries import summary_to_json
from bot.summaries.language_model.requests import BATCH_CHARACTERS
from tests.posted_prompts import posted_prompts
from tests.services.matched_weeks import FIRST, SECOND, Model, found, kept, series, summed, themes_of
from tests.store.samples import GUILD, NOW
from tests.store.senders import send
from tests.world import shared_worker


async def test_words_that_a_server_removes_are_in_no_call_about_any_week(store: Store) -> None:
    rota = "On heronsgate the rota comes out too late."
    await store.settings.join([GUILD])
    prompts, model = await series(store, ((rota, FIRST[2]), (SECOND[1], rota))), Model()
    await store.settings.change(GUILD, removed_words=["Heronsgate"])
    assert found(await summed(store, prompts, model)) == {"Rota": 2}

    assert len(model.matched) == 1
    assert [request for request in model.asked if "heronsgate" in request.data.casefold()] == []
    assert all("comes out too late" in request.data for request in model.asked)


async def test_themes_that_come_back_are_matched_by_one_call_and_the_next_page_costs_nothing(store: Store) -> None:
    prompts, model = await series(store), Model()
    first = await summed(store, prompts, model)
    again = await summed(store, prompts, model)

    assert found(first) == {"Rota": 2, "Park": 2}
    assert [request.purpose for request in model.asked] == [Purpose.GROUPS] * 3 + [Purpose.WEEKS]
    assert again == first


async def test_names_and_best_statements_go_out_under_fresh_numbers_and_tell_nothing_of_the_weeks(store: Store) -> None:
    prompts, model = await series(store), Model()
    await summed(store, prompts, model)
    (request,) = model.matched
    sent = themes_of(request)

    assert sorted(sent) == list(range(1, 7))
    assert set(json.loads(request.data)) == {"themes"}
    assert {text.split()[0] for text in sent.values()} == {"Rota", "Park", "Training", "Canteen"}
    assert not re.search(r"\b[123]00\d\b|Weekly|January", request.data)
    assert [text for text in sent.values() if "rota" in text.casefold()] != list(sent.values())[:2]


async def test_without_a_model_the_summary_of_a_series_is_the_same_to_the_byte(store: Store) -> None:
    prompts, model = await series(store), Model()

    async def nothing(_: Prompt, __: ReadableReplies) -> Collection[str]:
        return ()

    plain = await summarise_series_for_organiser(store, shared_worker(), "Weekly", prompts, NOW)
    unsent = await summed(store, prompts, model, nothing)
    matched = await summed(store, prompts, model)
    assert unsent == plain
    assert summary_to_json(unsent.found.summary) == summary_to_json(plain.found.summary)
    assert replace(matched.found.summary, sorting=None) == plain.found.summary


@pytest.mark.parametrize(
    "answer",
    [
        ModelError("No."),
        "Certainly!",
        '{"themes": [{"name": "Rota", "members": [1, 2',
        '{"weeks": []}',
        '{"themes": "all"}',
        "[" * 10_000,
        "",
    ],
)
async def test_after_a_fault_the_series_has_the_summary_that_it_has_without(
    store: Store, answer: str | Exception
) -> None:
    prompts = await series(store)
    plain = await summarise_series_for_organiser(store, shared_worker(), "Weekly", prompts, NOW)
    summary = await summed(store, prompts, Model(answer))

    assert summary.comes_back == ()
    sorting = summary.found.summary.sorting
    assert sorting is not None
    assert sorting.unanswered == sorting.calls
    assert replace(summary.found.summary, sorting=None) == plain.found.summary


async def test_an_endpoint_that_is_down_is_asked_about_one_prompt_and_no_other(store: Store) -> None:
    prompts, model = await series(store), Model(fails=ModelError("No."))
    summary = await summed(store, prompts, model)

    assert len(model.asked) == 1
    assert summary.found.summary.sorting is not None
    assert await kept(store) == 0


@pytest.mark.parametrize(
    ("members", "refused"),
    [
        ([1, 2, 3, 4, 5, 6], 0),
        ([0, 7, -1, 10**30, True, "1", None], 7),
        ([1, 1, 1, 1], 4),
    ],
)
async def test_unknown_numbers_doubles_and_what_is_of_one_week_are_refused(
    store: Store, members: list[object], refused: int
) -> None:
    model = Model(lambda _: {"themes": [{"name": "Rota", "members": members}, {"name": "Park", "members": members}]})
    summary = await summed(store, await series(store), model)
    sorting = summary.found.summary.sorting

    assert sorting is not None
    assert sorting.refused >= refused
    assert list(found(summary).values()) == ([3] if not refused else [])


@pytest.mark.parametrize(
    "name",
    ["Okonkwo and the rota", "12 late rotas", "We want the rota", "**Rota**", "https://rota.example", "", "x " * 9],
)
async def test_a_name_that_stands_in_nobodys_words_gives_way_to_one_that_was_proved(store: Store, name: str) -> None:
    def match(themes: dict[int, str]) -> object:
        return {"themes": [{"name": name, "members": [n for n, text in themes.items() if "rota" in text.casefold()]}]}

    summary = await summed(store, await series(store), Model(match), names=("Samira Okonkwo",))
    assert found(summary) == {"Rota": 2}


async def test_people_count_for_points_on_which_they_made_themselves_count_and_once_over_the_weeks(
    store: Store,
) -> None:
    late, swaps = "The rota comes out too late to plan childcare", "Rota swaps are refused without any reason given"
    prompts = await series(store, ((late, late), (late, swaps, swaps)))
    await store.replies.apply([Reaction(1001, GUILD, 77, "👍")])
    (theme,) = (await summed(store, prompts, Model())).comes_back

    counts = {point.statement: (point.people, point.endorsements) for point in theme.points}
    assert counts == {late: (2, 1), swaps: (2, 0)}
    assert theme.people == 3  # the second is on both points and counts once; who only reacted is in no number here
    assert theme.together.startswith("In the threads alone, 3 people said one of these 2 points")


async def test_a_week_in_which_only_private_replies_speak_of_a_theme_is_not_named(store: Store) -> None:
    prompts = await series(store, (FIRST, ("Training was cut for all assistants on our ward.",), SECOND))
    for person in range(50, 57):
        await send(store, prompts[1], person, f"Privately, the rota made {person} of us think about leaving.")
    await store.prompts.close(prompts[1], NOW + timedelta(days=14))
    assert await release_private_replies(store, NOW + timedelta(days=15))
    for batch in await store.private.waiting(GUILD):
        await store.private.let_in(GUILD, batch.id, 99, NOW + timedelta(days=15))
    model = Model()
    summary = await summed(store, [await store.prompts.get(GUILD, prompt.id) for prompt in prompts], model)

    assert isinstance(summary.found, SeriesFindings)
    assert len(summary.found.private) == 7
    assert "Privately" in "".join(request.data for request in model.asked)
    assert "Privately" not in model.matched[0].data
    assert found(summary)["Rota"] == 2


async def test_a_long_series_is_matched_by_one_call_that_gives_every_week_its_largest_themes(store: Store) -> None:
    words = ("rota", "park", "training", "canteen")
    texts = [[f"On ward {w} the {word} is {w} days too late, as ever." for word in words] for w in range(2, 62)]
    texts = [[*week, f"And the rota of ward {number}, too, is never there."] for number, week in enumerate(texts)]
    model = Model()
    await summed(store, await series(store, texts), model)

    assert len(model.asked) <= returning_themes.MOST_SORTING_CALLS + 1
    (request,) = model.matched
    assert len(request.data) < BATCH_CHARACTERS * 1.5
    wards = {match[1] for match in re.finditer(r"ward (\d+)", request.data)}
    assert len(wards) >= returning_themes.MOST_SORTING_CALLS

    model.asked.clear()
    await summed(store, await posted_prompts(store), model)  # the next summary sorts the others
    assert 0 < sum(request.purpose is Purpose.GROUPS for request in model.asked) <= 20 + 1


async def test_one_prompt_alone_is_not_matched(store: Store) -> None:
    model = Model()
    summary = await summed(store, await series(store, (FIRST,)), model)
    assert model.asked == []
    assert summary.found.summary.sorting is None
