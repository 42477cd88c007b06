"""A thread in two languages groups across them where a language model sorts it; quotes stay as they were written."""

from __future__ import annotations

import json

import pytest

from bot.models.summaries import Summary
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, summarise
from bot.summaries.language_model.grouping import prepare
from bot.summaries.language_model.names import remove_names
from bot.summaries.language_model.requests import SortingCall
from bot.summaries.proof.theme_names import is_heading, prove_name
from tests.summaries.language_model.models import Answer, numbered, sort_thread

ENGLISH = (
    "The rota comes out too late to plan childcare.",
    "Nobody can book a dentist when the rota is not there.",
    "Parking costs more than my lunch every day.",
    "When will the board answer us?",
)
WELSH = (
    "Mae’r rota’n dod allan yn rhy hwyr i drefnu gofal plant.",
    "Does neb yn gallu trefnu deintydd pan nad yw’r rota yno.",
    "Mae parcio’n costio mwy na fy nghinio bob dydd.",
    "Pryd fydd y bwrdd yn ateb?",
)
POLISH = (
    "Grafik wychodzi za późno, żeby zaplanować opiekę nad dziećmi.",
    "Nie mogę umówić dentysty, bo grafiku jeszcze nie ma.",
    "Parking kosztuje codziennie więcej niż mój obiad.",
    "Kiedy zarząd nam odpowie?",
)


def talk(other: tuple[str, ...]) -> Thread:
    """People take turns in two languages."""
    texts = [text for pair in zip(ENGLISH, other, strict=True) for text in pair]
    return Thread("t", "What helps?", tuple(Message(f"m{n}", f"p{n}", text) for n, text in enumerate(texts)))


def sort_by_meaning(other: tuple[str, ...], name: str) -> Answer:
    """A model that reads both languages: it sorts what people said by what it means."""
    matters = [{*ENGLISH[:2], *other[:2]}, {ENGLISH[2], other[2]}]

    def answer(call: SortingCall) -> str:
        said = numbered(call)
        found = [[n for n, says in said.items() if says in matter] for matter in matters]
        themes = [
            {"name": each, "points": [{"best": members[-1], "members": members}], "members": members}
            for each, members in zip((name, "Parking"), found, strict=True)
            if members
        ]
        questions = [n for n, says in said.items() if says.endswith("?")]
        return json.dumps({"themes": themes, "opposed": [], "questions": questions, "asides": []})

    return answer


def summed(other: tuple[str, ...], name: str) -> tuple[Thread, Summary]:
    thread = talk(other)
    summary = summarise(thread, grouping=sort_thread(thread, sort_by_meaning(other, name)))
    assert check_summary(summary, thread) == ()
    return thread, summary


@pytest.mark.parametrize(("other", "name"), [(WELSH, "Rota hwyr"), (POLISH, "Grafik i dentysta")])
def test_what_means_the_same_is_one_draft_and_every_quote_is_as_it_was_written(
    other: tuple[str, ...], name: str
) -> None:
    thread, summary = summed(other, name)
    texts = {message.id: message.text for message in thread.messages}
    grouped = {frozenset(texts[quote.message] for quote in (*point.quotes, *point.group)) for point in summary.points}

    assert frozenset((*ENGLISH[:2], *other[:2])) in grouped
    assert frozenset((ENGLISH[2], other[2])) in grouped
    quotes = [quote for point in (*summary.points, *summary.voices) for quote in (*point.quotes, *point.possible)]
    assert all(quote.text in texts[quote.message] for quote in quotes)
    assert {point.people for point in summary.points} == {1}  # nobody counts because a program thinks so


@pytest.mark.parametrize("other", [WELSH, POLISH])
def test_a_question_counts_as_one_in_either_language_if_the_model_names_it(other: tuple[str, ...]) -> None:
    _, summary = summed(other, "Rota")
    assert {question.text for question in summary.questions} == {ENGLISH[3], other[3]}


@pytest.mark.parametrize("other", [WELSH, POLISH])
def test_without_a_model_nothing_groups_across_languages_and_nothing_is_lost(other: tuple[str, ...]) -> None:
    thread = talk(other)
    summary = summarise(thread)
    ids = {message.id for message in thread.messages if message.text in other}
    for point in (*summary.points, *summary.voices):
        together = {quote.message for quote in (*point.quotes, *point.group)}
        assert together <= ids or not together & ids
    assert summary.coverage.read == len(thread.messages)
    shown = {
        quote.message for point in (*summary.points, *summary.voices) for quote in (*point.quotes, *point.possible)
    }
    assert {"m1", "m3", "m5"} <= shown


@pytest.mark.parametrize(
    ("name", "stands"),
    [
        ("Rota hwyr", True),
        ("Late rota", True),
        ("Y rota a gofal plant", True),
        ("Rota i drefnu gofal", True),  # "i" is "to" here
        ("Trefnu deintydd", True),
        ("Amserlen hwyr", False),  # nobody wrote the first word
        ("Grafik", False),
        ("Gofal am blant", False),  # "plant" with another first letter: the group goes without a name
        ("My rota", False),
        ("Okonkwo is late", False),
    ],
)
def test_a_name_in_either_language_stands_if_people_of_the_theme_used_its_words(name: str, stands: bool) -> None:
    said = {f"m{n}": text for n, text in enumerate((*ENGLISH, *WELSH))}
    assert (prove_name(name, said, ("Samira Okonkwo",)) is not None) is stands


@pytest.mark.parametrize("name", ["Grafik i urlopy", "Droga do szpitala", "Rota i nyrsys"])
def test_small_words_that_are_verbs_and_pronouns_in_english_may_stand_in_other_languages(name: str) -> None:
    assert is_heading(name)


@pytest.mark.parametrize(
    "name", ["I blame nights", "We strike", "Nights are bad", "Managers do nothing", "Is it Okonkwo"]
)
def test_english_sentences_are_no_names(name: str) -> None:
    assert not is_heading(name)


def test_names_and_numbers_are_taken_out_of_welsh_too() -> None:
    texts = (
        "Mae Siân yn dweud bod Gwenllian Prydderch yn gwybod am y rota ers mis.",
        "Ffoniwch fi ar 07700 900123 neu sian@example.org am y rota newydd.",
    )
    thread = Thread(
        "t", "", tuple(Message(f"m{n}", f"p{n}", text) for n, text in enumerate(texts)), ("Siân Prydderch",)
    )
    out = "".join(call.data for call in prepare(thread).calls)
    assert not [hidden for hidden in ("Siân", "Prydderch", "07700", "900123", "sian@") if hidden in out]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mae’n digwydd bob dydd ar y ward.", True),
        ("Dw i’n gweithio dan bwysau.", True),
        ("Mae bob yn dweud hynny.", False),
        ("Dywedodd Bob dydd Llun.", False),
        ("Ask bob about it.", False),
    ],
)
def test_welsh_for_every_day_and_under_pressure_names_nobody(text: str, left: bool) -> None:
    assert (remove_names(text) == text) is left


@pytest.mark.parametrize(
    ("answer", "counted"),
    [
        ("Yr un peth yma.", 2),
        ("Dw i’n cytuno!", 2),
        ("Finnau hefyd", 2),
        ("Yr un peth yma, mae’r rota yn rhy hwyr ar ein ward ni.", 2),
        ("Yr un peth yma, ond mae’r rota yn well ar ein ward ni.", 1),
        ("Dw i ddim yn cytuno.", 1),
    ],
)
def test_an_answer_in_agreement_counts_in_welsh(answer: str, counted: int) -> None:
    messages = (Message("m1", "p1", WELSH[0]), Message("m2", "p2", answer, reply_to="m1"))
    thread = Thread("t", "", messages)
    summary = summarise(thread)
    assert check_summary(summary, thread) == ()
    said = [point for point in (*summary.points, *summary.voices) if point.quotes[0].message == "m1"]
    assert [point.people for point in said] == [counted]
