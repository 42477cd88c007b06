"""What others said: statements offered to facilitators, shown to staff, pressed, and counted at the closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import UserError
from bot.models.actions import OTHERS_SHOWN, OTHERS_TAKEN_BACK
from bot.models.checks import Check
from bot.models.prompts import Prompt, PromptState
from bot.models.views import (
    LEAST_REPLIES,
    MOST_OFFERED,
    Choice,
    NewStatement,
    Offer,
    OpenRound,
    OwnPresses,
    Statement,
    StatementState,
    Subject,
)
from bot.services.check_rounds import find_check_round, find_own_check_presses, list_marks
from bot.services.replies.readable_replies import load_readable
from bot.store import Store
from bot.store.keyed.prompt_presses import NOT_OPEN
from bot.summaries.io.stored_replies import thread_of
from bot.text.markdown import escape
from bot.views import choose_statements
from bot.views.order import order_statements
from bot.views.totals import find_supporters
from bot.worker import Worker
from bot.worker_turns import Turn

WEEK, BETWEEN_OFFERS = timedelta(days=7), timedelta(days=1)
MOST_A_WEEK = 2
"""Offers of one prompt, at least a day apart: most people write in the first days."""
MOST_CHARACTERS = 3_000
"""Of the statements of one offer, escaped: facilitators read them on one card."""
GONE = "This has gone. Its author may have deleted it. Open “What others said” again."


async def is_time_to_offer(store: Store, prompt: Prompt, now: datetime) -> bool:
    """Say whether facilitators may be asked about statements of a prompt: MOST_A_WEEK times, BETWEEN_OFFERS apart.

    What waits for their answer may grow.
    """
    offers = await store.statements.offers_of_prompt(prompt.id)
    if offers and offers[-1].decided_at is None:
        return True
    this_week = [offer for offer in offers if now < offer.made_at + WEEK]
    return len(this_week) < MOST_A_WEEK and all(now >= offer.made_at + BETWEEN_OFFERS for offer in this_week)


async def offer_statements(
    store: Store, worker: Worker, prompt: Prompt, now: datetime, *, names: Sequence[str] = ()
) -> Offer | None:
    """Choose statements of a prompt's thread that facilitators are asked about; None if there are none.

    ``names`` are names of people. From LEAST_REPLIES replies on, at most MOST_OFFERED at a time. While nobody has
    answered the newest offer, they come into it.
    """
    read = await load_readable(store, prompt.id, prompt.guild_id)
    if len(read.replies) < LEAST_REPLIES:
        return None
    offers = await store.statements.offers_of_prompt(prompt.id)
    waiting = offers[-1] if offers and offers[-1].decided_at is None else None
    there = () if waiting is None else await store.statements.of_offer(waiting)
    if len(there) >= MOST_OFFERED:
        return None
    keeping_back = await store.people.keeping_back(prompt.guild_id)
    barred = {str(reply.id) for reply in read.replies if reply.person in keeping_back}
    taken = [(str(said.reply_id), said.text) for said in await store.statements.of_prompt(prompt.id)]
    thread = replace(thread_of(prompt, read.replies), names=tuple(names))
    most = MOST_OFFERED - len(there)
    turn = Turn(prompt.guild_id, waits=True)  # a round asks
    chosen = await worker.call_for(turn, choose_statements, thread, barred=barred, taken=taken, most=most)
    new = _fit(chosen, there)
    return await store.statements.offer(prompt, new, now, into=waiting) if new else None


async def decide_offer(store: Store, offer: Offer, last: int, user_id: int, now: datetime) -> int:
    """Show the ticked statements of an offer to staff, of those up to ``last``. Returns how many.

    Raises UserError if somebody decided before, or more came since the facilitator saw them.
    """
    shown = await store.statements.decide(offer, last, now)
    await store.prompts.show_others(offer.prompt_id, shows=bool(await store.statements.shown(offer.prompt_id)))
    if shown:
        await _note(store, offer, OTHERS_SHOWN, user_id, now)
    return shown


async def take_back_statement(store: Store, offer: Offer, mark: str, user_id: int, now: datetime) -> bool:
    """Show a statement to nobody from now on, and erase what was pressed about it. False if it was not shown."""
    if not await store.statements.take_back(offer.prompt_id, mark):
        return False
    await _note(store, offer, OTHERS_TAKEN_BACK, user_id, now)
    await follow_statements(store, await store.prompts.get(offer.guild_id, offer.prompt_id))
    return True


async def follow_statements(store: Store, prompt: Prompt) -> bool:
    """Erase presses about statements that went, and note whether the card leads to any. Returns whether that changed.

    If a prompt was counted already, people who no longer support a statement are forgotten.
    """
    if prompt.state is not PromptState.OPEN:
        replies = await store.replies.of_prompt(prompt.id)
        known = {said.reply_id: find_supporters(replies, said.replies) for said in await _counted(store, prompt)}
        await store.presses.narrow(prompt.id, known)
        return False
    shown = await store.statements.shown(prompt.id)
    await store.presses.drop_orphans(prompt, [said.mark for said in shown])
    shows = bool(shown)
    if shows == prompt.shows_others:
        return False
    await store.prompts.show_others(prompt.id, shows=shows)
    return True


async def find_round(
    store: Store, guild_id: int, claim: str, user_id: int, shown: dict[str, int], now: datetime
) -> OpenRound:
    """Find what a person can be asked by the button of a prompt's card, or of a check's: never their own words.

    ``shown`` counts how often each statement was shown. Raises UserError if it takes no presses.
    """
    prompt = await store.prompts.by_claim(claim)
    if prompt is None:
        return await find_check_round(store, guild_id, claim, user_id, now)
    if prompt.guild_id != guild_id or prompt.gone_at is not None:
        raise UserError(GONE)
    # People are told until when somebody could trace it; so nothing is taken after that, even if the bot is late.
    if prompt.state is not PromptState.OPEN or prompt.closes_at <= now:
        raise UserError(NOT_OPEN)
    person = (await store.people.of(guild_id, user_id)).person
    others = [said for said in await store.statements.shown(prompt.id) if person not in said.authors]
    pressed = await store.presses.own(prompt, user_id, [said.mark for said in others])
    order = order_statements(person, [said.mark for said in others], shown)
    subjects = {said.mark: Subject(said.mark, said.text) for said in others}
    left = tuple(mark for mark in order if mark not in pressed)
    return OpenRound(prompt, prompt.closes_at, subjects, pressed, left, prompt.claim)


async def press(store: Store, round_: OpenRound, user_id: int, mark: str, choice: Choice) -> OpenRound:
    """Keep what a person pressed about a subject, and return what they can be asked from there.

    Raises UserError if it is no subject of theirs, the prompt has closed meanwhile, or they have stopped.
    """
    if mark not in round_.subjects:
        raise UserError(GONE)
    presses = store.check_presses if round_.is_check else store.presses
    await presses.press(round_.owner, user_id, mark, choice, tuple(round_.subjects))
    left = tuple(other for other in round_.next if other != mark)
    return replace(round_, pressed={**round_.pressed, mark: choice}, next=left)


async def take_back_presses(store: Store, owner: Prompt | Check, user_id: int) -> int:
    """Erase all that a person pressed about a prompt's statements, or a check's points. Returns how many."""
    if isinstance(owner, Check):
        return await store.check_presses.take_back(owner, user_id, list_marks(owner))
    return await store.presses.take_back(owner, user_id, await store.statements.marks(owner.id))


async def take_back_everywhere(store: Store, guild_id: int, user_id: int) -> None:
    """Erase all that a person pressed in a server, as far as anybody can tell, and forget that they were counted."""
    for prompt in await store.prompts.of_unreleased(guild_id):
        await take_back_presses(store, prompt, user_id)
    for check in await store.checks.of_unreleased(guild_id):
        await take_back_presses(store, check, user_id)
    await store.presses.forget(guild_id, user_id)


async def find_own_presses(store: Store, guild_id: int, user_id: int) -> tuple[OwnPresses, ...]:
    """Find what a person pressed about statements of prompts and points of checks, as long as anybody can tell."""
    own = []
    for prompt in await store.prompts.of_unreleased(guild_id):
        pressed = await store.presses.own(prompt, user_id, await store.statements.marks(prompt.id))
        if pressed:
            words = {said.mark: said.text for said in await store.statements.of_prompt(prompt.id)}
            own.append(OwnPresses(prompt, tuple((words.get(mark, ""), choice) for mark, choice in pressed.items())))
    return (*own, *await find_own_check_presses(store, guild_id, user_id))


async def count_presses(store: Store, prompt: Prompt) -> None:
    """Count what was pressed about a closed prompt's statements, once, while its key is there; only totals are kept.

    Each person is counted once: who wrote it, answered in agreement or reacted is known, and pressed for nobody new.
    """
    if not await store.presses.has_uncounted(prompt):
        return
    replies = await store.replies.of_prompt(prompt.id)
    known = {said.mark: find_supporters(replies, said.replies) for said in await store.statements.shown(prompt.id)}
    counted = await store.presses.count(prompt, known)
    if counted is not None:
        await store.presses.keep_totals(prompt, *counted, known)


async def _counted(store: Store, prompt: Prompt) -> tuple[Statement, ...]:
    return tuple(said for said in await store.statements.of_prompt(prompt.id) if said.state is StatementState.SHOWN)


def _fit(new: Sequence[NewStatement], there: Sequence[Statement]) -> list[NewStatement]:
    """Return the first statements that fit on a card together with those that are there."""
    room, kept = MOST_CHARACTERS - sum(len(escape(said.text)) for said in there), []
    for statement in new:
        room -= len(escape(statement.text))
        if room < 0:
            break
        kept.append(statement)
    return kept


async def _note(store: Store, offer: Offer, action: str, user_id: int, now: datetime) -> None:
    await store.audit_log.note(offer.guild_id, action, "", user_id=user_id, prompt_id=offer.prompt_id, now=now)
