"""Posts by webhooks are nobody's replies, and facilitators are told whom they miss."""

from __future__ import annotations

from tests.cogs.replies.talk import Talk

TOLD = "Proxy bots such as PluralKit"


def post(talk: Talk, words: str) -> None:
    """A proxy bot posts in the thread by its webhook, under a name of its own."""
    backend = talk.world.env.backend
    backend.create_message(talk.thread.id, talk.world.staff[3].id, words, webhook_id=7, author_name="A Proxy")


async def test_a_post_of_a_proxy_is_not_stored_and_facilitators_are_told_once(talk: Talk) -> None:
    said = await talk.say("Words of mine")
    await talk.replies()
    post(talk, "Words of mine")
    await talk.world.staff[0].delete(said)
    post(talk, "More words")

    assert await talk.texts() == []
    assert talk.told().count(TOLD) == 1
    assert "the Reply button" in talk.told()
    assert "words" not in talk.told().lower().replace("whose words", "")


async def test_a_post_of_a_proxy_while_the_bot_was_away_is_told_of_once(talk: Talk) -> None:
    with talk.away():
        post(talk, "Written meanwhile")
    await talk.restart()
    await talk.restart()

    assert await talk.texts() == []
    assert talk.told().count(TOLD) == 1


async def test_a_webhook_elsewhere_is_nobodys_business(talk: Talk) -> None:
    backend = talk.world.env.backend
    backend.create_message(talk.world.office.id, talk.world.staff[3].id, "News", webhook_id=7, author_name="News")
    await talk.settle()

    assert TOLD not in talk.told()
