"""The whole loop, played by the invented people: told as text, and checked for what people have to see."""

from __future__ import annotations

from bot.demo.narrator import Teller
from bot.demo.scenes.board import finish_first, give_outcomes, make_board_paper
from bot.demo.scenes.check import see_results, start_check
from bot.demo.scenes.discussion import catch_up, discuss, pass_week, reply_by_form
from bot.demo.scenes.private_replies import allow_quotes, read_private_replies, reply_privately, see_own_data
from bot.demo.scenes.review import object_to_summary, publish_summary, review_draft
from bot.demo.scenes.setup import QUESTIONS, browse_library, make_series, see_first_prompt, set_up_server
from bot.demo.scenes.summary import close_prompt, export_files, summarise_thread
from bot.demo.world import World


async def play_opening(world: World, teller: Teller) -> None:
    """What has happened when a visitor opens the page: two prompts went all the way, and a third is being answered."""
    await set_up_server(world, teller)
    await make_series(world, teller)
    await see_first_prompt(world, teller)
    await discuss(world, teller, "first")
    await pass_week(world, teller, QUESTIONS[1])
    await discuss(world, teller, "second")
    await reply_privately(world, teller)
    await allow_quotes(world, teller)
    await finish_prompts(world, teller)
    await discuss(world, teller, "third")


async def play(world: World, teller: Teller) -> None:
    """The loop from the first form to the board's answer."""
    await set_up_server(world, teller)
    await browse_library(world, teller)
    await make_series(world, teller)
    await see_first_prompt(world, teller)
    await discuss(world, teller, "first")
    await reply_by_form(world, teller)
    await pass_week(world, teller, QUESTIONS[1])
    await discuss(world, teller, "second")
    await catch_up(world, teller)
    await reply_privately(world, teller)
    await summarise_thread(world, teller)
    await allow_quotes(world, teller)
    await export_files(world, teller)
    await finish_prompts(world, teller)
    await see_own_data(world, teller)


async def finish_prompts(world: World, teller: Teller) -> None:
    """Two prompts are closed, reviewed and published; then the board is told, and its answer returns."""
    await close_prompt(world, teller)
    await read_private_replies(world, teller)
    await review_draft(world, teller)
    await publish_summary(world, teller)
    await object_to_summary(world, teller)
    await finish_first(world, teller)
    await start_check(world, teller)
    await pass_week(world, teller, QUESTIONS[2])
    await see_results(world, teller)
    await make_board_paper(world, teller)
    await give_outcomes(world, teller)
