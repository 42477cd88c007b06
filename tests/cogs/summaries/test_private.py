"""Private replies in summaries, from the release to a withdrawal: both counts, and never a word too many."""

from __future__ import annotations

from typing import Any

from bot.models.private import Quoting
from bot.services.summaries.published_summaries import format_age
from bot.summaries.lifecycle.freshness import RepliesSince
from bot.summaries.lifecycle.later_counts import LEFT_OUT
from bot.summaries.lifecycle.record import LEFT_OUT as LEFT_A_REPLY_OUT
from bot.summaries.lifecycle.record import PRIVATE, Record
from bot.summaries.output.plain_text import IN_PRIVATE, NOT_SHOWN, READ, READ_PRIVATE
from cogs.review.point_card import COUNT_ONLY, NOT_QUOTED, RETELL
from cogs.review.texts import TO_CHECK
from tests.cogs.summaries.discussion import SAID, Discussion, read_pages, read_shared
from tests.store.senders import withdraw
from tests.wording import says
from tests.world import shown, words

SAME = SAID[0][1]
"""The very same words as somebody's in the thread: likeness counts nobody."""
LOUD = SAME.replace("nobody", "NOBODY")
MARK = "Zebrafinch"
SENT = (
    (f"{LOUD} It has been so for years.", Quoting.YES),
    (f"{SAME} {MARK} told me so.", Quoting.COUNT),
    (f"{SAME} And {MARK} knows it.", Quoting.RETOLD),
    (f"{SAME} So I stopped.", Quoting.YES),
    (SAID[5][1], Quoting.YES),
    (f"{SAID[5][1]} {MARK} knows why.", Quoting.COUNT),
)


async def send_six(discussion: Discussion) -> list[str]:
    """Six people reply privately; their withdrawal codes."""
    store, now = discussion.world.store, discussion.world.env.now()
    more = {"group": "", "manages": False, "today": now.date()}
    return [
        await store.private.add(discussion.prompt, 900 + number, text=text, quoting=quoting, **more)
        for number, (text, quoting) in enumerate(SENT)
    ]


async def let_in(discussion: Discussion) -> None:
    """The prompt closes, its private replies are released, and a facilitator lets them in."""
    world, now = discussion.world, discussion.world.env.now()
    prompt = await world.store.prompts.close(discussion.prompt, now)
    batch = await world.store.private.release(prompt, now)
    assert batch is not None
    await world.store.private.let_in(world.guild.id, batch.id, world.facilitator.id, now)
    await dispatch(discussion, "private_let_in", batch.id)


async def dispatch(discussion: Discussion, event: str, number: int) -> None:
    with discussion.world.env._bot_scope():  # so that settling waits for what comes of it
        discussion.world.bot.dispatch(event, number)
    await discussion.world.env.settle()


async def ask(discussion: Discussion, **given: Any) -> Any:
    """What /summary thread shows an organiser."""
    organiser = discussion.world.organiser
    return await organiser.slash(discussion.thread, "summary thread", **given)


async def test_private_replies_have_no_number_beside_a_point_and_the_summary_follows_a_withdrawal(
    discussion: Discussion,
) -> None:
    world = discussion.world
    codes = await send_six(discussion)
    before = shown(await ask(discussion))
    await ask(discussion, share=True)
    assert "private" not in before

    await let_in(discussion)
    outdated = words(discussion.thread.history()[-1])
    assert format_age(RepliesSince(private=6)) in outdated
    assert "6" not in outdated.splitlines()[0]

    asked = await ask(discussion)
    pages = await read_pages(world.organiser, asked)
    card, text = asked.response, "\n".join(pages)
    assert f"3 people: 1 wrote it, 2 said “same here”. {IN_PRIVATE}" in pages[0]
    assert says(text, READ, read=12, held="13 replies")
    assert says(text, READ_PRIVATE, private=6)
    assert "private replies" not in text.replace(IN_PRIVATE, "").replace(NOT_SHOWN, "")
    chosen = next(part for row in card.message.components for part in _selects(row.to_dict()))
    who = shown(await world.organiser.select(card, [chosen["options"][0]["value"]]))
    assert NOT_SHOWN in who
    assert LOUD in who
    assert MARK not in text + who

    await ask(discussion, share=True)
    await withdraw(world.store, world.guild.id, codes[0])
    await dispatch(discussion, "replies_erased", discussion.prompt.id)
    shared = discussion.thread.history()[-1]
    assert f"3 people: 1 wrote it, 2 said “same here”. {IN_PRIVATE}" in words(shared)
    assert f"{PRIVATE}." in words(shared)
    assert says(await read_shared(world.staff[0], shared), READ_PRIVATE, private=5)

    await withdraw(world.store, world.guild.id, codes[1])
    await dispatch(discussion, "replies_erased", discussion.prompt.id)
    assert IN_PRIVATE not in words(discussion.thread.history()[-1])
    bodies = [shared.body for shared in await world.store.summaries.shared(discussion.prompt.id)]
    assert not any(MARK in body or "for years" in body or LOUD in body for body in bodies)
    assert all(Record.from_json(body).summary.coverage.private == 0 for body in bodies)


async def test_an_excluded_reply_leaves_the_shared_summary_and_one_put_back_makes_it_out_of_date(
    discussion: Discussion,
) -> None:
    world, store = discussion.world, discussion.world.store
    await ask(discussion, share=True)
    reply = (await store.replies.of_prompt(discussion.prompt.id))[0]
    given: dict[str, Any] = {"user_id": world.facilitator.id, "reason": "It names a colleague.", "now": world.env.now()}

    await store.exclusions.exclude(world.guild.id, reply.id, **given)
    await dispatch(discussion, "replies_excluded", discussion.prompt.id)
    left_out = words(discussion.thread.history()[-1])
    assert f"{LEFT_A_REPLY_OUT}." in left_out
    everything = await read_shared(world.staff[0], discussion.thread.history()[-1])
    assert f"1 ({LEFT_OUT})" in everything
    assert "3 people" not in left_out + everything
    assert reply.text[:40] not in left_out + everything
    assert f"1 ({LEFT_OUT})" in "".join(await read_pages(world.organiser, await ask(discussion)))

    await store.exclusions.include(world.guild.id, reply.id, **given)
    await dispatch(discussion, "replies_excluded", discussion.prompt.id)
    assert format_age(RepliesSince(1)) in words(discussion.thread.history()[-1])


async def test_a_draft_reads_them_and_reviewers_see_words_to_say_in_their_own(discussion: Discussion) -> None:
    world = discussion.world
    await world.store.settings.change(world.guild.id, facilitators_channel_id=world.office.id)
    await send_six(discussion)
    await world.organiser.slash(discussion.thread, "summary draft")
    await let_in(discussion)

    draft = await world.store.drafts.of_prompt(discussion.prompt.id)
    assert draft is not None
    point = draft.summary.points[0]
    assert (point.people, point.private, len(point.counted)) == (3, 4, 2)
    card = world.office.history()[-1]
    assert f"private replies: 4 {TO_CHECK}" in words(card)
    told = shown(await world.facilitator.select(card, [point.ref], custom_id=f"review-choose:{draft.id}"))
    assert f"And {MARK} knows it.” ({RETELL})" in told
    assert f"{NOT_QUOTED} ({COUNT_ONLY})" in told
    assert "told me so" not in told


def _selects(part: Any) -> list[dict[str, Any]]:
    found = [part] if part.get("options") else []
    return [*found, *(one for child in part.get("components", ()) for one in _selects(child))]
