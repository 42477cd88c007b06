"""The colours of pictures, and PNGs of them: small, quick to make, and exact in every colour that means something."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

PAPER, INK, QUIET, BLUE, PALE, EDGE = "#ffffff", "#1b1c20", "#474b54", "#16488c", "#dbe7f7", "#8a8f99"
"""A picture brings its own ground, so that it reads alike in Discord's dark and light themes."""

_BESIDE = ((INK, PAPER), (QUIET, PAPER), (BLUE, PAPER), (PALE, PAPER), (EDGE, PAPER), (BLUE, PALE))
"""The colours whose edges are smoothed towards each other."""
_STEPS = 8
_APART = 16
"""Pillow looks colours up in cells of 8 steps of each part; nearer ones would stand in for each other."""
_LEVEL = 6
"""zlib's usual level: Pillow's ``optimize`` takes eight times as long for a tenth of the size."""

_Colour = tuple[int, int, int]


def encode_png(image: Image.Image) -> bytes:
    """Encode an RGB drawing in these colours as a PNG, without the name and version of the program that drew it.

    Choosing a palette for each drawing would take forty times as long.
    """
    from PIL import Image

    file = io.BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(file, "PNG", compress_level=_LEVEL)
    return file.getvalue()


@cache
def _palette() -> Image.Image:
    """Return every colour and steps between those that meet; the rest of the 256 places repeat the first one."""
    from PIL import Image, ImageColor

    kept: list[_Colour] = [ImageColor.getrgb(name)[:3] for name in (PAPER, INK, QUIET, BLUE, PALE, EDGE)]
    for one, other in _BESIDE:
        between = _between(ImageColor.getrgb(one)[:3], ImageColor.getrgb(other)[:3])
        kept += [colour for colour in between if all(_distance(colour, before) >= _APART for before in kept)]
    kept += kept[:1] * (256 - len(kept))
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in kept for part in colour])
    return image


def _between(first: _Colour, last: _Colour) -> Iterator[_Colour]:
    for step in range(1, _STEPS):
        red, green, blue = (round(a + (b - a) * step / _STEPS) for a, b in zip(first, last, strict=True))
        yield red, green, blue


def _distance(one: _Colour, other: _Colour) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
