"""Copies of a database from before something was erased, and what is searched for in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.models.private import Quoting
from bot.models.prompts import Prompt
from bot.models.replies import Reaction
from bot.models.summaries import SharedSummary
from bot.services.erasure import finish_erasures
from bot.store import Store, open_store
from bot.summaries import summarise
from bot.summaries.io.stored_replies import thread_of
from bot.summaries.lifecycle.record import Record
from tests.by_hand import back_up, held, look, put_back
from tests.posted_prompts import posted_prompts
from tests.store.samples import GUILD, NOW, arrival, open_prompt
from tests.world import DATA_KEY

ADA, BEN = 0x0A1B_2C3D_4E5F_6011, 0x0A1B_2C3D_4E5F_6022
WORDS = "The rota comes out far too late to plan any childcare."
OTHERS = "The car park is always full before the early shift starts."


class Copies:
    """A database, the copies of it that were kept, and the journal."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "test.db"
        self.copy = folder / "copy.db"
        self.journal = folder / "prompt-keys" / "test.db.erasures"

    def keep(self) -> None:
        """Back up, as the docs say."""
        back_up(self.path, self.copy)

    async def restore(self, *keys: bytes) -> Store:
        """Put the backup in place of the database, and open it as every command does."""
        put_back(self.copy, self.path)
        store = await open_store(self.path, *(keys or (DATA_KEY,)))
        await finish_erasures(store, NOW)
        return store


async def said(store: Store) -> Prompt:
    """Two people reply, one reacts, chooses a group and writes privately; the summary is shared."""
    prompt = await open_prompt(store)
    await store.replies.apply(
        [arrival(prompt, 800 + n, ADA if n % 2 else BEN, WORDS if n % 2 else OTHERS) for n in range(4)]
    )
    await store.replies.apply([Reaction(800, GUILD, ADA, "👍")])
    await store.people.choose(GUILD, ADA, group="Healthcare scientists", notices=True)
    await store.private.add(
        prompt, ADA, text=f"Privately: {WORDS}", quoting=Quoting.YES, group="", manages=False, today=date(2026, 1, 5)
    )
    await store.suggestions.add(GUILD, ADA, passage=WORDS, source="", question="", now=NOW)
    replies = await store.replies.of_prompt(prompt.id)
    held = {str(reply.id): reply.person for reply in replies}
    body = Record(summarise(thread_of(prompt, replies)), held, 0, "5 January 2026").to_json()
    await store.summaries.share(guild_id=GUILD, prompt_id=prompt.id, channel_id=700, message_id=900, body=body, now=NOW)
    return prompt


async def shared(store: Store) -> SharedSummary:
    (one,) = await store.summaries.shared()
    return one


def sealed_of(path: Path, person: str) -> list[bytes]:
    rows = look(path, "SELECT sealed FROM replies WHERE person = ?", person)
    rows += look(path, "SELECT sealed FROM private_replies UNION SELECT sealed FROM summaries")
    return [bytes(row[0]) for row in rows]


async def assert_gone(store: Store, copies: Copies, traces: list[bytes]) -> None:
    """Nothing of Ada is left, in clear or in the bytes of any file; Ben is there."""
    prompt = (await posted_prompts(store))[0]
    assert await store.replies.of_person(GUILD, ADA) == ()
    assert await store.private.own_all(GUILD, ADA) == ()
    assert await store.suggestions.of_person(GUILD, ADA) == ()
    assert await store.personal.reactions(GUILD, ADA) == ()
    assert not (await store.people.of(GUILD, ADA)).group
    assert {reply.text for reply in await store.replies.of_prompt(prompt.id)} == {OTHERS}
    assert "rota" not in (await shared(store)).body
    assert "car park" in (await shared(store)).body
    assert (await store.seals.check()).changed == {}
    person = store.replies._pseudonyms.of(GUILD, ADA)
    left = held(copies.path)
    assert person.encode() not in left
    assert [trace for trace in traces if trace in left] == []
