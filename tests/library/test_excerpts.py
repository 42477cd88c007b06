"""Excerpts: nothing lost, nothing repeated, of a good length, with their place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import blocks as limits
from bot.library.blocks import Block, BlockKind
from bot.library.excerpts import make_excerpts
from bot.library.lead_ins import drop_repeated
from bot.models.library import Excerpt, Source, SourceDetails
from bot.prompts.texts import LIMITS, check_wording, freeze_wording
from bot.text.clean import clean, clean_line
from bot.text.headings import part_path
from bot.text.words import shorten
from tests.library.documents import paragraph, sentence

letters = st.text(min_size=1, max_size=400) | st.text(
    "abc de. fg\u0645\u0631 \u4e2d\u6587e\u0301-", min_size=1, max_size=4000
)
kinds: st.SearchStrategy[BlockKind] = st.sampled_from(["heading", "paragraph", "item"])


@st.composite
def documents(draw: st.DrawFn) -> list[Block]:
    """Blocks as a reader gives them; every heading starts with a sign of its own, so that it is found again."""
    made = []
    for number, (kind, text) in enumerate(draw(st.lists(st.tuples(kinds, letters), max_size=12))):
        cleaned = clean_line(text.replace("§", ""))
        if kind == "heading":
            made.append(Block(kind, f"§{number}§ {cleaned}".strip(), draw(st.integers(1, 4))))
        elif cleaned:
            made.append(Block(kind, cleaned))
    return made


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(documents())
def test_the_excerpts_joined_give_the_cleaned_text_back(blocks: list[Block]) -> None:
    passages = make_excerpts(blocks)
    joined = squeezed("".join(drop_repeated(passage.text) for passage in passages))
    # A heading is a place, or text where nothing stands under it; all else is text, in order, once.
    for block in blocks:
        words = squeezed(block.text)
        if block.kind == "heading" and not joined.startswith(words):
            assert len(block.text) <= limits.HEADING_CHARACTERS
            continue
        assert joined.startswith(words)
        joined = joined[len(words) :]
    assert joined == ""


@given(documents())
def test_every_excerpt_fits_a_prompt(blocks: list[Block]) -> None:
    for passage in make_excerpts(blocks):
        assert passage.text.strip()
        assert len(passage.text) <= LIMITS["text"][1]
        assert len(passage.heading) <= limits.PATH_CHARACTERS
        excerpt = Excerpt(1, 1, 1, replace(passage, question="What helps?"))
        check_wording(freeze_wording(excerpt, Source(1, 1, SourceDetails("Rest and rotas"), 1)))


def test_the_limits_of_reading_are_those_of_a_card() -> None:
    assert LIMITS["text"][1] == limits.PASSAGE_CHARACTERS
    assert LIMITS["heading"][1] == limits.HEADING_CHARACTERS
    assert LIMITS["source_title"][1] == limits.TITLE_CHARACTERS
    assert LIMITS["publisher"][1] == limits.PUBLISHER_CHARACTERS
    assert LIMITS["address"][1] == limits.ADDRESS_CHARACTERS
    assert LIMITS["licence"][1] == limits.LICENCE_CHARACTERS


def test_a_paragraph_of_5000_words_is_cut_at_sentences() -> None:
    text = " ".join(sentence(number) for number in range(420))
    found = make_excerpts([Block("paragraph", text)])
    assert " ".join(passage.text for passage in found) == text
    for passage in found:
        assert passage.text.endswith(".")
        assert 80 <= len(passage.text.split()) <= 150


def test_a_sentence_without_end_is_cut_between_words() -> None:
    text = " ".join(["word"] * 5000)
    found = make_excerpts([Block("paragraph", text)])
    assert " ".join(passage.text for passage in found) == text
    assert max(len(passage.text.split()) for passage in found) <= 150


def test_a_list_stays_with_its_lead_in() -> None:
    blocks = [
        Block("paragraph", paragraph(1)),
        Block("paragraph", "The group has three tasks:"),
        *(Block("item", f"- {sentence(number)}") for number in range(3)),
        Block("paragraph", paragraph(2)),
    ]
    holding = [passage.text for passage in make_excerpts(blocks) if "three tasks:" in passage.text]
    assert len(holding) == 1
    assert all(f"- {sentence(number)}" in holding[0] for number in range(3))


def test_a_list_that_is_half_as_long_again_as_other_excerpts_stays_whole() -> None:
    items = [f"- {sentence(number, 30)}" for number in range(7)]
    found = make_excerpts([Block("paragraph", "They should:"), *(Block("item", item) for item in items)])
    assert [passage.text.split("\n") for passage in found] == [["They should:", *items]]


def test_a_numbered_paragraph_after_a_list_begins_an_excerpt_rather_than_join_the_end_of_that_list() -> None:
    items = [f"- {sentence(number, 30)}" for number in range(6)]
    numbers = [f"44. {sentence(50, 20)} They should:", f"45. {paragraph(2, 4)}", f"46. {paragraph(3, 4)}"]
    found = make_excerpts([Block("item", text) for text in (numbers[0], *items, *numbers[1:])])
    assert [passage.text for passage in found] == ["\n".join([numbers[0], *items]), *numbers[1:]]


def test_a_long_list_is_parted_between_items_and_its_lead_in_is_not_left_alone() -> None:
    items = [f"- {sentence(number, 30)}" for number in range(20)]
    found = make_excerpts([Block("paragraph", "We found this:"), *(Block("item", item) for item in items)])
    assert [line for each in found for line in drop_repeated(each.text).split("\n")] == ["We found this:", *items]
    assert all(len(passage.text.split()) <= 150 for passage in found)
    assert len(found[0].text.split("\n")) > 2
    assert all(passage.text.startswith("We found this:\n[…]\n- ") for passage in found[1:])


def test_a_long_list_is_parted_before_words_that_lead_to_a_list_within_it_rather_than_behind_its_first_items() -> None:
    before = [f"- {sentence(number, 21)}" for number in range(4)]
    within = ["- They should cover a few things:", *(f"- {sentence(number, 15)}" for number in range(10, 18))]
    found = make_excerpts([Block("paragraph", "We found this:"), *(Block("item", item) for item in before + within)])
    again = ["We found this:", "[…]"]
    assert [passage.text.split("\n") for passage in found] == [["We found this:", *before], [*again, *within]]


def test_short_paragraphs_are_joined_and_good_ones_stand_alone() -> None:
    short = [Block("paragraph", sentence(number, 10)) for number in range(6)]
    assert all(40 <= len(passage.text.split()) <= 60 or passage.text.count("\n\n") for passage in make_excerpts(short))
    good = [Block("paragraph", paragraph(number)) for number in range(3)]
    assert [passage.text for passage in make_excerpts(good)] == [block.text for block in good]


def test_headings_become_a_path_and_part_the_excerpts() -> None:
    found = make_excerpts(
        [
            Block("heading", "Part 2", 1),
            Block("heading", "Boards", 2),
            Block("paragraph", paragraph(1)),
            Block("heading", "Wards", 2),
            Block("paragraph", paragraph(2)),
            Block("heading", "Part 3", 1),
            Block("paragraph", paragraph(3)),
        ]
    )
    assert [passage.heading for passage in found] == ["Part 2 > Boards", "Part 2 > Wards", "Part 3"]


def test_a_place_that_has_to_be_shortened_is_whole_in_the_text() -> None:
    asked = f"Recommendation 12: {'That the ward ask for rest and the board give it. ' * 14}".strip()
    blocks = [Block("heading", "What we ask", 1), Block("heading", asked, 2), Block("paragraph", "We agree with this.")]
    excerpts = make_excerpts(blocks)
    assert all(excerpt.heading.startswith("What we ask > Recommendation 12: That") for excerpt in excerpts)
    assert all(excerpt.heading.endswith("…") and len(part_path(excerpt.heading)[1]) <= 200 for excerpt in excerpts)
    assert "\n\n".join(excerpt.text for excerpt in excerpts).startswith(asked)


def test_a_path_of_long_headings_has_each_of_them_whole() -> None:
    names = ["a" * 180, "b" * 160, "c" * 200]
    headings = [Block("heading", name, level) for level, name in enumerate(names, 1)]
    (passage,) = make_excerpts([*headings, Block("paragraph", paragraph(1))])
    assert passage.heading == " > ".join(names)
    assert passage.text == paragraph(1)


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 400)), min_size=1, max_size=30))
def test_every_excerpt_stands_in_the_chapter_that_it_is_in(headings: list[tuple[int, int]]) -> None:
    named = [
        (level, shorten(f"{number} {'long ' * (length // 5)}".strip(), 450), number)
        for number, (level, length) in enumerate(headings)
    ]
    blocks = [
        block
        for level, name, number in named
        for block in (Block("heading", name, level), Block("paragraph", f"§{number} {paragraph(1)}"))
    ]
    chapter, lowest = "", 99
    for (level, name, _), passage in zip(
        named, (each for each in make_excerpts(blocks) if "§" in each.text), strict=True
    ):
        chapter, lowest = (name, level) if level <= lowest else (chapter, lowest)
        assert part_path(passage.heading)[0] == shorten(chapter, limits.HEADING_CHARACTERS)
        assert len(passage.heading) <= limits.PATH_CHARACTERS


def test_a_heading_with_nothing_under_it_is_kept_as_text() -> None:
    found = make_excerpts([Block("paragraph", paragraph(1)), Block("heading", "The end", 1)])
    assert "The end" in found[-1].text


def test_an_excerpt_tells_its_pages() -> None:
    blocks = [Block("paragraph", sentence(1), 0, 3, 3), Block("paragraph", paragraph(2), 0, 3, 4)]
    (passage,) = make_excerpts(blocks)
    assert (passage.page_from, passage.page_to) == (3, 4)


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("zero\u200bwidth\ufeff and\u2060 soft\u00adhyphen", "zerowidth and softhyphen"),
        ("a\u202eb\u202c \u2066c\u2069", "ab c"),
        ("\x00bell\x07 \x1b[31mred", "bell [31mred"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\u0936\u094d\u200d\u0930", "\u0936\u094d\u200d\u0930"),
        ("\U0001f469\u200d\u2695\ufe0f", "\U0001f469\u200d\u2695\ufe0f"),
        ("la\u200dtin\u200cword", "latinword"),
        ("\u05e9\u05dc\u05d5\u05dd\u200f!", "\u05e9\u05dc\u05d5\u05dd\u200f!"),
        ("\ufb01nal e\ufb03cient", "final efficient"),
        ("one\r\ntwo\u2028three\u00a0four", "one\ntwo\nthree four"),
    ],
)
def test_text_is_cleaned_of_what_shows_nothing_and_keeps_what_shapes_letters(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_heading_with_nothing_but_empty_headings_under_it_is_kept_as_text() -> None:
    blocks = [Block("heading", "Part 1", 1), Block("heading", "1.1", 2), Block("heading", "Part 2", 1)]
    found = make_excerpts([*blocks, Block("heading", "2.1", 2), Block("paragraph", sentence(1))])
    assert [passage.text for passage in found] == ["Part 1\n1.1", sentence(1)]
    assert found[1].heading == "Part 2 > 2.1"
