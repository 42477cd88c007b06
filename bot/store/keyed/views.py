"""Views of checks: given, seen, changed and taken back; released at the end, and then counted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.checks.results import CheckResult, count_results, group_of
from bot.errors import UserError
from bot.models.checks import LEAST_VIEWS, Answer, Check, CheckState, View
from bot.models.private import LEAST_SHOWN, PrivateReply, Quoting
from bot.replies.withdrawal_codes import hash_code, new_code
from bot.store.database import Database
from bot.store.encryption import Pseudonyms, Sealer
from bot.store.keyed.batches import add_batch, seal_reply
from bot.store.keyed.check_points import open_check
from bot.store.keyed.keys import KeyFile
from bot.store.keyed.release import Releases
from bot.store.keyed.rows import Kind, new_id
from bot.store.people.choices import refuse_unknown_group
from bot.store.people.group_tables import GroupStore
from bot.store.schema.sealed_columns import open_column, seal_column
from bot.store.tables import checks, guilds, private_replies, views

NOT_OPEN = "This check has ended, so views can no longer be given or changed."
STILL_OPEN = "This check is open, so its results are not there yet. End it first."
NOTHING_SAID = "Choose an answer for at least one point, or say what is missing."
NO_POINT = "The points of this check have changed. Open the form again."


class Views(Releases[Check, View, Check]):
    """Verbs of people over their own views, and verbs that tell what was said when they are nobody's."""

    kind = Kind(
        purpose="view",
        rows=views,
        owners=checks,
        owner_id=views.c.check_id,
        open=CheckState.OPEN,
        ended=CheckState.ENDED,
        not_open=NOT_OPEN,
        still_open=STILL_OPEN,
    )

    def __init__(
        self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: KeyFile, groups: GroupStore
    ) -> None:
        super().__init__(database, sealer, pseudonyms, keys)
        self._groups = groups

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
        a new ``missing``, which is shown once, else None. A view that no longer says anything is erased. Raises
        UserError where the check is not open, the points or the group are none of ours, nothing is said, or the person
        has stopped.
        """
        refuse_unknown_group(group)
        code = new_code() if missing else None
        async with self._database.write() as connection:
            entered = await self._enter(connection, check, user_id)
            if not answers.keys() <= {point.ref for point in entered.points}:
                raise UserError(NO_POINT)
            person = await self._make_person(check, user_id)
            own = self._is(check, person)
            row = (await connection.execute(select(views).where(*own))).mappings().first()
            view = View("", check.id, today, {}) if row is None else self._opened(row)
            view = replace(view, id=new_id(), answers={**view.answers, **answers})
            view = _change_view(view, missing, quoting, group)
            if not view.answers and not view.missing:
                if row is None:
                    raise UserError(NOTHING_SAID)
                await connection.execute(delete(views).where(*own))  # they took out all that they had said
                return None
            hashed = row["code_hash"] if row is not None and missing is None else None
            values = {"day": today, "code_hash": hash_code(code) if code else hashed, **seal_view(view, self._sealer)}
            await connection.execute(delete(views).where(*own))
            await connection.execute(insert(views).values(check_id=check.id, person=person, **values))
        return code

    async def erase_own(self, guild_id: int, user_id: int) -> None:
        """Erase whatever views of a person can still be told to be theirs, also of a check that has just ended."""
        unreleased = checks.c.guild_id == guild_id, checks.c.released_at.is_(None)
        for row in await self._read_all(select(checks).where(*unreleased).order_by(checks.c.id)):
            await self.withdraw_own(self._owner(row), user_id)

    async def views(self, check_id: int) -> tuple[View, ...]:
        """Return the views of a check that was released, in random order (by id); () for fewer than LEAST_VIEWS."""
        is_released = checks.c.id == check_id, checks.c.released_at.is_not(None)
        rows = await self._read_all(select(views).join(checks).where(*is_released).order_by(views.c.id))
        return tuple(self._opened(row) for row in rows) if len(rows) >= LEAST_VIEWS else ()

    async def result(self, check: Check) -> CheckResult | None:
        """Return the results of a check; None until it was released, and for fewer than LEAST_VIEWS views."""
        async with self._database.read() as connection:
            threshold = await connection.scalar(select(guilds.c.group_threshold).where(guilds.c.id == check.guild_id))
            groups = await self._groups.shown_of_check(connection, check.guild_id, check.id)
        if threshold is None:
            return None
        return count_results(check, await self.views(check.id), groups=groups, threshold=threshold)

    def _owner(self, row: RowMapping) -> Check:
        return open_check(row, self._sealer)

    def _opened(self, row: RowMapping) -> View:
        return open_view(row, self._sealer)

    def _disown(self, row: RowMapping, today: date) -> dict[str, Any]:
        # A new id too: its author knows the one before from their own data.
        fresh = replace(self._opened(row), id=new_id(), missing="")
        return {"check_id": row["check_id"], "day": today, "code_hash": None, **seal_view(fresh, self._sealer)}

    async def _share(
        self, connection: AsyncConnection, owner: Check, rows: Sequence[RowMapping], today: date, now: datetime
    ) -> Check:
        """Make private replies of what is missing, and decide which groups may be shown. Returns the check."""
        held = [self._opened(row) for row in rows]
        missing = [
            self._missing(owner, view, row["code_hash"], today)
            for view, row in zip(held, rows, strict=True)
            if view.missing
        ]
        if missing:
            await _keep_missing(connection, owner, missing, today)
        if len(held) >= LEAST_VIEWS:
            await self._decide_groups(connection, owner, held, now)
        return owner

    def _missing(self, check: Check, view: View, hashed: str | None, today: date) -> dict[str, Any]:
        """Return what a view says is missing as a private reply, with a random id of its own and without a group."""
        reply = PrivateReply(new_id(), check.prompt_id, view.missing, today, view.quoting)
        code = hashed or hash_code(new_code())
        values = {"prompt_id": check.prompt_id, "person": None, "day": today, "code_hash": code}
        return values | seal_reply(reply, self._sealer)

    async def _decide_groups(
        self, connection: AsyncConnection, check: Check, held: Sequence[View], now: datetime
    ) -> None:
        rule = await connection.execute(select(guilds.c.group_threshold).where(guilds.c.id == check.guild_id))
        of_prompt = await connection.execute(select(checks.c.id).where(checks.c.prompt_id == check.prompt_id))
        said, others = [group_of(view) for view in held], of_prompt.scalars().all()
        await self._groups.look_at_check(
            connection, check.guild_id, check.id, said, rule.scalar_one(), now, others=others
        )


async def withdraw_missing(connection: AsyncConnection, sealer: Sealer, guild_id: int, hashed: str) -> int | None:
    """Take what a view says is missing out of it, by the hash of its code. Returns the prompt's id, or None.

    A view that says nothing else goes as a whole.
    """
    query = select(views, checks.c.prompt_id).join(checks)
    query = query.where(views.c.code_hash == hashed, checks.c.guild_id == guild_id)
    row = (await connection.execute(query)).mappings().first()
    if row is None:
        return None
    left, own = replace(open_view(row, sealer), missing=""), views.c.id == row["id"]
    kept = update(views).where(own).values(code_hash=None, **seal_view(left, sealer))
    await connection.execute(kept if left.answers else delete(views).where(own))
    return int(row["prompt_id"])


def open_view(row: RowMapping, sealer: Sealer) -> View:
    """Return a view as it is stored, opened."""
    body = json.loads(open_column(sealer, views, row))
    return View(
        id=row["id"],
        check_id=row["check_id"],
        day=row["day"],
        answers={ref: Answer(answer) for ref, answer in body["answers"].items()},
        missing=body["missing"],
        quoting=Quoting(body["quoting"]),
        group=body["group"],
    )


def seal_view(view: View, sealer: Sealer) -> dict[str, Any]:
    """Return the columns that hold what a view says, with its id."""
    body = {"answers": dict(view.answers), "missing": view.missing, "quoting": view.quoting, "group": view.group}
    own = {"id": view.id}
    return {**own, **seal_column(sealer, views, own, json.dumps(body, sort_keys=True))}


async def _keep_missing(
    connection: AsyncConnection, check: Check, missing: Sequence[dict[str, Any]], today: date
) -> None:
    """Store what is missing as private replies. Fewer than LEAST_SHOWN wait for others of the series, as those do."""
    batch_id = None
    if len(missing) >= LEAST_SHOWN:
        batch = await add_batch(connection, check.guild_id, today, prompt_id=check.prompt_id, check_id=check.id)
        batch_id = batch.id
    by_id = sorted(missing, key=lambda values: str(values["id"]))
    await connection.execute(insert(private_replies), [values | {"batch_id": batch_id} for values in by_id])


def _change_view(view: View, missing: str | None, quoting: Quoting | None, group: str | None) -> View:
    view = view if missing is None else replace(view, missing=missing)
    view = view if quoting is None else replace(view, quoting=Quoting(quoting))
    return view if group is None else replace(view, group=group)
