"""What happens around a reply that holds identifiers, words of the server's own, or words about a risk."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.models.actions import MESSAGE_REMOVED
from bot.replies.redaction.kinds import Identifier
from bot.replies.redaction.redact import Redaction
from bot.replies.sanitise import list_kinds, sanitise
from cogs.core.access import FACILITATORS, ONLY
from cogs.replies import collection
from cogs.replies.identifier_notices import (
    ASKED,
    LEFT_OUT_OF_ONE,
    REMOVE_FROM_THREAD,
    REMOVE_IT,
    REMOVE_NUMBER,
    TOLD_AUTHOR,
)
from cogs.replies.identifier_notices import GONE as ALREADY_GONE
from cogs.replies.messages import LONGEST_ON_LOOP
from tests.cogs.moderation.steps import add_word
from tests.cogs.replies.talk import Talk, talk_in
from tests.wording import says
from tests.world import new_world, shown, words

NHS = "943 476 5919"
MARK = "[NHS number removed]"
REMOVE = REMOVE_FROM_THREAD


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A prompt in the text channel, where facilitators can add words and staff can choose."""
    async with new_world(tmp_path, extensions=("cogs.setup", "cogs.replies", "cogs.moderation")) as world:
        made = await talk_in(world, world.prompts)
        await world.store.people.choose(world.guild.id, world.staff[0].id, notices=True)
        yield made


def direct(talk: Talk, who: int = 0) -> list[str]:
    """The direct messages that a member of staff got."""
    channel = talk.world.staff[who].user.dm_channel
    return [] if channel is None else [words(message) for message in channel.history()]


def cards(talk: Talk) -> list[Any]:
    """The messages to facilitators that have buttons."""
    return [message for message in talk.world.office.history() if message.components]


async def test_a_message_with_an_identifier_is_told_to_facilitators_and_to_an_author_who_allowed_it(talk: Talk) -> None:
    said = await talk.say(f"It was {NHS}, twice.")
    await talk.say(f"Yes, {NHS} and 07700 900123.", who=1)
    await talk.settle()

    assert await talk.texts() == [f"It was {MARK}, twice.", f"Yes, {MARK} and [phone number removed]."]
    first, second = cards(talk)
    link = f"https://discord.com/channels/{talk.world.guild.id}/{talk.thread.id}/{said.id}"
    assert says(words(first), LEFT_OUT_OF_ONE, listed=Identifier.NHS_NUMBER.phrase)
    assert link in words(first)
    assert list_kinds([Identifier.NHS_NUMBER, Identifier.PHONE_NUMBER]) in words(second)
    for secret in (NHS, "900123", "Ada", "Ben", "twice"):
        assert secret not in talk.told()
    (told,) = direct(talk)
    assert Identifier.NHS_NUMBER.phrase in told
    assert link in told
    assert NHS not in told
    assert direct(talk, 1) == []
    assert len(talk.thread.history()) == 2 + len([m for m in talk.thread.history() if m.author.bot])


async def test_a_message_is_told_of_once_and_mentions_and_links_are_not_told_of(talk: Talk) -> None:
    said = await talk.say("Ring me.")
    for number in ("07700 900123", "07700 900124"):
        await talk.world.staff[0].edit(said, f"Ring {number}.")
        await talk.settle()
    await talk.say(f"Ask <@{talk.world.staff[1].id}>, see https://example.org/staff/jane", who=2)
    await talk.say("They wrote [phone number removed] before.", who=2)
    await talk.settle()

    assert len(cards(talk)) == 1
    assert len(direct(talk)) == 1


async def test_what_came_while_the_bot_was_away_is_told_of_too_and_only_once(talk: Talk) -> None:
    with talk.away():
        await talk.world.staff[0].send(talk.thread, f"It was {NHS}.")
    await talk.restart()
    await talk.restart()

    assert await talk.texts() == [f"It was {MARK}."]
    assert len(cards(talk)) == 1


async def test_who_has_stopped_is_not_told_of(talk: Talk) -> None:
    await talk.world.store.people.stop(talk.world.guild.id, talk.world.staff[0].id, talk.world.env.now())
    await talk.world.env.advance_time(1)
    await talk.say(f"It was {NHS}.")

    assert await talk.texts() == []
    assert cards(talk) == []


async def test_more_than_three_in_a_minute_come_in_one_message_with_a_button_each(talk: Talk) -> None:
    for number in range(6):
        await talk.say(f"{number}: {NHS}", who=number % 4)
    await talk.settle()
    assert len(cards(talk)) == 3

    await talk.world.env.advance_time(61)
    *_, last = cards(talk)

    assert words(last).count(f"{Identifier.NHS_NUMBER.phrase}: [message](https://discord.com/channels/") == 3
    assert REMOVE_NUMBER.format(number=3) in words(last)


async def test_a_facilitator_removes_the_message_and_the_stored_reply_with_it(talk: Talk) -> None:
    world, said = talk.world, await talk.say(f"It was {NHS}.")
    await talk.settle()
    (card,) = cards(talk)

    asked = await world.facilitator.click(card, label=REMOVE)
    assert ASKED in shown(asked)
    assert said.id in [message.id for message in talk.thread.history()]
    assert "deleted" in shown(await world.facilitator.click(asked.response, label=REMOVE_IT))

    assert said.id not in [message.id for message in talk.thread.history()]
    assert await talk.texts() == []
    assert says(direct(talk)[-1], TOLD_AUTHOR)
    (noted,) = await world.store.audit_log.of_guild(world.guild.id)
    assert (noted.action, noted.prompt_id, noted.reason) == (MESSAGE_REMOVED, talk.prompt.id, "")
    assert ALREADY_GONE in shown(await world.facilitator.click(card, label=REMOVE))


async def test_without_the_permission_it_says_what_to_do_and_staff_may_not_do_it(talk: Talk) -> None:
    said = await talk.say(f"It was {NHS}.")
    await talk.settle()
    (card,) = cards(talk)

    asked = await talk.world.facilitator.click(card, label=REMOVE)
    path = f"/channels/{talk.thread.id}/messages/{said.id}"
    talk.world.env.inject_error("DELETE", path, status=403, code=50013)
    refused = shown(await talk.world.facilitator.click(asked.response, label=REMOVE_IT))

    assert "Manage Messages" in refused
    assert await talk.texts() == [f"It was {MARK}."]
    assert await talk.world.store.audit_log.of_guild(talk.world.guild.id) == ()
    assert shown(await talk.world.staff[1].click(card, label=REMOVE)).startswith(ONLY.format(who=FACILITATORS))


async def test_the_servers_own_words_are_left_out_of_messages_edits_forms_and_history(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="cogs")
    await add_word(talk.world, "Falcon ward")
    said = await talk.say("On FALCON-ward at night.")
    await talk.settle()
    await talk.world.staff[0].edit(said, "Only on falcon  ward!")
    answer = shown(await talk.fill_in("Falcon Ward again.", who=1))
    with talk.away():
        await talk.world.staff[2].send(talk.thread, "Later on Falcon ward.")
    await talk.restart()

    assert await talk.texts() == ["Only on [word removed]!", "[word removed] again.", "Later on [word removed]."]
    assert Identifier.OWN_WORD.phrase in answer
    assert "falcon" not in (talk.told() + caplog.text).casefold()


async def test_words_about_a_risk_are_answered_with_contacts_to_their_author_alone(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="cogs")
    world = talk.world
    await world.store.settings.change(world.guild.id, contacts={"speak_up": "Sam Okoro, 4321"})
    said = await talk.say("My manager bullies me.")
    await world.staff[0].edit(said, "My manager bullies all of us.")
    await talk.say("My manager bullies me too.", who=1)
    form = shown(await talk.fill_in("I was bullied.", who=2))
    fine = shown(await talk.fill_in("The rota is killing us.", who=3))

    (told,) = direct(talk)
    for answer in (told, form):
        assert "This bot can’t report a concern for you" in answer
        assert "- Freedom to Speak Up guardian: Sam Okoro, 4321" in answer
    assert "report a concern" not in fine
    assert direct(talk, 1) == []
    assert "bull" not in talk.told() + caplog.text
    assert talk.world.office.history() == []


async def test_identifiers_in_the_thread_are_never_stored(talk: Talk) -> None:
    await talk.say("My number is 07700 900123, ring me about patient 943 476 5919.")
    message = await talk.say("Nothing here.")
    await talk.world.staff[0].edit(message, "Write to jane.smith@example.org at 9.30 about band 6.")

    first, second = await talk.texts()
    assert first == "My number is [phone number removed], ring me about patient [NHS number removed]."
    assert second == "Write to [e-mail address removed] at 9.30 about band 6."


async def test_identifiers_in_a_long_message_are_taken_out_beside_the_loop_and_in_their_turn(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def note_thread(*arguments: Any) -> Redaction:
        threads.append(threading.current_thread())
        return sanitise(*arguments)

    monkeypatch.setattr(collection, "sanitise", note_thread)
    long = "Ring 07700 900123 about \uff20\uff11\u00bddob 1/1/1950. " * 40
    kept = await talk.say(long)
    deleted = await talk.say(long, who=1)
    await talk.world.staff[1].delete(deleted)
    await talk.say("After it.", who=2)
    edited = await talk.say("Short at first.")
    await talk.world.staff[0].edit(edited, f"Now long. {long}")
    await talk.settle()

    first, second, third = await talk.texts()
    assert len(long) > LONGEST_ON_LOOP
    assert first == sanitise(kept.content).text
    assert "900123" not in first
    assert second == "After it."
    assert third == sanitise(f"Now long. {long}").text
    assert threads
    assert threading.main_thread() not in threads
