"""Staff suggest by a form; facilitators answer on a card without a name; what is erased leaves their channel too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.errors import UserError
from bot.models.library import Document, Passage, SourceDetails
from bot.models.suggestions import Suggestion, SuggestionState
from bot.replies.redaction.kinds import Identifier
from bot.replies.sanitise import format_removed
from bot.services.suggestions import NO_REASON
from bot.store.people.choices import STOPPED
from bot.store.suggestions import ANSWERED, NO_SUGGESTION
from bot.text.words import plural
from cogs.core.rate_limits import TOO_FAST
from cogs.setup.forms import PLACES, TITLES
from cogs.subject_access.data_card import READ_WORDS, SUGGESTIONS
from cogs.subject_access.erasure_cards import ERASE_ALL
from cogs.subject_access.erasure_cards import SURE as SURE_ERASE
from cogs.subject_access.my_card import STOP_COLLECTING
from cogs.suggestions.answers import ADDED, ASKED
from cogs.suggestions.cards import APPROVE, APPROVED, DECLINE
from cogs.suggestions.commands import KEPT
from tests.cogs.setup.steps import fill_in
from tests.cogs.subject_access.steps import open_erase, press_in_my, see_data
from tests.wording import says
from tests.world import World, form_parts, new_world, shown, words

PASSAGE = {"passage": "Leaders *exist* at all levels.", "source": "A report, page 3", "question": "Where?"}
QUESTION = {"passage": "", "source": "", "question": "What would help you?"}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    steps = ("cogs.setup", "cogs.library", "cogs.suggestions", "cogs.subject_access", "cogs.retention")
    async with new_world(tmp_path, extensions=steps) as made:
        yield made


async def suggest(world: World, parts: dict[str, str], who: int = 0) -> str:
    """Somebody sends the form. Returns what they alone see."""
    form = await world.staff[who].slash(world.prompts, "suggest")
    told = shown(await world.staff[who].submit_modal(form, parts))
    await world.env.settle()
    return told


def cards(world: World) -> list[discord.Message]:
    return [message for message in world.office.history() if "Suggestion" in words(message)]


async def approve(world: World, filled: dict[str, Any]) -> str:
    form = await world.facilitator.click(cards(world)[-1], label=APPROVE)
    return shown(await world.facilitator.submit_modal(form, filled))


async def decline(world: World, reason: str) -> str:
    form = await world.facilitator.click(cards(world)[-1], label=DECLINE)
    return shown(await world.facilitator.submit_modal(form, {"reason": reason}))


async def only(world: World, who: int = 0) -> Suggestion:
    (found,) = await world.store.suggestions.of_person(world.guild.id, world.staff[who].id)
    return found


async def test_a_passage_becomes_an_excerpt_as_the_facilitator_changed_it(world: World) -> None:
    told = await suggest(world, {**PASSAGE, "passage": "Leaders *exist* at all levels. Call 07700 900123."})
    assert format_removed({Identifier.PHONE_NUMBER: 1}, "suggestion") in told
    (card,) = cards(world)
    assert "> Leaders \\*exist\\* at all levels." in words(card)
    assert "900123" not in words(card)
    assert "Ada" not in words(card)
    assert str(world.staff[0].id) not in words(card)

    await world.restart()
    assert len(cards(world)) == 1
    form = await world.facilitator.click(cards(world)[0], label=APPROVE)
    parts = form_parts(form)
    assert parts["place"]["value"] == "A report, page 3"
    filled = {"text": "Leaders exist.", "heading": "", "place": "page 3", "question": "Where?", "whose": "source"}
    assert says(shown(await world.facilitator.submit_modal(form, filled)), ADDED, number=1)
    excerpt = (await world.store.library.excerpts(world.guild.id))[-1]
    assert (excerpt.passage.text, excerpt.passage.place, excerpt.question) == ("Leaders exist.", "page 3", "Where?")
    assert (await only(world)).excerpt_id == excerpt.id
    assert words(cards(world)[0]) == f"## Suggestion 1\n{APPROVED}"


async def test_a_question_goes_to_the_excerpt_that_its_words_name(world: World) -> None:
    await world.store.settings.join([world.guild.id])
    document = Document(
        SourceDetails("A report"), (Passage("Nights shift zebra."), Passage("Days shift zebra.")), "d", "text"
    )
    await world.store.library.add_source(world.guild.id, document)
    await suggest(world, QUESTION)
    assert "more than one" in await approve(world, {"question": "What helps?", "source": "zebra"})
    assert (await only(world)).state is SuggestionState.WAITING
    assert ASKED in await approve(world, {"question": "What helps?", "source": "nights shift zebra"})
    assert [one.question for one in await world.store.library.find(world.guild.id, "nights shift")] == ["What helps?"]


async def test_the_author_sees_a_reason_and_is_written_to_only_where_they_allow_it(world: World) -> None:
    await suggest(world, PASSAGE)
    await suggest(world, QUESTION, who=1)
    await world.store.people.choose(world.guild.id, world.staff[1].id, notices=True)
    assert NO_REASON in await decline(world, "  ")
    assert "Declined" in await decline(world, "We *asked* it last week.")
    assert "asked" not in words(cards(world)[-1])
    answered = await only(world, 1)
    assert (answered.state, answered.answer) == (SuggestionState.DECLINED, "We *asked* it last week.")
    data = await see_data(world.staff[1], world.prompts)
    assert plural(1, *SUGGESTIONS) in shown(data)
    page = shown(await world.staff[1].click(data.response.message, label=READ_WORDS))
    assert "What would help you?" in page
    assert "We \\*asked\\* it last week." in page
    (sent,) = world.staff[1].user.dm_channel.history()
    assert "We \\*asked\\* it last week." in sent.content


async def test_two_facilitators_at_once_decide_once(world: World) -> None:
    await suggest(world, PASSAGE)
    forms = [
        await world.facilitator.click(cards(world)[0], label=DECLINE),
        await world.manager.click(cards(world)[0], label=DECLINE),
    ]
    told = [
        shown(await world.facilitator.submit_modal(forms[0], {"reason": "First."})),
        shown(await world.manager.submit_modal(forms[1], {"reason": "Second."})),
    ]
    assert sum(ANSWERED in text for text in told) == 1
    assert sum("Declined." in text for text in told) == 1


async def test_what_is_refused_is_given_back_and_nothing_is_stored(world: World) -> None:
    for parts, why in (
        ({**QUESTION, "question": ""}, "Please write a passage or a question."),
        ({**PASSAGE, "source": ""}, "Please say where the passage is from."),
    ):
        told = await suggest(world, parts)
        assert why in told
    assert "Leaders \\*exist\\*" in told
    await press_in_my(world.staff[0], world.prompts, STOP_COLLECTING)
    assert STOPPED in shown(await world.staff[0].slash(world.prompts, "suggest"))
    assert cards(world) == []
    for _ in range(6):
        told = await suggest(world, QUESTION, who=1)
    assert says(told, TOO_FAST)
    assert "What would help you?" in told
    assert len(cards(world)) == 5


async def test_what_is_erased_leaves_the_channel_also_where_the_bot_was_away(world: World) -> None:
    await suggest(world, PASSAGE)
    await suggest(world, QUESTION, who=1)
    choice = await open_erase(world.staff[0], world.prompts)
    asked = await world.staff[0].click(choice.response.message, label=ERASE_ALL)
    await world.staff[0].click(asked.response.message, label=SURE_ERASE)
    await world.env.settle()
    assert ["What would help you?" in words(card) for card in cards(world)] == [True]
    await world.store.personal.erase_all(world.guild.id, world.staff[1].id)
    await world.restart()
    assert cards(world) == []


async def test_a_card_that_was_cut_short_is_posted_once(world: World) -> None:
    await world.store.settings.change(world.guild.id, facilitators_channel_id=None)
    await suggest(world, QUESTION)
    assert cards(world) == []
    await world.store.settings.change(world.guild.id, facilitators_channel_id=world.office.id)
    await world.restart()
    (card,) = cards(world)
    made = await only(world)
    assert made.message_id == card.id
    # Killed between the card and its note.
    await world.store.suggestions.note_card(made, None)
    await world.restart()
    assert [one.id for one in cards(world)] == [card.id]
    assert (await only(world)).message_id == card.id


async def test_whoever_writes_of_a_risk_is_shown_whom_to_speak_to(world: World) -> None:
    await world.store.settings.change(world.guild.id, contacts={"speak_up": "Guardian, extension 4321"})
    told = await suggest(world, {**QUESTION, "question": "Why is nobody stopped who bullies us and hits a patient?"})

    assert "extension 4321" in told
    assert "extension 4321" not in words(cards(world)[-1])


async def test_suggestions_and_their_cards_go_with_the_replies_of_their_time(world: World) -> None:
    await suggest(world, QUESTION)
    await world.leap(20 * 86_400)
    await decline(world, "We asked that before.")
    await suggest(world, PASSAGE, 1)
    await world.store.settings.change(world.guild.id, retention_days=30)
    await world.leap(29 * 86_400)
    assert len(cards(world)) == 2
    await world.leap(3 * 86_400)

    assert cards(world) == []
    assert await world.store.suggestions.of_person(world.guild.id, world.staff[0].id) == ()
    assert await world.store.suggestions.of_person(world.guild.id, world.staff[1].id) == ()


async def test_guessed_numbers_and_those_of_another_server_change_nothing(world: World) -> None:
    await suggest(world, PASSAGE)
    own = await only(world)
    other = world.env.create_guild("Other trust", owner=world.env.create_user("Zed"))
    await world.store.settings.join([world.guild.id, other.id])
    with pytest.raises(UserError, match="gone"):
        await world.store.suggestions.get(other.id, own.id)
    form = await world.facilitator.click(cards(world)[-1], label=DECLINE)
    async with world.store._database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM suggestions")
    told = shown(await world.facilitator.submit_modal(form, {"reason": "No."}))

    assert NO_SUGGESTION in told


async def test_a_suggestion_waits_where_the_facilitators_channel_is_gone(world: World) -> None:
    await world.store.settings.change(world.guild.id, facilitators_channel_id=1)
    told = await suggest(world, {**PASSAGE, "passage": "@everyone <@1> **Leaders**"})
    assert "Thank you" in told
    assert cards(world) == []
    await world.store.settings.change(world.guild.id, facilitators_channel_id=world.office.id)
    await suggest(world, QUESTION, 1)

    first = words(cards(world)[-2])
    assert "@everyone" not in first.replace("@\u200beveryone", "")
    assert len(cards(world)) == 2


async def test_cards_move_with_the_facilitators_and_erased_words_stay_nowhere(world: World) -> None:
    await suggest(world, PASSAGE)
    await suggest(world, QUESTION, who=1)
    await decline(world, "We asked that before.")
    office = world.guild.create_text_channel("new-office")

    await fill_in(world, TITLES[PLACES], prompts_channel_id=[world.prompts], facilitators_channel_id=[office])
    await world.env.settle()

    assert not cards(world)
    (card,) = [text for text in world.texts(office) if "Suggestion" in text]
    assert "Leaders" in card
    gone = await open_erase(world.staff[0], world.prompts)
    sure = await world.staff[0].click(gone.response.message, label=ERASE_ALL)
    await world.staff[0].click(sure.response.message, label=SURE_ERASE)
    await world.env.settle()
    assert not any("Leaders" in text for text in (*world.texts(office), *world.texts(world.office)))


async def move_office(world: World) -> Any:
    """Name another channel for facilitators in /setup. Returns it."""
    office = world.guild.create_text_channel("new-office")
    await fill_in(world, TITLES[PLACES], prompts_channel_id=[world.prompts], facilitators_channel_id=[office])
    await world.env.settle()
    return office


async def test_a_suggestion_moves_to_the_new_channel_though_the_bot_may_not_touch_the_old_one(world: World) -> None:
    await suggest(world, PASSAGE)
    await suggest(world, QUESTION, who=1)
    world.env.inject_error("DELETE", f"/channels/{world.office.id}/messages/*", status=403, code=50001)

    office = await move_office(world)

    assert sum("Suggestion" in text for text in world.texts(office)) == 2


async def test_a_card_that_discord_failed_to_delete_leaves_the_old_channel_later(world: World) -> None:
    await suggest(world, PASSAGE)
    world.env.inject_error("DELETE", f"/channels/{world.office.id}/messages/*", status=503, times=2)

    office = await move_office(world)
    assert len(cards(world)) == 1
    assert sum("Suggestion" in text for text in world.texts(office)) == 1
    await world.env.advance_time(3_700)

    assert not cards(world)
    assert sum("Suggestion" in text for text in world.texts(office)) == 1


async def test_who_suggests_is_told_where_facilitators_cannot_see_it_yet(world: World) -> None:
    world.env.backend.delete_channel(world.office.id)

    assert KEPT in await suggest(world, PASSAGE)


async def test_a_form_that_was_opened_for_an_erased_suggestion_answers_no_other(world: World) -> None:
    await suggest(world, PASSAGE)
    meant = await only(world)
    form = await world.facilitator.click(cards(world)[-1], label=DECLINE)
    await world.store.personal.erase_all(world.guild.id, world.staff[0].id)
    await world.env.advance_time(60)
    others = await world.store.suggestions.add(world.guild.id, world.staff[1].id, **QUESTION, now=world.env.now())

    assert others.id == meant.id
    assert "is gone" in shown(await world.facilitator.submit_modal(form, {"reason": "No."}))
    assert (await only(world, who=1)).state is SuggestionState.WAITING
