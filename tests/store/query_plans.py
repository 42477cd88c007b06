"""Asks an engine how it would run a statement: which tables would it read whole?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

WITH_PLANS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


def read_whole(connection: Connection, statement: str, values: object) -> list[str]:
    """Return the names of the tables that would be read whole, by themselves or by all of an index."""
    if statement.split()[0].upper() not in WITH_PLANS:
        return []
    if connection.dialect.name == "sqlite":
        return list(_of_sqlite(connection, statement))
    return list(_of_postgres(connection, statement, values))


def _of_sqlite(connection: Connection, statement: str) -> Iterator[str]:
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (None,) * statement.count("?")).fetchall()
    for row in plan:
        # "SEARCH prompts" without an index is how it names a table that is read whole for its least or greatest value.
        step = re.match(r"(SCAN|SEARCH) (\w+?)(_\d+)?( .*)?$", row[3])
        if step and (step[1] == "SCAN" or " USING " not in (step[4] or "")):
            yield step[2]


def _of_postgres(connection: Connection, statement: str, values: object) -> Iterator[str]:
    import psycopg

    for way in ("seqscan", "hashjoin", "mergejoin"):  # it would read small tables whole, if that was allowed
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    cursor = psycopg.ClientCursor[Any](connection.connection.driver_connection)  # type: ignore[arg-type]
    first = values[0] if isinstance(values, list) else values
    found = cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", first).fetchone()  # type: ignore[arg-type]
    assert found is not None
    partial = connection.exec_driver_sql("SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL")
    yield from _walk(found[0][0]["Plan"], frozenset(partial.scalars()))


def _walk(plan: dict[str, Any], partial: frozenset[str]) -> Iterator[str]:
    # An index of some rows alone, such as of the open ones, is read whole without a condition, which it is itself.
    index, name = plan.get("Index Name"), plan.get("Relation Name")
    if plan["Node Type"] == "Seq Scan" or (index and index not in partial and "Index Cond" not in plan):
        yield name or str(index)
    for part in plan.get("Plans", ()):
        yield from _walk(part, partial)
