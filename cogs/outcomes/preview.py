"""The preview of an outcome: its organiser sees what staff will read, then posts it, changes it, or drops it.

Nothing is stored until it is posted: the card itself carries what was typed, and is read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.errors import UserError
from bot.models.outcomes import Outcome, OutcomeState, PointRef
from bot.models.summaries import KeyPoint
from bot.outcomes.owners import ROLES, is_usual
from bot.text.dates import format_date, parse_date
from bot.text.markdown import unescape
from bot.text.words import human_join
from cogs.core.routing import OUT_OF_DATE
from cogs.outcomes.cards import BECAUSE, DID, DUE, MOST_POINTS, OWNER, format_outcome
from cogs.outcomes.owner_form import LONGEST_WORDS, Typed
from cogs.ui.cards import Space, card, fit
from cogs.ui.forms import Field, form, form_values, radio_field, select_field, text_field
from cogs.ui.limits import MOST_OPTIONS
from cogs.ui.parts import Row, button, option

TITLE = "## This is what staff will read"
WHERE, NOWHERE = "Not posted yet. It goes to {places}.", "Not posted yet. Its threads are gone: cards alone show it."
POINTS = "-# For organisers: {points}"
POST, CHANGE, CANCEL = "Post", "Change", "Cancel"
CANCELLED = "Nothing was posted."
STATE, WHAT, REASON, ROLE, DAY = "state", "what", "reason", "owner", "due"
ROLE_HINT = "A role, never a name. For one that isn’t in the list, cancel and use /outcome add."
LONGEST_SHOWN = 3_300
"""Characters of what staff will read, so that all that is around it fits."""


def outcome_preview(
    outcome: Outcome, points: Mapping[PointRef, KeyPoint | None], threads: Sequence[int], zone: str
) -> ui.LayoutView:
    """Show an outcome as staff will read it, with the buttons that decide. ``threads`` are where it will be."""
    (text,) = fit(
        lambda most: [format_outcome(outcome, points, zone, most=most)], range(MOST_POINTS, -1, -1), most=LONGEST_SHOWN
    )
    places = human_join([f"<#{thread}>" for thread in threads])
    chosen = outcome.decided.state.value, outcome.decided.due or ""
    return card(
        f"{TITLE}\n{WHERE.format(places=places) if places else NOWHERE}",
        Space.LINE,
        text,
        Space.LINE,
        POINTS.format(points=", ".join(map(str, outcome.points))),
        Row(
            button(POST, "outcome-post", *chosen, style=discord.ButtonStyle.primary),
            button(CHANGE, "outcome-change", *chosen),
            button(CANCEL, "outcome-cancel"),
        ),
    )


def read_preview(message: discord.Message | None, state: str, due: str) -> Typed:
    """Read what was typed out of its preview; ``state`` and ``due`` are in its buttons. Raises UserError for others."""
    if state not in {known.value for known in OutcomeState}:
        raise UserError(OUT_OF_DATE)
    points = _read_points(message)
    shown = (text for text in _texts(message) if f"\n{DID}\n" in text)
    _, _, answer = next(shown, "").partition(f"\n{DID}\n")
    if not answer:
        raise UserError(OUT_OF_DATE)
    what, *lines, _answered = answer.split("\n")
    reason, owner = "", ""
    if OutcomeState(state) is OutcomeState.NOT_POSSIBLE:
        reason, *lines = lines
    if lines and lines[0].startswith(OWNER.partition("{")[0]):
        owner = lines[0].removesuffix(f" {DUE.format(date=format_date(parse_date(due)))}" if due else "")
    return Typed(
        points,
        state,
        unescape(what.removeprefix(f"{OutcomeState(state).label}: ")),
        unescape(_within(BECAUSE, reason)),
        unescape(_within(OWNER, owner)),
        due or None,
    )


def change_form(typed: Typed) -> ui.Modal:
    """Ask again for everything but the points, filled with what was typed."""
    states = [(state.label, state.value) for state in OutcomeState]
    given = typed.owner or ""
    roles = [*([given] if given and not is_usual(given) else []), *ROLES][:MOST_OPTIONS]
    owners = [option(role, role, chosen=role.casefold() == given.casefold()) for role in roles]
    fields: list[Field] = [
        radio_field("State", STATE, states, chosen=typed.state or ""),
        text_field("What", WHAT, value=typed.what or "", long=True, longest=LONGEST_WORDS),
        text_field("Why not, if it’s not possible", REASON, value=typed.reason or "", long=True, required=False),
        select_field("Owner", ROLE, owners, hint=ROLE_HINT, required=False),
        text_field("Due", DAY, value=typed.due or "", hint="Such as 6 August 2026.", longest=30, required=False),
    ]
    return form("Change your answer", "outcome-changed", fields=fields)


def read_change_form(interaction: discord.Interaction[Any]) -> Typed:
    """Read the form, and the points out of the preview from which it was opened. Raises UserError without one."""
    values = form_values(interaction)
    points = _read_points(interaction.message)
    state, owner = str(values.get(STATE) or ""), values.get(ROLE) or [""]
    if state not in {known.value for known in OutcomeState}:
        raise UserError(OUT_OF_DATE)
    what, reason, due = (str(values.get(name) or "").strip() for name in (WHAT, REASON, DAY))
    return Typed(points, state, what, reason, str(owner[0]), due or None)


def _read_points(message: discord.Message | None) -> str:
    marked = (text for text in _texts(message) if text.startswith(POINTS.partition("{")[0]))
    points = _within(POINTS, next(marked, ""))
    if not points:
        raise UserError(OUT_OF_DATE)
    return points


def _texts(message: discord.Message | None) -> Iterator[str]:
    """Yield the texts of a card."""
    waiting: list[Any] = [] if message is None else list(message.components)
    while waiting:
        component = waiting.pop(0)
        if isinstance(component, discord.TextDisplay):
            yield component.content
        waiting = [*getattr(component, "children", ()), *waiting]


def _within(text: str, written: str) -> str:
    """Return what is in the only field of a text."""
    before, _, rest = text.partition("{")
    return written.removeprefix(before).removesuffix(rest.partition("}")[2])
