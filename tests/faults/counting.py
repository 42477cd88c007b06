"""Counts, apart from the bot, what Discord holds and what the database says: each thing has to be there once."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from typing import Any

from bot.models.checks import NOWHERE
from cogs.ui.parts import custom_id, frame_number
from tests.faults.people import PREPARING
from tests.faults.trust import Server, Trust

MOST_TELLINGS = 3
"""How often one report may be told: a line that fails after the effect lets nobody know that it was heard."""
CLOSED = "This question has closed."
TOO_LATE = ("Nothing could be posted in time", "is now more than a day late, so it wasn’t posted")
DRAFT = "Draft of a summary"
SUMMARY = "## What people said"
_FIRST = date(2026, 1, 1)

Violations = dict[str, list[str]]
Row = dict[str, Any]


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


class _Counting:
    def __init__(self, trust: Trust) -> None:
        self._trust, self._ledger = trust, trust.ledger
        self._messages = trust.env.backend.messages
        self._channels = trust.env.backend.channels
        self._bot_id = trust.env.backend.bot_user.id
        with closing(sqlite3.connect(trust.path)) as connection:
            connection.row_factory = sqlite3.Row
            self._tables = {
                name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")]  # noqa: S608 - our own names
                for name in (
                    "prompts",
                    "drafts",
                    "summaries",
                    "outcome_posts",
                    "checks",
                    "replies",
                    "reactions",
                    "private_replies",
                )
            }
        self.prompts = [row for row in self._tables["prompts"] if row["state"] != "failed"]
        self._now = trust.env.now().replace(tzinfo=None)

    # ------------------------------------------------------------------------------ prompts

    async def slots(self) -> list[str]:
        """A prompt for each Thursday, at its time or later the same day; or facilitators know that there was none."""
        found = []
        for server in self._trust.servers:
            mine = [row for row in self.prompts if row["guild_id"] == server.guild.id]
            dates = Counter(str(row["slot_at"])[:10] for row in mine)
            told = "\n".join(self._office(server))
            for week in range(self._trust.weeks):
                day = str(_FIRST + timedelta(weeks=week))
                if dates[day] != 1 and not any(reason in told for reason in TOO_LATE):
                    found.append(f"{server.name}, {day}: {dates[day]} prompts")
        return found

    async def cards(self) -> list[str]:
        """One card a prompt. The double of a forum's post may stay where people wrote in it."""
        found = []
        for row, server in self._with_servers():
            cards = self._with_custom_id(f"reply:{row['claim']}")
            cards = [card for card in cards if card.id == row["message_id"] or not self._people_wrote(card.channel_id)]
            # With a forum's post goes its card; in a text channel the card stays where it is.
            is_gone = row["id"] in self._ledger.deleted_cards or (row["id"] in self._gone and server.is_forum)
            wanted = 0 if is_gone else 1
            if len(cards) != wanted:
                found.append(f"{_name(row)}: {len(cards)} cards where {wanted} should be, state {row['state']}")
            elif cards and cards[0].id != row["message_id"]:
                found.append(f"{_name(row)}: the card is not the one that is noted")
        claims = {str(row["claim"]) for row in self.prompts}
        every = [card for card in self._with_custom_id("reply:") if f"{card.components}".count("'more:")]
        lost = [card for card in every if not any(claim in str(card.components) for claim in claims)]
        return found + [f"card {card.id} belongs to no prompt" for card in lost]

    async def threads(self) -> list[str]:
        found = []
        for server in self._trust.servers:
            rows = [row for row in self.prompts if row["guild_id"] == server.guild.id and row["id"] not in self._gone]
            known = {row["thread_id"] for row in rows}
            found += [f"{_name(row)}: it has no thread" for row in rows if row["thread_id"] not in self._channels]
            for channel in self._channels.values():
                if (
                    channel.parent_id == server.channel.id
                    and channel.id not in known
                    and not self._people_wrote(channel.id)
                ):
                    found.append(f"{server.name}: thread {channel.id} ({channel.name}) is nobody's")
        return found

    async def notices(self) -> list[str]:
        found = []
        for row, server in self._with_servers():
            place = row["thread_id"] if server.is_forum else row["channel_id"]
            lines = [one for one in self._of_bot(place) if one.content.startswith(_question(row))]
            if row["id"] not in self._gone and [one.id for one in lines] != [row["notice_id"]]:
                found.append(f"{_name(row)}: {len(lines)} notices, {row['notice_id']} is noted")
        return found

    async def closings(self) -> list[str]:
        found = []
        for row in self.prompts:
            if row["state"] != "closed" and str(row["closes_at"]) < str(self._now):
                found.append(f"{_name(row)}: its time is over, and it is {row['state']}")
            if row["id"] in self._gone or row["state"] != "closed":
                continue
            lines = [one.id for one in self._of_bot(row["thread_id"]) if one.content.startswith(CLOSED)]
            if lines != [row["closing_id"]]:
                found.append(f"{_name(row)}: {len(lines)} closing lines, {row['closing_id']} is noted")
        return found

    # ---------------------------------------------------------------------- what comes of them

    async def drafts(self) -> list[str]:
        """Each closed prompt has one draft, and its card stands once; what is published at once needs no card."""
        found = []
        for row, server in self._with_servers():
            drafts = [draft for draft in self._tables["drafts"] if draft["prompt_id"] == row["id"]]
            if row["state"] == "closed" and row["id"] not in self._gone and self._held(row) and not drafts:
                found.append(f"{_name(row)}: it is closed and has no draft")
            shown = [one for one in self._of_bot(server.office.id) if _says(one, DRAFT) and _says(one, _question(row))]
            placed = [draft for draft in drafts if draft["message_id"] is not None]
            waiting = [draft for draft in drafts if draft["state"] == "open" and draft["message_id"] is None]
            if waiting and row["id"] not in self._gone:
                found.append(f"{_name(row)}: its draft is open and stands nowhere")
            if sorted(one.id for one in shown) != sorted(draft["message_id"] for draft in placed):
                found.append(f"{_name(row)}: {len(shown)} cards of {len(placed)} placed drafts")
        return found

    async def summaries(self) -> list[str]:
        """Each summary that is shown is recorded and the reverse; a published draft stands once in each place."""
        found = []
        recorded = {row["message_id"]: row for row in self._tables["summaries"]}
        shown = {one.id: one for kept in self._messages.values() for one in kept.values() if _is_shared(one)}
        found += [
            f"a summary in {shown[number].channel_id} is not recorded" for number in shown.keys() - recorded.keys()
        ]
        found += [
            f"summary {recorded[number]['id']} stands nowhere"
            for number in recorded.keys() - shown.keys()
            if recorded[number]["prompt_id"] not in self._gone
        ]
        found += [
            f"a placeholder in {one.channel_id} never became a summary"
            for one in shown.values()
            if _says(one, PREPARING)
        ]
        for row, server in self._with_servers():
            published = [d for d in self._tables["drafts"] if d["prompt_id"] == row["id"] and d["state"] == "published"]
            if not published or row["id"] in self._gone:
                continue
            shares = [one for one in recorded.values() if one["prompt_id"] == row["id"]]
            in_thread = sum(one["channel_id"] == row["thread_id"] for one in shares)
            in_news = sum(one["channel_id"] == server.news.id for one in shares)
            if not 1 <= in_thread <= 1 + (row["id"] in self._shared):
                found.append(f"{_name(row)}: {in_thread} summaries in the thread, {len(published)} published")
            if not server.is_forum and in_news != len(published):
                found.append(f"{_name(row)}: {in_news} summaries in the news, {len(published)} published")
        if len(self._tables["summaries"]) and not shown:
            found.append("no summary stands anywhere")
        return found

    async def outcomes(self) -> list[str]:
        found = []
        for post in self._tables["outcome_posts"]:
            if post["channel_id"] not in self._channels:
                continue
            lines = [one.id for one in self._with_custom_id(f"outcome-past:{post['outcome_id']}'", post["channel_id"])]
            if lines != [post["message_id"]]:
                found.append(f"outcome {post['outcome_id']}: {len(lines)} lines, {post['message_id']} is noted")
        return found

    async def checks(self) -> list[str]:
        found = []
        for check in self._tables["checks"]:
            if check["prompt_id"] in self._gone:
                continue
            for name, field in (("others", "message_id"), ("check-figures", "result_id")):
                lines = [one.id for one in self._marked(name, check["claim"], channel_id=check["channel_id"])]
                due = field == "message_id" or str(check["ends_at"]) < str(self._now)
                if lines != [check[field]] if due else lines:
                    noted = "nowhere" if check[field] == NOWHERE else check[field]
                    found.append(f"check {check['id']}: {len(lines)} messages of {name}, {noted} is noted")
        return found

    # ------------------------------------------------------------------------------- replies

    async def replies(self) -> list[str]:
        """Every message of staff in a prompt's thread (or in its double) is stored once, in its last words."""
        found = []
        for row in self.prompts:
            if row["id"] in self._gone:
                continue
            threads = {row["thread_id"], *(card.channel_id for card in self._with_custom_id(f"reply:{row['claim']}"))}
            threads.discard(row["channel_id"])
            held = {one.id: one for place in threads for one in self._of_staff(place)}
            stored = {reply.id: reply for reply in await self._trust.store.replies.of_prompt(row["id"])}
            for number, message in held.items():
                if number not in stored:
                    double = "" if message.channel_id == row["thread_id"] else " of the double post"
                    found.append(f"{_name(row)}: message {number} in the thread{double} is not stored")
                elif number not in self._ledger.identifiers and stored[number].text != message.content:
                    found.append(f"{_name(row)}: reply {number} is stored in older words")
        twice = [number for number, times in Counter(row["id"] for row in self._tables["replies"]).items() if times > 1]
        return found + [f"reply {number} is stored {twice} times" for number in twice]

    async def deleted(self) -> list[str]:
        """Nothing is stored of what Discord holds no longer, but for threads that were deleted."""
        found = []
        for row in self._tables["replies"]:
            is_message = row["kind"] != "form"
            if row["id"] in self._ledger.deleted_messages:
                found.append(f"reply {row['id']} was deleted and is stored")
            elif is_message and row["prompt_id"] not in self._gone and not self._exists(row["id"]):
                found.append(f"reply {row['id']} is in no thread")
        return found

    async def forms(self) -> list[str]:
        """What was sent by a form is stored and posted once, or not at all where its author was not told that it is."""
        found = []
        by_prompt: defaultdict[int, list[str]] = defaultdict(list)
        for mark, prompt_id in self._ledger.forms.items():
            by_prompt[prompt_id].append(mark)
        for prompt_id, marks in by_prompt.items():
            if prompt_id in self._gone:
                continue
            row = next(one for one in self.prompts if one["id"] == prompt_id)
            stored = [
                reply for reply in await self._trust.store.replies.of_prompt(prompt_id) if reply.kind.value == "form"
            ]
            for mark in marks:
                rows = [reply for reply in stored if mark in reply.text]
                posted = [
                    one
                    for one in self._of_bot(row["thread_id"])
                    if mark in str(one.content) + str(one.components) and "reply-edit:" in str(one.components)
                ]
                if mark in self._ledger.withdrawn:
                    if rows or posted:
                        found.append(f"{_name(row)}: {mark} was taken back; {len(rows)} stored, {len(posted)} shown")
                elif len(rows) > 1 or len(posted) != len(rows) or (mark in self._ledger.stored_forms and not rows):
                    found.append(f"{_name(row)}: {mark}: {len(rows)} stored, {len(posted)} shown")
                elif rows and rows[0].message_id != posted[0].id:
                    found.append(f"{_name(row)}: {mark}: another message is noted than the one that shows it")
        return found

    async def private(self) -> list[str]:
        """Who was told that a private reply is stored has it stored; facilitators read it after the closing."""
        found = []
        for prompt_id, told in self._ledger.private.items():
            held = sum(reply["prompt_id"] == prompt_id for reply in self._tables["private_replies"])
            if prompt_id not in self._gone and held < len(told):
                found.append(f"prompt {prompt_id}: {len(told)} people were told, {held} private replies are held")
        return found

    async def reactions(self) -> list[str]:
        found = []
        stored = Counter(row["reply_id"] for row in self._tables["reactions"])
        for row in self._tables["replies"]:
            message = self._find(row["id"])
            if message is None or row["prompt_id"] in self._gone:
                continue
            held = sum(len(reaction.user_ids) for reaction in message.reactions)
            if held != stored[row["id"]]:
                found.append(f"reply {row['id']}: {held} reactions, {stored[row['id']]} stored")
        return found

    # ---------------------------------------------------------------------- what people were told

    async def reports(self) -> list[str]:
        """Each report was told, and at most MOST_TELLINGS times."""
        found = []
        for row, server in self._with_servers():
            office = [text for text in self._office(server) if _question(row) in text]
            for ids, what in (
                (self._ledger.deleted_threads, "The thread of"),
                (self._ledger.deleted_cards, "The card of"),
            ):
                if row["id"] in ids:
                    found += _told(
                        sum(what in text and "was deleted" in text for text in office), f"{_name(row)}: {what}"
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

    # ------------------------------------------------------------------------------- looking

    @property
    def _gone(self) -> set[int]:
        return self._ledger.deleted_threads

    @property
    def _shared(self) -> set[int]:
        """Prompts of which a summary was shared by hand."""
        return self._ledger.shared

    def _with_servers(self) -> Iterator[tuple[Row, Server]]:
        servers = {server.guild.id: server for server in self._trust.servers}
        for row in self.prompts:
            yield row, servers[row["guild_id"]]

    def _of_bot(self, channel_id: int | None) -> list[Any]:
        kept = self._messages.get(channel_id or 0, {}).values()
        return [one for one in kept if one.author_id == self._bot_id and one.type in (0, 19) and not one.is_ephemeral]

    def _of_staff(self, channel_id: int | None) -> list[Any]:
        kept = self._messages.get(channel_id or 0, {}).values()
        return [one for one in kept if one.author_id != self._bot_id and one.type in (0, 19)]

    def _with_custom_id(self, mark: str, channel_id: int | None = None) -> list[Any]:
        places = self._messages if channel_id is None else {channel_id: None}
        return [one for place in places for one in self._of_bot(place) if f"'{mark}" in str(one.components)]

    def _marked(self, *route: object, channel_id: int) -> list[Any]:
        number, mark = frame_number(*route), f"'{custom_id(str(route[0]), *route[1:])}'"
        return [
            message
            for message in self._of_bot(channel_id)
            if mark in str(message.components) or any(part.get("id") == number for part in message.components)
        ]

    def _people_wrote(self, channel_id: int) -> bool:
        parent = self._channels[channel_id].parent_id if channel_id in self._channels else None
        return parent is not None and bool(self._of_staff(channel_id))

    def _held(self, row: Row) -> bool:
        return any(reply["prompt_id"] == row["id"] for reply in self._tables["replies"])

    def _find(self, message_id: int) -> Any:
        return next((kept[message_id] for kept in self._messages.values() if message_id in kept), None)

    def _exists(self, message_id: int) -> bool:
        message = self._find(message_id)
        return message is not None and message.channel_id in self._channels

    def _office(self, server: Server) -> list[str]:
        return [f"{one.content} {one.components}" for one in self._of_bot(server.office.id)]


def _told(times: int, what: str) -> list[str]:
    return [] if 1 <= times <= MOST_TELLINGS else [f"{what}: told {times} times"]


def _is_shared(message: Any) -> bool:
    return not message.is_ephemeral and (_says(message, SUMMARY) or _says(message, PREPARING))


def _says(message: Any, text: str) -> bool:
    return text in f"{message.content} {message.components}"


def _question(row: Row) -> str:
    wording = row["wording"]
    return str((json.loads(wording) if isinstance(wording, str) else wording)["question"])


def _name(row: Row) -> str:
    return f"prompt {row['id']} ({_question(row).split(':')[0]})"
