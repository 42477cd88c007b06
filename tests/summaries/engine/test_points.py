"""Who is counted for a point: those who made themselves count, each once, and nobody by likeness."""

from __future__ import annotations

import pytest

from bot.models.summaries import KeyPoint, Role, Summary, SummaryOptions
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, summarise
from tests.summaries.threads import NAMES, discussion, thread

ROTA = "The rota comes out too late to plan childcare."
LIKE = "We get the rota too late to plan our childcare."
KEY = "My locker has no key that works."
MANY = (
    "The rota comes out too late to plan childcare. The car park is full by seven in the morning. The canteen shuts "
    "before the night shift starts. Nobody told the porters that the clinic moved. The printer is broken again."
)


def talk(*messages: Message) -> Thread:
    """The messages as a thread, whose summary is sound."""
    said = Thread("t", "What would help your team?", messages)
    assert check_summary(summarise(said), said) == ()
    return said


def answers(*texts: str, first: str = ROTA) -> Thread:
    """A message, and answers to it by others."""
    given = (Message(f"a{n}", f"q{n}", text, reply_to="1") for n, text in enumerate(texts))
    return talk(Message("1", "p", first), *given)


def roles(point: KeyPoint) -> list[tuple[str, Role]]:
    return [(quote.message, quote.role) for quote in point.quotes]


def everybody(summary: Summary) -> list[KeyPoint]:
    return [*summary.points, *summary.voices]


def test_the_same_sentence_of_500_people_is_one_point_of_500_people() -> None:
    said = thread(*["Nobody replies to our incident reports on the ward."] * 500)
    summary = summarise(said)
    assert [(point.people, point.wrote, point.answered) for point in summary.points] == [(500, 500, 0)]
    assert summary.voices == ()
    assert check_summary(summary, said) == ()


def test_the_same_sentence_500_times_of_one_person_counts_one_person() -> None:
    summary = summarise(talk(*[Message(str(n), "p", ROTA) for n in range(500)]))
    assert [point.people for point in everybody(summary)] == [1]


@pytest.mark.parametrize("again", [ROTA.upper(), "the rota comes out too late, to plan childcare", f"{ROTA} {KEY}"])
def test_capitals_marks_and_what_follows_make_no_other_words(again: str) -> None:
    top = summarise(thread(ROTA, again)).points[0]
    assert roles(top) == [("m1", Role.WROTE), ("m2", Role.WROTE)]


@pytest.mark.parametrize(
    "other",
    [
        LIKE,
        "The rota comes out far too late to plan childcare.",
        "The rota comes out too late to plan childcare and leave.",
        "The roster comes out too late to plan childcare.",
        "The rota does not come out too late to plan childcare.",
    ],
)
def test_likeness_alone_counts_nobody_however_close_the_words(other: str) -> None:
    summary = summarise(thread(ROTA, other, KEY))
    assert {point.total for point in everybody(summary)} == {1}
    assert not any(point.is_shared for point in everybody(summary))


def test_what_may_say_the_same_is_proposed_without_a_number() -> None:
    summary = summarise(thread(ROTA, LIKE, KEY))
    first = next(point for point in summary.points if "rota" in point.statement)
    assert [quote.role for quote in first.group] == [Role.GROUPED]
    assert (first.people, first.total, first.weight) == (1, 1, 1)


@pytest.mark.parametrize("name", NAMES)
def test_at_most_five_are_proposed_the_draft_group_first_and_nobody_twice(name: str) -> None:
    said = discussion(name)
    author = {message.id: message.author for message in said.messages}
    for point in summarise(said, SummaryOptions(max_points=40)).points:
        order = [quote.role for quote in point.possible]
        people = [author[quote.message] for quote in (*point.quotes, *point.possible)]
        assert order == sorted(order, key=[Role.GROUPED, Role.SUGGESTED].index)
        assert order.count(Role.SUGGESTED) <= max(0, 5 - order.count(Role.GROUPED))
        assert len(people) == len(set(people))


@pytest.mark.parametrize(
    "text",
    [
        "Same here",
        "+1",
        "💯",
        "The same with us",
        "Yep mine",
        "Yes, I swap shifts every single week because of it.",
        "She's right, and my mother has to take the children at short notice.",
    ],
)
def test_an_answer_in_agreement_counts_with_its_own_words_as_evidence(text: str) -> None:
    said = answers(text)
    top = summarise(said).points[0]
    assert roles(top) == [("1", Role.WROTE), ("a0", Role.AGREED)]
    assert (top.people, top.wrote, top.answered) == (2, 1, 1)
    assert text.startswith(top.quotes[1].text)


@pytest.mark.parametrize(
    "text",
    [
        "Could you ask your manager to publish a draft?",
        "We use an app for swaps.",
        "Yes, but who would do it?",
        "I disagree, ours is out six weeks ahead.",
        "Tried that here",
    ],
)
def test_any_other_answer_counts_nobody(text: str) -> None:
    assert {point.total for point in everybody(summarise(answers(text)))} == {1}


def test_agreement_without_a_reply_is_nobodys() -> None:
    summary = summarise(talk(Message("1", "a", ROTA), Message("2", "b", "Same here")))
    assert [point.people for point in summary.points] == [1]
    assert summary.coverage.read == 1


def test_this_to_a_me_too_means_what_that_one_meant() -> None:
    said = talk(
        Message("1", "a", ROTA),
        Message("2", "b", "Me too", "1"),
        Message("3", "c", "This.", "2"),
        Message("4", "d", "+1", "3"),
    )
    assert [(point.people, point.answered) for point in summarise(said).points] == [(4, 3)]


def test_a_chain_ends_where_somebody_disagrees() -> None:
    said = talk(
        Message("1", "a", ROTA),
        Message("2", "b", "I disagree, ours is fine.", "1"),
        Message("3", "c", "Same here", "2"),
    )
    assert all(quote.message != "3" for quote in summarise(said).points[0].quotes if "rota" in quote.text)
    assert max(point.people for point in everybody(summarise(said)) if "rota" in point.statement) == 1


def test_a_person_counts_once_however_often_and_in_whatever_way() -> None:
    said = talk(
        Message("1", "a", ROTA, endorsers=("a", "b", "c")),
        Message("2", "b", "Same here", "1"),
        Message("3", "b", "Exactly this", "1"),
        Message("4", "b", ROTA),
        Message("5", "a", "Same here", "1"),
        Message("6", "a", ROTA),
    )
    (point,) = everybody(summarise(said))
    assert (point.people, point.endorsements, point.total) == (2, 1, 3)


def test_who_reacted_is_counted_apart_from_who_wrote() -> None:
    said = talk(Message("1", "a", ROTA, endorsers=("x", "y", "a")), Message("2", "b", KEY))
    top = summarise(said).points[0]
    assert (top.statement, top.people, top.endorsements, top.total) == (ROTA.rstrip("."), 1, 2, 3)
    assert top.is_shared


def test_an_answer_to_a_message_of_many_statements_counts_only_where_it_takes_one_up() -> None:
    said = talk(
        Message("1", "a", MANY),
        Message("2", "b", "Same here", "1"),
        Message("3", "c", "Yes, the car park is always full when I come.", "1"),
    )
    shared = [point for point in everybody(summarise(said, SummaryOptions(max_points=20))) if point.people > 1]
    assert [(point.statement, roles(point)[1:]) for point in shared] == [
        ("The car park is full by seven in the morning", [("3", Role.AGREED)])
    ]


def test_an_answer_that_takes_up_a_thought_that_is_no_statement_counts_for_no_other() -> None:
    said = talk(
        Message("1", "a", "Start from the work and not from the budget. Look at what waits for a decision."),
        Message("2", "b", "Yes, start from the work on the wards and not from the budget.", "1"),
    )
    summary = summarise(said)
    assert not any(point.is_shared for point in summary.points if "decision" in point.statement)


def test_a_persons_words_stand_in_one_place_only() -> None:
    own = "Yes, start from the wards and never from the budget of the trust."
    said = talk(Message("1", "a", "Start from the wards and not from the budget."), Message("2", "b", own, "1"))
    summary = summarise(said)
    assert [point.people for point in everybody(summary)] == [2]
    assert [quote.text for point in everybody(summary) for quote in point.quotes].count(own) == 1


def test_what_an_answer_says_beside_agreeing_may_be_a_point_of_its_own() -> None:
    summary = summarise(answers(f"Same here. {KEY}"))
    assert {(point.statement, point.people) for point in everybody(summary)} == {
        (ROTA.rstrip("."), 2),
        (KEY.rstrip("."), 1),
    }


def test_who_contradicts_a_statement_by_a_reply_is_no_supporter_and_is_not_proposed_as_one() -> None:
    claim = Message("1", "a", "The bed meeting helps the wards to plan their beds.")
    other = Message(
        "2", "b", "I disagree, the bed meeting helps the site team and the wards plan their beds alone.", "1"
    )
    summary = summarise(talk(claim, other, Message("3", "c", KEY)))
    assert {point.people for point in everybody(summary)} == {1}
    pairs = {(point.quotes[0].message, quote.message) for point in summary.points for quote in point.possible}
    assert pairs.isdisjoint({("1", "2"), ("2", "1")})


def test_shared_points_come_first_whatever_the_worth_of_the_others() -> None:
    said = talk(
        Message("1", "a", "Our team was pushed to breaking point over the winter and half of us are exhausted."),
        Message("2", "b", "We should put one more nurse on each night shift, since falls go up at night."),
        Message("3", "c", "The lift is slow again today."),
        Message("4", "d", "Same here", "3"),
    )
    assert [point.people for point in summarise(said, SummaryOptions(max_points=2)).points] == [2, 1]
    assert summarise(said, SummaryOptions(max_points=1)).points[0].statement == "The lift is slow again today"


def test_private_replies_of_the_very_same_words_are_counted_apart() -> None:
    said = talk(
        Message("1", "a", ROTA),
        Message("p1", "p1", ROTA, private=True),
        Message("p2", "p2", ROTA, private=True, quotable=False),
        Message("p3", "p3", LIKE, private=True),
    )
    top = summarise(said).points[0]
    assert (top.people, top.private, top.counted) == (1, 2, ("p2",))
    assert (top.wrote, top.total, top.is_shared) == (1, 1, True)


def test_words_that_may_not_be_quoted_head_nothing_and_are_proposed_nowhere() -> None:
    said = talk(
        Message("1", "a", KEY),
        Message("p1", "p1", ROTA, private=True, quotable=False),
        Message("p2", "p2", ROTA, private=True, quotable=False),
    )
    summary = summarise(said)
    assert [point.statement for point in everybody(summary)] == [KEY.rstrip(".")]
    assert "rota" not in repr(summary)


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
