"""The one seam to the database. Nothing outside this package writes SQL or depends on the dialect.

Each step of the loop has its module, whose methods are verbs of the vocabulary and return dataclasses.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.models.database_server import Place
from bot.models.database_state import Size
from bot.models.shards import EVERY_SHARD, Shards
from bot.store.audit_log import AuditLogStore
from bot.store.board_papers import BoardPaperStore
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.encryption.key_rotation import Rotation, rotate
from bot.store.encryption.keys import check_keys, open_pseudonyms
from bot.store.encryption.sealer import Pseudonyms, Sealer
from bot.store.encryption.seals import SealStore
from bot.store.erasure.erasures import ErasureStore
from bot.store.erasure.journal import BACKUP_DAYS
from bot.store.erasure.retention import RetentionStore
from bot.store.excerpt_marks import ExcerptMarkStore
from bot.store.faults import StoreError
from bot.store.fence import Fence
from bot.store.keyed.check_presses import CheckPresses
from bot.store.keyed.checks import CheckStore
from bot.store.keyed.key_home import choose_home
from bot.store.keyed.key_store import KeyStore, NotDestroyedError
from bot.store.keyed.private_replies import PrivateStore
from bot.store.keyed.prompt_presses import PromptPresses
from bot.store.keyed.withdrawals import WithdrawalStore
from bot.store.library import LibraryStore
from bot.store.migration import check_version, delete_copies, migrate
from bot.store.model_use import ModelUseStore
from bot.store.objections import ObjectionStore
from bot.store.outcomes import OutcomeStore
from bot.store.outside_changes import OutsideChangeStore
from bot.store.people.choices import PeopleStore
from bot.store.people.group_tables import GroupStore
from bot.store.people.personal_data import PersonalStore
from bot.store.prompts import PromptStore
from bot.store.reminders import ReminderStore
from bot.store.replies.exclusions import ExclusionStore
from bot.store.replies.inbox import Inbox
from bot.store.replies.reaction_marks import ReactionMarks
from bot.store.replies.replies import ReplyStore
from bot.store.reports import ReportStore
from bot.store.series import SeriesStore
from bot.store.settings import SettingsStore
from bot.store.sortings import SortingStore
from bot.store.sqlite.engine import prepare_file
from bot.store.statements import StatementStore
from bot.store.suggestions import SuggestionStore
from bot.store.summaries import SummaryStore

__all__ = ["Rotation", "Store", "StoreError", "open_store", "open_to_read", "prepare_database", "rotate"]


class Store:
    """An open database: one attribute for each step of the loop. Made by open_store."""

    def __init__(
        self, database: Database, sealer: Sealer, pseudonyms: Pseudonyms, prompt_keys: KeyStore | None = None
    ) -> None:
        self._database = database
        self._keys = keys = prompt_keys or choose_home(database.place, None, None).open_keys(pseudonyms.database())
        self.settings = SettingsStore(database, pseudonyms)
        self.outside = OutsideChangeStore(database)
        self.library = LibraryStore(database)
        self.excerpt_marks = ExcerptMarkStore(database)
        self.series = SeriesStore(database)
        self.reports = ReportStore(database, sealer, pseudonyms)
        self.prompts = PromptStore(database, self.reports)
        self.marks = ReactionMarks(database, pseudonyms, keys)
        self.replies = ReplyStore(database, sealer, pseudonyms, self.marks)
        self.summaries = SummaryStore(database, sealer, pseudonyms)
        self.drafts = DraftStore(database, sealer, pseudonyms)
        self.sortings = SortingStore(database, sealer, pseudonyms)
        self.objections = ObjectionStore(database, sealer, pseudonyms, self.reports)
        self.audit_log = AuditLogStore(database, sealer, pseudonyms)
        self.exclusions = ExclusionStore(database, sealer, pseudonyms, self.audit_log)
        self.people = PeopleStore(database, sealer, pseudonyms)
        self.personal = PersonalStore(database, sealer, pseudonyms, self.marks)
        self.groups = GroupStore(database, sealer, pseudonyms)
        self.statements = StatementStore(database, sealer, pseudonyms)
        self.presses = PromptPresses(database, sealer, pseudonyms, keys)
        self.private = PrivateStore(database, sealer, pseudonyms, keys, self.presses)
        self.check_presses = CheckPresses(database, sealer, pseudonyms, keys.of_checks())
        self.checks = CheckStore(database, sealer, pseudonyms, keys.of_checks(), self.check_presses)
        self.withdrawals = WithdrawalStore(database, sealer, pseudonyms)
        self.retention = RetentionStore(database, sealer, pseudonyms, self.drafts, self.groups, self.audit_log)
        self.erasures = ErasureStore(
            database, sealer, pseudonyms, self.marks, self.personal, self.groups, self.retention
        )
        self.suggestions = SuggestionStore(database, sealer, pseudonyms, self.audit_log)
        self.reminders = ReminderStore(database)
        self.outcomes = OutcomeStore(database, sealer, pseudonyms)
        self.seals = SealStore(database, sealer, pseudonyms)
        self.board_papers = BoardPaperStore(database, sealer, pseudonyms)
        self.model_use = ModelUseStore(database)
        self.inbox = Inbox(self.replies)

    async def forget_traces(self) -> bool:
        """Destroy the salts of erased prompts, drop old entries of the journal of erasures, and empty the log.

        The log is that beside the file, where erased words stand. False where somebody reads just now: try later.
        """
        await self.erasures.prune()
        with suppress(NotDestroyedError):
            await self.marks.destroy_salts()
            return await self._database.truncate_log()
        return False

    async def check_key_home(self) -> None:
        """Raise StoreError where the keys of prompts cannot be used, or belong to another database."""
        await self._keys.dates()

    async def delete_copies(self, before: datetime) -> int:
        """Delete the copies that migrations made before a moment. Returns how many files went."""
        return await asyncio.to_thread(delete_copies, self._database.place, before)

    @property
    def held(self) -> Shards:
        """Return the shards whose servers are meant where all servers are asked for."""
        return self._database.held

    def hold(self, shards: Shards) -> None:
        """Answer for the servers of other shards from now on."""
        self._database.held = shards

    @property
    def is_on_server(self) -> bool:
        """Whether the database is on a server, whose files hold erased rows for a while, and not in a file."""
        return not isinstance(self._database.place, Path)

    @property
    def has_key_server(self) -> bool:
        """Whether the keys are on a server that machines share, and not in a file of this one."""
        return not isinstance(self._keys.place, Path)

    async def measure(self) -> Size:
        """Return how much room the database takes."""
        return await self._database.measure()

    async def close(self) -> None:
        """Commit what is queued and let the database go."""
        await self.inbox.close()
        await self._database.close()
        await self._keys.close()


async def open_store(
    path: Place,
    *data_keys: bytes,
    prompt_keys: Place | None = None,
    erasures: Path | None = None,
    backup_days: int = BACKUP_DAYS,
    held: Shards = EVERY_SHARD,
    beside: bool = False,
    fence: Fence | None = None,
) -> Store:
    """Open the database at ``path``, a file or a server: check the keys, make what is missing, migrate it.

    What the journal of erasures knows and the database does not is erased from it first; bot.services.erasure does the
    rest. Where no file is named for the journal, it lies beside the prompt keys. Its entries are kept ``backup_days``.

    Each of ``data_keys`` has 32 bytes; the first writes, all of them open. ``prompt_keys`` is the home of the keys of
    open prompts: a file, or a server, where the journal is too. Where none is named, it is a file in a folder of its
    own beside the database. "All servers" are those of the shards ``held``. ``beside`` is for a command, which lets a
    running bot know what it changed. ``fence`` is what a bot holds of a database on a server, and proves whenever it
    writes.

    Raises StoreError for a file that cannot be used, and WrongKeyError, with nothing written, where a key is missing.
    """
    await prepare_database(path, *data_keys)
    sealer = Sealer(*data_keys)
    store = await _build_store(path, sealer, prompt_keys, erasures, backup_days, held, beside=beside, fence=fence)
    try:
        await store.marks.salt_old()  # only now: what the journal erases needs no salt
    except BaseException:
        await store.close()
        raise
    return store


async def prepare_database(path: Place, *data_keys: bytes) -> None:
    """Check the keys of the database at ``path``, make what is missing, and bring it to this version's tables.

    Raises what ``open_store`` does.
    """
    sealer = Sealer(*data_keys)
    if isinstance(path, Path):
        prepare_file(path)
    await asyncio.to_thread(check_keys, path, sealer)
    await asyncio.to_thread(migrate, path, sealer)


async def open_to_read(
    path: Place,
    *data_keys: bytes,
    prompt_keys: Place | None = None,
    erasures: Path | None = None,
    backup_days: int = BACKUP_DAYS,
) -> Store:
    """Open a database as it is, beside a running bot: no file is made and none is migrated.

    But what the journal of erasures knows and the file does not is erased from it, as in open_store.

    Raises StoreError where there is no database or it is of another version, and WrongKeyError where a key is missing.
    """
    sealer = Sealer(*data_keys)
    await asyncio.to_thread(check_keys, path, sealer)
    await asyncio.to_thread(check_version, path)
    return await _build_store(path, sealer, prompt_keys, erasures, backup_days, EVERY_SHARD, reads=True, beside=True)


async def _build_store(
    path: Place,
    sealer: Sealer,
    prompt_keys: Place | None,
    erasures: Path | None,
    days: int,
    held: Shards,
    *,
    reads: bool = False,
    beside: bool = False,
    fence: Fence | None = None,
) -> Store:
    home = choose_home(path, prompt_keys, erasures, days)
    database = Database(path, home.journal, held, is_beside=beside, fence=fence)
    try:
        pseudonyms = await open_pseudonyms(database, sealer, may_write=not reads)
        keys = home.open_keys(pseudonyms.database())
        if prompt_keys is not None:  # so that an admin hears of a fault now, and not the first who replies privately
            await keys.prepare(may_write=not reads)
        store = Store(database, sealer, pseudonyms, keys)
        await store.erasures.apply()
    except BaseException:
        await database.close()
        await asyncio.to_thread(home.close)
        raise
    return store
