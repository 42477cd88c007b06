"""Packed files are unpacked within bounds, whatever their lists of parts say."""

from __future__ import annotations

import bz2
import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from functools import cache, partial

import pytest

from bot.board.template import open_template
from bot.errors import UserError
from bot.library import read_document
from bot.library.readers.packed import LOCKED
from tests.library.open_files import odt, p

SWOLLEN = 300_000_000
MOST = 64 * 1024 * 1024
TOLD = 1000


def _read(data: bytes) -> object:
    return read_document(data, "report.bin")


@cache
def _swollen(method: int) -> bytes:
    """Far more than a report, packed: it takes half a second and more, so once for each method."""
    words = b" " * SWOLLEN
    if method == zipfile.ZIP_BZIP2:
        return bz2.compress(words)
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(words) + packer.flush()


def _archive(name: str, *more: str, method: int = zipfile.ZIP_DEFLATED, told: int = SWOLLEN) -> bytes:
    """An archive with one part that unpacks to far more than a report, and others of no size.

    ``told`` is how many bytes the first has by its list of parts, whose sum is that of so many.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, _swollen(method))
        for other in more:
            archive.writestr(other, "")
    data = bytearray(file.getvalue())
    for sign, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = data.index(sign) + place
        struct.pack_into("<H", data, start, method)
        struct.pack_into("<I", data, start + 6, zlib.crc32(b" " * told))
        struct.pack_into("<I", data, start + 14, told)
    return bytes(data)


@pytest.mark.parametrize(
    ("read", "pack"),
    [
        (_read, partial(_archive, "mimetype", "content.xml")),
        (_read, partial(_archive, "mimetype", "content.xml", method=zipfile.ZIP_BZIP2)),
        (_read, partial(_archive, "mimetype", "content.xml", told=TOLD)),
        (_read, partial(_archive, "word/document.xml", told=TOLD)),
        (_read, partial(_archive, "word/document.xml", method=zipfile.ZIP_BZIP2, told=TOLD)),
        (_read, partial(_archive, "META-INF/container.xml", told=TOLD)),
        (open_template, partial(_archive, "[Content_Types].xml", told=TOLD)),
        (open_template, partial(_archive, "[Content_Types].xml", method=zipfile.ZIP_BZIP2, told=TOLD)),
    ],
)
@pytest.mark.sampled(2)
def test_no_part_is_unpacked_beyond_what_the_archive_says_of_it(
    read: Callable[[bytes], object], pack: Callable[[], bytes]
) -> None:
    data = pack()
    tracemalloc.start()
    try:
        with pytest.raises(UserError):
            read(data)
        assert tracemalloc.get_traced_memory()[1] < MOST
    finally:
        tracemalloc.stop()


def test_a_file_whose_kind_is_locked_is_said_to_be_locked() -> None:
    data = bytearray(odt(p("x")))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + place] |= 1
    with pytest.raises(UserError, match=LOCKED):
        _read(bytes(data))
