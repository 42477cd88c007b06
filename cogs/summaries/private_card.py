"""The cards of a summary that one organiser asked for: made anew from what is stored, for their eyes only."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import discord
from discord import ui

from bot.client import Bot
from bot.errors import UserError
from bot.summaries.output.days import Days
from bot.summaries.output.trends import Course, Trend
from bot.text.dates import closing_date_text
from bot.text.words import plural
from cogs.core.access import server
from cogs.prompts.autocomplete import chosen_prompt
from cogs.summaries.card import Shown, summary_card
from cogs.summaries.findings import Findings, SeriesFindings, days_of, find, find_series, links_of, span_of, state_of
from cogs.summaries.staff import series_with_staff, with_staff
from cogs.summaries.subjects import Several, chosen_prompts, read_subject
from cogs.summaries.supporters import named, supporters_card
from cogs.ui.parts import custom_id

GONE = "This point is no longer in the summary. Ask for the summary again."
HELD_BACK = "{} left out, because the thread was deleted."
TRENDS = {
    Trend.NEW: "New: only the latest prompt has it",
    Trend.GROWING: "growing",
    Trend.FADING: "fading",
    Trend.STEADY: "",
}


@dataclass(frozen=True, slots=True)
class Own:
    """What was found for an organiser, under the subject that custom_ids name, in their server's time zone.

    ``state`` is a digest of the replies that were read, ``days`` are replies a local day, ``span`` tells the dates of
    the first and the last reply, and ``links`` holds the addresses of their messages by the ids that quotes bear.
    """

    subject: str
    found: Findings | SeriesFindings
    time_zone: str
    state: str
    days: Days
    span: str
    links: Mapping[str, str]

    def card(self, page: int, *, note: str = "", alt: str = "") -> ui.LayoutView:
        """One page, counted from 0. ``alt`` is the alternative text of the picture that the message bears."""
        found = self.found
        courses = found.courses if isinstance(found, SeriesFindings) else {}
        shown = Shown(
            question=found.title,
            summary=found.summary,
            date=closing_date_text(discord.utils.utcnow(), self.time_zone),
            late=found.late if isinstance(found, Findings) else 0,
            links=self.links,
            note=note or self._note(),
            span=self._span(),
            courses={words: told_course(way) for words, way in courses.items()},
            alt=alt,
        )
        who = custom_id("summary-who", self.subject)
        return summary_card(shown, page, lambda to: custom_id("summary-page", self.subject, to, self.state), who)

    def supporters(self, key: str, page: int) -> ui.LayoutView:
        """One page of everybody's words on a point. Raises UserError where the summary has it no longer."""
        point = named(self.found.summary, key)
        if point is None:
            raise UserError(GONE)
        return supporters_card(
            *point, self.links, page, lambda to: custom_id("summary-who-page", self.subject, key, to)
        )

    def _note(self) -> str:
        held_back = self.found.held_back if isinstance(self.found, SeriesFindings) else 0
        return HELD_BACK.format(f"{plural(held_back, 'prompt')} {_was(held_back)}") if held_back else ""

    def _span(self) -> str:
        if isinstance(self.found, Findings):
            return self.span
        return f"{self.span} {plural(len(self.found.prompts), 'prompt')}; each person counts once."


async def found_for(interaction: discord.Interaction[Bot], subject: str | None) -> Own:
    """Summarise what a custom_id or an option names. Raises UserError where it is nothing of this server's."""
    bot = interaction.client
    several = None if subject is None else read_subject(subject)
    if several is not None:
        return await found_in_several(interaction, several)
    prompt = await chosen_prompt(interaction, subject)
    settings = await bot.store.settings.of(server(interaction).id)
    found = await with_staff(bot, await find(bot, prompt))
    return await own_of(str(prompt.id), found, settings.time_zone)


async def found_in_several(interaction: discord.Interaction[Bot], several: Several) -> Own:
    """Summarise several prompts as one discussion."""
    bot = interaction.client
    title, prompts = await chosen_prompts(interaction, several)
    whole = several.first is None and several.last is None
    settings = await bot.store.settings.of(server(interaction).id)
    series_id = prompts[0].series_id if whole else None
    found = await find_series(bot, title, prompts, series_id=series_id)
    counted = await series_with_staff(bot, found, series_id)
    return await own_of(str(several), counted, settings.time_zone)


async def own_of(subject: str, found: Findings | SeriesFindings, time_zone: str) -> Own:
    """What the cards need of the replies; of 20,000 this takes a while, so in a thread that lets the loop run."""

    def make() -> Own:
        replies = found.replies
        links = links_of(found.prompts, replies)
        days, span = days_of(replies, time_zone), span_of(replies, time_zone)
        return Own(subject, found, time_zone, state=state_of(replies, found.private), days=days, span=span, links=links)

    return await asyncio.to_thread(make)


def told_course(way: Course) -> str:
    """How a point went over several prompts, as a short sentence; empty where there is one prompt only."""
    if way.of < 2:
        return ""
    if way.trend is Trend.NEW:
        return f"{TRENDS[Trend.NEW]}."
    trend = f", {TRENDS[way.trend]}" if TRENDS[way.trend] else ""
    return f"Came up in {way.prompts} of {way.of} prompts{trend}."


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
