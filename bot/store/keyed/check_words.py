"""What people say is missing in a check: kept under its key while it is open, private replies once it has ended."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.checks import Check, CheckState, CheckWords
from bot.models.private import LEAST_SHOWN, PrivateReply, Quoting
from bot.replies.withdrawal_codes import hash_code, new_code
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.keyed.batches import add_batch, seal_reply
from bot.store.keyed.check_points import open_check
from bot.store.keyed.check_presses import NOT_OPEN, CheckPresses
from bot.store.keyed.key_store import KeyStore
from bot.store.keyed.release import Releases
from bot.store.keyed.rows import Kind, new_id
from bot.store.schema.sealed_columns import Row as StoredRow
from bot.store.schema.sealed_columns import open_column, seal_column
from bot.store.tables import check_words, checks, private_replies

STILL_OPEN = "This check is open, so its results aren’t there yet. End it first."


class WordsOfChecks(Releases[Check, CheckWords, Check]):
    """Verbs of people over what they say is missing, and the release, which erases what was pressed too."""

    kind = Kind(
        purpose="view",  # as before these rows had a table of their own: people find what they wrote then
        rows=check_words,
        owners=checks,
        owner_id=check_words.c.check_id,
        ends_at=checks.c.ends_at,
        open=CheckState.OPEN,
        ended=CheckState.ENDED,
        not_open=NOT_OPEN,
        still_open=STILL_OPEN,
    )

    def __init__(
        self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: KeyStore, presses: CheckPresses
    ) -> None:
        super().__init__(database, sealer, pseudonyms, keys)
        self._presses = presses

    async def keep_words(self, check: Check, user_id: int, *, text: str, quoting: Quoting, today: date) -> str:
        """Keep what a person says is missing, in place of what they said before, and return its withdrawal code.

        ``today`` is the local day; no time is kept. An earlier code stops working. Raises UserError if
        the check is not open, or the person has stopped.
        """
        code = new_code()
        words = CheckWords(new_id(), check.id, today, text, Quoting(quoting))
        row = {"check_id": check.id, "day": today, "code_hash": hash_code(code)}
        async with self._database.write() as connection:
            await self._enter(connection, check, user_id)
            person = await self._make_person(connection, check, user_id)
            # All of it is new, also where it takes the place of another: nothing tells that there was one.
            values = _seal(words, {**row, "person": person}, self._sealer)
            put = self._database.insert(check_words).values(values)
            await connection.execute(put.on_conflict_do_update(index_elements=["check_id", "person"], set_=values))
            await self._shuffle(connection, check)
        return code

    async def _shuffle(self, connection: AsyncConnection, check: Check) -> None:
        """Write the words of a check again in the order of their random ids.

        Within a page of the file, rows lie as they were written; and so do those of people who tapped. Somebody with a
        backup and no key could else put the two orders side by side, and guess who wrote what.
        """
        of_check = check_words.c.check_id == check.id
        query = select(check_words).where(of_check).order_by(check_words.c.id)
        held = (await connection.execute(query)).mappings().all()
        await connection.execute(delete(check_words).where(of_check))
        await connection.execute(insert(check_words), [dict(row) for row in held])

    async def release(self, owner: Check, now: datetime) -> Check | None:
        """Release as for all keyed rows, and erase the presses of the check, which lie under the same key.

        Raises ValueError, with nothing done, where these are not counted yet.
        """
        if await self._presses.has_uncounted(owner):
            raise ValueError("what people pressed is not counted yet")
        return await super().release(owner, now)

    async def erase_own(self, guild_id: int, user_id: int) -> None:
        """Erase whatever words of a person can still be told to be theirs, also of a check that has just ended."""
        for check in await self.of_unreleased(guild_id):
            await self.withdraw_own(check, user_id)

    async def of_unreleased(self, guild_id: int) -> tuple[Check, ...]:
        """Return the checks of a server whose key may still exist, so that people could be traced."""
        unreleased = checks.c.guild_id == guild_id, checks.c.released_at.is_(None)
        rows = await self._read_all(select(checks).where(*unreleased).order_by(checks.c.id))
        return tuple(self._owner(row) for row in rows)

    def _owner(self, row: RowMapping) -> Check:
        return open_check(row, self._sealer)

    def _opened(self, row: RowMapping) -> CheckWords:
        body = json.loads(open_column(self._sealer, check_words, row))
        return CheckWords(row["id"], row["check_id"], row["day"], body["missing"], Quoting(body["quoting"]))

    def _disown(self, row: RowMapping) -> None:  # noqa: ARG002 - private replies take the place of all of them
        return None

    async def _share(self, connection: AsyncConnection, owner: Check, rows: Sequence[RowMapping], today: date) -> Check:
        """Make private replies of what is missing, and erase what was pressed. Returns the check.

        Fewer than LEAST_SHOWN replies are never shown, as those to prompts.
        """
        await self._presses.drop(connection, owner.id)
        replies = [self._reply(owner, row, today) for row in rows]
        batch_id = None
        if len(replies) >= LEAST_SHOWN:
            batch = await add_batch(connection, owner.guild_id, today, prompt_id=owner.prompt_id, check_id=owner.id)
            batch_id = batch.id
        if replies:
            by_id = sorted(replies, key=lambda values: str(values["id"]))
            await connection.execute(insert(private_replies), [values | {"batch_id": batch_id} for values in by_id])
        return owner

    def _reply(self, check: Check, row: RowMapping, today: date) -> dict[str, Any]:
        """Return what a person says is missing as a private reply, with a random id of its own and no group."""
        words = self._opened(row)
        reply = PrivateReply(new_id(), check.prompt_id, words.text, today, words.quoting)
        values = {"prompt_id": check.prompt_id, "person": None, "day": today, "code_hash": row["code_hash"]}
        return seal_reply(reply, {**values, "guild_id": check.guild_id}, self._sealer)


def _seal(words: CheckWords, row: StoredRow, sealer: Sealer) -> dict[str, Any]:
    """Return the columns of what somebody says: those of its row, and what holds the words."""
    own = {**row, "id": words.id}
    body = {"missing": words.text, "quoting": words.quoting}
    return {**own, **seal_column(sealer, check_words, own, json.dumps(body, sort_keys=True))}
