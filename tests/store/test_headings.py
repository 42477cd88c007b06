"""A heading is corrected for many excerpts at once: for all or for none, and over no change of somebody else's."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.errors import UserError
from bot.library.headings import HeadingRole
from bot.library.outline import Heading, read_outline
from bot.models.library import Document, Excerpt, Passage, Source, SourceDetails
from bot.services.library import add_heading, correct_heading, digest_heading
from bot.store import Store
from bot.store.library import ChangedMeanwhileError
from tests.store.samples import GUILD

MANY = 1_200


@pytest.fixture
async def source(store: Store) -> Source:
    """A report with a short chapter, and a long one that is a caption."""
    await store.settings.join([GUILD, 2])
    headings = ["Pay", "Pay > Hours", *["SAVE ENERGY"] * MANY, "End"]
    passages = tuple(Passage(f"Passage {n}.", each, question=f"Question {n}?") for n, each in enumerate(headings))
    made, _ = await store.library.add_source(GUILD, Document(SourceDetails("A report"), passages, "a" * 64, "text"))
    return made


async def excerpts(store: Store, source: Source) -> tuple[Excerpt, ...]:
    return await store.library.excerpts(GUILD, source.id)


async def name(store: Store, source: Source, words: str = "SAVE ENERGY") -> tuple[int, int, str]:
    outline = read_outline(await excerpts(store, source))
    heading: Heading = next(each for each in outline.headings if each.words == words)
    return heading.position, len(heading.path), digest_heading(outline, heading)


async def test_all_excerpts_under_a_heading_change_and_nothing_else_of_them(store: Store, source: Source) -> None:
    before = await excerpts(store, source)

    changed = await correct_heading(store, source, await name(store, source), HeadingRole.TEXT, "Save energy")

    after = await excerpts(store, source)
    assert changed == MANY
    moved = [replace(each, passage=replace(each.passage, heading="Pay > Hours")) for each in before[2:-1]]
    text = "Save energy\nPassage 2."
    moved[0] = replace(moved[0], passage=replace(moved[0].passage, text=text))
    assert after == (*before[:2], *moved, before[-1])


async def test_two_corrections_at_the_same_moment_are_one_change_and_one_refusal(store: Store, source: Source) -> None:
    named = await name(store, source)

    results = await asyncio.gather(
        correct_heading(store, source, named, HeadingRole.HEADING, "Energy"),
        correct_heading(store, source, named, HeadingRole.LABEL, ""),
        return_exceptions=True,
    )

    assert sorted(type(each).__name__ for each in results) == ["ChangedMeanwhileError", "int"]
    assert len({each.passage.heading for each in (await excerpts(store, source))[2:-1]}) == 1


async def test_a_heading_that_was_changed_meanwhile_is_left_alone(store: Store, source: Source) -> None:
    named = await name(store, source)
    first = (await excerpts(store, source))[2]
    await store.library.edit_excerpt(GUILD, first.id, replace(first.passage, heading="Energy"))
    before = await excerpts(store, source)

    with pytest.raises(ChangedMeanwhileError, match="Someone changed these headings"):
        await correct_heading(store, source, named, HeadingRole.LABEL, "")

    assert await excerpts(store, source) == before


async def test_a_text_that_was_changed_meanwhile_takes_the_words_in(store: Store, source: Source) -> None:
    named = await name(store, source)
    first = (await excerpts(store, source))[2]
    await store.library.edit_excerpt(GUILD, first.id, replace(first.passage, text="New words.", question="New?"))

    await correct_heading(store, source, named, HeadingRole.TEXT, "SAVE ENERGY")

    passage = (await excerpts(store, source))[2].passage
    assert (passage.text, passage.question) == ("SAVE ENERGY\nNew words.", "New?")


async def test_a_change_that_fails_half_way_leaves_everything_as_it_was(store: Store, source: Source) -> None:
    before = await excerpts(store, source)

    def fail_at_the_last(stored: tuple[Excerpt, ...]) -> list[Excerpt]:
        changed = [replace(each, passage=replace(each.passage, heading="New")) for each in stored]
        changed[-1] = replace(changed[-1], passage=replace(changed[-1].passage, heading=None))  # type: ignore[arg-type]
        return changed

    with pytest.raises(Exception, match=r"(?i)not.null"):
        await store.library.change_together(GUILD, source.id, fail_at_the_last)

    assert await excerpts(store, source) == before


async def test_another_server_cannot_correct_a_heading_and_a_report_that_is_gone_is_named(
    store: Store, source: Source
) -> None:
    named = await name(store, source)
    before = await excerpts(store, source)

    with pytest.raises(UserError, match="no longer in the library"):
        await correct_heading(store, replace(source, guild_id=2), named, HeadingRole.LABEL, "")
    assert await excerpts(store, source) == before
    await store.library.remove_source(GUILD, source.id)
    for change in (
        correct_heading(store, source, named, HeadingRole.LABEL, ""),
        add_heading(store, source, 3, "Energy", 1),
    ):
        with pytest.raises(UserError, match="no longer in the library"):
            await change


async def test_a_report_without_excerpts_has_nothing_to_correct(store: Store) -> None:
    await store.settings.join([GUILD])
    empty, _ = await store.library.add_source(GUILD, Document(SourceDetails("Empty"), (), "e" * 64, "text"))

    with pytest.raises(ChangedMeanwhileError):
        await correct_heading(store, empty, (1, 1, "00000000"), HeadingRole.LABEL, "")
    with pytest.raises(UserError, match="no excerpt with that number"):
        await add_heading(store, empty, 1, "Energy", 1)


async def test_a_heading_that_was_missed_holds_for_all_excerpts_after_it(store: Store, source: Source) -> None:
    assert await add_heading(store, source, 503, "Water", 0) == MANY - 500

    headings = [each.passage.heading for each in await excerpts(store, source)]
    assert headings[2:] == ["SAVE ENERGY"] * 500 + ["Water"] * (MANY - 500) + ["End"]
