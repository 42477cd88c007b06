"""Words that lead to a list, a quotation or a table stay with these, and are said again where a list is parted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library import read_document
from bot.library.blocks import LEFT_OUT, PASSAGE_CHARACTERS, Block, BlockKind
from bot.library.excerpts import make_excerpts
from bot.library.lead_ins import MOST_LEAD_WORDS, drop_repeated, read_lead_in
from bot.library.units import MOST_WORDS_LISTED
from bot.models.library import Passage
from tests.examples import examples
from tests.library.documents import paragraph, sentence

LEAD = "The board should do four things:"


def item(text: str, page: int = 1) -> Block:
    return Block("item", text, 0, page, page)


def bullets(count: int, words: int = 30, first: int = 0) -> list[Block]:
    return [item(f"- {sentence(first + number, words)}") for number in range(count)]


def said(text: str, page: int = 1, *, aside: int = 0) -> Block:
    return Block("paragraph", text, 0, page, page, aside)


def lines_of(passage: Passage) -> list[str]:
    return passage.text.split("\n")


marks = st.sampled_from(["- ", "(a) ", "(b) ", "(i) ", "(ii) ", "1. ", "2. ", ""])
ends = st.sampled_from([".", ".", ";", ":", " –"])


@st.composite
def reports(draw: st.DrawFn) -> list[Block]:
    """Paragraphs, and lists within lists, long and short, some of which lead to the next or are in a box."""
    kinds: st.SearchStrategy[BlockKind] = st.sampled_from(["heading", "paragraph", "item", "item", "item"])
    made: list[Block] = []
    for number, kind in enumerate(draw(st.lists(kinds, max_size=25))):
        if kind == "heading":
            made.append(Block(kind, f"Part {number}", draw(st.integers(1, 3)), number + 1, number + 1))
            continue
        words = " ".join(sentence(number * 50 + each)[:-1] for each in range(draw(st.integers(1, 12))))
        mark = draw(marks) if kind == "item" else ""
        aside = draw(st.sampled_from([0, 0, 0, 5]))
        made.append(
            Block(
                kind,
                f"{mark}{paragraph(number, draw(st.integers(0, 3)))} {words}{draw(ends)}".strip(),
                0,
                number + 1,
                number + 1,
                aside,
            )
        )
    return made


@settings(max_examples=examples(200), deadline=None)
@given(reports())
def test_no_word_is_lost_or_changed_and_only_lead_ins_are_said_again(blocks: list[Block]) -> None:
    passages = make_excerpts(blocks)
    before = ""
    for passage in passages:
        again = passage.text.removesuffix(drop_repeated(passage.text))
        for line in again.replace(LEFT_OUT, "").split("\n"):
            assert line in before
        before += drop_repeated(passage.text)
    kept = [word for passage in passages for word in drop_repeated(passage.text).split()]
    names = {block.text for block in blocks if block.kind == "heading"}
    headings = {name for passage in passages for name in passage.heading.split(" > ")} & names
    assert kept == [word for block in blocks if block.text not in headings for word in block.text.split()]


@settings(max_examples=examples(200), deadline=None)
@given(reports())
def test_every_part_fits_is_on_its_pages_and_is_cut_the_same_each_time(blocks: list[Block]) -> None:
    passages = make_excerpts(blocks)
    assert passages == make_excerpts(blocks)
    for passage in passages:
        assert len(passage.text) <= PASSAGE_CHARACTERS
        assert len(passage.text.split()) <= MOST_WORDS_LISTED
        assert passage.page_from is not None
        assert passage.page_to is not None
        assert passage.page_from <= passage.page_to
        on_pages = " ".join(block.text for block in blocks[passage.page_from - 1 : passage.page_to])
        assert all(line in on_pages for line in passage.text.split("\n") if line != LEFT_OUT)


def test_the_later_parts_of_a_long_list_begin_with_what_leads_to_it_and_a_mark() -> None:
    first, *later = make_excerpts([said(f"{sentence(90)} {LEAD}"), *bullets(14)])
    assert lines_of(first)[0] == f"{sentence(90)} {LEAD}"
    assert len(later) > 1
    assert all(lines_of(passage)[:2] == [LEAD, "[…]"] for passage in later)
    assert all(lines_of(passage)[2].startswith("- ") for passage in later)


def test_a_part_counts_the_page_of_the_words_that_it_says_again() -> None:
    items = [item(f"- {sentence(number, 30)}", 3 if number < 4 else 4) for number in range(8)]
    passages = make_excerpts([said(LEAD, 2), *items])
    assert [(passage.page_from, passage.page_to) for passage in passages] == [(2, 3), (2, 4)]


def test_words_that_are_too_long_are_not_said_again() -> None:
    lead = f"{sentence(1, MOST_LEAD_WORDS + 2)[:-1]}:"
    assert not any("[…]" in passage.text for passage in make_excerpts([said(lead), *bullets(14)]))


def test_a_part_of_a_list_within_a_list_says_both_again_and_the_next_item_of_the_outer_one_only_what_leads_to_it() -> (
    None
):
    letters = [
        item(f"(a) {sentence(1)[:-1]}:"),
        *(item(f"({label}) {sentence(n, 60)}") for n, label in enumerate(("i", "ii", "iii", "iv"), 2)),
        item(f"(b) {sentence(9, 60)}"),
        item(f"(c) {sentence(10, 60)}"),
    ]
    texts = [passage.text for passage in make_excerpts([said(LEAD), *letters])]
    starts = {text.split("[…]\n")[-1][:4].strip(): text.split("\n") for text in texts[1:]}
    assert starts["(ii)" if "(ii)" in starts else "(iii"][:3] == [LEAD, letters[0].text, "[…]"]
    assert starts["(b)" if "(b)" in starts else "(c)"][:2] == [LEAD, "[…]"]


def test_a_letter_that_is_a_roman_number_too_goes_on_with_the_letters() -> None:
    letters = [item(f"({label}) {sentence(number, 70)}") for number, label in enumerate("fghi")]
    passages = make_excerpts([said(LEAD), *letters])
    assert [lines_of(passage)[0] for passage in passages] == [LEAD, LEAD]
    assert passages[-1].text.endswith(letters[-1].text)


def test_a_list_that_an_item_leads_to_ends_before_the_next_item_that_leads_on() -> None:
    one, two = "- work with others, such as:", "- tell people, for example:"
    blocks = [said(LEAD), item(one), *bullets(4), item(two), *bullets(4, first=10)]
    texts = [passage.text for passage in make_excerpts(blocks)]
    assert texts[1].split("\n")[:3] == [LEAD, "[…]", two]
    assert one not in texts[1]


def test_nothing_is_said_again_where_nobody_sees_whether_an_item_is_in_the_inner_or_the_outer_list() -> None:
    alike = [said(LEAD), item("- Work with others, such as:"), *bullets(14)]
    small = [
        said(LEAD),
        item("- Work with those who:"),
        *(item(f"- {b.text[2:].lower()}") for b in bullets(4)),
        item("- Listen to those who;"),
        *(item(f"- {b.text[2:].lower()}") for b in bullets(8, first=9)),
    ]
    assert not any("[…]" in passage.text for passage in make_excerpts(alike))
    assert not any("[…]" in passage.text for passage in make_excerpts(small)[-2:])


def test_the_outer_list_goes_on_where_items_begin_with_a_capital_letter_again() -> None:
    inner = [item(f"- {block.text[2:].lower()}") for block in bullets(2)]
    last = make_excerpts([said(LEAD), item("- Work with those who:"), *inner, *bullets(7, first=9)])[-1]
    assert lines_of(last)[:2] == [LEAD, "[…]"]


def test_a_name_in_capital_letters_does_not_tell_where_a_list_begins() -> None:
    names = [
        item(f"- NHS staff {block.text[2:].lower()}" if n % 3 == 0 else f"- {block.text[2:].lower()}")
        for n, block in enumerate(bullets(8))
    ]
    assert [lines_of(passage)[0] for passage in make_excerpts([said(LEAD), *names])] == [LEAD, LEAD]


def test_a_quotation_goes_with_the_words_that_lead_to_it() -> None:
    quotation = f"“{paragraph(5, 7)}”"
    first, second = make_excerpts([said(f"{paragraph(1, 8)} One of them told us:"), said(quotation)])
    assert first.text == paragraph(1, 8)
    assert second.text == f"One of them told us:\n\n{quotation}"


@pytest.mark.parametrize("end", [":", " –", "—", ":”"])
def test_a_sentence_leads_to_a_list_with_a_colon_or_a_dash(end: str) -> None:
    lead = f"{sentence(7)[:-1]}{end}"
    first, second, *_ = make_excerpts([said(f"{paragraph(1, 9)} {lead}"), *bullets(5)])
    assert first.text == paragraph(1, 9)
    assert lines_of(second)[0] == lead


def test_a_table_goes_with_the_words_that_lead_to_it_and_a_box_does_not() -> None:
    rows = [Block("item", f"Code: {number}; Name: {sentence(number)}", 0, 1, 1, 7) for number in range(4)]
    before, table = make_excerpts([said(f"{paragraph(1)} These are the codes:"), *rows])
    assert before.text == paragraph(1)
    assert lines_of(table)[0] == "These are the codes:"
    before, box = make_excerpts([said(f"{paragraph(1)} They said:"), said(f"Box 3 {paragraph(2)}", aside=7)])
    assert before.text.endswith("They said:")
    assert box.text.startswith("Box 3")


def test_a_heading_within_the_text_and_a_caption_lead_nowhere() -> None:
    for text in ("Table 3: Beds by ward:", "They sleep well.", "10:30", "see 3:16"):
        assert read_lead_in(text) == ""
    heading = Block("heading", "What the board should do, and by when:", 1, 1, 1)
    empty = Block("heading", "Wards:", 1, 1, 1)
    passages = make_excerpts([heading, empty, Block("heading", "Beds", 1), *bullets(14)])
    assert not any("[…]" in passage.text for passage in passages)


def test_numbered_paragraphs_after_a_list_do_not_repeat_what_leads_to_it() -> None:
    numbered = [item(f"{number}. {paragraph(number, 9)}") for number in range(44, 48)]
    passages = make_excerpts([item(f"43. {LEAD}"), *bullets(3), *numbered])
    assert [passage.text for passage in passages[1:]] == [block.text for block in numbered]


def test_a_list_in_one_sentence_stays_whole_where_a_list_in_lines_would() -> None:
    text = "They should: " + "; ".join(f"({number}) {sentence(number, 24)[:-1]}" for number in range(1, 9)) + "."
    assert 180 < len(text.split()) < 225
    assert [passage.text for passage in make_excerpts([said(text)])] == [text]


def test_a_later_part_of_a_list_is_shown_since_its_first_line_leads_to_the_rest() -> None:
    text = f"# Care\n\n{LEAD}\n\n" + "".join(f"- {sentence(number, 30)[:-1]}\n" for number in range(12))
    document = read_document(text.encode(), "care.md")
    assert len(document.passages) > 2
    assert all(passage.text.startswith(LEAD) for passage in document.passages)
    assert {passage.heading for passage in document.passages} == {"Care"}
