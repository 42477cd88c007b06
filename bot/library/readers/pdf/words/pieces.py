"""Letters of a PDF that sit beside each other, made into pieces of lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.library.readers.pdf.words.letters import Face, Letter

JOINED = 0.9
"""The widest gap within a piece of a line, in sizes of type: columns may stand as close as this, words do not."""
SPREAD = 1.4
"""The same between words with one space of the file's own in one run: a line that is spread out to fill its column."""
SPACE = 0.17
"""The narrowest gap that is a space, in sizes of type."""
_NARROW_SPACE = 0.1
SIGN = re.compile(r"[\d*∗†‡§⁰¹²³⁴-⁹]{1,4}(?:(?:\s?[,–-]\s?|\s)\d{1,3})*,?")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_FIRST = re.compile(r"\W?[A-Z]|\d{1,2}\.?|[IVX]{1,5}\.?")
_MOST_LARGE = 20
_CHAPTER = re.compile(r"(?:\d{1,2}|[IVX]{1,5})\.?")
_FURTHEST = 2.0
"""The widest gap between a chapter's number and the title beside it, in sizes of the title's type."""
_LARGE = 1.4
"""How much larger a number or first letter is than what is beside it, at the least."""
_WORD_END = re.compile(r"[^\W\d_][,;]? $")
_TOUCHING = 0.01
_FIRST_LETTERS = re.compile(
    r"(?<!\w)(?:[B-HJ-Z]|(?!A[ms]|[AIO][nt]|[BHMW]e|[BM]y|[DGNST]o|I[fs]|O[fr]|U[ps]|[DM]r|Ms)[A-Z][a-z]) $"
)
"""A capital alone, or with a letter with which it makes no word."""
_NARROWEST = 0.3
"""The narrowest gap in which a line that is drawn parts two cells, or a number from its title, in sizes of type."""
Wall = tuple[float, float, float]
"""An upright line: where it is across, where it ends below and where above."""


@dataclass(slots=True)
class Piece:
    """Letters of one size that sit on one line beside each other; ``gap`` is what parts the second from the first."""

    face: Face
    left: float
    right: float
    baseline: float
    chars: list[str] = field(default_factory=list)
    gap: float = 0.0
    is_right_to_left: bool = False
    raised: bool = False
    source: int = 0

    @property
    def text(self) -> str:
        return "".join(self.chars)


def pieces_of_letters(letters: Sequence[Letter], walls: Sequence[Wall] = ()) -> list[Piece]:
    """Return a page's pieces: none twice, large letters and numbers with their words."""
    return _with_first(_drawn_once(_pieces(letters, walls)))


def _pieces(letters: Sequence[Letter], walls: Sequence[Wall]) -> list[Piece]:
    pieces: list[Piece] = []
    for letter in letters:
        piece = pieces[-1] if pieces else None
        if letter.face is None:
            if piece is not None and letter.char not in "\r\n":
                piece.chars.append(" ")
                piece.source = letter.source
            continue
        if piece is not None and (_is_near_hyphen(piece, letter) or _touches_capital(piece, letter)):
            del piece.chars[-1]
        if piece is None or not _goes_on(piece, letter) or has_wall(piece, letter, walls):
            piece = Piece(letter.face, letter.left, letter.right, letter.baseline)
            pieces.append(piece)
        elif piece.chars[-1] != " " and _is_space_before(letter, piece):
            piece.chars.append(" ")
        if len(piece.chars) in (1, 2) and not piece.gap:
            piece.gap = letter.left - piece.right
        piece.chars.append(letter.char)
        piece.source = letter.source
        piece.left, piece.right = min(piece.left, letter.left), max(piece.right, letter.right)
        if letter.char > "\u0590" and unicodedata.bidirectional(letter.char) in _RIGHT_TO_LEFT:
            piece.is_right_to_left = True
    return pieces


def _is_space_before(letter: Letter, piece: Piece) -> bool:
    """Say whether there is a space between letters. It may be narrow where a run of its own is no part of a word."""
    before, char = piece.chars[-1], letter.char
    is_other = before in ",;" or before.isdigit() != char.isdigit() or (before.islower() and char.isupper())
    is_other = is_other and letter.source != piece.source and char.isalnum() and before not in ".("
    return letter.left - piece.right > (_NARROW_SPACE if is_other else SPACE) * piece.face.size


def has_wall(before: Piece, after: Piece | Letter, walls: Sequence[Wall]) -> bool:
    if not walls or after.left - before.right < _NARROWEST * before.face.size:
        return False
    return any(
        before.right <= at <= after.left and bottom <= before.baseline + 1 and before.baseline <= top
        for at, bottom, top in walls
    )


def _is_near_hyphen(piece: Piece, letter: Letter) -> bool:
    """Say whether a hyphen is so near to its word that the space before it is one that pdfium made up."""
    is_made_up = piece.chars[-1] == " " and piece.source == 0
    return letter.char == "-" and is_made_up and 0 <= letter.left - piece.right <= SPACE * piece.face.size


def _touches_capital(piece: Piece, letter: Letter) -> bool:
    """Say whether a letter touches the capital before it, as in "We": the file's space between them shows nothing.

    There may be a second letter, as in "The", if the two only touch: in some files all words overlap.
    """
    is_in_run = piece.chars[-1] == " " and piece.source == letter.source and letter.face == piece.face
    first = _FIRST_LETTERS.search("".join(piece.chars[-4:])) if is_in_run and letter.char.isalpha() else None
    near = _TOUCHING * piece.face.size
    is_after = piece.left < letter.left if first and first[0][1] == " " else piece.right - 3 * near < letter.left
    return first is not None and is_after and letter.left <= piece.right + near


def _goes_on(piece: Piece, letter: Letter) -> bool:
    size = piece.face.size
    if letter.face is not piece.face and letter.face != piece.face:
        return False
    if abs(letter.baseline - piece.baseline) > 0.08 * size:
        return False
    gap = piece.left - letter.right if piece.is_right_to_left else letter.left - piece.right
    is_one_run = piece.source == letter.source and letter.char.isalpha() and _WORD_END.search(piece.text[-3:])
    return -0.5 * size <= gap <= (SPREAD if is_one_run else JOINED) * size


def by_height(pieces: Sequence[Piece]) -> tuple[list[Piece], list[float], float]:
    """Return pieces from the lowest, their heights to look up what is near, and the size of the largest."""
    ordered = sorted(pieces, key=lambda piece: piece.baseline)
    return ordered, [piece.baseline for piece in ordered], max((piece.face.size for piece in pieces), default=0.0)


def _drawn_once(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces without those that are drawn a second time beside themselves, as a shadow."""
    # By place, so that a page of many scattered words is read in time in step with their number.
    seen: dict[tuple[str, int, int], Piece] = {}
    kept = []
    for piece in pieces:
        text, near = piece.text.strip(), 0.3 * piece.face.size or 1.0
        column, row = int(piece.left // near), int(piece.baseline // near)
        same = (seen.get((text, column + right, row + up)) for right in (-1, 0, 1) for up in (-1, 0, 1))
        if len(text) < 3 or not any(
            each and abs(each.left - piece.left) < near and abs(each.baseline - piece.baseline) < near for each in same
        ):
            seen[text, column, row] = piece
            kept.append(piece)
    return kept


def _with_first(pieces: list[Piece]) -> list[Piece]:
    """Put a large first letter, or a chapter's large number, before the highest of the lines that are beside it."""
    large = [piece for piece in pieces if _FIRST.fullmatch(piece.text.strip())]
    for sign in sorted(large, key=lambda piece: -piece.face.size)[:_MOST_LARGE]:
        beside = (piece for piece in pieces if _is_beside(sign, piece))
        first = max(beside, key=lambda piece: piece.baseline, default=None)
        if first is None or first.baseline <= sign.baseline:
            continue
        apart = (first.left - sign.right) / first.face.size
        if first.chars[0].isupper() and apart >= _NARROWEST and _CHAPTER.fullmatch(sign.text.strip()):
            sign.right = first.left - _NARROWEST * first.face.size
        elif first.chars[0].islower() and apart < 1 and sign.text.strip().isupper():
            sign.right = first.left
        else:
            continue
        sign.baseline, sign.face = first.baseline, first.face
    return pieces


def _is_beside(sign: Piece, piece: Piece) -> bool:
    """Say whether a piece is in much smaller type right of a large letter or number, and no higher than that is."""
    is_near = 0 <= piece.left - sign.right < _FURTHEST * piece.face.size
    return is_near and _LARGE * piece.face.size < sign.face.size > (piece.baseline - sign.baseline) / 0.75 >= 0
