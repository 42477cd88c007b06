"""``backup`` makes whole copies while people write, and ``restore`` brings one back without what was erased since."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from bot.cli import backup as backup_command
from bot.cli import restore as restore_command
from bot.cli import verify
from bot.services.erasure import erase_everything
from bot.store import Store, open_store
from bot.store.migration import delete_copies
from bot.store.sqlite import backup
from bot.store.sqlite.copy_facts import LAST_BACKUP, check_whole
from bot.store.sqlite.lock import hold_lock, is_held
from tests.cli.settings_files import environment, keys_beside, run_command, store, write_settings
from tests.store.older_copies import ADA, BEN, WORDS, said
from tests.store.samples import GUILD, arrival, open_prompt
from tests.store.senders import send
from tests.world import DATA_KEY, new_key

__all__ = ["environment", "store"]


async def back_up(environment: Path, *options: str | Path) -> Result:
    return await run_command(environment, backup_command.command, *options)


async def restore(environment: Path, *options: str | Path) -> Result:
    return await run_command(environment, restore_command.command, *options)


def files_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def contents(folder: Path) -> dict[str, bytes]:
    """The databases of a folder, by name."""
    return {file.name: file.read_bytes() for file in folder.glob("*.db")}


def replies_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM replies").fetchone()
    return int(count)


async def test_a_backup_is_one_whole_file_for_its_owner_alone_and_holds_no_key(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    await said(store)
    later = datetime.now(UTC) + timedelta(days=14)
    still_open = await open_prompt(store, message_id=701, thread_id=701, closes_at=later)
    await send(store, still_open, ADA)
    (tmp_path / "copies").mkdir()

    result = await back_up(environment, tmp_path / "copies" / "monday.db")

    assert result.exit_code == 0, result.output
    assert "is a whole copy of the database" in result.output
    assert files_in(tmp_path / "copies") == {"monday.db"}
    copy = tmp_path / "copies" / "monday.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert check_whole(copy).made_at is not None
    (prompt_key,) = (await store.presses._keys.find((still_open.id,))).values()
    content = copy.read_bytes()
    for secret in (DATA_KEY, base64.b64encode(DATA_KEY), prompt_key, WORDS.encode()):
        assert secret not in content


async def test_the_database_notes_when_it_was_backed_up_and_json_says_what_was_done(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    await said(store)

    result = await back_up(environment, tmp_path / "copy.db", "--json")

    told = json.loads(result.output)
    assert told["bytes"] == (tmp_path / "copy.db").stat().st_size
    assert told["rows"] > 5
    assert told["changed_rows"] == {}
    noted = datetime.fromisoformat(await store.settings.note(LAST_BACKUP) or "")
    assert abs(noted - datetime.fromisoformat(told["made_at"])) < timedelta(seconds=2)
    facts = check_whole(tmp_path / "copy.db")
    assert facts.made_at == noted


async def test_a_backup_overwrites_nothing_and_needs_a_folder_that_is_there(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    (tmp_path / "letter.db").write_text("Dear all")

    for place in (tmp_path / "letter.db", tmp_path / "test.db", tmp_path / "nowhere" / "copy.db"):
        result = await back_up(environment, place)
        assert result.exception is not None
        assert any(words in str(result.exception) for words in ("is there already", "There is no folder"))
    assert (tmp_path / "letter.db").read_text() == "Dear all"
    assert not {name for name in files_in(tmp_path) if "part" in name}


async def test_two_backups_into_one_folder_do_not_get_in_each_others_way(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    with backup.new_copy(tmp_path / "first.db"):
        result = await back_up(environment, tmp_path / "second.db")

    assert "Another backup is being written" in str(result.exception)


async def test_a_backup_of_a_database_that_was_changed_by_hand_says_so(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    await said(store)
    with closing(sqlite3.connect(tmp_path / "test.db")) as connection, connection:
        connection.execute("UPDATE replies SET created_at = '2025-01-01 00:00:00' WHERE message_id = 801")

    result = await back_up(environment, tmp_path / "copy.db")

    assert result.exit_code == 1
    assert "the database isn’t sound: 1 row changed by hand or damaged" in result.output
    assert (tmp_path / "copy.db").exists()


async def test_a_backup_made_under_load_is_restored_at_another_place_and_verified(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    prompt = await open_prompt(store)
    store.inbox.start()
    stop = asyncio.Event()

    async def write() -> int:
        number = 1_000
        while not stop.is_set():
            for _ in range(40):
                number += 1
                store.inbox.put(arrival(prompt, number, number % 7, f"Reply {number} of a busy shift."))
            await store.inbox.flush()
        return number

    writing = asyncio.create_task(write())
    copies = [tmp_path / f"copy-{number}.db" for number in range(3)]
    results = [await back_up(environment, copy) for copy in copies]
    held = replies_in(tmp_path / "test.db")
    stop.set()
    await writing

    assert [result.exit_code for result in results] == [0, 0, 0], [result.output for result in results]
    counts = [replies_in(copy) for copy in copies]
    assert counts == sorted(counts)
    assert 0 < counts[0] <= counts[-1] <= held
    elsewhere = tmp_path / "elsewhere" / "db" / "test.db"
    elsewhere.parent.mkdir(parents=True)
    other = write_settings(
        tmp_path / "other-settings",
        WARD_DATABASE=str(elsewhere),
        WARD_PROMPT_KEYS=str(tmp_path / "elsewhere" / "keys" / "test.db"),
    )
    assert (await restore(other, copies[-1])).exit_code in (0, 1)
    assert replies_in(elsewhere) == counts[-1]
    checked = await run_command(other, verify.command)
    assert checked.exit_code == 0, checked.output
    assert "stored rows: sound" in checked.output


async def test_a_restored_backup_has_nothing_that_was_erased_since_and_the_replaced_database_is_kept(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    prompt = await said(store)
    assert (await back_up(environment, tmp_path / "copy.db")).exit_code == 0
    before = (tmp_path / "copy.db").read_bytes()
    await erase_everything(store, GUILD, ADA)
    await store.replies.apply([arrival(prompt, 950, BEN, "Only in the newer database.")])
    await store.close()

    result = await restore(environment, tmp_path / "copy.db")

    assert result.exit_code == 0, result.output
    assert "is in the place of the database now. It was made on" in result.output
    assert "What was erased since was erased from it again" in result.output
    assert "Nobody can tell from a backup what came after it" in result.output
    assert (tmp_path / "copy.db").read_bytes() == before
    restored = await open_store(tmp_path / "test.db", DATA_KEY, prompt_keys=keys_beside(tmp_path))
    texts = [reply.text for reply in await restored.replies.of_prompt(prompt.id)]
    assert texts
    assert WORDS not in texts
    assert "Only in the newer database." not in texts
    await restored.close()
    (kept,) = tmp_path.glob("test.db.before-restore-*")
    assert replies_in(kept) == len(texts) + 1
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert delete_copies(tmp_path / "test.db", datetime.now(UTC) - timedelta(days=7)) == 0
    assert delete_copies(tmp_path / "test.db", datetime.now(UTC) + timedelta(minutes=1)) == 1


async def test_the_database_that_was_replaced_can_be_restored_in_its_turn(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    prompt = await said(store)
    await back_up(environment, tmp_path / "copy.db")
    await store.replies.apply([arrival(prompt, 950, BEN, "Only in the newer database.")])
    await store.close()
    await restore(environment, tmp_path / "copy.db")
    (kept,) = tmp_path.glob("test.db.before-restore-*")
    newer = replies_in(kept)

    kept.rename(tmp_path / "kept.db")
    result = await restore(environment, tmp_path / "kept.db", "--json")

    assert result.exit_code == 0, result.output
    assert replies_in(tmp_path / "test.db") == newer == replies_in(tmp_path / "copy.db") + 1
    assert json.loads(result.output)["may_hold_erased"] is False


async def test_a_restore_without_the_journal_says_that_it_may_hold_what_was_erased(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    await said(store)
    await back_up(environment, tmp_path / "copy.db")
    await erase_everything(store, GUILD, ADA)
    await store.close()
    (journal,) = keys_beside(tmp_path).parent.glob("*.erasures")
    journal.unlink()

    result = await restore(environment, tmp_path / "copy.db")

    assert result.exit_code == 1
    assert "It may hold what people erased since" in result.output
    assert "If you have a newer copy of the journal" in result.output


async def test_a_restore_where_nothing_was_ever_erased_is_a_success(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    await open_prompt(store)
    await back_up(environment, tmp_path / "copy.db")
    await store.close()

    result = await restore(environment, tmp_path / "copy.db")

    assert result.exit_code == 0, result.output
    assert "It may hold" not in result.output


async def test_a_restore_is_refused_while_a_bot_runs_or_anything_has_the_database_open(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    await said(store)
    await back_up(environment, tmp_path / "copy.db")

    open_elsewhere = await restore(environment, tmp_path / "copy.db")
    await store.close()
    with hold_lock(tmp_path / "test.db"):
        held = is_held(tmp_path / "test.db")
        running = await restore(environment, tmp_path / "copy.db")

    assert "is in use. Stop the bot" in str(open_elsewhere.exception)
    assert "A bot is running with the database" in str(running.exception)
    assert held
    assert not is_held(tmp_path / "test.db")
    assert not [name for name in files_in(tmp_path) if "restore" in name]
    assert (await restore(environment, tmp_path / "copy.db")).exit_code == 0


async def test_what_is_no_backup_is_refused_and_nothing_is_changed(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    await said(store)
    await back_up(environment, tmp_path / "copy.db")
    await store.close()
    content = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "letter.db").write_bytes(b"Dear all, this is a letter. " * 200)
    (tmp_path / "half.db").write_bytes(content[: len(content) // 2])
    (tmp_path / "empty.db").touch()
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    (tmp_path / "newer.db").write_bytes(content)
    with closing(sqlite3.connect(tmp_path / "newer.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = contents(tmp_path)

    refused = {
        "letter.db": "is no database of this bot",
        "empty.db": "is no database of this bot",
        "other.db": "is no database of this bot",
        "half.db": "is damaged, or only a part",
        "newer.db": "made by a newer version",
        "nowhere.db": "There’s no file",
        "test.db": "is the database itself",
    }
    for name, sentence in refused.items():
        result = await restore(environment, tmp_path / name)
        assert sentence in str(result.exception), name
    other_key = await restore(write_settings(environment, new_key()), tmp_path / "copy.db")
    assert "WARD_DATA_KEY doesn’t fit this database" in str(other_key.exception)
    assert contents(tmp_path) == before
    assert not [name for name in files_in(tmp_path) if "restore" in name]


async def test_a_damaged_database_is_replaced_and_kept_and_its_log_does_not_stay_beside_the_new_one(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    await said(store)
    await back_up(environment, tmp_path / "copy.db")
    await store.close()
    (tmp_path / "test.db").write_bytes(b"\xff" * 50_000)
    (tmp_path / "test.db-wal").write_bytes(b"what was not folded in")

    result = await restore(environment, tmp_path / "copy.db")

    assert result.exit_code in (0, 1), result.output
    assert not (tmp_path / "test.db-wal").exists()
    assert replies_in(tmp_path / "test.db") == 4
    (kept,) = [file for file in tmp_path.glob("*.before-restore-*") if not file.name.endswith(backup.LOGS)]
    assert kept.read_bytes() == b"\xff" * 50_000


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
async def test_a_backup_that_root_restores_belongs_to_the_user_whose_folder_it_is_in(
    tmp_path: Path, store: Store, environment: Path
) -> None:
    await said(store)
    await back_up(environment, tmp_path / "copy.db")
    await store.close()
    os.chown(tmp_path, 65534, 65534)

    result = await restore(environment, tmp_path / "copy.db")

    assert result.exit_code == 0, result.output
    owners = {name: (tmp_path / name).stat().st_uid for name in ("test.db", "test.db.lock")}
    assert set(owners.values()) == {65534}


def test_to_look_whether_a_bot_runs_makes_no_file(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "test.db")
    assert list(tmp_path.iterdir()) == []
