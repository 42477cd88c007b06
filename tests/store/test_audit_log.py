"""The log of moderation, and replies that are left out of summaries."""

from __future__ import annotations

from datetime import timedelta

from bot.models.actions import EXCLUDED, EXPORTED, EXPORTS, INCLUDED
from bot.models.replies import Erasure
from bot.store import Store
from tests.store.samples import GUILD, NOW, arrival, open_prompt

FAY, MO, WRITER = 21, 22, 9
LATER = NOW + timedelta(hours=1)


async def test_an_action_is_kept_with_who_did_it_and_why_and_the_newest_comes_first(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.audit_log.note(GUILD, EXPORTED, "summary.csv", user_id=FAY, prompt_id=prompt.id, now=NOW)
    await store.audit_log.note(GUILD, "swept", "2 replies", reason="Their time was over.", now=LATER)

    swept, exported = await store.audit_log.of_guild(GUILD)

    assert (swept.action, swept.subject, swept.person) == ("swept", "2 replies", "")
    assert swept.reason == "Their time was over."
    assert (exported.at, exported.prompt_id, exported.reason) == (NOW, prompt.id, "")
    assert exported.person == store.replies._pseudonyms.of(GUILD, FAY)
    assert await store.audit_log.of_guild(GUILD, EXPORTS) == (exported,)
    assert await store.audit_log.of_guild(GUILD + 1) == ()
    assert "time was over" not in repr(swept)


async def test_a_reply_is_left_out_once_and_can_be_put_back(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1, WRITER), arrival(prompt, 2, WRITER)])

    assert await store.exclusions.exclude(GUILD, 1, user_id=FAY, reason="It names a colleague.", now=NOW)
    assert not await store.exclusions.exclude(GUILD, 1, user_id=MO, reason="Another reason.", now=LATER)
    assert await store.exclusions.of_prompt(prompt.id) == {1: "It names a colleague."}
    (kept,) = await store.exclusions.of_person(GUILD, store.replies._pseudonyms.of(GUILD, WRITER))
    left_out, read = await store.exclusions.by_message(GUILD, 1), await store.exclusions.by_message(GUILD, 2)
    assert left_out is not None
    assert read is not None
    assert (left_out.id, left_out.left_out, left_out.reason) == (1, True, "It names a colleague.")
    assert (read.id, read.left_out, read.reason) == (2, False, "")
    assert await store.exclusions.of_guild(GUILD) == (left_out,)
    assert (kept.reply_id, kept.prompt_id, kept.reason, kept.made_at) == (1, prompt.id, "It names a colleague.", NOW)
    assert kept.person == store.replies._pseudonyms.of(GUILD, FAY)

    assert await store.exclusions.include(GUILD, 1, user_id=MO, reason="It named nobody.", now=LATER)
    assert not await store.exclusions.include(GUILD, 1, user_id=MO, now=LATER)
    assert await store.exclusions.of_prompt(prompt.id) == {}
    log = await store.audit_log.of_guild(GUILD)
    assert [(one.action, one.reason) for one in log] == [
        (INCLUDED, "It named nobody."),
        (EXCLUDED, "It names a colleague."),
    ]


async def test_replies_of_another_server_and_unknown_ones_cannot_be_left_out(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.settings.join([GUILD + 1])
    await store.replies.apply([arrival(prompt, 1, WRITER)])

    for guild_id, reply_id in ((GUILD + 1, 1), (GUILD, 2)):
        assert not await store.exclusions.exclude(guild_id, reply_id, user_id=FAY, reason="No.", now=NOW)
    await store.exclusions.exclude(GUILD, 1, user_id=FAY, reason="It names a colleague.", now=NOW)
    assert not await store.exclusions.include(GUILD + 1, 1, user_id=FAY, now=NOW)
    assert await store.exclusions.by_message(GUILD + 1, 1) is None
    assert await store.exclusions.of_guild(GUILD + 1) == ()
    assert await store.audit_log.of_guild(GUILD + 1) == ()


async def test_an_erased_reply_takes_its_exclusion_with_it_and_the_log_keeps_what_was_done(store: Store) -> None:
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, 1, WRITER)])
    await store.exclusions.exclude(GUILD, 1, user_id=FAY, reason="It names a colleague.", now=NOW)

    await store.replies.apply([Erasure(prompt.id, (1,))])

    assert await store.exclusions.of_prompt(prompt.id) == {}
    assert [one.action for one in await store.audit_log.of_guild(GUILD)] == [EXCLUDED]
