"""The rows that a PDF's pieces make: raised signs in the row of their word, and what is far apart parted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from bot.library.readers.pdf.words.letters import Letter
from bot.library.readers.pdf.words.pieces import JOINED, SIGN, Piece, Wall, by_height, has_wall, pieces_of_letters

_LONGEST_SIGN = 12


def rows_of_pieces(letters: Sequence[Letter], walls: Sequence[Wall] = ()) -> Iterator[list[Piece]]:
    """Return the pieces of a page, those beside each other together, from the top.

    What is far apart is parted, and so is what a drawn line is between, as it is between two cells.
    """
    for row in _rows(pieces_of_letters(letters, walls)):
        yield from _parts(row, walls)


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces that sit on one line, the highest line first; raised and lowered signs join theirs."""
    signs = [piece for piece in pieces if len(piece.text.strip()) <= _LONGEST_SIGN]
    ordered, heights, largest = by_height(pieces)
    hosts: dict[int, Piece] = {}
    for sign in signs:
        low = bisect_left(heights, sign.baseline - 0.75 * largest)
        high = bisect_right(heights, sign.baseline + 0.35 * largest)
        host = next((piece for piece in ordered[low:high] if _is_sign_of(sign, piece)), None)
        if host is not None:
            hosts[id(sign)] = host
    rows: list[list[Piece]] = []
    row_of: dict[int, list[Piece]] = {}
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


def _is_level(piece: Piece, other: Piece) -> bool:
    return abs(piece.baseline - other.baseline) <= 0.25 * min(piece.face.size, other.face.size)


def _is_sign_of(sign: Piece, host: Piece) -> bool:
    """Say whether a small piece is raised or lowered right beside a larger one."""
    size, rise = host.face.size, sign.baseline - host.baseline
    after, before = sign.left - host.right, host.left - sign.right
    is_sign = SIGN.fullmatch(sign.text.strip()) is not None
    widest = 0.8 if is_sign else 0.4
    if not (-0.35 * size <= after <= widest * size or -0.3 * size <= before <= widest * size):
        return False
    is_raised = is_sign and sign.face.size <= size and rise > 0.2 * size
    if sign.face.size > 0.85 * size and not is_raised:
        return False
    return -0.35 * size < rise < 0.75 * size and abs(rise) >= 0.08 * size


def _parts(row: list[Piece], walls: Sequence[Wall]) -> Iterator[list[Piece]]:
    """Part a row where the gap between its pieces is wide. Rows that run from right to left keep their words' order."""
    row.sort(key=lambda piece: piece.left)
    part = [row[0]]
    right = row[0].right
    for piece in row[1:]:
        is_far = piece.left - right > JOINED * max(piece.face.size, part[-1].face.size)
        if is_far or has_wall(part[-1], piece, walls):
            yield _in_reading_order(part)
            part = []
        part.append(piece)
        right = max(right, piece.right) if len(part) > 1 else piece.right
    yield _in_reading_order(part)


def _in_reading_order(part: list[Piece]) -> list[Piece]:
    """Return pieces as they are read: from the right where the line runs so, words of other letters from the left."""
    if not any(piece.is_right_to_left for piece in part):
        return part
    ordered: list[Piece] = []
    others: list[Piece] = []
    for piece in reversed(part):
        if piece.is_right_to_left or not any(char.isalnum() for char in piece.chars):
            ordered += [*reversed(others), piece]
            others = []
        else:
            others.append(piece)
    return [*ordered, *reversed(others)]
