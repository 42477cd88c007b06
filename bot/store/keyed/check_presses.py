"""What people press about the points of a check, and what was counted of it at the end."""

from __future__ import annotations

from collections.abc import Mapping

from bot.models.checks import Check, CheckState
from bot.models.views import PressCount
from bot.store.database import Database
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.keyed.key_store import KeyStore
from bot.store.keyed.presses import PressStore, Round
from bot.store.tables import checks

NOT_OPEN = "This check has ended, so you can’t change what you tapped or wrote here."
OF_CHECKS = Round(checks, "check_id", CheckState.OPEN, NOT_OPEN)


class CheckPresses(PressStore):
    """Verbs over the presses of checks; a subject is a point's mark."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: KeyStore) -> None:
        super().__init__(database, sealer, pseudonyms, keys, OF_CHECKS)

    async def keep_totals(self, check: Check, people: int, counts: Mapping[str, PressCount]) -> None:
        """Keep what was counted of a check's points, by their marks, once."""
        async with self._database.write() as connection:
            await self.keep_total(connection, check, people, counts)
