"""The log of moderation: every page and the file say when, what, by whom and why, and name nobody."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from bot.models.actions import EXCLUDED, EXPORTED_BY_PROGRAM, RETENTION, THREAD_KEPT
from bot.models.people import Action
from bot.models.replies import Reply
from cogs.moderation.cards import LEFT_OUT, LOG, PUT_IT_BACK
from cogs.moderation.entries import AS_CSV, LONGEST_REASON, PER_PAGE, format_entries, log_card, number_people
from cogs.moderation.log import HERE_IT_IS
from cogs.replies.deleted_threads import KEEP
from cogs.ui.limits import beyond_limits
from cogs.ui.parts import OLDER
from tests.cogs.moderation.steps import leave_out, press
from tests.cogs.replies.talk import WORDING, Talk
from tests.store.samples import NOW
from tests.world import shown

SAID = "We are short staffed on nights, and nobody listens when we raise it."


async def logged(talk: Talk, person: Any, show: str = "") -> str:
    """The log as a person sees it; ``show`` chooses some of its entries."""
    opened = await press(talk.world, LOG, who=person)
    return shown(await person.select(opened.response, [show]) if show else opened)


async def file_of(result: Any) -> list[list[str]]:
    (attachment,) = result.response.attachments
    data = await attachment.read()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


async def said(talk: Talk) -> Reply:
    await talk.say(SAID)
    (reply,) = await talk.replies()
    return reply


async def test_the_log_shows_who_did_what_by_codes_and_gives_it_as_a_file(talk: Talk) -> None:
    world, reply = talk.world, await said(talk)
    message = str(reply.message_id)
    await leave_out(world, message, "=1+1 names *somebody*")
    listed = await press(world, LEFT_OUT, who=world.manager)
    await world.manager.click(listed.response, label=PUT_IT_BACK)
    await world.organiser.slash(world.office, "summary export", prompt=str(talk.prompt.id))
    await world.store.audit_log.note(world.guild.id, RETENTION, "3 replies", now=world.env.now())

    seen = await logged(talk, world.facilitator)

    order = [
        "Replies erased by date, by the bot (3 replies).",
        "Export, by Person 3",
        "back into summaries, by Person 2",
    ]
    order += ["Reply left out of summaries, by you", r"names \*somebody\*"]
    places = [seen.index(part) for part in order]
    assert places == sorted(places)
    assert WORDING.question in seen
    assert not any(str(person.id) in seen or person.name in seen for person in (world.facilitator, world.organiser))
    assert "by Person 1" in await logged(talk, world.manager)
    home = shown(await press(world))
    assert "Replies erased by date, by the bot (3 replies)." in home
    assert "Reply left out of summaries, by you" not in home  # the fourth: the card shows what was done last

    exports = await logged(talk, world.manager, show="exports")
    assert "1 entry" in exports
    assert "by Person 3" in exports
    assert "replies.csv" in exports
    only_replies = await logged(talk, world.manager, show="replies")
    assert "2 entries" in only_replies
    assert "export, by" not in only_replies

    sent = await press(world, LOG, AS_CSV)
    head, newest, *rows = await file_of(sent)
    assert head == ["Date", "Time (Europe/London)", "What", "Who", "What about", "Prompt", "Reason"]
    assert newest[2:5] == ["export", "you", "moderation-log.csv"]
    assert rows[-1] == [
        "1 January 2026",
        "00:00",
        EXCLUDED,
        "you",
        "",
        WORDING.question,
        "'=1+1 names *somebody*",
    ]
    assert HERE_IT_IS in shown(sent)


async def test_pages_of_the_log_are_turned_and_its_button_gives_the_file(talk: Talk) -> None:
    world = talk.world
    for number in range(2 * PER_PAGE + 1):
        await world.store.audit_log.note(world.guild.id, THREAD_KEPT, f"entry {number}", now=world.env.now())

    first = await press(world, LOG)
    assert f"(entry {2 * PER_PAGE})." in shown(first)
    older = await world.facilitator.click(first.response, label=OLDER)
    older = await world.facilitator.click(older.response, label=OLDER)
    assert "(entry 0)." in shown(older)
    assert "page 3 of 3" in shown(older)
    pressed = await world.facilitator.click(older.response, label=AS_CSV)
    assert len(await file_of(pressed)) == 2 * PER_PAGE + 3
    assert f"{2 * PER_PAGE + 2} entries" in await logged(talk, world.facilitator)


async def test_a_kept_thread_is_in_the_log_with_its_reason(talk: Talk) -> None:
    world = talk.world
    await said(talk)
    await world.store.prompts.note_gone(talk.prompt, world.env.now())

    listed = await world.facilitator.slash(world.office, "prompt list")
    asked = await world.facilitator.click(listed.response, label=KEEP)
    await world.facilitator.submit_modal(asked, {"reason": "The board asks on 020 7946 0018 in May."})

    seen = await logged(talk, world.manager)
    assert "Thread kept, by Person 1" in seen
    assert "in May" in seen
    assert "7946" not in seen
    assert "7946" not in (await world.store.prompts.get(world.guild.id, talk.prompt.id)).keep_reason


def test_the_longest_entries_fit_on_a_card_and_codes_stay_the_same_while_the_log_grows() -> None:
    log = [
        Action(n, 1, NOW + timedelta(hours=n), f"{n % 7:032}", "*" * 32, "*" * 900, "*" * 900, 1)
        for n in range(40, 0, -1)
    ]
    names = number_people(log, "")
    found = format_entries(log, names, {1: "*" * 900})

    for page in (0, 3, 7, 99):
        assert beyond_limits(log_card(found, page, "everything")) == ()
    assert LONGEST_REASON < 900
    earlier = number_people(log[5:], "")
    assert {person: names[person] for person in earlier if person} == {key: one for key, one in earlier.items() if key}
    (by_program,) = format_entries([Action(1, 1, NOW, "", EXPORTED_BY_PROGRAM, "")], {}, {})
    assert by_program.who == "the command line"
