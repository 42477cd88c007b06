"""What is beside sealed words is bound into them: person, prompt, server, times and consent.

Every row is opened as it was sealed and sealed again, in the one transaction of the migration. Killed at any moment,
it is as before, and the next start begins again. A row that does not open stays as it is, and ``verify`` names it.
"""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from alembic import context, op

from bot.store.database import StoreError
from bot.store.encryption.keys import LACKS_A_KEY, note_key
from bot.store.encryption.sealer import ChangedRowError, Sealer, WrongKeyError

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

CHUNK = 1_000
"""How many rows are held in memory at once."""
GUILD = "(SELECT guild_id FROM prompts WHERE prompts.id = prompt_id)"
NO_KEY = "The database is of an older version, and what it holds has to be sealed again. Start the bot once."


class Table(NamedTuple):
    """A table as it is at this revision: its key, what was bound before, and what is from now on."""

    name: str
    key: tuple[str, ...]
    before: dict[str, str]
    bound: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()


TABLES = (
    Table(
        "replies",
        ("id",),
        {"sealed": "replies:{id}", "name_sealed": "names:{id}"},
        (
            *("id", "prompt_id", "guild_id", "person", "kind", "message_id", "reply_to"),
            *("created_at", "edited_at", "attachments", "late"),
        ),
        (f"{GUILD} AS guild_id",),
    ),
    Table(
        "summaries",
        ("id",),
        {"sealed": "summaries:{row}"},
        ("row", "guild_id", "prompt_id", "shared_at", "edited_at"),
    ),
    Table("drafts", ("id",), {"sealed": "drafts:{row}"}, ("row", "guild_id", "prompt_id", "series_id", "made_at")),
    Table(
        "draft_changes",
        ("draft_id", "number"),
        {"sealed": "draft_changes:{draft_row}:{number}"},
        ("draft_row", "number", "person", "made_at"),
        ('(SELECT "row" FROM drafts WHERE drafts.id = draft_id) AS draft_row',),
    ),
    Table(
        "objections",
        ("id",),
        {"sealed": "objections:{row}", "how_sealed": "objections:{row}:how"},
        ("row", "guild_id", "person", "made_at", "settled_at"),
    ),
    Table("people", ("person",), {"sealed": "people:{person}"}, ("person", "guild_id", "stopped", "quotes", "notices")),
    Table(
        "private_replies",
        ("id",),
        {"sealed": "private_replies:{id}", "left_out_sealed": "private_replies:{id}:left out"},
        ("id", "prompt_id", "guild_id", "person", "day", "code_hash"),
        (f"{GUILD} AS guild_id",),
    ),
    Table("exclusions", ("reply_id",), {"sealed": "exclusions:{reply_id}"}, ("reply_id", "person", "made_at")),
    Table(
        "actions",
        ("id",),
        {"sealed": "actions:{row}"},
        ("row", "guild_id", "person", "action", "subject", "made_at"),
    ),
    Table("group_tables", ("id",), {"sealed": "group_tables:{row}"}, ("row", "guild_id", "subject", "made_at")),
    Table(
        "outcomes",
        ("id",),
        {"sealed": "outcomes:{row}"},
        ("row", "guild_id", "state", "due", "made_at", "changed_at"),
    ),
    Table(
        "outcome_changes",
        ("outcome_id", "number"),
        {"sealed": "outcome_changes:{outcome_id}:{number}"},
        ("outcome_id", "number", "person", "made_at"),
    ),
    Table("checks", ("id",), {"sealed": "checks:{row}"}, ("row", "guild_id", "prompt_id", "claim", "started_at")),
    Table("check_words", ("id",), {"sealed": "views:{id}"}, ("id", "check_id", "person", "day", "code_hash")),
    Table(
        "suggestions",
        ("id",),
        {"sealed": "suggestions:{row}", "answer_sealed": "suggestions:{row}:answer"},
        ("row", "guild_id", "person", "state", "made_at", "decided_at", "decided_by"),
    ),
    Table("reports", ("id",), {"sealed": "reports:{row}"}, ("row", "guild_id", "mark", "kind", "made_at")),
    Table(
        "statements",
        ("id",),
        {"sealed": "statements:{row}", "totals_sealed": "statements:{row}:totals"},
        ("row", "prompt_id", "guild_id", "offer_id", "reply_id", "mark"),
        (f"{GUILD} AS guild_id",),
    ),
    Table("press_totals", ("id",), {"sealed": "press_totals:{row}"}, ("row", "prompt_id", "check_id")),
)


def upgrade() -> None:
    connection = op.get_bind()
    sealer: Sealer | None = context.config.attributes.get("sealer")
    if sealer is not None:
        note_key(connection, sealer)
    for table in TABLES:
        columns = ", ".join(f'"{column}" = ?' for column in (*table.before, "key_id"))
        own = " AND ".join(f'"{column}" = ?' for column in table.key)
        change = f"UPDATE {table.name} SET {columns} WHERE {own}"  # noqa: S608 - names of ours
        for rows in _read(connection, table):
            if sealer is None:
                raise StoreError(NO_KEY)
            again = [values for row in rows if (values := _seal_again(table, row, sealer)) is not None]
            if again:
                connection.exec_driver_sql(change, again)


def _read(connection: sa.Connection, table: Table) -> Iterator[Sequence[sa.RowMapping]]:
    """Read the rows that hold anything, in chunks, in the order of their key."""
    key = ", ".join(f'"{column}"' for column in table.key)
    some = " OR ".join(f'"{column}" IS NOT NULL' for column in table.before)
    marks = ", ".join("?" * len(table.key))
    columns = ", ".join(("*", *table.elsewhere))
    query = f"SELECT {columns} FROM {table.name} WHERE ({some})"  # noqa: S608 - names of ours
    last: tuple[object, ...] | None = None
    while True:
        after = "" if last is None else f" AND ({key}) > ({marks})"
        rows = connection.exec_driver_sql(f"{query}{after} ORDER BY {key} LIMIT {CHUNK}", last or ()).mappings().all()
        if not rows:
            return
        yield rows
        last = tuple(rows[-1][column] for column in table.key)


def _seal_again(table: Table, row: sa.RowMapping, sealer: Sealer) -> tuple[object, ...] | None:
    """Return what a row is to hold, with its key; None where it does not open."""
    if row["key_id"] not in sealer.key_ids:
        raise WrongKeyError(LACKS_A_KEY)
    sealed: list[bytes | None] = []
    for column, before in table.before.items():
        if row[column] is None:
            sealed.append(None)
            continue
        try:
            text = sealer.open(row[column], before.format_map(row), row["key_id"])
        except ChangedRowError:
            return None
        bound = [2, f"{table.name}.{column}", *(row[name] for name in table.bound)]
        sealed.append(sealer.seal(text, json.dumps(bound)))
    return (*sealed, sealer.key_id, *(row[column] for column in table.key))
