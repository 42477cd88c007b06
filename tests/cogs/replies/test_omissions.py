"""What a history leaves out is asked for one by one: what is gone is erased, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import aiohttp
import discord
import pytest
from discord.http import HTTPClient

from cogs.replies import reconcile as reconciling
from cogs.replies.catch_up import UNREADABLE
from tests.cogs.replies.talk import Talk
from tests.wording import says

Answer = Callable[[int], Exception | None]


@pytest.fixture
def omit(monkeypatch: pytest.MonkeyPatch) -> Callable[[Collection[int]], None]:
    """Let Discord's pages leave messages out that it still has."""

    def leave_out(message_ids: Collection[int]) -> None:
        read = HTTPClient.logs_from

        async def logs_from(self: HTTPClient, *args: Any, **options: Any) -> list[Any]:
            return [each for each in await read(self, *args, **options) if int(each["id"]) not in message_ids]

        monkeypatch.setattr(HTTPClient, "logs_from", logs_from)

    return leave_out


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], list[int]]:
    """Let Discord answer as given where a message is asked for. Returns which were asked for, in order."""

    def answer_with(fault_of: Answer) -> list[int]:
        ask, asked = HTTPClient.get_message, []

        async def get_message(self: HTTPClient, channel_id: int, message_id: int) -> Any:
            asked.append(message_id)
            if (fault := fault_of(message_id)) is not None:
                raise fault
            return await ask(self, channel_id, message_id)

        monkeypatch.setattr(HTTPClient, "get_message", get_message)
        return asked

    return answer_with


class _Response:
    def __init__(self, status: int) -> None:
        self.status, self.reason = status, "as told"


def fault(kind: type[discord.HTTPException], status: int, code: int) -> discord.HTTPException:
    return kind(_Response(status), {"code": code, "message": "as told"})


async def test_a_message_that_a_history_omits_keeps_no_other_from_being_erased(
    talk: Talk, omit: Callable[[Collection[int]], None]
) -> None:
    said = [await talk.say(f"Reply {number}") for number in range(6)]
    await talk.replies()
    with talk.away():
        for message in said[:4]:
            await talk.world.staff[0].delete(message)
    omit({said[5].id})
    await talk.restart()

    assert await talk.texts() == ["Reply 4", "Reply 5"]


async def test_more_than_a_round_of_absent_messages_is_asked_for_to_the_last(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciling, "MOST_CONFIRMED", 2)
    said = [await talk.say(f"Reply {number}") for number in range(7)]
    await talk.replies()
    with talk.away():
        for message in said[1:]:
            await talk.world.staff[0].delete(message)
    await talk.restart()

    assert await talk.texts() == ["Reply 0"]


async def test_a_refusal_in_the_middle_of_asking_erases_nothing(
    talk: Talk, omit: Callable[[Collection[int]], None], answer: Callable[[Answer], list[int]]
) -> None:
    said = [await talk.say(f"Reply {number}") for number in range(3)]
    await talk.replies()
    omit({message.id for message in said})
    unknown, refused = fault(discord.NotFound, 404, 10008), fault(discord.Forbidden, 403, 50001)
    answer(lambda message_id: unknown if message_id == said[0].id else refused)
    await talk.restart()

    assert await talk.texts() == ["Reply 0", "Reply 1", "Reply 2"]
    assert says(talk.told(), UNREADABLE)


async def test_a_thread_that_goes_while_messages_are_asked_for_keeps_its_replies(
    talk: Talk, omit: Callable[[Collection[int]], None], answer: Callable[[Answer], list[int]]
) -> None:
    said = await talk.say("Keep me for 30 days")
    await talk.replies()
    omit({said.id})
    answer(lambda _: fault(discord.NotFound, 404, 10003))
    await talk.restart()

    assert await talk.texts() == ["Keep me for 30 days"]
    assert (await talk.stored_prompt()).gone_at is not None


@pytest.mark.parametrize("error", [aiohttp.ServerDisconnectedError(), fault(discord.DiscordServerError, 503, 0)])
async def test_a_message_on_which_discord_fails_keeps_no_other_from_being_erased(
    talk: Talk, error: Exception, answer: Callable[[Answer], list[int]]
) -> None:
    said = [await talk.say(f"Reply {number}") for number in range(3)]
    await talk.replies()
    with talk.away():
        for message in said:
            await talk.world.staff[0].delete(message)
    asked = answer(lambda message_id: error if message_id == said[0].id else None)
    await talk.restart()
    await talk.world.env.advance_time(31)

    assert await talk.texts() == ["Reply 0"]
    assert asked[0] == said[0].id
