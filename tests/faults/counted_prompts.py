"""Counts prompts: their cards, threads, notices and closing lines, each once."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from tests.faults.held import Held, name_of, question_of

CLOSED = "This question has closed."
TOO_LATE = ("Nothing could be posted in time", "is now more than a day late, so it wasn’t posted")
_FIRST = date(2026, 1, 1)


class CountedPrompts(Held):
    """The checks of what was posted."""

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
                found.append(f"{name_of(row)}: {len(cards)} cards where {wanted} should be, state {row['state']}")
            elif cards and cards[0].id != row["message_id"]:
                found.append(f"{name_of(row)}: the card is not the one that is noted")
        claims = {str(row["claim"]) for row in self.prompts}
        every = [card for card in self._with_custom_id("reply:") if f"{card.components}".count("'more:")]
        lost = [card for card in every if not any(claim in str(card.components) for claim in claims)]
        return found + [f"card {card.id} belongs to no prompt" for card in lost]

    async def threads(self) -> list[str]:
        found = []
        for server in self._trust.servers:
            rows = [row for row in self.prompts if row["guild_id"] == server.guild.id and row["id"] not in self._gone]
            known = {row["thread_id"] for row in rows}
            found += [f"{name_of(row)}: it has no thread" for row in rows if row["thread_id"] not in self._channels]
            for channel in self._channels.values():
                if (
                    channel.parent_id == server.channel.id
                    and channel.id not in known
                    and not self._people_wrote(channel.id)
                ):
                    found.append(f"{server.name}: thread {channel.id} ({channel.name}) belongs to no prompt")
        return found

    async def notices(self) -> list[str]:
        found = []
        for row, server in self._with_servers():
            place = row["thread_id"] if server.is_forum else row["channel_id"]
            lines = [one for one in self._of_bot(place) if one.content.startswith(question_of(row))]
            if row["id"] not in self._gone and [one.id for one in lines] != [row["notice_id"]]:
                found.append(f"{name_of(row)}: {len(lines)} notices, {row['notice_id']} is noted")
        return found

    async def closings(self) -> list[str]:
        found = []
        for row in self.prompts:
            if row["state"] != "closed" and str(row["closes_at"]) < str(self._now):
                found.append(f"{name_of(row)}: its time is over, and it is {row['state']}")
            if row["id"] in self._gone or row["state"] != "closed":
                continue
            lines = [one.id for one in self._of_bot(row["thread_id"]) if one.content.startswith(CLOSED)]
            if lines != [row["closing_id"]]:
                found.append(f"{name_of(row)}: {len(lines)} closing lines, {row['closing_id']} is noted")
        return found
