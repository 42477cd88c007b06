"""Checks of published summaries, and views as their authors know them: given, changed, taken back while one is open."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.checks import Answer, Check, CheckPoint, CheckState, View
from bot.models.people import STAFF_GROUPS
from bot.models.private import Quoting
from bot.replies.private_codes import code_hash, new_code
from bot.store.checks_releases import CheckReleases
from bot.store.checks_rows import sealed_points
from bot.store.database import Database
from bot.store.groups import GroupStore
from bot.store.people import NO_GROUP
from bot.store.prompt_keys import PromptKeys
from bot.store.prompts import refuse_erased
from bot.store.sealing import Pseudonyms, Sealer
from bot.store.silences import Silences
from bot.store.tables import checks, prompts, views

NO_CHECK = "This check is not here. It may have been erased."
NO_POINTS = "This summary has no points to check. Choose another summary."
NO_PROMPT = "This prompt is not here. It may have been erased."
HAS_ONE = "A check of this summary is open already. End it first, or wait until it ends."
NOT_OPEN = "This check has ended, so views can no longer be given or changed."
NOTHING_SAID = "Choose an answer for at least one point, or say what is missing."
NO_POINT = "The points of this check have changed. Open the form again."


class CheckStore(CheckReleases):
    """Verbs over the tables checks and views, and over the keys of checks."""

    def __init__(
        self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: PromptKeys, groups: GroupStore
    ) -> None:
        super().__init__(database, sealer, pseudonyms, keys, groups)
        self._silences = Silences(database, sealer)

    async def start(
        self,
        guild_id: int,
        prompt_id: int,
        points: Sequence[CheckPoint],
        *,
        ends_at: datetime,
        channel_id: int,
        now: datetime,
    ) -> Check:
        """Open a check of a prompt's points.

        Raises UserError where one is open for that prompt, the server has no such prompt, there are no points, or the
        prompt's replies were erased.
        """
        if not points:
            raise UserError(NO_POINTS)
        row = secrets.token_hex(8)
        values = {
            "guild_id": guild_id,
            "prompt_id": prompt_id,
            "claim": secrets.token_hex(8),
            "state": CheckState.OPEN,
            "started_at": now,
            "ends_at": ends_at,
            "channel_id": channel_id,
            "row": row,
            **sealed_points(points, row, self._sealer),
        }
        try:
            async with self._database.write() as connection:
                await refuse_erased(connection, prompt_id)
                of_guild = select(prompts.c.id).where(prompts.c.id == prompt_id, prompts.c.guild_id == guild_id)
                if await connection.scalar(of_guild) is None:
                    raise UserError(NO_PROMPT)
                made = await connection.execute(insert(checks).values(values).returning(checks.c.id))
                check_id: int = made.scalar_one()
                # The number may be that of an erased check; its key must not serve for this one.
                if await self._keys.find((check_id,)):
                    await self._keys.destroy((check_id,))
        except IntegrityError:
            raise UserError(HAS_ONE) from None
        return await self.get(guild_id, check_id)

    async def note_card(self, check_id: int, message_id: int | None) -> None:
        """Note the message with the card; None where it is gone."""
        await self._note(check_id, message_id=message_id)

    async def note_result(self, check_id: int, message_id: int | None) -> None:
        """Note the message with the results; None where it is gone."""
        await self._note(check_id, result_id=message_id)

    async def get(self, guild_id: int, check_id: int) -> Check:
        """A check of this server. Raises UserError where there is none."""
        return await self._one(checks.c.guild_id == guild_id, checks.c.id == check_id)

    async def by_claim(self, guild_id: int, claim: str) -> Check:
        """The check whose buttons bear a claim, in this server. Raises UserError where there is none."""
        return await self._one(checks.c.guild_id == guild_id, checks.c.claim == claim)

    async def of_prompt(self, prompt_id: int) -> tuple[Check, ...]:
        """The checks of a prompt, the oldest first."""
        return await self._many(checks.c.prompt_id == prompt_id)

    async def of_guild(self, guild_id: int) -> tuple[Check, ...]:
        """The checks of a server, the oldest first."""
        return await self._many(checks.c.guild_id == guild_id)

    async def open_checks(self) -> tuple[Check, ...]:
        """The open checks of all servers, to end them on time."""
        return await self._many(checks.c.state == CheckState.OPEN)

    async def released(self, guild_id: int, prompt_ids: Collection[int]) -> tuple[Check, ...]:
        """The newest released check of each of these prompts that has one, in the order of the prompts' ids."""
        is_released = checks.c.guild_id == guild_id, checks.c.released_at.is_not(None)
        newest = select(func.max(checks.c.id)).where(*is_released).group_by(checks.c.prompt_id)
        found = await self._many(checks.c.id.in_(newest), checks.c.prompt_id.in_(prompt_ids))
        return tuple(sorted(found, key=lambda check: check.prompt_id))

    async def end(self, guild_id: int, check_id: int, now: datetime) -> Check:
        """End a check: no view is taken any more. One that has ended stays as it is."""
        is_open = checks.c.id == check_id, checks.c.guild_id == guild_id, checks.c.state == CheckState.OPEN
        async with self._database.write() as connection:
            await connection.execute(update(checks).where(*is_open).values(state=CheckState.ENDED))
            early = checks.c.id == check_id, checks.c.guild_id == guild_id, checks.c.ends_at > now
            await connection.execute(update(checks).where(*early).values(ends_at=now))
        return await self.get(guild_id, check_id)

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
        a new ``missing``, which is shown once, else None. Raises UserError where the check is not open, the points or
        the group are none of ours, nothing is said, or the person has stopped.
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
                raise UserError(NOTHING_SAID)
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

    async def _one(self, *wanted: ColumnElement[bool]) -> Check:
        found = await self._many(*wanted)
        if not found:
            raise UserError(NO_CHECK)
        return found[0]

    async def _note(self, check_id: int, **values: int | None) -> None:
        async with self._database.write() as connection:
            await connection.execute(update(checks).where(checks.c.id == check_id).values(values))

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
