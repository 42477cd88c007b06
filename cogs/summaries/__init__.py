"""Summaries on command: for one organiser's eyes, shared in the thread, as files, or reviewed by a person first."""

from bot.client import Bot


async def setup(bot: Bot) -> None:
    """Load the cogs of this step, and of the review and the board paper, whose commands are in /summary too."""
    # Not before: the review and the board paper build on what is in this package.
    from cogs.summaries.cog import add_cogs

    await add_cogs(bot)
