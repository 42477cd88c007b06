"""Names of before, until every caller has the new ones."""

from bot.text.clean import harmless
from bot.text.markdown import escape, markdown
from bot.text.mentions import anonymised_ids, without_mentions
from bot.text.spreadsheet import safe_cell
from bot.text.words import shorten

__all__ = ["anonymised_ids", "escape", "harmless", "markdown", "safe_cell", "shorten", "without_mentions"]
