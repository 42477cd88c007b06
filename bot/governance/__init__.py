"""Documents for an information governance team, written from the settings as they are."""

from bot.governance.documents import NAMES, write_documents, write_zip
from bot.governance.facts import Facts, ProgramSetting

__all__ = ["NAMES", "Facts", "ProgramSetting", "write_documents", "write_zip"]
