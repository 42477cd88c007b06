"""Documents for an information governance team, written from the settings as they are."""

from bot.governance.documents import NAMES, pack, packed
from bot.governance.facts import Facts, ProgramSetting

__all__ = ["NAMES", "Facts", "ProgramSetting", "pack", "packed"]
