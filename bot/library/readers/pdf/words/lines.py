"""The lines of a PDF's page, made of its letters by their places: raised signs in theirs, words in theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.library.readers.pdf.words.bullets import BULLETS, ODD_BULLETS, is_small_bullet, set_bullets
from bot.library.readers.pdf.words.letters import Face, Letter, Turn
from bot.library.readers.pdf.words.pieces import SIGN, SPACE, Piece, Wall
from bot.library.readers.pdf.words.rows import rows_of_pieces

BROKEN_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line."""
_BROKEN_HYPHENS = frozenset(f"{BROKEN_HYPHEN}\ufffe\xad")
ORDINAL = r"\(?(?:\d{1,2}\.)*(\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]"
"""The number or letter before an item: "1.", "(a)", "2.1)"."""
_RAISE = str.maketrans("0123456789-−,", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⸴")
LOWER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⸴", "0123456789-,")
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_COMMA = "⸴"
_FIRST_SIGN = re.compile(rf"\(?[{RAISED}][{RAISED}{RAISED_COMMA}]*\)?\s*")
_SHORT = 5
_MARKS = re.compile(r"[*∗†‡§,\s]+")
_ROMAN_SIGN = re.compile(r"[ivxl]{1,6}")
_LETTER_SIGN = re.compile(rf"[a-i]|{_ROMAN_SIGN.pattern}")
_BEFORE_SIGN = re.compile(r"(?:[a-z]{3}|[.,;:)]|\d\d)$")
_CLOSE_NUMBER = re.compile(
    r"(?:(?:\d{1,3}\.)+|[ivx]{2,4}\.)(?=[A-Z][A-Za-z]|A\s|\[[A-Z])|(?:\d{1,2}\.)+\d{1,2}(?=[A-Z][a-z]{2})"
)
"""A paragraph's number that is set closer to it than a space is wide."""
_NUMBER = re.compile(r"(?:\d{1,2}\.)*\d{1,2}[.)]?")
_ADDRESS = re.compile(r"://|www\.|\S{24}")
"""An address, or a part of one: hardly another word is so long."""
_LITTLE_SMALLER = 0.85
_DECORATED = re.compile(rf"[{BULLETS}] (?=(?:\S+ ){{2}})")
"""A sign before a heading in capitals, which it only decorates."""
Setting = tuple[float, bool, bool, str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one that stands by itself. Points, from the page's lower left corner.

    ``bottom`` is where its letters sit, ``size`` that of its type. ``bold`` and ``italic`` are true if the whole
    line is. Figures that are raised in it are raised characters. ``noted`` says that it begins with a raised sign.
    ``column`` is from where to where lines run around it; ``aside`` numbers the box that it is in, 0 for none.
    ``parts`` counts what stands apart in it.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    starts_bold: bool = False
    italic: bool = False
    face: str = ""
    colour: int = 0
    page_width: float = 0.0
    page_height: float = 0.0
    noted: bool = False
    column: tuple[float, float] = (0.0, 0.0)
    aside: int = 0
    parts: int = 1

    @property
    def top(self) -> float:
        """Where its capitals end."""
        return self.bottom + 0.75 * self.size

    def is_level_with(self, other: Line) -> bool:
        """Say whether another line is at its height."""
        return abs(self.bottom - other.bottom) <= 0.25 * min(self.size, other.size)

    @property
    def setting(self) -> Setting:
        """How it is set: its size, whether it is bold and italic, its face and its colour."""
        return self.size, self.bold, self.italic, self.face, self.colour


def page_lines(letters: Sequence[Letter], turn: Turn, number: int, walls: Sequence[Wall] = ()) -> list[Line]:
    """Return the lines of a page from top to bottom, parted wherever a column may end. ``number`` counts from 1."""
    rows = list(rows_of_pieces(letters, walls))
    set_bullets(rows)
    lines: list[Line] = []
    for line in filter(None, (_line(row, number, turn) for row in rows)):
        lines.append(_as_large_as(lines[-1], line) if lines else line)
    return lines


def _as_large_as(above: Line, line: Line) -> Line:
    """Return a line, in the size of the one right above it if it is an address alone, which may be set smaller."""
    is_address = line.text.count(" ") < 2 and line.face == above.face
    is_address = is_address and any(map(_ADDRESS.search, (line.text, above.text.split()[-1])))
    is_below = 0 < above.bottom - line.bottom < 1.5 * above.size and abs(above.left - line.left) < 1.5 * above.size
    return replace(line, size=above.size) if is_address and is_below and _is_smaller(line.size, above.size) else line


def _is_smaller(size: float, other: float) -> bool:
    return _LITTLE_SMALLER * other <= size < other


def rows_of_lines(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines that are beside each other, from left to right, the highest row first."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if rows and rows[-1][0].is_level_with(line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def join_lines(lines: Sequence[Line]) -> Line:
    """Return the parts of one line, from left to right, as one."""
    return replace(
        max(lines, key=lambda line: len(line.text)),
        text=" ".join(line.text for line in lines),
        left=min(line.left for line in lines),
        right=max(line.right for line in lines),
        bold=all(line.bold for line in lines),
        starts_bold=lines[0].starts_bold,
        italic=all(line.italic for line in lines),
        noted=lines[0].noted,
        column=lines[-1].column,
        aside=lines[0].aside,
        parts=sum(line.parts for line in lines),
    )


def without(lines: Iterable[Line], gone: Iterable[Line]) -> list[Line]:
    """Return the lines but for some of them."""
    left_out = set(map(id, gone))
    return [line for line in lines if id(line) not in left_out]


def _line(pieces: Sequence[Piece], number: int, turn: Turn) -> Line | None:
    text, noted = _text(pieces)
    if not text:
        return None
    if is_small_bullet(text, pieces):
        text = f"• {text[2:]}".strip()  # the sign that Word sets before an item within an item
    plain = [piece for piece in pieces if not piece.raised and piece.text.strip()] or list(pieces)
    told = [piece for piece in plain if any(char.isalnum() for char in piece.text)] or plain
    # An address in a sentence may be set a little smaller, and is longer than the few words beside it.
    largest = max(piece.face.size for piece in told)
    told = [each for each in told if not (_is_smaller(each.face.size, largest) and _ADDRESS.search(each.text))]
    letters: Counter[Face] = Counter()
    for piece in told:
        letters[piece.face] += len(piece.text)
    face = letters.most_common(1)[0][0]
    if text.isupper():
        face = max(letters, key=lambda each: each.size)  # small capitals are as large as their first letters
    if text.isupper() and _DECORATED.match(text):
        text, pieces = text[2:], told
    # The number of a heading may be less bold if it is in another colour.
    is_apart = len({piece.face.colour for piece in told[:2]}) == 2 and _NUMBER.fullmatch(told[0].text.strip())
    named = told[1:] if is_apart else told
    return Line(
        text=text,
        page=number,
        left=min(piece.left for piece in pieces),
        right=max(piece.right for piece in pieces),
        bottom=next(piece.baseline for piece in told if piece.face == face),
        size=face.size,
        bold=all(piece.face.bold for piece in named),
        starts_bold=named[0].face.bold,
        italic=all(piece.face.italic for piece in told),
        face=face.name,
        colour=face.colour,
        page_width=turn.width,
        page_height=turn.height,
        noted=noted,
    )


def _text(pieces: Sequence[Piece]) -> tuple[str, bool]:
    """Return the pieces' text, and whether it begins with a raised sign; a broken hyphen has one form."""
    text, noted = "", False
    last: Piece | None = None
    for piece in pieces:
        chars, sign = piece.text, piece.text.strip()
        if last is not None and not text.endswith(" ") and _are_apart(last, piece, text):
            text += " "
        if piece.raised and not text.strip():
            is_number = len(pieces) > 1 and pieces[1].text[:1] in (".", ")")
            noted = bool(SIGN.fullmatch(sign)) or (_ROMAN_SIGN.fullmatch(sign) is not None and not is_number)
            chars = f"{sign} " if noted else chars
        elif piece.raised:
            chars = _raise(chars, text)
        text += chars
        last = piece
    text = text.strip()
    first = _FIRST_SIGN.match(text)
    if first:
        text = f"{first[0].translate(LOWER)} {text[first.end() :]}".rstrip()
    return _mend_ends(text), noted or first is not None


def _are_apart(last: Piece, piece: Piece, text: str) -> bool:
    """Say whether there is a space between two pieces; ``text`` is that of all pieces before the second one."""
    apart = piece.left - last.right
    if piece.is_right_to_left:
        return max(last.left - piece.right, apart) > SPACE * piece.face.size
    # A large number before a heading stands apart, however near it is.
    is_number = text[-1:].isdigit() and piece.chars[0].isalpha() and piece.face.size != last.face.size
    is_number = is_number and (last.face.size > piece.face.size or last.baseline == piece.baseline)
    is_number = is_number and not (piece.raised and len(piece.chars) < _SHORT)
    return is_number or apart > SPACE * max(piece.face.size, last.face.size)


def _raise(chars: str, before: str) -> str:
    """Return raised figures as raised characters; a raised star, or letter after a word, is a sign and goes."""
    sign = chars.strip()
    if _MARKS.fullmatch(sign) or (_LETTER_SIGN.fullmatch(sign) and _BEFORE_SIGN.search(before)):
        return " " if chars != chars.rstrip() else ""
    return chars.translate(_RAISE) if SIGN.fullmatch(sign.strip("()")) or re.fullmatch(r"[-−–]?\d+", sign) else chars


def _mend_ends(text: str) -> str:
    first, rest = text[:1], text[1:]
    is_odd = first in ODD_BULLETS and (rest[:1] in ("", " ") or first in "›»") and not rest[1:2].isdigit()
    if first in _BROKEN_HYPHENS or is_odd:
        text = f"• {rest.strip()}".strip()
    elif first in BULLETS and rest[:1].isalnum():
        text = f"{first} {rest}"
    elif number := _CLOSE_NUMBER.match(text):
        text = f"{number[0]} {text[number.end() :]}"
    if text and text[-1] in _BROKEN_HYPHENS:
        text = text[:-1] + BROKEN_HYPHEN
    return text
