"""A facilitator who types somebody's own words is refused, whatever that person chose, and nothing of them is kept."""

from __future__ import annotations

import pytest

from bot.services.replies.borrowed_words import BORROWED
from cogs.review.more_card import NOTE, REWORD
from tests.cogs.review.sitting import FIRST, Sitting
from tests.world import words


@pytest.mark.parametrize("quotes", ["yes", "no", None])
async def test_words_of_a_reply_are_no_heading_and_no_note(sitting: Sitting, quotes: str | None) -> None:
    author = next(member for member in sitting.world.staff if member.id == sitting.discussion.messages[0].author.id)
    if quotes is not None:
        await sitting.world.store.people.choose(sitting.world.guild.id, author.id, quotes=quotes == "yes")
    before = await sitting.draft()
    await sitting.open(1)

    for label in (REWORD, NOTE):
        answer = await sitting.fill(label, words=f"Staff say: {FIRST.upper()}!")
        assert BORROWED in sitting.text
        assert BORROWED in words(answer.followups[-1].message)  # beside the words that come back, as on a small screen

    after = await sitting.draft()
    assert (after.summary, after.changes) == (before.summary, before.changes)


async def test_the_list_of_changes_keeps_no_words(sitting: Sitting) -> None:
    await sitting.open(1)
    await sitting.fill(REWORD, words="Nights lack staff")
    await sitting.fill(NOTE, words="Compare the rota")
    made = await sitting.world.store.drafts.changes((await sitting.draft()).id)
    assert "Nights" not in str(made)
    assert "rota" not in str(made)
