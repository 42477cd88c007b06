"""A thread in two languages groups across them where WARD_MODEL names a model that knows both.

The model here is a table of words by what they are about; a real one is a folder of the same form.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.models.summaries import Summary, SummaryOptions
from bot.models.threads import Thread
from bot.services.summaries.generation import SummaryAids, summarise_prompt
from bot.store import Store
from bot.summaries import check_summary, summarise
from bot.summaries.engine.semantic import Encoder
from bot.summaries.engine.sentence_vectors import find_other_languages
from tests.services.test_sorting import asked
from tests.summaries.engine.semantic.models import minilm, of_two_languages
from tests.summaries.language_model.test_other_languages import ENGLISH, POLISH, WELSH, talk
from tests.world import shared_worker

MATTERS = (
    ("rota", "childcare", "late", "hwyr", "gofal", "plant", "grafik", "pozno", "opieke", "dziecmi"),
    ("dentist", "book", "deintydd", "trefnu", "dentysty", "umowic"),
    ("parking", "costs", "lunch", "parcio", "costio", "nghinio", "kosztuje", "obiad"),
    ("board", "answer", "bwrdd", "ateb", "zarzad", "odpowie"),
)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return of_two_languages(tmp_path / "of-two-languages", MATTERS)


def groups(summary: Summary, texts: dict[str, str]) -> set[frozenset[str]]:
    """What stands together as one draft, by its words."""
    return {frozenset(texts[quote.message] for quote in (*point.quotes, *point.group)) for point in summary.points}


def texts_of(thread: Thread) -> dict[str, str]:
    return {message.id: message.text for message in thread.messages}


@pytest.mark.parametrize("other", [WELSH, POLISH])
def test_what_means_the_same_is_one_draft_and_every_quote_is_as_it_was_written(
    model: Path, other: tuple[str, ...]
) -> None:
    thread = talk(other)
    summary = summarise(thread, SummaryOptions(model=str(model)))
    texts = texts_of(thread)

    assert check_summary(summary, thread) == ()
    pairs = {frozenset(pair) for pair in zip(ENGLISH[:3], other[:3], strict=True)}
    assert pairs <= groups(summary, texts)
    assert not pairs & groups(summarise(thread), texts)
    assert summary.vectors == "TF-IDF and of-two-languages"
    quotes = [quote for point in (*summary.points, *summary.voices) for quote in (*point.quotes, *point.possible)]
    assert all(quote.text in texts[quote.message] for quote in quotes)
    assert {point.people for point in summary.points} == {1}  # nobody counts because a program thinks so


def test_only_a_model_whose_vocabulary_is_one_of_many_languages_compares_across_them(tmp_path: Path) -> None:
    small = of_two_languages(tmp_path / "small", MATTERS, unused=0)
    assert not Encoder.load(small).is_multilingual
    assert not minilm().is_multilingual
    assert Encoder.load(of_two_languages(tmp_path / "large", MATTERS)).is_multilingual


def test_english_is_told_from_other_languages_by_how_its_words_fall_into_pieces() -> None:
    assert not find_other_languages(ENGLISH).any()
    assert find_other_languages((*WELSH, *POLISH)).all()


def test_a_thread_in_english_with_a_word_or_two_of_another_language_is_grouped_as_ever(model: Path) -> None:
    thread = talk(WELSH)
    few = replace(thread, messages=(*thread.messages[::2], thread.messages[1], thread.messages[3]))
    told = groups(summarise(few, SummaryOptions(model=str(model))), texts_of(few))
    small = of_two_languages(model.parent / "of-one-language", MATTERS, unused=0)
    assert told == groups(summarise(few, SummaryOptions(model=str(small))), texts_of(few))


async def test_the_bot_groups_a_prompt_in_two_languages_in_its_worker(store: Store, model: Path) -> None:
    said = tuple(text for pair in zip(ENGLISH[:3], WELSH[:3], strict=True) for text in pair)
    prompt = await asked(store, said)

    found = await summarise_prompt(store, shared_worker(), prompt, SummaryAids(model=model))

    texts = {str(reply.id): reply.text for reply in found.replies}
    assert {frozenset(pair) for pair in zip(ENGLISH[:3], WELSH[:3], strict=True)} <= groups(found.summary, texts)
