"""The lines of a PDF's page, made of its letters by their places: raised signs in theirs, words in theirs."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.library.readers.pdf.letters import Face, Letter, Turn
from bot.models.library import UNREAD_LETTER

BROKEN_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line."""
_BROKEN_HYPHENS = frozenset("\x02\ufffe\xad")
JOINED = 0.9
"""The widest gap within a piece of a line, in sizes of type: columns may stand as close as this, words do not."""
_SPACE = 0.17
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_RAISE = str.maketrans("0123456789-−,", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⸴")
_LOWER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⸴", "0123456789-,")
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_COMMA = "⸴"
_SIGN = re.compile(r"[\d*∗†‡§⁰¹²³⁴-⁹]{1,4}(?:\s?[,–-]\s?\d{1,3})*,?")
_MARKS = re.compile(r"[*∗†‡§,\s]+")
_ORDINAL = re.compile(r"st|nd|rd|th|[ºªo]")
_LETTER_SIGN = re.compile(r"[a-i]")
_LONGEST_SIGN = 12
_ODD_BULLETS = frozenset("❑❒❏◆◇➢➔→⇒✗✘✦★☆●○◯⚫⬤\uf0a8\uf0fc\uf0d8\uf0e0")
Gap = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one that stands by itself. Points, from the page's lower left corner.

    ``bottom`` is where its letters sit, ``size`` that of its type. ``bold`` and ``italic`` are true where the whole
    line is. Figures that are raised in it are raised characters. ``noted`` says that it begins with a raised sign.
    ``column`` is from where to where lines run around it; ``aside`` numbers the box in which it stands, 0 for none.
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
    page_width: float = 0.0
    page_height: float = 0.0
    noted: bool = False
    column: tuple[float, float] = (0.0, 0.0)
    aside: int = 0

    @property
    def top(self) -> float:
        """Where its capitals end."""
        return self.bottom + 0.75 * self.size


@dataclass(slots=True)
class _Piece:
    """Letters of one size that sit on one line beside each other."""

    index: int
    face: Face
    left: float
    right: float
    baseline: float
    chars: list[str] = field(default_factory=list)
    places: list[Gap] = field(default_factory=list)
    is_right_to_left: bool = False
    raised: bool = False

    @property
    def text(self) -> str:
        return "".join(self.chars)


def page_lines(letters: Sequence[Letter], turn: Turn, number: int) -> list[Line]:
    """Return the lines of a page from top to bottom, parted wherever a column may end. ``number`` counts from 1."""
    pieces = _cut_at_signs(_drawn_once(_pieces(letters)))
    lines = []
    for row in _rows(pieces):
        for part in _parts(row):
            line = _line(part, number, turn)
            if line is not None:
                lines.append(line)
    return lines


def join_lines(lines: Sequence[Line]) -> Line:
    """Return the parts of one line, from left to right, as one."""
    first, last = lines[0], lines[-1]
    longest = max(lines, key=lambda line: len(line.text))
    return Line(
        text=" ".join(line.text for line in lines),
        page=first.page,
        left=min(line.left for line in lines),
        right=max(line.right for line in lines),
        bottom=longest.bottom,
        size=longest.size,
        bold=all(line.bold for line in lines),
        starts_bold=first.starts_bold,
        italic=all(line.italic for line in lines),
        face=longest.face,
        page_width=first.page_width,
        page_height=first.page_height,
        noted=first.noted,
        column=last.column,
        aside=first.aside,
    )


def _pieces(letters: Sequence[Letter]) -> Iterator[_Piece]:
    piece: _Piece | None = None
    count = 0
    for letter in letters:
        if letter.face is None:
            if piece is not None and letter.char not in "\r\n":
                piece.chars.append(" ")
                piece.places.append((piece.right, piece.right))
            continue
        if piece is None or not _goes_on(piece, letter):
            if piece is not None:
                yield piece
            count += 1
            piece = _Piece(count, letter.face, letter.left, letter.right, letter.baseline)
        elif piece.chars[-1] != " " and letter.left - piece.right > _SPACE * letter.face.size:
            piece.chars.append(" ")
            piece.places.append((piece.right, piece.right))
        piece.chars.append(letter.char)
        piece.places.append((letter.left, letter.right))
        piece.left, piece.right = min(piece.left, letter.left), max(piece.right, letter.right)
        if letter.char > "\u0590" and unicodedata.bidirectional(letter.char) in _RIGHT_TO_LEFT:
            piece.is_right_to_left = True
    if piece is not None:
        yield piece


def _goes_on(piece: _Piece, letter: Letter) -> bool:
    assert letter.face is not None
    size = piece.face.size
    if letter.face is not piece.face and letter.face != piece.face:
        return False
    if abs(letter.baseline - piece.baseline) > 0.08 * size:
        return False
    gap = piece.left - letter.right if piece.is_right_to_left else letter.left - piece.right
    return -0.5 * size <= gap <= JOINED * size


def _rows(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Return the pieces that sit on one line, the highest line first; raised and lowered signs join theirs."""
    signs = [piece for piece in pieces if len(piece.text.strip()) <= _LONGEST_SIGN]
    hosts: dict[int, _Piece] = {}
    by_height = sorted(pieces, key=lambda piece: piece.baseline)
    heights = [piece.baseline for piece in by_height]
    largest = max((piece.face.size for piece in pieces), default=0.0)
    for sign in signs:
        low = bisect_left(heights, sign.baseline - 0.75 * largest)
        high = bisect_right(heights, sign.baseline + 0.35 * largest)
        host = next((piece for piece in by_height[low:high] if _is_sign_of(sign, piece)), None)
        if host is not None:
            hosts[id(sign)] = host
    rows: list[list[_Piece]] = []
    row_of: dict[int, list[_Piece]] = {}
    for piece in sorted(pieces, key=lambda piece: -piece.baseline):
        if id(piece) in hosts:
            continue
        row = next((row for row in reversed(rows[-4:]) if _is_level(row[0], piece)), None)
        if row is None:
            row = []
            rows.append(row)
        row.append(piece)
        row_of[id(piece)] = row
    for sign in signs:
        host = hosts.get(id(sign))
        while host is not None and id(host) in hosts:
            host = hosts[id(host)]
        if host is not None:
            sign.raised = sign.baseline > host.baseline
            row_of[id(host)].append(sign)
    return rows


def _drawn_once(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Return the pieces without those that are drawn a second time beside themselves, as a shadow."""
    seen: dict[str, list[_Piece]] = {}
    kept = []
    for piece in pieces:
        same = seen.setdefault(piece.text.strip(), [])
        near = 0.3 * piece.face.size
        if any(abs(each.left - piece.left) < near and abs(each.baseline - piece.baseline) < near for each in same):
            continue
        same.append(piece)
        kept.append(piece)
    return kept


def _cut_at_signs(pieces: list[_Piece]) -> list[_Piece]:
    """Cut a piece in two where a raised sign that is drawn later stands between two of its letters."""
    by_height = sorted(pieces, key=lambda piece: piece.baseline)
    heights = [piece.baseline for piece in by_height]
    largest = max((piece.face.size for piece in pieces), default=0.0)
    for sign in pieces:
        if len(sign.chars) > 4:
            continue
        low, high = bisect_left(heights, sign.baseline - 0.75 * largest), bisect_left(heights, sign.baseline)
        for host in by_height[low:high]:
            if host.left < sign.left and sign.right < host.right and sign.face.size <= 0.85 * host.face.size:
                at = next(
                    (i for i, place in enumerate(host.places) if place[0] >= sign.right - 0.1 * host.face.size), 0
                )
                rise = sign.baseline - host.baseline
                if at and host.places[at - 1][1] <= sign.left + 0.1 * host.face.size and rise < 0.75 * host.face.size:
                    pieces.append(_cut(host, at))
                    break
    return pieces


def _cut(piece: _Piece, at: int) -> _Piece:
    """Cut a piece before its letter ``at``, and return the rest of it."""
    rest = _Piece(
        piece.index, piece.face, piece.places[at][0], piece.right, piece.baseline, piece.chars[at:], piece.places[at:]
    )
    del piece.chars[at:], piece.places[at:]
    piece.right = piece.places[-1][1]
    return rest


def _is_level(piece: _Piece, other: _Piece) -> bool:
    return abs(piece.baseline - other.baseline) <= 0.25 * min(piece.face.size, other.face.size)


def _is_sign_of(sign: _Piece, host: _Piece) -> bool:
    """Say whether a small piece stands raised or lowered right beside a larger one."""
    size, rise = host.face.size, sign.baseline - host.baseline
    after, before = sign.left - host.right, host.left - sign.right
    if not (-0.35 * size <= after <= 0.4 * size or -0.3 * size <= before <= 0.3 * size):
        return False
    is_small = sign.face.size <= 0.85 * size
    if not is_small and not (sign.face.size <= size and rise > 0.2 * size and _SIGN.fullmatch(sign.text.strip())):
        return False
    return -0.35 * size < rise < 0.75 * size and abs(rise) >= 0.08 * size


def _parts(row: list[_Piece]) -> Iterator[list[_Piece]]:
    """Part a row where the gap between its pieces is wide. Rows that run from right to left keep their words' order."""
    row.sort(key=lambda piece: piece.left)
    part = [row[0]]
    right = row[0].right
    for piece in row[1:]:
        if piece.left - right > JOINED * max(piece.face.size, part[-1].face.size):
            yield _in_reading_order(part)
            part = []
        part.append(piece)
        right = max(right, piece.right) if len(part) > 1 else piece.right
    yield _in_reading_order(part)


def _in_reading_order(part: list[_Piece]) -> list[_Piece]:
    """Return a part's pieces as they are read: from the right where it runs so, words of other letters from the left."""
    if not any(piece.is_right_to_left for piece in part):
        return part
    ordered: list[_Piece] = []
    others: list[_Piece] = []
    for piece in reversed(part):
        if piece.is_right_to_left or not any(char.isalnum() for char in piece.chars):
            ordered += [*reversed(others), piece]
            others = []
        else:
            others.append(piece)
    return [*ordered, *reversed(others)]


def _line(pieces: Sequence[_Piece], number: int, turn: Turn) -> Line | None:
    text, noted = _text(pieces)
    if not text:
        return None
    plain = [piece for piece in pieces if not piece.raised and piece.text.strip()] or list(pieces)
    letters: Counter[Face] = Counter()
    for piece in plain:
        letters[piece.face] += len(piece.text)
    face = letters.most_common(1)[0][0]
    told = [piece for piece in plain if any(char.isalnum() for char in piece.text)] or plain
    return Line(
        text=text,
        page=number,
        left=min(piece.left for piece in pieces),
        right=max(piece.right for piece in pieces),
        bottom=next(piece.baseline for piece in plain if piece.face is face or piece.face == face),
        size=face.size,
        bold=all(piece.face.bold for piece in told),
        starts_bold=told[0].face.bold,
        italic=all(piece.face.italic for piece in told),
        face=face.name,
        page_width=turn.width,
        page_height=turn.height,
        noted=noted,
    )


def _text(pieces: Sequence[_Piece]) -> tuple[str, bool]:
    """Return the pieces' text, and whether it begins with a raised sign; a broken hyphen has one form."""
    text = ""
    noted = False
    last: _Piece | None = None
    for piece in pieces:
        chars = piece.text
        if last is not None and not text.endswith(" ") and not piece.is_right_to_left:
            size = max(piece.face.size, last.face.size)
            text += " " if piece.left - last.right > _SPACE * size else ""
        elif last is not None and not text.endswith(" "):
            apart = max(last.left - piece.right, piece.left - last.right)
            text += " " if apart > _SPACE * piece.face.size else ""
        if piece.raised:
            sign = chars.strip()
            if not text.strip():
                noted = bool(_SIGN.fullmatch(sign))
                chars = f"{sign} " if noted else chars
            else:
                chars = _raise(chars, text)
                if _ORDINAL.fullmatch(sign) and text.rstrip()[-1:].isdigit():
                    text = text.rstrip()
        text += chars
        last = piece
    text = text.strip()
    if text[:1] in RAISED and text:
        noted = True
        start = re.match(f"[{RAISED}{RAISED_COMMA}]+", text)
        assert start is not None
        text = f"{start[0].translate(_LOWER)} {text[start.end() :].strip()}"
    return _mend_ends(text), noted


def _raise(chars: str, before: str) -> str:
    """Return raised figures as raised characters; a raised star, or letter after a word, is a sign and goes."""
    sign = chars.strip()
    if _MARKS.fullmatch(sign) or (_LETTER_SIGN.fullmatch(sign) and re.search(r"[a-z]{3}$|[.,;:)]$", before)):
        return " " if chars != chars.rstrip() else ""
    return chars.translate(_RAISE) if _SIGN.fullmatch(sign) or re.fullmatch(r"[-−–]?\d+", sign) else chars


def _mend_ends(text: str) -> str:
    if text[:1] in _BROKEN_HYPHENS or (
        text[1:2] in ("", " ") and (text[:1] == UNREAD_LETTER or text[:1] in _ODD_BULLETS)
    ):
        # A bullet of a font that does not tell its letters.
        text = f"• {text[1:].strip()}".strip()
    if text and text[-1] in _BROKEN_HYPHENS:
        text = text[:-1] + BROKEN_HYPHEN
    return text
