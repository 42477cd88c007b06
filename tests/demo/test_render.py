"""Messages, cards and forms as the plain text that a person in a terminal reads."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.demo.files import draw_portrait
from bot.demo.render import Reader, render_form, strip_marks, wrap_lines


def test_marks_of_discord_are_not_shown() -> None:
    assert strip_marks("### A **title**\n-# and a `footnote`", Reader()) == "A title\nand a footnote"


def test_escaped_marks_are_shown_as_they_are() -> None:
    assert strip_marks(r"two \* three \*\* four", Reader()) == "two * three ** four"


def test_mentions_links_commands_and_times_read_as_words() -> None:
    names = {7: "@Mei Chen", 8: "#ward-to-board"}

    text = strip_marks(
        "<@7> in <#8>: [the report](https://example.org/r) </summary thread:9> <t:0:F> <@1>", Reader(names)
    )

    assert text == (
        "@Mei Chen in #ward-to-board: the report (https://example.org/r) /summary thread "
        "Thursday 1 January 1970, 00:00 somebody"
    )


def test_a_relative_time_is_told_from_the_readers_own_moment() -> None:
    reader = Reader(now=datetime(1970, 1, 8, 1, tzinfo=UTC))

    assert strip_marks("<t:0:R>, <t:604800:R>, <t:1814400:R>", reader) == "7 days ago, 1 hour ago, in 14 days"


def test_long_lines_are_wrapped_and_words_stay_whole() -> None:
    lines = wrap_lines("word " * 40).splitlines()

    assert max(map(len, lines)) <= 96
    assert " ".join(lines).split() == ["word"] * 40


def test_a_form_shows_its_title_labels_and_choices() -> None:
    form = {
        "title": "Your reply",
        "components": [
            {"type": 10, "content": "**No patient details**, please."},
            {"type": 18, "label": "Your words", "component": {"type": 4, "custom_id": "w", "value": ""}},
            {
                "type": 18,
                "label": "Day",
                "component": {"type": 3, "custom_id": "d", "options": [{"label": "Monday"}, {"label": "Friday"}]},
            },
        ],
    }

    assert render_form(form).splitlines() == [
        "Form: Your reply",
        "No patient details, please.",
        "  Your words: …",
        "  Day: Monday | Friday",
    ]


def test_a_portrait_is_a_small_picture() -> None:
    assert draw_portrait("Siân Pritchard", 3).startswith(b"\x89PNG")
