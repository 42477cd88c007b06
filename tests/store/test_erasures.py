"""An old copy of the database does not bring back what was erased since: the journal of erasures is applied to it."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.models.private import Quoting
from bot.models.replies import Arrival, Erasure
from bot.services.erasure import erase_everything, repair_stored
from bot.store import Store, StoreError, open_store, rotate
from bot.store.erasure.journal import Erased, ErasureJournal, Mark
from bot.summaries.lifecycle.record import Record
from tests.store.older_copies import ADA, WORDS, Copies, assert_gone, said, sealed_of, shared
from tests.store.samples import GUILD, NOW, arrival, form
from tests.store.senders import withdraw
from tests.store.test_raw_bytes import written
from tests.world import DATA_KEY, new_key


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


async def test_who_erased_everything_is_not_in_a_copy_from_before(copies: Copies, store: Store) -> None:
    prompt = await said(store)
    copies.keep()
    traces = sealed_of(copies.copy, store.replies._pseudonyms.of(GUILD, ADA))
    assert len(traces) == 4
    erased = await erase_everything(store, GUILD, ADA)
    await repair_stored(store, GUILD, erased.prompts, NOW)
    await store.close()

    again = await copies.restore()

    await assert_gone(again, copies, traces)
    # Discord still holds the messages, also one that is later than the copy: reading the thread brings none back.
    assert (await again.replies.apply([arrival(prompt, 801, ADA, WORDS)])).stored == 0
    await again.close()
    once_more = await open_store(copies.path, DATA_KEY)
    assert await once_more.erasures.apply() == 0
    await once_more.close()


async def test_what_was_written_after_the_copy_and_erased_is_not_read_from_discord_again(
    copies: Copies, store: Store
) -> None:
    prompt = await said(store)
    copies.keep()
    await store.replies.apply([arrival(prompt, 850, ADA, WORDS)])
    await erase_everything(store, GUILD, ADA)
    await store.close()

    again = await copies.restore()

    assert (await again.replies.apply([arrival(prompt, 850, ADA, WORDS)])).stored == 0
    assert (await again.replies.apply([arrival(prompt, 860, ADA, "Here again.")])).stored == 1
    await again.close()


async def test_one_reply_that_was_taken_back_is_not_in_a_copy_from_before(copies: Copies, store: Store) -> None:
    prompt = await said(store)
    await store.replies.add_form(form(prompt, 40, ADA, "By the form."), "Ada")
    copies.keep()
    await store.replies.note_message(40, 41)
    await store.replies.apply([Erasure(prompt.id, (803,))])
    await store.replies.withdraw(await store.replies.own(GUILD, ADA, 40))
    await store.close()

    again = await copies.restore()

    assert [reply.id for reply in await again.replies.of_prompt(prompt.id)] == [800, 801, 802]
    assert await again.replies.unposted_forms() == ()
    await again.close()


async def test_a_private_reply_taken_back_by_its_code_is_not_in_a_copy_with_an_earlier_one(
    copies: Copies, store: Store
) -> None:
    prompt = await said(store)
    copies.keep()
    code = await store.private.add(
        prompt, ADA, text="Another", quoting=Quoting.YES, group="", manages=False, today=date(2026, 1, 6)
    )
    assert await withdraw(store, GUILD, code)
    await store.close()

    again = await copies.restore()

    assert await again.private.own_all(GUILD, ADA) == ()
    await again.close()


async def test_replies_that_age_took_are_not_in_a_copy_from_before(copies: Copies, store: Store) -> None:
    prompt = await said(store)
    copies.keep()
    async with store._database.write() as connection:
        await store.retention.erase_in(connection, GUILD, prompt.id, "5 January 2027", NOW)
    await store.close()

    again = await copies.restore()

    assert await again.replies.count(prompt.id) == (0, 0)
    assert Record.from_json((await shared(again)).body).summary.frozen
    assert "rota" not in (await shared(again)).body
    assert (await again.replies.apply([arrival(prompt, 801, ADA, WORDS)])).stored == 0
    await again.close()


async def test_replies_of_a_deleted_thread_are_not_in_a_copy_from_before(copies: Copies, store: Store) -> None:
    prompt = await said(store)
    copies.keep()
    await store.replies.erase_prompt(prompt.id)
    await store.private.erase_prompt(prompt.id)
    await store.close()

    again = await copies.restore()

    assert await again.replies.count(prompt.id) == (0, 0)
    assert "rota" not in (await shared(again)).body
    await again.close()


async def test_a_server_that_was_erased_is_not_in_a_copy_from_before(copies: Copies, store: Store) -> None:
    await said(store)
    copies.keep()
    await store.settings.leave(GUILD, NOW)
    assert await store.settings.erase_left(NOW + timedelta(days=31)) == 1
    await store.close()

    again = await copies.restore()

    assert await again.personal.servers() == ()
    await again.close()


async def test_a_copy_from_before_a_change_of_the_data_key_forgets_too(copies: Copies, store: Store) -> None:
    await said(store)
    copies.keep()
    traces = sealed_of(copies.copy, store.replies._pseudonyms.of(GUILD, ADA))
    await store.close()
    fresh = new_key()
    rotate(copies.path, fresh, DATA_KEY)
    after = await open_store(copies.path, fresh)
    await erase_everything(after, GUILD, ADA)
    await after.close()

    again = await copies.restore(fresh, DATA_KEY)

    await assert_gone(again, copies, traces)
    await again.close()


async def test_what_was_written_after_everything_was_erased_stays(copies: Copies, store: Store) -> None:
    prompt = await said(store)
    await erase_everything(store, GUILD, ADA)
    moment = datetime.now(UTC) + timedelta(hours=1)
    later = Arrival(870, GUILD, prompt.id, ADA, "Here again.", moment, message_id=870)
    await store.replies.apply([later])
    copies.keep()
    await store.close()

    again = await copies.restore()

    assert [reply.id for reply in await again.replies.of_person(GUILD, ADA)] == [870]
    await again.close()


async def test_the_journal_holds_neither_words_nor_ids_and_is_the_owners_alone(copies: Copies, store: Store) -> None:
    prompt = await said(store)
    await erase_everything(store, GUILD, ADA)

    held = copies.journal.read_bytes()

    assert stat.S_IMODE(copies.journal.stat().st_mode) == 0o600
    assert not any(form in held for form in written(ADA))
    assert store.replies._pseudonyms.of(GUILD, ADA).encode() not in held
    header, *lines = held.decode().splitlines()
    assert header == "ward-to-board erasures 0"
    marks = re.compile(r"\d+ \d{4}-\d\d-\d\d [a-z]+ [0-9a-f]{32} (- (-|[0-9a-f]{8})|[0-9a-f]{32} -)")
    assert lines
    assert all(marks.fullmatch(line) for line in lines)
    assert len({line.split()[4] for line in lines}) == 2, "one prompt, and what belongs to none"
    assert prompt.id == 1


async def test_an_erasing_that_cannot_be_noted_is_refused_whole(copies: Copies, store: Store) -> None:
    await said(store)
    copies.journal.parent.mkdir(exist_ok=True)
    copies.journal.mkdir()

    with pytest.raises(StoreError, match=r"journal of erasures at .* can’t be used, so nothing was erased"):
        await store.personal.erase_all(GUILD, ADA)

    assert len(await store.replies.of_person(GUILD, ADA)) == 2
    copies.journal.rmdir()
    await store.personal.erase_all(GUILD, ADA)
    assert await store.replies.of_person(GUILD, ADA) == ()


async def test_a_database_whose_journal_is_gone_says_so_and_goes_on(
    copies: Copies, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    prompt = await said(store)
    await store.replies.apply([Erasure(prompt.id, (801,))])
    await store.close()
    copies.journal.unlink()

    again = await open_store(copies.path, DATA_KEY)

    assert "journal of erasures" in caplog.text
    assert "is missing, or older than the database" in caplog.text
    copies.keep()
    await again.replies.apply([Erasure(prompt.id, (803,))])
    await again.close()
    restored = await copies.restore()
    assert [reply.id for reply in await restored.replies.of_person(GUILD, ADA)] == []
    await restored.close()


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[ErasureJournal]:
    yield ErasureJournal(tmp_path / "folder" / "journal", 30, clock=lambda: CLOCK[0])
    CLOCK[0] = NOW


CLOCK = [NOW]
A, B = Mark(Erased.MESSAGE, "a" * 32, "c" * 32), Mark(Erased.PERSON, "b" * 32)


def test_entries_are_numbered_on_and_dropped_when_no_backup_can_need_them(journal: ErasureJournal) -> None:
    assert journal.append([A, B], 0) == (0, 2)
    CLOCK[0] = NOW + timedelta(days=20)
    assert journal.append([B], 2) == (2, 3)
    CLOCK[0] = NOW + timedelta(days=31)
    assert journal.prune() == 2
    assert [(entry.number, entry.mark) for entry in journal.read().entries] == [(3, B)]
    assert (journal.read().base, journal.read().last) == (2, 3)
    CLOCK[0] = NOW + timedelta(days=60)
    assert journal.prune() == 1
    assert journal.append([A], 3) == (3, 4)
    assert journal.prune() == 0


def test_a_line_that_was_cut_short_counts_as_never_written(journal: ErasureJournal) -> None:
    journal.append([A], 0)
    with journal.path.open("a") as file:
        file.write("2 2026-01-05 per")

    assert journal.read().last == 1
    assert journal.append([B], 1) == (1, 2)
    assert [entry.mark for entry in journal.read().entries] == [A, B]


async def test_a_copy_older_than_the_journal_goes_back_is_told(
    copies: Copies, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    prompt = await said(store)
    copies.keep()
    await store.replies.apply([Erasure(prompt.id, (801,))])
    journal = store._database.journal
    assert isinstance(journal, ErasureJournal)
    journal._clock = lambda: datetime.now(UTC) + timedelta(days=31)
    await store.forget_traces()
    await store.close()
    assert json.dumps(journal.read().base) != "0"

    again = await copies.restore()

    assert "is older than the journal of erasures goes back" in caplog.text
    await again.close()
