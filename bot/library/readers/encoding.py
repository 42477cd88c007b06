"""Decode text as browsers do: by its byte order mark, as UTF-8, or by the label that the file gives its encoding."""

from __future__ import annotations

import re
from typing import Any

from bot.errors import UserError

CHOOSE = "Choose a PDF, Word (.docx), OpenDocument (.odt), e-book (.epub), HTML, Markdown or plain text file."
NO_TEXT_FILE = f"This kind of file can’t be read. {CHOOSE}"
LOOKED_AT = 20_000
"""So many characters are looked at to tell one kind of text from another."""

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LABEL = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)
_BY_ESCAPES = "iso-2022-jp"
"""Its bytes are ASCII throughout, so that it would pass for UTF-8."""


def decode(data: bytes, label: str = "") -> str:
    """Decode bytes by their byte order mark, as UTF-8, by the label that came with them or is in them, or else as
    Windows-1252.

    Labels mean what they mean to browsers (https://encoding.spec.whatwg.org): "iso-8859-1" is Windows-1252. Raises
    UserError if the bytes are no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data[:LOOKED_AT]:
        return _decode_wide(data)
    said = _encoding(label) or _encoding_in(data)
    try:
        text = _decode_by(said, data) if said is not None and said.name == _BY_ESCAPES else data.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode_old(data, said)
    odd = sum(char < " " and char not in "\t\n\r\f\x1b" for char in text[:LOOKED_AT])
    if odd > len(text[:LOOKED_AT]) // 50:
        raise UserError(NO_TEXT_FILE)
    return text


def _encoding_in(data: bytes) -> Any | None:
    match = _LABEL.search(data[:4096])
    return _encoding((match[1] or match[2]).decode("ascii", "replace")) if match else None


def _encoding(label: str) -> Any | None:
    """Return the encoding that browsers take a label for; None for one that they do not know."""
    # It is needed for text alone.
    from webencodings import lookup

    return lookup(label)


def _decode_by(encoding: Any, data: bytes) -> str:
    if encoding.name == "gbk":
        return data.decode("gb18030", "replace")  # the larger one, as browsers read it
    text: str = encoding.codec_info.decode(data, "replace")[0]
    # Python leaves open a few bytes of Windows-1252 that browsers take for characters that are not seen.
    return text.replace("\ufffd", "") if encoding.name == "windows-1252" else text


def _decode_wide(data: bytes) -> str:
    """UTF-16 without a byte order mark: in most languages every second byte is often zero."""
    start = data[:LOOKED_AT]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = start[offset::2].count(0), start[1 - offset :: 2].count(0)
        if zeros > len(start) // 5 and not others:
            return data.decode(encoding, "replace")
    raise UserError(NO_TEXT_FILE)


def _decode_old(data: bytes, said: Any | None) -> str:
    if said is not None and not said.name.startswith("utf"):
        return _decode_by(said, data)
    # One bad byte should not make a whole file unreadable: where nearly all is UTF-8, the rest is marked.
    text = data.decode("utf-8", "replace")
    is_utf8 = said is not None or any(char > "\x7f" and char != "\ufffd" for char in text)
    if is_utf8 and text.count("\ufffd") <= len(text) // 200:
        return text
    return _decode_by(_encoding("windows-1252"), data)
