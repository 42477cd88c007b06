"""What is not in a board paper is named to whoever makes it, with the reason."""

from __future__ import annotations

from dataclasses import replace

from bot.board.left_out import describe_left_out
from tests.board.series import series_source


def test_a_paper_that_has_everything_leaves_nothing_to_name() -> None:
    assert describe_left_out(series_source()) == ()


def test_points_that_nobody_lets_us_quote_are_named_and_so_is_a_split_with_one_side() -> None:
    told = describe_left_out(series_source(quotable=False))
    assert told[0].startswith("P12-2, P12-3, P13-1, P13-2, P13-3, P14-1, P14-2, P15-1 and P15-2: nobody who said so")
    assert told[1].startswith("Where opinion is split on question 2: not both sides agreed to be quoted.")
    assert told[2] == "1 thing raised by one person each: nobody agreed to be quoted."


def test_what_the_body_has_no_room_for_and_what_is_not_ready_are_counted() -> None:
    source = series_source()
    points = [
        replace(point, ref=f"{point.ref}x{copy}")
        for point in source.prompts[0].record.summary.points
        for copy in range(20)
    ]
    summary = replace(source.prompts[0].record.summary, points=tuple(points))
    first = replace(source.prompts[0], record=replace(source.prompts[0].record, summary=summary))
    missing = (("questions that are still open", 2), ("questions without a reply", 0))
    told = describe_left_out(replace(source, prompts=(first, *source.prompts[1:]), missing=missing))
    assert told[-2].endswith("the body has room for two pages, so only the annex has them.")
    assert told[-1] == "Questions that are still open: 2."
