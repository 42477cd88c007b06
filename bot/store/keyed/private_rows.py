"""Rows of private replies: under whose pseudonym they lie, and how their words are sealed and opened."""

from __future__ import annotations

import hmac
import json
from datetime import date

from sqlalchemy import RowMapping

from bot.models.private import PrivateReply, Quoting
from bot.store.database import Database
from bot.store.encryption import Pseudonyms, Sealer
from bot.store.keyed.prompt_keys import PromptKeys


class PrivateRows:
    """What every verb over the table private_replies needs."""

    def __init__(self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, keys: PromptKeys) -> None:
        self._database = database
        self._sealer = sealer
        self._pseudonyms = pseudonyms
        self._keys = keys

    def _person(self, key: bytes, guild_id: int, user_id: int) -> str:
        """The pseudonym of a person in one prompt, in 32 hex digits.

        It is made of the one in the server, so that neither the prompt's key nor the pseudonym key is enough for it.
        """
        person = self._pseudonyms.of(guild_id, user_id)
        return hmac.digest(key, f"private:{person}".encode(), "sha256").hex()[:32]

    def _sealed(self, reply: PrivateReply) -> bytes:
        return sealed_reply(reply, self._sealer)

    def _reply(self, row: RowMapping) -> PrivateReply:
        label, key_id, left_out = f"private_replies:{row['id']}", row["key_id"], row["left_out_sealed"]
        body = json.loads(self._sealer.open(row["sealed"], label, key_id))
        day: date = row["day"]
        return PrivateReply(
            id=row["id"],
            prompt_id=row["prompt_id"],
            text=body["text"],
            day=day,
            quoting=Quoting(body["quoting"]),
            group=body["group"],
            manages=body["manages"],
            left_out="" if left_out is None else self._sealer.open(left_out, f"{label}:left out", key_id),
        )


def sealed_reply(reply: PrivateReply, sealer: Sealer) -> bytes:
    """The words of a private reply, and what its author said of themselves, sealed for its row."""
    body = {"text": reply.text, "quoting": reply.quoting, "group": reply.group, "manages": reply.manages}
    return sealer.seal(json.dumps(body), f"private_replies:{reply.id}")
