"""Private replies by their form: sent, seen again, changed and taken back by their author alone, and never posted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.discord_errors import FAILED
from bot.models.private import PrivateReply, Quoting
from bot.replies.redaction.kinds import Identifier
from bot.replies.sanitise import format_removed
from bot.services.replies.private_replies import CLOSED, GONE, NOTHING_TO_TAKE_BACK, TOO_LONG
from bot.store.people.choices import STOPPED
from cogs.private_replies.answers import NOTHING_STORED
from cogs.private_replies.forms import CHANGE, CHANGE_TITLE, CODE, DELETE, EMPTY, TITLE
from cogs.prompts.card import REPLY_PRIVATELY
from tests.cogs.private_replies.authors import close, code_in, everything_shown, open_form, private_talk, send
from tests.cogs.replies.talk import Talk
from tests.permissions.walk import press_button
from tests.store.senders import withdraw
from tests.wording import says
from tests.world import form_parts, shown, words

NHS_NUMBER = "943 476 5919"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with private_talk(tmp_path) as made:
        yield made


async def own(talk: Talk, who: int = 0) -> PrivateReply | None:
    return await talk.world.store.private.own(talk.prompt, talk.world.staff[who].id)


def selected(part: dict[str, Any]) -> list[str]:
    return [option["value"] for option in part["options"] if option.get("default")]


async def test_an_author_sends_sees_changes_and_withdraws_a_private_reply_and_nothing_is_posted(talk: Talk) -> None:
    ada, before = talk.world.staff[0], everything_shown(talk)

    opened = await open_form(talk)
    assert opened.modal["title"] == TITLE
    assert len(opened.modal["components"]) == 5
    assert "Until 15 January 2026 the bot’s administrators could trace this to you." in str(opened.modal)
    assert selected(form_parts(opened)["quoting"]) == []
    group = {"group": ["Volunteers"], "manages": True}
    sent = await ada.submit_modal(opened, {"words": "Nights are hard.", "quoting": "retold", **group})
    first_code = code_in(sent)
    assert says(shown(sent), CODE)
    assert "nobody can look it up" in shown(sent)

    again = await ada.click(sent.response, label=CHANGE)
    parts = form_parts(again)
    assert again.modal["title"] == CHANGE_TITLE
    assert parts["words"]["value"] == "Nights are hard."
    assert selected(parts["quoting"]) == ["retold"]
    assert selected(parts["group"]) == ["Volunteers"]
    assert parts["manages"]["default"] is True
    changed = await ada.submit_modal(
        again, {"words": "Nights are long.", "quoting": "count", "group": ["none"], "manages": False}
    )
    assert code_in(changed) != first_code
    assert changed.response.id == sent.response.id  # the code that no longer works is not left to be read
    stored = await own(talk)
    assert stored is not None
    assert (stored.text, stored.quoting, stored.group, stored.manages) == ("Nights are long.", Quoting.COUNT, "", False)
    assert not await withdraw(talk.world.store, talk.world.guild.id, first_code)

    withdrawn = await ada.click(changed.response, label=DELETE)
    assert "deleted" in shown(withdrawn)
    assert "Nights are long." in shown(withdrawn)
    assert await own(talk) is None
    assert withdrawn.response.id == sent.response.id
    await talk.settle()
    assert everything_shown(talk) == before
    assert await talk.replies() == []
    # As from an older card on another device.
    stale = await press_button(talk.world, ada, talk.world.prompts, f"private-withdraw:{talk.prompt.claim}")
    assert NOTHING_TO_TAKE_BACK in shown(stale)


async def test_each_person_has_a_form_and_a_reply_of_their_own(talk: Talk) -> None:
    await send(talk, "From Ada.", 0)
    opened = await open_form(talk, 1)
    assert opened.modal["title"] == TITLE
    assert "From Ada." not in str(opened.modal)

    await talk.world.staff[1].submit_modal(opened, {"words": "From Ben.", "quoting": "yes"})

    first, second = await own(talk, 0), await own(talk, 1)
    assert first is not None
    assert second is not None
    assert (first.text, second.text) == ("From Ada.", "From Ben.")


async def test_two_forms_at_once_leave_one_reply(talk: Talk) -> None:
    forms = [await open_form(talk) for _ in range(2)]
    answers = [
        await talk.world.staff[0].submit_modal(form, {"words": f"Form {n}.", "quoting": "yes"})
        for n, form in enumerate(forms)
    ]

    kept = await talk.world.store.private.own_all(talk.world.guild.id, talk.world.staff[0].id)
    assert [reply.text for _, reply in kept] == ["Form 1."]
    codes = [code_in(answer) for answer in answers]
    assert not await withdraw(talk.world.store, talk.world.guild.id, codes[0])
    assert await withdraw(talk.world.store, talk.world.guild.id, codes[1])


async def test_identifiers_are_taken_out_and_their_author_is_told_at_once(talk: Talk) -> None:
    sent = await send(talk, f"I saw {NHS_NUMBER} on the board.")

    reply = await own(talk)
    assert reply is not None
    assert reply.text == f"I saw {Identifier.NHS_NUMBER.mark} on the board."
    assert format_removed({Identifier.NHS_NUMBER: 1}) in shown(sent)
    assert NHS_NUMBER not in shown(sent)


async def test_words_come_back_to_their_author_whenever_nothing_is_stored(talk: Talk) -> None:
    ada, dee = talk.world.staff[0], talk.world.staff[3]
    await talk.world.store.people.stop(talk.world.guild.id, dee.id, talk.world.env.now())
    stopped = await send(talk, "After I stopped.", 3)
    late = await open_form(talk)
    too_long = await send(talk, "SW1A 1AA " * 160, 1)
    empty = await send(talk, "   ", 2)
    await close(talk)
    after = await ada.submit_modal(late, {"words": "Too late.", "quoting": "yes"})

    assert STOPPED in shown(stopped)
    assert "After I stopped." in shown(stopped)
    assert TOO_LONG in shown(too_long)
    assert "SW1A 1AA" in shown(too_long)
    assert EMPTY in shown(empty)
    assert CLOSED in shown(after)
    assert NOTHING_STORED in shown(after)
    assert "Too late." in shown(after)
    assert await talk.world.store.private.own_all(talk.world.guild.id, ada.id) == ()


async def test_a_closed_prompt_offers_no_private_replies_and_its_old_buttons_say_so(talk: Talk) -> None:
    ada = talk.world.staff[0]
    sent = await send(talk, "Nights are hard.")
    await close(talk)

    assert "Reply privately" not in words(talk.card)
    for label in (CHANGE, DELETE):
        answer = shown(await ada.click(sent.response, label=label))
        assert CLOSED in answer
    assert await withdraw(talk.world.store, talk.world.guild.id, code_in(sent))


async def test_a_prompt_whose_thread_is_gone_takes_nothing(talk: Talk) -> None:
    ada, card, opened = talk.world.staff[0], talk.card, await open_form(talk)
    talk.world.env.backend.delete_channel(talk.thread.id)
    await talk.settle()

    sent = await ada.submit_modal(opened, {"words": "Where to?", "quoting": "yes"})

    assert GONE in shown(sent)
    assert "Where to?" in shown(sent)
    assert shown(await ada.click(card, label=REPLY_PRIVATELY)) == GONE


async def test_words_come_back_also_when_the_database_fails(talk: Talk) -> None:
    opened = await open_form(talk)
    await talk.world.change_database("DROP TABLE private_replies")

    sent = await talk.world.staff[0].submit_modal(opened, {"words": "Nights are hard.", "quoting": "yes"})

    assert "Nights are hard." in shown(sent)
    assert says(shown(sent), FAILED)
