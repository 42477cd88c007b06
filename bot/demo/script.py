"""The whole loop, played by the invented people: told as text, and checked for what people have to see."""

from __future__ import annotations

from bot.demo.narrator import Narrator
from bot.demo.scenes.board import finish_first_prompt, give_outcomes, make_board_paper
from bot.demo.scenes.check import see_results, start_check
from bot.demo.scenes.discussion import catch_up, discuss, pass_week, reply_by_form
from bot.demo.scenes.others import show_statements, tap_statements
from bot.demo.scenes.private_replies import allow_quotes, read_private_replies, reply_privately, see_own_data
from bot.demo.scenes.review import object_to_summary, publish_summary, review_draft
from bot.demo.scenes.setup import QUESTIONS, browse_library, make_series, see_first_prompt, set_up_server
from bot.demo.scenes.summary import close_prompt, export_files, summarise_thread
from bot.demo.world import World


async def play_opening(world: World, narrator: Narrator) -> None:
    """What has happened when a visitor opens the page: two prompts went all the way, and a third is being answered."""
    await set_up_server(world, narrator)
    await make_series(world, narrator)
    await see_first_prompt(world, narrator)
    await discuss(world, narrator, "first")
    await show_statements(world, narrator)
    await tap_statements(world, narrator, "first")
    await pass_week(world, narrator, QUESTIONS[1])
    await discuss(world, narrator, "second")
    await show_statements(world, narrator)
    await tap_statements(world, narrator, "second")
    await reply_privately(world, narrator)
    await allow_quotes(world, narrator)
    await finish_prompts(world, narrator)
    await discuss(world, narrator, "third")
    await show_statements(world, narrator)


async def play(world: World, narrator: Narrator) -> None:
    """The loop from the first form to the board's answer."""
    await set_up_server(world, narrator)
    await browse_library(world, narrator)
    await make_series(world, narrator)
    await see_first_prompt(world, narrator)
    await discuss(world, narrator, "first")
    await reply_by_form(world, narrator)
    await show_statements(world, narrator)
    await tap_statements(world, narrator, "first")
    await pass_week(world, narrator, QUESTIONS[1])
    await discuss(world, narrator, "second")
    await catch_up(world, narrator)
    with narrator.silence():
        await show_statements(world, narrator)
        await tap_statements(world, narrator, "second")
    await reply_privately(world, narrator)
    await summarise_thread(world, narrator)
    await allow_quotes(world, narrator)
    await export_files(world, narrator)
    await finish_prompts(world, narrator)
    await see_own_data(world, narrator)


async def finish_prompts(world: World, narrator: Narrator) -> None:
    """Two prompts are closed, reviewed and published; then the board is told, and its answer returns."""
    await close_prompt(world, narrator)
    await read_private_replies(world, narrator)
    review = await review_draft(world, narrator)
    await publish_summary(world, narrator, review)
    await object_to_summary(world, narrator)
    await finish_first_prompt(world, narrator)
    await start_check(world, narrator)
    await pass_week(world, narrator, QUESTIONS[2])
    await see_results(world, narrator)
    await make_board_paper(world, narrator)
    await give_outcomes(world, narrator)
