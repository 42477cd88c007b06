"""Private replies as their authors know them: sent, seen, changed and taken back while the prompt is open."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.people import STAFF_GROUPS
from bot.models.private import PrivateReply, Quoting
from bot.models.prompts import Prompt, PromptState
from bot.replies.withdrawal_codes import code_hash, new_code
from bot.store.database import Database
from bot.store.encryption import Pseudonyms, Sealer
from bot.store.keyed.check_rows import withdraw_missing
from bot.store.keyed.private_batches import PrivateBatches
from bot.store.keyed.private_releases import PrivateReleases
from bot.store.keyed.prompt_keys import PromptKeys
from bot.store.opt_outs import Silences
from bot.store.people import NO_GROUP
from bot.store.prompts import prompt_of
from bot.store.tables import private_replies, prompts

NOT_OPEN = (
    "This prompt is closed, so private replies to it can no longer be sent or changed. You can write in its thread."
)


class PrivateStore(PrivateReleases, PrivateBatches):
    """Verbs over the tables private_replies and private_batches, and over the keys of prompts."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: PromptKeys) -> None:
        super().__init__(database, sealer, pseudonyms, keys)
        self._silences = Silences(database, sealer)

    async def add(
        self, prompt: Prompt, user_id: int, *, text: str, quoting: Quoting, group: str, manages: bool, today: date
    ) -> str:
        """Store a person's one private reply to a prompt, in place of one they sent before, and return its code.

        ``today`` is the local day; nothing more is kept of the time. The code of the reply before ends. Raises
        UserError where the prompt is not open, the group is none of STAFF_GROUPS, or the person has stopped.
        """
        if group not in ("", *STAFF_GROUPS):
            raise UserError(NO_GROUP)
        code = new_code()
        reply = PrivateReply(secrets.token_hex(16), prompt.id, text, today, Quoting(quoting), group, manages)
        # All of it is new, also where it takes the place of another: nothing tells that there was one.
        values = {
            "id": reply.id,
            "day": today,
            "code_hash": code_hash(code),
            "sealed": self._sealed(reply),
            "key_id": self._sealer.key_id,
        }
        async with self._database.write() as connection:
            await self._silences.refuse(connection, self._pseudonyms.of(prompt.guild_id, user_id))
            if not await _is_open(connection, prompt):
                raise UserError(NOT_OPEN)
            # Within the transaction: while it lasts the prompt cannot close, so no key is made for a closed one.
            person = self._person(await self._keys.make(prompt.id), prompt.guild_id, user_id)
            insert = self._database.insert(private_replies).values(prompt_id=prompt.id, person=person, **values)
            await connection.execute(insert.on_conflict_do_update(index_elements=["prompt_id", "person"], set_=values))
        return code

    async def own(self, prompt: Prompt, user_id: int) -> PrivateReply | None:
        """A person's own private reply to a prompt, while that is open; None afterwards, when nobody can tell."""
        found = await self._own(prompt.guild_id, user_id, prompt.id)
        return found[0][1] if found else None

    async def own_prompts(self, guild_id: int, user_id: int) -> tuple[tuple[Prompt, PrivateReply], ...]:
        """A person's own private replies in a server, each with its prompt: of open prompts only."""
        return await self._own(guild_id, user_id)

    async def withdraw_own(self, prompt: Prompt, user_id: int) -> bool:
        """Erase a person's own private reply. False where there is none, or nobody can tell any more whose it is."""
        key = (await self._keys.find((prompt.id,))).get(prompt.id)
        if key is None:
            return False
        person = self._person(key, prompt.guild_id, user_id)
        own = private_replies.c.prompt_id == prompt.id, private_replies.c.person == person
        async with self._database.write() as connection:
            result = await connection.execute(delete(private_replies).where(*own))
        return bool(result.rowcount)

    async def withdraw_code(self, guild_id: int, code: str) -> int | None:
        """Erase the private reply of a withdrawal code, whoever types it. Returns its prompt's id, or None.

        What a view of an open check says is missing is one to be, and goes too; the view's answers stay.
        """
        hashed = code_hash(code)
        if hashed is None:
            return None
        of_guild = select(prompts.c.id).where(prompts.c.guild_id == guild_id)
        found = private_replies.c.code_hash == hashed, private_replies.c.prompt_id.in_(of_guild)
        async with self._database.write() as connection:
            result = await connection.execute(
                delete(private_replies).where(*found).returning(private_replies.c.prompt_id)
            )
            prompt_id: int | None = result.scalar()
            if prompt_id is None:
                prompt_id = await withdraw_missing(connection, self._sealer, guild_id, hashed)
        return prompt_id

    async def _own(
        self, guild_id: int, user_id: int, prompt_id: int | None = None
    ) -> tuple[tuple[Prompt, PrivateReply], ...]:
        wanted = [prompts.c.guild_id == guild_id, prompts.c.state == PromptState.OPEN]
        if prompt_id is not None:
            wanted.append(prompts.c.id == prompt_id)
        async with self._database.read() as connection:
            rows = (await connection.execute(select(prompts).where(*wanted).order_by(prompts.c.id))).mappings().all()
            keys = await self._keys.find([row["id"] for row in rows])
            people = {one: self._person(key, guild_id, user_id) for one, key in keys.items()}
            query = select(private_replies).where(private_replies.c.person.in_(people.values()))
            found = {row["prompt_id"]: row for row in (await connection.execute(query)).mappings()}
        return tuple((prompt_of(row), self._reply(found[row["id"]])) for row in rows if row["id"] in found)


async def _is_open(connection: AsyncConnection, prompt: Prompt) -> bool:
    query = select(prompts.c.state).where(prompts.c.id == prompt.id, prompts.c.guild_id == prompt.guild_id)
    return await connection.scalar(query) == PromptState.OPEN
