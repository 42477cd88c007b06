"""The library's use cases: a report is read and added, an excerpt is changed, and what a removal touches is found."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from zlib import crc32

from bot.library import check_size, read_document
from bot.library.acts import Act
from bot.library.selection import choose_passages
from bot.models.library import Document, Excerpt, Passage, Source
from bot.models.prompts import Series, SeriesState
from bot.services.borrowed_words import refuse_borrowed_words
from bot.store import Store
from bot.store.library import ChangedMeanwhileError
from bot.worker import Worker


@dataclass(frozen=True, slots=True)
class Imported:
    """A report in the library, as it was read. ``is_new`` is False where the same file was there before."""

    source: Source
    document: Document
    is_new: bool


async def import_report(store: Store, worker: Worker, guild_id: int, data: bytes, filename: str) -> Imported:
    """Read a file into a source of a server. Raises UserError for a file that cannot be read or is too large."""
    document = await read_report(worker, data, filename)
    source, is_new = await store.library.add_source(guild_id, document)
    return Imported(source, document, is_new)


async def read_report(worker: Worker, data: bytes, filename: str) -> Document:
    """Read a file in the worker process, and store nothing. Raises UserError as import_report does."""
    check_size(len(data))
    return await worker.call(read_document, data, filename)


def state_of(passage: Passage) -> str:
    """Make a short mark of a passage as it is, by which a form can tell that somebody changed it meanwhile."""
    return f"{crc32(repr(passage).encode()):08x}"


async def change_excerpt(
    store: Store, guild_id: int, excerpt_id: int, state: str, change: Callable[[Passage], Passage]
) -> Excerpt:
    """Change an excerpt that is still as ``state`` says. Raises ChangedMeanwhileError where it is not."""
    excerpt = await store.library.excerpt(guild_id, excerpt_id)
    if state_of(excerpt.passage) != state:
        raise ChangedMeanwhileError
    passage = change(excerpt.passage)
    if passage.question != excerpt.passage.question:
        await refuse_borrowed_words(store, guild_id, passage.question)
    return await store.library.edit_excerpt(guild_id, excerpt.id, passage, was=excerpt.passage)


async def choose_excerpts(store: Store, worker: Worker, source: Source) -> tuple[tuple[Excerpt, Act], ...]:
    """Find the excerpts of a source that are most worth discussing, each with what it does, in the source's order."""
    excerpts = await store.library.excerpts(source.guild_id, source.id)
    by_id = {excerpt.id: excerpt for excerpt in excerpts}
    return tuple((by_id[pick.excerpt_id], pick.act) for pick in await worker.call(choose_passages, excerpts))


async def series_with(store: Store, guild_id: int, excerpt_ids: Collection[int]) -> list[Series]:
    """Find the series of a server that still have any of these excerpts to come."""
    wanted = frozenset(excerpt_ids)
    return [
        series
        for series in await store.series.of_guild(guild_id)
        if series.state is not SeriesState.STOPPED and wanted.intersection(series.waiting_ids)
    ]
