"""Read and keep what people write for a series' board paper: its front sheet, its themes, and what divides people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.board.fields import FIELDS, LONGEST_SIDE, LONGEST_THEME, MOST_THEMES, read_line, read_lines
from bot.errors import UserError
from bot.models.board import PaperFields, PaperTheme, Purpose, WrittenDispute
from bot.models.outcomes import PointRef
from bot.models.prompts import Prompt, PromptState, Series
from bot.outcomes.owners import check_owner
from bot.outcomes.points import PublishedPoint
from bot.services.outcomes import list_stored_points
from bot.services.replies.borrowed_words import refuse_borrowed_words
from bot.services.summaries.published_summaries import read_recorded_reviews
from bot.store import Store
from bot.summaries.lifecycle.record import Record
from bot.summaries.output.point_groups import is_checked, is_reviewed
from bot.text.clean import clean_line
from bot.text.dates import parse_date
from bot.text.markdown import escape

TOO_LONG = "“{label}” is too long. Use at most {longest} characters."
TOO_MANY_THEMES = f"A paper has at most {MOST_THEMES} themes. Put some of them together."
NO_THEME = "Give the theme a name."
THREE_WORDS = "Write what opinion is split on, and both sides. To take it out, leave all three empty."
REST_KEPT = "“{label}”: {error} You typed “{typed}”. The rest of the form is saved."
DATES = frozenset({"held_on"})
LIMITS = {each.name: (each.label, each.longest) for each in FIELDS}
SAME_EVERY_TIME = ("organisation", "meeting", "sponsor", "author")
"""What a new paper takes from the server's last one."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A closed prompt with a published summary, and the statements in it on which opinion is split."""

    prompt: Prompt
    split_on: tuple[str, ...]


async def read_fields(store: Store, series: Series) -> PaperFields:
    """Return what is written for the paper of a series; for a new one, what is the same every time."""
    return await store.board_papers.of_series(series.id) or await _new_fields(store, series)


async def keep_texts(store: Store, series: Series, typed: Mapping[str, str], now: datetime) -> PaperFields:
    """Keep what was typed into a form, by the fields' names; "" takes it out.

    Raises UserError for words of staff, a date that cannot be read, a role that is a person, and what is too long.
    """
    await _refuse_staffs_words(store, series, typed.values())
    change_fields(PaperFields(), typed)  # what cannot be read is refused before anything is written
    newest = await _newest_summary(store, series)

    def edit(fields: PaperFields) -> PaperFields:
        saw = newest if "summary" in typed else fields.summary_saw
        return replace(change_fields(fields, typed), summary_saw=saw)

    return await _change(store, series, edit, now)


def explain_unreadable(typed: Mapping[str, str]) -> dict[str, str]:
    """Say what is wrong with the dates among what was typed, by their fields' names."""
    wrong: dict[str, str] = {}
    for name in DATES & typed.keys():
        try:
            _read_field(name, typed[name])
        except UserError as error:
            wrong[name] = REST_KEPT.format(label=LIMITS[name][0], error=error, typed=escape(clean_line(typed[name])))
    return wrong


async def is_summary_old(store: Store, series: Series, fields: PaperFields) -> bool:
    """Say whether a summary was published since somebody last sent the form with the front sheet's summary."""
    if not fields.summary or fields.summary_saw is None:
        return False
    return await _newest_summary(store, series) > fields.summary_saw


def change_fields(fields: PaperFields, typed: Mapping[str, str]) -> PaperFields:
    """Return the fields with what was typed, by their names. Raises UserError as ``keep_texts`` does, but for words."""
    values: dict[str, Any] = {name: _read_field(name, text) for name, text in typed.items()}
    return replace(fields, **values)


async def keep_theme(store: Store, series: Series, name: str, refs: Collection[PointRef], now: datetime) -> PaperFields:
    """Keep a theme and its points, each of which leaves its other theme; without points, the theme goes."""
    name = read_line(name)
    if not name:
        raise UserError(NO_THEME)
    _require_length("Theme", name, LONGEST_THEME)
    await _refuse_staffs_words(store, series, [name])

    def edit(fields: PaperFields) -> PaperFields:
        others = (theme for theme in fields.themes if theme.name.casefold() != name.casefold())
        left = [PaperTheme(theme.name, tuple(ref for ref in theme.points if ref not in refs)) for theme in others]
        themes = [*left, *([PaperTheme(name, tuple(refs))] if refs else [])]
        if len(themes) > MOST_THEMES:
            raise UserError(TOO_MANY_THEMES)
        return replace(fields, themes=tuple(theme for theme in themes if theme.points))

    return await _change(store, series, edit, now)


async def keep_dispute(store: Store, series: Series, said: WrittenDispute, now: datetime) -> PaperFields:
    """Keep both sides of what divides people about one question; with nothing written, it goes."""
    texts = tuple(map(read_line, (said.matter, said.one, said.other)))
    if any(texts) and not all(texts):
        raise UserError(THREE_WORDS)
    for label, text in zip(("What it’s about", "One side", "The other side"), texts, strict=True):
        _require_length(label, text, LONGEST_SIDE)
    await _refuse_staffs_words(store, series, texts)
    kept = (WrittenDispute(said.prompt_id, *texts),) if any(texts) else ()

    def edit(fields: PaperFields) -> PaperFields:
        others = (each for each in fields.disputes if each.prompt_id != said.prompt_id)
        return replace(fields, disputes=tuple(sorted((*others, *kept), key=lambda each: each.prompt_id)))

    return await _change(store, series, edit, now)


async def refuse_borrowed_fields(store: Store, series: Series, fields: PaperFields) -> None:
    """Raise UserError where anything that is written holds words of staff: somebody may have written them since."""
    await _refuse_staffs_words(store, series, _all_texts(fields))


async def list_theme_points(store: Store, series: Series) -> tuple[PublishedPoint, ...]:
    """List the points that a theme may hold: those that a paper has, the ones of most people first."""
    shared = [
        point
        for counted in await store.prompts.of_series(series.id)
        for point in await list_stored_points(store, counted.prompt.id)
        if point.point.is_shared and is_checked(point.point)
    ]
    return tuple(sorted(shared, key=lambda point: -point.point.weight))


async def list_questions(store: Store, series: Series) -> tuple[AskedQuestion, ...]:
    """List the closed prompts of a series that have a published summary, those on which people divide first."""
    asked = []
    for counted in await store.prompts.of_series(series.id):
        if counted.prompt.state is PromptState.CLOSED and not counted.prompt.is_held_back:
            record = next(iter(await read_recorded_reviews(store, counted.prompt)), None)
            if record is not None:
                split_on = tuple(dispute.statement for dispute in record.summary.disagreements)
                asked.append(AskedQuestion(counted.prompt, split_on))
    return tuple(sorted(asked, key=lambda question: not question.split_on))


async def _newest_summary(store: Store, series: Series) -> int:
    """Return the id of the newest published summary of a series that a person has checked; 0 without one."""
    shared = [
        each
        for counted in await store.prompts.of_series(series.id)
        for each in await store.summaries.shared(counted.prompt.id)
        if is_reviewed(Record.from_json(each.body).summary)
    ]
    return max((each.id for each in shared), default=0)


async def _new_fields(store: Store, series: Series) -> PaperFields:
    before = await store.board_papers.newest(series.guild_id)
    if before is None:
        return PaperFields()
    return replace(PaperFields(), **{name: getattr(before, name) for name in SAME_EVERY_TIME})


async def _change(
    store: Store, series: Series, edit: Callable[[PaperFields], PaperFields], now: datetime
) -> PaperFields:
    return await store.board_papers.change(series, edit, await _new_fields(store, series), now)


async def _refuse_staffs_words(store: Store, series: Series, texts: Iterable[str]) -> None:
    prompts = [counted.prompt.id for counted in await store.prompts.of_series(series.id)]
    await refuse_borrowed_words(store, series.guild_id, *texts, prompt_ids=prompts)


def _all_texts(fields: PaperFields) -> Iterator[str]:
    yield from (getattr(fields, each.name) for each in FIELDS if each.is_text)
    yield from (theme.name for theme in fields.themes)
    yield from (text for said in fields.disputes for text in (said.matter, said.one, said.other))


def _read_field(name: str, typed: str) -> object:
    label, longest = LIMITS[name]
    text = read_lines(typed) if name == "summary" else read_line(typed)
    if name == "held_on":
        return parse_date(text) if text else None
    if name == "purpose":
        return Purpose(text) if text else None
    if name in ("sponsor", "author"):
        return read_line(check_owner(typed))  # looked at as it was typed: a mention would be a mark by then
    _require_length(label, text, longest)
    return text


def _require_length(label: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise UserError(TOO_LONG.format(label=label, longest=longest))
