"""The whole loop, played by the invented people: told as text, and checked for what people have to see."""

from __future__ import annotations

from bot.demo.narrator import Teller
from bot.demo.scenes.board import finish_first, give_outcomes, paper
from bot.demo.scenes.check import see_results, start_check
from bot.demo.scenes.discussion import discuss, go_down, reply_by_form, week_later
from bot.demo.scenes.private_replies import allow_quotes, confide, let_in, see_own
from bot.demo.scenes.review import object_to, publish, review
from bot.demo.scenes.setup import QUESTIONS, browse, first_prompt, make_series, set_up
from bot.demo.scenes.summary import close, export, summarise
from bot.demo.world import World


async def opening(world: World, teller: Teller) -> None:
    """What has happened when a visitor opens the page: two prompts went all the way, and a third is being answered."""
    await set_up(world, teller)
    await make_series(world, teller)
    await first_prompt(world, teller)
    await discuss(world, teller, "first")
    await week_later(world, teller, QUESTIONS[1])
    await discuss(world, teller, "second")
    await confide(world, teller)
    await allow_quotes(world, teller)
    await finish(world, teller)
    await discuss(world, teller, "third")


async def play(world: World, teller: Teller) -> None:
    """The loop from the first form to the board's answer."""
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
    await finish(world, teller)
    await see_own(world, teller)


async def finish(world: World, teller: Teller) -> None:
    """Two prompts are closed, reviewed and published; then the board is told, and its answer returns."""
    await close(world, teller)
    await let_in(world, teller)
    await review(world, teller)
    await publish(world, teller)
    await object_to(world, teller)
    await finish_first(world, teller)
    await start_check(world, teller)
    await week_later(world, teller, QUESTIONS[2])
    await see_results(world, teller)
    await paper(world, teller)
    await give_outcomes(world, teller)
