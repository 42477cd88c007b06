"""The card of a summary fits into a message and harms nothing, whatever people wrote."""

from __future__ import annotations

import re
from dataclasses import replace

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models.summaries import Balance, Coverage, Disagreement, KeyPoint, Kind, Quote, Review, Role, Side, Summary
from bot.services.summaries.published_summaries import format_age
from bot.summaries.lifecycle.freshness import RepliesSince
from bot.text.markdown import escape
from cogs.summaries.card import summary_card
from cogs.summaries.card_text import CardDetails
from cogs.summaries.pages import cut_words
from cogs.summaries.supporters import supporters_card
from cogs.ui.limits import MOST_CHARACTERS, beyond_limits, count_units
from tests.cogs.summaries.sample_cards import ADDRESS, PAGES, shown_text
from tests.examples import examples

NASTY = (
    "*_~|`[]<>\\#-" * 60,
    "@everyone @here " * 50,
    "x" * 5000,
    "😀" * 3000,
    "https://a.b/c " * 99,
    "\u202e<@1>\n# a\n",
)
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
