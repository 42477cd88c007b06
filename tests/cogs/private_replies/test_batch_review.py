"""Private replies after their prompt closed: read by facilitators before any summary, left out, put back, let in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.models.actions import PRIVATE_LEFT_OUT, PRIVATE_PUT_BACK
from bot.models.private import Batch
from bot.models.settings import GuildSettings
from bot.replies.redaction.kinds import Identifier
from bot.store.keyed.batches import NO_REPLY
from bot.text.markdown import escape
from cogs.core.access import FACILITATORS, ONLY
from cogs.private_replies.batch_card import ALLOWED, COUNTED, LET_IN, PUT_BACK, READ_SINCE, TOO_FEW
from cogs.prompts.lists import NONE, READ
from cogs.ui.parts import NEXT
from tests.cogs.private_replies.authors import SIX, close, code_in, everything_shown, private_talk, send, six_replies
from tests.cogs.replies.talk import Talk
from tests.store.senders import withdraw
from tests.world import shown

REFUSED = f"{ONLY.format(who=FACILITATORS)}."


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with private_talk(tmp_path) as made:
        yield made


async def waiting(talk: Talk) -> Any:
    """What /prompt private shows the facilitator."""
    return await talk.world.facilitator.slash(talk.world.office, "prompt private")


async def batch_of(talk: Talk) -> Batch:
    """The batch that the closing made."""
    (found,) = await talk.world.store.private.waiting(talk.world.guild.id)
    return found


async def read(talk: Talk) -> Any:
    """The facilitator opens the batch."""
    return await talk.world.facilitator.click((await waiting(talk)).response, label=READ)


def let_in_events(talk: Talk) -> list[int]:
    """Collect the batches of which the bot says that summaries have to be made again."""
    heard: list[int] = []

    async def on_private_let_in(batch_id: int) -> None:
        heard.append(batch_id)

    talk.world.bot.add_listener(on_private_let_in)
    return heard


async def test_before_the_prompt_closes_nothing_tells_that_there_are_private_replies(talk: Talk) -> None:
    before = everything_shown(talk)
    listed = shown(await talk.world.facilitator.slash(talk.world.office, "prompt list"))
    await six_replies(talk)
    await talk.settle()

    assert everything_shown(talk) == before
    assert shown(await talk.world.facilitator.slash(talk.world.office, "prompt list")) == listed
    assert NONE in shown(await waiting(talk))


async def test_after_the_closing_facilitators_alone_read_the_words_and_what_their_authors_allow(talk: Talk) -> None:
    await six_replies(talk)
    await close(talk)
    public = everything_shown(talk)
    card = await read(talk)
    text = shown(card)
    text += shown(await talk.world.facilitator.click(card.response, label=NEXT))

    assert COUNTED.format(replies="6 private replies", out=0) in text
    assert [words for words in SIX if words not in text] == []
    assert [words for words in SIX if words in public] == []
    for allowed in ALLOWED.values():
        assert text.count(allowed) == 2
    batch = await batch_of(talk)
    kept = await talk.world.store.private.of_batch(talk.world.guild.id, batch.id)
    order = sorted(SIX, key=text.index)
    assert order == [reply.text for reply in sorted(kept, key=lambda reply: reply.id)]


async def test_a_reviewer_leaves_one_out_with_a_reason_and_lets_the_others_in(talk: Talk) -> None:
    world, heard = talk.world, let_in_events(talk)
    await six_replies(talk)
    await close(talk)
    batch, card = await batch_of(talk), await read(talk)
    first = (await world.store.private.of_batch(world.guild.id, batch.id))[0]

    form = await world.facilitator.click(card.response, custom_id=f"private-leave-out:{batch.id}:{first.id}:0")
    after = await world.facilitator.submit_modal(form, {"reason": "It names 943 476 5919."})
    assert COUNTED.format(replies="6 private replies", out=1) in shown(after)
    assert f"It names {escape(Identifier.NHS_NUMBER.mark)}." in shown(after)
    assert await world.store.private.shown_for_prompt(talk.prompt.id) == ()
    assert heard == []

    let_in = await world.facilitator.click(card.response, label=LET_IN)
    assert READ_SINCE.format(date="16 January 2026") in shown(let_in)
    assert LET_IN not in shown(let_in)
    shown_now = await world.store.private.shown_for_prompt(talk.prompt.id)
    assert {reply.text for reply in shown_now} == set(SIX) - {first.text}
    assert NONE in shown(await waiting(talk))
    assert heard == [batch.id]

    back = await world.facilitator.click(card.response, label=PUT_BACK)
    assert COUNTED.format(replies="6 private replies", out=0) in shown(back)
    assert len(await world.store.private.shown_for_prompt(talk.prompt.id)) == 6
    assert heard == [batch.id, batch.id]
    noted = await world.store.audit_log.of_guild(world.guild.id)
    assert [(one.action, one.reason, one.prompt_id) for one in noted] == [
        (PRIVATE_PUT_BACK, "", talk.prompt.id),
        (PRIVATE_LEFT_OUT, f"It names {Identifier.NHS_NUMBER.mark}.", talk.prompt.id),
    ]


async def test_where_fewer_than_five_are_left_the_card_says_that_summaries_show_none(talk: Talk) -> None:
    world = talk.world
    codes = [code_in(await send(talk, text, who)) for who, text in enumerate(SIX[:5])]
    await close(talk)
    batch, card = await batch_of(talk), await read(talk)
    await world.facilitator.click(card.response, label=LET_IN)
    reply = (await world.store.private.of_batch(world.guild.id, batch.id))[0]
    press = f"private-leave-out:{batch.id}:{reply.id}:0"
    form = await world.facilitator.click(card.response, custom_id=press)
    after = await world.facilitator.submit_modal(form, {"reason": "It names a colleague."})
    assert TOO_FEW in shown(after)

    await withdraw(world.store, world.guild.id, codes[0])
    gone = await world.facilitator.click(card.response, label=PUT_BACK)

    assert NO_REPLY in shown(gone)


async def test_others_than_facilitators_and_other_servers_see_nothing(talk: Talk) -> None:
    world = talk.world
    await six_replies(talk)
    await close(talk)
    batch, told = await batch_of(talk), world.office.history()[-1]
    assert REFUSED in shown(await world.staff[0].slash(world.office, "prompt private"))
    assert REFUSED in shown(await world.staff[0].click(told, custom_id=f"private-read:{batch.id}:0"))
    other = world.env.create_guild("Hillside")
    leaders, talk_there = other.create_role("Facilitators"), other.create_text_channel("talk")
    hal = other.add_member(world.env.create_user("Hal"), roles=[leaders])
    await world.env.settle()
    await world.store.settings.save(GuildSettings(other.id, facilitator_role_id=leaders.id))

    assert NONE in shown(await hal.slash(talk_there, "prompt private"))
    assert await world.store.private.waiting(other.id) == ()
