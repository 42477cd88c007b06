"""What a process keeps in memory is named here, each with its kind, as docs/contributing.md explains them.

A process may take more servers while it runs. So whoever adds a field that can change has to say why it is right then.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from bot.models.model_endpoint import ModelEndpoint
from bot.models.shards import EVERY_SHARD
from bot.operations.vitals import Monitor
from bot.services.language_model.client import LanguageModelClient
from bot.store import open_store
from bot.store.holding import hold_shards
from tests.process_memory import find_fields, find_names
from tests.servers.key_server import new_key_place, shared_key_server
from tests.servers.postgres import new_server_database, shared_server, skip_without_programs
from tests.world import DATA_KEY, World

ROOT = Path(__file__).parents[1]


class Kind(StrEnum):
    """The kinds of docs/contributing.md, in its words."""

    BY_SERVER = "by server, channel, prompt or message, and empty at first"
    READ = "read from the database"
    JOB = "a regular job"
    BY_SHARD = "by shard"
    PROCESS = "one for each process"


FIELDS = {
    Kind.BY_SERVER: """
        bot.client.Bot _messages posting reporting unkept_reports
        bot.merged_events.MergedEvents _sent_at _waiting
        bot.rate_limit.RateLimiter _times
        bot.replies.reading_queue.ReadingQueue _due _faults _heap _later _queued _read
        cogs.checks.closing.CheckClosing _seen _unshown
        cogs.checks.posts.CheckPoster _turns
        cogs.core.reports.ReportDelivery _failures
        cogs.core.rounds.ServerRounds _is_over _rounds
        cogs.library.drafted_questions.DraftedQuestionCommands _asking
        cogs.outcomes.posts.OutcomePoster _turns
        cogs.outcomes.repairs.OutcomeRepairs _turns _unshown _waiting
        cogs.prompts.scheduler.PromptScheduler _unanswered _warned
        cogs.replies.catch_up.ReplyCatchUp _later _tasks _unhurried
        cogs.replies.collection.ReplyCollection _newest_edits
        cogs.replies.forms.FormReplies _in_hand
        cogs.replies.identifier_notices.IdentifierNotices _told _turns _waiting
        cogs.replies.left_posts.LeftPosts _left
        cogs.replies.message_checks.MetMessages _met
        cogs.replies.reactions.ReactionReader _asked _touched
        cogs.replies.reconcile.Reconciler _absent
        cogs.review.desk.DraftDesk _making stale turns
        cogs.review.placement.DraftPlacement _undrafted
        cogs.setup.commands.SetupCommands _turns
        cogs.suggestions.desk.SuggestionDesk _left_behind _turns
        cogs.summaries.repairs.SummaryRepairs _unlooked _unrepaired _written turns waiting
        cogs.views.desk.OfferDesk _looked_at _set_right_in _turns
        cogs.views.question_cards.QuestionCards _changed _writers
        cogs.views.presses.Presses _shown
    """,
    Kind.READ: """
        bot.client.Bot own_words
        bot.replies.watch.Watch _channels _names _posts _prompts _threads
    """,
    Kind.JOB: """
        bot.client.Bot last_rounds
        cogs.checks.closing.CheckClosing _wait
        cogs.core.rounds.Rounds _asked_at _due_at _failures _in_round _is_over _woke_at
        cogs.replies.catch_up.ReplyCatchUp _pause
    """,
    Kind.BY_SHARD: """
        bot.gateway.IdentifyTurns _ending _turns
        bot.gateway.ShardedBot _at_once _launching _met _shown
        bot.store.fence.Fence _epochs fault
        bot.store.postgres.shard_locks.ShardLocks _connection _free_since _task _turn any_held taken
    """,
    Kind.PROCESS: """
        bot.operations.vitals.Monitor _bot _lags _since _store _worker changed connection
        bot.services.language_model.client.LanguageModelClient _dialect _turns
        bot.store.database.Database _closed _erased _turn
        bot.store.encryption.sealer.Sealer _ring
        bot.store.replies.inbox.Inbox _done _is_open _progress _put _task _waiting fault gap
        bot.store.keyed.keys.KeyFile _turn
        bot.store.postgres.key_connection.KeyConnection _held _is_closed
        bot.worker.Worker _free _is_closed _links
        bot.worker_link.WorkerLink _is_closed _pipe _process _waiter
        bot.worker_turns.JobQueue _at_work _passed _waiting
        cogs.core.routing.RoutedCog _routes
    """,
}
"""Every field that can change of an object that lasts, by the class that sets it."""
NAMES = {"bot.store.postgres.engine._CLOSING": Kind.PROCESS}
"""The same of whole modules."""


def named() -> dict[str, Kind]:
    """Return the kind of each field."""
    lines = [(kind, line.split()) for kind, text in FIELDS.items() for line in text.strip().splitlines()]
    return {f"{owner}.{field}": kind for kind, (owner, *fields) in lines for field in fields}


async def test_everything_that_the_running_bot_keeps_in_memory_has_a_kind(world: World) -> None:
    found = find_fields(world.bot, LanguageModelClient(ModelEndpoint("http://127.0.0.1:9/v1", "small")))

    assert sorted(found - named().keys()) == []
    assert len(found) > 80


async def test_so_has_what_a_process_keeps_that_shares_a_server(tmp_path: Path) -> None:
    skip_without_programs()
    files = tmp_path / "keys" / "ward.db"
    with new_server_database(shared_server(), files) as place, new_key_place(shared_key_server(), files) as keys:
        await (await open_store(place, DATA_KEY, prompt_keys=keys)).close()
        async with hold_shards(place, EVERY_SHARD, lambda: None) as holding:
            store = await open_store(place, DATA_KEY, prompt_keys=keys, fence=holding.fence, held=holding.shards)
            found = find_fields(holding, store, Monitor(holding))
            await store.close()

    assert sorted(found - named().keys()) == []
    assert {kind for field, kind in named().items() if field in found} == {Kind.BY_SHARD, Kind.PROCESS}


def test_whole_modules_keep_nothing_that_has_no_kind() -> None:
    assert find_names() == NAMES.keys()


def test_no_field_is_named_that_is_there_no_more() -> None:
    paths = [path for package in ("bot", "cogs") for path in (ROOT / package).rglob("*.py")]
    sources = {path: path.read_text(encoding="utf-8") for path in paths}
    for field in named():
        owner, _, name = field.rpartition(".")
        module, _, kind = owner.rpartition(".")
        source = sources[ROOT / f"{module.replace('.', '/')}.py"]
        assert f"class {kind}" in source, field
        assert name in source, field


def test_the_page_for_contributors_explains_each_kind() -> None:
    page = (ROOT / "docs/contributing.md").read_text(encoding="utf-8")

    assert [kind for kind in Kind if f"| {kind} |" not in page] == []
