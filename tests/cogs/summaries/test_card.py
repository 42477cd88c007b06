"""The card of a summary fits into a message and shows people's words as they were typed, whatever they are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.summaries import (
    Balance,
    Coverage,
    Disagreement,
    KeyPoint,
    Kind,
    Quote,
    Review,
    Role,
    Side,
    Summary,
)
from bot.services.published_summaries import format_age
from bot.summaries.lifecycle.consent import remove_unconsented_quotes
from bot.summaries.lifecycle.freshness import RepliesSince
from bot.summaries.output.counts import (
    ALSO_RAISED,
    CHECKED,
    ONE_THING,
    PROPOSED,
    STANDINGS,
    UNCHECKED_PART,
    USED,
    WITH_POINT,
)
from bot.summaries.output.plain_text import DELETED, IN_PRIVATE, NOT_QUOTED, READ, UNQUOTED_POINT
from bot.summaries.output.plain_text import LEFT_OUT as REASONS
from bot.summaries.review.publication import NOT_CHECKED, format_checking
from bot.text.markdown import escape
from cogs.summaries.card import ABOUT, CAME_LATE, MORE_POINTS, MORE_RAISED, READ_ALL, WROTE, CardDetails, summary_card
from cogs.summaries.pages import MOST_RAISED, NumberedPoint, Raised, cut_words, split_pages
from cogs.summaries.supporters import TITLES, find_point, key_of, supporters_card
from cogs.summaries.texts import BALANCE, BOTH_SAY, METHOD, NOTE, SIDES, SPLIT, UNCHECKED
from cogs.ui.limits import MOST_CHARACTERS, beyond_limits, count_units
from cogs.ui.pages import PAGE
from tests.examples import examples
from tests.wording import says

NASTY = (
    "*_~|`[]<>\\#-" * 60,
    "@everyone @here " * 50,
    "x" * 5000,
    "😀" * 3000,
    "https://a.b/c " * 99,
    "\u202e<@1>\n# a\n",
)
ADDRESS = "https://discord.com/channels/" + "/".join(["9" * 20] * 3)

texts = st.one_of(st.text(min_size=1, max_size=700), st.sampled_from(NASTY))
quotes = st.builds(Quote, st.sampled_from([str(number) for number in range(30)]), texts)
few_quotes = st.lists(quotes, max_size=4).map(tuple)
proposed = st.lists(
    st.builds(
        Quote,
        st.sampled_from([str(number) for number in range(30)]),
        texts,
        st.booleans(),
        st.sampled_from([Role.GROUPED, Role.SUGGESTED]),
    ),
    max_size=4,
).map(tuple)
ids = st.lists(st.sampled_from([str(number) for number in range(30)]), max_size=4).map(tuple)
reviews = st.builds(Review, texts | st.just(""), texts | st.just(""), ids, ids, ids)
points = st.builds(
    KeyPoint,
    texts,
    st.lists(quotes, min_size=1, max_size=4).map(tuple),
    st.integers(1, 10**6),
    proposed,
    st.integers(0, 10**6),
    st.sampled_from(Kind),
    st.none() | reviews,
)
coverages = st.builds(
    Coverage,
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.lists(st.tuples(st.just("only a greeting, thanks or agreement"), st.integers(1, 10**6)), max_size=4).map(tuple),
    st.lists(st.tuples(st.just("left out by a facilitator"), st.integers(1, 10**6)), max_size=2).map(tuple),
    st.integers(0, 10**6),
)
sides = st.builds(Side, few_quotes, st.integers(1, 10**6))
summaries = st.builds(
    Summary,
    st.just("1"),
    st.just(""),
    st.lists(points, max_size=10).map(tuple),
    st.lists(quotes, max_size=10).map(tuple),
    coverages,
    disagreements=st.lists(st.builds(Disagreement, texts, st.tuples(sides, sides), few_quotes), max_size=4).map(tuple),
    voices=st.lists(points, max_size=14).map(tuple),
    balance=st.none() | st.builds(Balance, st.integers(5, 10**6), st.integers(0, 100)),
    vectors=st.just("TF-IDF") | texts,
)


PAGES = ("summary-page", 10**12)
"""What the buttons to other pages call."""


def shown_text(view: discord.ui.LayoutView) -> list[str]:
    return [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]


def of_points(count: int, asked: int = 0) -> Summary:
    found = tuple(
        KeyPoint(f"Point {n}", (Quote(str(n), f"Point {n}, more"), Quote(f"{n}a", "I say so too, and more")), 2)
        for n in range(count)
    )
    questions = tuple(Quote("1", f"Why {n}?") for n in range(asked))
    return Summary("1", "", found, questions, Coverage(20, 20, 9))


@settings(max_examples=examples(40), deadline=None)
@given(summaries, texts, st.booleans(), st.integers(0, 10**6), st.integers(-3, 9), texts)
def test_any_page_of_any_summary_fits_into_one_message(
    summary: Summary, question: str, linked: bool, late: int, number: int, alt: str
) -> None:
    shown = CardDetails(
        question,
        summary,
        "30 September 2026",
        late,
        {str(message): ADDRESS for message in range(30)} if linked else {},
        "Replies have changed since you asked, so here’s the summary as it is now.",
        "Replies from 28 September 2026 to 30 September 2026.",
        late,
        format_age(RepliesSince(late, late, late)),
        {point.statement: "Came up in 1,000 of 1,000 prompts, by fewer people lately." for point in summary.points},
        alt,
    )
    view = summary_card(shown, number, PAGES, after=("0" * 12,), who=("summary-who", 1))

    assert beyond_limits(view) == ()
    assert sum(map(count_units, shown_text(view))) <= MOST_CHARACTERS


@settings(max_examples=examples(30), deadline=None)
@given(points, st.booleans(), st.integers(-3, 9), st.integers(1, 400))
def test_any_page_of_a_points_supporters_fits_into_one_message(
    point: KeyPoint, linked: bool, number: int, times: int
) -> None:
    many = replace(point, quotes=point.quotes * times, possible=point.possible * times)
    links = {str(message): ADDRESS for message in range(30)} if linked else {}

    assert beyond_limits(supporters_card(12, many, links, number, *PAGES)) == ()


@pytest.mark.parametrize(
    ("text", "fits"), [("x" * 4000, True), ("x" * 4001, False), ("😀" * 2001, False), (" ", False)]
)
def test_four_thousand_utf_16_units_fit_and_one_more_does_not(text: str, fits: bool) -> None:
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay(text))
    view.stop()

    assert (beyond_limits(view) == ()) is fits


@settings(max_examples=examples(150), deadline=None)
@given(texts, st.integers(1, 700))
def test_the_part_of_a_quote_that_is_shown_is_verbatim(text: str, limit: int) -> None:
    part, cut = cut_words(text, limit)

    assert len(part) <= limit
    assert " ".join(text.split()).startswith(part)
    assert cut == (part != " ".join(text.split()))


def test_a_long_quote_ends_after_a_word_and_its_ellipsis_stands_outside_of_the_marks() -> None:
    words = "word " * 400
    summary = Summary("1", "", (KeyPoint("A point", (Quote("1", words), Quote("2", "")), 2),), (), Coverage(2, 2, 2))

    point = next(
        text for text in shown_text(summary_card(CardDetails("Why?", summary, "today"), 1, PAGES)) if "> “" in text
    )

    assert point.count("word”") == 1
    assert point.endswith("word” …")


def test_the_longest_page_that_fits_is_kept_and_one_character_more_is_shortened() -> None:
    def length_with(extra: int) -> int:
        words = " ".join(["seven77"] * 60)[: 400 + extra]
        found = tuple(KeyPoint("A point", (Quote("1", words), Quote("2", words)), 2) for _ in range(5))
        view = summary_card(CardDetails("Why?", Summary("1", "", found, (), Coverage(9, 9, 9)), "today"), 1, PAGES)
        return sum(map(count_units, shown_text(view)))

    assert max(length_with(extra) for extra in range(-120, 60)) <= MOST_CHARACTERS


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


def point(words: str, people: int, kind: Kind = Kind.VIEW, **more: Any) -> KeyPoint:
    found = tuple(Quote(f"{words} {n}", f"{words}, says {n}") for n in range(people))
    return KeyPoint(words, found, people, kind=kind, **more)


def grouped(*said: str) -> tuple[Quote, ...]:
    """What the program puts beside a point."""
    return tuple(Quote(words, words, role=Role.GROUPED) for words in said)


def pages_of(*points: KeyPoint, **more: Any) -> list[str]:
    """All pages of a summary of these points."""
    about = {name: more.pop(name) for name in tuple(more) if name in CardDetails.__dataclass_fields__}
    summary = Summary("1", "", points, (), more.pop("coverage", Coverage(20, 20, 9)), **more)
    shown = CardDetails("Why?", summary, "6 August 2018", **about)
    return ["\n".join(shown_text(summary_card(shown, number, PAGES))) for number in range(len(split_pages(summary)))]


def told(*points: KeyPoint, **more: Any) -> str:
    """All of a summary of these points after its first screen."""
    return "\n".join(pages_of(*points, **more)[1:])


def first(*points: KeyPoint, **more: Any) -> str:
    """The first screen of a summary of these points."""
    return pages_of(*points, **more)[0]


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


def test_a_point_of_which_a_person_confirmed_everybody_is_told_as_checked() -> None:
    everybody = Review(confirmed=("Nights 0", "Nights 1", "Nights 2"))
    text = first(point("Nights", 3, review=everybody))

    assert f"3 people said this in the thread. {CHECKED}" in text
    assert f" · {STANDINGS[2]}\n" in text


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


def test_who_says_so_lists_who_wrote_it_who_agreed_and_who_was_added_apart() -> None:
    found = KeyPoint(
        "Nights",
        (
            Quote("Nights 1", "Nights, says 1"),
            Quote("2", "Same with us", role=Role.AGREED),
            Quote("3", "Evenings", role=Role.TICKED),
        ),
        3,
        endorsements=2,
        possible=(Quote("9", "Perhaps at night.", role=Role.SUGGESTED),),
    )
    text = "\n".join(shown_text(supporters_card(4, found, {"Nights 1": ADDRESS}, 0, *PAGES)))

    parts = [TITLES[Role.WROTE], "says 1", TITLES[Role.AGREED], "Same with us", "2 people agreed with a reaction."]
    parts += [TITLES[Role.TICKED], "Evenings", PROPOSED, "Perhaps"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert f"“Nights, says 1” ([message]({ADDRESS}))" in text
    assert text.count("[message]") == 1


def test_every_supporter_is_on_one_of_the_pages() -> None:
    found = point("Nights", 90, possible=tuple(Quote(f"p{n}", f"Perhaps {n}.") for n in range(30)))
    text = "\n".join("\n".join(shown_text(supporters_card(4, found, {}, page, *PAGES))) for page in range(10))

    assert all(f"says {n}”" in text for n in range(90))
    assert all(f"Perhaps {n}.”" in text for n in range(30))


def test_a_point_is_found_again_by_its_key_until_its_words_change() -> None:
    first, second = point("Nights", 3), point("Parking", 1)
    summary = Summary("1", "", (first,), (), Coverage(20, 20, 9), voices=(second,))

    assert find_point(summary, key_of(second)) == (2, second)
    assert find_point(summary, key_of(point("Lifts", 1))) is None


def test_a_page_past_the_end_shows_the_last_one() -> None:
    found = shown_text(summary_card(CardDetails("Why?", of_points(7), "today"), 99, PAGES))

    assert "### 7. “Point 6”" in "\n".join(found)
    assert found[-1].startswith(PAGE.format(number=3, count=3))


@pytest.mark.parametrize(
    "hostile",
    [
        "# Shout",
        "**bold** and ~~gone~~ and ||hidden||",
        "[click](https://evil.example/x) or https://evil.example",
        "<@123456789012345678> and @everyone and <#123456789012345678>",
        "```code``` > quote\n> quote\n-# small\n1. list",
    ],
)
def test_markdown_and_mentions_in_replies_do_nothing(hostile: str) -> None:
    point = KeyPoint(hostile, (Quote("1", f"{hostile} and more"), Quote("2", hostile)), 2)
    summary = Summary("1", "", (point,), (Quote("3", hostile),), Coverage(3, 3, 3))

    cards = [summary_card(CardDetails(hostile, summary, "today"), number, PAGES) for number in (0, 1)]
    text = "\n".join(part for card in cards for part in shown_text(card))
    text = re.sub(r"^\*\*(.*)\*\*$", r"\1", text, flags=re.MULTILINE)

    assert escape(" ".join(hostile.split())) in text
    assert not re.search(r"(?<!\\)(\*\*|~~|\|\||`|<[@#]|\]\()", text)
    assert "@everyone" not in text
    assert not re.search(r"https?://", text)
    ours = ("##", "### ", "- “", "> “")
    assert all(line.startswith(ours) or not re.match(r"[#>+-]|\d+\.", line) for line in text.splitlines())
