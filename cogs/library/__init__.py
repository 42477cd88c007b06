"""The library: reports read into excerpts, which facilitators read, search, mark, change and ask a question about."""

from bot.client import Bot
from cogs.library.drafted_questions import DraftedQuestionCommands
from cogs.library.edits import ExcerptCommands
from cogs.library.headings import HeadingCommands
from cogs.library.navigation import NavigationCommands
from cogs.library.questions import QuestionCommands
from cogs.library.removal import RemovalCommands
from cogs.library.sources import SourceCommands


class LibraryCommands(
    RemovalCommands,
    DraftedQuestionCommands,
    QuestionCommands,
    ExcerptCommands,
    HeadingCommands,
    NavigationCommands,
    SourceCommands,
):
    """Everything of /library, for facilitators."""


async def setup(bot: Bot) -> None:
    """Load the cog."""
    await bot.add_cog(LibraryCommands(bot))
