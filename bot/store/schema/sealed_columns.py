"""Every sealed column, and what of its row is bound into it: sealed, opened, and sealed again when that changes.

Whoever writes into the database by hand can neither move sealed words to another row, person, prompt or server nor
change what is beside them: then they do not open. So whatever changes a bound column seals the row again, in the
same transaction, with ``change_sealed``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from json.encoder import encode_basestring_ascii
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, bindparam, select, update

from bot.store.encryption.sealer import Sealer
from bot.store.schema.base import format_moment
from bot.store.tables import (
    actions,
    board_papers,
    check_words,
    checks,
    draft_changes,
    drafts,
    exclusions,
    group_tables,
    objections,
    outcome_changes,
    outcomes,
    people,
    press_totals,
    private_replies,
    prompts,
    replies,
    reports,
    returning_themes,
    secrets,
    sortings,
    statements,
    suggestions,
    summaries,
)

Row = Mapping[str, Any] | RowMapping

FORM = 2
"""How what is bound is written. In the first form it was the row's name alone, as in "replies:17"."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """The sealed columns of a table, and the columns of its row that are bound into each of them."""

    bound: tuple[str, ...]
    columns: tuple[str, ...] = ("sealed",)


SEALED: dict[Table, Sealing] = {
    replies: Sealing(
        (
            *("id", "prompt_id", "guild_id", "person", "kind", "message_id", "reply_to"),
            *("created_at", "edited_at", "attachments", "late"),
        ),
        ("sealed", "name_sealed"),
    ),
    summaries: Sealing(("row", "guild_id", "prompt_id", "shared_at", "edited_at")),
    drafts: Sealing(("row", "guild_id", "prompt_id", "series_id", "made_at")),
    sortings: Sealing(("row", "prompt_id", "guild_id")),
    returning_themes: Sealing(("row", "subject", "guild_id")),
    draft_changes: Sealing(("draft_row", "number", "person", "made_at")),
    objections: Sealing(("row", "guild_id", "person", "made_at", "settled_at"), ("sealed", "how_sealed")),
    people: Sealing(("person", "guild_id", "stopped", "quotes", "notices")),
    private_replies: Sealing(
        ("id", "prompt_id", "guild_id", "person", "day", "code_hash"), ("sealed", "left_out_sealed")
    ),
    exclusions: Sealing(("reply_id", "person", "made_at")),
    actions: Sealing(("row", "guild_id", "person", "action", "subject", "made_at")),
    group_tables: Sealing(("row", "guild_id", "subject", "made_at")),
    outcomes: Sealing(("row", "guild_id", "state", "due", "made_at", "changed_at")),
    board_papers: Sealing(("row", "series_id", "guild_id", "changed_at")),
    outcome_changes: Sealing(("outcome_id", "number", "person", "made_at")),
    checks: Sealing(("row", "guild_id", "prompt_id", "claim", "started_at")),
    check_words: Sealing(("id", "check_id", "person", "day", "code_hash")),
    suggestions: Sealing(
        ("row", "guild_id", "person", "state", "made_at", "decided_at", "decided_by"), ("sealed", "answer_sealed")
    ),
    reports: Sealing(("row", "guild_id", "mark", "kind", "made_at")),
    statements: Sealing(("row", "prompt_id", "guild_id", "offer_id", "reply_id", "mark"), ("sealed", "totals_sealed")),
    press_totals: Sealing(("row", "prompt_id", "check_id")),
    secrets: Sealing(("name",)),
}
"""Every sealed column by its table. What a deletion elsewhere empties by itself, such as a reference, is not bound.

All that a row holds is sealed under the key of its ``key_id``. Where a table has no such column, ``guild_id`` is that
of the prompt, and ``draft_row`` the ``row`` of the draft: see ``select_sealed``.
"""

_OWN = "own_"
_prompts = prompts.alias("bound_prompts")
_drafts = drafts.alias("bound_drafts")


def _guild_of(table: Table) -> Any:
    of_prompt = select(_prompts.c.guild_id).where(_prompts.c.id == table.c.prompt_id)
    return of_prompt.scalar_subquery().label("guild_id")


_ELSEWHERE = {
    replies: _guild_of(replies),
    private_replies: _guild_of(private_replies),
    statements: _guild_of(statements),
    draft_changes: select(_drafts.c.row)
    .where(_drafts.c.id == draft_changes.c.draft_id)
    .scalar_subquery()
    .label("draft_row"),
}
"""What is bound into a row and is a column of another table."""


def select_sealed(table: Table, *more: ColumnElement[Any]) -> Select[Any]:
    """Return the query for rows of a table with all that has to be there to open them, and ``more`` beside it."""
    elsewhere = _ELSEWHERE.get(table)
    return select(table, *more) if elsewhere is None else select(table, elsewhere, *more)


def bound_name(table: Table, row: Row, column: str = "sealed") -> str:
    """Return what is bound into a sealed column of a row: the column, and the values as SQLite stores them."""
    if table is secrets:  # read before a migration, by programs of every age
        return str(row["name"])
    return _bind(table, column, [row[name] for name in SEALED[table].bound])


def seal_column(sealer: Sealer, table: Table, row: Row, text: str, column: str = "sealed") -> dict[str, Any]:
    """Return the values that hold words of a new row, sealed for it under the first key.

    ``row`` needs every bound column of the table; one that it lacks has no value. A row that is stored already is
    changed with ``change_sealed``.
    """
    if table is secrets:
        bound = bound_name(table, row, column)
    else:
        bound = _bind(table, column, [row.get(name) for name in SEALED[table].bound])
    return {column: sealer.seal(text, bound), "key_id": sealer.key_id}


def seal_rows(sealer: Sealer, table: Table, rows: Sequence[dict[str, Any]], texts: Sequence[str]) -> None:
    """Add to each of many new rows its words, sealed for it as ``seal_column`` does. A row has every bound column."""
    names = SEALED[table].bound
    bound = [_bind(table, "sealed", [row[name] for name in names]) for row in rows]
    for row, sealed in zip(rows, sealer.seal_all(list(zip(texts, bound, strict=True))), strict=True):
        row["sealed"] = sealed
        row["key_id"] = sealer.key_id


def open_column(sealer: Sealer, table: Table, row: Row, column: str = "sealed") -> str:
    """Open the words of a row; "" where it has none. Raises WrongKeyError and ChangedRowError as Sealer.open does."""
    sealed = row[column]
    return "" if sealed is None else sealer.open(sealed, bound_name(table, row, column), row["key_id"])


def change_sealed(
    connection: Connection,
    sealer: Sealer,
    table: Table,
    wanted: tuple[ColumnElement[bool], ...],
    values: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
) -> int:
    """Change rows of a table, and seal all that they hold again for what they are then. Returns how many.

    ``values`` are columns as they are stored, ``words`` sealed ones with what they are to say. Raises WrongKeyError and
    ChangedRowError, as Sealer.open does, for a row that cannot be opened.
    """
    values, words = values or {}, words or {}
    rows = connection.execute(select_sealed(table).where(*wanted)).mappings().all()
    changes: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        after = {**row, **values}
        texts = {
            column: open_column(sealer, table, row, column)
            for column in SEALED[table].columns
            if after[column] is not None and column not in words
        }
        changed = {**values, "key_id": sealer.key_id}
        for column, text in {**texts, **words}.items():
            changed |= seal_column(sealer, table, after, text, column)
        own = {f"{_OWN}{column.name}": row[column.name] for column in table.primary_key}
        changes[tuple(changed)].append(changed | own)
    this = [column == bindparam(f"{_OWN}{column.name}") for column in table.primary_key]
    for names, many in changes.items():  # all rows at once: a server is not waited for after each
        connection.execute(update(table).where(*this).values({name: bindparam(name) for name in names}), many)
    return len(rows)


def renew(connection: Connection, sealer: Sealer, table: Table, *wanted: ColumnElement[bool]) -> int:
    """Seal rows of a table again that are not under the first key. Returns how many. Raises as ``change_sealed``."""
    return change_sealed(connection, sealer, table, (table.c.key_id != sealer.key_id, *wanted))


def _bind(table: Table, column: str, values: Iterable[Any]) -> str:
    # A JSON array as json.dumps writes it, in half of the time: every reply that comes needs one.
    written = ", ".join([_WRITTEN.get(type(value), json.dumps)(value) for value in values])
    return f'[{FORM}, "{table.name}.{column}", {written}]'


def _quote_moment(value: datetime) -> str:
    return f'"{format_moment(value)}"'


def _as_bit(value: bool) -> str:
    return "1" if value else "0"


_WRITTEN: dict[type, Callable[[Any], str]] = {
    str: encode_basestring_ascii,
    int: repr,
    datetime: _quote_moment,
    date: '"{:%Y-%m-%d}"'.format,
    bool: _as_bit,
    type(None): lambda _: "null",
}
