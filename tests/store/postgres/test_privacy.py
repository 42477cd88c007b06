"""What the server itself shows of private replies once they are released: neither their order, nor when each came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from bot.models.database_server import DatabaseServer
from bot.models.private import Quoting
from bot.models.prompts import Prompt
from bot.models.views import Choice
from bot.services.check_rounds import count_check_presses
from bot.store import Store
from bot.store.encryption.sealer import Sealer
from tests.servers.postgres import PostgresServer
from tests.store.everything import MARKS, fill
from tests.store.everything import PEOPLE as PERSONS
from tests.store.samples import NOW, arrival, open_prompt
from tests.store.samples_of_checks import started, tap, write
from tests.store.test_raw_bytes import written
from tests.world import DATA_KEY

PEOPLE = 60
ROOT = Path(__file__).parents[3]
LOG_PAGE, LOG_HEAD, FIRST_LOG_HEAD = 8_192, 24, 40
"""The bytes of a page of the server's log and of the head of one, which is longer at the beginning of a file."""
NOT_OVERWRITTEN = 194
"""Of 200 erased replies, those that are whole in the table's file after VACUUM: the others share a page with more."""


async def _with_replies(store: Store) -> tuple[Prompt, list[str]]:
    prompt = await open_prompt(store)
    arrived = []
    for number in range(PEOPLE):
        await store.private.add(
            prompt,
            1_000 + number,
            text=f"words {number}",
            quoting=Quoting.YES,
            group="",
            manages=False,
            today=date(2026, 1, 6),
        )
        own = await store.private.own(prompt, 1_000 + number)
        assert own is not None
        arrived.append(own.id)
    return prompt, arrived


async def _rows(store: Store) -> list[tuple[str, str]]:
    """The replies as they lie in the table's file, and the transaction that wrote each."""
    async with store._database.read() as connection:
        rows = await connection.exec_driver_sql("SELECT id, xmin::text FROM private_replies ORDER BY ctid")
        return [(row["id"], row["xmin"]) for row in rows.mappings()]


async def test_released_replies_lie_in_random_order_and_one_transaction_wrote_them_all(store: Store) -> None:
    prompt, arrived = await _with_replies(store)
    before = await _rows(store)
    assert [row_id for row_id, _ in before] == arrived, "until then the server can tell the order"
    assert len({xmin for _, xmin in before}) == PEOPLE

    closed = await store.prompts.close(prompt, NOW + timedelta(days=14))
    await store.private.release(closed, NOW + timedelta(days=14))

    after = await _rows(store)
    assert sorted(row_id for row_id, _ in after) == sorted(arrived)
    assert len({xmin for _, xmin in after}) == 1
    # Their ids are random, so an order that follows them says nothing of when they came.
    assert [row_id for row_id, _ in after] == sorted(arrived)


async def test_what_a_check_missed_lies_in_random_order_too_and_no_tap_is_left(store: Store) -> None:
    check = await started(store)
    for person in range(PEOPLE):
        await tap(store, check, person, Choice.SAME)
        await write(store, check, person, f"Lift {person}.")
    await store.checks.end(check.guild_id, check.id, NOW)
    await count_check_presses(store, check)
    await store.checks.release(check, NOW)

    after = await _rows(store)
    assert len(after) == PEOPLE
    assert len({xmin for _, xmin in after}) == 1
    assert [row_id for row_id, _ in after] == sorted(row_id for row_id, _ in after)  # their ids are new and random
    async with store._database.read() as connection:
        for table in ("presses", "pressers", "check_words"):
            assert (await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar_one() == 0  # noqa: S608


async def test_no_file_of_the_server_shows_a_word_that_a_person_wrote_or_an_id(
    server: PostgresServer, place: DatabaseServer, store: Store
) -> None:
    await fill(store)
    server.execute("CHECKPOINT")
    ((number,),) = server.execute("SELECT oid FROM pg_database WHERE datname = current_database()", place.name)
    folders = (server.data / "base" / str(number), server.data / "pg_wal")

    for folder in folders:
        raw = b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
        # The files hold sealed rows, whose key's id is in clear: what is not found in them is not there.
        assert raw.count(Sealer(DATA_KEY).key_id.encode()) > len(PERSONS), folder
        assert [mark for mark in MARKS if mark.lower().encode() in raw.lower()] == []
        assert [person for person in PERSONS if any(form in raw for form in written(person))] == []


def _count_left(server: PostgresServer, place: DatabaseServer, values: Sequence[bytes]) -> tuple[int, int]:
    """How many sealed texts are in the file of the table of replies, and how many in the write-ahead log."""
    query = "SELECT pg_relation_filepath(oid), pg_relation_filepath(nullif(reltoastrelid, 0)) FROM pg_class"
    ((file, long),) = server.execute(f"{query} WHERE oid = 'replies'::regclass", place.name)
    table = b"".join((server.data / str(path)).read_bytes() for path in (file, long) if path)
    log = b"".join(map(_written, sorted(path for path in (server.data / "pg_wal").iterdir() if path.is_file())))
    in_table, in_log = (sum(value in raw for value in values) for raw in (table, log))
    return in_table, in_log


def _written(segment: Path) -> bytes:
    """What a file of the log holds without the heads of its pages, one of which may lie within a text."""
    raw = segment.read_bytes()
    pages = range(0, len(raw), LOG_PAGE)
    return b"".join(raw[at + (LOG_HEAD if at else FIRST_LOG_HEAD) : at + LOG_PAGE] for at in pages)


async def test_erased_replies_stay_in_the_files_of_the_server_for_as_long_as_the_documents_say(
    server: PostgresServer, place: DatabaseServer, store: Store
) -> None:
    erased, other = await open_prompt(store), await open_prompt(store, message_id=701, thread_id=701)
    for prompt, numbers in ((erased, range(1, 201)), (other, range(201, 1_001))):
        texts = {number: f"{'words ' * (number % 60)}{number}" for number in numbers}
        await store.replies.apply([arrival(prompt, number, number, text) for number, text in texts.items()])
    rows = server.execute("SELECT sealed FROM replies WHERE prompt_id = 1", place.name)
    values = [value for (value,) in rows if isinstance(value, bytes)]
    server.execute("CHECKPOINT")
    assert _count_left(server, place, values) == (200, 200)

    await store.replies.erase_prompt(erased.id)
    left = []
    for command in ("VACUUM replies", "VACUUM FULL replies"):
        server.execute(command, place.name)
        server.execute("CHECKPOINT")
        left.append(_count_left(server, place, values))

    (after_vacuum, in_log), after_full = left
    assert abs(after_vacuum - NOT_OVERWRITTEN) < 10  # whether the last page is shared depends on how long the rows are
    assert (in_log, after_full) == (200, (0, 200))
    said = " ".join((ROOT / "docs/postgresql.md").read_text(encoding="utf-8").split())
    assert f"{NOT_OVERWRITTEN} were still in the table's file after `VACUUM`" in said
