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
    Side,
    Summary,
    Toward,
)
from bot.services.published_summaries import format_age
from bot.summaries.lifecycle.freshness import RepliesSince
from bot.summaries.review.publication import CHANGES_MADE, NOT_CHECKED, PARTLY
from bot.text.markdown import escape
from cogs.summaries.card import CAME_LATE, MORE_VOICES, CardDetails, summary_card
from cogs.summaries.pages import NumberedPoint, NumberedVoice, cut_words, split_pages
from cogs.summaries.supporters import find_point, key_of, supporters_card
from cogs.summaries.texts import (
    AGREED,
    BALANCE,
    BOTH_SAY,
    CONFIRMED,
    DELETED,
    METHOD,
    NOTE,
    POSSIBLY,
    READ,
    SAID_ALIKE,
    SIDES,
    TOWARD,
)
from cogs.summaries.texts import LEFT_OUT as REASONS
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
ids = st.lists(st.sampled_from([str(number) for number in range(30)]), max_size=4).map(tuple)
reviews = st.builds(Review, texts | st.just(""), texts | st.just(""), ids, ids, ids)
points = st.builds(
    KeyPoint,
    texts,
    st.lists(quotes, min_size=1, max_size=4).map(tuple),
    st.integers(1, 10**6),
    few_quotes,
    st.integers(0, 10**6),
    st.sampled_from(Kind),
    st.none() | st.sampled_from(Toward),
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
    found = tuple(KeyPoint(f"Point {n}", (Quote(str(n), f"Point {n}, more"),), 1) for n in range(count))
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
        "Replies have changed since you asked, so this is the summary as it is now.",
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
    summary = Summary("1", "", (KeyPoint("A point", (Quote("1", words),), 1),), (), Coverage(1, 1, 1))

    point = shown_text(summary_card(CardDetails("Why?", summary, "today"), 0, PAGES))[2]

    assert point.count("word”") == 1
    assert point.endswith("word” …")


def test_the_longest_page_that_fits_is_kept_and_one_character_more_is_shortened() -> None:
    def length_with(extra: int) -> int:
        words = " ".join(["seven77"] * 60)[: 400 + extra]
        found = tuple(KeyPoint("A point", (Quote("1", words), Quote("2", words)), 2) for _ in range(5))
        view = summary_card(CardDetails("Why?", Summary("1", "", found, (), Coverage(9, 9, 9)), "today"), 0, PAGES)
        return sum(map(count_units, shown_text(view)))

    assert max(length_with(extra) for extra in range(-120, 60)) <= MOST_CHARACTERS


@pytest.mark.parametrize(
    ("count", "asked", "expected"),
    [
        (0, 0, [(0, 0)]),
        (5, 0, [(5, 0)]),
        (6, 2, [(5, 0), (1, 2)]),
        (10, 3, [(5, 0), (5, 0), (0, 3)]),
        (0, 2, [(0, 2)]),
        (2, 10, [(2, 10)]),
    ],
)
def test_a_page_shows_five_points_and_the_last_one_the_questions(
    count: int, asked: int, expected: list[tuple[int, int]]
) -> None:
    found = split_pages(of_points(count, asked))

    assert [
        (sum(isinstance(item, NumberedPoint) for item in page), sum(isinstance(item, Quote) for item in page))
        for page in found
    ] == expected


def point(words: str, people: int, kind: Kind = Kind.VIEW, **more: Any) -> KeyPoint:
    found = tuple(Quote(f"{words} {n}", f"{words}, says {n}") for n in range(people))
    return KeyPoint(words, found, people, kind=kind, **more)


def told(*points: KeyPoint, **more: Any) -> str:
    """The first page of a summary of these points."""
    about = {name: more.pop(name) for name in tuple(more) if name in CardDetails.__dataclass_fields__}
    summary = Summary("1", "", points, (), more.pop("coverage", Coverage(20, 20, 9)), **more)
    return "\n".join(shown_text(summary_card(CardDetails("Why?", summary, "6 August 2018", **about), 0, PAGES)))


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
        "**Raised by one",
    ]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert text.count(f"**{Kind.CONCERN.label}**") == 1


def test_a_point_tells_its_people_those_who_possibly_say_so_and_those_who_reacted_apart() -> None:
    possible = (Quote("x", "Maybe"), Quote("y", "Perhaps"))
    text = told(point("Nights are short", 5, possible=possible, endorsements=3, toward=Toward.CHALLENGES))

    assert (
        f"{SAID_ALIKE.format(who='5 people')}; {POSSIBLY.format(others=2)}; {AGREED.format(others='3 others')}." in text
    )
    assert TOWARD[Toward.CHALLENGES] in text
    assert NOT_CHECKED in text


def test_a_heading_in_the_facilitators_words_is_no_quotation_and_counts_are_told_as_confirmed() -> None:
    review = Review("Too few people at night", "Raised in 2025 too.", ("Nights 0", "Nights 1"), (), ("Nights 0",))
    text = told(point("Nights", 3, review=review), changes=2)

    assert "### 1. Too few people at night (facilitator’s words)" in text
    assert "“Too few" not in text
    assert f"{SAID_ALIKE.format(who='3 people')}{CONFIRMED.format(confirmed=2)}." in text
    assert NOTE.format(note="Raised in 2025 too.") in text
    assert "says 0" not in text
    assert f"{PARTLY.format(confirmed=2, everybody=3)} {CHANGES_MADE.format(changes='2 changes were')}" in text
    assert "not checked" not in text


def test_a_disagreement_shows_the_words_and_the_people_of_both_sides_and_what_both_say() -> None:
    one, other = Side((Quote("1", "Targets helped us."),), 3), Side((Quote("2", "Targets did harm."),), 1)
    found = Disagreement("Targets helped us.", (one, other), (Quote("1", "Numbers matter."), Quote("2", "Figures do.")))
    text = told(point("Nights", 3), disagreements=(found,))

    assert "### People see this differently: “Targets helped us.”\nOne side, 3 people:\n> “Targets helped us.”" in text
    assert f"{SIDES[1]}, 1 person:\n> “Targets did harm.”\n{BOTH_SAY}\n> “Numbers matter.”" in text


def test_single_voices_are_listed_shortly_and_those_that_do_not_fit_are_counted() -> None:
    voices = tuple(point(f"Voice {n}", 1) for n in range(13))
    summary = Summary("1", "", (point("Nights", 3),), (), Coverage(20, 20, 9), voices=voices)
    listed = [item.number for page in split_pages(summary) for item in page if isinstance(item, NumberedVoice)]
    text = told(point("Nights", 3), voices=voices)

    assert listed == list(range(2, 12))
    assert "### Raised by one person\n- “Voice 0”\n- “Voice 1”" in text
    assert f"- “Voice 9”\n{MORE_VOICES.format(count=3)}" in text


def test_the_head_tells_what_was_read_when_by_whom_and_what_was_left_out_and_why() -> None:
    coverage = Coverage(12, 13, 9, (("too short", 1),), (("left out by a facilitator", 2),), 3)
    text = told(
        point("Nights", 3),
        coverage=coverage,
        span="Replies from 1 August 2018 to 5 August 2018.",
        late=2,
        balance=Balance(60, 41),
        vectors="sentence vectors (MiniLM)",
        outdated=format_age(RepliesSince(3, 1, 1)),
    )

    reasons = REASONS.format(reasons="1 (too short), 2 (left out by a facilitator)")
    assert f"{READ.format(read=12, held='15 replies', people='9 people')} {reasons}" in text
    assert DELETED.format(replies="3 replies were") in text
    assert "Replies from 1 August 2018 to 5 August 2018." in text
    assert CAME_LATE.format(replies="2 replies") in text
    assert BALANCE.format(people="60 people", percent=41) in text
    assert METHOD.format(vectors="sentence vectors (MiniLM)") in text
    assert format_age(RepliesSince(3, 1, 1)) in text


def test_the_usual_way_to_measure_likeness_is_not_told() -> None:
    assert not says(told(point("Nights", 3)), METHOD)


def test_who_says_so_shows_those_who_clearly_do_apart_from_those_who_possibly_do() -> None:
    found = point("Nights", 3, possible=(Quote("9", "Perhaps at night."),))
    text = "\n".join(shown_text(supporters_card(4, found, {"Nights 1": ADDRESS}, 0, *PAGES)))

    assert text.index("clearly") < text.index("Nights, says 2") < text.index("possibly say so") < text.index("Perhaps")
    assert f"“Nights, says 1” ([message]({ADDRESS}))" in text
    assert text.count("[message]") == 1


def test_every_supporter_is_on_one_of_the_pages() -> None:
    found = point("Nights", 90, possible=tuple(Quote(f"p{n}", f"Perhaps {n}.") for n in range(30)))
    pages_of = ["\n".join(shown_text(supporters_card(4, found, {}, page, *PAGES))) for page in range(10)]

    text = "\n".join(pages_of)
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
    assert found[-1].startswith(PAGE.format(number=2, count=2))


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

    card = summary_card(CardDetails(hostile, summary, "today"), 0, PAGES)
    text = "\n".join(shown_text(card)).replace("**What they think**\n", "")

    assert escape(" ".join(hostile.split())) in text
    assert not re.search(r"(?<!\\)(\*\*|~~|\|\||`|<[@#]|\]\()", text)
    assert "@everyone" not in text
    assert not re.search(r"https?://", text)
    ours = ("##", "### 1.", "- “", "> “")
    assert all(line.startswith(ours) or not re.match(r"[#>+-]|\d+\.", line) for line in text.splitlines())
