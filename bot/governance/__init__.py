"""Documents for an information governance team, written from the settings as they are."""

from bot.governance.facts import Facts, ProgramSetting
from bot.governance.writing import NAMES, pack, packed

__all__ = ["NAMES", "Facts", "ProgramSetting", "pack", "packed"]
