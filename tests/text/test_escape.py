import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text.markdown import escape, escape_line
from bot.text.mentions import remove_mentions
from bot.text.words import shorten

ID = "123456789012345678"
TOKENS = (
    f"< > @ @! @& # : a / <:x: <a:x: <@ </ <# 1 123456789012345 {ID} discord.com/ discord:// channels/ users/ x - ("
)
PIECES = st.lists(st.sampled_from([*TOKENS.split(), "https://", " ", "\n"]), max_size=14).map("".join)
MENTION = re.compile(
    r"<(@[!&]?|#|a?:\w+:|/[^<>\n]*:)[0-9]+>|(?<![a-z-])discord(app)?\.(com|net)/\S*[0-9]{15}", re.IGNORECASE
)
LONG_NUMBER = re.compile(r"(?<![0-9])[0-9]{17,20}(?![0-9])")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        (f"Ask <@{ID}> or <@!{ID}>.", "Ask @someone or @someone."),
        (f"<@&{ID}>, see <#{ID}>", "@a role, see #a channel"),
        (f"Well done <:clap:{ID}><a:wave:{ID}>", "Well done :clap::wave:"),
        (
            f"https://discord.com/channels/{ID}/{ID} or (https://ptb.discord.com/users/{ID})",
            "discord.com or (discord.com)",
        ),
        (f"https://cdn.discordapp.com/avatars/{ID}/a.png", "discordapp.com"),
        (f"discord.com/users/{ID} and discord://-/users/{ID}", "discord.com and discord.com"),
        (f"use </reply now:{ID}>", "use a command"),
        (f"my id is {ID}", "my id is a number"),
        ("943 476 5919 patients, 1 < 2, a@b.org", "943 476 5919 patients, 1 < 2, a@b.org"),
        (
            "https://notdiscord.com/a/b and https://example.org/1",
            "https://notdiscord.com/a/b and https://example.org/1",
        ),
    ],
)
def test_mentions_become_words_and_links_to_discord_keep_only_their_host(text: str, stored: str) -> None:
    assert remove_mentions(text) == stored


@given(PIECES)
@example("adiscord.com/123456789012345")
@example(f"<<:x:1>{ID}>")
@example("<a<:x:1>123456789012345>")
@example("<</x:1>:123456789012345>")
@example("<@<@123456789012345>123456789012345>")
def test_no_id_survives_however_mentions_are_nested(text: str) -> None:
    stored = remove_mentions(text)
    assert not MENTION.search(stored)
    assert not LONG_NUMBER.search(stored)
    assert remove_mentions(stored) == stored


@given(st.text())
def test_text_without_digits_and_links_is_stored_as_it_is(text: str) -> None:
    plain = re.sub(r"[0-9]|discord", "", text, flags=re.IGNORECASE)
    assert remove_mentions(plain) == plain


@pytest.mark.parametrize("piece", ["<@", "<:x", "</a:1", "<a:", "1", "https://", "discord.com/", "<:a:1", "</", ":1"])
def test_removing_mentions_and_escaping_stay_quick_on_hostile_text(piece: str) -> None:
    started = time.process_time()
    remove_mentions(piece * 40_000)
    escape(piece * 40_000)
    # Quadratic work on this much text takes minutes.
    assert time.process_time() - started < 20


def unescape(shown: str) -> str:
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", shown.replace("@\u200b", "@"))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"], include_characters="\n")))
def test_escaped_text_is_shown_as_it_was_typed(text: str) -> None:
    assert unescape(escape(text)) == text


@given(PIECES | st.text("#>-+*_~|`[]()<\\ 1.\n@everyonehr:/tps", max_size=30))
def test_nothing_that_discord_would_act_on_is_left(text: str) -> None:
    shown = escape(text)
    assert not re.search(r"@(everyone|here)", shown)
    assert not re.search(r"^[ \t]*([#>+-]|[0-9]+[.)])", shown, re.MULTILINE)
    without_pairs = re.sub(r"\\[^0-9A-Za-z\s]", " ", shown)
    assert not re.search(r"[*_~|`\[\]<\\]|https?://", without_pairs)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# Heading\n-# small\n> quote", "\\# Heading\n\\-# small\n\\> quote"),
        ("1. one\n* two", "1\\. one\n\\* two"),
        ("[click](https://bad.example)", "\\[click\\](https:\\//bad.example)"),
        ("<t:1700000000:R> <@1>", "\\<t:1700000000:R> \\<@1>"),
        ("@everyone @Here", "@\u200beveryone @\u200bHere"),
        ("left\u202eright\x07", "leftright"),
    ],
)
def test_markdown_links_times_and_pings_are_shown_as_plain_text(typed: str, shown: str) -> None:
    assert escape(typed) == shown


@given(st.text(max_size=60), st.integers(1, 50))
def test_shortened_text_fits_and_is_the_start_of_the_text(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_text_is_cut_after_a_word() -> None:
    assert shorten("We never hear what came of it.", 18) == "We never hear…"
    assert shorten("We never hear, what came", 15) == "We never hear…"
    assert shorten("Unbelievable", 6) == "Unbel…"


def test_words_on_one_line_are_shortened_before_they_are_escaped() -> None:
    assert escape_line(" # What\n **helps**? ", 40) == escape("# What **helps**?")
    assert escape_line("*" * 50, 20) == escape(shorten("*" * 50, 20))
