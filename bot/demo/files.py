"""The files that the bot sent in the demo, each at an address of its own, so that a browser can open them."""

from __future__ import annotations

import mimetypes
from pathlib import PurePath
from urllib.parse import quote

from aiohttp import web

from bot.demo.simcord_inside import SentFile

MOST = 12
SHOWN = frozenset({".html", ".png", ".txt", ".md", ".json", ".csv"})
"""What a browser shows; anything else it saves."""
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
}
"""A file is a document of its own: it can run nothing, load nothing, and reach nothing of the demo."""


def listed(files: list[SentFile], key: str) -> list[dict[str, str]]:
    """The newest files, the newest first, with the paths at which they can be opened. ``key`` is the visit's own."""
    newest = sorted(files, key=lambda file: int(file.id), reverse=True)[:MOST]
    return [
        {"name": file.name, "place": file.place, "path": f"/demo/files/{key}/{file.id}/{quote(file.name)}"}
        for file in newest
    ]


def opened(file: SentFile) -> web.Response:
    """The file as a browser shows it, or saves it."""
    suffix = PurePath(file.name).suffix.lower()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if suffix not in SHOWN:
        return web.Response(
            body=file.content, content_type=kind, headers={**HEADERS, "Content-Disposition": "attachment"}
        )
    if suffix == ".png":
        return web.Response(body=file.content, content_type=kind, headers=HEADERS)
    kind = "text/html" if suffix == ".html" else "text/plain"
    return web.Response(body=file.content, content_type=kind, charset="utf-8", headers=HEADERS)
