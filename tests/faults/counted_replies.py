"""Counts replies: what people wrote, sent, deleted and reacted with is stored once, as it is now."""

from __future__ import annotations

from collections import Counter, defaultdict

from tests.faults.held import Held, name_of


class CountedReplies(Held):
    """The checks of what people said."""

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
                    found.append(f"{name_of(row)}: message {number} in the thread{double} is not stored")
                elif number not in self._ledger.identifiers and stored[number].text != message.content:
                    found.append(f"{name_of(row)}: reply {number} is stored in older words")
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
                        found.append(f"{name_of(row)}: {mark} was taken back; {len(rows)} stored, {len(posted)} shown")
                elif len(rows) > 1 or len(posted) != len(rows) or (mark in self._ledger.stored_forms and not rows):
                    found.append(f"{name_of(row)}: {mark}: {len(rows)} stored, {len(posted)} shown")
                elif rows and rows[0].message_id != posted[0].id:
                    found.append(f"{name_of(row)}: {mark}: another message is noted than the one that shows it")
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
