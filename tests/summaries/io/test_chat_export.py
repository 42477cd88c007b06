"""Exported chats: nobody who is mentioned is named, reactions count, and what is left out is said."""

from __future__ import annotations

from typing import Any

import pytest

from bot.models.summaries import SummaryOptions
from bot.models.threads import Thread
from bot.summaries import summarise
from bot.summaries.io.chat_export import FORWARDED, NO_TEXT, ONLY_EMOJI, POLL, STICKER
from bot.summaries.io.threads_json import summary_to_data, thread_from_data
from bot.summaries.output.terminal import render_terminal

JANE = {"id": "200", "name": "jane", "nickname": "Jane Smith", "isBot": False}
SAID = "The night team looks for the red folder on every round, and nobody knows where it is kept."


def person(number: int, name: str = "") -> dict[str, Any]:
    return {
        "id": str(100 + number),
        "name": name or f"person{number}",
        "nickname": name or f"Person {number}",
        "isBot": False,
    }


def message(number: int, content: str = SAID, **changes: Any) -> dict[str, Any]:
    entry = {"id": str(number), "type": "Default", "content": content, "author": person(number), "mentions": []}
    return {**entry, "attachments": [], "embeds": [], "stickers": [], "reactions": [], **changes}


def reaction(emoji: str, *people: dict[str, Any]) -> dict[str, Any]:
    return {"emoji": {"id": "", "name": emoji, "code": "x"}, "count": len(people), "users": list(people)}


def read(*messages: dict[str, Any]) -> Thread:
    channel = {"id": "2", "type": "GuildPublicThread", "name": "What would help?", "topic": None}
    thread, options = thread_from_data({"guild": {"id": "1"}, "channel": channel, "messages": list(messages)})
    assert options == SummaryOptions()
    return thread


@pytest.mark.parametrize("mention", ["@Jane Smith", "@jane", "<@200>", "<@!200>", "@JANE SMITH"])
def test_a_person_who_is_mentioned_is_someone(mention: str) -> None:
    thread = read(message(1, f"{mention} told the night team that the red folder is lost again.", mentions=[JANE]))
    (said,) = thread.messages
    assert said.text == "[someone] told the night team that the red folder is lost again."
    assert "jane" not in str(summary_to_data(summarise(thread))).lower()
    assert "smith" not in str(summary_to_data(summarise(thread))).lower()


def test_the_longest_name_is_taken_and_a_part_of_a_word_is_none() -> None:
    other = {**JANE, "id": "201", "nickname": "Jane", "name": "j.s"}
    (said,) = read(message(1, "@Jane Smith, @Jane and @j.s came; @Janet did not.", mentions=[other, JANE])).messages
    assert said.text == "[someone], [someone] and [someone] came; @Janet did not."


def test_files_that_list_no_mentions_name_nobody_either() -> None:
    entry = message(1, "@Jane Smith told @ben.b and @everyone that the red folder is lost.")
    del entry["mentions"]
    (said,) = read(entry).messages
    assert said.text == "[someone] told [someone] and @everyone that the red folder is lost."


def test_a_name_that_was_mentioned_is_in_no_heading() -> None:
    thread = read(
        message(1, "Zebulon keeps the red folder in the office, and nobody else may open it.", mentions=[]),
        message(2, "@Zebulon Quist keeps it.", mentions=[{"id": "9", "name": "zq", "nickname": "Zebulon Quist"}]),
    )
    assert not any("Zebulon" in point.statement for point in summarise(thread).points)


def test_reactions_of_agreement_count_as_people_who_say_the_same() -> None:
    bot = {**person(8), "isBot": True}
    given = [
        reaction("👍", person(3), person(4), person(1), bot),
        reaction("❤️", person(4), person(5)),
        reaction("😂", person(6)),
    ]
    thread = read(message(1, reactions=given))
    assert thread.messages[0].endorsers == ("103", "104", "105")
    (point,) = summarise(thread).points
    assert point.endorsements == 3


def test_reactions_that_a_file_only_counts_are_of_nobody() -> None:
    counted = {"emoji": {"name": "👍"}, "count": 3}
    assert read(message(1, reactions=[counted])).messages[0].endorsers == ()


def test_forwards_polls_and_stickers_are_said_to_be_left_out() -> None:
    forward = {"messageId": "9", "type": "Forward"}
    thread = read(
        message(1),
        message(2, "", reference=forward, forwardedMessage={"content": "We need a porter."}),
        message(3, "", poll={"question": "Which ward?"}),
        message(4, "", stickers=[{"id": "1", "name": "Wave"}]),
        message(5, "", attachments=[{"id": "1", "fileName": "rota.png"}]),
        message(6, "", type="46"),
        message(7, "", author={"id": "7", "isBot": True}),
    )
    assert dict(thread.excluded) == {FORWARDED: 1, POLL: 1, STICKER: 1, NO_TEXT: 1}
    shown = render_terminal(summarise(thread), 1)
    assert all(f"1 ({reason})" in shown for reason in (FORWARDED, POLL, STICKER, NO_TEXT))
    assert "porter" not in shown


def test_a_comment_above_a_forward_is_its_authors_own_and_answers_nobody() -> None:
    forward = {"messageId": "1", "type": "Forward"}
    thread = read(message(1), message(2, "We need this on our ward too, every night.", reference=forward))
    assert [said.reply_to for said in thread.messages] == [None, None]


def test_what_only_discord_shows_is_no_word() -> None:
    (said,) = read(message(1, "||Nights|| are long <:nurse:123456789012345678> since <t:1767225600:R>.")).messages
    assert said.text == "Nights are long since [time]."


@pytest.mark.parametrize("mention", ["@Jane#1234", "@Deleted User", "@unknown-user", "@Unknown"])
def test_people_whose_names_are_old_or_gone_are_someone(mention: str) -> None:
    entry = message(1, f"{mention} said that the red folder is lost.", author=person(1, "Jane"))
    (said,) = read(entry).messages
    assert said.text == "[someone] said that the red folder is lost."


def test_a_topic_that_mentions_somebody_names_nobody() -> None:
    channel = {"id": "2", "name": "rest", "topic": "What would help <@200> and @Jane Smith?"}
    thread, _ = thread_from_data({"guild": {"id": "1"}, "channel": channel, "messages": [message(1, mentions=[JANE])]})
    assert thread.prompt == "What would help [someone] and [someone]?"


def test_emoji_of_a_server_are_no_words() -> None:
    (said,) = read(message(1, "The red folder is lost :red_folder: again at 07:15:30.")).messages
    assert said.text == "The red folder is lost again at 07:15:30."


def test_a_message_of_emoji_of_a_server_alone_is_said_to_be_left_out() -> None:
    thread = read(message(1, "<:nurse:123456789012345678> :red_folder:"), message(2))
    assert [said.id for said in thread.messages] == ["2"]
    assert dict(thread.excluded) == {ONLY_EMOJI: 1}


def test_a_role_that_is_mentioned_is_not_named_and_no_channel_is_a_person() -> None:
    roles = [{"id": "5", "name": "Ward 4"}, {"id": "6", "name": "Ward 4 Sisters"}]
    author = {**person(1), "roles": roles}
    (said,) = read(message(1, "@Ward 4 Sisters and @ward 4 write in #ward-4.", author=author)).messages
    assert said.text == "@a role and @a role write in #ward-4."
