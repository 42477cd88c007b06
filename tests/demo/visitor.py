"""Somebody at the demo’s page, and what they can do there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import aiohttp

from bot.demo.page import Visit
from bot.demo.world import World


class Visitor:
    """Somebody at the page: presses its controls, and acts in the conversation as simcord's page does."""

    def __init__(self, visit: Visit, session: aiohttp.ClientSession) -> None:
        self.visit = visit
        self.world: World = visit.world
        self._session = session
        self._headers = {"X-Demo-Token": visit.stage.token}
        self._sequence = 0

    async def state(self) -> dict[str, Any]:
        return await self._read("GET", "/demo/state")

    async def press(self, control: str, **body: Any) -> dict[str, Any]:
        return await self._read("POST", f"/demo/{control}", body)

    async def status(self, path: str, method: str = "GET", **headers: str) -> int:
        async with self._session.request(
            method, path, headers=headers, json={} if method == "POST" else None
        ) as answer:
            return answer.status

    async def open_conversation(self) -> dict[str, Any]:
        headers = {"X-Simcord-Capability": self.visit.stage.token}
        async with self._session.post("/api/pages", json={}, headers=headers) as answer:
            self._headers |= headers
            page: dict[str, Any] = await answer.json()
            self._headers["X-Simcord-Context"] = page["context"]["id"]
            return page

    async def conversation(self) -> dict[str, Any]:
        return await self._read("GET", "/api/state")

    async def write(self, text: str) -> dict[str, Any]:
        return await self._act(await self.conversation(), kind="send_message", content=text, reply_to_id=None)

    async def click(self, page: dict[str, Any], label: str) -> dict[str, Any]:
        """Press a button of the newest card that has it, as it was on the page that the visitor had before them."""
        message, key = [
            (message, control["control_key"])
            for message in page["timeline"]
            for control in parts_of(page["messages"][message])
            if control.get("label") == label
        ][-1]
        return await self._act(page, kind="click", target_id=message, control_key=key)

    async def _act(self, page: dict[str, Any], **action: Any) -> dict[str, Any]:
        answer = await self._read(
            "POST",
            "/api/action",
            {
                "protocol_version": 3,
                "sequence": self._sequence + 1,
                "request_id": secrets.token_hex(8),
                "generation": page["context"]["generation"],
                "bot_generation": page["botGeneration"],
                "published_revision": page["publishedRevision"],
                **action,
            },
        )
        self._sequence = answer["expectedSequence"]
        return answer

    async def fetched(self, path: str) -> aiohttp.ClientResponse:
        """The answer to a browser that opens an address: no token goes with it."""
        async with self._session.get(path) as answer:
            assert answer.status == 200
            await answer.read()
            return answer

    async def go_to_thread(self) -> dict[str, Any]:
        """Show the newest prompt's thread."""
        *_, thread = (c for c in (await self.state())["channels"] if c["kind"] == "thread")
        return await self.press("show", channel=thread["id"])

    async def _read(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        async with self._session.request(method, path, json=body, headers=self._headers) as answer:
            assert answer.status == 200, await answer.text()
            read: dict[str, Any] = await answer.json()
            return read


def parts_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every part of a message's card, whatever it is in."""
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        yield from parts_of(part)
