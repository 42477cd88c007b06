"""The whole loop, played by the invented people: told as text, and checked for what people have to see."""

from __future__ import annotations

from bot.demo.confiding import allow_quotes, confide, let_in, see_own
from bot.demo.harvest import close, export, summarise
from bot.demo.preparing import QUESTIONS, browse, first_prompt, make_series, set_up
from bot.demo.replying import discuss, go_down, reply_by_form, week_later
from bot.demo.reviewing import object_to, publish, review
from bot.demo.teller import Teller
from bot.demo.world import World


async def opening(world: World, teller: Teller) -> None:
    """What has happened when a visitor opens the page: two prompts were posted and answered."""
    await set_up(world, teller)
    await make_series(world, teller)
    await first_prompt(world, teller)
    await discuss(world, teller, "first")
    await week_later(world, teller, QUESTIONS[1])
    await discuss(world, teller, "second")
    await confide(world, teller)


async def play(world: World, teller: Teller) -> None:
    """The loop from the first form to the published summary."""
    await set_up(world, teller)
    await browse(world, teller)
    await make_series(world, teller)
    await first_prompt(world, teller)
    await discuss(world, teller, "first")
    await reply_by_form(world, teller)
    await week_later(world, teller, QUESTIONS[1])
    await discuss(world, teller, "second")
    await go_down(world, teller)
    await confide(world, teller)
    await summarise(world, teller)
    await allow_quotes(world, teller)
    await export(world, teller)
    await close(world, teller)
    await let_in(world, teller)
    await review(world, teller)
    await publish(world, teller)
    await object_to(world, teller)
    await see_own(world, teller)
