"""Statements of staff that others may answer: offered to facilitators, shown, taken back, and kept true to replies."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.prompts import Prompt, PromptState
from bot.models.views import NewStatement, Offer, Statement, StatementState
from bot.store.encryption.sealer import Sealer
from bot.store.people.choices import ChoiceRows
from bot.store.repository import SealedRepository, chunks, write_rows
from bot.store.schema.sealed_columns import change_sealed, open_column, select_sealed
from bot.store.tables import exclusions, offers, prompts, replies, statement_replies, statements
from bot.views.statement_edits import follow_edit

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
MARK_LENGTH = 4
NO_OFFER = (
    "These statements aren’t here now. Their replies may have been erased. /prompt others shows those that are left."
)
DECIDED = "Someone has already answered this."
MORE_CAME = "More came while you read. Read these too, then press again."


class StatementStore(SealedRepository):
    """Verbs over the tables offers, statements and statement_replies."""

    async def offer(
        self, prompt: Prompt, new: Sequence[NewStatement], now: datetime, *, into: Offer | None = None
    ) -> Offer | None:
        """Keep statements to be offered to facilitators, without those whose reply is gone. None if none is left.

        They come ``into`` an offer that waits for an answer, else into a new one. Raises UserError if somebody has
        answered that one meanwhile.
        """
        async with self._database.write() as connection:
            named = {reply_id for statement in new for reply_id in (statement.reply_id, *statement.others)}
            there: set[int] = set()
            for ids in chunks(tuple(named)):
                own = replies.c.prompt_id == prompt.id, replies.c.id.in_(ids)
                there.update((await connection.execute(select(replies.c.id).where(*own))).scalars())
            is_open = prompts.c.id == prompt.id, prompts.c.state == PromptState.OPEN
            kept = [statement for statement in new if statement.reply_id in there]
            if not kept or await connection.scalar(select(prompts.c.id).where(*is_open)) is None:
                return None
            if into is None:
                made = insert(offers).values(prompt_id=prompt.id, made_at=now).returning(offers.c.id)
                offer_id = int((await connection.execute(made)).scalar_one())
            else:
                await _refuse_decided(connection, into)
                offer_id = into.id
            for statement in kept:
                await self._add(connection, prompt, offer_id, statement, there)
        return await self.get_offer(prompt.guild_id, offer_id)

    async def get_offer(self, guild_id: int, offer_id: int) -> Offer:
        """Return an offer of this server. Raises UserError if there is none."""
        own = await self._offers(prompts.c.guild_id == guild_id, offers.c.id == offer_id)
        if not own:
            raise UserError(NO_OFFER)
        return own[0]

    async def offers_of_prompt(self, prompt_id: int) -> tuple[Offer, ...]:
        """Return the offers of a prompt, the oldest first."""
        return await self._offers(offers.c.prompt_id == prompt_id)

    async def offers_on_cards(self) -> tuple[Offer, ...]:
        """Return the offers of all servers that have a card, or whose prompt is open and that never had one."""
        is_held = self._is_held(prompts.c.guild_id)
        on_cards = await self._offers(offers.c.message_id.is_not(None), is_held, by=offers.c.message_id)
        is_open = prompts.c.state == PromptState.OPEN
        waiting = await self._offers(is_open, is_held, offers.c.message_id.is_(None), offers.c.channel_id.is_(None))
        return (*on_cards, *waiting)

    async def note_card(self, offer: Offer, channel_id: int | None, message_id: int | None) -> None:
        """Note the card that facilitators see; None if there is none."""
        values = {"channel_id": channel_id, "message_id": message_id}
        await self._write(update(offers).where(offers.c.id == offer.id).values(values))

    async def of_offer(self, offer: Offer) -> tuple[Statement, ...]:
        """Return the statements of an offer that are there now, in order."""
        return await self._statements(statements.c.offer_id == offer.id)

    async def of_prompt(self, prompt_id: int) -> tuple[Statement, ...]:
        """Return the statements of a prompt, whatever became of them, in order."""
        return await self._statements(statements.c.prompt_id == prompt_id)

    async def shown(self, prompt_id: int) -> tuple[Statement, ...]:
        """Return the statements that others may answer now, in order.

        Those are not among them whose author stopped, said no to quotes or to this, or whose reply is left out.
        """
        return await self._statements(statements.c.prompt_id == prompt_id, statements.c.state == StatementState.SHOWN)

    async def marks(self, prompt_id: int) -> tuple[str, ...]:
        """Return the marks of all of a prompt's statements, whatever became of them and whoever keeps them back."""
        query = select(statements.c.mark).where(statements.c.prompt_id == prompt_id).order_by(statements.c.id)
        return tuple(await self._read_scalars(query))

    async def tick(self, offer: Offer, marks: Collection[str]) -> None:
        """Tick those of an offer's statements that are to be shown, and no others. Raises UserError once decided."""
        own = statements.c.offer_id == offer.id
        async with self._database.write() as connection:
            await _refuse_decided(connection, offer)
            await connection.execute(update(statements).where(own).values(ticked=statements.c.mark.in_(marks)))

    async def decide(self, offer: Offer, last: int, now: datetime) -> int:
        """Show the ticked statements of an offer to others, and no others of it. Returns how many.

        ``last`` is the last of them that the facilitator saw. Raises UserError if somebody decided before, or more
        came meanwhile.
        """
        own = statements.c.offer_id == offer.id, statements.c.state == StatementState.OFFERED
        async with self._database.write() as connection:
            await _refuse_decided(connection, offer)
            if await connection.scalar(select(statements.c.id).where(*own, statements.c.id > last).limit(1)):
                raise UserError(MORE_CAME)
            await connection.execute(update(offers).where(offers.c.id == offer.id).values(decided_at=now))
            shown = update(statements).where(*own, statements.c.ticked).values(state=StatementState.SHOWN)
            count = await write_rows(connection, shown)
            await connection.execute(update(statements).where(*own).values(state=StatementState.DECLINED))
        return count

    async def take_back(self, prompt_id: int, mark: str) -> bool:
        """Show a statement to nobody from now on. False if it was not shown."""
        own = statements.c.prompt_id == prompt_id, statements.c.mark == mark
        is_shown = statements.c.state == StatementState.SHOWN
        change = update(statements).where(*own, is_shown).values(state=StatementState.DECLINED)
        return bool(await self._write(change))

    async def _add(
        self, connection: AsyncConnection, prompt: Prompt, offer_id: int, new: NewStatement, there: Collection[int]
    ) -> None:
        row = secrets.token_hex(8)
        values = {
            "prompt_id": prompt.id,
            "offer_id": offer_id,
            "reply_id": new.reply_id,
            "mark": await _new_mark(connection, prompt.id),
            "state": StatementState.OFFERED,
            "ticked": True,
            "row": row,
        }
        values |= self._seal(statements, {**values, "guild_id": prompt.guild_id}, new.text)
        made = insert(statements).values(values).returning(statements.c.id)
        statement_id = (await connection.execute(made)).scalar_one()
        others = [{"statement_id": statement_id, "reply_id": other} for other in new.others if other in there]
        if others:
            await connection.execute(insert(statement_replies), others)

    async def _offers(self, *wanted: ColumnElement[bool], by: ColumnElement[Any] = offers.c.id) -> tuple[Offer, ...]:
        columns = (offers, prompts.c.guild_id)
        query = select(*columns).join(prompts).where(*wanted).order_by(by)
        return tuple(Offer(**row) for row in await self._read_all(query))

    async def _statements(self, *wanted: ColumnElement[bool]) -> tuple[Statement, ...]:
        """Return statements whose authors allow that they are shown to others, and whose replies nobody left out."""
        left_out = select(exclusions.c.reply_id)
        query = (
            select_sealed(statements, replies.c.person)
            .join(replies, replies.c.id == statements.c.reply_id)
            .where(*wanted, statements.c.reply_id.not_in(left_out))
            .order_by(statements.c.id)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
            authors = {row["person"] for row in rows}
            kept = await ChoiceRows(self._database, self._sealer).of_many(connection, authors)
            keeping_back = {person for person, own in kept.items() if own.choices.keeps_back}
            free = [row for row in rows if row["person"] not in keeping_back]
            further = await _read_further(connection, [row["id"] for row in free])
        return tuple(self._statement(row, further.get(row["id"], ())) for row in free)

    def _statement(self, row: RowMapping, further: Sequence[tuple[int, str]]) -> Statement:
        plain = ("id", "prompt_id", "offer_id", "mark", "reply_id")
        return Statement(
            **{name: row[name] for name in plain},
            state=StatementState(row["state"]),
            text=self._open(statements, row),
            others=tuple(reply_id for reply_id, _ in further),
            authors=frozenset((row["person"], *(person for _, person in further))),
            is_ticked=row["ticked"],
        )


async def follow_edit_in(connection: AsyncConnection, sealer: Sealer, reply_id: int, text: str) -> None:
    """Let the statements of a reply follow its new words: what says something else now is there no more.

    A press is about certain words, so that a statement keeps its presses only if nothing but spelling changed.
    """
    own = statements.c.reply_id == reply_id
    for row in (await connection.execute(select_sealed(statements).where(own))).mappings().all():
        before = open_column(sealer, statements, row)
        after = follow_edit(before, text)
        this = statements.c.id == row["id"]
        if after is None:
            await connection.execute(delete(statements).where(this))
        elif after != before:
            await connection.run_sync(change_sealed, sealer, statements, (this,), {}, {"sealed": after})
    # Whether a further reply still says nearly the same is not known without its words of before.
    await connection.execute(delete(statement_replies).where(statement_replies.c.reply_id == reply_id))


async def _refuse_decided(connection: AsyncConnection, offer: Offer) -> None:
    query = select(offers.c.id).where(offers.c.id == offer.id, offers.c.decided_at.is_(None))
    if await connection.scalar(query) is None:
        raise UserError(DECIDED)


async def _new_mark(connection: AsyncConnection, prompt_id: int) -> str:
    """Return a mark that no statement of the prompt has."""
    while True:
        mark = "".join(secrets.choice(ALPHABET) for _ in range(MARK_LENGTH))
        taken = select(func.count()).where(statements.c.prompt_id == prompt_id, statements.c.mark == mark)
        if not await connection.scalar(taken):
            return mark


async def _read_further(
    connection: AsyncConnection, statement_ids: Collection[int]
) -> dict[int, list[tuple[int, str]]]:
    """Return the further replies of statements, with their authors, by statement."""
    query = (
        select(statement_replies.c.statement_id, replies.c.id, replies.c.person)
        .join(replies, replies.c.id == statement_replies.c.reply_id)
        .order_by(replies.c.id)
    )
    further: dict[int, list[tuple[int, str]]] = {}
    for ids in chunks(tuple(statement_ids)):
        rows = await connection.execute(query.where(statement_replies.c.statement_id.in_(ids)))
        for statement_id, reply_id, person in rows:
            further.setdefault(statement_id, []).append((reply_id, person))
    return further
