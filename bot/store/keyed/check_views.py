"""Views as their authors know them: given, seen, changed and taken back while the check is open."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.checks import Answer, Check, CheckState, View
from bot.models.people import STAFF_GROUPS
from bot.models.private import Quoting
from bot.replies.withdrawal_codes import code_hash, new_code
from bot.store.database import Database
from bot.store.encryption import Pseudonyms, Sealer
from bot.store.keyed.check_rows import CheckRows
from bot.store.keyed.prompt_keys import PromptKeys
from bot.store.opt_outs import Silences
from bot.store.people import NO_GROUP
from bot.store.tables import checks, views

NOT_OPEN = "This check has ended, so views can no longer be given or changed."
NOTHING_SAID = "Choose an answer for at least one point, or say what is missing."
NO_POINT = "The points of this check have changed. Open the form again."


class CheckViews(CheckRows):
    """Verbs of people over their own views."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: PromptKeys) -> None:
        super().__init__(database, sealer, pseudonyms, keys)
        self._silences = Silences(database, sealer)

    async def give(
        self,
        check: Check,
        user_id: int,
        *,
        answers: Mapping[str, Answer],
        missing: str | None = None,
        quoting: Quoting | None = None,
        group: str | None = None,
        today: date,
    ) -> str | None:
        """Keep a person's one view of a check; what it says before is merged with what is given now.

        ``answers`` are of some points or all; None leaves what is missing, its quoting, or the group as they were, and
        "" takes them out. ``today`` is the local day; nothing more is kept of the time. Returns the withdrawal code of
        a new ``missing``, which is shown once, else None. A view that says nothing any more is erased. Raises
        UserError where the check is not open, the points or the group are none of ours, nothing is said, or the person
        has stopped.
        """
        if group not in (None, "", *STAFF_GROUPS):
            raise UserError(NO_GROUP)
        code = new_code() if missing else None
        async with self._database.write() as connection:
            await self._silences.refuse(connection, self._pseudonyms.of(check.guild_id, user_id))
            await self._refuse_ended(connection, check, answers)
            # Within the transaction: while it lasts the check cannot end, so no key is made for one that did.
            person = self._person(await self._keys.make(check.id), check.guild_id, user_id)
            own = views.c.check_id == check.id, views.c.person == person
            row = (await connection.execute(select(views).where(*own))).mappings().first()
            view = View("", check.id, today, {}) if row is None else self._view(row)
            view = replace(view, id=secrets.token_hex(16), answers={**view.answers, **answers})
            view = _changed(view, missing, quoting, group)
            if not view.answers and not view.missing:
                if row is None:
                    raise UserError(NOTHING_SAID)
                await connection.execute(delete(views).where(*own))  # they took out all that they had said
                return None
            hashed = row["code_hash"] if row is not None and missing is None else None
            values = {"day": today, "code_hash": code_hash(code) if code else hashed, **self._sealed_view(view)}
            await connection.execute(delete(views).where(*own))
            await connection.execute(insert(views).values(check_id=check.id, person=person, **values))
        return code

    async def own(self, check: Check, user_id: int) -> View | None:
        """A person's own view, while the check is open; None afterwards, when nobody can tell."""
        own = await self._own(check.guild_id, user_id, checks.c.id == check.id)
        return own[0][1] if own else None

    async def own_views(self, guild_id: int, user_id: int) -> tuple[tuple[Check, View], ...]:
        """A person's own views in a server, each with its check: of open checks only."""
        return await self._own(guild_id, user_id)

    async def withdraw_own(self, check: Check, user_id: int) -> bool:
        """Erase a person's own view. False where there is none, or nobody can tell any more whose it is."""
        key = (await self._keys.find((check.id,))).get(check.id)
        if key is None:
            return False
        own = views.c.check_id == check.id, views.c.person == self._person(key, check.guild_id, user_id)
        async with self._database.write() as connection:
            result = await connection.execute(delete(views).where(*own))
        return bool(result.rowcount)

    async def erase_own(self, guild_id: int, user_id: int) -> None:
        """Erase whatever views of a person can still be told to be theirs, also of a check that has just ended."""
        for check in await self._many(checks.c.guild_id == guild_id, checks.c.released_at.is_(None)):
            await self.withdraw_own(check, user_id)

    async def _own(self, guild_id: int, user_id: int, *wanted: ColumnElement[bool]) -> tuple[tuple[Check, View], ...]:
        is_open = checks.c.guild_id == guild_id, checks.c.state == CheckState.OPEN
        async with self._database.read() as connection:
            found = {check.id: check for check in await self._checks(connection, *is_open, *wanted)}
            keys = await self._keys.find(found)
            people = [self._person(key, guild_id, user_id) for key in keys.values()]
            query = select(views).where(views.c.person.in_(people)).order_by(views.c.check_id)
            rows = (await connection.execute(query)).mappings().all()
        return tuple((found[row["check_id"]], self._view(row)) for row in rows if row["check_id"] in found)

    async def _refuse_ended(self, connection: AsyncConnection, check: Check, answers: Mapping[str, Answer]) -> None:
        wanted = checks.c.id == check.id, checks.c.guild_id == check.guild_id, checks.c.state == CheckState.OPEN
        found = await self._checks(connection, *wanted)
        if not found:
            raise UserError(NOT_OPEN)
        if not answers.keys() <= {point.ref for point in found[0].points}:
            raise UserError(NO_POINT)


def _changed(view: View, missing: str | None, quoting: Quoting | None, group: str | None) -> View:
    view = view if missing is None else replace(view, missing=missing)
    view = view if quoting is None else replace(view, quoting=Quoting(quoting))
    return view if group is None else replace(view, group=group)
