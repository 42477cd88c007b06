"""The choices on the card of /my: what people decide about themselves, each with the button that changes it."""

from __future__ import annotations

from typing import Any

import discord
from simcord.enums import InteractionType

from bot.merged_events import ERASURES_APART
from bot.models.model_endpoint import ModelEndpoint
from bot.services.language_model.client import LanguageModelClient
from bot.store.people.choices import NO_GROUP as UNKNOWN_GROUP
from bot.store.people.choices import STOPPED
from bot.subject_access.account import CANNOT_TELL
from cogs.core.direct_messages import send_direct_message
from cogs.prompts.closing import CLOSED, QUOTE_ME, THANKS, close_prompt
from cogs.subject_access.choices import (
    MODEL_OFF,
    MODEL_ON,
    NOTICES_OFF,
    NOTICES_ON,
    QUOTES_OFF,
    QUOTES_ON,
    QUOTES_ON_AGAIN,
    STARTED,
    TAKE_BACK,
)
from cogs.subject_access.choices import STOPPED as NOW_STOPPED
from cogs.subject_access.data_card import BACK
from cogs.subject_access.erasure_cards import NONE_LEFT
from cogs.subject_access.my_card import (
    ASK_NOBODY,
    ASK_OTHERS,
    CHOOSE,
    COLLECTING_ON,
    COLLECTING_STOPPED,
    GROUP_IS,
    I_MANAGE,
    I_MANAGE_NOT,
    MODEL_NO,
    MODEL_YES,
    NO_GROUP,
    NO_GROUP_SAID,
    NOT_TO_MODEL,
    NOTICES_NO,
    NOTICES_YES,
    OTHERS_HELD,
    OTHERS_NO,
    OTHERS_YES,
    QUOTE_ME_NOT,
    QUOTES_NO,
    QUOTES_YES,
    SEE,
    START_AGAIN,
    STOP_COLLECTING,
    TITLE,
    TO_MODEL,
    WHILE_REFUSED,
    WHILE_STOPPED,
    WRITE_NOT,
    WRITE_TO_ME,
    YOU_MANAGE,
)
from cogs.subject_access.my_card import QUOTE_ME as YOU_MAY
from tests.cogs.replies.talk import Talk
from tests.cogs.review.sitting import selects_named
from tests.cogs.subject_access.steps import choose_group, get_copy, press_in_my
from tests.permissions.walk import a_card, press_button, send
from tests.world import shown, words


async def my(talk: Talk, label: str, who: int = 0) -> str:
    """Open /my and press a button: the card as it is then."""
    await talk.world.env.advance_time(1)  # as between any two things that a person does
    answer = shown(await press_in_my(talk.world.staff[who], talk.world.prompts, label))
    await talk.world.env.advance_time(1)
    return answer


async def choices(talk: Talk, who: int = 0) -> Any:
    return await talk.world.store.people.of(talk.world.guild.id, talk.world.staff[who].id)


async def test_nothing_is_collected_of_somebody_who_stopped_until_they_start_again(talk: Talk) -> None:
    before = await talk.say("Before.")
    await talk.settle()
    told = await my(talk, STOP_COLLECTING)
    during = await talk.say("During.")
    await talk.say("Of somebody else.", 1)
    await talk.world.staff[0].react(before, "👍")
    refused = shown(await talk.fill_in("By the form."))
    started = await my(talk, START_AGAIN)
    await talk.say("After.")

    assert f"{COLLECTING_STOPPED}\n{NOW_STOPPED}" in told
    assert f"{COLLECTING_ON}\n{STARTED}" in started
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
    await my(talk, STOP_COLLECTING)
    with talk.away():
        await talk.say("While both were away.")
    await talk.restart()
    assert await talk.texts() == ["Before."]

    await my(talk, START_AGAIN)
    await talk.restart()

    assert await talk.texts() == ["Before."]


async def test_a_message_that_its_author_changes_after_stopping_leaves(talk: Talk) -> None:
    said = await talk.say("The ward on the third floor is closed.")
    await talk.say("Untouched.")
    await talk.settle()
    await my(talk, STOP_COLLECTING)

    await talk.world.staff[0].edit(said, "A ward is closed.")

    assert await talk.texts() == ["Untouched."]


async def test_the_group_is_set_shown_and_cleared(talk: Talk) -> None:
    ada, here = talk.world.staff[0], talk.world.prompts
    before = shown(await ada.slash(here, "my"))
    chosen = shown(await choose_group(ada, here, "Nursing and midwifery"))
    managing = await my(talk, I_MANAGE)
    kept = await my(talk, I_MANAGE_NOT)
    cleared = shown(await choose_group(ada, here, NO_GROUP))

    assert GROUP_IS.format(group=NO_GROUP_SAID, manages="", least=11) in before
    assert GROUP_IS.format(group="Nursing and midwifery", manages="", least=11) in chosen
    assert GROUP_IS.format(group="Nursing and midwifery", manages=YOU_MANAGE, least=11) in managing
    assert GROUP_IS.format(group="Nursing and midwifery", manages="", least=11) in kept
    assert GROUP_IS.format(group=NO_GROUP_SAID, manages="", least=11) in cleared
    assert await talk.world.store.people.groups(talk.world.guild.id) == {}


async def test_a_group_that_is_none_of_the_list_is_refused(talk: Talk) -> None:
    world = talk.world
    made_up = {"custom_id": "my-choose-group", "component_type": 3, "values": ["Night shift on ward 4"]}
    card = await a_card(world, world.prompts)

    told = await send(world, world.staff[0], world.prompts, card, InteractionType.MESSAGE_COMPONENT, made_up)

    assert UNKNOWN_GROUP in shown(told)
    assert await talk.world.store.people.groups(talk.world.guild.id) == {}


async def test_every_choice_is_changed_on_the_card_itself_and_nobody_else_sees_it(talk: Talk) -> None:
    ada, here = talk.world.staff[0], talk.world.prompts
    opened = await ada.slash(here, "my")
    assert opened.ephemeral
    first = opened.response.message
    card = first

    for label, text in (
        (YOU_MAY, QUOTES_YES),
        (QUOTE_ME_NOT, QUOTES_NO),
        (WRITE_TO_ME, NOTICES_YES),
        (WRITE_NOT, NOTICES_NO),
        (ASK_NOBODY, OTHERS_NO),
        (STOP_COLLECTING, COLLECTING_STOPPED),
        (ASK_OTHERS, OTHERS_HELD.format(why=WHILE_STOPPED)),
        (START_AGAIN, OTHERS_HELD.format(why=WHILE_REFUSED)),
        (YOU_MAY, OTHERS_YES),
        (SEE, CANNOT_TELL),
        (BACK, TITLE),
        (CHOOSE, NONE_LEFT),
        (BACK, COLLECTING_ON),
    ):
        pressed = await ada.click(card, label=label)
        card = pressed.response.message
        assert card.id == first.id, label
        assert pressed.followups == [], label
        assert text in shown(pressed), label
        await talk.world.env.advance_time(1)


async def test_two_presses_of_the_same_button_agree(talk: Talk) -> None:
    ada = talk.world.staff[0]
    opened = (await ada.slash(talk.world.prompts, "my")).response.message
    stop = next(one for one in selects_named(opened, "my-choose-collecting"))["custom_id"]

    for _ in range(2):
        pressed = await press_button(talk.world, ada, talk.world.prompts, stop)
        assert COLLECTING_STOPPED in shown(pressed)
    assert (await choices(talk)).stopped


async def test_quotes_are_allowed_where_a_prompt_closes_and_taken_back(talk: Talk) -> None:
    world = talk.world
    heard: list[int] = []
    world.bot.add_listener(_note(heard), "on_quotes_changed")
    await talk.say("Nights are short staffed.")
    await talk.settle()
    with world.env._bot_scope():
        await close_prompt(world.bot, talk.prompt, world.env.now())
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
    assert "new summaries don’t quote them" in shown(back)
    assert not (await choices(talk)).quotes
    assert heard == [talk.prompt.id] * 2  # once for yes, once for no


def _note(heard: list[int]) -> Any:
    async def on_quotes_changed(prompt_id: int) -> None:
        heard.append(prompt_id)

    return on_quotes_changed


async def test_quotes_are_chosen_on_the_card_too(talk: Talk) -> None:
    yes = await my(talk, YOU_MAY)
    assert await talk.world.store.people.quotable(talk.world.guild.id) == {(await choices(talk)).person}
    no = await my(talk, QUOTE_ME_NOT)
    again = await my(talk, YOU_MAY)
    await my(talk, QUOTE_ME_NOT)

    assert QUOTES_ON_AGAIN in again
    assert QUOTES_ON_AGAIN not in yes
    assert f"{QUOTES_YES}\n{QUOTES_ON}" in yes
    assert f"{QUOTES_NO}\n{QUOTES_OFF}" in no
    assert await talk.world.store.people.quotable(talk.world.guild.id) == frozenset()


async def test_only_those_who_allow_it_get_a_direct_message(talk: Talk) -> None:
    world = talk.world
    allowed, other = world.staff[0], world.staff[1]
    assert NOTICES_ON in await my(talk, WRITE_TO_ME)

    with world.env._bot_scope():
        sent = [
            await send_direct_message(world.bot, world.guild.id, person.id, "Hello.", ("test", 1))
            for person in (allowed, other)
        ]
    assert sent == [True, False]
    assert [message.content for message in allowed.user.dm_channel.history()] == ["Hello."]
    assert NOTICES_OFF in await my(talk, WRITE_NOT)
    with world.env._bot_scope():
        assert not await send_direct_message(world.bot, world.guild.id, allowed.id, "Hello again.", ("test", 2))


async def test_a_refusal_of_discord_is_no_fault(talk: Talk) -> None:
    world = talk.world
    await my(talk, WRITE_TO_ME)
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)

    with world.env._bot_scope():
        assert not await send_direct_message(world.bot, world.guild.id, world.staff[0].id, "Hello.", ("test", 1))


async def test_the_answer_to_the_quotes_button_is_for_the_person_alone(talk: Talk) -> None:
    with talk.world.env._bot_scope():
        await close_prompt(talk.world.bot, talk.prompt, talk.world.env.now())
    line: discord.Message = talk.thread.history()[-1]

    answer = await talk.world.staff[2].click(line, label=QUOTE_ME[0])

    assert QUOTE_ME_NOT in shown(answer)
    assert words(talk.thread.history()[-1]) == words(line)


async def test_the_choice_about_a_language_model_is_there_where_there_is_one(talk: Talk) -> None:
    assert NOT_TO_MODEL not in shown(await talk.world.staff[0].slash(talk.world.prompts, "my"))

    talk.world.bot.language_model = LanguageModelClient(ModelEndpoint("http://127.0.0.1:8080/v1", "small"))
    assert NOT_TO_MODEL not in shown(await talk.world.staff[0].slash(talk.world.prompts, "my"))
    await talk.world.store.settings.change(talk.world.guild.id, language_model=True)
    card = shown(await talk.world.staff[0].slash(talk.world.prompts, "my"))

    assert MODEL_YES in card
    assert NOT_TO_MODEL in card


async def test_a_no_to_the_language_model_is_kept_when_all_else_is_erased_and_can_be_taken_back(talk: Talk) -> None:
    world = talk.world
    world.bot.language_model = LanguageModelClient(ModelEndpoint("http://127.0.0.1:8080/v1", "small"))
    await world.store.settings.change(world.guild.id, language_model=True)
    told = await my(talk, NOT_TO_MODEL)
    assert MODEL_NO in told
    assert MODEL_OFF in told

    await world.store.personal.erase_all(world.guild.id, world.staff[0].id)
    await world.store.settings.change(world.guild.id, language_model=False)
    assert MODEL_NO in shown(await world.staff[0].slash(world.prompts, "my"))

    told = await my(talk, TO_MODEL)
    assert MODEL_ON in told
    assert MODEL_YES in told


async def test_a_copy_of_ones_data_says_that_one_said_no_to_the_language_model(talk: Talk) -> None:
    world = talk.world
    before = await get_copy(world.staff[0], world.prompts)
    await world.store.people.choose(world.guild.id, world.staff[0].id, modelled=False)
    await world.leap(120)
    after = await get_copy(world.staff[0], world.prompts)

    assert all("language model" not in text and "language_model" not in text for text in before.values())
    assert '"may_be_sent_to_a_language_model": false' in after["my-data.json"]
    assert "A language model may get your words" in after["my-data.html"]
