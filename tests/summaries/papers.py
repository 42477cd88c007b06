"""Summaries to make files of: an ordinary one that a person reviewed, and a long hostile one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.models.prompts import Wording
from bot.models.summaries import Balance, Coverage, Disagreement, KeyPoint, Kind, Quote, Review, Side, Summary
from bot.summaries.output.document import Paper
from bot.summaries.output.paper import make_paper

NOON = datetime(2018, 8, 20, 12, tzinfo=UTC)
WORDING = Wording(
    "Leaders exist at all levels, from the board to the ward. Challenge is part of the job, not a lack of loyalty.",
    own_words=True,
    question="Where do you see leadership on your ward, and what gets in its way?",
    source_title="No more heroes",
    publisher="The King’s Fund",
    year=2011,
    address="https://example.org/report",
)
DAYS = [(date(2018, 8, 6) + timedelta(days=number), (number * 5 + 3) % 9) for number in range(14)]
ID = "900000000000000001"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7 * 7 }} {% raw %} &amp;",
    "هل يستمع أحد إلى ما نقوله في اجتماعات القسم؟ نحن نعمل كل ليلة ولا أحد يسأل",
    f"See https://discord.com/channels/1/2/{ID} and <@{ID}> and <#{ID}>, {ID}",
    "x" * 4_000,
    "# A heading\n\n> a quote\n- [a link](https://example.org) **bold** `code`\n\n---\n| a | b |",
    "🙂🙃👩🏽‍⚕️ \u202eright to left\x00 </q></style></title>\" onfocus='x' ]]>",
)


def quotes(*said: str, start: int = 0) -> tuple[Quote, ...]:
    """Quotes of as many replies."""
    return tuple(Quote(f"{ID}{number}", text) for number, text in enumerate(said, start))


def ordinary() -> Summary:
    """A thread of 34 people; a person confirmed some of the supporters of two points."""
    nights = quotes(
        "We are short staffed on nights, and nobody listens when we raise it.",
        "Short staffing on nights is our biggest worry by far.",
        "Nobody listens when we raise short staffing, so people stop raising it.",
        "On nights we are two nurses for thirty patients, week after week.",
        "I raised the staffing on nights three times and heard nothing.",
        "Nights are not safe with the staff we have.",
    )
    forms = quotes(
        "Handover takes far too long since the new forms came in last winter.",
        "The new forms make handover take half an hour, and nobody reads them afterwards.",
        "Handover forms are filled in twice, once on paper and once on the screen.",
        start=20,
    )
    mentor = quotes(
        "Pair every new starter with a mentor for the first six months.",
        "A mentor for each new starter would have kept two of my colleagues here.",
        start=30,
    )
    ids = [quote.message for quote in nights]
    return Summary(
        thread="t",
        text="",
        points=(
            KeyPoint(
                "We are short staffed on nights, and nobody listens when we raise it",
                nights,
                6,
                quotes("It gets worse every winter, and nights are the worst of it.", start=60),
                4,
                Kind.CONCERN,
                Review(confirmed=tuple(ids[:4]), unnamed=tuple(ids[:3]), note="Raised with the matron on 14 August."),
            ),
            KeyPoint(forms[0].text.rstrip("."), forms, 3, kind=Kind.EXPERIENCE),
            KeyPoint(
                mentor[0].text,
                mentor,
                2,
                endorsements=7,
                kind=Kind.PROPOSAL,
                review=Review(
                    words="Give each new starter a mentor",
                    confirmed=tuple(quote.message for quote in mentor),
                    unnamed=(mentor[0].message,),
                    unquoted=(mentor[1].message,),
                ),
            ),
        ),
        questions=quotes("Who decides which training is paid for and which is not?", start=40),
        coverage=Coverage(52, 57, 34, (("too short", 5),), (("excluded by a facilitator", 2),), 1),
        disagreements=(
            Disagreement(
                "Walking the floor every morning is what leadership looks like",
                (
                    Side(quotes("Walking the floor every morning is what leadership looks like.", start=45), 1),
                    Side(
                        quotes(
                            "I disagree, walking the floor changes nothing unless somebody acts afterwards.",
                            "Walking about is not leading.",
                            start=46,
                        ),
                        2,
                    ),
                ),
                quotes("We want to see our managers.", "Managers should be seen on the ward.", start=48),
            ),
        ),
        voices=(
            KeyPoint(
                "Car parking costs more than an hour of my pay each week",
                quotes("Car parking costs more than an hour of my pay each week.", start=50),
                1,
            ),
        ),
        balance=Balance(60, 31),
    )


def confirm_everybody(summary: Summary) -> Summary:
    """The same with everybody confirmed on the points that a person has looked at."""
    return replace(summary, points=tuple(_confirm(point) if point.review else point for point in summary.points))


def _confirm(point: KeyPoint) -> KeyPoint:
    everybody = (*(quote.message for quote in point.quotes), *point.counted)
    return replace(point, review=replace(point.review or Review(), confirmed=everybody))


def hostile() -> Summary:
    """Ten points of eight people whose every word is chosen to break a file."""
    points = tuple(
        KeyPoint(
            HOSTILE[number % len(HOSTILE)],
            quotes(*(HOSTILE[(number + one) % len(HOSTILE)] for one in range(8)), start=10 * number),
            8,
            quotes(*HOSTILE, start=200 + 10 * number),
            3,
            list(Kind)[number % len(Kind)],
            Review(words=HOSTILE[0], note=HOSTILE[4], confirmed=(f"{ID}{10 * number}",)) if number % 2 else None,
        )
        for number in range(10)
    )
    two = Side(quotes(*HOSTILE, start=400), 6)
    return Summary(
        thread="t",
        text="",
        points=points,
        questions=quotes(*HOSTILE, start=500),
        coverage=Coverage(100, 110, 90, ((HOSTILE[0], 7), ("too short", 3))),
        disagreements=tuple(Disagreement(words, (two, two), quotes(*HOSTILE[:2])) for words in HOSTILE),
        voices=tuple(KeyPoint(words, quotes(words, start=600), 1) for words in HOSTILE),
        balance=Balance(90, 44),
    )


def ordinary_paper(*, board: bool = False) -> Paper:
    """What a file says of the ordinary summary."""
    return make_paper(WORDING, ordinary(), NOON, DAYS, changes=5, board=board, wrote=36)


def hostile_paper() -> Paper:
    """What a file says of the hostile summary."""
    words = Wording(HOSTILE[0], own_words=False, question=HOSTILE[4], source_title=HOSTILE[5])
    return make_paper(words, hostile(), NOON, [(date(2018, 1, 1) + timedelta(days=n), n % 7) for n in range(200)])
