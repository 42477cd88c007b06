"""What is left of a summary when replies were deleted."""

from __future__ import annotations

from dataclasses import replace

from bot.models.summaries import Balance, Coverage, Disagreement, KeyPoint, Quote, Review, Role, Side, Summary
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, remove_messages, summarise
from bot.summaries.output.plain_text import NOT_QUOTED
from tests.summaries.threads import discussion

MESSAGES = (
    Message("1", "a", "The rota comes out too late to plan childcare."),
    Message("2", "b", "The rota comes out too late to plan childcare. Swaps take weeks."),
    Message("3", "c", "+1", "1"),
    Message("4", "a", "Who reads the incident reports?"),
)
SAID = Thread("t", "", MESSAGES)
AUTHORS = {message.id: message.author for message in MESSAGES}


def remaining(*gone: str) -> Thread:
    return Thread("t", "", tuple(message for message in MESSAGES if message.id not in gone))


def test_a_deleted_supporter_is_counted_out() -> None:
    before = summarise(SAID)
    after = remove_messages(before, frozenset({"2"}), AUTHORS)
    assert (before.points[0].people, after.points[0].people) == (3, 2)
    assert after.points[0].statement == before.points[0].statement
    assert check_summary(after, remaining("2")) == ()


def test_a_heading_from_a_deleted_reply_becomes_a_remaining_supporters_words() -> None:
    before = summarise(SAID)
    after = remove_messages(before, frozenset({before.points[0].quotes[0].message}), AUTHORS)
    assert after.points[0].statement in MESSAGES[1].text
    assert check_summary(after, remaining("1")) == ()


def test_a_point_goes_when_only_bare_agreement_is_left() -> None:
    after = remove_messages(summarise(SAID), frozenset({"1", "2"}), AUTHORS)
    assert after.points == ()
    assert check_summary(after, remaining("1", "2")) == ()


AGREED = (
    Quote("1", "Stop the paper form."),
    Quote("2", "Same here. It wastes an hour of every shift.", role=Role.AGREED),
    Quote("3", "+1", role=Role.AGREED),
)
PAPER = Summary("t", "", (KeyPoint("Stop the paper form", AGREED, 3, endorsements=1),), (), Coverage(3, 3, 3))


def test_who_agreed_with_words_that_are_gone_is_not_counted_for_those_of_somebody_else() -> None:
    (point,) = remove_messages(PAPER, frozenset({"1"}), AUTHORS).points

    assert point.statement == "It wastes an hour of every shift"
    assert point.quotes == (Quote("2", "It wastes an hour of every shift."),)
    assert (point.people, point.wrote, point.answered) == (1, 1, 0)


def test_who_agreed_stays_while_somebody_who_wrote_the_same_does_or_a_person_confirmed_them() -> None:
    same = Quote("4", "Stop the paper form!")
    written = replace(PAPER, points=(replace(PAPER.points[0], quotes=(*AGREED, same), people=4),))
    authors = {**AUTHORS, "4": "d"}
    review = Review(confirmed=("1", "3"), unnamed=("1", "2", "3"))
    confirmed = replace(PAPER, points=(replace(PAPER.points[0], review=review),))

    (point,) = remove_messages(written, frozenset({"1"}), authors).points
    assert (point.statement, point.people, point.answered) == ("Stop the paper form!", 3, 2)
    (point,) = remove_messages(confirmed, frozenset({"1"}), AUTHORS).points
    assert [quote.message for quote in point.quotes] == ["2", "3"]
    assert point.review == Review(confirmed=("3",), unnamed=("2", "3"))


def test_questions_and_lines_of_deleted_replies_go() -> None:
    after = remove_messages(summarise(SAID), frozenset({"4"}), AUTHORS)
    assert after.questions == ()
    assert "incident" not in after.text
    assert (after.coverage.held, after.coverage.read, after.coverage.people) == (3, 3, 3)


def test_someone_whose_every_reply_is_deleted_is_no_longer_counted() -> None:
    after = remove_messages(summarise(SAID), frozenset({"1", "4"}), AUTHORS)
    assert after.coverage.people == 2


def test_someone_of_whom_an_unquoted_reply_remains_is_still_counted() -> None:
    before = Summary("t", "", (), (), Coverage(3, 3, 2))
    authors = {"1": "a", "2": "a", "3": "b"}

    assert remove_messages(before, frozenset({"1"}), authors).coverage.people == 2
    assert remove_messages(before, frozenset({"1", "2"}), authors).coverage.people == 1


def test_a_heading_stays_as_it_is_while_the_reply_that_says_it_does() -> None:
    quotes = (
        Quote("1", "The rota is always late, and I cannot plan."),
        Quote("2", "Our rota is late every single month."),
    )
    before = Summary("t", "", (KeyPoint("I cannot plan", quotes, 2),), (), Coverage(2, 2, 2))

    (point,) = remove_messages(before, frozenset({"2"}), {"1": "a", "2": "b"}).points
    assert (point.statement, point.quotes, point.people) == ("I cannot plan", quotes[:1], 1)


def test_it_works_with_the_authors_of_the_remaining_messages_alone() -> None:
    left = {message: author for message, author in AUTHORS.items() if message != "2"}
    after = remove_messages(summarise(SAID), frozenset({"2"}), left)
    assert check_summary(after, remaining("2")) == ()


def test_a_message_that_was_left_out_lowers_what_was_held() -> None:
    summary = Summary("t", "", (KeyPoint("Beds", (Quote("1", "Beds"),), 1),), (), Coverage(1, 2, 1, (("no words", 1),)))
    after = remove_messages(summary, frozenset({"2"}), {"1": "a", "2": "b"})
    assert after.coverage == Coverage(1, 1, 1)


def test_deleting_everything_leaves_nothing() -> None:
    said = discussion("discharge")
    authors = {message.id: message.author for message in said.messages}
    after = remove_messages(summarise(said), frozenset(authors), authors)
    assert (after.text, after.points, after.questions, after.lines) == ("", (), (), ())
    assert (after.coverage.read, after.coverage.held, after.coverage.people) == (0, 0, 0)


def test_deleting_nothing_changes_nothing() -> None:
    assert remove_messages(summarise(SAID), frozenset(), AUTHORS) == summarise(SAID)


ROTA = "The rota comes out too late to plan childcare."
SAME = "We get the rota too late to plan our childcare."
FINE = "The rota is fine as it is."
BUT = "Not on nights, it is not fine."
BOTH = "We need more notice of changes."
TALK = Thread(
    "t",
    "",
    (
        Message("1", "a", ROTA, endorsers=("b", "d", "x")),
        Message("2", "b", f"{SAME} {BOTH}", endorsers=("x", "y")),
        Message("3", "c", FINE),
        Message("4", "d", f"{BUT} {BOTH}"),
        Message("5", "e", "The canteen is shut at night."),
        Message("6", "f", "+1", "3"),
    ),
)
WHO = {message.id: message.author for message in TALK.messages}
ENDORSERS = {message.id: message.endorsers for message in TALK.messages}
WHOLE = Summary(
    "t",
    "",
    (
        KeyPoint(
            "The rota comes out too late",
            (Quote("1", ROTA), Quote("2", SAME)),
            2,
            possible=(Quote("4", BUT),),
            endorsements=3,
            review=Review("Late rotas", "", confirmed=("1", "2"), unnamed=("1",), unquoted=("2",)),
        ),
    ),
    (),
    Coverage(6, 6, 6),
    disagreements=(
        Disagreement(
            "The rota is fine",
            (Side((Quote("3", FINE), Quote("2", SAME), Quote("6", "+1")), 3), Side((Quote("4", BUT),), 1)),
            (Quote("2", BOTH), Quote("4", BOTH)),
        ),
    ),
    voices=(KeyPoint("The canteen is shut at night", (Quote("5", "The canteen is shut at night."),), 1),),
    agreements=("2", "6"),
)


def left_of(*gone: str) -> Summary:
    """What is left of the whole summary, which the checker holds against what is left of the talk."""
    left = remove_messages(WHOLE, frozenset(gone), WHO, ENDORSERS)
    rest = replace(TALK, messages=tuple(message for message in TALK.messages if message.id not in gone))
    assert check_summary(left, rest) == ()
    return left


def test_a_deleted_reply_leaves_possible_voices_and_agreements() -> None:
    left = left_of("4", "5", "6")
    assert (left.points[0].possible, left.voices, left.agreements) == ((), (), ("2",))


def test_endorsements_of_a_deleted_reply_go_and_a_supporter_who_left_may_be_an_endorser() -> None:
    assert left_of("1").points[0].endorsements == 2
    assert left_of("2").points[0].endorsements == 3


def test_endorsements_that_nobody_can_count_again_are_not_kept() -> None:
    assert remove_messages(WHOLE, frozenset({"2"}), WHO).points[0].endorsements == 0
    assert remove_messages(WHOLE, frozenset({"5"}), WHO).points[0].endorsements == 3


def test_a_review_loses_what_it_says_of_a_deleted_reply_and_keeps_the_rest() -> None:
    left = left_of("1").points[0]
    assert left.review == Review("Late rotas", "", confirmed=("2",), unnamed=(), unquoted=("2",))
    assert left.statement == NOT_QUOTED  # nobody has ticked what is left


def test_a_point_that_a_facilitator_looked_at_goes_on_in_the_words_that_they_have_read() -> None:
    (point, *others) = WHOLE.points
    read = replace(point, review=Review(confirmed=("2",), unnamed=("2",)))
    left = remove_messages(replace(WHOLE, points=(read, *others)), frozenset({"1"}), WHO).points[0]
    assert left.statement == left.quotes[0].text


def test_a_disagreement_goes_on_in_a_remaining_persons_words() -> None:
    left = left_of("3").disagreements[0]
    assert left.statement in SAME
    assert [side.people for side in left.sides] == [2, 1]


def test_a_disagreement_goes_with_a_side_or_when_a_side_says_nothing_any_more() -> None:
    assert left_of("4").disagreements == ()
    assert left_of("2", "3").disagreements == ()


def test_common_words_go_when_one_who_said_them_went() -> None:
    left = left_of("2").disagreements[0]
    assert (left.common, left.sides[0].people) == ((), 2)


def test_the_voice_balance_goes_with_words_that_cannot_be_weighed() -> None:
    told = replace(WHOLE, balance=Balance(60, 31))
    assert remove_messages(told, frozenset({"5"}), WHO).balance is None
    assert remove_messages(told, frozenset(), WHO).balance == Balance(60, 31)
