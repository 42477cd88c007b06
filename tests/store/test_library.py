"""Sources and excerpts: added once, found by words, changed by hand, kept apart by server."""

from __future__ import annotations

import pytest

from bot.errors import UserError
from bot.models.library import Passage, SourceDetails
from bot.store import Store
from tests.store.samples import GUILD, document


async def test_the_same_file_twice_adds_nothing(store: Store) -> None:
    await store.settings.join([GUILD, 2])

    first, is_new = await store.library.add_source(GUILD, document())
    second, is_new_again = await store.library.add_source(GUILD, document())
    _, is_new_elsewhere = await store.library.add_source(2, document())

    assert (is_new, is_new_again, is_new_elsewhere) == (True, False, True)
    assert first == second
    assert first.excerpts == 3


async def test_excerpts_are_found_by_every_word_whatever_its_case(store: Store) -> None:
    await store.settings.join([GUILD])
    await store.library.add_source(GUILD, document())

    found = await store.library.find(GUILD, "TEAMS part 2")

    assert [excerpt.position for excerpt in found] == [2]
    assert await store.library.find(GUILD, "100% of_it") == ()


async def test_another_servers_excerpts_cannot_be_seen_or_changed(store: Store) -> None:
    await store.settings.join([GUILD, 2])
    source, _ = await store.library.add_source(GUILD, document())
    excerpt = (await store.library.excerpts(GUILD, source.id))[0]

    assert await store.library.find(2, "teams") == ()
    for change in (
        store.library.ask(2, excerpt.id, "Why?"),
        store.library.remove_excerpt(2, excerpt.id),
        store.library.edit_excerpt(2, excerpt.id, Passage("Other words.")),
        store.library.add_excerpt(2, source.id, Passage("Other words.")),
        store.library.describe(2, source.id, SourceDetails("Mine now")),
    ):
        with pytest.raises(UserError):
            await change
    await store.library.remove_source(2, source.id)

    assert await store.library.source(GUILD, source.id) == source


async def test_an_excerpt_written_by_hand_comes_last(store: Store) -> None:
    await store.settings.join([GUILD])
    source, _ = await store.library.add_source(GUILD, document())

    added = await store.library.add_excerpt(GUILD, source.id, Passage("By hand.", question="What do you see?"))
    asked = await store.library.ask(GUILD, added.id, "What else?")

    assert added.position == 4
    assert asked.question == "What else?"


async def test_removing_a_source_removes_its_excerpts(store: Store) -> None:
    await store.settings.join([GUILD])
    source, _ = await store.library.add_source(GUILD, document())

    await store.library.remove_source(GUILD, source.id)

    assert await store.library.excerpts(GUILD) == ()
    with pytest.raises(UserError, match="no longer in the library"):
        await store.library.source(GUILD, source.id)


async def test_details_are_changed_and_the_order_of_a_choice_is_kept(store: Store) -> None:
    await store.settings.join([GUILD])
    source, _ = await store.library.add_source(GUILD, document())
    ids = [excerpt.id for excerpt in await store.library.excerpts(GUILD, source.id)]

    described = await store.library.describe(GUILD, source.id, SourceDetails("Better", year=2012))
    chosen = await store.library.excerpts_of(GUILD, [ids[2], 99_999, ids[0]])

    assert described.details == SourceDetails("Better", year=2012)
    assert [excerpt.id for excerpt in chosen] == [ids[2], ids[0]]


async def test_a_search_looks_at_text_heading_and_question_and_says_how_many_there_are(store: Store) -> None:
    await store.settings.join([GUILD])
    source, _ = await store.library.add_source(GUILD, document(30))
    other, _ = await store.library.add_source(GUILD, document(2, digest="b" * 64))

    page, count = await store.library.search(GUILD, "PASSAGE teams", source.id, offset=20, limit=20)
    _, everywhere = await store.library.search(GUILD, "passage")
    by_heading, _ = await store.library.search(GUILD, "part 17")
    by_title = await store.library.search(GUILD, "report")

    assert ([excerpt.position for excerpt in page], count) == (list(range(21, 31)), 30)
    assert everywhere == 32
    assert [excerpt.position for excerpt in by_heading] == [17]
    assert by_title == ((), 0)
    assert other.id != source.id


@pytest.mark.parametrize("typed", ["don't", "don’t", "DON'T", "état", "ÉTAT", "self-care", "100%"])
async def test_a_search_is_not_put_off_by_capitals_apostrophes_or_dashes(store: Store, typed: str) -> None:
    await store.settings.join([GUILD])
    source, _ = await store.library.add_source(GUILD, document(1))
    text = "They don’t ask. L’État, self–care and 100% of it."
    await store.library.add_excerpt(GUILD, source.id, Passage(text))
    await store.library.add_excerpt(GUILD, source.id, Passage("Nothing of it, 1000 of it."))

    found, count = await store.library.search(GUILD, typed)

    assert [excerpt.passage.text for excerpt in found] == [text]
    assert count == 1


async def test_a_search_finds_other_forms_after_the_words_as_typed_and_pages_through_both(store: Store) -> None:
    await store.settings.join([GUILD])
    source, _ = await store.library.add_source(GUILD, document(0))
    for text in ("A board met.", "Boards met.", "Boarding is dear.", "A board sat.", "Nobody met."):
        await store.library.add_excerpt(GUILD, source.id, Passage(text))

    first, count = await store.library.search(GUILD, "boards", limit=2)
    second, _ = await store.library.search(GUILD, "boards", offset=2, limit=2)

    assert [excerpt.position for excerpt in (*first, *second)] == [2, 1, 3, 4]
    assert count == 4


@pytest.mark.parametrize(
    ("typed", "positions"),
    [
        ("dŵr", [1, 2]),
        ("DWR", [1, 2]),
        ("Siân", [1]),
        ("sian", [1]),
        ('"dwr oer"', [2]),
        ("oer OR cynnes", [1, 2, 3]),
        ("oer NOT siân", [2]),
        ("dwr -oer", []),
        ("cyn*s", [3]),
        ("organisation", [4]),
        ("50%", [4]),
        ("%", [4]),
        ("_", [4]),
        ("a/b", [4]),
        ("c\\d", [4]),
        ("' OR 1=1 --", []),
        ("\0", []),
        ("\ud800", []),
    ],
)
async def test_a_search_means_the_same_on_either_engine(store: Store, typed: str, positions: list[int]) -> None:
    await store.settings.join([GUILD])
    source, _ = await store.library.add_source(GUILD, document(0))
    for text in ("Siân: dŵr, oer", "Dwr\n\noer", "cynnes", "Organizations, 50%, snake_case, a/b, c\\d"):
        await store.library.add_excerpt(GUILD, source.id, Passage(text))

    found, count = await store.library.search(GUILD, typed)

    assert [excerpt.position for excerpt in found] == positions
    assert count == len(positions)
    await store.library.find(GUILD, typed)  # takes anything that can be typed


async def test_the_neighbours_of_an_excerpt_are_those_of_its_source_that_are_left(store: Store) -> None:
    await store.settings.join([GUILD])
    source, _ = await store.library.add_source(GUILD, document(4))
    await store.library.add_source(GUILD, document(4, digest="b" * 64))
    first, second, third, last = await store.library.excerpts(GUILD, source.id)
    await store.library.remove_excerpt(GUILD, second.id)

    assert await store.library.neighbours(third) == (first, last)
    assert await store.library.neighbours(first) == (None, third)
    assert await store.library.neighbours(last) == (third, None)
