"""A database that holds something of everything that people write, each with a marked word, by marked people."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial

from bot.models.board import PaperFields
from bot.models.checks import CheckPoint
from bot.models.grouping import (
    DraftTheme,
    Grouping,
    ReturningTheme,
    ReturningThemes,
    Slice,
    SortedReplies,
    Sorting,
    ThemeName,
    WeekPlaces,
)
from bot.models.groups import NOT_SAID, GroupTable
from bot.models.outcomes import Decision, OutcomeState, PointRef
from bot.models.private import Quoting
from bot.models.prompts import Prompt
from bot.models.replies import Edit
from bot.models.reports import NewReport
from bot.models.reviews import AddNote, ChangeQuote, Reword
from bot.models.summaries import Coverage, KeyPoint, Quote, Summary
from bot.models.views import Choice, NewStatement
from bot.services.check_rounds import count_check_presses
from bot.store import Store
from bot.store.tables import check_words
from tests.posted_prompts import posted_prompts
from tests.store.samples import GUILD, NOW, arrival, form, new_series, open_prompt
from tests.store.senders import released, send

WRITER, FORM_WRITER, REVIEWER, OBJECTOR = PEOPLE = tuple(0x0A1B_2C3D_4E5F_6000 + n for n in (17, 34, 51, 68))
"""Ids as long as those of Discord."""

REPLY, EDITED, FORM, REWORDED, NAME = "Zebrafinch", "Yellowhammer", "Woodlark", "Whinchat", "Wheatear"
QUOTE, HEADING, NOTE = "Turnstone", "Stonechat", "Shoveler"
OBJECTION, SETTLEMENT, SHARED = "Sanderling", "Redstart", "Quail"
WHY_LEFT_OUT = "Pochard"
PRIVATE, WHY_UNSHOWN = "Dunnock", "Siskin"
WHAT_CAME, WHY_NOT = "Fieldfare", "Garganey"
SUGGESTED, WHY_DECLINED = "Nuthatch", "Linnet"
CHECKED, MISSING = "Pintail", "Goldcrest"
REPORTED, FRONT = "Bullfinch", "Merganser"
SORTED_THEME, RETURNING_THEME = "Lapwing", "Skylark"
GROUP = "Healthcare scientists"
MARKS = (
    *(REPLY, EDITED, FORM, REWORDED, NAME, QUOTE, HEADING, NOTE, OBJECTION, SETTLEMENT, SHARED),
    *(WHY_LEFT_OUT, GROUP, PRIVATE, WHY_UNSHOWN),
    *(WHAT_CAME, WHY_NOT),
    *(SUGGESTED, WHY_DECLINED),
    *(CHECKED, MISSING, REPORTED, FRONT, SORTED_THEME, RETURNING_THEME),
)

SUMMARY_MESSAGE = 900
SORTED_REPLIES = SortedReplies({"1": "", "3": ""})
SORTED = Grouping(
    Sorting(1, kept=2),
    (DraftTheme(ThemeName(f"{SORTED_THEME} nights", (("1",),)), (), (Slice("1", 0, 9), Slice("3", 0, 9))),),
)
"""What a language model made of two replies to the prompt."""
RETURNING = ReturningThemes(
    Sorting(1, kept=1),
    (ReturningTheme(ThemeName(f"{RETURNING_THEME} nights", (("1",),)), (WeekPlaces(1, (Slice("1", 0, 9),)),)),),
    (1,),
)
"""The same of themes that come back, though of one prompt alone."""


async def fill_replies(store: Store) -> Prompt:
    """A prompt with replies, one of them by a form and not posted yet, and a summary of it that was shared."""
    prompt = await open_prompt(store)
    texts = (f"{REPLY} says that nights are short staffed.", "In error", f"{QUOTE} says that parking is full.")
    await store.replies.apply([arrival(prompt, 1 + n, WRITER, text) for n, text in enumerate(texts)])
    await store.replies.apply([Edit(2, f"{EDITED} says that rotas are late.", NOW)])
    await store.replies.add_form(form(prompt, 4, FORM_WRITER, f"{FORM} fills in a form."), NAME)
    await store.exclusions.exclude(GUILD, 1, user_id=REVIEWER, reason=f"{WHY_LEFT_OUT} is named.", now=NOW)
    await store.personal.undo_tick(GUILD, WRITER, 1, "9")
    await store.people.choose(GUILD, WRITER, group=GROUP, notices=True)
    reply = await store.replies.own(GUILD, FORM_WRITER, 4)
    await store.replies.reword(reply, f"{REWORDED} fills it in again.", NOW)
    new = NewStatement(f"{QUOTE} says that parking is full.", 3, (4,))
    offer = await store.statements.offer(prompt, [new], NOW)
    assert offer is not None
    await store.statements.decide(offer, 2**62, NOW)
    (said,) = await store.statements.shown(prompt.id)
    await store.presses.press(prompt, OBJECTOR, said.mark, Choice.SAME, [said.mark])
    body = f'{{"{SHARED}": "nights"}}'
    await store.summaries.share(
        guild_id=GUILD, prompt_id=prompt.id, channel_id=700, message_id=SUMMARY_MESSAGE, body=body, now=NOW
    )
    return prompt


async def fill_review(store: Store, prompt: Prompt) -> None:
    """A draft with changes to it, and two objections, one of them settled."""
    words = f"{QUOTE} says that parking is full."
    points = (KeyPoint(words, (Quote("3", words),), 1),)
    held = {str(reply.id): reply.person for reply in await store.replies.of_prompt(prompt.id)}
    summary = Summary(str(prompt.id), "", points, (), Coverage(4, 4, 1))
    draft = await store.drafts.open(guild_id=GUILD, prompt_id=prompt.id, summary=summary, held=held, now=NOW)
    for change in (Reword("1", HEADING), AddNote("1", f"Ask {NOTE}."), ChangeQuote("1", "3", "parking is full")):
        draft = await store.drafts.change(draft, REVIEWER, change, NOW)
    shared = await store.summaries.by_message(SUMMARY_MESSAGE)
    assert shared is not None
    kept = [
        await store.objections.add(
            guild_id=GUILD, summary_id=shared.id, user_id=OBJECTOR, text=f"{OBJECTION} meant {n}.", now=NOW
        )
        for n in range(2)
    ]
    await store.objections.settle(GUILD, kept[0].id, f"{SETTLEMENT} was reworded.", NOW)
    await store.sortings.keep(prompt, SORTED_REPLIES, SORTED)
    await store.sortings.keep_returning(GUILD, {prompt.id: SORTED_REPLIES}, RETURNING)
    await a_group_table(store)
    await fill_private(store, prompt)
    await fill_outcomes(store, prompt)
    paper = PaperFields(summary=f"{FRONT} asks the board.")
    await store.board_papers.change(await new_series(store), partial(replace, agenda_item="9"), paper, NOW)
    await fill_suggestions(store)
    await fill_checks(store, prompt)
    await store.reports.add(NewReport(GUILD, f"card:{REPORTED}", f"The card of {REPORTED} was deleted."), NOW)


async def fill_private(store: Store, prompt: Prompt) -> None:
    """Five private replies, released since the prompt is closed, one of them left out of summaries."""
    for number, person in enumerate((*PEOPLE, 0x0A1B_2C3D_4E5F_6055)):
        await send(store, prompt, person, f"{PRIVATE} says {number}.")
    await released(store, prompt, ())
    (batch,) = await store.private.waiting(GUILD)
    first, *_ = await store.private.of_batch(GUILD, batch.id)
    await store.private.leave_out(GUILD, first.id, f"{WHY_UNSHOWN} is named.")


async def fill_checks(store: Store, prompt: Prompt) -> None:
    """A check that has ended, in which five people tapped and said what is missing, and an open one with two."""
    points = (CheckPoint("1", f"{CHECKED} is true."),)
    for people in ((*PEOPLE, 0x0A1B_2C3D_4E5F_6055), PEOPLE[:2]):
        check = await store.checks.start(GUILD, prompt.id, points, ends_at=NOW, channel_id=700, now=NOW)
        for person in people:
            mark, missing = check.points[0].mark, f"{MISSING} is missing."
            await store.check_presses.press(check, person, mark, Choice.SAME, [mark])
            await store.checks.keep_words(check, person, text=missing, quoting=Quoting.YES, today=NOW.date())
        if len(people) > len(PEOPLE):
            check = await store.checks.end(GUILD, check.id, NOW)
            await count_check_presses(store, check)
            await store.checks.release(check, NOW)


async def fill_suggestions(store: Store) -> None:
    """A suggestion that was declined."""
    words = {"passage": f"{SUGGESTED} is at all levels.", "source": SUGGESTED, "question": f"Where is {SUGGESTED}?"}
    made = await store.suggestions.add(GUILD, WRITER, **words, now=NOW)
    await store.suggestions.decline(made, f"{WHY_DECLINED} is no report.", REVIEWER, NOW)


async def fill_outcomes(store: Store, prompt: Prompt) -> None:
    """An outcome, and a change of it."""
    decided = Decision(OutcomeState.DOING, f"{WHAT_CAME} hires nurses.", owner=f"Director of {WHAT_CAME}")
    kept = await store.outcomes.add(
        GUILD, [PointRef(prompt.id, "1")], decided, user_id=REVIEWER, channels=(700,), now=NOW
    )
    decided = replace(decided, state=OutcomeState.NOT_POSSIBLE, reason=f"{WHY_NOT} costs more.")
    await store.outcomes.change(GUILD, kept.id, decided, user_id=REVIEWER, now=NOW)


async def a_group_table(store: Store) -> GroupTable | None:
    """A table of people by staff group that was looked at, or the one that is kept."""
    people = {f"{number:032x}": GROUP for number in range(12)} | {
        f"{number:032x}": NOT_SAID for number in range(12, 24)
    }
    return await store.groups.table(GUILD, "prompt:1", people, 11, NOW)


async def opened_words(store: Store) -> list[object]:
    """All that is missing in open checks, whose authors nobody can tell without the file of keys."""
    async with store._database.read() as connection:
        rows = (await connection.execute(check_words.select().order_by(check_words.c.id))).mappings().all()
    return [asdict(store.checks._opened(row)) for row in rows]


async def fill(store: Store) -> Prompt:
    """Everything."""
    prompt = await fill_replies(store)
    await fill_review(store, prompt)
    return prompt


async def read(store: Store) -> dict[str, list[object]]:
    """Everything that is sealed, opened, with the pseudonyms beside it."""
    prompts = await posted_prompts(store)
    drafts = await store.drafts.open_drafts()
    waiting = await store.objections.waiting(GUILD)
    return {
        "replies": [asdict(one) for prompt in prompts for one in await store.replies.of_prompt(prompt.id)],
        "names": [(one.reply.id, one.name) for one in await store.replies.unposted_forms()],
        "summaries": [asdict(one) for one in await store.summaries.shared()],
        "drafts": [asdict(draft) for draft in drafts],
        "sortings": [
            asdict(kept)
            for prompt in prompts
            if (kept := await store.sortings.of_prompt(prompt.id, SORTED_REPLIES)) is not None
        ],
        "returning themes": [
            asdict(found)
            for prompt in prompts
            if (found := await store.sortings.returning_of({prompt.id: SORTED_REPLIES})) is not None
        ],
        "changes": [asdict(one) for draft in drafts for one in await store.drafts.changes(draft.id)],
        "objections": [asdict(one) for one in waiting],
        "settled": [asdict(await store.objections.get(GUILD, one.id - 1)) for one in waiting],
        "exclusions": [await store.exclusions.of_prompt(prompt.id) for prompt in prompts],
        "statements": [asdict(one) for prompt in prompts for one in await store.statements.of_prompt(prompt.id)],
        "totals": [asdict(await store.presses.totals(prompt.id)) for prompt in prompts],
        "undone": [sorted(await store.personal.undone_ticks(prompt.id)) for prompt in prompts],
        "actions": [asdict(one) for one in await store.audit_log.of_guild(GUILD)],
        "outcomes": [asdict(one) for one in await store.outcomes.of_guild(GUILD)],
        "board papers": [asdict(one) for one in [await store.board_papers.newest(GUILD)] if one is not None],
        "outcome changes": [
            asdict(change)
            for one in await store.outcomes.of_guild(GUILD)
            for change in await store.outcomes.changes(GUILD, one.id)
        ],
        "groups": [asdict(found) for found in [await a_group_table(store)] if found is not None],
        "choices": [asdict(one) for one in (await store.people.groups(GUILD)).values()],
        "private": [
            asdict(reply)
            for batch in await store.private.waiting(GUILD)
            for reply in await store.private.of_batch(GUILD, batch.id)
        ],
        "checks": [asdict(one) for one in await store.checks.of_guild(GUILD)],
        "check words": await opened_words(store),
        "check totals": [await store.check_presses.total(one.id) for one in await store.checks.of_guild(GUILD)],
        "suggestions": [asdict(one) for one in await store.suggestions.of_person(GUILD, WRITER)],
        "reports": [asdict(one) for one in await store.reports.waiting(GUILD)],
        "pseudonyms": [store.replies._pseudonyms.of(GUILD, person) for person in PEOPLE],
    }
