"""What a person erases, or takes back with a code, leaves the database and everything made of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.models.private import Quoting
from bot.services.replies.withdrawals import find_next_round
from bot.subject_access.account import IN_DISCORD
from bot.summaries.lifecycle.record import Record
from bot.text.dates import format_local_date
from cogs.core.rate_limits import TOO_FAST
from cogs.replies.left_posts import describe_left
from cogs.subject_access.data_card import BACK, NOTHING
from cogs.subject_access.erasure import CHANGED, ERASED, ERASED_ALL, NO_SUCH_CODE, WITHDRAWN
from cogs.subject_access.erasure_cards import ALL, ERASE_ALL, GO_BACK
from cogs.subject_access.erasure_cards import SURE as SURE_ERASE
from cogs.subject_access.my_card import ERASE_ALL as ERASE_EVERYTHING
from cogs.subject_access.my_card import QUOTE_ME
from cogs.ui.parts import OLDER
from tests.cogs.replies.talk import Talk
from tests.cogs.review.sitting import select_named
from tests.cogs.subject_access.steps import choose_group, open_erase, press_in_my, see_data, use_code
from tests.wording import says
from tests.world import shown, words

ROTAS = "Rotas come out two days before they start, and nobody can plan a week."
PARKING = "Parking costs me an hour of pay each week."
LIFTS = "The lifts to the wards are broken most days."


async def erase_list(talk: Talk, who: int = 0) -> Any:
    return await open_erase(talk.world.staff[who], talk.world.prompts)


async def discussed(talk: Talk) -> None:
    """Ada writes in the thread and by the form, Ben writes; a summary is shared, and a draft is open."""
    await talk.say(ROTAS)
    await talk.fill_in(PARKING)
    await talk.say(LIFTS, 1)
    await talk.settle()
    world = talk.world
    await world.facilitator.slash(world.prompts, "summary thread", prompt=str(talk.prompt.id), share=True)
    await world.facilitator.slash(world.prompts, "summary draft", prompt=str(talk.prompt.id))
    await talk.settle()


async def choose(talk: Talk, *numbers: int, who: int = 0) -> Any:
    """Choose replies by their places in the list; the newest is 0. Returns the card that asks once more."""
    answer = await erase_list(talk, who)
    select = select_named(answer.response.message, "my-delete-choose")
    values = [select["options"][number]["value"] for number in numbers]
    return await talk.world.staff[who].select(answer.response.message, values, custom_id=select["custom_id"])


async def confirm(talk: Talk, asked: Any, who: int = 0) -> str:
    done = await talk.world.staff[who].click(asked.response.message, label=SURE_ERASE)
    await talk.settle()
    return words(done.response.message)


async def everywhere(talk: Talk) -> str:
    """All words that the bot stores or shows of this prompt, in the thread, the office and the database."""
    world, prompt = talk.world, talk.prompt.id
    shared = [Record.from_json(one.body).to_json() for one in await world.store.summaries.shared(prompt)]
    draft = await world.store.drafts.of_prompt(prompt)
    posted = [words(message) for message in talk.thread.history() if message.author.bot]
    return "\n".join([*await talk.texts(), *shared, f"{draft}", *posted, talk.told()])


async def test_chosen_replies_leave_the_database_the_summary_the_draft_and_the_bots_own_message(talk: Talk) -> None:
    await discussed(talk)

    asked = await choose(talk, 0)
    question = words(asked.response.message)
    assert PARKING in await everywhere(talk)
    told = await confirm(talk, asked)

    assert "Delete 1 reply?" in question
    assert told == f"{ERASED.format(done=f'1 reply. {IN_DISCORD}')}\n{BACK}"
    assert await talk.texts() == [ROTAS, LIFTS]
    assert PARKING not in await everywhere(talk)
    assert ROTAS in await everywhere(talk)


async def test_erased_replies_do_not_come_back_from_discords_history(talk: Talk) -> None:
    await discussed(talk)
    await confirm(talk, await choose(talk, 1))

    await talk.restart()

    assert ROTAS in "\n".join(talk.world.texts(talk.thread))  # the message itself stays
    assert await talk.texts() == [PARKING, LIFTS]


async def test_everything_goes_after_one_question(talk: Talk) -> None:
    await discussed(talk)
    ada, store, guild = talk.world.staff[0], talk.world.store, talk.world.guild.id
    message = next(one for one in talk.thread.history() if one.content == LIFTS)
    await ada.react(message, "👍")
    await choose_group(ada, talk.world.prompts, "Students")
    await press_in_my(ada, talk.world.prompts, QUOTE_ME)
    today = talk.world.env.now().date()
    await store.private.add(
        talk.prompt, ada.id, text="In private.", quoting=Quoting.YES, group="", manages=False, today=today
    )

    answer = await erase_list(talk)
    asked = await ada.click(answer.response.message, label=ERASE_ALL)
    told = await confirm(talk, asked)
    await talk.restart()
    store = talk.world.store

    assert told.startswith(ERASED_ALL.format(done="2 replies and 1 private reply."))
    assert await talk.texts() == [LIFTS]
    assert ROTAS not in "\n".join(words(one) for one in talk.thread.history() if one.author.bot)
    assert await store.people.groups(guild) == {}
    assert await store.private.own_all(guild, ada.id) == ()
    assert await store.replies.reactions_held(talk.prompt.id) == {}
    assert NOTHING in shown(await see_data(talk.world.staff[0], talk.world.prompts))


async def test_a_choice_that_is_out_of_date_erases_nothing(talk: Talk) -> None:
    await discussed(talk)
    asked = await choose(talk, 0)
    await talk.say("One more thing.")
    await talk.settle()

    told = await confirm(talk, asked)

    assert told.startswith(CHANGED)
    assert len(await talk.texts()) == 4


async def test_going_back_erases_nothing(talk: Talk) -> None:
    await discussed(talk)
    asked = await choose(talk, 0, 1)

    back = await talk.world.staff[0].click(asked.response.message, label=GO_BACK)

    assert "## Delete replies" in words(back.response.message)
    assert len(await talk.texts()) == 3


async def test_more_replies_than_a_list_holds_are_paged(talk: Talk) -> None:
    for number in range(27):
        await talk.say(f"Thought {number}")
    await talk.settle()

    answer = await erase_list(talk)
    older = await talk.world.staff[0].click(answer.response.message, label=OLDER)
    select = select_named(older.response.message, "my-delete-choose")
    values = [option["value"] for option in select["options"]]
    asked = await talk.world.staff[0].select(older.response.message, values, custom_id=select["custom_id"])
    await confirm(talk, asked)

    assert await talk.texts() == [f"Thought {number}" for number in range(2, 27)]


async def test_where_the_bots_message_cannot_be_deleted_the_person_hears_of_it(talk: Talk) -> None:
    await discussed(talk)
    asked = await choose(talk, 0)
    talk.world.env.inject_error("DELETE", "/channels/*/messages/*", status=403, code=50013)

    told = await confirm(talk, asked)

    assert describe_left(1) in told
    assert PARKING not in await talk.texts()


async def test_a_withdrawal_code_erases_a_private_reply_and_wrong_ones_are_slowed_down(talk: Talk) -> None:
    store, ada = talk.world.store, talk.world.staff[0]
    today = talk.world.env.now().date()
    code = await store.private.add(
        talk.prompt, ada.id, text="In private.", quoting=Quoting.YES, group="", manages=False, today=today
    )

    wrong = [shown(await use_code(talk.world.staff[1], talk.world.prompts, "no such code")) for _ in range(6)]
    done = shown(await use_code(ada, talk.world.prompts, code))
    again = shown(await use_code(ada, talk.world.prompts, code))

    assert all(NO_SUCH_CODE in answer for answer in wrong[:5])
    assert says(wrong[5], TOO_FAST)
    date = format_local_date(find_next_round(talk.world.env.now(), "Europe/London"), "Europe/London")
    assert done == again == WITHDRAWN.format(date=date)
    assert await store.private.own(talk.prompt, ada.id) is not None
    await talk.world.env.advance_time(timedelta(hours=24).total_seconds())
    assert await store.private.own(talk.prompt, ada.id) is None
    assert NO_SUCH_CODE in shown(await use_code(ada, talk.world.prompts, code))


async def test_a_code_is_taken_by_the_command_itself_and_tries_count_with_those_of_the_form(talk: Talk) -> None:
    world, ada = talk.world, talk.world.staff[0]
    today = world.env.now().date()
    code = await world.store.private.add(
        talk.prompt, ada.id, text="In private.", quoting=Quoting.YES, group="", manages=False, today=today
    )

    assert says(shown(await ada.slash(world.prompts, "my", code=code)), WITHDRAWN)
    tries = [shown(await ada.slash(world.prompts, "my", code="no such code")) for _ in range(5)]
    assert all(NO_SUCH_CODE in answer for answer in tries[:4])
    assert says(tries[4], TOO_FAST)
    assert says(shown(await use_code(ada, world.prompts, "no such code")), TOO_FAST)


async def test_the_second_step_names_what_stays_each_no_among_it(talk: Talk) -> None:
    await discussed(talk)
    world, ada = talk.world, talk.world.staff[0]
    await world.store.people.choose(world.guild.id, ada.id, shown=False)
    sure = await press_in_my(ada, world.prompts, ERASE_EVERYTHING)
    assert "each “no” that you gave here" in shown(sure)
    await confirm(talk, sure)

    assert not (await world.store.people.of(world.guild.id, ada.id)).shown


async def test_everything_is_erased_in_three_steps_and_the_second_says_what_stays(talk: Talk) -> None:
    await discussed(talk)
    sure = await press_in_my(talk.world.staff[0], talk.world.prompts, ERASE_EVERYTHING)
    assert says(shown(sure), ALL, in_discord=IN_DISCORD)

    assert says(await confirm(talk, sure), ERASED_ALL)
    assert await talk.texts() == [LIFTS]
