"""Whatever a form is refused for, the person who filled it in gets back what they typed: Discord forgets it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from simcord.enums import InteractionType

from bot.discord_errors import WRITTEN, WRITTEN_FILE
from bot.rate_limit import RateLimiter
from tests.permissions.tables import ROUTES, Ids
from tests.permissions.test_permissions import everything_in
from tests.permissions.walk import a_card, guessed, said, send
from tests.wording import says
from tests.world import new_world

TYPED = {name: press for name, press in ROUTES.items() if press.filled and set(press.filled) - {"file", "template"}}
"""Every form that somebody types into."""


@pytest.fixture
async def ids(tmp_path: Path) -> AsyncIterator[Ids]:
    """A server with something of every kind, which does no longer have what the forms are about."""
    async with new_world(tmp_path) as world:
        yield guessed(await everything_in(world))


async def fill(ids: Ids, name: str, sentence: str) -> str:
    """Send a form in which every field holds a sentence, as somebody who may. Returns what they are shown."""
    press = TYPED[name]
    ids.world.bot.pace = RateLimiter()
    person = next(ids.people[who] for who in ("manager", "facilitator", "author") if who in press.who)
    arguments = press.arguments.format_map(vars(ids))
    parts = [{"type": 4, "custom_id": part, "value": sentence.format(part=part)} for part in press.filled]
    data: dict[str, Any] = {"custom_id": f"{name}:{arguments}" if arguments else name}
    data |= {"components": [{"type": 18, "component": part} for part in parts]}
    card = await a_card(ids.world, ids.world.office)
    return said(await send(ids.world, person, ids.world.office, card, InteractionType.MODAL_SUBMIT, data))


ANSWERS_ITSELF = {"setup-saved", "library-added", "suggest-form", "my-withdraw"}
"""Nothing that somebody types there is refused, or no more than one short line of it."""


async def test_every_form_that_is_refused_gives_back_all_that_was_typed(ids: Ids) -> None:
    sentence = "A sentence about {part}, for 31 February"

    for name in TYPED.keys() - ANSWERS_ITSELF:
        told = await fill(ids, name, sentence)
        missing = [part for part in TYPED[name].filled if sentence.format(part=part) not in told]
        wanted = {"source_title", "publisher", "licence"} if name == "library-describe" else set()
        assert set(missing) <= wanted, (name, told)


async def test_what_is_too_long_for_a_message_comes_as_a_file(ids: Ids) -> None:
    sentence = "{part} " + "and a word " * 300

    told = await fill(ids, "outcome-changed", sentence)

    assert says(told, WRITTEN_FILE)
    assert not says(told, WRITTEN)
