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
    """Return the blocks of the page in the file; of the part with most words if the page itself only shows others.

    Raises UserError for a mail, and for a file without a page.
    """
    message = BytesParser(policy=default).parsebytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
    pages = _pages_of(message)
    if not pages or any(field in message for field in _OF_MAIL):
        raise UserError(MAIL)
    page, content = pages[0], _read(pages[0])
    if isinstance(content, UserError):
        others = [(part, read) for part in pages[1:] if not isinstance(read := _read(part), UserError)]
        if not others:
            raise content
        page, content = max(others, key=lambda other: sum(len(block.text) for block in other[1].blocks))
    address = page.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
    title = content.details.title or str(message.get("Subject") or "")
    details = replace(content.details, title=title, address=content.details.address or str(address))
    return replace(content, details=details)


def _read(page: Message) -> Content | UserError:
    body = page.get_payload(decode=True)
    try:
        return read_html(decode(body if isinstance(body, bytes) else b"", page.get_content_charset() or ""))
    except UserError as error:
        return error


def _pages_of(message: Message) -> list[Message]:
    """Return the parts that are pages: first the one that is named as the first, or else that which comes first."""
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    return sorted(pages, key=lambda part: not (start and part.get("Content-ID") == start))
