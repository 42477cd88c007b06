"""The built-in packs: their form, their lengths and their balance."""

import pytest

from bot.errors import UserError
from bot.library import load_pack, pack_names
from bot.models.library import Passage
from bot.models.prompts import Wording
from bot.prompts.texts import check_wording, place_text
from tests.words.reading_ease import measure

CARDS = [(name, passage) for name in pack_names() for passage in load_pack(name).passages]
each_card = pytest.mark.parametrize(("name", "card"), CARDS, ids=[f"{name}: {card.heading}" for name, card in CARDS])


def test_the_first_report_has_a_pack_with_attribution() -> None:
    assert "no_more_heroes" in pack_names()
    details = load_pack("no_more_heroes").details
    assert (details.publisher, details.year) == ("The King’s Fund", 2011)
    assert "No more heroes" in details.title
    assert "under copyright" in details.licence
    assert all(passage.own_words for passage in load_pack("no_more_heroes").passages)


def test_the_packs_are_sixteen_cards_and_the_three_weeks_of_the_commissions_brief() -> None:
    assert {name: len(load_pack(name).passages) for name in pack_names()} == {"no_more_heroes": 16, "three_weeks": 3}
    weeks = [card.heading for card in load_pack("three_weeks").passages]
    assert weeks == ["Week 1: where leadership stands", "Week 2: what is needed", "Week 3: what to do"]


def test_no_two_packs_have_the_same_title_or_a_question_in_common() -> None:
    assert len({load_pack(name).details.title for name in pack_names()}) == len(pack_names())
    assert len({card.question for _, card in CARDS}) == len(CARDS)


@pytest.mark.parametrize("name", pack_names())
def test_a_pack_holds_different_cards(name: str) -> None:
    pack = load_pack(name)
    assert pack.format == "pack"
    for part in ("text", "heading", "question"):
        assert len({getattr(card, part) for card in pack.passages}) == len(pack.passages)
    assert load_pack(name) == pack


@each_card
def test_a_card_is_our_summary_of_40_to_90_words_that_fits_a_prompt(name: str, card: Passage) -> None:
    assert card.own_words
    assert 40 <= len(card.text.split()) <= 90
    assert card.text == " ".join(card.text.split())
    check_wording(
        Wording(
            text=card.text,
            own_words=True,
            question=card.question,
            source_title="A report",
            heading=card.heading,
            place=place_text(card),
        )
    )


@each_card
def test_a_card_asks_one_open_question_in_few_words(name: str, card: Passage) -> None:
    assert card.question.count("?") == 1
    assert card.question.endswith("?")
    assert card.question.split()[0] in {"How", "What", "When", "Where", "Which", "Who", "Why"}
    assert len(card.question.split()) <= 20


@each_card
def test_a_card_reads_easily_and_quotes_nobody(name: str, card: Passage) -> None:
    reading = measure(card.text)
    assert reading.ease >= 65
    assert reading.grade <= 8.5
    assert not set('“”"*_') & set(card.text)


@each_card
def test_a_page_that_was_worked_out_is_given_as_about(name: str, card: Passage) -> None:
    assert card.page_from is None
    assert not card.place or card.place.startswith("about page")


def test_the_pack_gives_the_counter_views_too() -> None:
    text = " ".join(card.text for card in load_pack("no_more_heroes").passages)
    for words in ("cop-out", "another side", "Others see it differently", "posts or costs", "back office"):
        assert words in text


def test_a_pack_that_is_not_there_is_named_in_a_clear_sentence() -> None:
    for name in ("heroes", "../packs/no_more_heroes", ""):
        with pytest.raises(UserError, match="no_more_heroes"):
            load_pack(name)
