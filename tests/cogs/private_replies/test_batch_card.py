"""What facilitators read of private replies always fits into a message, and shows each reply once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.models.people import STAFF_GROUPS
from bot.models.private import Batch, PrivateReply, Quoting
from bot.services.replies.private_replies import LONGEST_PRIVATE
from cogs.private_replies.batch_card import LONGEST_REASON, MISSING_FROM, NONE_LEFT, describe_batch, reading_card
from cogs.private_replies.forms import read_form
from cogs.private_replies.releases import CAN_BE_READ, OF_CHECK, format_readable
from cogs.ui.limits import beyond_limits
from tests.examples import examples

DAY = date(2026, 1, 15)
SEEN = datetime(2026, 1, 16, 9, tzinfo=UTC)
BATCH = Batch(7, 1, 2, DAY, replies=5)

words = st.one_of(
    st.text(min_size=1, max_size=200),
    st.sampled_from("*😀#\na").map(lambda char: char * LONGEST_PRIVATE),
)
replies = st.builds(
    PrivateReply,
    id=st.uuids(version=4).map(lambda one: one.hex),
    prompt_id=st.just(2),
    text=words,
    day=st.just(DAY),
    quoting=st.sampled_from(Quoting),
    group=st.sampled_from(STAFF_GROUPS),
    left_out=st.one_of(st.just(""), st.just("*" * LONGEST_REASON)),
)
values = st.one_of(st.none(), st.booleans(), st.text(max_size=5), st.lists(st.sampled_from(STAFF_GROUPS)))


def buttons(view: ui.LayoutView) -> list[str]:
    return [item.custom_id or "" for item in view.walk_children() if isinstance(item, ui.Button)]


@settings(max_examples=examples(40), deadline=None)  # each example makes many cards
@given(st.lists(replies, max_size=8, unique_by=lambda one: one.id), st.booleans(), st.text(max_size=300))
def test_every_page_fits_and_every_reply_is_on_one_of_them(
    batch: list[PrivateReply], is_seen: bool, subject: str
) -> None:
    one = replace(BATCH, replies=len(batch), seen_at=SEEN if is_seen else None)
    pages: dict[str, ui.LayoutView] = {}
    for number in range(len(batch) + 1):
        view = reading_card(one, subject, batch, number, "Europe/London")
        assert beyond_limits(view) == ()
        pages.setdefault(str(buttons(view)), view)

    acted_on = [route.split(":")[2] for view in pages.values() for route in buttons(view) if route.count(":") == 3]
    assert sorted(acted_on) == sorted(reply.id for reply in batch)


def test_neither_group_nor_day_is_shown() -> None:
    sent = PrivateReply("a" * 32, 2, "Nights.", date(2025, 12, 31), Quoting.COUNT, "Volunteers", manages=True)

    text = str([item.to_component_dict() for item in reading_card(BATCH, "Nights?", [sent] * 5, 0, "UTC").children])

    assert "Nights." in text
    for hidden in ("Volunteers", "2025", "December", "manage"):
        assert hidden not in text


def test_where_too_few_are_left_nothing_can_be_read_or_let_in() -> None:
    view = reading_card(replace(BATCH, replies=4), "Nights?", (), 0, "UTC")

    assert buttons(view) == []
    assert NONE_LEFT in str([item.to_component_dict() for item in view.children])


@given(st.dictionaries(st.sampled_from(("words", "quoting", "group", "manages")), values))
def test_a_form_is_read_or_refused_whatever_it_holds(sent: dict[str, Any]) -> None:
    try:
        filled = read_form(sent)
    except UserError:
        return
    assert filled.text
    assert filled.group in ("", *STAFF_GROUPS)


@pytest.mark.parametrize("quoting", list(Quoting))
def test_a_form_is_read_as_it_was_filled(quoting: Quoting) -> None:
    filled = read_form({"words": " Nights. ", "quoting": quoting.value, "group": ["Students"], "manages": True})

    assert (filled.text, filled.quoting, filled.group, filled.manages) == ("Nights.", quoting, "Students", True)


def test_what_was_said_in_a_check_is_told_apart() -> None:
    batch = Batch(7, 1, 3, date(2026, 1, 20), replies=6, check_id=2)

    assert describe_batch(batch, "Why?") == MISSING_FROM.format(question="Why?")
    assert format_readable(batch, "Why?") == (
        CAN_BE_READ.format(replies="6 private replies", subject=OF_CHECK.format(words="“Why?”"))
    )
