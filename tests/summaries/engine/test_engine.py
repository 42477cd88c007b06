"""What a summary of a thread holds, seen from outside."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.models.summaries import KeyPoint, SummaryOptions
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, summarise
from tests.summaries.threads import NAMES, discussion, thread


def test_an_empty_thread_gives_an_empty_summary() -> None:
    summary = summarise(thread())
    assert (summary.text, summary.points, summary.questions) == ("", (), ())
    assert (summary.coverage.read, summary.coverage.held, summary.coverage.people) == (0, 0, 0)


def test_one_message_gives_one_point_in_its_own_words() -> None:
    summary = summarise(thread("We need one more nurse on every night shift."))
    assert [point.statement for point in summary.points] == ["We need one more nurse on every night shift"]
    assert summary.points[0].people == 1
    assert not summary.points[0].is_shared
    assert summary.text == "We need one more nurse on every night shift."


@pytest.mark.parametrize(
    "text", ["👍👍", "https://example.org/x", "<:wave:123456789012345678>", "```\nx = 1\n```", "> said"]
)
def test_messages_without_own_words_are_left_out_and_counted(text: str) -> None:
    summary = summarise(thread(text, text))
    assert summary.points == ()
    assert summary.coverage.read == 0
    assert summary.coverage.left_out == (("no words of their own", 2),)


def test_a_heading_is_a_short_clause_and_the_quote_the_whole_sentence() -> None:
    sentence = (
        "It has long been my belief that every ward needs a named person to answer reports, because otherwise they are "
        "filed and forgotten by people who never met us."
    )
    point = summarise(thread(sentence)).points[0]
    assert point.statement == "every ward needs a named person to answer reports"
    assert point.quotes[0].text == sentence


def test_a_heading_is_no_stump_that_was_cut_from_a_longer_thought() -> None:
    for name in NAMES:
        said = discussion(name)
        summary = summarise(said, SummaryOptions(max_points=100))
        texts = {message.id: message.text for message in said.messages}
        for point in (*summary.points, *summary.voices):
            sentence = point.quotes[0].text.strip(" .!")
            assert len(point.statement.split()) >= 5 or point.statement == sentence, point.statement
            assert point.statement in texts[point.quotes[0].message]


def test_a_long_thought_whose_clauses_are_all_stumps_heads_nothing_by_a_stump() -> None:
    thought = (
        "It is late; it is long; it is hot; nobody comes; nobody asks us; nobody looks; we just wait here; and wait - "
        "and then the bleep goes off again; we run down; we come back; it is cold."
    )
    summary = summarise(thread(thought, "The car park is full by seven in the morning."))
    assert all(len(point.statement.split()) >= 5 for point in (*summary.points, *summary.voices))


def test_a_condition_is_never_cut_off_a_heading() -> None:
    sentence = (
        "I would support the new shift pattern for the whole of the surgical unit, if we were paid for the handover "
        "time that it adds to each and every day."
    )
    assert "if we were paid" in summarise(thread(sentence)).points[0].statement


def test_a_wall_of_text_without_a_full_stop_still_gives_sound_short_quotes() -> None:
    wall = "the ward is short of staff and the beds are full and we never stop " * 60
    said = thread(wall[:4000])
    summary = summarise(said)
    assert check_summary(summary, said) == ()
    assert all(len(quote.text) <= 700 for point in summary.points for quote in point.quotes)


def test_everyone_gets_a_line_of_the_running_text_in_a_thread_of_seven_messages() -> None:
    said = thread(*[f"Team {word} wants its own budget for {word} training." for word in "abcdefg"])
    assert {line.message for line in summarise(said).lines} == {message.id for message in said.messages}


def test_what_everybody_says_in_the_same_words_is_one_line_of_the_running_text() -> None:
    summary = summarise(thread(*["We need one more nurse on every night shift."] * 5, "The lifts are broken again."))
    assert summary.text == "We need one more nurse on every night shift.\nThe lifts are broken again."


def test_how_a_message_opens_goes_into_the_running_text_before_what_follows_in_it() -> None:
    openings = (
        "The printer on our corridor is out of order.",
        "Nobody told the porters that the clinic moved.",
        "Parking costs more than an hour of pay.",
        "Agency staff never get a password in time.",
        "The canteen shuts before the late shift ends.",
        "Our rota reaches us three days ahead.",
        "Handover takes the best part of an hour.",
        "Half of the chairs in the waiting room broke.",
    )
    said = thread(*[f"{opening} Please do something about it before the winter starts." for opening in openings])
    summary = summarise(said, SummaryOptions(budget_words=sum(len(opening.split()) for opening in openings)))
    assert [line.text for line in summary.lines] == list(openings)


@pytest.mark.parametrize("budget", [1, 10, 60, 150])
def test_the_running_text_keeps_to_its_budget_of_words(budget: int) -> None:
    summary = summarise(discussion("discharge"), SummaryOptions(budget_words=budget))
    assert len(summary.text.split()) <= budget


def test_no_more_points_than_asked_for() -> None:
    assert len(summarise(discussion("discharge"), SummaryOptions(max_points=3)).points) == 3


@pytest.mark.parametrize("name", NAMES)
def test_realistic_discussions_give_sound_summaries_without_small_talk(name: str) -> None:
    said = discussion(name)
    summary = summarise(said)
    assert check_summary(summary, said) == ()
    statements = [point.statement.casefold() for point in summary.points]
    assert statements
    assert not any(s.startswith(("thank", "hi ", "lol", "agree")) for s in statements)
    assert all(len(point.statement.split()) <= 28 for point in summary.points)


def test_an_order_to_the_program_is_only_somebodys_words() -> None:
    summary = summarise(discussion("clinical-engagement"))
    assert all("instructions" not in point.statement for point in summary.points)


def test_swapping_equal_replies_changes_no_point() -> None:
    said = discussion("discharge")
    extra = (Message("x1", "q1", "The lifts are always broken."), Message("x2", "q2", "The lifts are always broken."))
    one = summarise(Thread("t", said.prompt, (*said.messages, *extra)))
    other = summarise(Thread("t", said.prompt, (*said.messages, *reversed(extra))))
    assert one.points[0].people == 2
    assert [_in_words(point) for point in one.points] == [_in_words(point) for point in other.points]


def _in_words(point: KeyPoint) -> object:
    quotes = [quote.text for quote in (*point.quotes, *point.possible)]
    return point.statement, point.people, quotes, [quote.role for quote in point.possible]


def test_the_same_thread_gives_the_same_summary_in_another_process() -> None:
    script = (
        "from tests.summaries.threads import discussion;from bot.summaries import *;"
        "print(summary_to_json(summarise(discussion('night-staffing'))))"
    )
    runs = {subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout for _ in range(2)}
    assert len(runs) == 1


def test_importing_the_engine_loads_no_numpy() -> None:
    script = "import sys, bot.summaries, bot.summaries.io.threads_json; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_what_hurts_people_comes_before_news_of_a_publication() -> None:
    said = thread(
        "A special edition of the journal about teams is about to be published.",
        "Our team was pushed to breaking point over the winter and half of us are exhausted.",
    )

    first, *_ = summarise(said, SummaryOptions(max_points=1)).points

    assert first.statement.startswith("Our team was pushed to breaking point")


def test_a_heading_does_not_open_with_a_condition_about_something_named_elsewhere() -> None:
    summary = summarise(
        thread(
            "We wait for take-home medicines every single day. If they were written early, people would be home.",
            "TTOs are written at four and we wait for them every day.",
        )
    )
    assert not summary.points[0].statement.startswith("If they")


def test_a_clause_without_matter_said_twice_heads_one_point() -> None:
    twice = "if we had more time, we would do it, but we do not, and they know it, and it goes on - and on; so there"
    said = thread(f"{'x' * 800}\n{twice}{twice}")
    assert check_summary(summarise(said), said) == ()
