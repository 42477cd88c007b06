"""Small makers of stored things, for the tests of the store."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from bot.models.library import Document, Passage, SourceDetails
from bot.models.prompts import NewPrompt, NewSeries, Prompt, Series, Slot, Wording
from bot.models.replies import Arrival, ReplyKind
from bot.store import Store
from bot.store.tables import model_use

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
GUILD = 1
CHANNEL = 50
WORDING = Wording("Leaders exist at all levels.", True, "Where do you see this?", "No more heroes")


def document(count: int = 3, *, digest: str = "a" * 64, title: str = "A report") -> Document:
    """A document with a few passages."""
    passages = tuple(Passage(f"Passage {n} speaks of teams.", heading=f"Part {n}") for n in range(1, count + 1))
    return Document(SourceDetails(title, "A publisher", 2011), passages, digest, "text")


async def new_series(store: Store, *, excerpts: int = 3) -> Series:
    """A stored series over all excerpts of a new source, on Mondays at 09:00."""
    await store.settings.join([GUILD])
    source, _ = await store.library.add_source(GUILD, document(excerpts))
    ids = tuple(e.id for e in await store.library.excerpts(GUILD, source.id))
    slot = Slot(0, time(9), "Europe/London", date(2026, 1, 5))
    return await store.series.create(NewSeries(GUILD, "Weekly", CHANNEL, slot, ids, invited=40), NOW)


async def open_prompt(
    store: Store, *, message_id: int = 700, thread_id: int = 700, closes_at: datetime = NOW + timedelta(days=14)
) -> Prompt:
    """A posted prompt with its thread."""
    await store.settings.join([GUILD])
    claimed = await store.prompts.claim(NewPrompt(GUILD, CHANNEL, WORDING, closes_at, None), NOW)
    assert claimed is not None
    return await store.prompts.confirm(claimed, message_id=message_id, thread_id=thread_id, now=NOW)


def arrival(prompt: Prompt, message_id: int, author: int = 9, text: str = "We need more time.") -> Arrival:
    """A message in a prompt's thread."""
    return Arrival(
        id=message_id,
        guild_id=GUILD,
        prompt_id=prompt.id,
        author_id=author,
        text=text,
        created_at=NOW + timedelta(minutes=message_id),
        message_id=message_id,
    )


def form(prompt: Prompt, interaction_id: int, author: int = 9, text: str = "By the form.") -> Arrival:
    """A reply sent by the form, whose message is not posted yet."""
    return Arrival(interaction_id, GUILD, prompt.id, author, text, NOW, ReplyKind.FORM)


async def count_asked(store: Store, day: date) -> tuple[int, int]:
    """How many calls and words are noted as sent to a language model on a day."""
    async with store._database.read() as connection:
        row = (await connection.execute(select(model_use).where(model_use.c.day == day))).first()
    return (0, 0) if row is None else (row.calls, row.words)
