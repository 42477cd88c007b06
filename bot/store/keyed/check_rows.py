"""Rows of checks and views: under whose pseudonym they lie, and how their words are sealed and opened."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.checks import NOWHERE, Answer, Check, CheckPoint, CheckState, View
from bot.models.private import Quoting
from bot.store.database import Database
from bot.store.encryption import Pseudonyms, Sealer
from bot.store.keyed.prompt_keys import PromptKeys
from bot.store.tables import checks, views


class CheckRows:
    """What every verb over the tables checks and views needs. ``keys`` are those of checks."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: PromptKeys) -> None:
        self._database = database
        self._sealer = sealer
        self._pseudonyms = pseudonyms
        self._keys = keys

    def _person(self, key: bytes, guild_id: int, user_id: int) -> str:
        """The pseudonym of a person in one check, in 32 hex digits.

        It is made of the one in the server, so that neither the check's key nor the pseudonym key is enough for it.
        """
        person = self._pseudonyms.of(guild_id, user_id)
        return hmac.digest(key, f"view:{person}".encode(), "sha256").hex()[:32]

    async def _many(self, *wanted: ColumnElement[bool]) -> tuple[Check, ...]:
        async with self._database.read() as connection:
            return await self._checks(connection, *wanted)

    async def _checks(self, connection: AsyncConnection, *wanted: ColumnElement[bool]) -> tuple[Check, ...]:
        rows = await connection.execute(select(checks).where(*wanted).order_by(checks.c.id))
        return tuple(check_of(row, self._sealer) for row in rows.mappings())

    def _sealed_view(self, view: View) -> dict[str, Any]:
        return sealed_view(view, self._sealer)

    def _view(self, row: RowMapping) -> View:
        return view_of(row, self._sealer)


def check_of(row: RowMapping | Mapping[str, Any], sealer: Sealer) -> Check:
    """A check as it is stored, with its points."""
    points = json.loads(sealer.open(row["sealed"], f"checks:{row['row']}", row["key_id"]))
    return Check(
        id=row["id"],
        guild_id=row["guild_id"],
        prompt_id=row["prompt_id"],
        claim=row["claim"],
        state=CheckState(row["state"]),
        points=tuple(CheckPoint(*values) for values in points),
        started_at=row["started_at"],
        ends_at=row["ends_at"],
        released_at=row["released_at"],
        channel_id=row["channel_id"],
        message_id=_message(row["message_id"]),
        result_id=_message(row["result_id"]),
    )


def _message(stored: int | None) -> int | None:
    return NOWHERE if stored is not None and stored < 0 else stored


def sealed_points(points: Sequence[CheckPoint], row: str, sealer: Sealer) -> dict[str, Any]:
    """The columns that hold a check's points, sealed for the row with the mark ``row``."""
    body = json.dumps([[point.ref, point.heading, point.verbatim] for point in points])
    return {"sealed": sealer.seal(body, f"checks:{row}"), "key_id": sealer.key_id}


def view_of(row: RowMapping, sealer: Sealer) -> View:
    """A view as it is stored."""
    body = json.loads(sealer.open(row["sealed"], f"views:{row['id']}", row["key_id"]))
    return View(
        id=row["id"],
        check_id=row["check_id"],
        day=row["day"],
        answers={ref: Answer(answer) for ref, answer in body["answers"].items()},
        missing=body["missing"],
        quoting=Quoting(body["quoting"]),
        group=body["group"],
    )


def sealed_view(view: View, sealer: Sealer) -> dict[str, Any]:
    """The columns that hold a view."""
    body = {"answers": dict(view.answers), "missing": view.missing, "quoting": view.quoting, "group": view.group}
    return {
        "id": view.id,
        "sealed": sealer.seal(json.dumps(body, sort_keys=True), f"views:{view.id}"),
        "key_id": sealer.key_id,
    }


async def withdraw_missing(connection: AsyncConnection, sealer: Sealer, guild_id: int, hashed: str) -> int | None:
    """Take what a view says is missing out of it, by the hash of its code. Returns the prompt's id, or None.

    A view that says nothing else goes as a whole.
    """
    query = select(views, checks.c.prompt_id).join(checks)
    query = query.where(views.c.code_hash == hashed, checks.c.guild_id == guild_id)
    row = (await connection.execute(query)).mappings().first()
    if row is None:
        return None
    left, own = replace(view_of(row, sealer), missing=""), views.c.id == row["id"]
    kept = update(views).where(own).values(code_hash=None, **sealed_view(left, sealer))
    await connection.execute(kept if left.answers else delete(views).where(own))
    return int(row["prompt_id"])
