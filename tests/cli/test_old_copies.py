"""What somebody can read in an old copy of the database, with its key and with the file of prompt keys; as docs say."""

from __future__ import annotations

import hmac
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import RowMapping, Table, create_engine

from bot.cli import verify
from bot.models.private import Quoting
from bot.services.erasure import erase_everything, finish_erasures, repair_stored
from bot.store import Store, open_store
from bot.store.encryption.keys import PSEUDONYM_KEY
from bot.store.encryption.sealer import Pseudonyms, Sealer, WrongKeyError
from bot.store.erasure.journal import JOURNAL_END
from bot.store.schema.sealed_columns import open_column, select_sealed
from bot.store.tables import people, private_replies, replies, secrets
from tests.cli.settings_files import environment, keys_beside, run_command, store, write_settings
from tests.cli.test_backup import back_up, restore
from tests.store.older_copies import ADA, BEN, OTHERS, WORDS, said
from tests.store.samples import GUILD, arrival, open_prompt
from tests.world import DATA_KEY, new_key

__all__ = ["environment", "store"]

PRIVATELY = f"Privately: {WORDS}"
JOURNAL = f"test.db{JOURNAL_END}"


class Reader:
    """A program that somebody wrote, who has an old copy and the data key: it never asks the journal of erasures."""

    def __init__(self, copy: Path, key: bytes) -> None:
        self._copy = copy
        self._sealer = Sealer(key)

    def rows(self, table: Table) -> list[RowMapping]:
        """The rows of a table as they lie in the file."""
        engine = create_engine(f"sqlite:///{self._copy}")
        try:
            with engine.connect() as connection:
                return list(connection.execute(select_sealed(table)).mappings())
        finally:
            engine.dispose()

    def words(self, table: Table) -> dict[str | None, str]:
        """What the rows of a table say, by the pseudonym of who wrote them."""
        return {row["person"]: open_column(self._sealer, table, row) for row in self.rows(table)}

    def pseudonyms(self) -> Pseudonyms:
        """What makes a pseudonym of a user's id, for trying whether a person wrote something."""
        (row,) = (row for row in self.rows(secrets) if row["name"] == PSEUDONYM_KEY)
        return Pseudonyms(bytes.fromhex(self._sealer.open(row["sealed"], PSEUDONYM_KEY, row["key_id"])))


def prompt_keys_in(file: Path) -> list[bytes]:
    """Every key of 32 bytes that a file of prompt keys holds."""
    with closing(sqlite3.connect(file)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [cell for name in tables for row in connection.execute(f"SELECT * FROM {name}") for cell in row]  # noqa: S608
    return [cell for cell in cells if isinstance(cell, bytes) and len(cell) == 32]


def private_author(key: bytes, pseudonym: str) -> str:
    """The pseudonym of a private reply's author, made as the program makes it."""
    return hmac.digest(key, f"private:{pseudonym}".encode(), "sha256").hex()[:32]


@pytest.fixture
async def copy(tmp_path: Path, store: Store, environment: Path) -> Path:
    """A backup from before Ada erased everything; beside it the file of prompt keys of then.

    One prompt is open, to which Ada replied privately. Another had closed, and nobody can tell who replied to that.
    """
    await said(store)
    now = datetime.now(UTC)
    prompt = await open_prompt(store, message_id=701, thread_id=701, closes_at=now + timedelta(days=14))
    await store.private.add(
        prompt, ADA, text=PRIVATELY, quoting=Quoting.YES, group="", manages=False, today=date(2026, 1, 6)
    )
    await back_up(environment, tmp_path / "old.db")
    for end in ("", "-wal"):
        file = keys_beside(tmp_path).with_name(f"test.db{end}")
        if file.exists():
            shutil.copyfile(file, tmp_path / f"old-keys.db{end}")
    await forget(store)
    return tmp_path / "old.db"


async def forget(store: Store) -> None:
    """Erase all of Ada's, and repair what was stored of it."""
    erased = await erase_everything(store, GUILD, ADA)
    await repair_stored(store, GUILD, erased.prompts, datetime.now(UTC))
    await store.close()


async def test_with_the_data_key_an_old_copy_shows_every_word_of_then_and_lets_people_be_tried(copy: Path) -> None:
    reader = Reader(copy, DATA_KEY)
    pseudonyms = reader.pseudonyms()

    assert reader.words(replies) == {pseudonyms.of(GUILD, ADA): WORDS, pseudonyms.of(GUILD, BEN): OTHERS}
    assert pseudonyms.of(GUILD, ADA + 1) not in reader.words(replies)
    assert all(row["created_at"] is not None for row in reader.rows(replies))
    (choices,) = reader.rows(people)
    assert (choices["person"], choices["notices"]) == (pseudonyms.of(GUILD, ADA), True)


async def test_an_old_copy_shows_private_words_and_their_day_but_not_who_wrote_them(copy: Path) -> None:
    reader = Reader(copy, DATA_KEY)
    words = reader.words(private_replies)

    assert len(words) == 2
    assert all(WORDS in said_privately for said_privately in words.values())
    days = {row["day"].isoformat(): row["person"] for row in reader.rows(private_replies)}
    assert set(days) == {"2026-01-05", "2026-01-06"}
    assert days["2026-01-05"] is None, "its prompt had closed"
    assert set(words).isdisjoint(reader.pseudonyms().of(GUILD, user) for user in (ADA, BEN))


async def test_with_a_copy_of_the_key_file_from_then_a_private_reply_can_be_traced(copy: Path) -> None:
    reader = Reader(copy, DATA_KEY)
    (author,) = set(reader.words(private_replies)) - {None}

    def tried(user_id: int) -> set[str]:
        pseudonym = reader.pseudonyms().of(GUILD, user_id)
        return {private_author(key, pseudonym) for key in prompt_keys_in(copy.with_name("old-keys.db"))}

    assert author in tried(ADA)
    assert author not in tried(BEN)


async def test_without_the_data_key_an_old_copy_shows_no_word_and_no_person(copy: Path) -> None:
    reader = Reader(copy, new_key())

    for table in (replies, private_replies):
        with pytest.raises(WrongKeyError):
            reader.words(table)
    with pytest.raises(WrongKeyError):
        reader.pseudonyms()
    held = copy.read_bytes()
    for words in (WORDS, OTHERS, str(ADA), str(BEN)):
        assert words.encode() not in held


def texts_in(path: Path) -> set[str]:
    return set(Reader(path, DATA_KEY).words(replies).values())


async def test_restored_with_a_journal_that_was_kept_elsewhere_nothing_that_was_erased_is_back(
    copy: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "another-machine"
    kept.mkdir()
    shutil.copyfile(keys_beside(tmp_path).with_name(JOURNAL), kept / JOURNAL)
    assert WORDS in texts_in(copy)
    new_machine = tmp_path / "new-machine" / "db"
    new_machine.mkdir(parents=True)
    settings = write_settings(
        new_machine / "settings", WARD_ERASURES=str(kept / JOURNAL), WARD_PROMPT_KEYS=str(tmp_path / "n-keys" / "k.db")
    )

    result = await restore(settings, copy)

    assert result.exit_code == 0, result.output
    assert "What was erased since was erased from it again" in result.output
    assert texts_in(new_machine / "test.db") == {OTHERS}
    assert (await run_command(settings, verify.command)).exit_code == 0


async def test_a_journal_from_before_the_erasing_says_nothing_of_it_and_the_newest_one_mends_that(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    prompt = await said(store)
    await store.replies.apply([arrival(prompt, 990, BEN, "Said and taken back.")])
    (taken,) = [reply for reply in await store.replies.of_prompt(prompt.id) if reply.message_id == 990]
    await store.replies.withdraw(taken)
    await back_up(environment, tmp_path / "old.db")
    journal = keys_beside(tmp_path).with_name(JOURNAL)
    old, newest = journal.read_bytes(), tmp_path / "newest"
    await forget(store)
    shutil.copyfile(journal, newest)
    elsewhere = tmp_path / "elsewhere" / "db"
    elsewhere.mkdir(parents=True)
    other = tmp_path / "elsewhere" / "journal"
    settings = write_settings(
        elsewhere / "settings", WARD_ERASURES=str(other), WARD_PROMPT_KEYS=str(tmp_path / "e-keys" / "k.db")
    )

    other.write_bytes(old)
    assert (await restore(settings, tmp_path / "old.db")).exit_code == 0
    assert WORDS in texts_in(elsewhere / "test.db")

    shutil.copyfile(newest, other)
    again = await open_store(elsewhere / "test.db", DATA_KEY, prompt_keys=tmp_path / "e-keys" / "k.db", erasures=other)
    await finish_erasures(again, datetime.now(UTC))
    await again.close()
    assert texts_in(elsewhere / "test.db") == {OTHERS}
