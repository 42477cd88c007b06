"""/my stop, start, group, quotes and notices: what people decide about themselves."""

from __future__ import annotations

from typing import Any

import discord

from bot.merged_events import ERASURES_APART
from bot.store.people.choices import STOPPED
from cogs.core.direct_messages import send_direct_message
from cogs.prompts.closing import CLOSED, QUOTE_ME, THANKS, close
from cogs.subject_access.choices import GROUP, QUOTES_OFF, QUOTES_ON, QUOTES_ON_AGAIN, TAKE_BACK
from tests.cogs.replies.talk import Talk
from tests.world import shown, words


async def my(talk: Talk, command: str, who: int = 0, **options: Any) -> str:
    await talk.world.env.advance_time(1)  # as between any two things that a person does
    answer = shown(await talk.world.staff[who].slash(talk.world.prompts, f"my {command}", **options))
    await talk.world.env.advance_time(1)
    return answer


async def choices(talk: Talk, who: int = 0) -> Any:
    return await talk.world.store.people.of(talk.world.guild.id, talk.world.staff[who].id)


async def test_nothing_is_collected_of_somebody_who_stopped_until_they_start_again(talk: Talk) -> None:
    before = await talk.say("Before.")
    await talk.settle()
    told = await my(talk, "stop")
    during = await talk.say("During.")
    await talk.say("Of somebody else.", 1)
    await talk.world.staff[0].react(before, "👍")
    refused = shown(await talk.fill_in("By the form."))
    started = await my(talk, "start")
    await talk.say("After.")

    assert "What is stored already stays" in told
    assert "What you wrote while you had stopped stays out." in started
    assert refused.startswith(STOPPED)
    assert "By the form" in refused
    assert await talk.texts() == ["Before.", "Of somebody else.", "After."]
    await talk.world.staff[0].edit(during, "During, and changed after.")
    await talk.restart()
    assert await talk.texts() == ["Before.", "Of somebody else.", "After."]
    assert await talk.world.store.replies.reactions_held(talk.prompt.id) == {}


async def test_what_was_written_while_the_bot_was_away_and_its_author_had_stopped_stays_out(talk: Talk) -> None:
    await talk.say("Before.")
    await talk.settle()
    await my(talk, "stop")
    with talk.away():
        await talk.say("While both were away.")
    await talk.restart()
    assert await talk.texts() == ["Before."]

    await my(talk, "start")
    await talk.restart()

    assert await talk.texts() == ["Before."]


async def test_a_message_that_its_author_changes_after_stopping_leaves(talk: Talk) -> None:
    said = await talk.say("The ward on the third floor is closed.")
    await talk.say("Untouched.")
    await talk.settle()
    await my(talk, "stop")

    await talk.world.staff[0].edit(said, "A ward is closed.")

    assert await talk.texts() == ["Untouched."]


async def test_the_group_is_set_shown_and_cleared(talk: Talk) -> None:
    assert (await my(talk, "group")).startswith(GROUP.format(group="not given", manages="", least=11))
    told = await my(talk, "group", group="Nursing and midwifery", manages=True)
    kept = await my(talk, "group", manages=False)
    cleared = await my(talk, "group", group="Prefer not to say")

    assert told.startswith(GROUP.format(group="Nursing and midwifery", manages=", and you manage people", least=11))
    assert "at least 11 people" in told
    assert kept.startswith(GROUP.format(group="Nursing and midwifery", manages="", least=11))
    assert cleared.startswith(GROUP.format(group="not given", manages="", least=11))
    assert await talk.world.store.people.groups(talk.world.guild.id) == {}


async def test_quotes_are_allowed_where_a_prompt_closes_and_taken_back(talk: Talk) -> None:
    world = talk.world
    heard: list[int] = []
    world.bot.add_listener(_note(heard), "on_quotes_changed")
    await talk.say("Nights are short staffed.")
    await talk.settle()
    with world.env._bot_scope():
        await close(world.bot, talk.prompt, world.env.now())
    await world.restart()
    world.bot.add_listener(_note(heard), "on_quotes_changed")

    allowed = await world.staff[0].click(talk.thread.history()[-1], label=QUOTE_ME[0])
    told = shown(allowed)
    assert (await choices(talk)).quotes
    again = await world.staff[0].click(talk.thread.history()[-1], label=QUOTE_ME[0])
    back = await world.staff[0].click(again.response.message, label=TAKE_BACK)
    await world.leap(ERASURES_APART.total_seconds())

    assert talk.world.texts(talk.thread)[-1].startswith(f"{CLOSED} {THANKS.format(people='1 person')}")
    assert "without your name" in told
    assert "new summaries do not quote them" in shown(back)
    assert not (await choices(talk)).quotes
    assert heard == [talk.prompt.id] * 2  # once for yes, once for no


def _note(heard: list[int]) -> Any:
    async def on_quotes_changed(prompt_id: int) -> None:
        heard.append(prompt_id)

    return on_quotes_changed


async def test_quotes_are_chosen_by_a_command_too(talk: Talk) -> None:
    yes = await my(talk, "quotes", quotes="yes")
    assert await talk.world.store.people.quotable(talk.world.guild.id) == {(await choices(talk)).person}
    no = await my(talk, "quotes", quotes="no")
    again = await my(talk, "quotes", quotes="yes")
    await my(talk, "quotes", quotes="no")

    assert QUOTES_ON_AGAIN in again
    assert QUOTES_ON_AGAIN not in yes
    assert yes.startswith(QUOTES_ON)
    assert no.startswith(QUOTES_OFF)
    assert await talk.world.store.people.quotable(talk.world.guild.id) == frozenset()


async def test_only_those_who_allow_it_get_a_direct_message(talk: Talk) -> None:
    world = talk.world
    allowed, other = world.staff[0], world.staff[1]
    assert "my Discord id" not in await my(talk, "notices", notices="on")

    with world.env._bot_scope():
        sent = [
            await send_direct_message(world.bot, world.guild.id, person.id, "Hello.") for person in (allowed, other)
        ]
    assert sent == [True, False]
    assert [message.content for message in allowed.user.dm_channel.history()] == ["Hello."]
    assert "your Discord id is not stored" in await my(talk, "notices", notices="off")
    with world.env._bot_scope():
        assert not await send_direct_message(world.bot, world.guild.id, allowed.id, "Hello again.")


async def test_a_refusal_of_discord_is_no_fault(talk: Talk) -> None:
    world = talk.world
    await my(talk, "notices", notices="on")
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)

    with world.env._bot_scope():
        assert not await send_direct_message(world.bot, world.guild.id, world.staff[0].id, "Hello.")


async def test_the_answer_to_the_quotes_button_is_for_the_person_alone(talk: Talk) -> None:
    with talk.world.env._bot_scope():
        await close(talk.world.bot, talk.prompt, talk.world.env.now())
    line: discord.Message = talk.thread.history()[-1]

    answer = await talk.world.staff[2].click(line, label=QUOTE_ME[0])

    assert "Take it back" in shown(answer)
    assert words(talk.thread.history()[-1]) == words(line)
