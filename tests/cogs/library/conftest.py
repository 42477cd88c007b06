"""A server with the library's cards and one report of fourteen excerpts."""

from __future__ import annotations

import pytest

from bot.models.library import Document, Passage, Source, SourceDetails
from tests.cogs.library.headings import HEADINGS, load
from tests.world import World

HOSTILE = "@everyone **bold** <@123456789012345678> [link](https://example.org) # heading"
TABLE = "Trust | 112.99 | 2.5"


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """The library alone."""
    return ("cogs.library",)


@pytest.fixture
async def faulty(world: World) -> Source:
    """A report with a caption among its headings, and a label that comes again."""
    return await load(world, *HEADINGS)


@pytest.fixture
async def report(world: World) -> Source:
    """A report in the library: three chapters, one hostile excerpt, a table, and our summary with a question."""
    source, _ = await world.store.library.add_source(world.guild.id, report_document())
    return source


def report_document() -> Document:
    passages = [
        Passage("Leaders exist at every level, the report said.", heading="Levels", page_from=4, page_to=5),
        Passage(
            "Boards need attention.",
            heading="Levels",
            own_words=True,
            question="What does your board need?",
            place="about page 9",
        ),
        Passage(HOSTILE, heading=HOSTILE),
        *(Passage(f"Excerpt number {number} speaks of teams.", heading="Teams") for number in range(4, 14)),
        Passage(TABLE, heading="Teams"),
    ]
    return Document(SourceDetails("Leading well", "The Institute", 2011), tuple(passages), "d" * 64, "text")
