"""Staff tap about what others said: one statement at a time, never their own, changeable, and seen by nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.models.views import Choice
from bot.services.statements import GONE
from bot.store.keyed.checks import NO_CHECK
from bot.store.keyed.prompt_presses import NOT_OPEN
from bot.store.people.choices import STOPPED
from cogs.subject_access.my_card import STOP_COLLECTING
from cogs.views.cards import AGAIN, BACK, DONE, OWN_WORDS, PRIVATELY, PROMISE, STOP, UNDO, UNDONE, WITH_NAME, ask_about
from cogs.views.presses import LOOKING, NO_CHOICE
from tests.cogs.prompts.scenes import DAY
from tests.cogs.replies.talk import Talk
from tests.cogs.subject_access.steps import press_in_my
from tests.cogs.views.scenes import (
    button_of,
    click,
    open_others,
    own_presses,
    place_of,
    say_all,
    show_all,
    shown_statements,
    statement_of,
    tap,
    text_of,
    views_talk,
)
from tests.permissions.walk import press_button
from tests.wording import says
from tests.world import shown, words

SAME, DIFFERENT, SKIP = Choice


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with views_talk(tmp_path) as made:
        await say_all(made)
        await show_all(made)
        yield made


async def tap_through(talk: Talk, who: int, *choices: Choice) -> Any:
    """Open what others said, and press so often. Returns what the person sees then."""
    seen = await open_others(talk, who)
    for choice in choices:
        seen = await tap(talk, seen, who, choice)
    return seen


async def test_one_press_a_statement_leads_through_all_of_them(talk: Talk) -> None:
    everything = {said.text for said in await shown_statements(talk)}
    seen = await open_others(talk, 8)
    assert says(text_of(seen), PROMISE)
    met = []
    for number in range(len(everything)):
        assert place_of(seen) == (number + 1, len(everything))
        met.append(statement_of(seen))
        seen = await tap(talk, seen, 8, (SAME, DIFFERENT, SKIP)[number % 3])
        assert not says(text_of(seen), PROMISE)

    assert set(met) == everything
    assert DONE in text_of(seen)
    pressed = await own_presses(talk, 8)
    assert [pressed[text] for text in met] == [(SAME, DIFFERENT, SKIP)[n % 3] for n in range(len(met))]


async def test_a_statement_comes_with_the_question_that_it_answers(talk: Talk) -> None:
    assert ask_about(talk.prompt.wording.question) in text_of(await open_others(talk, 7))


async def test_nobody_is_asked_about_their_own_words(talk: Talk) -> None:
    for author, said in enumerate(await shown_statements(talk)):
        author = await author_of(talk, said.reply_id)
        seen = await open_others(talk, author)
        met = set()
        while statement_of(seen):
            met.add(statement_of(seen))
            seen = await tap(talk, seen, author, SKIP)
        assert said.text not in met
        assert len(met) == len(await shown_statements(talk)) - 1


async def author_of(talk: Talk, reply_id: int) -> int:
    (reply,) = (reply for reply in await talk.replies() if reply.id == reply_id)
    store = talk.world.store
    guild_id = talk.world.guild.id
    persons = [(await store.people.of(guild_id, member.id)).person for member in talk.world.staff]
    return persons.index(reply.person)


async def test_a_press_can_be_changed_and_all_can_be_undone(talk: Talk) -> None:
    seen = await tap_through(talk, 8, SAME)
    back = await click(talk, seen, 8, BACK)
    assert f"✓ {SAME.label}" in text_of(back)
    first = statement_of(back)
    await tap(talk, back, 8, DIFFERENT)
    assert (await own_presses(talk, 8))[first] is DIFFERENT

    while statement_of(seen := await open_others(talk, 8)):
        await tap(talk, seen, 8, SKIP)
    again = await click(talk, seen, 8, AGAIN)
    assert statement_of(again)
    gone = await click(talk, await open_others(talk, 8), 8, UNDO)
    assert text_of(gone) == UNDONE
    assert await own_presses(talk, 8) == {}
    assert place_of(await open_others(talk, 8))[0] == 1


async def test_people_go_on_where_they_were_on_another_phone_and_after_a_restart(talk: Talk) -> None:
    seen = await tap_through(talk, 8, SAME, DIFFERENT)
    first_phone = button_of(seen, SAME.label)
    stopped = await click(talk, seen, 8, STOP)
    assert statement_of(stopped) == ""
    other = await open_others(talk, 8)
    assert place_of(other)[0] == 3
    answered = await own_presses(talk, 8)
    assert statement_of(other) not in answered

    await talk.restart()
    after = await open_others(talk, 8)
    assert place_of(after)[0] == 3
    assert await own_presses(talk, 8) == answered
    await press_button(talk.world, talk.world.staff[8], talk.world.prompts, first_phone)  # from before all that
    assert len(await own_presses(talk, 8)) == 3


async def test_two_clicks_at_once_are_one_press(talk: Talk) -> None:
    pressed = button_of(await open_others(talk, 8), SAME.label)
    for _ in range(2):
        await press_button(talk.world, talk.world.staff[8], talk.world.prompts, pressed)
    assert list((await own_presses(talk, 8)).values()) == [SAME]


async def test_those_who_run_it_look_and_do_not_tap(talk: Talk) -> None:
    world = talk.world
    for member in (world.facilitator, world.organiser, world.manager):
        seen = await member.click(talk.card, label="What others said")
        met = set()
        while statement_of(seen):
            assert SAME.label not in text_of(seen)
            met.add(statement_of(seen))
            seen = await member.click(seen.response, label="Next")
        assert len(met) == len(await shown_statements(talk))
        (first, *_) = await shown_statements(talk)
        forged = await press_forged(talk, member, talk.prompt.claim, f"{first.mark}s")
        assert LOOKING in shown(forged)
    assert await talk.world.store.presses.has_uncounted(talk.prompt) is False


async def press_forged(talk: Talk, member: Any, claim: str, pressed: str) -> Any:
    """Press a button that no card shows, as somebody can who writes their own program."""
    return await press_button(talk.world, member, talk.world.prompts, f"others-press:{claim}:{pressed}:")


async def test_forged_buttons_change_nothing(talk: Talk) -> None:
    statements = await shown_statements(talk)
    author = await author_of(talk, statements[0].reply_id)
    ada = talk.world.staff[author]
    for claim, pressed, answer in (
        (talk.prompt.claim, f"{statements[0].mark}s", GONE),  # their own words
        (talk.prompt.claim, "zzzzs", GONE),
        (talk.prompt.claim, f"{statements[1].mark}x", NO_CHOICE),
        (talk.prompt.claim, "", NO_CHOICE),
        ("0123456789abcdef", f"{statements[1].mark}s", NO_CHECK),
    ):
        assert answer in shown(await press_forged(talk, ada, claim, pressed))
    assert not await talk.world.store.presses.has_uncounted(talk.prompt)


async def test_own_words_can_be_added_with_a_name_or_privately(talk: Talk) -> None:
    seen = await open_others(talk, 8)
    asked = await click(talk, seen, 8, OWN_WORDS)
    named = await click(talk, asked, 8, WITH_NAME)
    assert named.modal["title"] == "Your reply"
    private = await click(talk, asked, 8, PRIVATELY)
    assert "private" in private.modal["title"].casefold()
    back = await click(talk, asked, 8, BACK)
    assert statement_of(back)


async def test_whoever_stopped_cannot_tap(talk: Talk) -> None:
    seen = await open_others(talk, 8)
    await press_in_my(talk.world.staff[8], talk.world.prompts, STOP_COLLECTING)
    refused = await tap(talk, seen, 8, SAME)
    assert STOPPED in shown(refused)
    assert await own_presses(talk, 8) == {}


async def test_after_the_date_nothing_is_taken_even_if_the_bot_is_late(talk: Talk) -> None:
    seen = await open_others(talk, 8)
    with talk.away():
        talk.world.env._move_clock(talk.world.env._virtual_time + 15 * DAY)
    refused = await tap(talk, seen, 8, SAME)
    assert NOT_OPEN in shown(refused) or GONE in shown(refused)
    await talk.settle()
    assert "What others said" not in words(talk.card)
