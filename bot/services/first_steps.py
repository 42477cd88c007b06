"""The first steps of a server: which are done, the try-out, and the built-in series, each of which is made once."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from bot.errors import UserError
from bot.models.library import Excerpt, Source
from bot.models.prompts import NewPrompt, Series, SeriesState
from bot.models.settings import Contact, GuildSettings
from bot.replies.risk_signposting import FOR_CONCERNS
from bot.services.prompts import new_prompt
from bot.services.series import TypedSeries, create_series, set_state
from bot.store import Store
from bot.text.clean import clean_line
from bot.text.dates import format_date, local_date

STARTERS = {"no_more_heroes": "No more heroes", "three_weeks": "Leadership in three weeks"}
"""The built-in packs that a button starts, and what their series are called."""
MONDAY, MORNING = 0, "09:00"
TRY_OUT = "Try-out: {question}"
NO_OFFICE = "Choose a facilitators’ channel first: only facilitators should see the try-out."
NOTHING_TO_TRY = "No excerpt in the library has a question. Add one with /library, then try again."
PACK_GONE = "That pack was removed from the library. Make a series of another report with /series."
OUT_OF_DATE = "That button is out of date. Use /setup again."


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Which of the first steps are done. It is read from what is stored, so it outlives a restart."""

    places: bool
    contacts: bool
    organisation: bool
    tried_out: bool
    planned: bool

    @property
    def next_step(self) -> str | None:
        """The field of the first step that isn't done, if there is one."""
        return next((each.name for each in fields(self) if not getattr(self, each.name)), None)

    @property
    def needed_are_done(self) -> bool:
        """Whether staff have a question, or one is planned: from then on the settings come first."""
        return self.places and self.planned


async def read_first_steps(store: Store, settings: GuildSettings) -> FirstSteps:
    """Find out which of the first steps are done in a server.

    Contacts are, once there is one for concerns and one for complaints about data, which the law asks for.
    """
    contacts, office = settings.contacts, settings.facilitators_channel_id
    series = await store.series.of_guild(settings.guild_id)
    posted = [each.prompt.channel_id for each in await store.prompts.of_guild(settings.guild_id)]
    return FirstSteps(
        places=None not in (settings.prompts_channel_id, office, settings.facilitator_role_id),
        contacts=bool(contacts.get(Contact.COMPLAINTS)) and any(contacts.get(kind) for kind in FOR_CONCERNS),
        organisation=bool(contacts.get(Contact.CONTROLLER)),
        tried_out=office in posted,
        planned=any(each.state is not SeriesState.STOPPED for each in series) or any(id_ != office for id_ in posted),
    )


async def new_try_out(store: Store, settings: GuildSettings, now: datetime) -> NewPrompt:
    """Freeze a prompt for the facilitators' channel that says it is a try-out and belongs to no series.

    Raises UserError without such a channel, or where no excerpt has a question.
    """
    if settings.facilitators_channel_id is None:
        raise UserError(NO_OFFICE)
    excerpt = await _first_with_question(store, settings.guild_id)
    new = await new_prompt(store, settings.guild_id, excerpt, settings.facilitators_channel_id, now)
    question = TRY_OUT.format(question=new.wording.question)
    return replace(new, wording=replace(new.wording, question=question, answer_days=None))


async def start_pack(store: Store, settings: GuildSettings, pack: str, now: datetime) -> Series:
    """Start the weekly series of a built-in pack next Monday at nine; the one that is there, if there is one.

    Raises UserError for a pack that no button starts or that was removed, and without a prompts channel.
    """
    if pack not in STARTERS:
        raise UserError(OUT_OF_DATE)
    sources = [each for each in await store.library.sources(settings.guild_id) if each.pack == pack]
    if not sources:
        raise UserError(PACK_GONE)
    series = await _series_of(store, sources[0])
    if series is None:
        first_date = format_date(next_monday(local_date(now, settings.time_zone)))
        typed = TypedSeries(MONDAY, MORNING, title=STARTERS[pack], first_date=first_date)
        series = await create_series(store, settings, sources[0], typed, now)
    return await set_state(store, series, SeriesState.ACTIVE, now)


def next_monday(today: date) -> date:
    """Return the next Monday after a day; on a Monday, the one a week later."""
    return today + timedelta(days=7 - today.weekday())


async def _series_of(store: Store, source: Source) -> Series | None:
    """Find the series that runs through a source's excerpts and was not stopped."""
    own = {excerpt.id for excerpt in await store.library.excerpts(source.guild_id, source.id)}
    every = await store.series.of_guild(source.guild_id)
    running = (each for each in every if each.state is not SeriesState.STOPPED and own & set(each.excerpt_ids))
    return next(running, None)


async def _first_with_question(store: Store, guild_id: int) -> Excerpt:
    for excerpt in await store.library.excerpts(guild_id):
        if clean_line(excerpt.question):
            return excerpt
    raise UserError(NOTHING_TO_TRY)
