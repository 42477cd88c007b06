"""Withdrawals by code take effect together, once a day: nobody who watches sees which went when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UserError
from bot.models.prompts import Prompt
from bot.replies.withdrawal_codes import hash_code
from bot.services.closing import close_due
from bot.services.replies.readable_replies import load_for_new_summary, load_readable
from bot.services.replies.withdrawals import find_next_round, note_withdrawal, refuse_withdrawn
from bot.store import Store, open_store
from bot.summaries.io.stored_replies import private_id
from tests.by_hand import held, look
from tests.engines import Why
from tests.kills.dying import killed_in
from tests.store.older_copies import Copies
from tests.store.samples import GUILD, NOW
from tests.store.samples_of_checks import ended, started, write
from tests.store.senders import prompt_in, released, send
from tests.world import DATA_KEY

pytestmark = pytest.mark.usefixtures("either_home")

PEOPLE = range(8)
LATER = NOW + timedelta(hours=5)
DUE = datetime(2026, 1, 6, 4, tzinfo=UTC)
"""The next 4 in the morning."""


async def read(store: Store) -> tuple[Prompt, list[str]]:
    """A prompt whose eight private replies are in summaries, with their codes, by the number of their author."""
    prompt = await prompt_in(store)
    codes = [await send(store, prompt, person) for person in PEOPLE]
    prompt = await released(store, prompt, ())
    (batch,) = await store.private.waiting(GUILD)
    await store.private.let_in(GUILD, batch.id, 99, NOW)
    return prompt, codes


async def seen(store: Store, prompt: Prompt) -> tuple[set[str], set[str], int]:
    """What a facilitator sees of a batch, what a published summary is held true to, and how many are left."""
    batches = [await store.private.batch(GUILD, 1)]
    shown = {reply.text for reply in await store.private.of_batch(GUILD, 1)}
    return shown, {reply.text for reply in (await load_readable(store, prompt.id, GUILD)).private}, batches[0].replies


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    return look(path, f"SELECT * FROM {table}")  # noqa: S608 - names of ours


def test_the_hour_is_the_next_4_in_the_morning_of_the_server() -> None:
    for zone in ("Europe/London", "Pacific/Auckland", "America/New_York"):
        for hours in range(24 * 400):
            now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours, minutes=17)
            due = find_next_round(now, zone)
            assert due.astimezone(ZoneInfo(zone)).hour == 4
            assert timedelta(0) < due - now <= timedelta(hours=25)  # 25 where the clocks go back


async def test_until_the_hour_nothing_that_anybody_sees_changes(tmp_path: Path, store: Store) -> None:
    prompt, codes = await read(store)
    before, held = await seen(store, prompt), rows(tmp_path / "test.db", "private_replies")

    assert await note_withdrawal(store, GUILD, codes[3], NOW) == DUE
    assert await note_withdrawal(store, GUILD, codes[5], LATER) == DUE
    assert await note_withdrawal(store, GUILD, codes[3], LATER) == DUE  # typed once more

    await store.withdrawals.take_effect(DUE - timedelta(seconds=1))
    assert await seen(store, prompt) == before
    assert rows(tmp_path / "test.db", "private_replies") == held


async def test_the_note_tells_neither_when_nor_which(tmp_path: Path, store: Store) -> None:
    """Without the keys. With them, somebody who reads the database that day can find out which are to go."""
    _, codes = await read(store)
    await note_withdrawal(store, GUILD, codes[3], NOW)
    await note_withdrawal(store, GUILD, codes[5], LATER)

    noted = rows(tmp_path / "test.db", "withdrawals")

    assert {row[1:] for row in noted} == {(GUILD, "2026-01-06 04:00:00.000000")}
    held = {value for row in rows(tmp_path / "test.db", "private_replies") for value in row}
    assert held.isdisjoint(row[0] for row in noted)
    assert {hash_code(codes[3]), hash_code(codes[5])} <= held


@pytest.mark.sqlite_file(Why.ORDER)
async def test_what_is_noted_lies_in_the_order_of_chance(tmp_path: Path, store: Store) -> None:
    _, codes = await read(store)
    for code in codes:
        await note_withdrawal(store, GUILD, code, NOW)
    noted = [str(row[0]) for row in rows(tmp_path / "test.db", "withdrawals")]
    assert len(noted) == len(PEOPLE)
    assert noted == sorted(noted)


async def test_at_the_hour_all_go_together(store: Store) -> None:
    prompt, codes = await read(store)
    for code in codes[3:6]:
        await note_withdrawal(store, GUILD, code, NOW)

    done = await store.withdrawals.take_effect(DUE)

    left = {f"Privately, from {person}." for person in PEOPLE if person not in (3, 4, 5)}
    assert await seen(store, prompt) == (left, left, 5)
    assert done.prompts == {prompt.id: GUILD}
    assert done.batch_ids == {1}
    assert await store.withdrawals.next_due() is None
    assert (await store.withdrawals.take_effect(DUE)).prompts == {}
    assert await note_withdrawal(store, GUILD, codes[3], LATER) is None


async def test_meanwhile_new_summaries_read_no_private_reply_so_that_none_is_missed(store: Store) -> None:
    prompt, codes = await read(store)
    names = [private_id(reply) for reply in (await load_readable(store, prompt.id, GUILD)).private]
    assert len((await load_for_new_summary(store, prompt.id, GUILD)).private) == len(PEOPLE)
    await refuse_withdrawn(store, GUILD, prompt.id, names)

    await note_withdrawal(store, GUILD, codes[3], NOW)

    assert (await load_for_new_summary(store, prompt.id, GUILD)).private == ()
    await refuse_withdrawn(store, GUILD, prompt.id, ["17"])  # a reply of the thread
    for name in names:  # whichever it quotes, so that nobody can try which it is
        with pytest.raises(UserError, match="6 January 2026"):
            await refuse_withdrawn(store, GUILD, prompt.id, [name])
    await store.withdrawals.take_effect(DUE)
    await refuse_withdrawn(store, GUILD, prompt.id, names)
    assert len((await load_for_new_summary(store, prompt.id, GUILD)).private) == len(PEOPLE) - 1


async def test_what_is_noted_goes_before_a_release(tmp_path: Path, store: Store) -> None:
    prompt = await prompt_in(store)
    codes = [await send(store, prompt, person) for person in PEOPLE]
    assert await note_withdrawal(store, GUILD, codes[3], NOW) == DUE
    assert await store.private.own(prompt, 3) is not None
    await released(store, prompt, ())
    assert {reply.text for reply in await store.private.of_batch(GUILD, 1)} == {
        f"Privately, from {person}." for person in PEOPLE if person != 3
    }
    assert rows(tmp_path / "test.db", "withdrawals") == []


async def test_what_is_missing_goes_before_its_check_is_released(tmp_path: Path, store: Store) -> None:
    check = await started(store)
    codes = [await write(store, check, person, f"Lift {person}.") for person in PEOPLE]
    assert await note_withdrawal(store, GUILD, codes[3], NOW) == DUE
    await ended(store, check)
    assert "Lift 3." not in {reply.text for reply in await store.private.of_batch(GUILD, 1)}
    assert rows(tmp_path / "test.db", "withdrawals") == []


async def test_what_is_sent_again_before_the_hour_stays(store: Store) -> None:
    prompt = await prompt_in(store)
    code = await send(store, prompt, 3)
    await note_withdrawal(store, GUILD, code, NOW)
    await send(store, prompt, 3, "On second thoughts.")
    await store.withdrawals.take_effect(DUE)
    own = await store.private.own(prompt, 3)
    assert own is not None
    assert own.text == "On second thoughts."


async def test_another_servers_code_is_none_here(store: Store) -> None:
    _, codes = await read(store)
    await store.settings.join([GUILD, 2])
    assert await note_withdrawal(store, 2, codes[3], NOW) is None


async def asked_and_done(copies: Copies, store: Store, code: str, moment: str) -> None:
    """A private reply is taken back by its code; a copy is kept from before that, or from before it was done.

    With "not yet", it is not done when the copy is put back.
    """
    if moment != "asked":
        copies.keep()
    assert await note_withdrawal(store, GUILD, code, NOW) == DUE
    if moment == "asked":
        copies.keep()
    if moment != "not yet":
        await store.withdrawals.take_effect(DUE)
    await store.close()


def kept_of(path: Path, code: str) -> list[bytes]:
    """What the file holds, sealed, under a withdrawal code."""
    hashed = hash_code(code)
    found = [
        look(path, f"SELECT sealed FROM {table} WHERE code_hash = ?", hashed)  # noqa: S608 - names of ours
        for table in ("private_replies", "check_words")
    ]
    return [bytes(sealed) for rows in found for (sealed,) in rows]


@pytest.mark.parametrize("moment", ["not asked", "asked", "not yet"])
async def test_a_copy_from_before_it_was_done_does_not_show_what_was_taken_back_by_code(
    tmp_path: Path, store: Store, moment: str
) -> None:
    copies = Copies(tmp_path)
    prompt, codes = await read(store)
    await asked_and_done(copies, store, codes[3], moment)
    (sealed,) = kept_of(copies.copy, codes[3])

    again = await copies.restore()

    left = {f"Privately, from {person}." for person in PEOPLE if person != 3}
    assert await seen(again, prompt) == (left, left, 7)
    assert await note_withdrawal(again, GUILD, codes[3], LATER) is None
    assert sealed not in held(copies.path)
    await close_due(again, DUE + timedelta(days=1))
    assert await seen(again, prompt) == (left, left, 7)
    await again.close()


@pytest.mark.parametrize("moment", ["not asked", "asked", "not yet"])
async def test_a_copy_of_an_open_question_or_check_does_not_show_it_either(
    tmp_path: Path, store: Store, moment: str
) -> None:
    copies = Copies(tmp_path)
    prompt, check = await prompt_in(store, 2), await started(store)
    codes = [await send(store, prompt, 3, "The rota."), await write(store, check, 3, "The lift.")]
    await note_withdrawal(store, GUILD, codes[0], NOW)
    await asked_and_done(copies, store, codes[1], moment)
    assert len(kept_of(copies.copy, codes[1])) == 1

    again = await copies.restore()

    assert await again.checks.own_all(GUILD, 3) == ()
    assert kept_of(copies.path, codes[1]) == []
    await again.close()


async def test_what_is_noted_in_a_copy_is_still_done_at_its_hour(tmp_path: Path, store: Store) -> None:
    copies = Copies(tmp_path)
    prompt, codes = await read(store)
    await note_withdrawal(store, GUILD, codes[3], NOW)
    copies.keep()
    await store.close()

    again = await copies.restore()

    everybody = {f"Privately, from {person}." for person in PEOPLE}
    assert await seen(again, prompt) == (everybody, everybody, 8)
    await close_due(again, DUE)
    assert await seen(again, prompt) == (everybody - {"Privately, from 3."}, everybody - {"Privately, from 3."}, 7)
    await again.close()


async def test_what_was_sent_again_before_the_hour_is_in_a_later_copy(tmp_path: Path, store: Store) -> None:
    copies = Copies(tmp_path)
    prompt = await prompt_in(store)
    await note_withdrawal(store, GUILD, await send(store, prompt, 3), NOW)
    await send(store, prompt, 3, "On second thoughts.")
    copies.keep()
    await store.withdrawals.take_effect(DUE)
    await store.close()

    again = await copies.restore()

    assert [reply.text for _, reply in await again.private.own_all(GUILD, 3)] == ["On second thoughts."]
    await again.close()


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("DELETE FROM private_replies", 1),
        ("DELETE FROM withdrawals", 1),
        ("COMMIT", 1),
        pytest.param("PRAGMA wal_checkpoint", 1, marks=pytest.mark.sqlite_file(Why.LOG)),
        ("the end", 1),
    ],
)
async def test_it_happens_once_however_it_is_cut_short(
    tmp_path: Path, store: Store, statement: str, number: int
) -> None:
    prompt, codes = await read(store)
    await note_withdrawal(store, GUILD, codes[3], NOW)
    await note_withdrawal(store, GUILD, codes[5], NOW)
    await store.close()

    await killed_in(close_due, DUE, tmp_path / "test.db", statement, number)

    again = await open_store(tmp_path / "test.db", DATA_KEY)
    await close_due(again, DUE)
    left = {f"Privately, from {person}." for person in PEOPLE if person not in (3, 5)}
    assert await seen(again, prompt) == (left, left, 6)
    assert rows(tmp_path / "test.db", "withdrawals") == []
    await again.close()
