"""What is written in bulk comes back as it was, whatever it says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import psycopg
import pytest

from bot.models.database_server import DatabaseServer
from bot.store.postgres.arrays import to_array

TEXTS = ["plain", "", 'a "quoted" word', "back\\slash", "{1,2}", "NULL", "new\nline", "  spaces ", "😀 café", None]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("text", TEXTS),
        ("bytea", [b"", b'\x00\xff\\"', bytes(range(256)), None]),
        ("bigint", [0, -1, 2**62, None]),
        ("integer", [0, 7, None]),
        ("boolean", [True, False, None]),
        ("date", [date(2026, 1, 5), None]),
        ("timestamptz", [datetime(2026, 1, 5, 9, 0, 0, 123456, UTC), None]),
    ],
)
def test_a_column_comes_back_as_it_was(place: DatabaseServer, kind: str, values: list[object]) -> None:
    with psycopg.connect(place.url) as connection:
        (found,) = connection.execute(f"SELECT %s::{kind}[]", [to_array(values)]).fetchone() or ()

    assert found == values
