"""A press that was made up, changed or is old ends in a plain refusal: no traceback, no reference, nothing changed."""

from __future__ import annotations

import logging
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from simcord.enums import InteractionType

from bot.discord_errors import FAILED
from bot.rate_limit import RateLimiter
from cogs.core.routing import OUT_OF_DATE
from tests.examples import is_whole, spread
from tests.permissions.tables import ROUTES, Ids
from tests.permissions.test_permissions import everything_in
from tests.permissions.walk import a_card, said, send
from tests.wording import says
from tests.world import new_world

ODD = [
    "",
    "0",
    "-1",
    "1",
    "7",
    "9" * 18,
    "9" * 30,
    str(2**63),
    "1.5",
    "1e3",
    "x",
    "all",
    "None",
    "٣",
    "²",
    "Ⅷ",
    "我们",
    "нет",
    "\u202e1",
    "\U0001f600",
    "\ud83d",
    "\x00",
    " 1",
    "1 ",
    "+1",
    "1_0",
    "' OR 1=1 --",
    "<@1>",
    "a" * 90,
    "é" * 45,
]
MOST_ARGUMENTS = 5


@pytest.fixture
async def loop(tmp_path: Path) -> AsyncIterator[Ids]:
    """A server with something of every kind."""
    async with new_world(tmp_path) as world:
        yield await everything_in(world)


def tampered(name: str, ids: Ids, choose: random.Random) -> list[str]:
    """Arguments of a route: too few, too many, and each of the right ones in place of which something odd stands."""
    right = ROUTES[name].arguments.format_map(vars(ids)).split(":") if ROUTES[name].arguments else []
    made = [choose.choices(ODD, k=count) for count in range(MOST_ARGUMENTS)]
    made += [right[:count] for count in range(len(right))] + [[*right, choose.choice(ODD)], ["", *right]]
    for place in range(len(right)):
        made += [[*right[:place], odd, *right[place + 1 :]] for odd in (*choose.sample(ODD, 5), ODD[-2])]
    return [":".join((name, *arguments))[:100] for arguments in made]


async def press(ids: Ids, person: Any, card: Any, custom_id: str, choose: random.Random) -> Any:
    """Press what was made up, as a button, a select or a form with something odd in it."""
    name = custom_id.split(":")[0]
    known, odd = ROUTES[name], choose.choice(ODD)
    if known.filled:
        parts = [{"type": 4, "custom_id": part, "value": odd} for part in known.filled]
        data: dict[str, Any] = {"components": [{"type": 18, "component": part} for part in parts]}
        kind = InteractionType.MODAL_SUBMIT
    else:
        kind = InteractionType.MESSAGE_COMPONENT
        data = {"component_type": 3, "values": [odd]} if known.chosen else {"component_type": 2}
    return await send(ids.world, person, ids.world.prompts, card, kind, {"custom_id": custom_id, **data})


async def test_no_made_up_press_ends_in_a_fault(loop: Ids, caplog: pytest.LogCaptureFixture) -> None:
    world, choose = loop.world, random.Random(16)  # noqa: S311 - nothing secret
    card = await a_card(world, world.prompts)
    faults: dict[str, str] = {}
    # What is right but for the choice or the words comes last, since it may change what the others are about.
    made = [tampered(name, loop, choose) for name in sorted(ROUTES)]
    odd = [custom_id for of_one in made for custom_id in spread(of_one, len(of_one) if is_whole() else 2)]
    times = 3 if is_whole() else 1
    right = [
        custom_id
        for name in sorted(ROUTES)
        if ROUTES[name].chosen or ROUTES[name].filled
        for custom_id in [f"{name}:{ROUTES[name].arguments.format_map(vars(loop))}".rstrip(":")] * times
    ]
    for custom_id in odd + right:
        name = custom_id.split(":")[0]
        if name:
            world.bot.pace = RateLimiter()
            caplog.clear()
            person = world.facilitator if choose.random() < 0.7 else world.staff[1]
            result = await press(loop, person, card, custom_id, choose)
            errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
            if errors or says(said(result), FAILED) or "Traceback" in caplog.text:
                faults.setdefault(name, f"{custom_id!r}: {(errors or [said(result)])[0][-900:]}")
    assert not faults, "\n".join(faults.values())


async def test_a_name_that_no_cog_knows_and_a_wrong_number_of_arguments_get_a_sentence(loop: Ids) -> None:
    world = loop.world
    card = await a_card(world, world.prompts)
    for custom_id in ("gone:1", "gone", "series-state:1", "view", "view:1:2:3", "outcome-list:1:\ud83d"):
        data = {"component_type": 2, "custom_id": custom_id}
        result = await send(world, world.facilitator, world.prompts, card, InteractionType.MESSAGE_COMPONENT, data)
        assert says(said(result), OUT_OF_DATE), custom_id
