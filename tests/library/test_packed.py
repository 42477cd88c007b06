"""Packed files are unpacked within bounds, whatever their lists of parts say."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

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


def _archive(name: str, *more: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with one part that unpacks to far more than a report, and others of no size."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(name, b" " * SWOLLEN)
        for other in more:
            archive.writestr(other, "")
    return file.getvalue()


def _belittle(data: bytes) -> bytes:
    """Write into an archive's list of parts that the swollen one has a few bytes, and what they would add up to."""
    told = struct.pack("<I", SWOLLEN)
    sum_of_all = struct.pack("<I", zlib.crc32(b" " * SWOLLEN))
    assert data.count(told) == 2
    return data.replace(told, struct.pack("<I", TOLD)).replace(sum_of_all, struct.pack("<I", zlib.crc32(b" " * TOLD)))


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (_read, _archive("mimetype", "content.xml")),
        (_read, _archive("mimetype", "content.xml", method=zipfile.ZIP_BZIP2)),
        (_read, _belittle(_archive("mimetype", "content.xml"))),
        (_read, _belittle(_archive("word/document.xml"))),
        (_read, _belittle(_archive("word/document.xml", method=zipfile.ZIP_BZIP2))),
        (_read, _belittle(_archive("META-INF/container.xml"))),
        (open_template, _belittle(_archive("[Content_Types].xml"))),
        (open_template, _belittle(_archive("[Content_Types].xml", method=zipfile.ZIP_BZIP2))),
    ],
)
def test_no_part_is_unpacked_beyond_what_the_archive_says_of_it(read: Callable[[bytes], object], data: bytes) -> None:
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
