"""The library’s cards, whatever words they hold: they fit, they harm nothing, and they quote only the source."""

from __future__ import annotations

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.contents import Chapter, read_contents
from bot.models.library import Excerpt, Passage, Source, SourceDetails
from cogs.library.autocomplete import excerpt_line
from cogs.library.cards import CHECK_DETAILS, contents_card, excerpt_card, quote_passage
from cogs.library.lists import EXCERPTS_A_PAGE, chapter_card, chosen_card, found_card, marked_card
from cogs.library.origins import CHAPTER, FOUND, read_origin
from cogs.library.sources import details_card
from cogs.library.views import LONGEST_SEARCH
from cogs.ui.pages import paginate
from tests.cogs.library.conftest import report_document
from tests.cogs.library.steps import excerpt_at, open_excerpt, open_report, search
from tests.world import World, shown


async def test_our_summary_has_no_quotation_marks(world: World, report: Source) -> None:
    answer = shown(await open_excerpt(world, await excerpt_at(world, report, 2)))
    own = answer.partition("In our words:\n")[2].partition("\n")[0]

    assert own == "Boards need attention."
    assert "**Question:** What does your board need?" in answer


async def test_hostile_words_are_shown_as_they_are_and_ping_nobody(world: World, report: Source) -> None:
    hostile = await excerpt_at(world, report, 3)
    for answer in (
        await open_excerpt(world, hostile),
        await open_report(world, report),
        await search(world, report, "@everyone"),
    ):
        text = shown(answer)
        assert "@everyone" not in text.partition("\n")[2]
        assert "\\*\\*bold\\*\\*" in text
        assert "<@123456789012345678>" not in text.replace("\\<", "")


HOSTILE_TEXT = st.text(max_size=2500)
LONGEST_ORIGIN = FOUND.format(source=999_999, page=99, words="w" * LONGEST_SEARCH)


@given(HOSTILE_TEXT, st.text(max_size=300), st.text(max_size=400), st.booleans())
def test_any_words_fit_every_card_and_a_choice(text: str, heading: str, question: str, own_words: bool) -> None:
    passage = Passage(text, heading, 9_990, None, heading[:100], own_words, question)
    one = Excerpt(1, 1, 123456, passage)
    source = Source(1, 1, SourceDetails(heading, heading, 2011, "", ""), 200_000)
    many = [Excerpt(number, 1, 123456 + number, passage) for number in range(25)]
    far = Excerpt(99_999_999, 999_999, 1, passage)
    marked = frozenset({3, 5})
    chapters = [Chapter(heading, (each,)) for each in many]
    page = paginate(range(25), EXCERPTS_A_PAGE, 0)

    for view in (
        excerpt_card(one, source, (one, one), is_marked=True, note="n" * 300),
        excerpt_card(far, source, (far, far), asks_model=True, origin=LONGEST_ORIGIN),
        contents_card(source, chapters, 0, marked),
        contents_card(source, read_contents(many), 0, marked),
        chapter_card(source, Chapter(heading, tuple(many)), 0, marked, show_all=True),
        chosen_card(source, many[:12], marked),
        found_card(0, heading[:30] or "x", many[:EXCERPTS_A_PAGE], page, 25, marked, {1: heading}),
        marked_card(many, {1: heading, 2: heading}, 0),
    ):
        assert view.content_length() <= 4000
    assert 1 <= len(excerpt_line(one)) <= 100


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("2. Overview of risks", "16. Overview of risks – Lead together."),
        ("2.1. Care at night", "16. Care at night – Lead together."),
        ("A heading: 2. of 3", "16. A heading: 2. of 3 – Lead together."),
        ("2023 in short", "16. 2023 in short – Lead together."),
        ("Part A: One record > 8. What to do", "16. What to do – Lead together."),
        ("3.", "16. 3. – Lead together."),
    ],
)
def test_a_number_of_the_report_is_not_read_as_the_number_of_the_excerpt(heading: str, line: str) -> None:
    assert excerpt_line(Excerpt(5, 1, 16, Passage("Lead together.", heading))) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("103. Governing bodies decide.", "16. Governing bodies decide."),
        ("3.17. There were flaws.", "16. There were flaws."),
        ("2) “We knew”, they said.", "16. “We knew”, they said."),
        ("1.5 million people wait.", "16. 1.5 million people wait."),
        ("2019. It was a bad year.", "16. 2019. It was a bad year."),
        ("7.", "16. 7."),
        ("The board should:\n[…]\n3. Listen to staff.", "16. Listen to staff."),
    ],
)
def test_a_paragraphs_own_number_does_not_follow_the_excerpts_number(text: str, line: str) -> None:
    excerpt = Excerpt(5, 1, 16, Passage(text))
    source = Source(1, 1, SourceDetails("Report"), 1)

    view = chapter_card(source, Chapter("A heading", (excerpt,)), 0, frozenset(), show_all=True)

    assert excerpt_line(excerpt) == line
    shown_lines = "\n".join(part.content for part in view.walk_children() if isinstance(part, discord.ui.TextDisplay))
    assert f"**16** {line.removeprefix('16. ')} (" in shown_lines.replace("\\.", ".")


@pytest.mark.parametrize(
    ("missing", "problems", "next_step"),
    [((), [], "Contents"), (("year",), [], CHECK_DETAILS), ((), ["The year is not a number."], CHECK_DETAILS)],
)
def test_once_its_details_are_saved_the_next_step_with_a_report_is_its_contents(
    missing: tuple[str, ...], problems: list[str], next_step: str
) -> None:
    view = details_card(Source(1, 1, SourceDetails("Report", "The Institute", 2012), 3, missing=missing), problems)

    pressable = [part for part in view.walk_children() if isinstance(part, discord.ui.Button)]
    assert [part.label for part in pressable if part.style is discord.ButtonStyle.primary] == [next_step]


def test_the_options_of_a_list_show_the_words_and_not_its_heading_again() -> None:
    excerpts = tuple(Excerpt(n, 1, n, Passage("The team met.", "A long heading")) for n in (1, 2))
    source = Source(1, 1, SourceDetails("Report"), 2)

    view = chapter_card(source, Chapter("A long heading", excerpts), 0, frozenset(), show_all=False)

    selects = [part for part in view.walk_children() if isinstance(part, discord.ui.Select)]
    assert [[each.label for each in select.options] for select in selects] == [
        ["1. The team met.", "2. The team met."]
    ] * 2


@pytest.mark.parametrize("origin", ["", "x", "s", "sx", "f", "f1", "f1.x.words", "f1.1.", "fx.1.words", "٣"])
def test_where_nothing_is_an_excerpt_leads_back_to_its_chapter(origin: str) -> None:
    assert read_origin(origin) == CHAPTER


@pytest.mark.parametrize(
    ("last", "first_line", "lines"),
    [
        ("What helps?", "2 excerpts, each with a question.", ["Too few? Excerpt 1", "Nights: excerpt 2, marked"]),
        ("", "2 excerpts.", ["Too few? Excerpt 1, has a question", "Nights: excerpt 2, marked"]),
    ],
)
def test_the_contents_say_once_that_every_excerpt_has_a_question(last: str, first_line: str, lines: list[str]) -> None:
    asked = {"Too few?": "Why?", "Nights": last}
    excerpts = [
        Excerpt(number, 1, number, Passage("Boards need attention.", heading=heading, question=question))
        for number, (heading, question) in enumerate(asked.items(), 1)
    ]
    source = Source(1, 1, SourceDetails("No more heroes", "The King’s Fund", 2011, "", ""), 2)

    view = contents_card(source, read_contents(excerpts), 0, frozenset({2}))

    texts = [part.content for part in view.walk_children() if isinstance(part, discord.ui.TextDisplay)]
    assert texts[0].endswith(f"\n{first_line}")
    assert texts[1].splitlines() == [f"- {line}" for line in lines]


@given(st.text(max_size=3000))
def test_only_the_sources_own_words_get_quotation_marks(text: str) -> None:
    without = text.replace("“", "").replace("”", "")

    assert "“" in quote_passage(Passage(without), 1000)
    assert "“" not in quote_passage(Passage(without, own_words=True), 1000)


def test_the_report_of_these_tests_has_three_chapters() -> None:
    passages = report_document().passages
    excerpts = [Excerpt(n, 1, n, passage) for n, passage in enumerate(passages, 1)]

    assert [len(chapter.excerpts) for chapter in read_contents(excerpts)] == [2, 1, 11]
