"""Take out the labels of a brochure's icons and topics: a few words in small frames of their own, again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.library.readers.pdf.page.shapes import Frame
from bot.library.readers.pdf.words.lines import Line, without

_MOST_WORDS = 9
_AGAIN = 3
_HIGHEST = 2.6
_NEAR = 1.2
"""The most that a frame is higher than its words, and wider on each side, in sizes of type."""
_MOST_FRAMED = 0.8


def drop_badges(pages: Sequence[Sequence[Line]], frames: Sequence[Sequence[Frame]]) -> list[list[Line]]:
    """Return the pages' lines without such labels. Most words of one are in others, and nothing else is set so."""
    found = [
        [line for line in lines if _is_framed(line, on_page)] for lines, on_page in zip(pages, frames, strict=True)
    ]
    words = Counter(word for lines in found for line in lines for word in set(_words(line)))
    framed = Counter(line.setting for lines in found for line in lines)
    if framed:
        every = Counter(line.setting for lines in pages for line in lines)
        found = [
            [line for line in lines if framed[line.setting] >= _MOST_FRAMED * every[line.setting]] for lines in found
        ]
    return [
        without(
            lines,
            [line for line in labels if sum(words[word] >= _AGAIN for word in _words(line)) * 2 >= len(_words(line))],
        )
        for lines, labels in zip(pages, found, strict=True)
    ]


def _words(line: Line) -> list[str]:
    return line.text.casefold().split()


def _is_framed(line: Line, frames: Sequence[Frame]) -> bool:
    """Say whether a few words are in frames that are hardly larger than they are."""
    if len(line.text.split()) > _MOST_WORDS or any(map(str.isdigit, line.text)):
        return False
    own = [
        frame
        for frame in frames
        if line.size <= frame.height <= _HIGHEST * line.size
        and frame.bottom - 1 <= line.bottom
        and line.top <= frame.top + 1
        and frame.left < line.right
        and line.left < frame.right
    ]
    if not own:
        return False
    left, right = min(frame.left for frame in own), max(frame.right for frame in own)
    return 0 <= line.left - left + 1 <= _NEAR * line.size and 0 <= right - line.right + 1 <= _NEAR * line.size
