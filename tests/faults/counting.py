"""Counts, apart from the bot, what Discord holds and what the database says: each thing has to be there once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.faults.counted_findings import CountedFindings
from tests.faults.counted_prompts import CountedPrompts
from tests.faults.counted_replies import CountedReplies
from tests.faults.held import name_of, question_of
from tests.faults.trust import Trust

MOST_TELLINGS = 3
"""How often one report may be told: a line that fails after the effect lets nobody know that it was heard."""

Violations = dict[str, list[str]]


async def count(trust: Trust) -> Violations:
    """Every check by its name, with what it found wrong; nothing where all is as it has to be."""
    counting = _Counting(trust)
    checks: dict[str, Callable[[], Awaitable[list[str]]]] = {
        "each date has its prompt": counting.slots,
        "prompt cards once": counting.cards,
        "threads once": counting.threads,
        "notices once": counting.notices,
        "closing lines once": counting.closings,
        "drafts placed once": counting.drafts,
        "summaries shown once": counting.summaries,
        "outcomes once": counting.outcomes,
        "check cards and results once": counting.checks,
        "replies held are stored once": counting.replies,
        "no deleted reply is stored": counting.deleted,
        "replies by the form once": counting.forms,
        "private replies stored": counting.private,
        "reactions agree": counting.reactions,
        "reports told": counting.reports,
        "what was said is so": counting.said,
        "wishes done": counting.wishes,
        "no loop or task died": counting.errors,
    }
    return {name: await check() for name, check in checks.items()}


class _Counting(CountedPrompts, CountedFindings, CountedReplies):
    """All checks, with those of what people were told."""

    async def reports(self) -> list[str]:
        """Each report was told, and at most MOST_TELLINGS times."""
        found = []
        for row, server in self._with_servers():
            office = [text for text in self._office(server) if question_of(row) in text]
            for ids, what in (
                (self._ledger.deleted_threads, "The thread of"),
                (self._ledger.deleted_cards, "The card of"),
            ):
                if row["id"] in ids:
                    found += _told(
                        sum(what in text and "was deleted" in text for text in office), f"{name_of(row)}: {what}"
                    )
        for message_id, guild_id in self._ledger.identifiers.items():
            server = next(one for one in self._trust.servers if one.guild.id == guild_id)
            if self._exists(message_id):
                told = sum(f"/{message_id}" in text for text in self._office(server))
                found += _told(told, f"message {message_id} still shows an identifier")
        for server in self._trust.servers:
            # Each prompt but the first comes after the excerpt without a question.
            slots = sum(row["guild_id"] == server.guild.id and bool(row["slot_at"]) for row in self.prompts) - 1
            told = sum("Left out, without a question" in text for text in self._office(server))
            if slots and not slots <= told <= slots * MOST_TELLINGS:
                found.append(
                    f"{server.name}: an excerpt without a question was left out {slots} times and told {told} times"
                )
        return found

    async def said(self) -> list[str]:
        return self._ledger.false_words

    async def wishes(self) -> list[str]:
        return self._ledger.given_up

    async def errors(self) -> list[str]:
        """What is logged as an error: nobody foresaw it, or a loop or a task ended by it."""
        return [*self._trust.errors.lines, *(f"a loop died: {name}" for name in self._trust.failed_loops())]


def _told(times: int, what: str) -> list[str]:
    return [] if 1 <= times <= MOST_TELLINGS else [f"{what}: told {times} times"]
