"""The first screen of a summary: who wrote, what most people said, on what they differ, and the way to the rest."""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.models.summaries import Disagreement, Kind, Quote, Review, Side
from bot.summaries.output.counts import ALSO_RAISED, CHECKED, STANDINGS
from bot.summaries.output.plain_text import NOT_QUOTED
from cogs.summaries.card import READ_ALL, summary_card
from cogs.summaries.card_text import MORE_POINTS, WROTE, CardDetails
from cogs.summaries.texts import SPLIT
from tests.cogs.summaries.sample_cards import PAGES, first, of_points, point


def test_the_first_screen_says_who_wrote_and_the_three_points_that_most_people_made() -> None:
    shared = [point(f"Point {n}", 9 - n, Kind.CONCERN if n % 2 else Kind.VIEW) for n in range(5)]
    text = first(*shared, point("Parking is dear", 1), wrote=14)

    assert text.startswith(f"## What people said\nWhy?\n{WROTE.format(people='14 people', standing=STANDINGS[0])}")
    points = [f"**“Point {n}”**\n{9 - n} people said this in the thread." for n in range(5)]
    assert [point in text for point in points] == [True] * 3 + [False] * 2
    assert "Parking" not in text
    assert text.endswith(f"\n{MORE_POINTS.format(points='3 more points')}")
    assert len(text.splitlines()) == 3 + 3 * 2 + 1


def test_the_first_screen_counts_the_points_behind_it_that_are_checked_and_quoted() -> None:
    done = Review(confirmed=("1",), unnamed=("1",))
    shared = replace(point("Nights are short", 3), review=done)
    raised = [
        replace(point(text, 1), quotes=(Quote("1", text),), review=done) for text in ("Lifts are slow", NOT_QUOTED)
    ]

    assert MORE_POINTS.format(points="1 more point") in first(shared, *raised, point("Parking is dear", 1))
    assert "full summary" not in first(shared, point("Parking is dear", 1))


def test_a_heading_on_the_first_screen_is_cut_only_where_more_than_a_few_words_go() -> None:
    whole = "Cut the reports before you count the managers: half of their week goes into reports nobody reads"
    longer = f"{whole}, and the other half into meetings about these reports"

    assert f"**“{whole}”**" in first(point(whole, 3))
    assert "reports nobody” …**" in first(point(longer, 3))


def test_the_first_screen_says_in_one_line_on_what_people_differ() -> None:
    sides = Side((Quote("1", "Targets helped us."),), 3), Side((Quote("2", "Targets did harm."),), 1, 1)
    text = first(point("Nights", 3), disagreements=(Disagreement("Targets helped us.", sides),))

    split = SPLIT.format(disputed="“Targets helped us.”", one="3 people", other="1 person and private replies")
    assert text.endswith(f"\n{split}")


def test_the_first_screen_leads_to_all_of_the_summary_and_later_pages_to_each_other() -> None:
    def labels(number: int) -> list[str]:
        view = summary_card(CardDetails("Why?", of_points(7), "today", objection="objection"), number, PAGES)
        return [str(item.label) for item in view.walk_children() if isinstance(item, discord.ui.Button)]

    assert labels(0)[0] == READ_ALL
    assert READ_ALL not in labels(1)


def test_where_no_two_people_say_the_same_the_first_screen_shows_what_was_raised() -> None:
    text = first(point("Parking is dear", 1), point("Lifts are slow", 1))

    assert f"**{ALSO_RAISED}**\n- “Parking is dear”\n- “Lifts are slow”" in text
    assert "1 person" not in text


def test_a_point_of_which_a_person_confirmed_everybody_is_told_as_checked() -> None:
    everybody = Review(confirmed=("Nights 0", "Nights 1", "Nights 2"))
    text = first(point("Nights", 3, review=everybody))

    assert f"3 people said this in the thread. {CHECKED}" in text
    assert f" · {STANDINGS[2]} · 6 August 2018\n" in text
