"""The library's use cases: a report is read and added, an excerpt is changed, and what a removal touches is found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from zlib import crc32

from bot.errors import UserError
from bot.library import check_size, read_document
from bot.library.headings import HeadingRole, correct_headings, insert_heading
from bot.library.outline import Heading, Outline, read_outline
from bot.library.selection import choose_passages
from bot.models.library import Document, Excerpt, Passage, Source, SourceDetails
from bot.models.prompts import Series, SeriesState
from bot.services.replies.borrowed_words import refuse_borrowed_words
from bot.store import Store
from bot.store.library import ChangedMeanwhileError
from bot.worker import Worker
from bot.worker_turns import Turn

NOBODY_WAITS = Turn(waits=True)
"""For the command line, whose worker has nothing else to do; the file may take as long as any job."""

DETAILS_FIRST = (
    "“{title}” can’t be posted yet: its file doesn’t say enough about it. "
    "Open it with /library, press “Check details” and fill in what you know."
)

HEADINGS_CHANGED = "Someone changed these headings in the meantime. Look at them as they are now."


class DetailsMissingError(UserError):
    """Too little is known of reports to post from them, and nobody was asked. ``sources`` are these."""

    def __init__(self, sources: Sequence[Source]) -> None:
        super().__init__(" ".join(DETAILS_FIRST.format(title=source.details.title) for source in sources))
        self.sources = tuple(sources)


@dataclass(frozen=True, slots=True)
class ImportedReport:
    """A report in the library, as it was read. ``is_new`` is False if the same file was there before."""

    source: Source
    document: Document
    is_new: bool


async def import_report(
    store: Store, worker: Worker, guild_id: int, data: bytes, filename: str, turn: Turn = NOBODY_WAITS
) -> ImportedReport:
    """Read a file into a source of a server. Raises UserError for a file that cannot be read or is too large."""
    document = await read_report(worker, data, filename, turn)
    source, is_new = await store.library.add_source(guild_id, document)
    return ImportedReport(source, document, is_new)


async def read_report(worker: Worker, data: bytes, filename: str, turn: Turn = NOBODY_WAITS) -> Document:
    """Read a file in a worker process when its turn comes, and store nothing. Raises UserError as above."""
    check_size(len(data))
    return await worker.call_for(turn, read_document, data, filename)


async def check_details(store: Store, guild_id: int, excerpt_ids: Collection[int]) -> None:
    """Raise DetailsMissingError where any of these excerpts comes from a report whose details were never asked for."""
    sources = await store.library.undescribed(guild_id, excerpt_ids)
    if sources:
        raise DetailsMissingError(sources)


async def describe_source(store: Store, source: Source, details: SourceDetails, *, is_whole: bool) -> Source:
    """Set a source's details as a person gave them. What they leave empty is not asked for again.

    ``is_whole`` is False if a part of what they gave could not be used: that stays to be asked for.
    """
    known = {"title": details.title, "publisher": details.publisher, "year": details.year}
    missing = () if is_whole else tuple(name for name in source.missing if name != "title" and not known[name])
    return await store.library.describe(source.guild_id, source.id, details, missing=missing)


def digest_passage(passage: Passage) -> str:
    """Make a short mark of a passage as it is, by which a form can tell that somebody changed it meanwhile."""
    return f"{crc32(repr(passage).encode()):08x}"


async def change_excerpt(
    store: Store, guild_id: int, excerpt_id: int, state: str, change: Callable[[Passage], Passage]
) -> Excerpt:
    """Change an excerpt that is still as ``state`` says. Raises ChangedMeanwhileError if it is not."""
    excerpt = await store.library.excerpt(guild_id, excerpt_id)
    if digest_passage(excerpt.passage) != state:
        raise ChangedMeanwhileError
    passage = change(excerpt.passage)
    if passage.question != excerpt.passage.question:
        await refuse_borrowed_words(store, guild_id, passage.question)
    return await store.library.edit_excerpt(guild_id, excerpt.id, passage, was=excerpt.passage)


def digest_heading(outline: Outline, heading: Heading) -> str:
    """Make a short mark of a heading, of what is around it, and of the excerpts under the same outermost heading."""
    told = [(excerpt.id, excerpt.passage.heading) for excerpt in outline.excerpts_around(heading)]
    return f"{crc32(repr((heading.position, heading.path, told)).encode()):08x}"


def find_heading(outline: Outline, position: int, depth: int, state: str) -> Heading:
    """Find a heading that is still as ``state`` says. Raises ChangedMeanwhileError if it is not."""
    heading = outline.find(position, depth)
    if heading is None or digest_heading(outline, heading) != state:
        raise ChangedMeanwhileError(HEADINGS_CHANGED)
    return heading


async def correct_heading(
    store: Store,
    source: Source,
    named: tuple[int, int, str],
    role: HeadingRole,
    words: str,
    *,
    everywhere: bool = False,
) -> int:
    """Make a heading what a facilitator says it is, and return how many excerpts changed.

    ``named`` is the number of its first excerpt, the length of its path, and its state; ``everywhere`` means all
    headings of the report with the same words. Raises ChangedMeanwhileError if it is no longer in that state.
    """

    def correct(excerpts: tuple[Excerpt, ...]) -> tuple[Excerpt, ...]:
        outline = read_outline(excerpts)
        heading = find_heading(outline, *named)
        chosen = outline.find_alike(heading) if everywhere else (heading,)
        return correct_headings(outline, chosen, role, words)

    return await store.library.change_together(source.guild_id, source.id, correct)


async def add_heading(store: Store, source: Source, position: int, words: str, step: int) -> int:
    """Add a heading that was missed above an excerpt, by its number, and return how many excerpts changed.

    ``step`` says how many levels it is below the innermost heading there: 1, 0 or -1.
    """
    return await store.library.change_together(
        source.guild_id,
        source.id,
        lambda excerpts: insert_heading(read_outline(excerpts), position, words, step),
    )


async def choose_excerpts(store: Store, worker: Worker, source: Source) -> tuple[Excerpt, ...]:
    """Find the excerpts of a source that are most worth discussing, in the source's order."""
    excerpts = await store.library.excerpts(source.guild_id, source.id)
    by_id = {excerpt.id: excerpt for excerpt in excerpts}
    chosen = await worker.call_for(Turn(source.guild_id), choose_passages, excerpts)
    return tuple(by_id[excerpt_id] for excerpt_id in chosen)


async def find_series_with(store: Store, guild_id: int, excerpt_ids: Collection[int]) -> list[Series]:
    """Find the series of a server that still have any of these excerpts to come."""
    wanted = frozenset(excerpt_ids)
    return [
        series
        for series in await store.series.of_guild(guild_id)
        if series.state is not SeriesState.STOPPED and wanted.intersection(series.waiting_ids)
    ]
