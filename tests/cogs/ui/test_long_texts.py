from itertools import pairwise

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from cogs.ui.cards import confirm, page_card, text_card
from cogs.ui.forms import checkbox_field, form, text_field
from cogs.ui.limits import count_units
from cogs.ui.pages import fill_pages, id_or_zero, join_pages
from cogs.ui.parts import button, button_rows

WORDS = st.lists(st.text(st.sampled_from("ab 🙂"), min_size=1, max_size=30), max_size=40)


@given(WORDS, st.integers(30, 90))
def test_joined_pages_hold_every_text_in_order_and_none_is_too_long(texts: list[str], most: int) -> None:
    pages = join_pages(texts, most, "\n\n")

    assert "\n\n".join(pages) == "\n\n".join(texts)
    assert all(count_units(page) <= most or page in texts for page in pages)
    assert all(count_units(one) + 2 + count_units(other.split("\n\n")[0]) > most for one, other in pairwise(pages))


def test_a_page_holds_only_so_many_items_however_light_they_are() -> None:
    assert fill_pages("abcdefg", lambda _: 1, 100, most=3) == [["a", "b", "c"], ["d", "e", "f"], ["g"]]
    assert fill_pages([5, 2, 9, 1], lambda weight: weight, 7) == [[5, 2], [9], [1]]
    assert fill_pages((), len, 7) == []


def test_pages_of_text_lead_to_their_neighbours() -> None:
    view = page_card(["one", "two", "three"], 1, "turn", 7)

    ways = [part for part in view.walk_children() if isinstance(part, ui.Button)]
    assert [part.content for part in view.walk_children() if isinstance(part, ui.TextDisplay)] == ["two"]
    assert [(way.label, way.custom_id) for way in ways] == [("Previous", "turn:7:0"), ("Next", "turn:7:2")]
    assert not [part for part in page_card(["one"], 5, "turn").walk_children() if isinstance(part, ui.Button)]


def test_buttons_come_in_rows_of_five() -> None:
    rows = button_rows([button(str(number), "press", number) for number in range(7)])

    assert [len(row.children) for row in rows] == [5, 2]
    assert button_rows([]) == []


def test_a_text_and_a_question_can_stand_without_a_box() -> None:
    for view in (text_card("Done."), confirm("Sure?", "Yes", "do", framed=False)):
        assert not [part for part in view.walk_children() if isinstance(part, ui.Container)]


def test_a_form_may_say_something_above_its_fields_in_the_room_of_one() -> None:
    fields = [text_field("Words", "words"), checkbox_field("I manage people", "manages", checked=True)]

    first, _, box = form("Say it", "say", 3, fields=fields, intro="Nobody sees who wrote it.").children

    assert isinstance(first, ui.TextDisplay)
    assert first.content == "Nobody sees who wrote it."
    assert isinstance(box, ui.Label)
    assert isinstance(box.component, ui.Checkbox)
    assert box.component.default
    with pytest.raises(ValueError, match="1 to 5"):
        form("Say it", "say", fields=[text_field("Words", str(number)) for number in range(5)], intro="More")


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("٣", 0), ("", 0), ("1" * 30, 0), ("-4", 0)])
def test_an_id_that_is_none_names_nothing(text: str, number: int) -> None:
    assert id_or_zero(text) == number
