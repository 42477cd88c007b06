"""How many words went to a language model on each day, so that a bound holds over restarts and in every process."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete

from bot.store.repository import Repository
from bot.store.tables import model_use

KEPT = timedelta(days=31)


class ModelUseStore(Repository):
    """Verbs over the table model_use. It counts, and knows neither servers nor people."""

    async def take(self, day: date, words: int, most: int) -> bool:
        """Count a call and its words on a day. False, with nothing counted, where that day would then exceed ``most``.

        Counts of more than 31 days before are erased.
        """
        if words > most:
            return False
        insert = self._database.insert(model_use).values(day=day, calls=1, words=words)
        count = insert.on_conflict_do_update(
            index_elements=["day"],
            set_={"calls": model_use.c.calls + 1, "words": model_use.c.words + words},
            where=model_use.c.words + words <= most,
        )
        async with self._database.write() as connection:
            taken = (await connection.execute(count.returning(model_use.c.words))).first()
            await connection.execute(delete(model_use).where(model_use.c.day < day - KEPT))
        return taken is not None
