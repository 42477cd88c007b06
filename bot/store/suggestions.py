"""What staff suggest, sealed, and what facilitators answered. Two who answer at once decide once."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, Update, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.models.actions import SUGGESTION_APPROVED, SUGGESTION_DECLINED
from bot.models.library import Passage
from bot.models.suggestions import Suggestion, SuggestionState
from bot.store.audit_log import AuditLogStore
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.library import passage_values
from bot.store.people.choices import Silences
from bot.store.repository import SealedRepository
from bot.store.tables import excerpts, guilds, sources, suggestions

BY_STAFF = "Suggested by staff"
DIGEST = "suggested by staff"
"""In place of a file's digest, so that a server has one source of this kind."""
NO_SUGGESTION = "This suggestion is gone: its author erased it."
ANSWERED = "Someone has already answered this suggestion."
NO_EXCERPT = "That excerpt is no longer in the library. Choose another one."
HAS_QUESTION = (
    "This excerpt has another question already. Choose another excerpt, or change the question with /library."
)


class SuggestionStore(SealedRepository):
    """Verbs over the table suggestions."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, audit_log: AuditLogStore) -> None:
        super().__init__(database, sealer, pseudonyms)
        self._audit_log = audit_log
        self._silences = Silences(database, sealer)

    async def add(
        self, guild_id: int, user_id: int, *, passage: str, source: str, question: str, now: datetime
    ) -> Suggestion:
        """Keep what somebody suggests. Raises UserError if they have stopped."""
        row = secrets.token_hex(8)
        words = json.dumps({"passage": passage, "source": source, "question": question}, ensure_ascii=False)
        values = {
            "guild_id": guild_id,
            "person": self._pseudonyms.of(guild_id, user_id),
            "state": SuggestionState.WAITING,
            "made_at": now,
            "row": row,
        }
        values |= self._seal(suggestions, values, words)
        async with self._database.write() as connection:
            await self._silences.refuse(connection, self._pseudonyms.of(guild_id, user_id))
            result = await connection.execute(insert(suggestions).values(values).returning(suggestions))
            kept = result.mappings().one()
        return self._suggestion(kept)

    async def get(self, guild_id: int, suggestion_id: int) -> Suggestion:
        """Return a suggestion of this server. Raises UserError if there is none."""
        query = select(suggestions).where(suggestions.c.id == suggestion_id, suggestions.c.guild_id == guild_id)
        return self._suggestion(await self._read_one(query, NO_SUGGESTION))

    async def waiting(self, guild_id: int) -> tuple[Suggestion, ...]:
        """Return the suggestions that nobody has answered, the oldest first."""
        return await self._many(suggestions.c.guild_id == guild_id, suggestions.c.state == SuggestionState.WAITING)

    async def of_guild(self, guild_id: int) -> tuple[Suggestion, ...]:
        """Return the suggestions of a server, the oldest first."""
        return await self._many(suggestions.c.guild_id == guild_id)

    async def of_person(self, guild_id: int, user_id: int) -> tuple[Suggestion, ...]:
        """Return a person's own suggestions in a server, the oldest first."""
        return await self._many(suggestions.c.person == self._pseudonyms.of(guild_id, user_id))

    async def note_card(self, suggestion: Suggestion, message_id: int | None) -> None:
        """Note the card that facilitators see; None if it is not known."""
        change = update(suggestions).where(suggestions.c.id == suggestion.id).values(message_id=message_id)
        await self._write(change)

    async def erase_old(self, now: datetime) -> dict[int, tuple[int, ...]]:
        """Erase the suggestions that are older than their server keeps replies, counted from the answer, if any.

        Returns the cards that showed them, by server.
        """
        kept = select(guilds.c.id, guilds.c.retention_days).where(self._is_held(guilds.c.id))
        gone: dict[int, tuple[int, ...]] = {}
        async with self._database.write() as connection:
            for guild_id, days in (await connection.execute(kept)).all():
                age = func.coalesce(suggestions.c.decided_at, suggestions.c.made_at)
                old = suggestions.c.guild_id == guild_id, age < now - timedelta(days=days)
                rows = await connection.execute(delete(suggestions).where(*old).returning(suggestions.c.message_id))
                cards = rows.scalars().all()
                if cards:
                    gone[guild_id] = tuple(card for card in cards if card is not None)
        return gone

    async def make_excerpt(self, suggestion: Suggestion, passage: Passage, user_id: int, now: datetime) -> Suggestion:
        """Approve a suggestion: its passage becomes an excerpt of the source BY_STAFF.

        Raises UserError if it was answered already; then nothing is added.
        """
        async with self._database.write() as connection:
            await self._decide(connection, suggestion, SuggestionState.APPROVED, user_id, now)
            source_id = await self._source(connection, suggestion.guild_id)
            last = select(func.coalesce(func.max(excerpts.c.position), 0)).where(excerpts.c.source_id == source_id)
            position = int(await connection.scalar(last) or 0) + 1
            values = {"source_id": source_id, "position": position, **passage_values(passage)}
            excerpt_id = await connection.scalar(insert(excerpts).values(values).returning(excerpts.c.id))
            await connection.execute(_where(suggestion).values(excerpt_id=excerpt_id))
        return await self.get(suggestion.guild_id, suggestion.id)

    async def holds(self, guild_id: int, source_id: int) -> bool:
        """Tell whether a source is the one that holds passages from suggestions."""
        own = select(sources.c.id).where(sources.c.guild_id == guild_id, sources.c.digest == DIGEST)
        async with self._database.read() as connection:
            return (await connection.scalar(own)) == source_id

    async def is_origin(self, guild_id: int, excerpt_id: int | None) -> bool:
        """Tell whether an excerpt or its question comes from a suggestion; True too where the excerpt is gone."""
        of_report = select(excerpts.c.id).join(sources, sources.c.id == excerpts.c.source_id)
        of_report = of_report.where(excerpts.c.id == excerpt_id, sources.c.guild_id == guild_id)
        is_suggested = select(suggestions.c.id).where(suggestions.c.excerpt_id == excerpts.c.id).exists()
        of_report = of_report.where(sources.c.digest != DIGEST, ~is_suggested)
        async with self._database.read() as connection:
            return await connection.scalar(of_report) is None

    async def add_question(
        self, suggestion: Suggestion, excerpt_id: int, question: str, user_id: int, now: datetime
    ) -> Suggestion:
        """Approve a suggestion: its question becomes that of an excerpt that has none.

        Raises UserError if it was answered already, and if the excerpt is gone or has another question.
        """
        own = select(sources.c.id).where(sources.c.guild_id == suggestion.guild_id)
        wanted = excerpts.c.id == excerpt_id, excerpts.c.source_id.in_(own)
        async with self._database.write() as connection:
            await self._decide(connection, suggestion, SuggestionState.APPROVED, user_id, now)
            excerpt = (await connection.execute(select(excerpts.c.question).where(*wanted))).first()
            if excerpt is None:
                raise UserError(NO_EXCERPT)
            if excerpt.question not in ("", question):
                raise UserError(HAS_QUESTION)
            await connection.execute(update(excerpts).where(*wanted).values(question=question))
            await connection.execute(_where(suggestion).values(excerpt_id=excerpt_id))
        return await self.get(suggestion.guild_id, suggestion.id)

    async def decline(self, suggestion: Suggestion, reason: str, user_id: int, now: datetime) -> Suggestion:
        """Decline a suggestion, with a reason that its author sees. Raises UserError if it was answered already."""
        async with self._database.write() as connection:
            await self._decide(connection, suggestion, SuggestionState.DECLINED, user_id, now, reason)
        return await self.get(suggestion.guild_id, suggestion.id)

    async def _decide(
        self,
        connection: AsyncConnection,
        suggestion: Suggestion,
        state: SuggestionState,
        user_id: int,
        now: datetime,
        answer: str | None = None,
    ) -> None:
        """Take the decision, which only one can, with the answer that its author sees."""
        by = self._pseudonyms.of(suggestion.guild_id, user_id)
        free = suggestions.c.state == SuggestionState.WAITING, suggestions.c.guild_id == suggestion.guild_id
        decided = {"state": state, "decided_at": now, "decided_by": by}
        words = {} if answer is None else {"answer_sealed": answer}
        this = suggestions.c.id == suggestion.id
        if not await self._reseal(connection, suggestions, this, *free, values=decided, words=words):
            raise UserError(ANSWERED)
        action = SUGGESTION_APPROVED if state is SuggestionState.APPROVED else SUGGESTION_DECLINED
        await self._audit_log.note_in(
            connection, suggestion.guild_id, action, f"suggestion {suggestion.id}", user_id=user_id, now=now
        )

    async def _source(self, connection: AsyncConnection, guild_id: int) -> int:
        """Return the source that holds what staff suggested, made if there is none."""
        values = {"guild_id": guild_id, "title": BY_STAFF, "publisher": "", "address": "", "licence": ""}
        made = self._database.insert(sources).values(**values, pack="", digest=DIGEST)
        await connection.execute(made.on_conflict_do_nothing())
        own = select(sources.c.id).where(sources.c.guild_id == guild_id, sources.c.digest == DIGEST)
        return int((await connection.execute(own)).scalar_one())

    async def _many(self, *where: ColumnElement[bool]) -> tuple[Suggestion, ...]:
        rows = await self._read_all(select(suggestions).where(*where).order_by(suggestions.c.id))
        return tuple(self._suggestion(row) for row in rows)

    def _suggestion(self, row: RowMapping) -> Suggestion:
        words = json.loads(self._open(suggestions, row))
        plain = ("id", "guild_id", "person", "made_at", "decided_at", "excerpt_id", "message_id")
        return Suggestion(
            **{name: row[name] for name in plain},
            state=SuggestionState(row["state"]),
            passage=words["passage"],
            source=words["source"],
            question=words["question"],
            answer=self._open(suggestions, row, "answer_sealed"),
        )


def _where(suggestion: Suggestion) -> Update:
    return update(suggestions).where(suggestions.c.id == suggestion.id)
