"""The checker finds what is wrong, and says so without anyone's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models.summaries import Balance, Coverage, Disagreement, KeyPoint, Quote, Review, Role, Side, Summary
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, summarise
from bot.summaries.balance import measure_balance
from tests.summaries.threads import discussion

TALKED = discussion("discharge")
AGAIN = next(message.text for message in TALKED.messages if message.id == "20")
SAID = replace(TALKED, messages=(*TALKED.messages, Message("25", "somebody else", AGAIN)))
SOUND = summarise(SAID)
SECRET = "words that nobody wrote"


def with_first_point(**changes: object) -> Summary:
    return replace(SOUND, points=(replace(SOUND.points[0], **changes), *SOUND.points[1:]))  # type: ignore[arg-type]


def test_a_sound_summary_has_no_problems() -> None:
    assert check_summary(SOUND, SAID) == ()


@pytest.mark.parametrize(
    ("summary", "problem"),
    [
        (with_first_point(statement=SECRET), "The statement of point 1 is not verbatim in message 20."),
        (with_first_point(people=9), "Point 1 counts 9 people, but its quotes are of 2."),
        (with_first_point(quotes=()), "Point 1 has no supporter."),
        (
            with_first_point(quotes=(Quote("20", SECRET), *SOUND.points[0].quotes[1:])),
            "Point 1, quote 1 is not verbatim in message 20.",
        ),
        (
            with_first_point(quotes=(*SOUND.points[0].quotes, Quote("404", "x"))),
            "Point 1, quote 3 is of message 404, which is not in the thread.",
        ),
        (replace(SOUND, questions=(Quote("1", SECRET),)), "Question 1 is not verbatim in message 1."),
        (replace(SOUND, lines=(Quote("1", SECRET),), text=SECRET), "Line 1 is not verbatim in message 1."),
        (replace(SOUND, text=SECRET), "The running text is not made of its lines."),
        (replace(SOUND, points=SOUND.points[::-1]), "The points are not ordered by people."),
        (replace(SOUND, points=(SOUND.points[0], *SOUND.points)), "Two points have the same statement."),
        (replace(SOUND, thread="other"), "The summary is of thread other, not of thread discharge."),
    ],
)
def test_each_fault_is_named_by_its_place(summary: Summary, problem: str) -> None:
    problems = check_summary(summary, SAID)
    assert problem in problems
    assert not any(SECRET in found for found in problems)


def test_a_person_quoted_twice_is_found() -> None:
    said = Thread("t", "", (Message("1", "a", "Beds are full."), Message("2", "a", "Beds are full.")))
    quotes = (Quote("1", "Beds are full."), Quote("2", "Beds are full."))
    summary = Summary("t", "", (KeyPoint("Beds are full", quotes, 2),), (), Coverage(2, 2, 1))
    assert "Point 1 quotes a person twice." in check_summary(summary, said)
    assert "Point 1 counts 2 people, but its quotes are of 1." in check_summary(summary, said)


@pytest.mark.parametrize(
    "coverage",
    [
        Coverage(25, 25, 99),
        Coverage(24, 25, 23),
        Coverage(25, 31, 23),
        Coverage(-1, 25, 23, (("x", 26),)),
        Coverage(25, 25, 1),
    ],
)
def test_coverage_that_does_not_add_up_is_found(coverage: Coverage) -> None:
    assert check_summary(replace(SOUND, coverage=coverage), SAID)


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
        Message("2", "b", f"{SAME} {BOTH}", endorsers=("x", "y", "y")),
        Message("3", "c", FINE),
        Message("4", "d", f"{BUT} {BOTH}"),
        Message("5", "e", "The canteen is shut at night."),
    ),
)
POINT = KeyPoint(
    "The rota comes out too late",
    (Quote("1", ROTA), Quote("2", SAME)),
    2,
    possible=(Quote("4", BUT, role=Role.SUGGESTED),),
    endorsements=3,
    review=Review("Late rotas", "", confirmed=("1",), unnamed=("1", "2"), unquoted=("2",)),
)
DISPUTE = Disagreement(
    "The rota is fine",
    (Side((Quote("3", FINE), Quote("2", SAME)), 2), Side((Quote("4", BUT),), 1)),
    (Quote("2", BOTH), Quote("4", BOTH)),
)
VOICE = KeyPoint("The canteen is shut at night", (Quote("5", "The canteen is shut at night."),), 1)
WHOLE = Summary("t", "", (POINT,), (), Coverage(5, 5, 5), disagreements=(DISPUTE,), voices=(VOICE,), agreements=("2",))


def point(**changes: object) -> Summary:
    return replace(WHOLE, points=(replace(POINT, **changes),))  # type: ignore[arg-type]


def dispute(**changes: object) -> Summary:
    return replace(WHOLE, disagreements=(replace(DISPUTE, **changes),))  # type: ignore[arg-type]


def voice(**changes: object) -> Summary:
    return replace(WHOLE, voices=(replace(VOICE, **changes),))  # type: ignore[arg-type]


def review(**lists: tuple[str, ...]) -> Summary:
    return point(review=Review("Late rotas", **lists))  # type: ignore[arg-type]


def test_a_summary_with_every_part_is_sound() -> None:
    assert check_summary(WHOLE, TALK) == ()


@pytest.mark.parametrize(
    ("summary", "problem"),
    [
        (point(possible=(Quote("4", SECRET),)), "Point 1, possible quote 1 is not verbatim in message 4."),
        (point(possible=(Quote("4", BUT), Quote("4", BOTH))), "Point 1 names a possible person twice."),
        (point(possible=(Quote("2", BOTH),)), "Point 1 counts a supporter as possible, too."),
        (point(endorsements=4), "Point 1 counts 4 endorsements, but 3 people endorse it."),
        (point(statement=" "), "The statement of point 1 is empty."),
        (point(statement="Late rotas"), "The statement of point 1 is not verbatim in message 1."),
        (review(confirmed=("4",)), "Point 1 lists message 4 as confirmed, which is no supporter's."),
        (review(unnamed=("404",)), "Point 1 lists message 404 as unnamed, which is no supporter's."),
        (review(unquoted=("1", "1")), "Point 1 lists a reply twice as unquoted."),
        (voice(statement=SECRET), "The statement of voice 1 is not verbatim in message 5."),
        (voice(people=2), "Voice 1 counts 2 people, but its quotes are of 1."),
        (voice(quotes=(Quote("5", SECRET),)), "Voice 1, quote 1 is not verbatim in message 5."),
        (
            voice(quotes=(*VOICE.quotes, Quote("3", FINE)), people=2),
            "Voice 1 is of 2 people, not of one.",
        ),
        (voice(statement="rota", quotes=(Quote("1", ROTA),)), "Voice 1 repeats a quote of a point."),
        (
            replace(WHOLE, voices=(VOICE, VOICE), points=()),
            "A voice has the statement of another voice or of a point.",
        ),
        (dispute(statement=BUT), "The statement of disagreement 1 is not verbatim in message 3."),
        (
            dispute(sides=(DISPUTE.sides[0], Side((), 0))),
            "Disagreement 1, side 2 has no supporter.",
        ),
        (
            dispute(sides=(DISPUTE.sides[0], Side((Quote("4", BUT),), 3))),
            "Disagreement 1, side 2 counts 3 people, but its quotes are of 1.",
        ),
        (
            dispute(sides=(DISPUTE.sides[0], Side((Quote("4", BUT), Quote("4", BOTH)), 1))),
            "Disagreement 1, side 2 quotes a person twice.",
        ),
        (
            dispute(sides=(DISPUTE.sides[0], Side((Quote("4", SECRET),), 1))),
            "Disagreement 1, side 2, quote 1 is not verbatim in message 4.",
        ),
        (
            dispute(sides=(DISPUTE.sides[0], Side((Quote("2", BOTH),), 1))),
            "Disagreement 1 has a person on both sides.",
        ),
        (dispute(common=(Quote("2", SECRET), Quote("4", BOTH))), "Disagreement 1, common quote 1 is not verbatim"),
        (dispute(common=(Quote("2", BOTH),)), "Disagreement 1 has common words of one side only."),
        (
            dispute(common=(Quote("4", BOTH), Quote("2", BOTH))),
            "Disagreement 1 has common words of somebody who is not on side 1.",
        ),
        (replace(WHOLE, agreements=("2", "2")), "A message is listed twice among the agreements."),
        (replace(WHOLE, agreements=("404",)), "Message 404, listed among the agreements, is not in the thread."),
        (replace(WHOLE, balance=Balance(5, 20)), "The voice balance says 20 percent of 5 people, which cannot be."),
    ],
)
def test_a_fault_in_any_part_is_named_by_its_place(summary: Summary, problem: str) -> None:
    problems = check_summary(summary, TALK)
    assert any(found.startswith(problem) for found in problems)
    assert not any(SECRET in found for found in problems)


AGREEING = Thread(
    "t",
    "",
    (
        Message("0", "f", "Same here."),
        Message("1", "a", ROTA),
        Message("2", "b", "+1", reply_to="1"),
        Message("3", "c", "With Ann on this."),
        Message("4", "a", "Quite so.", reply_to="1"),
        Message("5", "d", "The canteen is shut at night."),
    ),
)


def agreeing(*quotes: Quote, people: int, possible: tuple[Quote, ...] = ()) -> Summary:
    point = KeyPoint("The rota comes out too late", (Quote("1", ROTA), *quotes), people, possible)
    return Summary("t", "", (point,), (), Coverage(6, 6, 5))


def agreed(message: str, text: str) -> Quote:
    return Quote(message, text, role=Role.AGREED)


def test_who_answered_in_agreement_counts_whether_by_discords_answer_or_by_a_name() -> None:
    sound = agreeing(agreed("2", "+1"), agreed("3", "With Ann on this."), people=3)
    assert check_summary(sound, AGREEING) == ()


def test_who_agreed_with_nobody_else_is_found_until_what_they_answered_is_gone() -> None:
    first = agreeing(agreed("0", "Same here."), people=2)
    assert check_summary(first, AGREEING) == ("Point 1 says that message 0 agrees, but it answers nobody else.",)
    own = Summary(
        "t",
        "",
        (KeyPoint("Quite so", (agreed("4", "Quite so."),), 1),),
        (),
        Coverage(6, 6, 5),
    )
    assert "Point 1 says that message 4 agrees, but it answers nobody else." in check_summary(own, AGREEING)
    assert check_summary(own, AGREEING, later=True) == ()


@pytest.mark.parametrize("role", [Role.GROUPED, Role.SUGGESTED])
def test_whom_the_program_only_proposes_is_never_counted(role: Role) -> None:
    canteen = Quote("5", "The canteen is shut at night.", role=role)
    assert check_summary(agreeing(people=1, possible=(canteen,)), AGREEING) == ()
    counted = agreeing(canteen, people=2)
    assert check_summary(counted, AGREEING) == ("Point 1 counts quote 2, which the program only proposes.",)


def test_a_facilitator_may_put_somebody_to_a_point_in_their_own_words() -> None:
    ticked = Quote("5", "The canteen is shut at night.", role=Role.TICKED)
    assert check_summary(agreeing(ticked, people=2), AGREEING) == ()


def test_points_may_be_ordered_by_everybody_or_as_stored_before_by_those_who_said_so() -> None:
    said = Thread("t", "", (Message("1", "a", ROTA), Message("2", "b", FINE, endorsers=("x", "y"))))
    points = (KeyPoint(FINE, (Quote("2", FINE),), 1, endorsements=2), KeyPoint(ROTA, (Quote("1", ROTA),), 1))
    whole = Summary("t", "", points, (), Coverage(2, 2, 2))
    assert check_summary(whole, said) == ()
    assert check_summary(replace(whole, points=points[::-1]), said) == ()


def test_more_points_than_wanted_are_found_unless_a_person_made_them() -> None:
    assert "There are 2 points, more than 1." in check_summary(
        replace(SOUND, points=SOUND.points[:2]), SAID, most_points=1
    )
    split = replace(SOUND.points[0], review=Review())
    assert check_summary(replace(SOUND, points=(split, *SOUND.points[1:])), SAID, most_points=1) == ()


def test_the_voice_balance_is_weighed_again() -> None:
    words = [10 if number < 6 else 1 for number in range(60)]
    said = Thread("t", "", tuple(Message(f"{n}", f"p{n}", "word " * count) for n, count in enumerate(words)))
    told = Summary("t", "", (), (), Coverage(60, 60, 60), balance=Balance(60, 53))
    assert check_summary(told, said) == ()
    assert check_summary(replace(told, balance=Balance(60, 54)), said) == (
        "The voice balance is not what the words in the thread give.",
    )


def test_reactions_that_came_later_do_not_count_against_a_summary() -> None:
    assert check_summary(point(endorsements=9), TALK, later=True) == ()


def test_nobody_says_who_wrote_most_among_fewer_than_fifty() -> None:
    few = [Message(f"{n}", f"p{n}", "Words of mine.") for n in range(49)]
    assert measure_balance(few) is None
    assert measure_balance([*few, Message("49", "p49", "")]) is None
    assert measure_balance([*few, Message("49", "p49", "Words.")]) == Balance(50, 10)
    assert measure_balance([*few, Message("49", "p49", "Words of nobody.", private=True)]) is None
