"""Draw charts as PNGs: a sheet that grows downwards, with words, bars and lines placed in pixels.

A chart library's own labels are too small on a phone and overlap if they are long, so everything is placed by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from bot.render.font import Font, load_font
from bot.render.palette import BLUE, EDGE, INK, PALE, PAPER, encode_png

WIDTH, PAPER_WIDTH, MARGIN = 720, 1000, 36
"""Pixels: of a picture in a message, of one on paper, and the room at the edges."""
INSIDE = WIDTH - 2 * MARGIN
TEXT, TITLE, LINE = 31, 37, 41
"""Pixels. A phone of 360 points shows a message's picture 260 to 300 points wide; letters are of 11 to 13 there."""
BAR, BESIDE = 34, 14
"""The height of a bar that lies, and the room between it and the words at its end."""

_SCALE = 4
"""A hatch is drawn at this scale and made smaller, so that its slanted lines are smooth."""
_HATCH_STEP, _HATCH_WIDTH, _OUTLINE = 12, 2.5, 2
_Pair = tuple[int, int]

Align = Literal["left", "center", "right"]
_ANCHORS: dict[Align, str] = {"left": "ls", "center": "ms", "right": "rs"}


class Chart:
    """A sheet; coordinates are pixels from its upper left corner."""

    def __init__(self, width: int = WIDTH) -> None:
        self.width = width
        self.y = float(MARGIN)
        self._marks: list[Callable[[_Canvas], None]] = []

    def down(self, pixels: float) -> None:
        """Leave room."""
        self.y += pixels

    def words(
        self,
        text: str,
        *,
        label: str = "",
        most: int = 1,
        bold: bool = False,
        colour: str = INK,
        left: float = MARGIN,
    ) -> None:
        """Write a text in at most ``most`` lines, and continue below it.

        ``label``, such as "3. ", is before the text even if the font has none of the text's letters.
        """
        font = _font(bold)
        for line in font.wrap(label + font.replace_missing(text), self.width - MARGIN - left, most):
            self.write(left, self.y + LINE / 2, line, bold=bold, colour=colour)
            self.y += LINE + (TITLE - TEXT if bold else 0)

    def write(
        self, x: float, y: float, text: str, *, bold: bool = False, colour: str = INK, align: Align = "left"
    ) -> None:
        """Write one line; the middle of its capital letters is at ``y``."""
        place = round(x), round(y)
        self._marks.append(lambda canvas: canvas.draw_text(place, text, _font(bold), colour, _ANCHORS[align]))

    def bar(self, x: float, y: float, width: float, height: float, *, hatched: bool = False) -> None:
        """Draw a bar from its upper left corner: filled, or pale with a hatch."""
        left, top = round(x), round(y)
        # Whole pixels, so that edges are sharp and bars that meet leave no seam; the least bar is still seen.
        size = max(round(x + width) - left, _OUTLINE), max(round(y + height) - top, _OUTLINE)
        draw = _Canvas.draw_hatched if hatched else _Canvas.draw_filled
        self._marks.append(lambda canvas: draw(canvas, (left, top), size))

    def labelled_bar(self, width: float, label: str, *, hatched: bool = False) -> None:
        """Draw a horizontal bar from the margin with words at its end, and continue below it; no width is no bar."""
        if width:
            self.bar(MARGIN, self.y, width, BAR, hatched=hatched)
        self.write(MARGIN + (width + BESIDE if width else 0), self.y + BAR / 2, label)
        self.down(BAR)

    def line(self, y: float) -> None:
        """Draw a thin line across the sheet."""
        self._marks.append(lambda canvas: canvas.draw_line(round(y)))

    def png(self) -> bytes:
        """Draw everything, and encode it as a PNG. The same calls give the same bytes."""
        canvas = _Canvas(self.width, round(self.y + MARGIN))
        for mark in self._marks:
            mark(canvas)
        canvas.draw_frame()
        return encode_png(canvas.image)


def fit_bars(rows: list[tuple[int, str]], longest: float, inside: float = INSIDE) -> float:
    """Return how many pixels of a bar one person takes, so that no label at the end of a bar leaves the sheet.

    ``rows`` are counts with their labels; no bar is longer than ``longest``, and with its label than ``inside``.
    """
    font = _font(bold=False)
    room = (min(longest, inside - BESIDE - font.width(label)) / count for count, label in rows if count)
    return max(min(room, default=0.0), 0.0)


def fit_lines(label: str, text: str, width: float, most: int) -> list[str]:
    """Return ``label`` and as much of a text as ``most`` lines of ``width`` pixels hold, marked where it is cut."""
    font = _font(bold=False)
    return font.wrap(label + font.replace_missing(text), width, most)


def _font(bold: bool) -> Font:
    return load_font(TITLE, bold=True) if bold else load_font(TEXT)


class _Canvas:
    """The pixels of a sheet whose height is known. Pillow is loaded here, and so not by a bot that draws nothing."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image, ImageDraw

        self.image = Image.new("RGB", (width, height), PAPER)
        self._draw = ImageDraw.Draw(self.image)

    def draw_text(self, place: _Pair, text: str, font: Font, colour: str, anchor: str) -> None:
        x, y = place
        baseline = y + font.half_capital
        self._draw.text((x, baseline), text, colour, font.face, anchor, direction=font.direction)

    def draw_filled(self, place: _Pair, size: _Pair) -> None:
        self._draw.rectangle(_box(place, size), fill=BLUE)

    def draw_hatched(self, place: _Pair, size: _Pair) -> None:
        from PIL import Image, ImageDraw

        width, height = (side * _SCALE for side in size)
        hatch = Image.new("RGB", (width, height), PALE)
        lines = ImageDraw.Draw(hatch)
        for x in range(-height, width, _HATCH_STEP * _SCALE):
            lines.line((x, height, x + height, 0), fill=BLUE, width=round(_HATCH_WIDTH * _SCALE))
        self.image.paste(hatch.reduce(_SCALE), place)
        self._draw.rectangle(_box(place, size), outline=BLUE, width=_OUTLINE)

    def draw_line(self, y: int) -> None:
        self._draw.rectangle(_box((MARGIN, y), (self.image.width - 2 * MARGIN, 2)), fill=EDGE)

    def draw_frame(self) -> None:
        self._draw.rectangle(_box((0, 0), self.image.size), outline=EDGE, width=_OUTLINE)


def _box(place: _Pair, size: _Pair) -> tuple[int, int, int, int]:
    """Return the first and the last pixel, as Pillow wants a rectangle."""
    return (*place, place[0] + size[0] - 1, place[1] + size[1] - 1)
