"""The follow-up paper: what was promised, what is done, and what is late, by role and date, on one page."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from docx import Document
from lxml import html  # type: ignore[import-untyped]

from bot.board.follow_up import ERASED_POINT, MOST_ROWS, FollowUpSource, make_follow_up
from bot.board.follow_up_files import follow_up_files
from bot.errors import UserError
from bot.models.board import PaperFields
from bot.models.outcomes import Decision, Outcome, OutcomeState, PointRef, Progress
from bot.outcomes.points import progress_of
from bot.services.board_papers import NO_OUTCOME, prepare_follow_up
from bot.store import Store
from tests.board.series import series_source
from tests.board.sources import NOON, hostile_source
from tests.board.stored import FIELDS, LATER, published
from tests.store.samples import GUILD, NOW, new_series
from tests.summaries.papers import HOSTILE

TODAY = date(2018, 10, 8)
DECIDED = (
    Decision(OutcomeState.DOING, "A third nurse on nights", "", "Chief Nurse", date(2018, 10, 1)),
    Decision(OutcomeState.DOING, "A mentor for each starter", "", "Director of People", date(2018, 12, 1)),
    Decision(OutcomeState.NOT_YET, "Thank who raises something", "", "Chief Nurse"),
    Decision(OutcomeState.DONE, "One sheet for falls", "", "Director of Nursing", date(2018, 9, 1)),
    Decision(OutcomeState.NOT_POSSIBLE, "A morning call", "the line is shared", "Chief Operating Officer"),
)
REFS = (PointRef(13, "1"), PointRef(15, "1"), PointRef(14, "2"), PointRef(12, "1"), PointRef(12, "3"))


def promised(*, quotable: bool = True, decided: tuple[Decision, ...] = DECIDED) -> FollowUpSource:
    outcomes = tuple(
        Outcome(number, 7, (REFS[number % len(REFS)],), said, NOON, changed_at=NOON + timedelta(days=20))
        for number, said in enumerate(decided)
    )
    source = replace(series_source(quotable=quotable), outcomes=outcomes)
    return FollowUpSource(source, tuple((one, progress_of(one, TODAY)) for one in outcomes), TODAY)


def texts(source: FollowUpSource) -> tuple[str, str]:
    word, _, page = follow_up_files(source)
    document = Document(io.BytesIO(word.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    body = html.document_fromstring(page.content.decode()).find("body").text_content()
    return " ".join([*(p.text for p in document.paragraphs), *cells]), " ".join(body.split())


def test_what_is_late_comes_first_and_each_promise_has_its_owner_and_its_day() -> None:
    paper = make_follow_up(promised())
    assert [progress for progress, _ in paper.groups] == list(Progress)
    told = {progress: rows[0] for progress, rows in paper.groups}
    assert (told[Progress.LATE].owner, told[Progress.LATE].due) == ("Chief Nurse", "1 October 2018")
    assert told[Progress.LATE].said.startswith("“We are short staffed on nights")
    assert told[Progress.DONE].changed == "9 September 2018"
    assert told[Progress.NOT_POSSIBLE].promised == "A morning call, because the line is shared"
    assert paper.summary == (
        "Staff got 5 answers to what they said. "
        "On 8 October 2018: 1 late, 1 under way, 1 not yet, 1 done and 1 not possible."
    )
    assert paper.open_note == "5 points of the paper have no answer yet."


def test_the_word_file_and_the_page_say_the_same() -> None:
    for text in texts(promised()):
        for said in ("Was due", "1 October 2018", "Noted on", "9 September 2018", "Chief Nurse", "For assurance"):
            assert said in text
        assert "Heron NHS Foundation Trust" in text


def test_words_that_may_not_be_quoted_are_not_in_it() -> None:
    paper = make_follow_up(promised(quotable=False))
    said = {row.said for _, rows in paper.groups for row in rows}
    assert said == {ERASED_POINT, "Facilitator’s words: Keep one count of falls"}
    for text in texts(promised(quotable=False)):
        assert "short staffed" not in text


def test_many_promises_leave_what_has_no_room_and_say_how_many() -> None:
    paper = make_follow_up(promised(decided=DECIDED * 12))
    shown = sum(len(rows) for _, rows in paper.groups)
    assert 0 < shown <= MOST_ROWS
    assert paper.left_note == f"{60 - shown} more promises had no room here."
    assert paper.groups[0][0] is Progress.LATE


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    decided = (Decision(OutcomeState.NOT_POSSIBLE, f"=1+1 {words}", words, "Chief Nurse"),)
    hostile = replace(hostile_source(), outcomes=())
    outcome = Outcome(1, 7, (PointRef(12, "1"),), decided[0], NOON)
    made = FollowUpSource(hostile, ((outcome, Progress.NOT_POSSIBLE),), TODAY)
    word, _, page = follow_up_files(made)
    tree = html.document_fromstring(page.content.decode())
    assert not list(tree.iter("script", "img", "iframe"))
    assert len(Document(io.BytesIO(word.content)).tables) == 2


async def test_a_series_is_followed_up_with_every_newest_answer_also_while_a_draft_waits(store: Store) -> None:
    series = await new_series(store)
    prompt = await published(store, series)
    with pytest.raises(UserError) as refused:
        await prepare_follow_up(store, series, FIELDS, LATER)
    assert str(refused.value) == NO_OUTCOME

    ref = PointRef(prompt.id, "1")
    for state in (OutcomeState.DOING, OutcomeState.DONE):
        decided = Decision(state, "The rota comes six weeks ahead", "", "Director of People", date(2026, 1, 10))
        await store.outcomes.add(GUILD, [ref], decided, user_id=1, channels=[], now=NOW)
    made = await prepare_follow_up(store, series, PaperFields(), LATER)
    assert [progress for _, progress in made.promises] == [Progress.DONE]
