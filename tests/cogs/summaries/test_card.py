"""The pages of a summary: points by kind, both sides, single voices, and what was read."""

from __future__ import annotations

import re
from dataclasses import replace

import discord
import pytest

from bot.models.summaries import Balance, Coverage, Disagreement, KeyPoint, Kind, Quote, Review, Role, Side, Summary
from bot.services.summaries.published_summaries import format_age
from bot.summaries.lifecycle.consent import remove_unconsented_quotes
from bot.summaries.lifecycle.freshness import RepliesSince
from bot.summaries.output.counts import ALSO_RAISED, ONE_THING, PROPOSED, STANDINGS, UNCHECKED_PART, USED, WITH_POINT
from bot.summaries.output.plain_text import DELETED, IN_PRIVATE, NOT_QUOTED, READ, UNQUOTED_POINT
from bot.summaries.output.plain_text import LEFT_OUT as REASONS
from bot.summaries.review.publication import NOT_CHECKED, format_checking
from cogs.summaries.card import summary_card
from cogs.summaries.card_text import ABOUT, CAME_LATE, MORE_RAISED, CardDetails
from cogs.summaries.pages import MOST_RAISED, NumberedPoint, Raised, split_pages
from cogs.summaries.supporters import supporters_card
from cogs.summaries.texts import BALANCE, BOTH_SAY, METHOD, NOTE, SIDES, UNCHECKED
from cogs.ui.pages import PAGE
from tests.cogs.summaries.sample_cards import PAGES, first, grouped, of_points, pages_of, point, shown_text, told
from tests.wording import says


@pytest.mark.parametrize(
    ("count", "asked", "expected"),
    [
        (0, 0, [(0, 0)]),
        (5, 0, [(5, 0), (0, 0)]),
        (6, 2, [(5, 0), (1, 2)]),
        (10, 3, [(5, 0), (5, 0), (0, 3)]),
        (0, 2, [(0, 2)]),
        (2, 9, [(2, 9)]),
    ],
)
def test_after_the_first_screen_a_page_shows_five_points_and_the_last_one_the_questions(
    count: int, asked: int, expected: list[tuple[int, int]]
) -> None:
    _, *found = split_pages(of_points(count, asked))

    assert [
        (sum(isinstance(item, NumberedPoint) for item in page), sum(isinstance(item, Quote) for item in page))
        for page in found
    ] == expected


def test_points_come_by_kind_under_its_title_and_are_numbered_through() -> None:
    text = told(
        point("Nights are short", 5, Kind.CONCERN),
        point("Swap lists help", 4, Kind.PROPOSAL),
        point("Handover is late", 3, Kind.CONCERN),
        point("Parking is dear", 1),
    )

    parts = [
        "**What worries them**",
        "1. “Nights",
        "2. “Handover",
        "**What they propose**",
        "3. “Swap",
        f"### {ALSO_RAISED}\n- “Parking is dear”",
    ]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert text.count(f"**{Kind.CONCERN.label}**") == 1


def test_a_point_says_who_wrote_it_who_agreed_and_that_it_came_up_in_private_replies() -> None:
    wrote = tuple(Quote(f"w{n}", f"Nights, says {n}") for n in range(3))
    agreed = tuple(Quote(f"a{n}", "+1", role=Role.AGREED) for n in range(2))
    private = (Quote("p", "Nights are bad", private=True),)
    found = KeyPoint("Nights", (*wrote, *agreed, *private), 5, endorsements=4, private=1)
    text = told(found)

    assert f"9 people: 3 wrote it, 6 said “same here”. {IN_PRIVATE}\n" in text
    assert "+1" not in text
    assert NOT_CHECKED in text


def test_points_whose_words_may_not_be_quoted_are_counted_and_a_side_says_that_its_words_are_missing() -> None:
    sides = tuple(Side((Quote(f"s{n}", f"Side {n}"),), 1) for n in range(2))
    dispute = Disagreement("Side 0", (sides[0], sides[1]))
    points = point("Nights", 3), point("Parking is dear", 1), point("Lockers", 1)
    summary = Summary("1", "", points, (), Coverage(9, 9, 6), disagreements=(dispute,))
    outside = remove_unconsented_quotes(summary, {"s0": "Side 0"})
    text = told(*outside.points, disagreements=outside.disagreements)

    assert f"### 1. {UNQUOTED_POINT}\n3 people said this in the thread." in text
    assert f"### {ALSO_RAISED}\n- 2 points whose words may not be quoted" in text
    assert "The other side, 1 person:\nThe words of 1 person may not be quoted." in text
    assert NOT_QUOTED not in text


def test_what_the_program_proposes_has_no_number_anywhere() -> None:
    possible = (*grouped("Maybe nights are short."), Quote("y", "Perhaps they are.", role=Role.SUGGESTED))
    shared, alone = (
        point("Nights are short", 5, possible=possible),
        point("Parking is dear", 1, possible=grouped("Cars")),
    )
    summary = Summary("1", "", (shared, alone), (), Coverage(20, 20, 9))
    with_it = "".join(pages_of(shared, alone))
    without = "".join(pages_of(replace(shared, possible=()), replace(alone, possible=())))
    who = "\n".join(shown_text(supporters_card(1, shared, {}, 0, *PAGES)))

    heading = WITH_POINT.format(number=1)
    assert sorted(re.findall(r"\d+", with_it.replace(heading, ""))) == sorted(re.findall(r"\d+", without))
    assert f"### {PROPOSED}\n> “Maybe nights are short.”\n> “Perhaps they are.”" in who
    assert "possib" not in f"{with_it}{who}".casefold()
    view = summary_card(CardDetails("Why?", summary, "today"), 1, PAGES, who=("summary-who", 1))
    hints = [
        option.description
        for item in view.walk_children()
        if isinstance(item, discord.ui.Select)
        for option in item.options
    ]
    assert hints == ["5 people said this in the thread", None]


def test_a_heading_in_the_facilitators_words_is_no_quotation() -> None:
    review = Review("Too few people at night", "Raised in 2025 too.", ("Nights 0", "Nights 1"), (), ("Nights 0",))
    found = point("Nights", 3, review=review)
    text = told(found, changes=2)

    assert "### 1. Too few people at night (facilitator’s words)" in text
    assert "“Too few" not in text
    assert "3 people said this in the thread.\n" in text
    assert NOTE.format(note="Raised in 2025 too.") in text
    assert "says 0" not in text
    assert format_checking(Summary("1", "", (found,), (), Coverage(1, 1, 1)), 2) in text
    assert STANDINGS[1] in first(found)


def test_a_disagreement_shows_the_words_and_the_people_of_both_sides_and_what_both_say() -> None:
    one, other = Side((Quote("1", "Targets helped us."),), 3), Side((Quote("2", "Targets did harm."),), 1)
    found = Disagreement("Targets helped us.", (one, other), (Quote("1", "Numbers matter."), Quote("2", "Figures do.")))
    text = told(point("Nights", 3), disagreements=(found,))

    assert "### People see this differently: “Targets helped us.”\nOne side, 3 people:\n> “Targets helped us.”" in text
    assert f"{SIDES[1]}, 1 person:\n> “Targets did harm.”\n{BOTH_SAY}\n> “Numbers matter.”" in text


def test_what_single_people_raised_is_listed_shortly_with_what_may_be_about_one_thing_together() -> None:
    shared = point("Nights", 3, possible=grouped("Evenings are short too"))
    head = point("Parking is dear", 1, possible=grouped("The car park costs an hour’s pay", "Parking fees rose"))
    text = told(shared, head, voices=(point("Lifts are slow", 1), point("The canteen shuts at six", 1)))

    assert (
        f"### {ALSO_RAISED}\n{WITH_POINT.format(number=1)}\n- “Evenings are short too”\n"
        f"{ONE_THING}\n- “Parking is dear”\n- “The car park costs an hour’s pay”\n- “Parking fees rose”\n"
        "- “Lifts are slow”\n- “The canteen shuts at six”\n"
    ) in text
    assert "1 person" not in text


def test_in_a_checked_summary_what_nobody_could_tick_has_a_heading_of_its_own_that_says_so() -> None:
    checked = Review(confirmed=("Nights 0", "Nights 1", "Nights 2"))
    alone = point("Parking is dear", 1, review=Review(confirmed=("Parking is dear 0",)))
    one, other = Side((Quote("1", "Targets helped us."),), 3), Side((Quote("2", "Targets did harm."),), 1)
    found = Disagreement("Targets helped us.", (one, other))
    points, beside = (point("Nights", 3, review=checked), alone), (point("Lifts are slow", 1),)
    text = told(*points, voices=beside, disagreements=(found,))
    unchecked = told(*(replace(each, review=None) for each in points), voices=beside, disagreements=(found,))

    parts = ["1. “Nights", "“Parking is dear”", f"## {UNCHECKED_PART}", "see this differently", "“Lifts are slow”"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert UNCHECKED in first(*points, disagreements=(found,))
    assert UNCHECKED_PART not in unchecked


def test_more_single_voices_than_anybody_reads_are_in_the_files() -> None:
    voices = tuple(point(f"Voice {n}", 1) for n in range(MOST_RAISED + 3))
    summary = Summary("1", "", (point("Nights", 3),), (), Coverage(99, 99, 99), voices=voices)
    listed = [item for page in split_pages(summary) for item in page if isinstance(item, Raised)]
    text = told(point("Nights", 3), voices=voices)

    assert len(listed) == MOST_RAISED
    assert f"- “Voice {MOST_RAISED - 1}”\n{MORE_RAISED}" in text
    assert f"Voice {MOST_RAISED}”" not in text


def test_an_answer_that_only_agrees_is_no_quote_and_one_that_says_more_is() -> None:
    agreed = [Quote("2", "The same with us", role=Role.AGREED)]
    agreed += [Quote("3", "Yes, and on our ward it is worse every winter", role=Role.AGREED)]
    text = told(KeyPoint("Nights are short", (Quote("1", "Nights are short, we all know."), *agreed), 3))

    assert "> “Nights are short, we all know.”\n> “Yes, and on our ward it is worse every winter”" in text
    assert "The same with us" not in text


def test_the_end_tells_what_was_read_when_by_whom_and_what_was_left_out_and_why() -> None:
    coverage = Coverage(12, 13, 9, (("too short", 1),), (("left out by a facilitator", 2),), 3)
    opening, *rest = pages_of(
        point("Nights", 3),
        coverage=coverage,
        span="Replies from 1 August 2018 to 5 August 2018.",
        late=2,
        wrote=11,
        balance=Balance(60, 41),
        vectors="sentence vectors (MiniLM)",
        outdated=format_age(RepliesSince(3, 1, 1)),
    )
    text = "\n".join(rest)

    reasons = REASONS.format(reasons="1 (too short), 2 (left out by a facilitator)")
    read = READ.format(read=12, held="15 replies", private="")
    assert f"{ABOUT}\n{USED.format(people='11 people', used=9)} {read} {reasons}" in text
    assert DELETED.format(replies="3 replies were") in text
    assert "Replies from 1 August 2018 to 5 August 2018." in text
    assert CAME_LATE.format(replies="2 replies") in text
    assert BALANCE.format(people="60 people", percent=41) in text
    assert METHOD.format(vectors="sentence vectors (MiniLM)") in text
    assert format_age(RepliesSince(3, 1, 1)) in opening
    assert "11 people wrote" in opening
    assert "12" not in opening


def test_the_usual_way_to_measure_likeness_is_not_told() -> None:
    assert not says(told(point("Nights", 3)), METHOD)


def test_a_page_past_the_end_shows_the_last_one() -> None:
    found = shown_text(summary_card(CardDetails("Why?", of_points(7), "today"), 99, PAGES))

    assert "### 7. “Point 6”" in "\n".join(found)
    assert found[-1].startswith(PAGE.format(number=3, count=3))
