"""Marks of erased reactions: who holds the database with all its keys cannot tell whose they are."""

from __future__ import annotations

import asyncio
import hmac
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.models.database_server import Place
from bot.models.prompts import Prompt
from bot.models.replies import SUPER, Erasure, Reaction
from bot.services.erasure import erase_everything
from bot.store import Store, open_store
from bot.store.encryption.sealer import KEY_BYTES, Pseudonyms, Sealer
from bot.store.migration import migrate
from tests.by_hand import back_up, change, held
from tests.engines import Why, at
from tests.kills.dying import Dying, killed
from tests.store.keyed.test_private_proof import pseudonym_key
from tests.store.older_copies import Copies
from tests.store.samples import GUILD, NOW, arrival, open_prompt
from tests.world import DATA_KEY

ADA, BEN, EVE = 11, 22, 33
EMOJI = ("👍", "❤️", f"{SUPER}🔥")
MARK = re.compile(rb"(?=([0-9a-f]{32}))")


async def reacted(store: Store) -> Prompt:
    """A prompt with two replies of Ben's, to which Ada reacted, and who then erased everything."""
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, number, BEN, f"Reply {number}.") for number in (1, 2)])
    await store.replies.apply([Reaction(1, GUILD, ADA, "👍"), Reaction(2, GUILD, ADA, f"{SUPER}🔥")])
    await store.replies.apply([Reaction(1, GUILD, EVE, "👍")])
    await erase_everything(store, GUILD, ADA)
    return prompt


def named(database: Path, *, keys: Path | None = None, journal: Path | None = None) -> set[tuple[int, int, str]]:
    """Who reacted to what, as far as somebody finds who has all of a database, its keys, and every user id.

    They make the mark of each person with each message and each emoji, with no salt, and with every 32 bytes of the
    file of keys where they have that, and look for it in all files, and in the journal of erasures where they have it.
    """
    raw = held(database)
    raw += b"" if journal is None else journal.read_bytes()
    stored = {text.decode() for text in MARK.findall(raw)}
    near = b"" if keys is None else b"".join(file.read_bytes() for file in keys.parent.glob(f"{keys.name}*"))
    windows = {near[start : start + KEY_BYTES] for start in range(len(near) - KEY_BYTES + 1)}
    salts = [window for window in windows if window.count(0) < 8]
    pseudonyms = Pseudonyms(pseudonym_key(database, [DATA_KEY]))
    found = set()
    for person in (ADA, BEN, EVE):
        for message in (1, 2):
            for emoji in EMOJI:
                mark = pseudonyms.reaction_tombstone(pseudonyms.of(GUILD, person), message, emoji)
                made = (hmac.digest(salt, f"reaction:{mark}".encode(), "sha256").hex()[:32] for salt in salts)
                if mark in stored or not stored.isdisjoint(made):
                    found.add((person, message, emoji))
    return found


def keys_of(database: Path) -> Path:
    return database.parent / "prompt-keys" / database.name


async def test_the_database_with_all_its_keys_does_not_tell_who_reacted_and_erased_it(
    tmp_path: Path, store: Store
) -> None:
    await reacted(store)
    path = tmp_path / "test.db"
    assert named(path) == set()
    # What the register says: with the file of keys too, it can be worked out until the replies are erased.
    assert named(path, keys=keys_of(path)) == {(ADA, 1, "👍"), (ADA, 2, f"{SUPER}🔥")}


async def test_an_erased_reaction_stays_out_and_others_come_in(store: Store) -> None:
    prompt = await reacted(store)
    await store.replies.apply([Reaction(1, GUILD, ADA, "👍"), Reaction(1, GUILD, BEN, "❤️")])
    assert await store.replies.reactions_held(prompt.id) == {1: {"👍": 1, "❤️": 1}}


async def test_with_the_replies_the_salt_goes_and_an_older_copy_of_the_database_tells_nothing(
    tmp_path: Path, store: Store
) -> None:
    prompt = await reacted(store)
    path = tmp_path / "test.db"
    backup = back_up(path, tmp_path / "backup" / "test.db")
    await store.prompts.close(prompt, NOW)

    await store.retention.note_told([prompt.id], NOW + timedelta(days=340))
    assert await store.retention.erase(prompt.id, "12 January 2027", NOW + timedelta(days=372)) == 2
    assert await store.forget_traces()

    assert named(path, keys=keys_of(path)) == set()
    assert named(backup, keys=keys_of(path)) == set()


async def test_while_other_marks_need_it_the_salt_stays(store: Store) -> None:
    prompt = await reacted(store)
    assert await store.forget_traces()
    await store.replies.apply([Reaction(1, GUILD, ADA, "👍")])
    assert await store.replies.reactions_held(prompt.id) == {1: {"👍": 1}}


async def test_where_the_salt_is_lost_no_reaction_comes_in_since_it_may_be_an_erased_one(
    tmp_path: Path, store: Store
) -> None:
    prompt = await reacted(store)
    with closing(sqlite3.connect(keys_of(tmp_path / "test.db"))) as connection:
        connection.execute("DELETE FROM mark_keys")
        connection.commit()
    await store.replies.apply([Reaction(1, GUILD, ADA, "👍"), Reaction(2, GUILD, BEN, "👍")])
    assert await store.replies.reactions_held(prompt.id) == {1: {"👍": 1}}  # Eve's, from before


async def once_before(copies: Copies, store: Store) -> Prompt:
    """A copy in which Ada has reacted once; then she reacts once more, and erases everything."""
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, number, BEN, f"Reply {number}.") for number in (1, 2)])
    await store.replies.apply([Reaction(1, GUILD, ADA, "👍"), Reaction(1, GUILD, EVE, "👍")])
    copies.keep()
    await store.replies.apply([Reaction(2, GUILD, ADA, f"{SUPER}🔥")])
    await erase_everything(store, GUILD, ADA)
    return prompt


async def test_a_copy_from_before_everything_was_erased_has_no_reaction_of_that_person(
    tmp_path: Path, store: Store
) -> None:
    copies = Copies(tmp_path)
    prompt = await once_before(copies, store)
    await store.close()

    again = await copies.restore()

    assert await again.personal.reactions(GUILD, ADA) == ()
    assert await again.replies.reactions_held(prompt.id) == {1: {"👍": 1}}  # Eve's
    # Discord still has both of Ada's, the second of which was never in the copy; others' come in.
    await again.replies.apply([Reaction(1, GUILD, ADA, "👍"), Reaction(2, GUILD, ADA, f"{SUPER}🔥")])
    await again.replies.apply([Reaction(2, GUILD, BEN, "👍")])
    assert await again.replies.reactions_held(prompt.id) == {1: {"👍": 1}, 2: {"👍": 1}}
    assert named(copies.path, journal=copies.journal) == set()
    await again.close()


async def test_a_mark_that_was_taken_back_leaves_the_salt_that_an_older_copy_needs(
    tmp_path: Path, store: Store
) -> None:
    copies = Copies(tmp_path)
    prompt = await once_before(copies, store)
    for message, emoji in ((1, "👍"), (2, f"{SUPER}🔥")):
        await store.replies.apply([Reaction(message, GUILD, ADA, emoji, added=False)])
    await store.forget_traces()
    await store.close()

    again = await copies.restore()

    await again.replies.apply([Reaction(1, GUILD, ADA, "👍"), Reaction(2, GUILD, BEN, "👍")])
    assert await again.replies.reactions_held(prompt.id) == {1: {"👍": 1}, 2: {"👍": 1}}
    await again.close()


async def test_a_reaction_alone_that_the_journal_names_is_erased_from_an_older_copy(
    tmp_path: Path, store: Store
) -> None:
    """Also where the entry of the person behind it is gone."""
    copies = Copies(tmp_path)
    prompt = await once_before(copies, store)
    await store.close()
    lines = copies.journal.read_text().splitlines(keepends=True)
    copies.journal.write_text("".join(line for line in lines if " person " not in line))

    again = await copies.restore()

    assert await again.replies.reactions_held(prompt.id) == {1: {"👍": 1}}
    assert await again.erasures.to_repair() == ()
    await again.close()


async def test_the_journal_names_nobody_once_the_salt_is_destroyed(tmp_path: Path, store: Store) -> None:
    copies = Copies(tmp_path)
    prompt = await once_before(copies, store)
    later = back_up(copies.path, tmp_path / "later" / "test.db")
    await store.prompts.close(prompt, NOW)
    await store.retention.note_told([prompt.id], NOW + timedelta(days=340))
    assert await store.retention.erase(prompt.id, "12 January 2027", NOW + timedelta(days=372)) == 2
    assert await store.forget_traces()
    await store.close()
    reactions = [line.split() for line in copies.journal.read_text().splitlines() if " reaction " in line]
    assert len(reactions) == 2
    # Copies of the database have the marks with their prompt, and the person's line stands beside these in the journal:
    # so nothing of a line is in any copy.
    in_copy = held(later)
    assert all(value.encode() not in in_copy for line in reactions for value in line[3:] if value != "-")
    assert named(copies.path, keys=keys_of(copies.path), journal=copies.journal) == set()

    again = await copies.restore()

    assert await again.replies.reactions_held(prompt.id) == {}
    await again.forget_traces()
    assert named(copies.path, keys=keys_of(copies.path), journal=copies.journal) == set()
    await again.close()


async def test_with_the_file_of_keys_lost_too_a_copy_has_no_reaction_of_that_person(
    tmp_path: Path, store: Store
) -> None:
    copies = Copies(tmp_path)
    prompt = await once_before(copies, store)
    await store.close()
    keys_of(copies.path).unlink()

    again = await copies.restore()

    assert await again.personal.reactions(GUILD, ADA) == ()
    await again.replies.apply([Reaction(1, GUILD, ADA, "👍")])
    assert await again.replies.reactions_held(prompt.id) == {1: {"👍": 1}}
    await again.close()


@pytest.fixture
async def old(tmp_path: Path) -> Path:
    """A database from before marks had salts, with marks of two reactions and of a message in one table."""
    path = tmp_path / "old" / "old.db"
    path.parent.mkdir()
    store = await open_store(path, DATA_KEY)
    prompt = await open_prompt(store)
    await store.replies.apply([arrival(prompt, number, BEN, f"Reply {number}.") for number in (1, 2, 3)])
    await store.replies.apply([Reaction(1, GUILD, EVE, "👍"), Erasure(prompt.id, (3,))])
    pseudonyms = store.personal._pseudonyms
    person = pseudonyms.of(GUILD, ADA)
    await store.close()
    marks = [pseudonyms.reaction_tombstone(person, 1, "👍"), pseudonyms.reaction_tombstone(person, 2, f"{SUPER}🔥")]
    for mark in marks:
        change(path, "INSERT INTO tombstones (mark, prompt_id) VALUES (?, 1)", mark)
    for table in (
        "reaction_marks",
        "withdrawals",
        "marks",
        "thread_reads",
        "sortings",
        "model_use",
        "shard_epochs",
        "returning_themes",
    ):
        change(path, f"DROP TABLE {table}")
    for column in ("guilds DROP COLUMN language_model", "guilds DROP COLUMN language_model_private"):
        change(path, f"ALTER TABLE {column}")
    change(path, "ALTER TABLE reactions DROP COLUMN seal")
    change(path, "UPDATE alembic_version SET version_num = '0013'")
    assert named(path) == {(ADA, 1, "👍"), (ADA, 2, f"{SUPER}🔥")}
    return path


async def brought_up_to_date(path: Path) -> None:
    """The old database, opened by the program: nobody is named, and nothing that was erased comes back."""
    store = await open_store(path, DATA_KEY)
    try:
        prompt = await store.prompts.get(GUILD, 1)
        assert await store.forget_traces()
        for copy in path.parent.glob("*.before-*"):  # the copy of a file, which the daily round deletes after a week
            copy.unlink()
        assert named(path) == set()
        await store.replies.apply([Reaction(1, GUILD, ADA, "👍"), Reaction(2, GUILD, ADA, f"{SUPER}🔥")])
        await store.replies.apply([arrival(prompt, 3, BEN, "It comes back?"), Reaction(2, GUILD, BEN, "👍")])
        assert await store.replies.reactions_held(prompt.id) == {1: {"👍": 1}, 2: {"👍": 1}}
        assert [reply.id for reply in await store.replies.of_prompt(prompt.id)] == [1, 2]
        # One that is taken off and put there again is meant.
        await store.replies.apply([Reaction(1, GUILD, ADA, "👍", added=False), Reaction(1, GUILD, ADA, "👍")])
        assert (await store.replies.reactions_held(prompt.id))[1] == {"👍": 2}
    finally:
        await store.close()


@pytest.mark.sqlite_file(Why.OLD)
async def test_marks_from_before_there_were_salts_are_salted_at_the_first_opening(old: Path) -> None:
    await brought_up_to_date(old)


@pytest.mark.sqlite_file(Why.OLD)
async def test_until_they_are_salted_they_keep_out_what_was_erased(old: Path) -> None:
    migrate(old, Sealer(DATA_KEY))
    keys_of(old).mkdir(parents=True)  # the file of keys cannot be made
    store = await open_store(old, DATA_KEY)
    try:
        prompt = await store.prompts.get(GUILD, 1)
        await store.replies.apply([arrival(prompt, 3, BEN, "It comes back?")])
        assert [reply.id for reply in await store.replies.of_prompt(prompt.id)] == [1, 2]
    finally:
        await store.close()


def play(path: Place, statement: str, number: int) -> None:
    """Open the database, and die before a statement."""
    asyncio.run(_play(path, Dying(statement, number)))


async def _play(path: Place, dying: Dying) -> None:
    dying.arm()
    await open_store(path, DATA_KEY)
    dying.look("the end")


@pytest.mark.sqlite_file(Why.OLD)
@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("INSERT INTO mark_keys", 1),
        ("UPDATE reaction_marks", 1),
        ("UPDATE reaction_marks", 3),
        ("the end", 1),
    ],
)
async def test_it_can_be_cut_short_anywhere(old: Path, statement: str, number: int) -> None:
    await killed(play, at(old), statement, number)
    await brought_up_to_date(old)
