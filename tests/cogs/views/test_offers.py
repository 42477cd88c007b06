"""Facilitators are offered statements, show those that are ticked, and take one back; what goes leaves every card."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.merged_events import ERASURES_APART
from bot.models.views import Choice, StatementState
from bot.store.statements import DECIDED, MORE_CAME
from cogs.prompts.card import OTHERS
from cogs.prompts.commands import NOT_ASKED, NOTHING_OFFERED
from cogs.replies.views import KEEP_BACK
from cogs.setup.forms import PLACES, TITLES
from cogs.subject_access.choices import OTHERS_OFF, OTHERS_ON
from cogs.subject_access.my_card import ASK_NOBODY, ASK_OTHERS, QUOTE_ME_NOT, STOP_COLLECTING
from cogs.views.cards import NOTHING_HERE, OFFER_GONE, OFFER_NONE, OFFER_OVER
from cogs.views.question_cards import LINE
from tests.cogs.prompts.scenes import DAY
from tests.cogs.replies.talk import Talk
from tests.cogs.setup.steps import fill_in
from tests.cogs.subject_access.steps import press_in_my
from tests.cogs.views.scenes import (
    SAID,
    click_offer,
    offers,
    open_others,
    own_presses,
    say_all,
    show_all,
    shown_statements,
    statement_of,
    tap,
    text_of,
    tick_offer,
    views_talk,
)
from tests.permissions.walk import press_button
from tests.wording import says
from tests.world import form_parts, shown, words

MORE = (
    "Porters are called three times for the same trolley, because the list is not shared.",
    "Discharge letters go out late since all wards share the same printer.",
    "Rotas come out on Fridays for the Monday after, and swaps are refused.",
)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with views_talk(tmp_path) as made:
        yield made


async def test_nothing_is_offered_before_five_replies(talk: Talk) -> None:
    await say_all(talk, SAID[:4])
    assert offers(talk.world) == []
    assert OTHERS not in words(talk.card)
    told = shown(await talk.world.facilitator.slash(talk.thread, "prompt others"))
    assert says(told, NOTHING_OFFERED)

    await say_all(talk, SAID[4:5])
    (offer,) = offers(talk.world)
    assert all(text in words(offer) for text in SAID[:5])


async def test_the_ticked_ones_are_shown_with_one_press_and_the_thread_is_told_once(talk: Talk) -> None:
    await say_all(talk)
    statements = await talk.world.store.statements.of_prompt(talk.prompt.id)
    dropped, *kept = statements
    assert OTHERS not in words(talk.card)

    await tick_offer(talk, [said.mark for said in kept])
    await show_all(talk)

    assert {said.text for said in await shown_statements(talk)} == {said.text for said in kept}
    assert dropped.text not in words(offers(talk.world)[0])
    assert OTHERS in words(talk.card)
    lines = [text for text in talk.world.texts(talk.thread) if LINE in text]
    assert len(lines) == 1
    await talk.restart()
    assert [text for text in talk.world.texts(talk.thread) if LINE in text] == lines
    assert len(offers(talk.world)) == 1
    assert "statements shown to others" in str(await talk.world.store.audit_log.of_guild(talk.world.guild.id))


async def test_two_facilitators_decide_once(talk: Talk) -> None:
    await say_all(talk)
    statements = await talk.world.store.statements.of_prompt(talk.prompt.id)
    seen = f"{statements[0].offer_id}:{statements[-1].id}"
    await click_offer(talk, "offer-none")
    late = await press_button(talk.world, talk.world.facilitator, talk.world.office, f"offer-show:{seen}")
    assert DECIDED in " ".join(words(told.message) for told in late.followups)
    assert await shown_statements(talk) == ()
    assert OFFER_NONE in words(offers(talk.world)[0])
    assert OTHERS not in words(talk.card)


async def test_others_cannot_decide(talk: Talk) -> None:
    await say_all(talk)
    offer_id = (await talk.world.store.statements.of_prompt(talk.prompt.id))[0].offer_id
    for name in ("offer-show:{}:9", "offer-none:{}:9", "offer-tick:{}", "offer-back:{}"):
        refused = await press_button(talk.world, talk.world.staff[0], talk.world.prompts, name.format(offer_id))
        assert "Only facilitators" in shown(refused)
    assert await shown_statements(talk) == ()


async def test_one_that_is_taken_back_goes_with_what_was_tapped_about_it(talk: Talk) -> None:
    await say_all(talk)
    await show_all(talk)
    seen = await open_others(talk, 9)
    first = statement_of(seen)
    await tap(talk, seen, 9, Choice.SAME)
    (said,) = (said for said in await shown_statements(talk) if said.text == first)

    offer = offers(talk.world)[0]
    await talk.world.facilitator.select(offer, [said.mark], custom_id=f"offer-back:{said.offer_id}")
    await talk.settle()

    assert first not in words(offers(talk.world)[0])
    assert await own_presses(talk, 9) == {}
    assert said.mark not in {left.mark for left in await shown_statements(talk)}


async def test_a_deleted_reply_leaves_the_cards_and_an_edited_one_unless_only_its_spelling_changed(talk: Talk) -> None:
    sent = [await talk.say(text, who) for who, text in enumerate(SAID)]
    await talk.world.leap(120)
    await talk.settle()
    await show_all(talk)
    by_text = {said.text: said for said in await shown_statements(talk)}
    spelled, changed, deleted = sorted(by_text)[:3]
    seen = await open_others(talk, 9)
    while statement_of(seen):
        seen = await tap(talk, seen, 9, Choice.SAME)
    messages = dict(zip(SAID, sent, strict=True))
    author = {text: talk.world.staff[who] for who, text in enumerate(SAID)}

    await author[spelled].edit(messages[spelled], f"{spelled}  Thanks for asking.".replace("ar", "ar", 1))
    await author[changed].edit(messages[changed], "We never had any trouble with that at all.")
    await author[deleted].delete(messages[deleted])
    await talk.settle()
    await talk.world.leap(ERASURES_APART.total_seconds())  # the first edit was followed just before
    await talk.settle()

    left = {said.text for said in await shown_statements(talk)}
    assert spelled in left
    assert {changed, deleted}.isdisjoint(left)
    assert set(await own_presses(talk, 9)) == left
    card = words(offers(talk.world)[0])
    assert spelled in card
    assert changed not in card
    assert deleted not in card
    assert "We never had any trouble" not in card


async def test_an_author_says_no_on_the_form_or_in_my_and_is_put_to_nobody(talk: Talk) -> None:
    form = await talk.world.staff[0].click(talk.card, label="Reply")
    parts = form_parts(form)
    assert KEEP_BACK in str(form.modal)
    assert not parts["kept-back"].get("default")
    await talk.world.staff[0].submit_modal(form, {"words": SAID[0], "kept-back": True})
    for who, text in enumerate(SAID[1:], 1):
        await talk.say(text, who)
    await talk.world.leap(120)
    await talk.settle()
    assert SAID[0] not in words(offers(talk.world)[0])
    await show_all(talk)
    again = await talk.world.staff[0].click(talk.card, label="Reply")
    assert form_parts(again)["kept-back"].get("default")

    (first, *others) = await shown_statements(talk)
    author = SAID.index(first.text)
    told = shown(await press_in_my(talk.world.staff[author], talk.world.prompts, ASK_NOBODY))
    await talk.settle()
    assert OTHERS_OFF in told
    assert {said.text for said in await shown_statements(talk)} == {said.text for said in others}
    assert first.text not in words(offers(talk.world)[0])
    told = shown(await press_in_my(talk.world.staff[author], talk.world.prompts, ASK_OTHERS))
    await talk.settle()
    assert OTHERS_ON in told
    assert first.text in {said.text for said in await shown_statements(talk)}


@pytest.mark.parametrize("choice", [STOP_COLLECTING, QUOTE_ME_NOT])
async def test_who_stops_or_says_no_to_quotes_is_put_to_nobody(talk: Talk, choice: str) -> None:
    await say_all(talk)
    await show_all(talk)
    (first, *others) = await shown_statements(talk)
    author = talk.world.staff[SAID.index(first.text)]
    await press_in_my(author, talk.world.prompts, choice)
    await talk.settle()
    assert {said.text for said in await shown_statements(talk)} == {said.text for said in others}
    assert first.text not in words(offers(talk.world)[0])


async def test_the_button_goes_when_nothing_is_left(talk: Talk) -> None:
    await say_all(talk, SAID[:5])
    await show_all(talk)
    for said in await shown_statements(talk):
        author = talk.world.staff[SAID.index(said.text)]
        await press_in_my(author, talk.world.prompts, ASK_NOBODY)
    await talk.settle()
    assert OTHERS not in words(talk.card)
    seen = await press_button(talk.world, talk.world.staff[9], talk.world.prompts, f"others:{talk.prompt.claim}")
    assert NOTHING_HERE in text_of(seen)


async def test_an_offer_of_which_nothing_is_left_says_so(talk: Talk) -> None:
    await say_all(talk, SAID[:5])
    for member in talk.world.staff[:5]:
        await press_in_my(member, talk.world.prompts, ASK_NOBODY)
    await talk.settle()
    assert OFFER_GONE in words(offers(talk.world)[0])


async def test_what_waits_for_an_answer_grows_and_nothing_is_shown_that_nobody_read(talk: Talk) -> None:
    await say_all(talk)
    before = await talk.world.store.statements.of_prompt(talk.prompt.id)
    await say_all(talk, MORE[:1])
    (offer,) = offers(talk.world)
    assert MORE[0] in words(offer)

    seen = f"{before[0].offer_id}:{before[-1].id}"
    told = await press_button(talk.world, talk.world.facilitator, talk.world.office, f"offer-show:{seen}")
    assert MORE_CAME in " ".join(words(answer.message) for answer in told.followups)
    assert await shown_statements(talk) == ()
    await show_all(talk)
    assert MORE[0] in {said.text for said in await shown_statements(talk)}


async def test_more_are_offered_as_replies_come_and_at_most_twice_a_week(talk: Talk) -> None:
    await say_all(talk)
    await show_all(talk)
    await say_all(talk, MORE[:1])
    assert len(offers(talk.world)) == 1
    await talk.world.leap(DAY)
    await talk.settle()
    assert len(offers(talk.world)) == 2
    await show_all(talk)
    assert MORE[0] in words(offers(talk.world)[-1])
    assert not any(text in words(offers(talk.world)[-1]) for text in SAID[:5])
    await say_all(talk, MORE[1:2])
    await talk.world.leap(2 * DAY)
    await talk.settle()
    assert len(offers(talk.world)) == 2
    await talk.world.leap(4 * DAY)
    await talk.settle()
    assert len(offers(talk.world)) == 3


async def test_without_a_channel_for_facilitators_the_command_shows_the_same_card(talk: Talk) -> None:
    await talk.world.store.settings.save(replace(talk.world.settings, facilitators_channel_id=None))
    await say_all(talk)
    assert offers(talk.world) == []
    seen = await talk.world.facilitator.slash(talk.thread, "prompt others")
    assert SAID[1] in shown(seen)
    label = next(line for line in words(seen.response.message).splitlines() if line.startswith("Show ticked"))
    await talk.world.facilitator.click(seen.response, label=label)
    await talk.settle()
    assert OTHERS in words(talk.card)


@pytest.mark.parametrize("code", [50001, 10003])
async def test_an_offer_moves_to_the_new_channel_though_the_old_one_is_closed_to_the_bot_or_gone(
    talk: Talk, code: int
) -> None:
    world = talk.world
    await say_all(talk)
    status = 404 if code == 10003 else 403
    for method in ("PATCH", "GET"):
        world.env.inject_error(method, f"/channels/{world.office.id}/messages/*", status=status, code=code)
    office = world.guild.create_text_channel("new-office")

    await fill_in(world, TITLES[PLACES], prompts_channel_id=[world.prompts], facilitators_channel_id=[office])
    await talk.settle()
    await world.leap(120)
    await talk.settle()

    (offer,) = [text for text in world.texts(office) if SAID[1] in text]
    assert talk.prompt.wording.question in offer


async def test_when_the_question_closes_no_words_are_left_in_the_facilitators_channel(talk: Talk) -> None:
    await say_all(talk)
    await show_all(talk)
    await talk.world.leap(15 * DAY)
    await talk.settle()
    (offer,) = offers(talk.world)
    assert words(offer) == OFFER_OVER
    assert OTHERS not in words(talk.card)
    told = shown(await talk.world.facilitator.slash(talk.thread, "prompt others"))
    assert NOT_ASKED in told
    assert (await talk.world.store.statements.of_prompt(talk.prompt.id))[0].state is StatementState.SHOWN


async def test_what_went_while_the_bot_was_away_leaves_the_card_at_its_start(talk: Talk) -> None:
    sent = [await talk.say(text, who) for who, text in enumerate(SAID)]
    await talk.world.leap(120)
    await talk.settle()
    said = (await talk.world.store.statements.of_prompt(talk.prompt.id))[0]
    who = SAID.index(said.text)
    with talk.away():
        await talk.world.staff[who].delete(sent[who])
        await talk.restart()
    await talk.settle()
    assert said.text not in words(offers(talk.world)[0])
