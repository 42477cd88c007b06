"""A server of the keys that is away: nothing is lost or there twice, and what cannot wait says what is wrong."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.models.database_server import DatabaseServer
from bot.models.replies import Erasure, Reaction
from bot.services.closing import close_due
from bot.store import Store, StoreError, open_store
from bot.store.keyed.key_store import AwayError
from bot.store.postgres.key_connection import TOO_BUSY, KeyConnection
from bot.store.postgres.key_server import KeyServer
from tests.servers.key_server import USER
from tests.servers.postgres import PostgresServer, filled_up
from tests.store.key_server.conftest import MARK
from tests.store.postgres.proxy import proxy_to
from tests.store.samples import GUILD, NOW, arrival, open_prompt
from tests.store.senders import prompt_in, send
from tests.wording import says
from tests.world import DATA_KEY

pytestmark = pytest.mark.usefixtures("impatient")

AWAY = r"The server of the keys at .* can’t be reached\. Check WARD_KEYS"


async def test_what_needs_the_server_waits_in_order_while_it_is_away_and_is_done_once(
    store: Store, running: PostgresServer
) -> None:
    prompt = await open_prompt(store)
    store.inbox.start()
    store.inbox.put(arrival(prompt, 1, text="before"))
    await store.inbox.flush()
    await asyncio.to_thread(running.stop)

    store.inbox.put(arrival(prompt, 2, author=2, text="meanwhile"))
    await store.inbox.flush()  # it needs no key
    store.inbox.put(Erasure(prompt.id, (1,)))  # the journal is told first
    store.inbox.put(arrival(prompt, 3, author=3, text="after"))
    async with asyncio.timeout(20):
        while store.inbox.fault is None:
            await asyncio.sleep(0.02)
    assert "can’t be reached" in str(store.inbox.fault)
    assert store.inbox.waiting == 2
    await asyncio.to_thread(running.start)
    await store.inbox.flush()

    texts = [reply.text for reply in await store.replies.of_prompt(prompt.id)]
    assert texts == ["meanwhile", "after"]
    journal = store._database.journal
    assert journal is not None
    assert journal.read().last == 2  # once, by both of its ids, as in a file


async def test_people_hear_that_they_can_try_again_and_nothing_is_half_done(
    store: Store, running: PostgresServer
) -> None:
    prompt = await prompt_in(store)
    await send(store, prompt, 1)
    await asyncio.to_thread(running.stop)

    with pytest.raises(StoreError, match=AWAY):
        await send(store, prompt, 2)
    with pytest.raises(StoreError, match=AWAY):
        await store.private.own(prompt, 1)
    await store.prompts.close(prompt, NOW)
    assert not (await close_due(store, NOW)).is_complete
    assert await store.private.waiting(GUILD) == ()

    await asyncio.to_thread(running.start)
    assert (await close_due(store, NOW)).is_complete
    assert await store.private.to_release() == ()


async def test_people_hear_that_the_server_has_no_connection_left_and_can_try_again(
    store: Store, place: DatabaseServer, running: PostgresServer
) -> None:
    prompt = await prompt_in(store)
    await send(store, prompt, 1)

    with filled_up(running, place.name):
        for asked in (send(store, prompt, 2), store.private.own(prompt, 1)):
            with pytest.raises(AwayError) as raised:
                await asked
            assert says(str(raised.value), TOO_BUSY, path=str(place))

    await send(store, prompt, 2)
    assert await store.private.own(prompt, 2) is not None


async def test_a_bot_does_not_start_while_the_server_is_away(
    main: DatabaseServer, place: DatabaseServer, running: PostgresServer
) -> None:
    await asyncio.to_thread(running.stop)
    with pytest.raises(StoreError, match=AWAY) as raised:
        await open_store(main, DATA_KEY, prompt_keys=place)
    assert str(place) not in raised.value.public
    assert "correct horse" not in str(raised.value)


async def test_a_wrong_password_is_named_and_never_shown(server: PostgresServer, place: DatabaseServer) -> None:
    url = server.url_over_tcp(place.name).replace(server.password.replace(" ", "%20"), "wrong%20horse")
    keys = KeyServer(KeyConnection(replace(place, url=url)), database=MARK)
    with pytest.raises(StoreError, match="doesn’t let the bot in") as raised:
        await keys.prepare()
    assert "horse" not in str(raised.value)
    await keys.close()


async def test_a_connection_that_is_cut_is_made_again(server: PostgresServer, place: DatabaseServer) -> None:
    async with proxy_to(server.port) as proxy:
        url = server.url_over_tcp(place.name, proxy.port, USER)
        keys = KeyServer(KeyConnection(replace(place, url=url)), database=MARK)
        made = await keys.make(7, "claim", NOW)
        proxy.cut()
        assert await keys.find((7,)) == {7: made}
        proxy.cuts_commits = 1
        with pytest.raises(StoreError, match=AWAY):
            await keys.make(8, "claim", NOW)
        proxy.cut()
        assert await keys.make(8, "claim", NOW) == (await keys.find((8,)))[8]
        proxy.refuses = True
        proxy.cut()
        with pytest.raises(StoreError, match=AWAY):
            await keys.destroy((7,))
        proxy.refuses = False
        await keys.destroy((7,))
        assert await keys.owner_ids() == {8}
        await keys.close()


async def test_a_reaction_waits_where_only_the_server_can_tell_whether_it_was_erased(
    store: Store, running: PostgresServer
) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 800, author=1)])
    await store.replies.apply([Reaction(800, GUILD, 2, "👍")])
    await store.personal.erase_all(GUILD, 2)
    store.inbox.start()
    await asyncio.to_thread(running.stop)

    store.inbox.put(Reaction(800, GUILD, 3, "👍"))
    store.inbox.put(Reaction(800, GUILD, 2, "👍"))
    async with asyncio.timeout(20):
        while store.inbox.fault is None:
            await asyncio.sleep(0.02)
    await asyncio.to_thread(running.start)
    await store.inbox.flush()

    assert await store.personal.reactions(GUILD, 3) != ()
    assert await store.personal.reactions(GUILD, 2) == ()


async def test_erasing_everything_is_not_half_done_while_the_server_is_away(
    store: Store, running: PostgresServer
) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 800, author=1)])
    await store.replies.apply([Reaction(800, GUILD, 2, "👍")])
    await asyncio.to_thread(running.stop)
    with pytest.raises(StoreError, match=AWAY):
        await store.personal.erase_all(GUILD, 2)
    assert (await store.personal.reactions(GUILD, 2)) != ()
    await asyncio.to_thread(running.start)
    await store.personal.erase_all(GUILD, 2)
    assert await store.personal.reactions(GUILD, 2) == ()
