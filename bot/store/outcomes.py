"""Outcomes of points, each change of them, and where they are shown; what was decided is sealed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.outcomes import Decision, Outcome, OutcomeChange, OutcomeState, PointRef
from bot.store.repository import SealedRepository
from bot.store.tables import (
    outcome_cards,
    outcome_changes,
    outcome_notices,
    outcome_points,
    outcome_posts,
    outcomes,
    replies,
    series,
)

NO_OUTCOME = "There’s no such outcome in this server. /outcome list shows them all."
THERE_ALREADY = "This outcome is there already. Use /outcome edit to change it."
CHANGED_MEANWHILE = "Someone else has changed this outcome. Look at it with /outcome list, then change it again."


@dataclass(frozen=True, slots=True)
class OutcomePost:
    """A message that shows an outcome; ``message_id`` is None until it is known to be posted."""

    outcome_id: int
    channel_id: int
    message_id: int | None


@dataclass(frozen=True, slots=True)
class OutcomeCard:
    """The card of a series: where it is, and from how many people on it shows points without an answer."""

    series_id: int
    channel_id: int
    message_id: int | None
    least: int


class OutcomeStore(SealedRepository):
    """Verbs over the tables of outcomes."""

    async def add(
        self,
        guild_id: int,
        points: Collection[PointRef],
        decided: Decision,
        *,
        user_id: int,
        channels: Collection[int],
        now: datetime,
    ) -> Outcome:
        """Keep an outcome, with the channels in which it has to be posted, before anybody sees it.

        Raises UserError if the newest outcome of the server says the same of the same points: it was sent twice.
        """
        row = secrets.token_hex(8)
        values = {"guild_id": guild_id, "row": row, "made_at": now, "state": decided.state, "due": decided.due}
        values |= self._seal(outcomes, values, _words(decided))
        async with self._database.write() as connection:
            newest = await self._newest(connection, guild_id)
            if newest is not None and (set(newest.points), newest.decided) == (set(points), decided):
                raise UserError(THERE_ALREADY)
            result = await connection.execute(insert(outcomes).values(values).returning(outcomes.c.id))
            outcome_id = result.scalar_one()
            named = [{"outcome_id": outcome_id, **asdict(point)} for point in set(points)]
            await connection.execute(insert(outcome_points), named)
            if channels:
                places = [{"outcome_id": outcome_id, "channel_id": channel_id} for channel_id in set(channels)]
                await connection.execute(insert(outcome_posts), places)
            await self._record(connection, outcome_id, 0, self._pseudonyms.of(guild_id, user_id), decided, now)
        return await self.get(guild_id, outcome_id)

    async def change(
        self,
        guild_id: int,
        outcome_id: int,
        decided: Decision,
        *,
        user_id: int,
        now: datetime,
        changes: int | None = None,
    ) -> Outcome:
        """Change an outcome; how it was stays in its changes.

        Raises UserError if there is none, and if it was changed more often than the ``changes`` that are known.
        """
        own = outcomes.c.id == outcome_id, outcomes.c.guild_id == guild_id
        async with self._database.write() as connection:
            if await connection.scalar(select(outcomes.c.id).where(*own)) is None:
                raise UserError(NO_OUTCOME)
            newest = select(func.max(outcome_changes.c.number)).where(outcome_changes.c.outcome_id == outcome_id)
            number = (await connection.scalar(newest) or 0) + 1
            if changes is not None and number != changes + 1:
                raise UserError(CHANGED_MEANWHILE)
            values = {"state": decided.state, "due": decided.due, "changed_at": now}
            await self._reseal(connection, outcomes, *own, values=values, words={"sealed": _words(decided)})
            await self._record(connection, outcome_id, number, self._pseudonyms.of(guild_id, user_id), decided, now)
        return await self.get(guild_id, outcome_id)

    async def get(self, guild_id: int, outcome_id: int) -> Outcome:
        """Return an outcome of this server. Raises UserError if there is none."""
        for outcome in await self.of_guild(guild_id):
            if outcome.id == outcome_id:
                return outcome
        raise UserError(NO_OUTCOME)

    async def of_guild(self, guild_id: int) -> tuple[Outcome, ...]:
        """Return all outcomes of a server, the oldest first."""
        query = select(outcomes).where(outcomes.c.guild_id == guild_id).order_by(outcomes.c.id)
        named = select(outcome_points).join(outcomes).where(outcomes.c.guild_id == guild_id)
        counted = (
            select(outcome_changes.c.outcome_id, func.max(outcome_changes.c.number))
            .join(outcomes)
            .where(outcomes.c.guild_id == guild_id)
            .group_by(outcome_changes.c.outcome_id)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
            points = (await connection.execute(named)).mappings().all()
            changes = {row[0]: row[1] for row in await connection.execute(counted)}
        return tuple(self._outcome(row, points, changes.get(row["id"], 0)) for row in rows)

    async def of_prompts(self, guild_id: int, prompt_ids: Collection[int]) -> tuple[Outcome, ...]:
        """Return the outcomes that name a point of any of these prompts, the oldest first."""
        return tuple(
            outcome
            for outcome in await self.of_guild(guild_id)
            if any(point.prompt_id in prompt_ids for point in outcome.points)
        )

    async def changes(self, guild_id: int, outcome_id: int) -> tuple[OutcomeChange, ...]:
        """Return how an outcome was set, from the first time on. Raises UserError if there is none."""
        await self.get(guild_id, outcome_id)
        query = (
            select(outcome_changes).where(outcome_changes.c.outcome_id == outcome_id).order_by(outcome_changes.c.number)
        )
        rows = await self._read_all(query)
        return tuple(self._change(row) for row in rows)

    async def posts(self, outcome_id: int) -> tuple[OutcomePost, ...]:
        """Return where an outcome is shown, or has to be."""
        query = select(outcome_posts).where(outcome_posts.c.outcome_id == outcome_id)
        return tuple(OutcomePost(**row) for row in await self._read_all(query))

    async def unposted(self) -> tuple[tuple[int, OutcomePost], ...]:
        """Return what is not known to be posted, of every server: ids of servers with the places."""
        query = select(outcomes.c.guild_id, outcome_posts).join_from(outcome_posts, outcomes)
        unposted = outcome_posts.c.message_id.is_(None), self._is_held(outcomes.c.guild_id)
        rows = await self._read_all(query.where(*unposted))
        return tuple((row["guild_id"], OutcomePost(row["outcome_id"], row["channel_id"], None)) for row in rows)

    async def note_post(self, post: OutcomePost, message_id: int | None) -> None:
        """Note the message that shows an outcome in a channel; with None, that the place is given up."""
        own = outcome_posts.c.outcome_id == post.outcome_id, outcome_posts.c.channel_id == post.channel_id
        async with self._database.write() as connection:
            if message_id is None:
                await connection.execute(delete(outcome_posts).where(*own))
            else:
                await connection.execute(update(outcome_posts).where(*own).values(message_id=message_id))

    async def card(self, series_id: int) -> OutcomeCard | None:
        """Return the card of a series."""
        query = select(outcome_cards).where(outcome_cards.c.series_id == series_id)
        row = await self._read_first(query)
        return None if row is None else OutcomeCard(**row)

    async def cards(self, guild_id: int) -> tuple[OutcomeCard, ...]:
        """Return the cards of all series of a server."""
        query = select(outcome_cards).join(series).where(series.c.guild_id == guild_id)
        rows = await self._read_all(query.order_by(outcome_cards.c.series_id))
        return tuple(OutcomeCard(**row) for row in rows)

    async def keep_card(self, card: OutcomeCard) -> None:
        """Note where the card of a series is, or has to be posted."""
        values = asdict(card)
        await self._upsert(outcome_cards, {"series_id": values.pop("series_id")}, values)

    async def claim_notice(self, outcome_id: int, person: str) -> bool:
        """Note that somebody is told of an outcome; False if they were told before, so that it happens once."""
        values = {"outcome_id": outcome_id, "person": person}
        put = self._database.insert(outcome_notices).values(values).on_conflict_do_nothing()
        return await self._write_first(put.returning(outcome_notices.c.person)) is not None

    async def forget_told(self) -> int:
        """Forget that people were told of outcomes, if no reply of theirs is left. Returns how many notes went."""
        silent = ~exists().where(replies.c.person == outcome_notices.c.person)
        of_held = self._is_of_held(outcome_notices.c.outcome_id, outcomes)
        return await self._write(delete(outcome_notices).where(silent, of_held))

    async def _newest(self, connection: AsyncConnection, guild_id: int) -> Outcome | None:
        query = select(outcomes).where(outcomes.c.guild_id == guild_id).order_by(outcomes.c.id.desc()).limit(1)
        row = (await connection.execute(query)).mappings().first()
        if row is None:
            return None
        named = select(outcome_points).where(outcome_points.c.outcome_id == row["id"])
        return self._outcome(row, (await connection.execute(named)).mappings().all(), 0)

    async def _record(
        self, connection: AsyncConnection, outcome_id: int, number: int, person: str, decided: Decision, now: datetime
    ) -> None:
        due = decided.due.isoformat() if decided.due else None
        values = {
            "outcome_id": outcome_id,
            "number": number,
            "person": person,
            "made_at": now,
        }
        values |= self._seal(outcome_changes, values, json.dumps({**asdict(decided), "due": due}))
        await connection.execute(insert(outcome_changes).values(values))

    def _outcome(self, row: RowMapping, points: Sequence[RowMapping], changes: int) -> Outcome:
        words = json.loads(self._open(outcomes, row))
        own = (point for point in points if point["outcome_id"] == row["id"])
        named = sorted(PointRef(point["prompt_id"], point["ref"]) for point in own)
        return Outcome(
            id=row["id"],
            guild_id=row["guild_id"],
            points=tuple(named),
            decided=Decision(OutcomeState(row["state"]), due=row["due"], **words),
            made_at=row["made_at"],
            changed_at=row["changed_at"],
            changes=changes,
        )

    def _change(self, row: RowMapping) -> OutcomeChange:
        told = json.loads(self._open(outcome_changes, row))
        due = date.fromisoformat(told["due"]) if told["due"] else None
        decided = Decision(OutcomeState(told["state"]), told["what"], told["reason"], told["owner"], due)
        return OutcomeChange(row["number"], row["person"], row["made_at"], decided)


def _words(decided: Decision) -> str:
    return json.dumps({"what": decided.what, "reason": decided.reason, "owner": decided.owner})
