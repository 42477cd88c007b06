from itertools import pairwise
from pathlib import Path

import discord
import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.text.markdown import escape
from cogs.ui.cards import Space, card, confirm, crop, escape_within, fit, fit_groups, pack_lines, picture, sections
from cogs.ui.forms import field, file_field, form, radio_field, select_field, text_field
from cogs.ui.limits import LONGEST_OPTION, MOST_CHARACTERS, beyond_limits, count_units
from cogs.ui.pages import id_from, page_count, paginate, read_page_number
from cogs.ui.parts import Row, button, buttons, custom_id, option, pager, put_button_beside, select

ROOT = Path(__file__).parents[3]
BY_HAND = ("LayoutView()", "LayoutView(timeout", "ui.Modal(", "ui.Button(", "ui.View(", "int(page")
"""What only the kit may write."""


@pytest.mark.parametrize("folder", ["library", "moderation", "prompts", "setup"])
def test_cards_and_forms_are_made_with_the_kit(folder: str) -> None:
    paths = sorted((ROOT / "cogs" / folder).glob("*.py"))

    assert paths
    assert [path.name for path in paths if any(words in path.read_text("utf-8") for words in BY_HAND)] == []


@given(st.lists(st.integers(), max_size=60), st.integers(1, 12), st.integers(-5, 80))
def test_pages_together_hold_every_item_once_and_any_number_gives_one_of_them(
    items: list[int], size: int, number: int
) -> None:
    pages = [paginate(items, size, each) for each in range(page_count(len(items), size))]

    assert [item for page in pages for item in page.items] == items
    assert all(len(page.items) <= size for page in pages)
    assert paginate(items, size, number) in pages


def test_a_page_says_where_its_reader_is() -> None:
    page = paginate("abcdefg", 3, 1)

    assert (page.items, page.first, page.label) == (("d", "e", "f"), 4, "page 2 of 3")


@pytest.mark.parametrize("text", ["", "-1", "٣", "²", "1.5", "1e3", "999999", " 1", "one"])
def test_what_is_no_page_number_leads_to_the_first_page(text: str) -> None:
    assert read_page_number(text) == 0


def test_a_page_number_is_read() -> None:
    assert read_page_number("12") == 12


@pytest.mark.parametrize("text", ["", "-1", "٣", "9223372036854775808", "1" * 40, "12a"])
def test_what_is_no_id_is_answered_with_what_to_do(text: str) -> None:
    with pytest.raises(UserError, match="Choose the series from the list"):
        id_from(text, "series")


def test_the_largest_id_is_read() -> None:
    assert id_from("9223372036854775807", "prompt") == 2**63 - 1


def test_the_first_page_leads_on_and_the_last_one_back() -> None:
    assert [(each.label, each.custom_id) for each in pager(0, 3, "turn", 7)] == [("Next", "turn:7:1")]
    assert [each.label for each in pager(1, 3, "turn", 7)] == ["Previous", "Next"]
    assert [(each.label, each.custom_id) for each in pager(2, 3, "turn", 7, after=("x",))] == [
        ("Previous", "turn:7:1:x")
    ]
    assert pager(0, 1, "turn") == []


def test_a_way_that_leads_nowhere_can_be_shown_switched_off() -> None:
    ways = pager(0, 2, "turn", switched_off=True)

    assert [(each.label, each.custom_id, each.disabled) for each in ways] == [
        ("Previous", "turn:-1", True),
        ("Next", "turn:1", False),
    ]


def test_a_custom_id_past_discords_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="the custom_id of turn is too long"):
        custom_id("turn", "x" * 100)


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_any_words_fit_into_an_option(text: str) -> None:
    made = option(text, 1)

    assert count_units(made.label) <= LONGEST_OPTION


def test_short_words_of_an_option_stay_whole() -> None:
    assert option("Night shifts\nand weekends", 3).label == "Night shifts and weekends"


def test_a_select_of_many_may_be_left_empty() -> None:
    row = select("Who says so", [option("A", 1), option("B", 2)], "who", 3, many=True)
    chooser = row.children[0]

    assert isinstance(chooser, ui.Select)
    assert (chooser.min_values, chooser.max_values, chooser.custom_id) == (0, 2, "who:3")


def test_selects_of_other_routes_have_other_numbers_so_that_no_choice_goes_from_one_to_the_next() -> None:
    choosers = [select("Question", [option("A", 1)], "ask", excerpt).children[0] for excerpt in (32, 79, 32)]

    first, second, again = (chooser.id for chooser in choosers)
    assert first == again != second


def test_a_card_shows_its_parts_in_order_and_no_empty_text() -> None:
    view = card(*sections(["Head", ""], ["First", "Second"]), Row(button("Go", "go")), picture("a.png", "Bars"))
    shown = [type(item).__name__ for item in view.walk_children()]

    assert shown == [
        *("Container", "TextDisplay", "Separator", "TextDisplay", "Separator", "TextDisplay"),
        *("ActionRow", "Button", "MediaGallery"),
    ]
    assert [item.visible for item in view.walk_children() if isinstance(item, ui.Separator)] == [True, False]


def test_spaces_are_set_only_between_texts() -> None:
    assert list(sections([], ["", "one"], [""], ["two"])) == ["one", Space.LINE, "two"]


def test_a_text_can_have_a_button_beside_it() -> None:
    view = card(put_button_beside("Twelve replies", button("Read", "read", 3)), framed=False)

    assert [type(item).__name__ for item in view.walk_children()] == ["Section", "TextDisplay", "Button"]


def test_a_card_can_do_without_a_frame() -> None:
    assert [type(item).__name__ for item in card("Text", framed=False).walk_children()] == ["TextDisplay"]


def test_a_card_that_discord_would_refuse_is_refused_without_its_words() -> None:
    with pytest.raises(ValueError, match="too many characters") as refused:
        card("secret" * 1000)
    assert "secret" not in str(refused.value)


def test_groups_of_texts_get_shorter_together_until_they_fit() -> None:
    groups = fit_groups(lambda room: [["x" * room], ["y" * room, "z"]], (4000, 1999, 100))

    assert [[len(text) for text in group] for group in groups] == [[1999], [1999, 1]]


def test_texts_get_shorter_until_they_fit() -> None:
    made = fit(lambda room: ["x" * room, "y" * room], (4000, 2500, 2000, 100))

    assert sum(map(count_units, made)) == MOST_CHARACTERS


def test_what_cannot_be_made_to_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="however short"):
        fit(lambda room: ["x" * room], (5000, 4001))


def test_the_last_texts_of_a_card_give_way() -> None:
    assert crop(["one two", "three four", "five"], 30) == ["one two", "three four", "five"]
    assert crop(["one two", "three four", "five"], 16) == ["one two", "three…"]
    assert crop(["one two", "three"], 7) == ["one two"]


@given(st.lists(st.text("ab ", min_size=1, max_size=12), max_size=12), st.integers(12, 30))
def test_lines_are_packed_in_order_into_texts_that_fit(lines: list[str], most: int) -> None:
    texts = pack_lines(lines, most)

    assert "\n".join(texts) == "\n".join(lines)
    assert all(len(text) <= most for text in texts)
    assert all(len(first) + 1 + len(after.split("\n")[0]) > most for first, after in pairwise(texts))


def test_a_question_before_something_final_offers_a_way_back() -> None:
    view = confirm("Erase all of it?", "Erase", "erase", 3, no=("Keep it", "keep", 3), note="Posts stay.")
    texts = [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    pressed = [item for item in view.walk_children() if isinstance(item, ui.Button)]

    assert [(each.label, each.custom_id) for each in pressed] == [("Erase", "erase:3"), ("Keep it", "keep:3")]
    assert pressed[0].style is discord.ButtonStyle.danger
    assert texts == ["Erase all of it?", "Posts stay."]


@given(st.text(alphabet="a *_~`<@>#-\n🙂", max_size=60), st.integers(1, 40))
def test_words_are_made_safe_within_a_length(text: str, limit: int) -> None:
    safe = escape_within(text, limit)

    assert count_units(safe) <= limit
    assert safe == escape(text) or count_units(escape(text)) > limit


def test_an_emoji_counts_as_discords_strictest_reader_counts_it() -> None:
    assert escape_within("🙂" * 30, 21) == "🙂" * 9 + "…"
    assert [count_units(text) for text in crop(["🙂" * 30, "more"], 21)] == [19]
    assert pack_lines(["🙂" * 6, "🙂" * 6], 20) == ["🙂" * 6, "🙂" * 6]


def test_buttons_below_a_text_outlive_a_restart() -> None:
    view = buttons(button("One", "one"), button("Two", "two"))

    assert view.is_persistent()


def test_a_form_holds_every_kind_of_field() -> None:
    made = form(
        "Board paper for the meeting of the trust's board of directors",
        "board-form",
        3,
        fields=[
            text_field("What do you ask of the board?", "ask", longest=200, hint="One line."),
            text_field("Notes", "notes", value="kept", long=True, required=False),
            radio_field("Whose words?", "whose", [("Theirs", "theirs"), ("Ours", "ours")], chosen="ours"),
            select_field("Which points", "points", [option("A", 1), option("B", 2)], most=2, required=False),
            file_field("Template", "template", required=False),
        ],
    )
    payload = made.to_dict()

    assert (payload["custom_id"], len(payload["title"])) == ("board-form:3", 45)
    assert [part["component"]["custom_id"] for part in payload["components"]] == [
        *("ask", "notes", "whose", "points", "template")
    ]


def test_a_form_of_six_fields_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 5 fields"):
        form("Too long", "x", fields=[text_field(str(number), str(number)) for number in range(6)])


def test_a_field_takes_any_component() -> None:
    made = field("Channel", ui.ChannelSelect(custom_id="channel"), "Where staff read.")

    assert made.to_component_dict()["description"] == "Where staff read."


def test_limits_are_told_of_a_card_made_by_hand() -> None:
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay(" "))

    assert beyond_limits(view) == ("an empty text",)
