"""Papers of series in a real database: consent, erasure, private replies, and what is left out."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import pytest

from bot.board.paper import make_board_paper
from bot.errors import UserError
from bot.models.checks import CheckPoint
from bot.models.outcomes import Decision, OutcomeState, PointRef
from bot.models.replies import Erasure
from bot.models.summaries import Review
from bot.models.views import Choice
from bot.services.board_papers import find_named_point, prepare_paper
from bot.services.checks import release_checks
from bot.services.erasure import erase_everything
from bot.services.summaries.published_summaries import keep_record
from bot.store import Store
from bot.summaries.lifecycle.frozen import freeze_record
from bot.summaries.lifecycle.record import Record
from tests.board.stored import FIELDS, LATER, ROTA, late_reply, paper_of, publish, published
from tests.store.samples import GUILD, NOW, new_series
from tests.store.senders import prompt_in, released

PRIVATELY = tuple(f"The rota is late again. I am on ward {name}." for name in ("two", "three", "four", "five", "six"))


def said(files: dict[str, bytes]) -> str:
    """All text of all files of a paper."""
    words = [content.decode("utf-8", "replace") for content in files.values()]
    with zipfile.ZipFile(io.BytesIO(files["board-paper.docx"])) as archive:
        return "\n".join([*words, *(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())])


async def test_words_stand_in_a_paper_only_while_their_author_says_yes(store: Store) -> None:
    series = await new_series(store)
    await published(store, series)
    assert "childcare" not in said(await paper_of(store, series))

    await store.people.choose(GUILD, 2, quotes=True)
    assert ROTA[1].rstrip(".") in said(await paper_of(store, series))

    await store.people.choose(GUILD, 2, quotes=False)
    assert ROTA[1].rstrip(".") not in said(await paper_of(store, series))


@pytest.mark.parametrize("whole", [False, True])
async def test_words_that_were_erased_are_in_no_paper_made_later_and_count_no_more(store: Store, whole: bool) -> None:
    series = await new_series(store)
    prompt = await published(store, series)
    for person in (1, 2, 3):
        await store.people.choose(GUILD, person, quotes=True)
    (before,) = make_board_paper(await prepare_paper(store, series, FIELDS, LATER)).points
    assert before.total == 3

    if whole:
        await erase_everything(store, GUILD, 1)
    else:
        await store.replies.apply([Erasure(prompt.id, (1001,))])

    files = await paper_of(store, series)
    (after,) = make_board_paper(await prepare_paper(store, series, FIELDS, LATER)).points
    assert ROTA[0].rstrip(".") not in said(files)
    assert (after.ref, after.total) == (before.ref, 2)


async def test_a_series_with_private_replies_alone_has_a_paper_without_people_of_a_thread(store: Store) -> None:
    series = await new_series(store)
    await published(store, series, said=(), private=PRIVATELY)
    paper = make_board_paper(await prepare_paper(store, series, FIELDS, LATER))
    (point,) = paper.points
    assert point.who == "It came up in private replies."
    assert paper.took_part == "5 private replies came."
    assert "5 private replies" in said(await paper_of(store, series))


async def test_a_paper_says_what_of_the_series_it_leaves_out(store: Store) -> None:
    series = await new_series(store)
    prompt = await published(store, series)
    await prompt_in(store, 2, series_id=series.id)
    await store.prompts.close(await prompt_in(store, 3, series_id=series.id), NOW)
    gone = await store.prompts.close(await prompt_in(store, 4, series_id=series.id), NOW)
    await store.prompts.note_gone(gone, NOW)
    await store.replies.apply([late_reply(prompt)])
    left_out = dict(make_board_paper(await prepare_paper(store, series, FIELDS, LATER)).left_out)
    assert left_out["questions that are still open"] == 1
    assert left_out["questions without a reply"] == 1
    assert left_out["questions whose thread was deleted"] == 1
    assert left_out["replies that came after the summary was made"] == 1
    assert "Left out: questions that are still open" in said(await paper_of(store, series))


async def test_private_replies_that_nobody_read_stop_the_paper(store: Store) -> None:
    series = await new_series(store)
    prompt = await published(store, series)
    asked = await prompt_in(store, 2, series_id=series.id)
    await released(store, asked, range(60, 65))
    with pytest.raises(UserError, match=r"5 private replies that nobody has read\. Read them with /prompt private"):
        await prepare_paper(store, series, FIELDS, LATER)
    (batch,) = await store.private.waiting(GUILD)
    await store.private.let_in(GUILD, batch.id, 9, NOW)
    with pytest.raises(UserError, match="nobody has reviewed its replies"):
        await prepare_paper(store, series, FIELDS, LATER)
    await publish(store, asked)
    assert [part.prompt_id for part in make_board_paper(await prepare_paper(store, series, FIELDS, LATER)).parts] == [
        prompt.id,
        asked.id,
    ]


async def test_a_series_of_one_prompt_in_which_nobody_agreed_has_a_paper_without_points(store: Store) -> None:
    series = await new_series(store)
    await published(store, series, said=("The car park is full.", "Study days are cancelled when we are short."))
    files = await paper_of(store, series)
    assert "No point that two or more people raised has been checked." in said(files)
    assert "2 people took part in the threads" in said(files)


async def test_a_reference_shows_no_words_of_somebody_who_said_no(store: Store) -> None:
    series = await new_series(store)
    prompt = await published(store, series)
    await store.people.choose(GUILD, 1, quotes=True)
    await store.people.choose(GUILD, 1, quotes=False)
    _, _, record = await find_named_point(store, GUILD, f"P{prompt.id}‑1")
    assert ROTA[0] not in str(record.summary)
    assert ROTA[1] in str(record.summary)
    with pytest.raises(UserError):
        await find_named_point(store, GUILD + 1, f"P{prompt.id}-1")


@pytest.mark.parametrize("people", [4, 6])
async def test_what_staff_said_to_a_check_is_printed_at_its_points_from_five_people_on(
    store: Store, people: int
) -> None:
    series = await new_series(store)
    prompt = await published(store, series)
    await store.people.choose(GUILD, 1, quotes=True)
    check = await store.checks.start(
        GUILD, prompt.id, [CheckPoint("1", "The rota comes too late")], ends_at=LATER, channel_id=50, now=NOW
    )
    for person in range(people):
        await store.check_presses.press(check, 200 + person, "0100", Choice.SAME, ["0100"])
    assert "people said “same here”" not in said(await paper_of(store, series))
    await store.checks.end(GUILD, check.id, LATER)
    await release_checks(store, LATER)

    files = await paper_of(store, series)
    table = list(csv.reader(io.StringIO(files["board-points.csv"].decode("utf-8-sig"))))
    assert said(files).count("We asked staff about points again: question 1. Numbers below five aren’t shown") == 2
    if people < 5:
        assert "people said “same here”" not in said(files)
        assert table[1][9:11] == ["", ""]
    else:
        assert said(files).count("When we asked staff again, until 25 January 2026, 6 people said “same here”.") == 2
        assert table[1][9:11] == ["6", "no"]


async def test_answers_and_checks_of_an_earlier_summary_stay_in_the_paper_under_their_names(store: Store) -> None:
    series = await new_series(store)
    prompt = await published(store, series)
    await store.people.choose(GUILD, 1, quotes=True)
    decided = Decision(OutcomeState.NOT_POSSIBLE, "A second car park", "there is no ground", "Director of Estates")
    await store.outcomes.add(GUILD, [PointRef(prompt.id, "4x9")], decided, user_id=1, channels=[], now=NOW)
    told = f"P{prompt.id}-4x9: Not possible: A second car park"
    files = await paper_of(store, series)
    assert said(files).count(told) == 2
    assert "The point has no answer yet." in said(files)
    assert "there is no ground" in files["board-points.csv"].decode()


async def test_a_question_whose_replies_were_erased_stops_no_paper_and_is_named_as_left_out(store: Store) -> None:
    series = await new_series(store)
    prompt = await published(store, series)
    (shared,) = await store.summaries.shared(prompt.id)
    record = Record.from_json(shared.body)
    half = replace(record.summary.points[0], review=Review(confirmed=(record.summary.points[0].quotes[0].message,)))
    partly = replace(record, summary=replace(record.summary, points=(half,)))
    await keep_record(store, shared, partly, NOW)
    with pytest.raises(UserError, match="1 point isn’t fully checked"):
        await prepare_paper(store, series, FIELDS, LATER)

    await keep_record(store, shared, freeze_record(partly, "1 March 2026"), NOW)

    paper = make_board_paper(await prepare_paper(store, series, FIELDS, LATER))
    assert paper.points == ()
    assert dict(paper.left_out)["questions whose replies were erased at the end of their time"] == 1
