"""Drafts of summaries under review, and the changes that were made to them, sealed as summaries are."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models import reviews
from bot.models.replies import is_agreement
from bot.models.reviews import AddNote, AddReplies, Change, ChangeMade, ChangeQuote, Draft, DraftState, Reword
from bot.models.summaries import Coverage, Kind, Summary
from bot.store.prompts import refuse_erased
from bot.store.repository import SealedRepository, chunks
from bot.store.schema.sealed_columns import select_sealed
from bot.store.tables import draft_changes, drafts, prompts, reactions, replies, undone_ticks
from bot.summaries.io.codec import summary_from_json, summary_to_json
from bot.summaries.io.stored_replies import is_private
from bot.summaries.review.changes import apply_change
from bot.summaries.review.continuation import new_ref, number_points
from bot.summaries.review.supporters import DraftReplies

NO_DRAFT = "There’s no such draft in this server. /summary draft makes a new one."
NOT_OPEN = "This draft has been published or discarded, so it can’t be changed now."


class ConflictError(Exception):
    """A draft was changed since it was read; read it again."""


SOME_WORDS = "…"
"""Stands in the list of changes where there were words, and tells nothing else of them."""


class DraftStore(SealedRepository):
    """Verbs over the tables drafts and draft_changes."""

    async def open(
        self, *, guild_id: int, prompt_id: int, summary: Summary, held: Mapping[str, str], now: datetime
    ) -> Draft:
        """Open a draft of a prompt's summary; if one is open already, that one comes back unchanged."""
        row = secrets.token_hex(8)
        values = {
            "guild_id": guild_id,
            "prompt_id": prompt_id,
            "state": DraftState.OPEN,
            "changes": 0,
            "row": row,
            "made_at": now,
        }
        numbered = number_points(summary, await self.count_published(prompt_id))
        values |= self._seal(drafts, values, _body(numbered, held))
        async with self._database.write() as connection:
            await refuse_erased(connection, prompt_id)
            await connection.execute(self._database.insert(drafts).values(values).on_conflict_do_nothing())
            draft = await self._one(connection, drafts.c.prompt_id == prompt_id, drafts.c.state == DraftState.OPEN)
        if draft is None:
            raise UserError(NO_DRAFT)
        return draft

    async def count_published(self, prompt_id: int | None) -> int:
        """Count the drafts of a prompt that were published."""
        query = select(func.count()).where(drafts.c.prompt_id == prompt_id, drafts.c.state == DraftState.PUBLISHED)
        return await self._read_scalar(query) or 0

    async def get(self, guild_id: int, draft_id: int) -> Draft:
        """Return a draft of this server. Raises UserError if there is none."""
        query = select(drafts).where(drafts.c.id == draft_id, drafts.c.guild_id == guild_id)
        return self._draft(await self._read_one(query, NO_DRAFT))

    async def of_prompt(self, prompt_id: int) -> Draft | None:
        """Return the open draft of a prompt."""
        own = drafts.c.prompt_id == prompt_id, drafts.c.state == DraftState.OPEN
        return next(iter(await self._many(*own)), None)

    async def of_prompts(self, guild_id: int, prompt_ids: Sequence[int]) -> dict[int, Draft]:
        """Return the open drafts of some of a server's prompts, by the prompts' ids."""
        own = drafts.c.guild_id == guild_id, drafts.c.state == DraftState.OPEN
        pages = [await self._many(*own, drafts.c.prompt_id.in_(ids)) for ids in chunks(prompt_ids)]
        return {draft.prompt_id: draft for page in pages for draft in page if draft.prompt_id is not None}

    async def missing(self, since: datetime) -> tuple[tuple[int, int], ...]:
        """Return prompts with replies, closed since a moment, that never had a draft: ids of server and prompt."""
        query = (
            select(prompts.c.guild_id, prompts.c.id)
            .where(prompts.c.closed_at >= since, self._is_held(prompts.c.guild_id))
            .where(exists().where(replies.c.prompt_id == prompts.c.id))
            .where(~exists().where(drafts.c.prompt_id == prompts.c.id))
            .order_by(prompts.c.closed_at, prompts.c.id)
        )
        async with self._database.read() as connection:
            return tuple((guild_id, prompt_id) for guild_id, prompt_id in await connection.execute(query))

    async def open_drafts(self) -> tuple[Draft, ...]:
        """Return all open drafts, of all servers, the oldest first."""
        return await self._many(drafts.c.state == DraftState.OPEN, self._is_held(drafts.c.guild_id))

    async def unplaced(self) -> tuple[Draft, ...]:
        """Return the open drafts whose card was never posted, of all servers, the oldest first."""
        is_open = drafts.c.state == DraftState.OPEN, self._is_held(drafts.c.guild_id)
        return await self._many(*is_open, drafts.c.message_id.is_(None))

    async def ended_since(self, moment: datetime) -> tuple[Draft, ...]:
        """Return the drafts that ended since a moment and have a card, which may not say so yet."""
        ended = drafts.c.ended_at >= moment, drafts.c.message_id.is_not(None), self._is_held(drafts.c.guild_id)
        return await self._many(*ended, by=drafts.c.ended_at)

    async def has_ended(self, prompt_id: int, since: datetime) -> bool:
        """Say whether a draft of a prompt was published or put aside since a moment."""
        query = select(drafts.c.id).where(drafts.c.prompt_id == prompt_id, drafts.c.ended_at >= since).limit(1)
        return await self._read_scalar(query) is not None

    async def change(
        self,
        draft: Draft,
        user_id: int,
        what: Change,
        now: datetime,
        private: Mapping[str, str] | None = None,
        refusing: Collection[str] = (),
        finish: Callable[[Summary], Summary] = lambda summary: summary,
    ) -> Draft:
        """Make a change to the draft as it is stored now, and record who made it.

        ``private`` holds the words of private replies that may be quoted, by the ids that the draft gives them;
        ``refusing`` are the pseudonyms of those whose words are quoted nowhere. ``finish`` counts again what the change
        alone cannot count.

        Raises UserError, with nothing changed, where the draft is no longer open or the change no longer fits it.
        """
        earlier = await self.count_published(draft.prompt_id)
        async with self._database.write() as connection:
            current = await self._open_one(connection, draft)
            number = current.changes + 1
            held = await self._held(connection, current, what, private or {}, refusing)
            summary = finish(apply_change(current.summary, what, held, new_ref(number, earlier)))
            after = replace(current, summary=summary, changes=number)
            await self._keep(connection, after)
            await self._record(connection, after, self._pseudonyms.of(draft.guild_id, user_id), what, now)
        return after

    async def replace(self, draft: Draft, summary: Summary, held: Mapping[str, str]) -> Draft:
        """Replace what an open draft holds, after replies were taken back.

        Raises UserError if it is not open, and ConflictError if somebody changed it meanwhile.
        """
        async with self._database.write() as connection:
            current = await self._open_one(connection, draft)
            if current.changes != draft.changes:
                raise ConflictError
            after = replace(current, summary=summary, held=dict(held))
            await self._keep(connection, after)
        return after

    async def note_placed(self, draft_id: int, *, channel_id: int, message_id: int) -> Draft:
        """Note the message that shows a draft."""
        place = {"channel_id": channel_id, "message_id": message_id}
        row = await self._write_first(update(drafts).where(drafts.c.id == draft_id).values(place).returning(drafts))
        if row is None:
            raise UserError(NO_DRAFT)
        return self._draft(row)

    async def note_published(self, draft: Draft, now: datetime) -> Draft:
        """Note that a draft was published. Its words go: from now on the published summary alone holds them."""
        return await self._end(draft, DraftState.PUBLISHED, now)

    async def drop(self, draft: Draft, now: datetime) -> Draft:
        """Put a draft aside. Its words go."""
        return await self._end(draft, DraftState.DROPPED, now)

    async def drop_open(self, connection: AsyncConnection, prompt_id: int, now: datetime) -> None:
        """Put a prompt's open draft aside within a transaction of the store's own, without reading it. Its words go."""
        own = drafts.c.prompt_id == prompt_id, drafts.c.state == DraftState.OPEN
        unread = select(drafts).where(*own)
        for row in (await connection.execute(unread)).mappings().all():
            ended = {"state": DraftState.DROPPED, "ended_at": now}
            ended |= self._seal(drafts, row, _body(_make_empty_summary(str(prompt_id)), {}))
            await connection.execute(update(drafts).where(drafts.c.id == row["id"]).values(ended))

    async def changes(self, draft_id: int) -> tuple[ChangeMade, ...]:
        """Return the changes made to a draft, the first first. Words of a changed quote are not among them."""
        query = (
            select_sealed(draft_changes).where(draft_changes.c.draft_id == draft_id).order_by(draft_changes.c.number)
        )
        rows = await self._read_all(query)
        return tuple(
            ChangeMade(
                row["number"],
                row["person"],
                row["made_at"],
                _change(self._open(draft_changes, row)),
            )
            for row in rows
        )

    async def _end(self, draft: Draft, state: DraftState, now: datetime) -> Draft:
        async with self._database.write() as connection:
            current = await self._open_one(connection, draft)
            after = replace(current, summary=_make_empty_summary(current.summary.thread), held={}, state=state)
            await self._keep(connection, after)
            await connection.execute(update(drafts).where(drafts.c.id == draft.id).values(ended_at=now))
        return after

    async def _one(self, connection: AsyncConnection, *wanted: ColumnElement[bool]) -> Draft | None:
        row = (await connection.execute(select(drafts).where(*wanted))).mappings().first()
        return None if row is None else self._draft(row)

    async def _many(self, *wanted: ColumnElement[bool], by: ColumnElement[Any] = drafts.c.id) -> tuple[Draft, ...]:
        query = select(drafts).where(*wanted).order_by(by, drafts.c.id)
        rows = await self._read_all(query)
        return tuple(self._draft(row) for row in rows)

    async def _open_one(self, connection: AsyncConnection, draft: Draft) -> Draft:
        current = await self._one(connection, drafts.c.id == draft.id, drafts.c.guild_id == draft.guild_id)
        if current is None:
            raise UserError(NO_DRAFT)
        if current.state is not DraftState.OPEN:
            raise UserError(NOT_OPEN)
        return current

    async def _keep(self, connection: AsyncConnection, draft: Draft) -> None:
        values = {"state": draft.state, "changes": draft.changes}
        words = {"sealed": _body(draft.summary, draft.held)}
        await self._reseal(connection, drafts, drafts.c.id == draft.id, values=values, words=words)

    async def _record(
        self, connection: AsyncConnection, draft: Draft, person: str, what: Change, now: datetime
    ) -> None:
        row = await connection.scalar(select(drafts.c.row).where(drafts.c.id == draft.id))
        # Words must not outlast in a list of changes what they stood for, nor somebody's wish that they go.
        match what:
            case ChangeQuote():
                what = replace(what, text="")
            case Reword(words=words) if words:
                what = replace(what, words=SOME_WORDS)
            case AddNote(note=note) if note:
                what = replace(what, note=SOME_WORDS)
        body = json.dumps({"what": type(what).__name__, **asdict(what)})
        values = {
            "draft_id": draft.id,
            "number": draft.changes,
            "person": person,
            "made_at": now,
        }
        values |= self._seal(draft_changes, {**values, "draft_row": row}, body)
        await connection.execute(insert(draft_changes).values(values))

    async def _held(
        self,
        connection: AsyncConnection,
        draft: Draft,
        what: Change,
        private: Mapping[str, str],
        refusing: Collection[str],
    ) -> DraftReplies:
        """Read what to check the change against: the words of replies that it quotes, and who endorsed them."""
        texts = dict(private)
        quoted = (what.message,) if isinstance(what, ChangeQuote) else ()
        wanted = what.messages if isinstance(what, AddReplies) else quoted
        ids = sorted({int(message) for message in wanted if message in draft.held and not is_private(message)})
        query = select_sealed(replies)
        for chunk in chunks(ids):
            for row in (await connection.execute(query.where(replies.c.id.in_(chunk)))).mappings():
                if row["person"] not in refusing:
                    texts[str(row["id"])] = self._open(replies, row)
        taken = select(undone_ticks).join(replies).where(replies.c.prompt_id == draft.prompt_id)
        undone = {(str(row["reply_id"]), row["point"]) for row in (await connection.execute(taken)).mappings()}
        return DraftReplies(draft.held, texts, await self._endorsers(connection, draft, ids), undone)

    async def _endorsers(
        self, connection: AsyncConnection, draft: Draft, joining: Collection[int]
    ) -> dict[str, Collection[str]]:
        points = draft.summary.points
        quotes = [quote for point in points for quote in (*point.quotes, *point.possible)]
        ids = sorted({*joining, *(int(quote.message) for quote in quotes if not quote.private)})
        endorsers: dict[str, set[str]] = {}
        others = select(reactions).join(replies).where(reactions.c.person != replies.c.person)
        for chunk in chunks(ids):
            query = others.where(reactions.c.reply_id.in_(chunk))
            for row in (await connection.execute(query)).mappings():
                if is_agreement(row["emoji"]):
                    endorsers.setdefault(str(row["reply_id"]), set()).add(row["person"])
        return dict(endorsers)

    def _draft(self, row: RowMapping) -> Draft:
        body = json.loads(self._open(drafts, row))
        return Draft(
            id=row["id"],
            guild_id=row["guild_id"],
            prompt_id=row["prompt_id"],
            series_id=row["series_id"],
            state=DraftState(row["state"]),
            summary=summary_from_json(body["summary"]),
            held=body["held"],
            changes=row["changes"],
            made_at=row["made_at"],
            channel_id=row["channel_id"],
            message_id=row["message_id"],
        )


def _body(summary: Summary, held: Mapping[str, str]) -> str:
    return json.dumps({"summary": summary_to_json(summary), "held": dict(held)})


def _make_empty_summary(thread: str) -> Summary:
    return Summary(thread, "", (), (), Coverage(0, 0, 0))


def _change(body: str) -> Change:
    data: dict[str, Any] = json.loads(body)
    made: Any = getattr(reviews, data.pop("what"))
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    if "other" in values:  # as merges were stored when they made one point of two
        values["others"] = (values.pop("other"),)
    if "kind" in values:
        values["kind"] = Kind(values["kind"])
    change: Change = made(**values)
    return change
