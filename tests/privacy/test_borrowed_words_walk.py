"""Somebody's sentence in every field that those who lead can fill: it ends up in nothing but their own reply."""

from __future__ import annotations

from typing import Any

from simcord.enums import InteractionType
from sqlalchemy import create_engine

from bot.models.replies import Arrival
from bot.rate_limit import RateLimiter
from bot.store.encryption.sealer import Sealer
from bot.store.schema.sealed_columns import SEALED, open_column, select_sealed
from bot.store.tables import metadata, secrets
from tests.permissions.tables import COMMANDS, FACILITATORS, ORGANISERS, ROUTES, Ids
from tests.permissions.test_permissions import loop
from tests.permissions.walk import a_card, let_all_see, send
from tests.posted_prompts import posted_prompts
from tests.world import DATA_KEY, World, words

__all__ = ["loop"]

SENTENCE = "Four of us borrow lamps from the chapel at dusk because the ward is dark."
RUN = "borrow lamps from the chapel"
OF_THE_REPORT = {"library-edited", "library-added", "suggestion-excerpt", "library-describe"}
"""Forms whose text is a report's: it is checked against nothing, since a report may say what somebody says too."""
OF_OTHER_THREADS = {"board-fields", "board-role-form", "board-theme-form", "board-split-form"}
"""Forms that are held to the threads of a series, which has none here: tests/cogs/board/test_forms.py has them."""
TYPED = {"reason", "what", "owner"}
"""The options of commands that take free text."""


def holders(world: World) -> set[str]:
    """The tables that hold the sentence, opened."""
    sealer, held = Sealer(DATA_KEY), set[str]()
    engine = create_engine(f"sqlite:///{world.path}")
    with engine.connect() as connection:
        for table in metadata.tables.values():
            rows = connection.execute(table.select()).mappings().all()
            if any(RUN in value for row in rows for value in row.values() if isinstance(value, str)):
                held.add(table.name)
        for table, sealing in SEALED.items():
            for row in () if table is secrets else connection.execute(select_sealed(table)).mappings().all():
                if any(RUN in open_column(sealer, table, row, column) for column in sealing.columns):
                    held.add(table.name)
    engine.dispose()
    return held


def shown_places(world: World) -> list[str]:
    """What the bot posted that holds the sentence."""
    places = (world.office, world.prompts, *world.threads())
    return [words(message) for place in places for message in place.history() if RUN in words(message)]


async def fill(ids: Ids, person: Any, name: str) -> None:
    """Send a form with the sentence in each of its fields."""
    form = ROUTES[name]
    arguments = form.arguments.format_map(vars(ids))
    parts = [{"type": 4, "custom_id": part, "value": SENTENCE} for part in form.filled]
    data: dict[str, Any] = {"custom_id": f"{name}:{arguments}" if arguments else name}
    data["components"] = [{"type": 18, "component": part} for part in parts]
    card = await a_card(ids.world, ids.world.office)
    await send(ids.world, person, ids.world.office, card, InteractionType.MODAL_SUBMIT, data)


async def test_no_form_and_no_command_of_those_who_lead_takes_somebodys_sentence(loop: Ids) -> None:
    world = loop.world
    threads = await posted_prompts(world.store)
    for number, prompt in enumerate(threads):
        said = Arrival(77 + number, world.guild.id, prompt.id, world.staff[1].id, SENTENCE, world.env.now())
        await world.store.replies.apply([said])
    assert holders(world) == {"replies"}
    let_all_see(world, world.facilitator)
    forms = {name for name, press in ROUTES.items() if press.filled and press.who in (FACILITATORS, ORGANISERS)}
    assert len(forms) > 25

    took: dict[str, set[str]] = {}
    for name in sorted(forms - OF_THE_REPORT - OF_OTHER_THREADS):
        world.bot.pace = RateLimiter()
        await fill(loop, world.facilitator, name)
        await world.env.settle()
        if more := holders(world) - {"replies"}.union(*took.values()):
            took[name] = more
    for name, (_who, options) in COMMANDS.items():
        given = options(loop)
        typed = {option: SENTENCE if option in TYPED else value for option, value in given.items()}
        if typed != given:
            world.bot.pace = RateLimiter()
            await world.facilitator.slash(world.prompts, name, **typed)
            await world.env.settle()
            if more := holders(world) - {"replies"}.union(*took.values()):
                took[f"/{name}"] = more

    assert took == {}
    assert shown_places(world) == []
