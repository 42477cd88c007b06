"""What people may write for a board paper, what is refused, and what the next paper begins with."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.board.fields import FIELDS, MOST_THEMES
from bot.errors import UserError
from bot.models.board import PaperFields, PaperTheme, Purpose, WrittenDispute
from bot.models.outcomes import PointRef
from bot.outcomes.owners import PERSON
from bot.services.board_papers import NO_ASK, prepare_paper
from bot.services.paper_fields import (
    NO_THEME,
    THREE_WORDS,
    TOO_MANY_THEMES,
    keep_dispute,
    keep_texts,
    keep_theme,
    list_questions,
    list_theme_points,
    read_fields,
)
from bot.services.replies.borrowed_words import BORROWED
from bot.store import Store
from tests.board.stored import LATER, ROTA, published
from tests.store.samples import GUILD, NOW, arrival, new_series

STAFFS = f"They say: {ROTA[1].lower()}"


async def test_what_is_typed_is_kept_on_harmless_lines(store: Store) -> None:
    series = await new_series(store)
    typed = {
        "organisation": " Heron\n Trust\x00 <@123456789012345678> ",
        "held_on": "6 September 2026",
        "purpose": "decision",
        "sponsor": "chief nurse",
        "summary": "One.\n\nTwo.\nThree.\nFour.",
    }
    kept = await keep_texts(store, series, typed, NOW)
    assert kept.organisation == "Heron Trust [person]"
    assert (kept.held_on, kept.purpose, kept.sponsor) == (date(2026, 9, 6), Purpose.DECISION, "chief nurse")
    assert kept.summary == "One.\nTwo.\nThree. Four."
    assert await keep_texts(store, series, {"held_on": "", "purpose": ""}, NOW) == await read_fields(store, series)
    assert (await read_fields(store, series)).held_on is None


@pytest.mark.parametrize("name", [each.name for each in FIELDS if each.is_text])
async def test_words_of_staff_are_refused_in_every_field(store: Store, name: str) -> None:
    series = await new_series(store)
    await published(store, series)
    with pytest.raises(UserError) as refused:
        await keep_texts(store, series, {name: STAFFS}, LATER)
    assert str(refused.value) == BORROWED
    assert await store.board_papers.of_series(series.id) is None


async def test_words_of_staff_are_refused_in_themes_and_in_both_sides_of_what_divides(store: Store) -> None:
    series = await new_series(store)
    prompt = await published(store, series)
    with pytest.raises(UserError, match=BORROWED):
        await keep_theme(store, series, STAFFS, [PointRef(prompt.id, "1")], LATER)
    for texts in ((STAFFS, "Yes.", "No."), ("Rotas", STAFFS, "No."), ("Rotas", "Yes.", STAFFS)):
        with pytest.raises(UserError, match=BORROWED):
            await keep_dispute(store, series, WrittenDispute(prompt.id, *texts), LATER)


async def test_a_paper_is_refused_whose_words_somebody_has_written_since(store: Store) -> None:
    series = await new_series(store)
    prompt = await published(store, series)
    ask = "We want a quiet room for night staff on every floor."
    fields = await keep_texts(store, series, {"recommendation": ask}, LATER)
    await store.replies.apply([arrival(prompt, 1998, 78, ask)])
    with pytest.raises(UserError, match=BORROWED):
        await prepare_paper(store, series, fields, LATER)
    with pytest.raises(UserError) as refused:
        await prepare_paper(store, series, PaperFields(), LATER)
    assert str(refused.value) == NO_ASK


@pytest.mark.parametrize("typed", ["<@123456789012345678>", "Dr Okafor", "@amara", "amara.okafor"])
async def test_a_sponsor_is_a_role_and_no_account(store: Store, typed: str) -> None:
    with pytest.raises(UserError) as refused:
        await keep_texts(store, await new_series(store), {"sponsor": typed}, NOW)
    assert str(refused.value) == PERSON


async def test_what_is_too_long_or_no_date_is_refused(store: Store) -> None:
    series = await new_series(store)
    with pytest.raises(UserError, match=r"“Risks” is too long\. Use at most 400 characters"):
        await keep_texts(store, series, {"risks": "x" * 401}, NOW)
    with pytest.raises(UserError, match="look like a date"):
        await keep_texts(store, series, {"held_on": "soon"}, NOW)


async def test_a_new_paper_begins_with_what_is_the_same_every_time(store: Store) -> None:
    first, second = await new_series(store), await new_series(store)
    typed = {"organisation": "Heron Trust", "sponsor": "Chief Nurse", "recommendation": "Agree.", "agenda_item": "9"}
    await keep_texts(store, first, typed, NOW)
    assert await read_fields(store, second) == PaperFields(organisation="Heron Trust", sponsor="Chief Nurse")
    kept = await keep_texts(store, second, {"title": "Nights"}, NOW + timedelta(days=1))
    assert kept == PaperFields(organisation="Heron Trust", sponsor="Chief Nurse", title="Nights")


async def test_a_point_is_in_one_theme_and_a_theme_without_points_goes(store: Store) -> None:
    series = await new_series(store)
    one, two, three = (PointRef(1, ref) for ref in "123")
    await keep_theme(store, series, "Nights", [one, two], NOW)
    await keep_theme(store, series, "Rotas", [two, three], NOW)
    fields = await keep_theme(store, series, "nights", [one], NOW)
    assert fields.themes == (PaperTheme("Rotas", (two, three)), PaperTheme("nights", (one,)))
    fields = await keep_theme(store, series, "All", [one, two, three], NOW)
    assert [theme.name for theme in fields.themes] == ["All"]
    assert (await keep_theme(store, series, "ALL", [], NOW)).themes == ()
    with pytest.raises(UserError, match=NO_THEME):
        await keep_theme(store, series, " \x00 ", [one], NOW)
    for number in range(MOST_THEMES):
        await keep_theme(store, series, f"Theme {number}", [PointRef(2, str(number))], NOW)
    with pytest.raises(UserError, match=TOO_MANY_THEMES):
        await keep_theme(store, series, "One more", [one], NOW)


async def test_both_sides_are_written_or_neither(store: Store) -> None:
    series = await new_series(store)
    said = WrittenDispute(3, "Walking the floor", "It shows interest.", "It changes nothing.")
    assert (await keep_dispute(store, series, said, NOW)).disputes == (said,)
    with pytest.raises(UserError, match=THREE_WORDS):
        await keep_dispute(store, series, WrittenDispute(3, "Walking", "It helps.", " "), NOW)
    assert (await keep_dispute(store, series, WrittenDispute(3, "", "", ""), NOW)).disputes == ()


async def test_only_checked_points_and_questions_with_a_summary_are_offered(store: Store) -> None:
    series = await new_series(store)
    assert await list_theme_points(store, series) == ()
    assert await list_questions(store, series) == ()
    prompt = await published(store, series)
    assert [point.ref.prompt_id for point in await list_theme_points(store, series)] == [prompt.id]
    assert [question.prompt.id for question in await list_questions(store, series)] == [prompt.id]
    assert await store.board_papers.newest(GUILD) is None
