"""What Discord holds and what the database says, as both are when a week is over."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from cogs.ui.parts import custom_id, frame_number
from tests.faults.trust import Server, Trust

Row = dict[str, Any]


class Held:
    """Both, read once, with the ways to look for things in them."""

    def __init__(self, trust: Trust) -> None:
        self._trust, self._ledger = trust, trust.ledger
        self._messages = trust.env.backend.messages
        self._channels = trust.env.backend.channels
        self._bot_id = trust.env.backend.bot_user.id
        with closing(sqlite3.connect(trust.path)) as connection:
            connection.row_factory = sqlite3.Row
            self._tables = {
                name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")]  # noqa: S608 - our own names
                for name in (
                    "prompts",
                    "drafts",
                    "summaries",
                    "outcome_posts",
                    "checks",
                    "replies",
                    "reactions",
                    "private_replies",
                )
            }
        self.prompts = [row for row in self._tables["prompts"] if row["state"] != "failed"]
        self._now = trust.env.now().replace(tzinfo=None)

    @property
    def _gone(self) -> set[int]:
        return self._ledger.deleted_threads

    @property
    def _shared(self) -> set[int]:
        """Prompts of which a summary was shared by hand."""
        return self._ledger.shared

    def _with_servers(self) -> Iterator[tuple[Row, Server]]:
        servers = {server.guild.id: server for server in self._trust.servers}
        for row in self.prompts:
            yield row, servers[row["guild_id"]]

    def _of_bot(self, channel_id: int | None) -> list[Any]:
        kept = self._messages.get(channel_id or 0, {}).values()
        return [one for one in kept if one.author_id == self._bot_id and one.type in (0, 19) and not one.is_ephemeral]

    def _of_staff(self, channel_id: int | None) -> list[Any]:
        kept = self._messages.get(channel_id or 0, {}).values()
        return [one for one in kept if one.author_id != self._bot_id and one.type in (0, 19)]

    def _with_custom_id(self, mark: str, channel_id: int | None = None) -> list[Any]:
        places = self._messages if channel_id is None else {channel_id: None}
        return [one for place in places for one in self._of_bot(place) if f"'{mark}" in str(one.components)]

    def _marked(self, *route: object, channel_id: int) -> list[Any]:
        number, mark = frame_number(*route), f"'{custom_id(str(route[0]), *route[1:])}'"
        return [
            message
            for message in self._of_bot(channel_id)
            if mark in str(message.components) or any(part.get("id") == number for part in message.components)
        ]

    def _people_wrote(self, channel_id: int) -> bool:
        parent = self._channels[channel_id].parent_id if channel_id in self._channels else None
        return parent is not None and bool(self._of_staff(channel_id))

    def _held(self, row: Row) -> bool:
        return any(reply["prompt_id"] == row["id"] for reply in self._tables["replies"])

    def _find(self, message_id: int) -> Any:
        return next((kept[message_id] for kept in self._messages.values() if message_id in kept), None)

    def _exists(self, message_id: int) -> bool:
        message = self._find(message_id)
        return message is not None and message.channel_id in self._channels

    def _office(self, server: Server) -> list[str]:
        return [f"{one.content} {one.components}" for one in self._of_bot(server.office.id)]


def says(message: Any, text: str) -> bool:
    return text in f"{message.content} {message.components}"


def question_of(row: Row) -> str:
    wording = row["wording"]
    return str((json.loads(wording) if isinstance(wording, str) else wording)["question"])


def name_of(row: Row) -> str:
    return f"prompt {row['id']} ({question_of(row).split(':')[0]})"
