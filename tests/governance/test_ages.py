"""What is kept is kept as long as the documents say: held to a database that holds something of everything."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.governance.register import read_register
from bot.models.replies import Erasure, Reaction
from bot.store import Store
from tests.store.everything import WRITER, fill
from tests.store.samples import GUILD, NOW, arrival
from tests.store.test_retention import record

OVER = NOW + timedelta(days=365)
WITH_REPLIES = ("Until {retention_days} days after the question closes", "As long as the repl")
"""How the register says that age takes something with the replies."""


def rows(path: Path) -> dict[str, int]:
    """How many rows each table has, of the database and of the file of prompt keys."""
    counts: dict[str, int] = {}
    for file in (path, path.parent / "prompt-keys" / path.name):
        with closing(sqlite3.connect(file)) as connection:
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            counts |= {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}  # noqa: S608
    return counts


async def test_the_register_says_of_exactly_those_tables_that_age_empties_them_which_it_does(
    tmp_path: Path, store: Store
) -> None:
    prompt = await fill(store)
    await store.replies.apply([arrival(prompt, 71, WRITER), Erasure(prompt.id, (71,))])
    await store.replies.apply([Reaction(1, GUILD, WRITER, "\N{THUMBS UP SIGN}", added=True)])
    await store.replies.apply([Reaction(1, GUILD, 4242, "\N{THUMBS UP SIGN}", added=True)])
    await store.personal.erase_all(GUILD, 4242)
    body = record(prompt).to_json()
    await store.summaries.share(guild_id=GUILD, prompt_id=prompt.id, channel_id=700, message_id=901, body=body, now=NOW)
    await store.prompts.close(prompt, NOW)
    await store.retention.note_told([prompt.id], OVER - timedelta(days=30))
    before = rows(tmp_path / "test.db")

    await store.retention.erase(prompt.id, "5 January 2027", OVER)
    assert await store.forget_traces()

    after = rows(tmp_path / "test.db")
    told = {one.table for one in read_register() if one.personal and one.kept.startswith(WITH_REPLIES)}
    emptied = {one.table for one in read_register() if before.get(one.table) and not after[one.table]}
    assert emptied == told
