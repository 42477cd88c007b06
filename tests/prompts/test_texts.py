from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.models.library import Excerpt, Passage, Source, SourceDetails
from bot.models.prompts import Series, SeriesState, Slot, Wording
from bot.prompts.texts import (
    BUTTON_ELSEWHERE,
    CARD_CHARACTERS,
    LACK_QUESTIONS,
    LACKS_QUESTION,
    LIMITS,
    check_card,
    check_wording,
    freeze_wording,
    place_text,
    series_warnings,
    thread_name,
)

DETAILS = SourceDetails("No more heroes", "The King's Fund", 2011, "https://example.org/report", "short quotation")
SOURCE = Source(1, 2, DETAILS, 12)
PASSAGE = Passage("Lead together.", "Teams", 12, 13, question="What helps your team?")
EXCERPT = Excerpt(5, 1, 3, PASSAGE)
WORDING = freeze_wording(EXCERPT, SOURCE, series_title="Mondays", number=3)


def test_a_prompt_freezes_the_words_of_excerpt_and_source() -> None:
    frozen = freeze_wording(EXCERPT, SOURCE, series_title="Mondays", number=3)
    assert frozen == Wording(
        text="Lead together.",
        own_words=False,
        question="What helps your team?",
        source_title="No more heroes",
        publisher="The King's Fund",
        year=2011,
        address="https://example.org/report",
        licence="short quotation",
        heading="Teams",
        place="pages 12 to 13",
        series_title="Mondays",
        number=3,
    )


def test_a_prompt_has_as_much_of_a_long_path_of_headings_as_a_card_shows() -> None:
    between = [f"{number}. {'What people told us ' * 4}" for number in range(1, 4)]
    path = " > ".join(["Part A: Records", *between, "Rules"])
    frozen = freeze_wording(replace(EXCERPT, passage=replace(PASSAGE, heading=path)), SOURCE)
    assert frozen.heading.startswith("Part A: Records > … > 2. What people told us")
    assert frozen.heading.endswith(" > Rules")
    check_wording(frozen)
    assert thread_name(replace(frozen, question="", number=12)) == "12. Part A: Records > … > Rules"


@pytest.mark.parametrize(
    ("passage", "place"),
    [
        (Passage("x", page_from=12), "page 12"),
        (Passage("x", page_from=12, page_to=12), "page 12"),
        (Passage("x", page_from=12, page_to=13), "pages 12 to 13"),
        (Passage("x", place="about page 20"), "about page 20"),
        (Passage("x"), ""),
    ],
)
def test_a_place_is_told_in_words(passage: Passage, place: str) -> None:
    assert place_text(passage) == place


def test_a_good_wording_passes() -> None:
    check_wording(WORDING)


@pytest.mark.parametrize(
    ("part", "name"), [("text", "The excerpt"), ("question", "The question"), ("source_title", "The report’s title")]
)
@pytest.mark.parametrize("nothing", ["", "  \n", "\u200b\u200f"])
def test_an_empty_part_is_refused_by_name(part: str, name: str, nothing: str) -> None:
    with pytest.raises(UserError, match=f"{name} is empty"):
        check_wording(replace(WORDING, **{part: nothing}))  # type: ignore[arg-type]


@pytest.mark.parametrize("part", list(LIMITS))
def test_a_part_that_is_too_long_is_refused_with_its_limit(part: str) -> None:
    name, limit = LIMITS[part]
    with pytest.raises(UserError, match=f"{name} has {limit + 1:,} characters. Shorten it to {limit:,}"):
        check_wording(replace(WORDING, **{part: "x" * (limit + 1)}))  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "example.org", "https://a b", "https://a](https://b"])
def test_an_address_that_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(UserError, match="starts with https://"):
        check_wording(replace(WORDING, address=address))


def test_the_longest_parts_leave_room_for_the_cards_own_lines() -> None:
    parts = [limit for _, limit in LIMITS.values()]
    check_card(["x" * limit for limit in parts] + ["x" * 700], 40)
    with pytest.raises(UserError, match="Shorten the excerpt"):
        check_card(["x" * CARD_CHARACTERS, "x"], 10)
    with pytest.raises(UserError, match="Shorten the excerpt"):
        check_card(["x"], 41)


def test_a_thread_is_named_by_number_and_question() -> None:
    assert thread_name(WORDING) == "3. What helps your team?"
    assert thread_name(replace(WORDING, number=None, question="")) == "Teams"


def test_a_long_name_is_cut_after_a_word() -> None:
    name = thread_name(replace(WORDING, question="What helps you to speak up " * 10))
    assert len(name) <= 100
    assert name.endswith(" …")
    assert name[:-2] in "3. " + "What helps you to speak up " * 10


@given(st.text(max_size=300), st.none() | st.integers(1, 99))
def test_any_question_gives_a_name_that_discord_takes(question: str, number: int | None) -> None:
    name = thread_name(replace(WORDING, question=question, number=number))
    assert 1 <= len(name) <= 100
    assert name == name.strip()
    assert name.isprintable()


SERIES = Series(
    1, 2, "Mondays", 3, Slot(0, time(9), "UTC", date(2026, 1, 5)), SeriesState.ACTIVE, datetime(2026, 1, 1, tzinfo=UTC)
)
MORE = "Mark more in /library, then add them with /series."
UNASKED = replace(EXCERPT, passage=replace(PASSAGE, question=" "))


@pytest.mark.parametrize(
    ("waiting", "warnings"),
    [
        ([EXCERPT, EXCERPT], ()),
        ([EXCERPT], (f"There’s only one excerpt left in “Mondays”. {MORE}",)),
        (
            [],
            (f"There are no excerpts left in “Mondays”, so nothing more is posted. {MORE}",),
        ),
        ([EXCERPT, UNASKED], (LACKS_QUESTION.format(3, "Mondays", BUTTON_ELSEWHERE),)),
        (
            [UNASKED, replace(UNASKED, position=7)],
            (LACK_QUESTIONS.format("3 and 7", "Mondays", BUTTON_ELSEWHERE),),
        ),
        (
            [replace(UNASKED, position=number) for number in range(1, 292)],
            (LACK_QUESTIONS.format("1, 2, 3, 4, 5 and 286 more", "Mondays", BUTTON_ELSEWHERE),),
        ),
    ],
)
def test_a_series_warns_before_it_runs_out_or_lacks_a_question(
    waiting: list[Excerpt], warnings: tuple[str, ...]
) -> None:
    assert series_warnings(SERIES, waiting) == warnings
