"""What a summary of a thread holds, seen from outside."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.models.summaries import Message, SummaryOptions, Thread
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
    assert summary.text == "We need one more nurse on every night shift."


@pytest.mark.parametrize(
    "text", ["👍👍", "https://example.org/x", "<:wave:123456789012345678>", "```\nx = 1\n```", "> said"]
)
def test_messages_without_own_words_are_left_out_and_counted(text: str) -> None:
    summary = summarise(thread(text, text))
    assert summary.points == ()
    assert summary.coverage.read == 0
    assert summary.coverage.left_out == (("no words of their own", 2),)


@pytest.mark.parametrize(
    "text", ["Thanks everyone!", "Hi all", "Good morning", "Great post", "Well said", "lol", "Cheers."]
)
def test_greetings_and_thanks_are_no_key_points(text: str) -> None:
    summary = summarise(thread(text, "The rota comes out too late to plan childcare."))
    assert [point.statement for point in summary.points] == ["The rota comes out too late to plan childcare"]


def test_the_same_sentence_of_500_people_is_one_point_of_500_people() -> None:
    said = thread(*["Nobody answers our incident reports."] * 500)
    summary = summarise(said)
    assert [point.people for point in summary.points] == [500]
    assert check_summary(summary, said) == ()


def test_the_same_sentence_500_times_of_one_person_counts_one_person() -> None:
    messages = tuple(Message(str(n), "p", "Nobody answers our incident reports.") for n in range(500))
    summary = summarise(Thread("t", "", messages))
    assert [point.people for point in summary.points] == [1]


def test_people_who_say_the_same_in_other_words_are_counted_with_their_own_sentence() -> None:
    said = thread(
        "Trainees rotate every six months, so projects get dropped.",
        "Our projects get dropped because trainees rotate every six months.",
        "The car park is full by seven in the morning.",
    )
    top = summarise(said).points[0]
    assert top.people == 2
    assert {quote.message for quote in top.quotes} == {"m1", "m2"}
    assert all(quote.text in said.messages[int(quote.message[1]) - 1].text for quote in top.quotes)


def test_someone_who_says_the_opposite_is_no_supporter() -> None:
    summary = summarise(
        thread("The new rota app is reliable on our ward.", "The new rota app is not reliable on our ward.")
    )
    assert [point.people for point in summary.points] == [1, 1]


def test_agreeing_by_reply_counts_as_support_with_those_words_as_evidence() -> None:
    messages = (
        Message("1", "a", "The rota comes out too late to plan childcare."),
        Message("2", "b", "Same here", "1"),
        Message("3", "c", "Same here"),
    )
    summary = summarise(Thread("t", "", messages))
    assert [(quote.message, quote.text) for quote in summary.points[0].quotes][1:] == [("2", "Same here")]
    assert summary.coverage.read == 2


def test_a_person_who_agrees_with_themselves_counts_once() -> None:
    messages = (Message("1", "a", "The rota comes out too late."), Message("2", "a", "Same here", "1"))
    assert [point.people for point in summarise(Thread("t", "", messages)).points] == [1]


def test_questions_stand_apart_from_points() -> None:
    summary = summarise(thread("Who reads our incident reports?", "The canteen shuts before the night shift starts."))
    assert [question.text for question in summary.questions] == ["Who reads our incident reports?"]
    assert [point.statement for point in summary.points] == ["The canteen shuts before the night shift starts"]


def test_a_question_asked_twice_is_listed_once() -> None:
    summary = summarise(thread("Can the app show annual leave?", "Could the app show annual leave please?"))
    assert len(summary.questions) == 1


def test_a_heading_is_a_short_clause_and_the_quote_the_whole_sentence() -> None:
    sentence = (
        "It has long been my belief that every ward needs a named person to answer reports, because otherwise they are "
        "filed and forgotten by people who never met us."
    )
    point = summarise(thread(sentence)).points[0]
    assert point.statement == "every ward needs a named person to answer reports"
    assert point.quotes[0].text == sentence


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
    assert one.points == other.points


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


def test_a_statement_said_over_again_with_a_few_more_words_is_one_point_of_both_people() -> None:
    said = Thread(
        "t",
        "How should an organisation decide how many managers it needs?",
        (
            Message("a", "p", "Start from the work and not from the budget. Look at what waits for a decision."),
            Message("b", "q", "Yes, start from the work on the wards and not from the budget.", reply_to="a"),
        ),
    )

    summary = summarise(said)

    assert summary.points[0].people == 2
    assert [quote.message for point in summary.points for quote in point.quotes].count("b") == 1
    assert check_summary(summary, said) == ()


def test_what_hurts_people_comes_before_news_of_a_publication() -> None:
    said = thread(
        "A special edition of the journal about teams is about to be published.",
        "Our team was pushed to breaking point over the winter and half of us are exhausted.",
    )

    first, *_ = summarise(said, SummaryOptions(max_points=1)).points

    assert first.statement.startswith("Our team was pushed to breaking point")


def test_people_who_name_one_thing_by_different_words_say_the_same() -> None:
    summary = summarise(
        thread(
            "The canteen shuts at seven so nights get no hot food.",
            "There is nowhere to sit down and eat at night, the cafeteria closes at seven.",
            "My shift pattern suits me.",
        )
    )
    assert summary.points[0].people == 2


def test_who_says_a_clause_of_a_longer_thought_supports_it() -> None:
    summary = summarise(
        thread(
            "Nobody has ever asked us anything, and we see every ward every night.",
            "Domestic staff are left out as well, nobody asks us anything either.",
            "The lifts are broken again.",
        )
    )
    assert summary.points[0].people == 2


def test_a_heading_does_not_open_with_a_condition_about_something_named_elsewhere() -> None:
    summary = summarise(
        thread(
            "We wait for take-home medicines every single day. If they were written early, people would be home.",
            "TTOs are written at four and we wait for them every day.",
        )
    )
    assert not summary.points[0].statement.startswith("If they")


def test_a_joke_is_no_key_point_where_there_is_anything_else() -> None:
    summary = summarise(
        thread(
            "Sure, because another working group will definitely fix it 🙄",
            "The discharge lounge closes at four.",
            "Nobody told us that the clinic moved.",
        )
    )
    assert "working group" not in summary.points[0].statement
    assert "working group" not in summary.points[1].statement


def test_what_some_praise_and_others_blame_is_a_disagreement() -> None:
    summary = summarise(
        thread(
            "The Friday huddle is the best thing our manager ever did.",
            "I think huddles are a waste of time, it's the same three people talking.",
            "Parking costs more than my lunch.",
            "Huddles are brilliant on our ward.",
            "The lift is slow again.",
            "I walk up four floors to the store.",
            "Nobody reads the newsletter.",
            "My locker has no key.",
            "We share one laptop.",
        )
    )
    assert [(found.statement, found.sides[0].people, found.sides[1].people) for found in summary.disagreements] == [
        ("The Friday huddle is the best thing our manager ever did.", 2, 1)
    ]


@pytest.mark.parametrize(
    "other",
    [
        "Huddles would be brilliant if the doctors came.",
        "Someone said “huddles are brilliant” on the radio.",
        "My manager keeps the huddle short and the ward is brilliant.",
    ],
)
def test_wishes_quotations_and_praise_of_something_else_oppose_nobody(other: str) -> None:
    summary = summarise(thread("Huddles are a waste of time.", other, "Parking costs more than my lunch."))
    assert summary.disagreements == ()


def test_who_disagrees_openly_is_set_against_the_statement_that_they_take_up() -> None:
    summary = summarise(
        thread(
            "The new record system is slow and it freezes when two people open one patient.",
            "The canteen closes at seven.",
            "I disagree with the moaning about the record system, it saved us hours on the ward round.",
        )
    )
    (found,) = summary.disagreements
    assert [side.people for side in found.sides] == [1, 1]
    assert found.statement.startswith("The new record system is slow")


def test_a_clause_without_matter_said_twice_heads_one_point() -> None:
    twice = "if we had more time, we would do it, but we do not, and they know it, and it goes on - and on; so there"
    said = thread(f"{'x' * 800}\n{twice}{twice}")
    assert check_summary(summarise(said), said) == ()


def test_a_short_answer_that_takes_a_side_is_read() -> None:
    claim = Message("1", "a", "The new app never works on the wards.")
    said = Thread("t", "", (claim, Message("2", "b", "Ours does.", "1"), Message("3", "c", "Ours doesn't.", "1")))
    summary = summarise(said)

    assert summary.coverage.read == 3
    assert [[side.people for side in found.sides] for found in summary.disagreements] == [[2, 1]]
    assert summary.points[0].people == 2
    assert check_summary(summary, said) == ()


def test_who_contradicts_a_statement_by_a_reply_is_none_of_its_supporters() -> None:
    claim = Message("1", "a", "The bed meeting helps the wards to plan their beds.")
    other = Message(
        "2", "b", "I disagree, the bed meeting helps the site team and the wards plan their beds alone.", "1"
    )
    summary = summarise(Thread("t", "", (claim, other, Message("3", "c", "My locker has no key."))))
    assert {point.people for point in summary.points} == {1}
    assert all(not point.possible for point in summary.points)


def test_who_agrees_in_words_of_their_own_with_a_message_of_one_point_supports_it() -> None:
    claim = Message("1", "a", "The last bus stops at nine.")
    other = Message("2", "b", "Yes, I get a taxi out of my own pocket after every late shift.", "1")
    summary = summarise(Thread("t", "", (claim, other, Message("3", "c", "My locker has no key."))))
    assert summary.points[0].people == 2
