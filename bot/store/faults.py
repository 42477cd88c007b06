"""The one error of the store that is about the database itself, as a sentence for whoever runs the bot."""

from __future__ import annotations

from bot.errors import UserError
from bot.models.database_server import Place


class StoreError(UserError):
    """The database cannot be used as it is; the text says why and what to do. The log says so too, but not where."""

    def __init__(self, sentence: str, path: Place | None = None) -> None:
        super().__init__(sentence.format(path=path))
        self._sentence = sentence

    @property
    def public(self) -> str:
        """Return the text without the place of the file."""
        return self._sentence.replace(" at {path}", "")


class UnreachableError(StoreError):
    """The database's server cannot be reached or is too busy just now; a later try may succeed."""
