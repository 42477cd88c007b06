"""The signs before a PDF's items: bullets, and the letters of fonts that have pictures, or nothing but bullets."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from bot.library.readers.pdf.words.pieces import SIGN, Piece
from bot.models.library import UNREAD_LETTER

BULLETS = "•▪◦●‣·□☐☑☒✓✔➤►■"
"""Signs that are before an item only, even if it begins with a figure; a dash may stand for no figure."""
ODD_BULLETS = frozenset(f"›»>－→⇒⬤°{UNREAD_LETTER}") | {
    chr(code) for code in (*range(0xF020, 0xF100), *range(0x25A0, 0x27C0)) if chr(code) not in BULLETS
}
"""Signs, most of fonts of pictures or of none that tells its letters, that stand before an item if they stand alone."""
_FONT_OF_PICTURES = re.compile("ding(?:s|bat)")
"""What is in the names of Wingdings, Webdings, Zapf Dingbats and their like."""
_FEWEST_MARKS = 2
_MARK_SPACE = 0.3
_WIDE_SPACE = 0.4
"""The narrowest space between a mark and its item, in sizes of type, and one that words hardly have."""


def set_bullets(rows: Sequence[Sequence[Piece]]) -> None:
    """Put bullets for the marks of items: letters of fonts of pictures, and others that the page has for nothing else.

    These are of a font that sets no more on the page, or are a letter such as "ɚ" that no word there has.
    """
    marks: defaultdict[tuple[str, str], list[Piece]] = defaultdict(list)
    others: set[str] = set()
    for row in rows:
        for piece, after in zip(row, (*row[1:], None), strict=True):
            name, sign = piece.face.name, piece.text.strip()
            is_apart = after is not None and after.left - piece.right > _MARK_SPACE * piece.face.size
            is_apart = is_apart or (after is None and (_is_odd(sign) or _FONT_OF_PICTURES.search(name) is not None))
            is_mark = piece is row[0] and is_apart and len(set(sign)) == 1
            if is_mark and not SIGN.fullmatch(sign) and sign not in "$£€©":
                marks[name, sign].append(piece)
            else:
                others.add(name)
    fonts = Counter(name for name, _ in marks)
    for (name, sign), pieces in marks.items():
        is_of_marks = name not in others and fonts[name] == 1
        is_of_marks = is_of_marks or (_is_odd(sign) and _count(sign, rows) == len(pieces))
        if (is_of_marks and len(pieces) >= _FEWEST_MARKS) or _FONT_OF_PICTURES.search(name):
            for piece in pieces:
                piece.chars = [sign[0] if sign[0] in BULLETS else BULLETS[0], " "]


def _is_odd(sign: str) -> bool:
    return len(sign) == 1 and sign.isalpha() and not sign.isascii()


def _count(sign: str, rows: Sequence[Sequence[Piece]]) -> int:
    return sum(sign in piece.chars for row in rows for piece in row)


def is_small_bullet(text: str, pieces: Sequence[Piece]) -> bool:
    """Say whether a line begins with the "o" that Word sets before an item within an item: a wide space tells."""
    first = pieces[0]
    gap = first.gap or (pieces[1].left - first.right if len(pieces) > 1 else 0.0)
    return text == "o" or (text[:2] == "o " and gap > _WIDE_SPACE * first.face.size)
