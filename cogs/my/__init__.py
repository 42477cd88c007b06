"""My data: what is stored about a person, shown to that person alone, and everything that they can say about it."""

from bot.client import Bot
from cogs.my.choosing import ChoosingCommands
from cogs.my.deleting import DeletingCommands
from cogs.my.group import MY
from cogs.my.quoting import QuotingCommands
from cogs.my.seeing import SeeingCommands
from cogs.my.withdrawing import WithdrawingCommands


class MyCommands(SeeingCommands, DeletingCommands, WithdrawingCommands, ChoosingCommands, QuotingCommands):
    """Everything of /my. Every answer is for the person alone."""

    my = MY


async def setup(bot: Bot) -> None:
    """Load the cog."""
    await bot.add_cog(MyCommands(bot))
