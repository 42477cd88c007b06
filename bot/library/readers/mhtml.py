"""Read web pages that were saved as one file (.mhtml, .mht): the page itself, out of the parts that it came with."""

from __future__ import annotations

from dataclasses import replace
from email.message import Message
from email.parser import BytesParser
from email.policy import default

from bot.errors import UserError
from bot.library.blocks import Content
from bot.library.readers.data_files import MAIL
from bot.library.readers.encoding import decode
from bot.library.readers.html import read_html

_OF_MAIL = ("To", "Cc", "Received", "Delivered-To", "Return-Path", "Message-ID", "In-Reply-To")


def read_mhtml(data: bytes) -> Content:
    """Return the blocks of the page in the file. Raises UserError for a mail, and for a file without a page."""
    message = BytesParser(policy=default).parsebytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
    page = _page_of(message)
    is_mail = any(field in message for field in _OF_MAIL)
    if page is None or is_mail:
        raise UserError(MAIL)
    body = page.get_payload(decode=True)
    content = read_html(decode(body if isinstance(body, bytes) else b"", page.get_content_charset() or ""))
    address = page.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
    title = content.details.title or str(message.get("Subject") or "")
    details = replace(content.details, title=title, address=content.details.address or str(address))
    return replace(content, details=details)


def _page_of(message: Message) -> Message | None:
    """Return the part that is the page: the one that is named as the first, or else the first of its kind."""
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    named = (part for part in pages if start and part.get("Content-ID") == start)
    return next(named, pages[0] if pages else None)
