"""Every sealed column, and the row that is bound into what it holds: sealed, opened, and sealed again by that name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, select, update

from bot.store.encryption import Sealer
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
    replies,
    reports,
    secrets,
    statements,
    suggestions,
    summaries,
)

Row = Mapping[str, Any] | RowMapping

SEALED: dict[Table, dict[str, str]] = {
    replies: {"sealed": "replies:{id}", "name_sealed": "names:{id}"},
    summaries: {"sealed": "summaries:{row}"},
    drafts: {"sealed": "drafts:{row}"},
    draft_changes: {"sealed": "draft_changes:{draft_row}:{number}"},
    objections: {"sealed": "objections:{row}", "how_sealed": "objections:{row}:how"},
    people: {"sealed": "people:{person}"},
    private_replies: {"sealed": "private_replies:{id}", "left_out_sealed": "private_replies:{id}:left out"},
    exclusions: {"sealed": "exclusions:{reply_id}"},
    actions: {"sealed": "actions:{row}"},
    group_tables: {"sealed": "group_tables:{row}"},
    outcomes: {"sealed": "outcomes:{row}"},
    board_papers: {"sealed": "board_papers:{row}"},
    outcome_changes: {"sealed": "outcome_changes:{outcome_id}:{number}"},
    checks: {"sealed": "checks:{row}"},
    check_words: {"sealed": "views:{id}"},  # as in the table that it comes from
    suggestions: {"sealed": "suggestions:{row}", "answer_sealed": "suggestions:{row}:answer"},
    reports: {"sealed": "reports:{row}"},
    statements: {"sealed": "statements:{row}", "totals_sealed": "statements:{row}:totals"},
    press_totals: {"sealed": "press_totals:{row}"},
    secrets: {"sealed": "{name}"},
}
"""Every sealed column by its table, and the row that is bound into it, named by the columns of that row.

All that a row holds is sealed under the key of its ``key_id``.
"""


def seal_column(sealer: Sealer, table: Table, row: Row, text: str, column: str = "sealed") -> dict[str, Any]:
    """Return the values that hold words of a row, sealed for it under the first key.

    ``row`` needs the columns that its bound name is made of. Where the row holds more that is sealed, ``renew`` it
    before: what is said of its key is true of all that it holds.
    """
    return {column: sealer.seal(text, SEALED[table][column].format_map(row)), "key_id": sealer.key_id}


def open_column(sealer: Sealer, table: Table, row: Row, column: str = "sealed") -> str:
    """Open the words of a row; "" where it has none. Raises WrongKeyError as Sealer.open does."""
    sealed = row[column]
    return "" if sealed is None else sealer.open(sealed, SEALED[table][column].format_map(row), row["key_id"])


def renew(connection: Connection, sealer: Sealer, table: Table, *wanted: ColumnElement[bool]) -> int:
    """Seal rows of a table again that are not under the first key. Returns how many.

    Raises WrongKeyError for a row that cannot be opened.
    """
    query = _rows(table).where(table.c.key_id != sealer.key_id, *wanted)
    rows = connection.execute(query).mappings().all()
    for row in rows:
        values: dict[str, object] = {"key_id": sealer.key_id}
        for column, label in SEALED[table].items():
            if row[column] is not None:
                bound = label.format_map(row)
                values[column] = sealer.seal(sealer.open(row[column], bound, row["key_id"]), bound)
        own = (column == row[column.name] for column in table.primary_key)
        connection.execute(update(table).where(*own).values(values))
    return len(rows)


def _rows(table: Table) -> Select[tuple[object, ...]]:
    if table is draft_changes:
        return select(table, drafts.c.row.label("draft_row")).join(drafts, drafts.c.id == table.c.draft_id)
    return select(table)
