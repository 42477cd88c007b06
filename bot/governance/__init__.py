"""Documents for an information governance team, written from the settings as they are."""

from bot.governance.documents import NAMES, write_documents, write_zip
from bot.governance.facts import Facts, LanguageModelFacts, ProgramSetting, describe_language_model

__all__ = [
    "NAMES",
    "Facts",
    "LanguageModelFacts",
    "ProgramSetting",
    "describe_language_model",
    "write_documents",
    "write_zip",
]
