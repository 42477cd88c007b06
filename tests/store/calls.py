"""Every function of the store called once, over a database with something of everything."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.errors import UserError
from bot.models.board import PaperFields
from bot.models.checks import CheckPoint
from bot.models.groups import NOT_SAID
from bot.models.library import Passage, SourceDetails
from bot.models.outcomes import Decision, OutcomeState, PointRef
from bot.models.private import Quoting
from bot.models.prompts import NewPrompt, NewSeries, SeriesState, Slot
from bot.models.replies import Edit, Erasure
from bot.models.reports import NewReport, Report, ReportKind
from bot.models.reviews import AddNote
from bot.models.summaries import Coverage, Summary
from bot.models.views import Choice, Offer, PressCount
from bot.replies.rereading import ThreadRead
from bot.store import Store, open_store
from bot.store.drafts import ConflictError
from bot.store.erasure.retention import DraftCard
from bot.store.outcomes import OutcomeCard
from tests.databases import prepare
from tests.posted_prompts import posted_prompts
from tests.store import everything
from tests.store.samples import CHANNEL, GUILD, NOW, WORDING, arrival, document, form, new_series
from tests.world import DATA_KEY

LAST = (
    "release",
    "end",
    "erase",
    "withdraw",
    "forget",
    "remove",
    "leave",
    "reword",
    "drop",
    "close",
    "publish",
    "tidy",
)
"""How those begin that take away what the others look for."""


@dataclass
class Listener:
    """The statements that SQLite was given, by the function of the store that was under way."""

    statements: dict[str, str] = field(default_factory=dict)
    calling: str = ""

    def hear(self, *heard: Any) -> None:
        """Note a statement, the first time it comes."""
        if self.calling:
            self.statements.setdefault(str(heard[2]), self.calling)


@contextmanager
def listening() -> Iterator[Listener]:
    """Hear every statement of every engine."""
    listener = Listener()

    def hear(*heard: Any) -> None:
        listener.hear(*heard)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield listener
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


@asynccontextmanager
async def full(folder: Path) -> AsyncIterator[Store]:
    """A store with something of everything."""
    folder.mkdir()
    prepare(folder / "test.db")
    store = await open_store(folder / "test.db", DATA_KEY)
    try:
        await everything.fill(store)
        await new_series(store)
        words = {"passage": "Leaders listen.", "source": "A report", "question": "Who?"}
        await store.suggestions.add(GUILD, everything.WRITER, **words, now=NOW)
        yield store
    finally:
        await store.close()


async def given(store: Store) -> dict[str, Any]:
    """What the parameters of the store's functions are filled with, by their names."""
    (prompt, *_) = await posted_prompts(store)
    (series, *_) = await store.series.of_guild(GUILD)
    (excerpt, *_) = await store.library.excerpts_of(GUILD, series.waiting_ids)
    checks = await store.checks.of_guild(GUILD)
    (batch, *_) = await store.private.waiting(GUILD)
    (draft,) = await store.drafts.open_drafts()
    (outcome,) = await store.outcomes.of_guild(GUILD)
    (post,) = await store.outcomes.posts(outcome.id)
    suggestion = (await store.suggestions.waiting(GUILD))[-1]
    summary = Summary(str(prompt.id), "", (), (), Coverage(0, 0, 0))
    person = store.replies._pseudonyms.of(GUILD, everything.WRITER)
    slot = NOW + timedelta(days=7)
    values: dict[str, Any] = {
        "arrival": form(prompt, 90),
        "at": NOW,
        "mark": "0100",
        "marks": ["0100"],
        "subjects": ["0100"],
        "choice": Choice.SAME,
        "known": {"0100": frozenset()},
        "counts": {"0100": PressCount(1)},
        "people": 5,
        "shows": True,
        "states": None,
        "last": 1,
        "offer": Offer(1, prompt.id, GUILD, NOW),
        "batch": batch,
        "before": NOW,
        "body": "{}",
        "check": checks[0],
        "code": "a-b-c",
        "changed": series,
        "passed": series,
        "series": series,
        "claim": prompt.claim,
        "date": "5 January 2026",
        "day": NOW.date(),
        "today": NOW.date(),
        "decided": Decision(OutcomeState.DONE, "Done."),
        "details": SourceDetails("A report"),
        "document": document(digest="b" * 64),
        "draft": draft,
        "due_at": NOW,
        "ends_at": slot,
        "excerpt": excerpt,
        "events": [arrival(prompt, 91), Edit(91, "Changed.", NOW), Erasure(prompt.id, (91,))],
        "group": everything.GROUP,
        "grouping": everything.SORTED,
        "sorted_replies": everything.SORTED_REPLIES,
        "returning": everything.RETURNING,
        "group_of": {person: NOT_SAID},
        "held": {},
        "how": "Reworded.",
        "key": "a key",
        "kind": ReportKind.PLAIN,
        "limit": 5,
        "offset": 0,
        "manages": True,
        "message_id": everything.SUMMARY_MESSAGE,
        "message_ids": [700],
        "missing": "More.",
        "moment": NOW,
        "name": "a name",
        "new": NewPrompt(GUILD, CHANNEL, WORDING, slot, excerpt.id, series.id, slot),
        "now": NOW,
        "of_marked": True,
        "only": [person],
        "pack": "",
        "passage": Passage("Leaders ask."),
        "person": person,
        "point": "1",
        "points": (PointRef(prompt.id, "1"),),
        "post": post,
        "present": [],
        "private": {},
        "prompt": prompt,
        "question": "Who?",
        "quoting": Quoting.YES,
        "reason": "A reason.",
        "read": ThreadRead("0" * 16, NOW),
        "report": NewReport(GUILD, "a key", "Words."),
        "reply": (await store.replies.of_prompt(prompt.id))[0],
        "said": ["a word"],
        "settings": await store.settings.of(GUILD),
        "since": NOW,
        "slots": [slot],
        "state": SeriesState.PAUSED,
        "objection": await store.objections.get(GUILD, 1),
        "subject": "prompt:1",
        "action": "a subject",
        "suggestion": suggestion,
        "summary": summary,
        "text": "Words.",
        "threshold": 11,
        "told_at": NOW,
        "user_id": everything.WRITER,
        "value": "a value",
        "was": None,
        "what": AddNote("1", "Ask."),
        "words": "teams",
        "others": [],
        "source": "A report",
        "changes": None,
        "channels": [701],
        "values": None,
    }
    ids = {"prompt": prompt.id, "series": series.id, "excerpt": excerpt.id, "check": checks[0].id, "batch": batch.id}
    ids |= {"draft": draft.id, "outcome": outcome.id, "suggestion": suggestion.id, "guild": GUILD, "reply": 1}
    ids |= {"source": 1, "objection": 1, "summary": 1, "channel": 700, "thread": 700, "closing": 70, "notice": 71}
    ids |= {"after": 72, "others": 73, "offer": 1}
    for name, number in ids.items():
        values |= {f"{name}_id": number, f"{name}_ids": [number]}
    return values


SLOT = Slot(0, time(9), "Europe/London", NOW.date())
OWN: dict[str, dict[str, Any]] = {
    "series.create": {"new": NewSeries(GUILD, "Another", CHANNEL, SLOT)},
    "statements.offer": {"new": []},
    "presses.narrow": {"known": {}},
    "checks.start": {"points": (CheckPoint("1", "So."),)},
    "board_papers.change": {"edit": lambda fields: fields, "start": PaperFields()},
    "outcomes.keep_card": {"card": OutcomeCard(1, 700, None, 2)},
    "retention.note_shown": {"card": DraftCard(GUILD, 1, 1, 1)},
    "suggestions.add": {"passage": "Leaders ask.", "source": "A report", "question": "Who?"},
    "private.put_back": {"reply_id": "a" * 32},
    "private.leave_out": {"reply_id": "a" * 32},
    "people.choose": {"changes": {"quotes": True}},
    "settings.change": {"values": {"open_days": 7}},
    "prompts.confirm": {"message_id": 990},
    "prompts.holds_slot": {"slot_at": NOW},
    "summaries.share": {"message_id": 991},
    "summaries.note_message": {"message_id": 992},
    "objections.add": {"report": None},
    "audit_log.note": {"noted": {"now": NOW, "prompt_id": 1}},
    "reports.begin": {"report": Report(1, GUILD, "a row", "Words.")},
    "reports.note_told": {"report": Report(1, GUILD, "a row", "Words.")},
    "library.change_together": {"change": list},
    "model_use.take": {"day": NOW.date(), "words": 10, "most": 1_000},
    "inbox.put": {"event": None},
    "sortings.returning_of": {"sorted_replies": {1: everything.SORTED_REPLIES}},
    "sortings.keep_returning": {"sorted_replies": {1: everything.SORTED_REPLIES}},
}
"""What single functions need beside it."""


def does_wait(what: object) -> bool:
    """Whether something is a function that waits for the database, and gives one answer or many."""
    return inspect.iscoroutinefunction(what) or inspect.isasyncgenfunction(what)


def functions(store: Store) -> Iterator[tuple[str, Any]]:
    """Every public function of the store's repositories with its name, those that take away last."""
    found = {
        f"{name}.{function}": getattr(repository, function)
        for name, repository in vars(store).items()
        if not name.startswith("_") and name != "inbox"
        for function, what in inspect.getmembers(type(repository), does_wait)
        # Those that take a connection work within the transaction of another, which is called too.
        if not function.startswith("_") and "connection" not in inspect.signature(what).parameters
    }
    return iter(sorted(found.items(), key=lambda item: item[0].split(".")[1].startswith(LAST)))


async def call(name: str, function: Any, values: dict[str, Any], listener: Listener, *, optional: bool) -> None:
    """Call a function with what its parameters' names ask for. What it refuses in words of its own is no fault."""
    owners = {"checks": "check", "check_presses": "check", "private": "prompt"}
    owner = values[owners.get(name.split(".")[0], "prompt")]
    values = values | {"owner": owner, "owner_id": owner.id} | OWN.get(name, {})
    positional: list[Any] = []
    named: dict[str, Any] = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            named |= values[parameter.name] or {}
        elif parameter.default is parameter.empty or (optional and parameter.name in values):
            if parameter.kind is parameter.KEYWORD_ONLY:
                named[parameter.name] = values[parameter.name]
            else:
                positional.append(values[parameter.name])
    listener.calling = name
    with suppress(UserError, ConflictError):
        answer = function(*positional, **named)
        if inspect.isasyncgen(answer):
            _ = [each async for each in answer]
        else:
            await answer
    listener.calling = ""


def ways(function: Any) -> tuple[bool, ...]:
    """Without what may be left out, and with it where there is any."""
    parameters = inspect.signature(function).parameters.values()
    return (False, True) if any(each.default is not each.empty for each in parameters) else (False,)
