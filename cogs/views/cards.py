"""The cards of "What others said": one statement at a time for staff, and what facilitators are asked before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord
from discord import ui

from bot.models.views import Choice, Offer, OpenRound, Statement, StatementState, Subject
from bot.text.dates import format_local_date
from bot.text.markdown import escape, escape_line
from bot.text.quotes import mark_facilitators, quote
from bot.text.words import shorten
from cogs.ui.cards import Part, card, fit
from cogs.ui.parts import Button, Row, button, option, select

PLACE = "-# {number} of {count}"
PROMISE = (
    "-# Colleagues and managers can’t see what you tap. Until {date} the bot’s administrators could trace it. After "
    "that nobody can, unless they copied all the bot’s files before. You can’t undo it then either."
)
ASK = "To “{question}”, someone said:"
LONGEST_ASKED = 200
ASK_POINT = "Is it the same where you work?"
LOOK = "-# You help run this, so you can look but not tap."
CHOSEN = "✓ {label}"
OWN_WORDS = "Add my own words"
OTHERS = "What others said"
BACK, NEXT, STOP, AGAIN, UNDO = "Back", "Next", "Stop", "Look again", "Undo all I tapped"
STOPPED = "You’ve stopped. What you tapped is kept. Tap “What others said” to go on where you were."
DONE = "That’s all for now. Thank you."
CHANGE_UNTIL = "You can change what you tapped until {date}."
NOTHING_HERE = "There’s nothing from others here just now."
HOW = "How do you want to reply?"
WITH_NAME, PRIVATELY = "Reply with my name", "Reply privately"
UNDONE = "Everything you tapped here is deleted."
TRAIL_ENTRIES, MARK_LENGTH = 14, 4

OFFER_HEAD = "## Ask colleagues about these?\n“{question}”"
OFFER_SHOWN_HEAD = "## Colleagues are asked about these\n“{question}”"
OFFER_ASK = (
    "These are whole sentences from the thread. Read each one: does it name anybody, or show who is meant? If so, "
    "untick it. Colleagues find the ticked ones under “What others said” on the question’s card, without the "
    "author’s name. They tap “Same here” or “Different here”."
)
OFFER_SHOWN = "Colleagues can tap “Same here” or “Different here” on these. Nobody sees any number before the end."
OFFER_NONE = "None of these is shown to colleagues."
OFFER_OVER = "## What others said\nThis question has closed."
OFFER_GONE = "Nothing is left of these: their replies were deleted, or their authors don’t want them shown."
SHOW, SHOW_NONE = "Show ticked ({count})", "Show none of them"
TICK = "Untick what shouldn’t be shown"
TAKE_BACK = "Stop showing one"
LINE = "Colleagues’ answers are ready to read. Tap “Same here” or “Different here”, without writing anything."


def statement_card(
    claim: str,
    subject: Subject,
    *,
    place: tuple[int, int],
    trail: Sequence[str],
    chosen: Choice | None = None,
    promise: str = "",
    looks: bool = False,
    ask: str,
) -> ui.LayoutView:
    """Show one statement or point with its buttons. ``place`` is its number and how many there are.

    ``trail`` are the marks of those that the person saw before it, and ``chosen`` is what they pressed about it. Who
    ``looks`` has nothing to press but the way on. ``ask`` is above the words.
    """
    here = "".join(trail[-TRAIL_ENTRIES:])
    words = escape(quote(subject.text) if subject.is_quote else mark_facilitators(subject.text))
    told = (ask, f"### {words}", LOOK if looks else promise)
    head = PLACE.format(number=place[0], count=place[1])
    pressable: list[Button] = []
    if looks:
        pressable.append(button(NEXT, "others-next", claim, subject.mark, here))
    else:
        pressable += [_choice_button(choice, claim, subject.mark, here, chosen) for choice in Choice]
    ways = [button(BACK, "others-back", claim, here, disabled=not trail)]
    if not looks:
        ways += [button(OWN_WORDS, "others-own", claim), button(STOP, "others-stop")]
    texts = ["\n".join((head, told[0])), told[1], told[2]]
    return card(*(text for text in texts if text), Row(*pressable), Row(*ways), framed=False)


def ask_about(question: str) -> str:
    """Say above a statement which question it answers."""
    return ASK.format(question=escape_line(question, LONGEST_ASKED))


def end_card(claim: str, *, date: str, pressed: int, trail: Sequence[str], looks: bool = False) -> ui.LayoutView:
    """Say that there is nothing more to answer, with the ways back."""
    here = "".join(trail[-TRAIL_ENTRIES:])
    if looks or not pressed:
        text = DONE if trail else NOTHING_HERE
        ways = [button(AGAIN, "others-back", claim, here)] if trail else []
    else:
        text = f"{DONE} {CHANGE_UNTIL.format(date=date)}"
        ways = [button(AGAIN, "others-back", claim, here, disabled=not trail)]
        ways.append(button(UNDO, "others-undo", claim))
    if not looks:
        ways.insert(1, button(OWN_WORDS, "others-own", claim))
    return card(text, *([Row(*ways)] if ways else []), framed=False)


def own_words_card(round_: OpenRound) -> ui.LayoutView:
    """Ask how somebody wants to reply in their own words: with their name only where there is a thread for it."""
    claim = round_.owner.claim
    ways = [button(WITH_NAME, "reply", round_.reply_claim)] if round_.reply_claim else []
    ways.append(button(PRIVATELY, "check-words" if round_.is_check else "private", claim))
    return card(HOW, Row(*ways, button(BACK, "others-again", claim)), framed=False)


def promise_text(until: datetime, time_zone: str) -> str:
    """Say who could see what a person taps, and until when."""
    return PROMISE.format(date=format_local_date(until, time_zone))


def offer_card(offer: Offer, statements: Sequence[Statement], question: str, *, is_open: bool = True) -> ui.LayoutView:
    """Ask facilitators which statements may be shown to staff; afterwards say which are, and take one back.

    Once the prompt is closed, no words are left on it.
    """
    if not is_open:
        return card(OFFER_OVER, framed=False)
    named = escape_line(question, 200)
    head = OFFER_HEAD.format(question=named)
    if offer.decided_at is None:
        if not statements:
            return card(head, OFFER_GONE, framed=False)
        return card(head, OFFER_ASK, *_list(statements), *_ask(offer, statements), framed=False)
    shown = [said for said in statements if said.state is StatementState.SHOWN]
    if not shown:
        return card(head, OFFER_NONE, framed=False)
    options = [option(f"{number}. {said.text}", said.mark) for number, said in enumerate(shown, 1)]
    head = OFFER_SHOWN_HEAD.format(question=named)
    return card(head, OFFER_SHOWN, *_list(shown), select(TAKE_BACK, options, "offer-back", offer.id), framed=False)


def read_trail(written: str) -> list[str]:
    """Read the marks that a custom_id carries."""
    return [written[start : start + MARK_LENGTH] for start in range(0, len(written), MARK_LENGTH)]


def _choice_button(choice: Choice, claim: str, mark: str, trail: str, chosen: Choice | None) -> Button:
    is_chosen = choice is chosen
    label = CHOSEN.format(label=choice.label) if is_chosen else choice.label
    style = discord.ButtonStyle.primary if is_chosen else discord.ButtonStyle.secondary
    return button(label, "others-press", claim, f"{mark}{choice.value}", trail, style=style)


def _ask(offer: Offer, statements: Sequence[Statement]) -> list[Part]:
    ticked = sum(said.is_ticked for said in statements)
    options = [
        option(f"{number}. {said.text}", said.mark, chosen=said.is_ticked) for number, said in enumerate(statements, 1)
    ]
    label = SHOW.format(count=ticked)
    seen = offer.id, statements[-1].id  # so that nothing is shown that came after it was read
    show = button(label, "offer-show", *seen, style=discord.ButtonStyle.primary, disabled=not ticked)
    chooser = select(TICK, options, "offer-tick", offer.id, many=True)
    return [chooser, Row(show, button(SHOW_NONE, "offer-none", *seen))]


def _list(statements: Sequence[Statement]) -> Sequence[str]:
    def write(room: int) -> list[str]:
        lines = (f"{number}. {escape(quote(shorten(said.text, room)))}" for number, said in enumerate(statements, 1))
        return ["\n".join(lines)]

    return fit(write, (1_000, 300, 250, 200, 150), most=3_200)
