"""Counts what comes of prompts: drafts, summaries, outcomes and checks, each shown once."""

from __future__ import annotations

from typing import Any

from bot.models.checks import NOWHERE
from tests.faults.held import Held, name_of, question_of, says
from tests.faults.people import PREPARING

DRAFT = "Draft of a summary"
SUMMARY = "## What people said"


class CountedFindings(Held):
    """The checks of what was found."""

    async def drafts(self) -> list[str]:
        """Each closed prompt has one draft, and its card stands once; what is published at once needs no card."""
        found = []
        for row, server in self._with_servers():
            drafts = [draft for draft in self._tables["drafts"] if draft["prompt_id"] == row["id"]]
            if row["state"] == "closed" and row["id"] not in self._gone and self._held(row) and not drafts:
                found.append(f"{name_of(row)}: it is closed and has no draft")
            shown = [one for one in self._of_bot(server.office.id) if says(one, DRAFT) and says(one, question_of(row))]
            placed = [draft for draft in drafts if draft["message_id"] is not None]
            waiting = [draft for draft in drafts if draft["state"] == "open" and draft["message_id"] is None]
            if waiting and row["id"] not in self._gone:
                found.append(f"{name_of(row)}: its draft is open and stands nowhere")
            if sorted(one.id for one in shown) != sorted(draft["message_id"] for draft in placed):
                found.append(f"{name_of(row)}: {len(shown)} cards of {len(placed)} placed drafts")
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
            if says(one, PREPARING)
        ]
        for row, server in self._with_servers():
            published = [d for d in self._tables["drafts"] if d["prompt_id"] == row["id"] and d["state"] == "published"]
            if not published or row["id"] in self._gone:
                continue
            shares = [one for one in recorded.values() if one["prompt_id"] == row["id"]]
            in_thread = sum(one["channel_id"] == row["thread_id"] for one in shares)
            in_news = sum(one["channel_id"] == server.news.id for one in shares)
            if not 1 <= in_thread <= 1 + (row["id"] in self._shared):
                found.append(f"{name_of(row)}: {in_thread} summaries in the thread, {len(published)} published")
            if not server.is_forum and in_news != len(published):
                found.append(f"{name_of(row)}: {in_news} summaries in the news, {len(published)} published")
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


def _is_shared(message: Any) -> bool:
    return not message.is_ephemeral and (says(message, SUMMARY) or says(message, PREPARING))
