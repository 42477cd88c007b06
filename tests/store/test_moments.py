"""Moments are stored as SQLAlchemy itself would write them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import DateTime
from sqlalchemy.dialects import sqlite

from bot.store.schema.base import UtcDateTime

SQLITE = sqlite.dialect()
# A day away from both ends, so that every zone can say them.
aware = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.timezones())  # noqa: DTZ001 - hypothesis wants them so


@given(aware)
def test_sqlite_is_given_the_text_that_sqlalchemy_writes(moment: datetime) -> None:
    write = UtcDateTime().bind_processor(SQLITE)
    usual: Any = DateTime().dialect_impl(SQLITE).bind_processor(SQLITE)
    assert write is not None

    assert write(moment) == usual(moment.astimezone(UTC))
    assert write(None) is None


def test_a_moment_without_a_zone_is_refused() -> None:
    write = UtcDateTime().bind_processor(SQLITE)
    assert write is not None

    with pytest.raises(ValueError, match="without a zone"):
        write(datetime(2026, 1, 5))  # noqa: DTZ001 - the fault itself
