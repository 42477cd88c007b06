"""Tell what a file is by its first bytes and its words, never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from bot.errors import UserError

Form = Literal["pdf", "docx", "html", "markdown", "text"]

CHOOSE = "Choose a PDF, Word (.docx), HTML, Markdown or plain text file."
DAMAGED = "The file is damaged or was not downloaded to its end. Download it again, then try again."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAGS_FIRST = re.compile(r"\s*<(?:[a-z][a-z0-9]*\b[^<>]*|!--.*?--)>", re.IGNORECASE | re.DOTALL)
_MARKDOWN = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"^```", re.MULTILINE),
    re.compile(r"\*\*\w[^*\n]*\*\*|__\w[^_\n]*__"),
    re.compile(r"\[[^\[\]\n]+\]\([^)\s]{1,500}\)"),
    re.compile(r"^> \S", re.MULTILINE),
    re.compile(r"^\S[^\n]*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE),
    re.compile(r"^\|.+\|[ \t]*\n\|[ :|-]+\|[ \t]*$", re.MULTILINE),
)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
LOOKED_AT = 20_000
"""So many characters are looked at to tell one kind of text from another."""


def form_of(data: bytes) -> Form:
    """Say what kind of file the bytes are. Raises UserError for a kind that cannot be read."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _form_of_zip(data)
    _refuse_known(data)
    return form_of_text(decode(data))


def form_of_text(text: str) -> Form:
    """Say whether a text is HTML, Markdown or plain."""
    start = text[:LOOKED_AT]
    if _HTML.search(start[:4096]):
        return "html"
    is_markdown = any(cue.search(start) for cue in _MARKDOWN)
    if start.lstrip().startswith("<?xml"):
        raise UserError(f"The file is data in XML, not a report. {CHOOSE}")
    if _TAGS_FIRST.match(start) and not is_markdown:
        return "html"
    return "markdown" if is_markdown else "text"


def decode(data: bytes) -> str:
    """Decode bytes by their byte order mark, what an HTML file says of itself, as UTF-8, or else as Windows-1252.

    Raises UserError where the bytes are no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data[:LOOKED_AT]:
        return _decode_wide(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode_old(data)
    odd = sum(char < " " and char not in "\t\n\r\f\x1b" for char in text[:LOOKED_AT])
    if odd > len(text[:LOOKED_AT]) // 50:
        raise UserError(f"This kind of file cannot be read. {CHOOSE}")
    return text


def _decode_wide(data: bytes) -> str:
    """UTF-16 without a byte order mark: in most languages every second byte is often zero."""
    start = data[:LOOKED_AT]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = start[offset::2].count(0), start[1 - offset :: 2].count(0)
        if zeros > len(start) // 5 and not others:
            return data.decode(encoding, "replace")
    raise UserError(f"This kind of file cannot be read. {CHOOSE}")


def _decode_old(data: bytes) -> str:
    said = _CHARSET.search(data[:4096])
    try:
        return data.decode(said[1].decode("ascii") if said else "cp1252")
    except (LookupError, UnicodeDecodeError):
        # One bad byte should not make a whole file unreadable: where nearly all is UTF-8, the rest is marked.
        text = data.decode("utf-8", "replace")
        return text if text.count("\ufffd") <= len(text) // 200 else data.decode("cp1252", "replace")


def _form_of_zip(data: bytes) -> Form:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise UserError(DAMAGED) from None
    if "word/document.xml" in names:
        return "docx"
    for folder, what in (("xl/", "a spreadsheet"), ("ppt/", "a set of slides")):
        if any(name.startswith(folder) for name in names):
            raise UserError(f"The file is {what}. {CHOOSE}")
    if names & {"mimetype", "content.xml", "META-INF/container.xml"}:
        raise UserError("The file is an OpenDocument or e-book file. Save it as PDF or Word (.docx), then try again.")
    raise UserError(f"The file is a packed folder (zip). Unpack it first. {CHOOSE}")


def _refuse_known(data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UserError("The file is locked with a password. Save a copy without the password, then try again.")
        raise UserError("The file is in an old Office format. Save it as Word (.docx) or PDF, then try again.")
    if data.startswith(b"{\\rtf"):
        raise UserError("The file is in Rich Text Format. Save it as Word (.docx) or PDF, then try again.")
    if data.startswith(_PICTURES):
        raise UserError(f"The file is a picture, sound or film. {CHOOSE}")
