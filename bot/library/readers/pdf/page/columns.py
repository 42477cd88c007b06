"""Tell columns of text from tables, and from headings in a margin, where lines are beside each other."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from bot.library.readers.pdf.page.spans import Row, Span
from bot.library.readers.pdf.page.tables import NUMBER

_PROSE_FILL = 0.6
_PROSE_WORDS = 4
_MANY_LINES = 9


def _shape(column: Sequence[Span]) -> tuple[int, bool]:
    """Return how many lines a column has, and whether these are prose: several, most of them full."""
    heights: dict[int, list[Span]] = {}
    for span in column:
        heights.setdefault(round(span.bottom), []).append(span)
    left, right = min(span.left for span in column), max(span.right for span in column)
    fills = [
        (max(s.right for s in row) - min(s.left for s in row)) / max(1.0, right - left) for row in heights.values()
    ]
    words = [sum(len(s.line.text.split()) for s in row if s.line) for row in heights.values()]
    starts = [span.line.text[0].islower() for span in column if span.line]
    # In narrow columns few words are on a line, but most lines go on from the one before.
    least = _PROSE_WORDS - (sum(starts) * 2 > len(heights) > _MANY_LINES)
    is_prose = len(heights) >= 3 and statistics.median(fills) >= _PROSE_FILL and statistics.median(words) >= least
    return len(heights), is_prose


def is_table(rows: Sequence[Row], columns: Sequence[Sequence[Span]]) -> bool:
    shapes = [_shape(column) for column in columns if column]
    prose = sum(is_prose for _, is_prose in shapes)
    most, least = max(lines for lines, _ in shapes), min(lines for lines, _ in shapes)
    beside = sum(len(row.spans) > 1 for row in rows)
    has_figures = any(map(_is_figures, columns[1:]))
    if prose >= 2 and prose * 2 >= len(shapes):
        return False
    if beside * 10 >= 6 * most and has_figures:
        return True
    if prose == 1 and len(shapes) == 2:
        return least > 0.6 * most and _gaps_agree(columns)
    if beside * 2 < least or beside < 2:
        return False
    return has_figures or _is_headed(rows) or (len(shapes) > 2 and prose == 0)


def _is_headed(rows: Sequence[Row]) -> bool:
    """Say whether the first row is bold, and the others are not."""
    first, *others = [[span.line for span in row.spans if span.line] for row in rows]
    if len(first) < 2 or not all(line.bold for line in first):
        return False
    return sum(line.bold for row in others for line in row) * 3 <= sum(map(len, others))


def _is_figures(column: Sequence[Span]) -> bool:
    """Say whether most of a column is numbers."""
    texts = [span.line.text for span in column if span.line]
    return sum(NUMBER.fullmatch(text) is not None for text in texts) * 2 > len(texts)


def _gaps_agree(columns: Sequence[Sequence[Span]]) -> bool:
    """Say whether two columns of text have their paragraphs beside each other, as the rows of a table do."""
    fewest, most = sorted((set(starts_of_parts(column)) for column in columns if column), key=len)
    if len(fewest) < 3 or len(fewest) * 5 < 2 * len(most):
        return False
    return sum(any(abs(at - other) <= 2 for other in most) for at in fewest) >= 0.8 * len(fewest)


def starts_of_parts(column: Sequence[Span]) -> list[float]:
    """Return the heights at which a column continues after more space than usual."""
    heights = sorted({round(span.bottom, 1) for span in column}, reverse=True)
    gaps = [above - below for above, below in pairwise(heights)]
    usual = statistics.median_low(gaps) if gaps else 0.0
    return [heights[0], *(below for (_, below), gap in zip(pairwise(heights), gaps, strict=True) if gap > 1.25 * usual)]


def has_side_heads(columns: Sequence[Sequence[Span]]) -> bool:
    if len(columns) != 2:
        return False
    (heads, heads_are_prose), (lines, are_prose) = map(_shape, columns)
    if not are_prose or heads_are_prose or heads > 0.6 * lines:
        return False
    starts, paragraphs = (starts_of_parts(column) for column in columns)
    height = statistics.median(span.top - span.bottom for span in columns[1])
    return all(any(abs(start - at) < 2 * height for at in paragraphs) for start in starts)
