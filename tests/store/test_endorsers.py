"""Who agrees with a reply by a reaction, as it reaches the summary."""

from __future__ import annotations

from bot.models.replies import Reaction
from bot.store import Store
from bot.summaries.io.stored_replies import thread_of
from tests.store.samples import GUILD, arrival, open_prompt


async def test_signs_of_agreement_by_others_endorse_a_reply_each_person_once(store: Store) -> None:
    prompt = await open_prompt(store)
    first, second = arrival(prompt, 1, author=9), arrival(prompt, 2, author=8)
    await store.replies.apply([first, second])
    seen = [(9, "👍"), (8, "👍🏽"), (8, "❤️"), (7, "😂")]
    await store.replies.apply([Reaction(1, GUILD, person, emoji) for person, emoji in seen])

    replies = await store.replies.of_prompt(prompt.id)

    (message, other) = thread_of(prompt, replies).messages
    assert message.endorsers == (other.author,)
    assert other.endorsers == ()


async def test_a_reaction_taken_back_endorses_no_longer(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1, author=9), Reaction(1, GUILD, 8, "👍")])
    await store.replies.apply([Reaction(1, GUILD, 8, "👍", added=False)])

    (reply,) = await store.replies.of_prompt(prompt.id)

    assert reply.endorsers == ()
