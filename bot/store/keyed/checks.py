"""Checks of published summaries: started, found, ended. What people press and write is in modules beside this one."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.checks.results import CheckResult, count_results
from bot.errors import UserError
from bot.models.checks import NOWHERE, Check, CheckPoint, CheckState
from bot.models.outside_changes import OutsideChange, OutsideKind
from bot.store.keyed.check_points import drop_words, end_for_good, open_check, seal_points
from bot.store.keyed.check_words import WordsOfChecks
from bot.store.outside_changes import note_outside
from bot.store.prompts import refuse_erased
from bot.store.tables import checks, prompts

NO_CHECK = "This has gone. It may have been erased."
NO_POINTS = "This summary has no points to check. Choose another summary."
NO_PROMPT = "This question isn’t here. It may have been erased. Choose another one."
HAS_ONE = "A check of this summary is open already. End it first, or wait until it ends."


class CheckStore(WordsOfChecks):
    """Verbs over the tables checks and check_words, and over the keys of checks."""

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

        Raises UserError if one is open for that prompt, the server has no such prompt, there are no points, or the
        prompt's replies were erased.
        """
        if not points:
            raise UserError(NO_POINTS)
        values: dict[str, Any] = {
            "guild_id": guild_id,
            "prompt_id": prompt_id,
            "claim": secrets.token_hex(8),
            "state": CheckState.OPEN,
            "started_at": now,
            "ends_at": ends_at,
            "channel_id": channel_id,
            "row": secrets.token_hex(8),
        }
        values |= seal_points(points, values, self._sealer)
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
        """Note the message with the card; NOWHERE if it is gone, None if it is to be posted."""
        await self._note(check_id, message_id=message_id)

    async def note_result(self, check_id: int, message_id: int | None) -> None:
        """Note the message with the results; NOWHERE if it is gone, None if they are to be posted."""
        await self._note(check_id, result_id=message_id)

    async def get(self, guild_id: int, check_id: int) -> Check:
        """Return a check of this server. Raises UserError if there is none."""
        return await self._one(checks.c.guild_id == guild_id, checks.c.id == check_id)

    async def by_claim(self, guild_id: int, claim: str) -> Check:
        """Return the check whose buttons carry a claim, in this server. Raises UserError if there is none."""
        return await self._one(checks.c.guild_id == guild_id, checks.c.claim == claim)

    async def of_prompt(self, prompt_id: int) -> tuple[Check, ...]:
        """Return the checks of a prompt, the oldest first."""
        return await self._many(checks.c.prompt_id == prompt_id)

    async def of_guild(self, guild_id: int) -> tuple[Check, ...]:
        """Return the checks of a server, the oldest first."""
        return await self._many(checks.c.guild_id == guild_id)

    async def open_checks(self) -> tuple[Check, ...]:
        """Return the open checks of all servers, to end them on time."""
        return await self._many(checks.c.state == CheckState.OPEN, self._is_held(checks.c.guild_id))

    async def released(self, guild_id: int, prompt_ids: Collection[int]) -> tuple[Check, ...]:
        """Return the newest released check of each of these prompts that has one, in the order of the prompts' ids."""
        is_released = checks.c.guild_id == guild_id, checks.c.released_at.is_not(None)
        newest = select(func.max(checks.c.id)).where(*is_released).group_by(checks.c.prompt_id)
        newest_of = await self._many(checks.c.id.in_(newest))
        wanted = frozenset(prompt_ids)
        return tuple(sorted((c for c in newest_of if c.prompt_id in wanted), key=lambda check: check.prompt_id))

    async def result(self, check: Check) -> CheckResult | None:
        """Return the results of a check beside those of earlier ones of its prompt; None until it was released."""
        shown: list[CheckResult] = []
        for each in await self.of_prompt(check.prompt_id):
            result = count_results(each, await self._presses.total(each.id), shown)
            if each.id == check.id:
                return result
            shown += [] if result is None else [result]
        return None

    async def end(self, guild_id: int, check_id: int, now: datetime) -> Check:
        """End a check: it takes no more presses or words. One that has ended stays as it is."""
        is_open = checks.c.id == check_id, checks.c.guild_id == guild_id, checks.c.state == CheckState.OPEN
        async with self._database.write() as connection:
            await connection.execute(update(checks).where(*is_open).values(state=CheckState.ENDED))
            early = checks.c.id == check_id, checks.c.guild_id == guild_id, checks.c.ends_at > now
            await connection.execute(update(checks).where(*early).values(ends_at=now))
            ended = OutsideChange(OutsideKind.CHECK_ENDED, guild_id, check_id)
            await note_outside(self._database, connection, ended)
        return await self.get(guild_id, check_id)

    async def let_go(self, prompt_id: int, now: datetime) -> bool:
        """End the checks of a prompt whose replies are erased for good, and take the words of staff out of them.

        What was pressed and is not counted is erased; of the others, counts stay. Returns whether anything changed.
        """
        async with self._database.write() as connection:
            ended = await end_for_good(connection, prompt_id, now)
            reworded = await drop_words(connection, self._sealer, prompt_id)
        return ended or reworded

    async def _one(self, *wanted: ColumnElement[bool]) -> Check:
        return open_check(await self._read_one(select(checks).where(*wanted), NO_CHECK), self._sealer)

    async def _many(self, *wanted: ColumnElement[bool]) -> tuple[Check, ...]:
        rows = await self._read_all(select(checks).where(*wanted).order_by(checks.c.id))
        return tuple(open_check(row, self._sealer) for row in rows)

    async def _note(self, check_id: int, **values: int | None) -> None:
        # No two checks have one message, so what is nowhere has the check's own number.
        own = {name: -check_id if value == NOWHERE else value for name, value in values.items()}
        await self._write(update(checks).where(checks.c.id == check_id).values(own))
