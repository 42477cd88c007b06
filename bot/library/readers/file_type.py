"""Tell what a file is by its first bytes and its words, never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from typing import Literal

from bot.errors import UserError
from bot.library.readers.data_files import MAIL, XML_DATA, is_saved_page, refuse_data
from bot.library.readers.encoding import CHOOSE, LOOKED_AT, decode
from bot.library.readers.packed import DAMAGED_ARCHIVE, read_bytes
from bot.library.readers.transcript import is_transcript

Form = Literal["pdf", "docx", "odt", "epub", "mhtml", "html", "transcript", "markdown", "text"]

DAMAGED = "The file is damaged or wasn’t downloaded to its end. Download it again, then try again."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF"),
    *(b"ID3\2", b"ID3\3", b"ID3\4", b"\xff\xfb", b"OggS", b"fLaC", b"\x1aE\xdf\xa3"),
)
_PACKED = (b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_WEB_ARCHIVE = b"bplist00"
SPREADSHEET = (
    "The file is a spreadsheet. Write what it shows in a few sentences with “Write an excerpt” in /library, "
    "or load the report that it belongs to."
)
SLIDES = "The file is a set of slides. Save it as PDF, then try again."
IWORK = "The file is from Pages, Numbers or Keynote. Save it as Word (.docx) or PDF, then try again."
OLD_OFFICE = "The file is in an old Office format. Save it as Word (.docx) or PDF, then try again."
OPEN_DOCUMENT = "The file is an OpenDocument file of another kind than text. Save it as PDF, then try again."
XPS = "The file is an XPS document. Save it as PDF, then try again."
PICTURE = f"The file is a picture, sound or film. {CHOOSE}"
PACKED = f"The file is packed (zip, gz, 7z or the like). Unpack it first. {CHOOSE}"
E_BOOK = "The file is an e-book for Kindle. Load the report’s PDF, or save it as EPUB, then try again."
_LATER = ((4, b"ftyp", PICTURE), (257, b"ustar", PACKED), (60, b"BOOKMOBI", E_BOOK))
"""What some kinds of files have at a place after their start."""
_ZIPPED = {
    "xl/": SPREADSHEET,
    "ppt/": SLIDES,
    "Index/": IWORK,
    "Index.zip": IWORK,
    "index.apxl": IWORK,
    "FixedDoc": XPS,
}
_IN_OLE = {
    "EncryptedPackage": "The file is locked with a password. Save a copy without the password, then try again.",
    "__substg1.0_": MAIL,
    "PowerPoint Document": SLIDES,
    "Workbook": SPREADSHEET,
}
"""What the parts of an old Office file are called, and what is said of it."""
_WORD_PART = re.compile(r"word/document\d*\.xml")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_WORKBOOK = 'xmlns:x="urn:schemas-microsoft-com:office:excel"'
"""In pages that are workbooks, as many programs write .xls files."""
_ROOT = re.compile(r"<([A-Za-z][\w:.-]*)")
_DATA_ROOT = re.compile(r"\s*<(?!html\b|svg\b|!)[\w.:-]+\b[^<>]{0,500}\sxmlns(?::\w+)?=", re.IGNORECASE)
_TAGS_FIRST = re.compile(r"\s*<(?:[a-z][a-z0-9]*\b[^<>]*|!--.*?--)>", re.IGNORECASE | re.DOTALL)
_MARKDOWN = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"^```", re.MULTILINE),
    re.compile(r"\*\*\w[^*\n]*\*\*|__\w[^_\n]*__"),
    re.compile(r"\[[^\[\]\n]+\]\([^)\s]{1,500}\)"),
    re.compile(r"^> \S", re.MULTILINE),
    re.compile(r"^\S[^\n]*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE),
    re.compile(r"^\|.+\|[ \t]*\n\|[ :|-]+\|[ \t]*$", re.MULTILINE),
    re.compile(r"^\+(?:[-=]{3,}\+)+[ \t]*$", re.MULTILINE),
    re.compile(r"^ {0,3}\[\^[^\]\s]{1,200}\]:", re.MULTILINE),
    re.compile(r"^#{2,6}[A-Z]", re.MULTILINE),
    re.compile(
        r"\A\s*(---|\+\+\+)[ \t]*\n(?:[^\n]*\n){0,60}?\w+[ \t]*[:=].*\n(?:[^\n]*\n){0,60}?\1[ \t]*$", re.MULTILINE
    ),
)


def form_of(data: bytes) -> Form:
    """Say what kind of file the bytes are. Raises UserError for a kind that cannot be read."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _form_of_zip(data)
    _refuse_known(data)
    return "mhtml" if is_saved_page(data) else form_of_text(decode(data))


def form_of_text(text: str) -> Form:
    """Say whether a text is HTML, a transcript, Markdown or plain. Raises UserError for data and mail."""
    start = text[:LOOKED_AT]
    if is_transcript(text):
        return "transcript"
    refuse_data(text)
    root = _ROOT.search(start)
    if start.lstrip().startswith("<svg") or (start.lstrip().startswith("<?xml") and root and root[1].lower() == "svg"):
        raise UserError(PICTURE)
    if _DATA_ROOT.match(start) or (start.lstrip().startswith("<?xml") and root and root[1].lower() != "html"):
        raise UserError(XML_DATA)
    if _WORKBOOK in start[:4096]:
        raise UserError(SPREADSHEET)
    if _HTML.search(start[:4096]):
        return "html"
    is_markdown = any(cue.search(start) for cue in _MARKDOWN)
    if _TAGS_FIRST.match(start) and not is_markdown:
        return "html"
    return "markdown" if is_markdown else "text"


def _form_of_zip(data: bytes) -> Form:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = set(archive.namelist())
    except DAMAGED_ARCHIVE:
        raise UserError(DAMAGED) from None
    if any(_WORD_PART.fullmatch(name) for name in names):
        return "docx"
    for sign, sentence in _ZIPPED.items():
        if any(name.startswith(sign) for name in names):
            raise UserError(sentence)
    if names & {"mimetype", "content.xml", "META-INF/container.xml"}:
        return _form_of_open_document(archive, names)
    raise UserError(PACKED)


def _form_of_open_document(archive: zipfile.ZipFile, names: Collection[str]) -> Form:
    """Say what an OpenDocument file or an e-book is, which tells its kind in its first part."""
    try:
        kind = read_bytes(archive, "mimetype", 100) if "mimetype" in names else b""
    except DAMAGED_ARCHIVE:
        kind = b""
    if b"opendocument.text" in kind:
        return "odt"
    if b"epub" in kind or (not kind and "META-INF/container.xml" in names):
        return "epub"
    if b"spreadsheet" in kind:
        raise UserError(SPREADSHEET)
    raise UserError(SLIDES if b"presentation" in kind else OPEN_DOCUMENT)


def _refuse_known(data: bytes) -> None:
    if data.startswith(_OLE):
        raise UserError(next((said for sign, said in _IN_OLE.items() if sign.encode("utf-16-le") in data), OLD_OFFICE))
    if data.startswith(b"{\\rtf"):
        raise UserError("The file is in Rich Text Format. Save it as Word (.docx) or PDF, then try again.")
    if data.startswith(_WEB_ARCHIVE):
        raise UserError("The file is a web archive. Save the page as HTML or PDF, then try again.")
    if data.startswith(_PICTURES) or (data.startswith(b"BM") and data.startswith(bytes(4), 6)):
        raise UserError(PICTURE)
    if data.startswith(_PACKED):
        raise UserError(PACKED)
    for place, sign, sentence in _LATER:
        if data.startswith(sign, place):
            raise UserError(sentence)
