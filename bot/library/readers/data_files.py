"""Refuse data, mail and other text files that aren’t reports, and say what to do instead."""

from __future__ import annotations

import json
import re
from collections import Counter

from bot.errors import UserError
from bot.library.readers.encoding import LOOKED_AT

TABLE = (
    "The file is a table of data (CSV), not a report. "
    "Write what it shows in a few sentences with “Write an excerpt” in /library, or load the report that it belongs to."
)
JSON_DATA = (
    "The file is data for programs (JSON), not a report. Open the report as a web page or document, "
    "and save that as PDF, Word (.docx) or HTML."
)
XML_DATA = (
    "The file is data for programs (XML), not a report. Open the report as a web page or document, "
    "and save that as PDF, Word (.docx) or HTML."
)
MAIL = (
    "The file is an e-mail. If a report is attached to it, save the attachment and load that. "
    "Otherwise copy its text into a Word file (.docx), without names and addresses, and load that."
)
CALENDAR = "The file is a calendar or a contact, not a report. Choose the report itself."
LATEX = "The file is written in LaTeX. Make a PDF of it first, then load the PDF."
POSTSCRIPT = "The file is PostScript. Make a PDF of it first, then load the PDF."
REFERENCES = "The file is a list of references, not a report. Choose the report itself."
LINK = "The file only holds a link. Open it, save the page as HTML or PDF, and load that."
SUBTITLES = "The file holds subtitles of a kind that can’t be read. Save them as .srt or .vtt, then try again."
CHAT = (
    "The file is a chat with people’s names, not a report. "
    "Write what it shows in a few sentences with “Write an excerpt” in /library."
)

_STARTS = (
    (re.compile(r"BEGIN:(?:VCALENDAR|VCARD)"), CALENDAR),
    (re.compile(r"(?:[ \t]*(?:%.*)?\n)*+[ \t]*\\document(?:class|style)\b"), LATEX),
    (re.compile(r"%!PS"), POSTSCRIPT),
    (re.compile(r"@[A-Za-z]{3,20}\{[^\s{},]*,|TY  - [A-Z]"), REFERENCES),
    (
        re.compile(r"\[InternetShortcut\]|\{\s*\"url\"\s*:\s*\"https://docs\.google\.com/[^\"]*\"\s*,\s*\"doc_id\""),
        LINK,
    ),
    (re.compile(r"<\?xml[^>]*>\s*(?:<!DOCTYPE plist[^>]*>\s*)?<plist[^>]*>\s*<dict>\s*<key>URL</key>"), LINK),
    (re.compile(r"\[Script Info\]"), SUBTITLES),
)
"""How files of some kinds begin, and what is said of them."""
_CHAT_LINE = re.compile(
    r"^\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:[ \u202f]?[ap]\.?m\.?)?\]?(?: -)? [^:\n]{1,40}: ",
    re.MULTILINE | re.IGNORECASE,
)
_CHAT_HEAD = re.compile(
    r"^\[\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u202f]?[ap]\.?m\.?)?\] \S[^\n:]{0,40}$|"
    r"^[A-Z][^\n:]{1,40}?[ \t\u00a0]{2,3}\d{1,2}:\d{2}[ \u202f]?[AP]M$|"
    r"^\d{1,2}:\d{2}:\d{2}\s+From \S[^\n:]{0,60}:",
    re.MULTILINE | re.IGNORECASE,
)
"""A time and a name above each message, or before it, as Discord, Teams, Slack and Zoom write them."""
_CHAT_PAGE = re.compile(r"""<\w+[^<>]*\sclass=["']?chatlog""", re.IGNORECASE)
_FEWEST_CHAT_LINES = 3
_DELIMITERS = ",;\t|"
_FEWEST_ROWS = 2
_MOST_ABOVE = 3
_ENOUGH_ROWS = 5
"""Of more rows than this, one may have too many or too few cells."""
_SURELY_CELLS = 4
_MAIL_FIELDS = re.compile(
    r"^(?:To|Cc|Bcc|Received|Delivered-To|Return-Path|Message-ID|In-Reply-To|Reply-To|X-[\w-]+):",
    re.MULTILINE | re.IGNORECASE,
)
_FIELD_LINE = re.compile(r"[A-Za-z][\w-]*:[ \t]?.*|[ \t]+\S.*")
_SENDER = re.compile(r"^(?:From|Sender):.*@|^Received:", re.MULTILINE | re.IGNORECASE)
_MBOX = re.compile(r"From \S+@\S+ .*\d{4}\r?\n")
_COPIED = re.compile(
    r"\s*\**From:\**[^\n]+\n+\**(?:Sent|Date):\**[^\n]+\n+(?:\**(?:To|Cc|Bcc):\**[^\n]*\n+)+\**Subject:", re.I
)
"""The head of a mail that somebody copied from a program."""
_FORWARDED = re.compile(r"\s*-{2,} ?(?:original|forwarded) message ?-{2,}|\s*begin forwarded message:", re.IGNORECASE)


def head_of(text: str) -> str:
    """Return the fields that a text starts with, such as those of a mail; nothing if it starts otherwise."""
    lines = re.split(r"\r?\n", text.lstrip("\ufeff\r\n")[:LOOKED_AT])
    head: list[str] = []
    for line in lines:
        if not line.strip():
            break
        if not _FIELD_LINE.fullmatch(line):
            return ""
        head.append(line)
    return "\n".join(head)


def is_saved_page(data: bytes) -> bool:
    """Say whether the bytes start with fields that tell of a page and its parts, as .mhtml files do."""
    head = head_of(data[:8192].decode("latin-1")).lower()
    return "content-type:" in head and ("mime-version:" in head or "content-location:" in head)


def refuse_data(text: str) -> None:
    """Raise UserError for a text that is data or mail and no report."""
    start = text.lstrip("\ufeff \t\r\n")
    if _is_mail(text):
        raise UserError(MAIL)
    for beginning, sentence in _STARTS:
        if beginning.match(start):
            raise UserError(sentence)
    if _is_chat(start[:LOOKED_AT]):
        raise UserError(CHAT)
    if _is_json(start):
        raise UserError(JSON_DATA)
    if _is_table(text):
        raise UserError(TABLE)


def _is_chat(start: str) -> bool:
    lines = len(start.split("\n"))
    heads = len(_CHAT_HEAD.findall(start))
    is_export = start.startswith("=====") and "\nChannel: " in start and heads > 0
    return (
        is_export
        or len(_CHAT_LINE.findall(start)) >= max(_FEWEST_CHAT_LINES, lines // 3)
        or heads >= max(_FEWEST_CHAT_LINES, lines // 12)
        or _CHAT_PAGE.search(start) is not None
    )


def _is_mail(text: str) -> bool:
    head = head_of(text)
    return bool(_MBOX.match(text) or _FORWARDED.match(text) or _COPIED.match(text)) or bool(
        head and _SENDER.search(head) and _MAIL_FIELDS.search(head)
    )


def _is_json(start: str) -> bool:
    """Say whether a text is JSON, as one value or one in each line; one that is cut off counts by how it starts."""
    if not re.match(r'\{\s*(?:"|\})|\[\s*(?:[\[{"\]]|-?\d|true|false|null)', start):
        return False
    try:
        json.loads(start)
    except (ValueError, RecursionError):
        lines = [line for line in start.split("\n")[:5] if line.strip()]
        return re.match(r'[\[\s]*\{\s*"[^"\n]{0,200}"\s*:', start) is not None or _is_json_lines(lines)
    return True


def _is_json_lines(lines: list[str]) -> bool:
    try:
        return all(isinstance(json.loads(line), (dict, list)) for line in lines)
    except (ValueError, RecursionError):
        return False


def _is_table(text: str) -> bool:
    """Say whether every row has as many cells as the first, by separators that aren’t just commas of sentences."""
    start = text[:LOOKED_AT]
    if len(text) > LOOKED_AT:
        start = start[: start.rfind("\n") + 1]
    return any(_is_table_by(start, delimiter) for delimiter in _DELIMITERS if delimiter in start)


def _is_table_by(text: str, delimiter: str) -> bool:
    rows = [row for row in _rows(text, delimiter) if any(map(str.strip, row))]
    # The last row may be cut within its quotation marks.
    rows = rows[:-1] if len(text) >= LOOKED_AT - 2000 and len(rows) > _FEWEST_ROWS else rows
    above = next((index for index, row in enumerate(rows) if len(row) > 1), 0)
    if 0 < above <= _MOST_ABOVE and len(rows) - above > _FEWEST_ROWS:
        rows = rows[above:]  # a name of the table, and such
    if len(rows) < _FEWEST_ROWS:
        return False
    width, count = Counter(map(len, rows)).most_common(1)[0]
    cells = [cell for row in rows for cell in row[1:]]
    spaced = sum(cell.startswith(" ") for cell in cells)
    has_rule = delimiter == "|" and any(re.fullmatch(r"[\s:|-]+", "|".join(row)) for row in rows)  # Markdown's
    is_even = width >= 2 and count * 100 >= (len(rows) - (len(rows) > _ENOUGH_ROWS)) * 95 and len(rows[0]) == width
    # A form's questions may be long; so many cells in each row can’t be commas of sentences.
    named = width >= _SURELY_CELLS or all(len(cell.split()) <= 12 for cell in rows[0])
    return is_even and named and not has_rule and spaced * 4 <= len(cells)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Return the rows and cells of a table; a cell in quotation marks may hold separators and line ends."""
    rows: list[list[str]] = [[""]]
    is_quoted = False
    for char in text.replace("\r\n", "\n"):
        if char == '"' and (is_quoted or not rows[-1][-1]):
            is_quoted = not is_quoted
        elif is_quoted or char not in (delimiter, "\n"):
            rows[-1][-1] += char
        elif char == delimiter:
            rows[-1].append("")
        else:
            rows.append([""])
    return rows
