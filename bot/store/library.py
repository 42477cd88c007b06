"""Sources and excerpts: what was loaded, found again by words, and changed by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, bindparam, delete, func, or_, select, update

from bot.errors import UserError
from bot.library.search import make_patterns, rank_texts, read_search
from bot.models.library import UNREAD_LETTER, Document, Excerpt, Passage, Source, SourceDetails
from bot.store.repository import Repository, chunks, write_rows
from bot.store.tables import excerpts, sources
from bot.text.clean import clean_line

MOST_FOUND = 25
MOST_WORDS = 8
_ANY_CHARACTER = str.maketrans(dict.fromkeys("'’‘\"“”-–—", "_"))
"""Typists and typesetters write them differently."""
_OF_DETAILS = tuple(field.name for field in fields(SourceDetails))
_OF_PASSAGES = tuple(field.name for field in fields(Passage))
"""Columns of sources and excerpts that have the names of fields."""
NO_EXCERPT = "That excerpt is no longer in the library. Choose another one from the list."
CHANGED_MEANWHILE = "Someone changed this excerpt while you were writing. Look at it as it is now."
NO_SOURCE = "That source is no longer in the library. Choose another one from the list."


class ChangedMeanwhileError(UserError):
    """Somebody else changed what a form is about between its being read and its being written."""

    def __init__(self, sentence: str = CHANGED_MEANWHILE) -> None:
        super().__init__(sentence)


class LibraryStore(Repository):
    """Verbs over the tables sources and excerpts."""

    async def add_source(self, guild_id: int, document: Document, *, pack: str = "") -> tuple[Source, bool]:
        """Store a document as a source with its excerpts.

        Returns the source and whether it is new: the same file twice in one server gives the one that is there.
        """
        insert = self._database.insert(sources).values(
            guild_id=guild_id,
            pack=pack,
            digest=document.digest,
            missing=",".join(document.missing),
            **_detail_values(document.details),
        )
        async with self._database.write() as connection:
            result = await connection.execute(insert.on_conflict_do_nothing().returning(sources.c.id))
            source_id = result.scalar()
            if source_id is not None and document.passages:
                rows = [
                    {"source_id": source_id, "position": position, **passage_values(passage)}
                    for position, passage in enumerate(document.passages, start=1)
                ]
                await connection.execute(excerpts.insert(), rows)
        is_new = source_id is not None
        source = await self._one_source(
            sources.c.id == source_id
            if is_new
            else and_(sources.c.guild_id == guild_id, sources.c.digest == document.digest)
        )
        return source, is_new

    async def sources(self, guild_id: int) -> tuple[Source, ...]:
        """Return a server's sources, the oldest first."""
        query = _select_sources().where(sources.c.guild_id == guild_id).order_by(sources.c.id)
        return tuple(_source(row) for row in await self._read_all(query))

    async def source(self, guild_id: int, source_id: int) -> Source:
        """Return one source. Raises UserError if the server has none of this number."""
        return await self._one_source(and_(sources.c.guild_id == guild_id, sources.c.id == source_id))

    async def undescribed(self, guild_id: int, excerpt_ids: Collection[int]) -> tuple[Source, ...]:
        """Return the sources of these excerpts whose details are still to be asked for, the oldest first."""
        of_excerpts = select(excerpts.c.source_id).where(excerpts.c.id.in_(excerpt_ids))
        query = _select_sources().where(sources.c.guild_id == guild_id, sources.c.missing != "")
        return tuple(
            _source(row)
            for row in await self._read_all(query.where(sources.c.id.in_(of_excerpts)).order_by(sources.c.id))
        )

    async def describe(
        self, guild_id: int, source_id: int, details: SourceDetails, *, missing: Sequence[str] = ()
    ) -> Source:
        """Set a source's details, and which of them are still to be asked for.

        Raises UserError if the server has none of this number.
        """
        await self._write(
            update(sources)
            .where(sources.c.guild_id == guild_id, sources.c.id == source_id)
            .values(missing=",".join(missing), **_detail_values(details))
        )
        return await self.source(guild_id, source_id)

    async def remove_source(self, guild_id: int, source_id: int) -> None:
        """Remove a source and its excerpts. Prompts that were posted keep their frozen wording."""
        await self._write(delete(sources).where(sources.c.guild_id == guild_id, sources.c.id == source_id))

    async def excerpts(
        self, guild_id: int, source_id: int | None = None, *, offset: int = 0, limit: int | None = None
    ) -> tuple[Excerpt, ...]:
        """Return a server's excerpts in the order of their sources, of one source or of all."""
        query = _select_excerpts(guild_id).offset(offset).limit(limit)
        if source_id is not None:
            query = query.where(excerpts.c.source_id == source_id)
        return await self._many(query)

    async def count_unread(self, guild_id: int, source_id: int) -> int:
        """Count the excerpts of a source in which there are letters that its file did not tell."""
        is_unread = excerpts.c.text.contains(UNREAD_LETTER)
        query = _select_excerpts(guild_id).where(excerpts.c.source_id == source_id, is_unread)
        return len(await self._read_all(query))

    async def excerpt(self, guild_id: int, excerpt_id: int) -> Excerpt:
        """Return one excerpt. Raises UserError if the server has none of this number."""
        query = _select_excerpts(guild_id).where(excerpts.c.id == excerpt_id)
        return _excerpt(await self._read_one(query, NO_EXCERPT))

    async def excerpts_of(self, guild_id: int, excerpt_ids: Sequence[int]) -> tuple[Excerpt, ...]:
        """Return the excerpts with these numbers, in the order given; those that are gone are left out."""
        by_id: dict[int, Excerpt] = {}
        for ids in chunks(excerpt_ids):
            stored = await self._many(_select_excerpts(guild_id).where(excerpts.c.id.in_(ids)))
            by_id |= {excerpt.id: excerpt for excerpt in stored}
        return tuple(by_id[excerpt_id] for excerpt_id in excerpt_ids if excerpt_id in by_id)

    async def find(self, guild_id: int, words: str, *, limit: int = MOST_FOUND) -> tuple[Excerpt, ...]:
        """Return the excerpts that hold every word (in the text, heading, question or title), for autocomplete.

        A number is also found where it is an excerpt's position in its source.
        """
        query = _select_excerpts(guild_id).limit(limit)
        for word in clean_line(words).split()[:MOST_WORDS]:
            holds = [_holds(column, word) for column in (*_WORDED, sources.c.title)]
            number = word.rstrip(".")
            if number.isascii() and number.isdecimal() and len(number) < 10:
                holds.append(excerpts.c.position == int(number))
            query = query.where(or_(*holds))
        return await self._many(query)

    async def search(
        self, guild_id: int, words: str, source_id: int | None = None, *, offset: int = 0, limit: int = MOST_FOUND
    ) -> tuple[tuple[Excerpt, ...], int]:
        """Return the excerpts whose text, heading or question meets a search, and how many there are in all.

        Those that hold the words as they were typed come before those that hold other forms of them.
        """
        terms = read_search(words)
        if not terms:
            return (), 0
        query = _select_excerpts(guild_id).with_only_columns(excerpts.c.id, *_WORDED, maintain_column_froms=True)
        if source_id is not None:
            query = query.where(sources.c.id == source_id)
        for term in terms:
            if not term.is_excluded:
                query = query.where(
                    or_(*(column.ilike(each, escape="/") for column in _WORDED for each in make_patterns(term)))
                )
        rows = await self._read_all(query)
        ranks = await asyncio.to_thread(lambda: [rank_texts(terms, [row[each] for each in _WORDED]) for row in rows])
        found = sorted((rank, place) for place, rank in enumerate(ranks) if rank is not None)
        ids = [rows[place]["id"] for _, place in found[offset : offset + limit]]
        return await self.excerpts_of(guild_id, ids), len(found)

    async def neighbours(self, excerpt: Excerpt) -> tuple[Excerpt | None, Excerpt | None]:
        """Return the excerpts right before and right after one in its source; None at either end."""
        of_source = select(excerpts).where(excerpts.c.source_id == excerpt.source_id)
        position = excerpts.c.position
        before = of_source.where(position < excerpt.position).order_by(position.desc()).limit(1)
        after = of_source.where(position > excerpt.position).order_by(position).limit(1)
        rows = (await self._read_first(before), await self._read_first(after))
        first, second = (None if row is None else _excerpt(row) for row in rows)
        return first, second

    async def add_excerpt(self, guild_id: int, source_id: int, passage: Passage) -> Excerpt:
        """Add one excerpt at the end of a source. Raises UserError if the source is gone."""
        await self.source(guild_id, source_id)
        last = select(func.coalesce(func.max(excerpts.c.position), 0)).where(excerpts.c.source_id == source_id)
        async with self._database.write() as connection:
            position = int(await connection.scalar(last) or 0) + 1
            result = await connection.execute(
                excerpts.insert()
                .values(source_id=source_id, position=position, **passage_values(passage))
                .returning(excerpts.c.id)
            )
            excerpt_id = int(result.scalar_one())
        return await self.excerpt(guild_id, excerpt_id)

    async def edit_excerpt(
        self, guild_id: int, excerpt_id: int, passage: Passage, *, was: Passage | None = None
    ) -> Excerpt:
        """Replace an excerpt's words, place and question. Prompts already posted keep theirs.

        With ``was``, raises ChangedMeanwhileError and changes nothing if the excerpt is no longer as it was.
        """
        await self.excerpt(guild_id, excerpt_id)
        expected = {} if was is None else passage_values(was)
        async with self._database.write() as connection:
            changed = await write_rows(
                connection,
                update(excerpts)
                .where(excerpts.c.id == excerpt_id, *(excerpts.c[name] == value for name, value in expected.items()))
                .values(passage_values(passage)),
            )
        if was is not None and not changed:
            raise ChangedMeanwhileError
        return await self.excerpt(guild_id, excerpt_id)

    async def change_together(
        self, guild_id: int, source_id: int, change: Callable[[tuple[Excerpt, ...]], Sequence[Excerpt]]
    ) -> int:
        """Write the headings and texts of the excerpts that ``change`` returns for those of a source as they are.

        All is read and written in one transaction: whatever ``change`` raises, nothing was written. Returns how many
        excerpts changed. Raises UserError if the source is gone.
        """
        of_source = sources.c.guild_id == guild_id, sources.c.id == source_id
        query = _select_excerpts(guild_id).where(sources.c.id == source_id)
        statement = update(excerpts).where(excerpts.c.id == bindparam("of"))
        statement = statement.values(heading=bindparam("new_heading"), text=bindparam("new_text"))
        async with self._database.write() as connection:
            if (await connection.execute(select(sources.c.id).where(*of_source))).first() is None:
                raise UserError(NO_SOURCE)
            rows = (await connection.execute(query)).mappings().all()
            changed = [
                {"of": each.id, "new_heading": each.passage.heading, "new_text": each.passage.text}
                for each in change(tuple(map(_excerpt, rows)))
            ]
            if changed:
                await connection.execute(statement, changed)
        return len(changed)

    async def ask(self, guild_id: int, excerpt_id: int, question: str) -> Excerpt:
        """Attach or change an excerpt's question."""
        await self.excerpt(guild_id, excerpt_id)
        await self._write(update(excerpts).where(excerpts.c.id == excerpt_id).values(question=question))
        return await self.excerpt(guild_id, excerpt_id)

    async def remove_excerpt(self, guild_id: int, excerpt_id: int) -> None:
        """Remove one excerpt. Raises UserError if it is gone already."""
        await self.excerpt(guild_id, excerpt_id)
        await self._write(delete(excerpts).where(excerpts.c.id == excerpt_id))

    async def _one_source(self, where: ColumnElement[bool]) -> Source:
        return _source(await self._read_one(_select_sources().where(where), NO_SOURCE))

    async def _many(self, query: Any) -> tuple[Excerpt, ...]:
        return tuple(_excerpt(row) for row in await self._read_all(query))


_WORDED = (excerpts.c.text, excerpts.c.heading, excerpts.c.question)


def _holds(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Say that a column holds a word. SQLite knows the capitals of English letters alone, so others are named."""
    forms = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    escaped = (form.replace("/", "//").replace("%", "/%").replace("_", "/_") for form in sorted(forms))
    return or_(*(column.ilike(f"%{form.translate(_ANY_CHARACTER)}%", escape="/") for form in escaped))


def _select_sources() -> Any:
    count = select(func.count()).where(excerpts.c.source_id == sources.c.id).scalar_subquery()
    return select(sources, count.label("excerpts"))


def _select_excerpts(guild_id: int) -> Any:
    return (
        select(excerpts)
        .join(sources)
        .where(sources.c.guild_id == guild_id)
        .order_by(excerpts.c.source_id, excerpts.c.position)
    )


def _detail_values(details: SourceDetails) -> dict[str, object]:
    return {name: getattr(details, name) for name in _OF_DETAILS}


def passage_values(passage: Passage) -> dict[str, object]:
    """Return a passage as the columns of an excerpt's row."""
    return {name: getattr(passage, name) for name in _OF_PASSAGES}


def _source(row: RowMapping) -> Source:
    details = SourceDetails(**{name: row[name] for name in _OF_DETAILS})
    missing = tuple(filter(None, row["missing"].split(",")))
    return Source(row["id"], row["guild_id"], details, row["excerpts"], row["pack"], missing)


def _excerpt(row: RowMapping) -> Excerpt:
    passage = Passage(**{name: row[name] for name in _OF_PASSAGES})
    return Excerpt(row["id"], row["source_id"], row["position"], passage)
