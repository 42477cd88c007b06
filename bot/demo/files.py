"""What the page shows beside the channel: files that the bot sent, at addresses of their own, and portraits."""

from __future__ import annotations

import io
import mimetypes
from pathlib import PurePath
from urllib.parse import quote

from aiohttp import web
from PIL import Image, ImageDraw, ImageFont

from bot.demo.simcord_inside.backend import SentFile

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


def list_files(files: list[SentFile], key: str) -> list[dict[str, str]]:
    """List the newest files, the newest first, each with the path that opens it. ``key`` is the visit's own.

    Of files with one name in one channel, which nobody could tell apart, only the newest is listed.
    """
    newest: dict[tuple[str, str], SentFile] = {}
    for file in sorted(files, key=lambda file: int(file.id), reverse=True):
        newest.setdefault((file.name, file.place), file)
    return [
        {"name": file.name, "place": file.place, "path": f"/demo/files/{key}/{file.id}/{quote(file.name)}"}
        for file in list(newest.values())[:MOST]
    ]


def answer_with_file(file: SentFile) -> web.Response:
    """Answer with a file, as a browser shows it or saves it."""
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


SIZE = 80
COLOURS = ("#7b3fa0", "#0b6e8f", "#9a3b3b", "#2f7042", "#8a5a00", "#3b4fa0", "#94315f", "#4d5a63")
"""Dark enough for white letters (contrast of at least 4.5 to 1)."""


def draw_portrait(name: str, number: int) -> bytes:
    """Draw a PNG of 80 by 80 pixels: the initials of ``name`` in white on one of eight colours."""
    image = Image.new("RGB", (SIZE, SIZE), COLOURS[number % len(COLOURS)])
    draw = ImageDraw.Draw(image)
    initials = "".join(part[0] for part in name.split()[:2])
    draw.text((SIZE / 2, SIZE / 2), initials, "white", ImageFont.load_default(32), anchor="mm")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
