"""The picture: it opens, can be read on Discord's dark and light grounds, and no words of people break it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image, ImageColor

from bot.models.summaries import Coverage, KeyPoint, Kind, Quote, Summary
from bot.render import palette as inks
from bot.render.chart import MARGIN, TEXT, WIDTH
from bot.summaries.output.picture import draw_summary

DARK, LIGHT = "#313338", "#ffffff"
"""The grounds of messages in Discord's two themes."""
MONDAY = date(2018, 8, 6)
DAYS = [(MONDAY + timedelta(days=number), number * 3 % 7) for number in range(12)]
HOSTILE = (
    "هل يستمع أحد إلى ما نقوله في اجتماعات القسم؟",
    "🙂🙃👩🏽‍⚕️ 😀😀",
    "x" * 4_000,
    "word " * 800,
    r"It costs $5 and $6 a day, \frac{1}{0} ^_^",
    "One line\nand another\r\n\tand more\u2028more",
    "病棟には看護師が足りません",
    "\u202eright to left\x00\x07",
    "Z̸̢̛̤̗̈́̐̅a̴̛̪̿l̷̢̗̈́g̸̢̛o̸̢",
    "",
)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance, of sRGB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def point(statement: str, people: int, kind: Kind = Kind.VIEW, agreed: int = 0) -> KeyPoint:
    quotes = tuple(Quote(str(number), statement) for number in range(people))
    return KeyPoint(statement, quotes, people, kind=kind, endorsements=agreed)


def summary(*points: KeyPoint) -> Summary:
    return Summary("t", "", points, (), Coverage(9, 9, 9))


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def colours(png: bytes) -> set[str]:
    """The colours of which the picture has many pixels."""
    found = opened(png).convert("RGB").getcolors(1_000_000) or []
    return {"#{:02x}{:02x}{:02x}".format(*colour) for count, colour in found if count > 200}  # type: ignore[misc]


def test_the_picture_opens_is_as_wide_as_said_and_grows_with_its_points() -> None:
    small, large = (draw_summary(summary(*[point("Nights are short staffed", 3)] * count), DAYS) for count in (1, 8))
    sizes = [opened(one.png).size for one in (small, large)]
    assert [width for width, _ in sizes] == [WIDTH, WIDTH]
    assert sizes[0][1] < sizes[1][1] < 3_000
    assert len(large.png) < 200_000


def test_a_phone_of_360_points_shows_letters_of_11_points_at_least() -> None:
    narrowest = 260  # what a card with a frame leaves on a screen of 360 points
    assert TEXT * narrowest / WIDTH >= 11
    assert opened(draw_summary(summary(point("Nights are short staffed", 3)), DAYS).png).size[0] == WIDTH


def test_one_day_alone_is_no_chart() -> None:
    found = summary(point("Nights are short staffed", 3))
    without, of_one, of_two = (opened(draw_summary(found, days).png).height for days in ([], DAYS[1:2], DAYS[1:3]))
    assert without == of_one < of_two


def test_the_picture_stands_out_from_both_of_discords_themes() -> None:
    assert contrast(inks.PAPER, DARK) >= 4.5
    assert contrast(inks.EDGE, LIGHT) >= 3


def test_words_and_bars_stand_out_from_the_paper() -> None:
    assert min(contrast(inks.PAPER, words) for words in (inks.INK, inks.QUIET)) >= 7
    assert contrast(inks.PAPER, inks.BLUE) >= 4.5
    assert contrast(inks.PALE, inks.BLUE) >= 4.5


def test_those_colours_are_the_ones_that_are_drawn() -> None:
    drawn = colours(draw_summary(summary(point("Nights are short staffed", 5, agreed=3)), DAYS).png)
    assert {inks.PAPER, inks.INK, inks.BLUE, inks.PALE} <= drawn


@pytest.mark.parametrize("name", ["PAPER", "INK", "QUIET", "BLUE", "PALE", "EDGE"])
def test_each_colour_stays_as_it_is(name: str) -> None:
    colour = getattr(inks, name)
    assert opened(inks.encode_png(Image.new("RGB", (3, 2), colour))).convert("RGB").getcolors() == [
        (6, ImageColor.getrgb(colour))
    ]


def test_the_same_summary_is_drawn_to_the_same_bytes() -> None:
    found = summary(point("Nights are short staffed", 5), point("Pair new starters", 2, Kind.PROPOSAL))
    assert draw_summary(found, DAYS, "What would help?").png == draw_summary(found, DAYS, "What would help?").png


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_are_drawn_without_a_warning(words: str) -> None:
    drawn = draw_summary(summary(point(words, 3), point(words, 1)), DAYS, words)
    assert opened(drawn.png).size[0] == WIDTH
    assert len(drawn.alt) <= 1024


def test_an_empty_summary_is_drawn() -> None:
    drawn = draw_summary(summary(), [])
    assert opened(drawn.png).size[0] == WIDTH
    assert "No two people" in drawn.alt


def test_people_who_agreed_look_different_from_those_who_wrote_it() -> None:
    wrote = summary(point("Nights are short staffed", 5))
    agreed = summary(replace(point("Nights are short staffed", 1), endorsements=4))
    assert draw_summary(wrote, []).png != draw_summary(agreed, []).png
    assert "5 people: 1 wrote it, 4 said “same here”" in draw_summary(agreed, []).alt


def test_a_point_keeps_its_number_if_its_letters_cannot_be_shown() -> None:
    missing, named = (draw_summary(summary(point(words, 3)), []) for words in ("病棟には看護師が足りません", "Nights"))
    assert number_of(missing.png) == number_of(named.png)


@pytest.mark.parametrize("words", ["هل يستمع أحد إلى ما نقوله", "אף אחד לא מקשיב לנו"])
def test_numbers_stay_in_their_column_if_words_are_written_from_right_to_left(words: str) -> None:
    drawn, named = (draw_summary(summary(point(heading, 3)), []) for heading in (words, "Nights"))
    assert number_of(drawn.png) == number_of(named.png)


@pytest.mark.parametrize("people", [9, 20, 1_000])
def test_words_at_the_end_of_the_longest_bar_stay_within_the_margin(people: int) -> None:
    drawn = draw_summary(summary(point("Nights", people), point("Pair new starters", 3, agreed=1)), DAYS)
    image = opened(drawn.png).convert("RGB")
    margin = image.crop((WIDTH - MARGIN + 2, 2, WIDTH - 2, image.height - 2))
    assert margin.getcolors() == [(margin.width * margin.height, ImageColor.getrgb(inks.PAPER))]


def number_of(png: bytes) -> bytes:
    """The pixels of the first point's number, "1." """
    return opened(png).convert("RGB").crop((MARGIN, 190, MARGIN + 25, 240)).tobytes()
