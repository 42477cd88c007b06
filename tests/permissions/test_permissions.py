"""Who may do what: every command and every button, select and form, walked through as each kind of person.

The tables of tests/permissions/tables.py say it once. What is missing in them fails a test.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands

from bot.discord_errors import FAILED
from bot.models.checks import CheckPoint
from bot.models.outcomes import Decision, OutcomeState, PointRef
from bot.models.private import LEAST_SHOWN, Quoting
from bot.models.settings import GuildSettings
from bot.models.views import NewStatement
from bot.services.library import digest_passage
from cogs.core.routing import RoutedCog
from cogs.prompts.card import REPLY
from cogs.summaries.card import OBJECTION
from tests.by_hand import rows
from tests.cogs.prompts.scenes import library, make_series
from tests.permissions.page import PAGE, page
from tests.permissions.tables import COMMANDS, EVERYBODY, FOR_ALL_EYES, ITS_AUTHOR, MENUS, REFUSALS, ROUTES, Ids
from tests.permissions.walk import guessed, said, walk, walk_routes
from tests.posted_prompts import posted_prompts
from tests.wording import says
from tests.world import World, new_world

MARK = "Zebrafinch"
"""Stands in every text of the server that others must not see."""


@pytest.fixture
async def loop(tmp_path: Path) -> AsyncIterator[Ids]:
    """A server with something of every kind; ``ids`` names it, ``people`` who acts."""
    async with new_world(tmp_path) as world:
        yield await everything_in(world)


async def everything_in(world: World) -> Ids:
    await world.store.settings.join([world.guild.id])
    await world.store.settings.change(world.guild.id, removed_words=[f"{MARK} ward"])
    excerpts = await library(world, *(f"{MARK} {n}: leaders exist at all levels." for n in range(3)))
    made = await make_series(world, title=MARK)
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{excerpts[2]}")
    (posted,) = await posted_prompts(world.store)
    card = next(message for message in world.prompts.history() if message.id == posted.message_id)
    author = world.staff[0]
    form = await author.click(card, label=REPLY)
    await author.submit_modal(form, {"words": f"{MARK} is what I think of it."})
    (reply,) = await world.store.replies.of_prompt(posted.id)
    first = await world.store.library.excerpt(world.guild.id, excerpts[0])
    await world.facilitator.slash(world.prompts, "summary draft", prompt=str(posted.id))
    draft = await world.store.drafts.of_prompt(posted.id)
    assert draft is not None
    shared, objection = await objected(world, posted.id, author)
    batch, private = await privately(world, excerpts[1])
    suggested = await world.store.suggestions.add(
        world.guild.id,
        author.id,
        passage=f"{MARK} is suggested.",
        source=MARK,
        question="",
        now=world.env.now(),
    )
    decided = Decision(OutcomeState.DOING, f"{MARK} is heard.")
    point = PointRef(posted.id, draft.summary.points[0].ref)
    outcome = await world.store.outcomes.add(
        world.guild.id, [point], decided, user_id=world.organiser.id, channels=(), now=world.env.now()
    )
    check = await world.store.checks.start(
        world.guild.id,
        posted.id,
        [CheckPoint("1", f"{MARK} is a point.")],
        ends_at=world.env.now() + timedelta(days=7),
        channel_id=posted.thread_id or 0,
        now=world.env.now(),
    )
    new = NewStatement(f"{MARK} is what I think of it.", reply.id)
    offer = await world.store.statements.offer(posted, [new], world.env.now())
    assert offer is not None
    (statement,) = await world.store.statements.of_offer(offer)
    return Ids(
        world=world,
        offer=offer.id,
        statement=statement.mark,
        people={
            "author": author,
            "staff": world.staff[1],
            "former facilitator": await former(world),
            "organiser": world.organiser,
            "facilitator": world.facilitator,
            "manager": world.manager,
        },
        excerpt=first.id,
        state=digest_passage(first.passage),
        source=first.source_id,
        series=made.id,
        prompt=posted.id,
        claim=posted.claim,
        reply=reply.id,
        message=reply.message_id,
        draft=draft.id,
        ref=draft.summary.points[0].ref,
        shared=shared,
        objection=objection,
        suggestion=suggested.id,
        outcome=outcome.id,
        check=check.id,
        check_claim=check.claim,
        batch=batch,
        private=private,
    )


async def objected(world: World, prompt_id: int, author: Any) -> tuple[int, int]:
    """A summary that stands in the thread, and what its author's words were answered: the ids of both."""
    await world.facilitator.slash(world.prompts, "summary thread", prompt=str(prompt_id), share=True)
    (shared,) = await world.store.summaries.shared(prompt_id)
    thread = next(one for one in world.threads() if one.id == shared.channel_id)
    form = await author.click(thread.history()[-1], label=OBJECTION)
    await author.submit_modal(form, {"words": f"{MARK} is not what I meant."})
    (objection,) = await world.store.objections.waiting(world.guild.id)
    return shared.message_id or 0, objection.id


async def privately(world: World, excerpt: int) -> tuple[int, str]:
    """Private replies to a prompt that is closed: the ids of their batch and of one of them."""
    await world.facilitator.slash(world.prompts, "prompt post", excerpt=f"id:{excerpt}")
    prompt = max(await posted_prompts(world.store), key=lambda one: one.id)
    today = world.env.now().date()
    for user_id in range(LEAST_SHOWN):
        text = f"{MARK} {user_id} is private."
        await world.store.private.add(
            prompt, user_id, text=text, quoting=Quoting.YES, group="", manages=False, today=today
        )
    await world.facilitator.slash(world.prompts, "prompt close", prompt=str(prompt.id))
    await world.env.settle()
    (batch,) = await world.store.private.waiting(world.guild.id)
    replies = await world.store.private.of_batch(world.guild.id, batch.id)
    return batch.id, replies[0].id


async def former(world: World) -> Any:
    """Somebody who was a facilitator and did a facilitator's work, until the role was taken away."""
    role = world.guild.roles["Facilitators"]
    person = world.guild.add_member(world.env.create_user("Gil"), roles=[role])
    assert (await person.slash(world.prompts, "prompt list")).response is not None
    world.env.backend.get_guild(world.guild.id).members[person.id].role_ids.remove(role.id)
    return person


def leaves(bot: Any) -> Iterator[app_commands.Command[Any, ..., Any]]:
    return (one for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command))


async def test_the_tables_name_every_command_menu_button_select_and_form(world: World) -> None:
    routed = {name for cog in world.bot.cogs.values() if isinstance(cog, RoutedCog) for name in cog._routes}

    assert {command.qualified_name for command in leaves(world.bot)} == set(COMMANDS)
    menus = {one.name for one in world.bot.tree.get_commands() if isinstance(one, app_commands.ContextMenu)}
    assert menus == set(MENUS)
    assert routed == set(ROUTES)


async def test_the_page_of_permissions_says_what_the_tables_say(world: World) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(world.bot), "run: python -m tests.permissions.page"


@pytest.mark.sampled(0)
async def test_who_leads_may_do_what_the_tables_say_and_nothing_else(loop: Ids) -> None:
    offered = await choices(loop, loop.people["facilitator"], loop.world.prompts)
    # No summary that a person checked is published.
    nothing_there = ["outcome add points"]
    assert [name for name, found in offered.items() if not found] == nothing_there

    await walk_as(loop, "facilitator")
    await walk_as(loop, "manager")  # also where the other has just removed it, since who asks is looked at first


@pytest.mark.sampled(0)
async def test_everybody_else_may_do_what_the_tables_say_and_nothing_else(loop: Ids) -> None:
    world = loop.world
    before = rows(world.path)
    for kind in ("staff", "organiser", "former facilitator"):
        await walk_as(loop, kind, lambda who, kind=kind: kind not in who)
    for kind in ("staff", "author", "former facilitator"):
        offered = await choices(loop, loop.people[kind], world.prompts)
        assert {name: found for name, found in offered.items() if found} == {}
    await guess_as_author(loop)
    await write_to_the_bot_alone(loop)
    assert rows(world.path) == before

    for kind in ("staff", "organiser", "author"):
        await walk_as(loop, kind, lambda who, kind=kind: kind in who)


async def guess_as_author(ids: Ids) -> None:
    """Whoever wrote a reply gets nothing by ids that differ from its own by one."""
    steps = walk_routes(guessed(ids), ids.people["author"], ids.world.prompts, lambda who: who != EVERYBODY)
    async for name, who, result in steps:
        assert said(result).startswith(REFUSALS[who]), name


async def write_to_the_bot_alone(ids: Ids) -> None:
    """A facilitator, outside of every server: in direct messages with the bot."""
    user = ids.people["facilitator"].user
    async for name, _, result in walk_routes(ids, user, user.dm_channel):
        answer = said(result)
        assert result.acknowledged, name
        assert MARK not in answer, name
        assert not says(answer, FAILED), name


async def walk_as(ids: Ids, kind: str, wanted: Any = lambda _: True) -> None:
    async for name, who, result in walk(ids, ids.people[kind], ids.world.prompts, wanted):
        answer = said(result)
        assert result.acknowledged, name
        assert not says(answer, FAILED), name
        if kind in who:
            assert not answer.startswith("Only "), name
        else:
            assert answer.startswith(REFUSALS[who]), name


@pytest.mark.sampled(0)
async def test_in_another_server_nothing_of_this_one_is_seen_or_changed(loop: Ids) -> None:
    world = loop.world
    before = rows(world.path)
    other = world.env.create_guild("Hillside")
    leaders, talk = other.create_role("Facilitators"), other.create_text_channel("talk")
    hal = other.add_member(world.env.create_user("Hal"), roles=[leaders])
    author = other.add_member(loop.people["author"].user, roles=[])
    await world.env.settle()
    await world.store.settings.save(
        GuildSettings(
            other.id, prompts_channel_id=talk.id, facilitator_role_id=leaders.id, organiser_role_id=leaders.id
        )
    )
    walks = (
        walk(loop, hal, talk),
        walk_routes(guessed(loop), hal, talk),
        walk(loop, author, talk, lambda who: who in (EVERYBODY, ITS_AUTHOR)),
    )
    for steps in walks:
        async for name, _, result in steps:
            answer = said(result)
            assert MARK not in answer, name
            assert not says(answer, FAILED), name

    theirs = set(rows(world.path))
    own = f'INSERT INTO "guilds" VALUES({other.id},'  # its own facilitator may change its list of words
    assert [row for row in before if row not in theirs and not row.startswith(own)] == []
    assert MARK not in "\n".join(world.texts(talk))


async def choices(ids: Ids, person: Any, channel: Any) -> dict[str, list[Any]]:
    """What every option offers that is completed while typing."""
    return {
        f"{command.qualified_name} {option.display_name}": await person.autocomplete(
            channel, command.qualified_name, option.display_name, ""
        )
        for command in leaves(ids.world.bot)
        for option in command.parameters
        if option.autocomplete and option.display_name not in FOR_ALL_EYES
    }
