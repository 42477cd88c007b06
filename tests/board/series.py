"""A series as a ward may have it: four weeks, with views that differ, private replies, outcomes and a check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

from bot.board.document import PointCheck
from bot.board.source import BoardPrompt, BoardSource
from bot.models.board import PaperTheme
from bot.models.outcomes import Decision, Outcome, OutcomeState, PointRef
from bot.models.prompts import Wording
from bot.models.summaries import Coverage, Disagreement, KeyPoint, Quote, Review, Side, Summary
from tests.board.sources import NOON, full_fields, prompt_of, source
from tests.summaries.papers import ID, WORDING

WEEKS = (
    (
        "The commission found no persuasive evidence that the NHS has too many managers, and good evidence that it may "
        "have too few. What weighs on it is administration: the same figures asked for twice, by different people.",
        "What do you fill in or report that nobody uses?",
        "about pages 3 to 11",
    ),
    (
        "Leaders exist at all levels, from the board to the ward. Leading is what people do together, and it cannot be "
        "understood without those who follow.",
        "Where do you see leadership on your ward, and what gets in its way?",
        "about pages 18 to 22",
    ),
    (
        "People need both the ability and the confidence to challenge poor practice. Challenge is part of the job, and "
        "not a lack of loyalty.",
        "When did somebody here last challenge how things are done, and what came of it?",
        "",
    ),
    (
        "Developing leaders is not enough: teams and whole organisations develop, or they do not.",
        "What has your team learned together in the last year, and what would have helped?",
        "about page 24",
    ),
)
SAID = (
    (
        (
            "We count falls on paper, then once more on the screen, and the two never agree",
            "Falls are counted twice, on paper and on the screen. Please choose one of them.",
            "Two counts of the same falls, every single day, and the site team asks for a third one on Mondays.",
        ),
        ("Give us one place for the daily figures", "One sheet for the day’s figures would save an hour a shift."),
        ("The morning call could read the figures from the board instead of ringing each ward",),
    ),
    (
        (
            "We are short staffed on nights, and nobody listens when we raise it",
            "Short staffing on nights is our biggest worry by far, and it gets worse every winter.",
            "On nights we are two nurses for thirty patients, week after week.",
        ),
        ("Our ward manager asks the newest of us first, and that is leadership to me",),
        ("Healthcare assistants lead the mornings, but no one invites them to the meeting",),
    ),
    (
        ("Those who raise something hear nothing back, so people stop raising it", "I raised it three times."),
        ("Thank the person who raises a concern, and tell the team what came of it",),
    ),
    (
        ("Pair every new starter with a mentor for the first six months", "A mentor would have kept two colleagues."),
        ("Study days are cancelled when we are short, so it is always the same people who miss them",),
    ),
)
ALONE = "Car parking costs more than an hour of my pay each week"


def summaries() -> Iterator[Summary]:
    """A reviewed summary for each week; every third supporter sent a private reply."""
    ids = count(10)

    def quoted(*said: str, private: bool = False) -> tuple[Quote, ...]:
        return tuple(Quote(f"{ID}{next(ids)}", text, private) for text in said)

    for week, points in enumerate(SAID):
        found = []
        for number, said in enumerate(points, 1):
            quotes = quoted(*said, *(f"The same with us, {word}." for word in ("here", "on days", "at weekends")))
            names = tuple(quote.message for quote in quotes)
            review = Review(
                words="Keep one count of falls" if (week, number) == (0, 1) else "",
                note="The site team was told on 14 August." if (week, number) == (0, 2) else "",
                confirmed=names,
                unnamed=names[: len(said)],
                unquoted=names[len(said) :],
            )
            found.append(KeyPoint(said[0], quotes, len(quotes), review=review, ref=str(number)))
        sides = (
            Side(quoted("A manager on the floor every morning is what leadership looks like."), 1),
            Side(quoted("Walking the floor changes nothing unless somebody acts afterwards.", "Act first."), 2),
        )
        differ = (Disagreement(sides[0].quotes[0].text, sides),) if week == 1 else ()
        alone = (KeyPoint(ALONE, quoted(f"{ALONE}."), 1),) if week == 2 else ()
        read = Coverage(31 + week, 36 + week, 21 - week, (("too short", 4),), (("excluded by a facilitator", 1),))
        yield Summary("t", "", tuple(found), (), read, disagreements=differ, voices=alone)


def week_of(number: int, summary: Summary) -> BoardPrompt:
    """The prompt of a week with its summary."""
    text, question, place = WEEKS[number % len(WEEKS)]
    wording: Wording = replace(WORDING, text=text, question=question, place=place)
    made = prompt_of(summary, 12 + number)
    return replace(made, prompt=replace(made.prompt, wording=wording))


def series_source(*, quotable: bool = True) -> BoardSource:
    """The whole series, with two outcomes and what staff answered to a check of its second week."""
    found = source(*(week_of(number, one) for number, one in enumerate(summaries())), quotable=quotable)
    decided = (
        Decision(OutcomeState.DOING, "One electronic sheet for falls on all wards", "", "Director of Nursing", None),
        Decision(
            OutcomeState.NOT_POSSIBLE,
            "A third nurse on nights",
            "the posts are frozen until April",
            "Chief Operating Officer",
            date(2018, 10, 1),
        ),
    )
    refs = (PointRef(12, "1"), PointRef(13, "1"))
    outcomes = tuple(
        Outcome(number, 7, (ref,), said, NOON) for number, (ref, said) in enumerate(zip(refs, decided, strict=True), 1)
    )
    checks = {PointRef(13, "1"): PointCheck(9), PointRef(13, "2"): PointCheck(6, differs=True)}
    themes = (
        PaperTheme("Counting and reporting", (PointRef(12, "1"), PointRef(12, "2"), PointRef(12, "3"))),
        PaperTheme("Speaking up", (PointRef(13, "1"), PointRef(14, "1"), PointRef(14, "2"))),
    )
    fields = full_fields(themes=themes)
    return replace(found, fields=fields, outcomes=outcomes, checks=checks, tapped={13: 14, 15: 0})
