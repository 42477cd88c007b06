"""Private replies to open prompts: sent, seen, changed and taken back; released into batches at the closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.private import LEAST_SHOWN, Batch, PrivateReply, Quoting
from bot.models.prompts import Prompt, PromptState
from bot.replies.withdrawal_codes import hash_code, new_code
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.erasure.journal import Erased
from bot.store.keyed.batches import Batches, add_batch, open_reply, seal_reply
from bot.store.keyed.key_store import KeyStore
from bot.store.keyed.presses import PressStore
from bot.store.keyed.release import Releases
from bot.store.keyed.rows import Kind, new_id
from bot.store.people.choices import refuse_unknown_group
from bot.store.prompt_rows import prompt_of
from bot.store.repository import chunks, write_rows
from bot.store.schema.sealed_columns import select_sealed
from bot.store.sortings import forget_sortings
from bot.store.tables import private_batches, private_replies, prompts

NOT_OPEN = "This question has closed, so you can’t send or change a private reply to it. You can write in its thread."
STILL_OPEN = "This prompt is open, so its private replies aren’t released yet. Close it first with /prompt close."


class PrivateStore(Releases[Prompt, PrivateReply, Batch], Batches):
    """Verbs over the tables private_replies and private_batches, and over the keys of prompts."""

    kind = Kind(
        purpose="private",
        rows=private_replies,
        owners=prompts,
        owner_id=private_replies.c.prompt_id,
        ends_at=prompts.c.closes_at,
        open=PromptState.OPEN,
        ended=PromptState.CLOSED,
        not_open=NOT_OPEN,
        still_open=STILL_OPEN,
    )

    def __init__(
        self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: KeyStore, presses: PressStore
    ) -> None:
        super().__init__(database, sealer, pseudonyms, keys)
        self._presses = presses

    async def release(self, owner: Prompt, now: datetime) -> Batch | None:
        """Release as for all keyed rows, and erase the presses of the prompt, which lie under the same key.

        Raises ValueError, with nothing done, where these are not counted yet.
        """
        if await self._presses.has_uncounted(owner):
            raise ValueError("what people pressed is not counted yet")
        return await super().release(owner, now)

    async def add(
        self, prompt: Prompt, user_id: int, *, text: str, quoting: Quoting, group: str, manages: bool, today: date
    ) -> str:
        """Store a person's one private reply to a prompt, in place of one they sent before, and return its code.

        ``today`` is the local day; nothing more is kept of the time. The code of the reply before ends. Whether it may
        be sent to a language model is noted now, since nobody can tell later whose it is. Raises UserError if the
        prompt is not open, the group is none of STAFF_GROUPS, or the person has stopped.
        """
        refuse_unknown_group(group)
        code = new_code()
        reply = PrivateReply(new_id(), prompt.id, text, today, Quoting(quoting), group, manages)
        row = {"prompt_id": prompt.id, "guild_id": prompt.guild_id, "day": today, "code_hash": hash_code(code)}
        async with self._database.write() as connection:
            await self._enter(connection, prompt, user_id)
            person = await self._make_person(connection, prompt, user_id)
            if prompt.wording.model_private:
                says_no = await self._silences.keeps_from_model(
                    connection, self._pseudonyms.of(prompt.guild_id, user_id)
                )
                reply = replace(reply, modelled=not says_no)
            # All of it is new, also where it takes the place of another: nothing tells that there was one.
            values = seal_reply(reply, {**row, "person": person}, self._sealer)
            insert = self._database.insert(private_replies).values(values)
            await connection.execute(insert.on_conflict_do_update(index_elements=["prompt_id", "person"], set_=values))
        return code

    async def keep_from_model(self, guild_id: int, user_id: int) -> None:
        """Note on a person's private replies in a server that no language model may read them.

        Those that are released stay as they are: nobody can tell whose they are.
        """
        unreleased = select(prompts).where(prompts.c.guild_id == guild_id, prompts.c.released_at.is_(None))
        async with self._database.write() as connection:
            owners = [row["id"] for row in (await connection.execute(unreleased)).mappings()]
            keys = await self._keys.find(owners)
            for people in chunks([self._person(key, guild_id, user_id) for key in keys.values()]):
                own = select_sealed(private_replies).where(private_replies.c.person.in_(people))
                for row in (await connection.execute(own)).mappings().all():
                    reply = open_reply(row, self._sealer)
                    if reply.modelled:
                        values = seal_reply(replace(reply, modelled=False), row, self._sealer)
                        is_it = private_replies.c.id == reply.id
                        await connection.execute(update(private_replies).where(is_it).values(values))

    async def erase_prompt(self, prompt_id: int) -> int:
        """Erase all private replies to a prompt, its batches and its key. Returns how many private replies."""
        async with self._database.write() as connection:
            self._note_erased(Erased.REPLIES, prompt_id)
            own = delete(private_replies).where(private_replies.c.prompt_id == prompt_id)
            erased = await write_rows(connection, own)
            await connection.execute(delete(private_batches).where(private_batches.c.prompt_id == prompt_id))
            await forget_sortings(connection, [prompt_id])
            await self._presses.drop(connection, prompt_id)
        await self._keys.destroy((prompt_id,))
        return erased

    def _owner(self, row: RowMapping) -> Prompt:
        return prompt_of(row)

    def _opened(self, row: RowMapping) -> PrivateReply:
        return open_reply(row, self._sealer)

    def _disown(self, row: RowMapping) -> dict[str, Any]:
        reply = open_reply(row, self._sealer)
        own = {**row, "person": None}
        values = seal_reply(reply, own, self._sealer)
        if row["left_out_sealed"] is not None:
            values |= self._seal(private_replies, own, reply.left_out, "left_out_sealed")
        return values

    async def _share(
        self,
        connection: AsyncConnection,
        owner: Prompt,
        rows: Sequence[RowMapping],
        today: date,
    ) -> Batch | None:
        """Put a prompt's replies into a batch where LEAST_SHOWN people sent one. Returns it, or None.

        Fewer are never put together with others: those of another prompt or of a check may be of the same people.
        """
        await self._presses.drop(connection, owner.id)
        own = [row["person"] for row in rows if row["person"] is not None]  # without an author: what a check missed
        if len(own) < LEAST_SHOWN:
            return None
        batch = await add_batch(connection, owner.guild_id, today, prompt_id=owner.id)
        unbatched = private_replies.c.prompt_id == owner.id, private_replies.c.batch_id.is_(None)
        put = await write_rows(connection, update(private_replies).where(*unbatched).values(batch_id=batch.id))
        return replace(batch, replies=put)
