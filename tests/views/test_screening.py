import pytest

from bot.models.threads import Message, Thread
from bot.views.screening import is_fit
from bot.views.statements import choose_statements
from tests.views import cases, held_out

PROMPT = "What is it like to work here?"


def offered(text: str) -> list[str]:
    """The statements of a thread of one reply."""
    return [statement.text for statement in choose_statements(Thread("t", PROMPT, (Message("1", "a", text),)))]


@pytest.mark.parametrize("text", held_out.NEVER_OFFERED)
@pytest.mark.parametrize("before", ["", "Breaks matter to us all. "])
def test_words_that_could_hurt_somebody_and_no_whole_thoughts_are_never_offered(text: str, before: str) -> None:
    assert not any(statement in text for statement in offered(before + text))


@pytest.mark.parametrize("text", cases.NEVER_OFFERED)
def test_nor_are_words_that_once_got_through(text: str) -> None:
    assert offered(text) == []


@pytest.mark.parametrize("text", [*held_out.OFFERED, *cases.OFFERED])
def test_a_whole_thought_about_work_is_offered_as_it_is_written(text: str) -> None:
    assert offered(text) == [text]


@pytest.mark.parametrize("text", cases.OFFERED[:5])
@pytest.mark.parametrize("letters", ["\u200b", "*", "_"])
def test_marks_within_words_hide_nobody(text: str, letters: str) -> None:
    assert offered(f"{text} Our {letters}manager{letters} reads none of the emails that we send.") == [text]


def test_a_reply_with_words_about_a_risk_offers_none_of_its_statements() -> None:
    fine = "The rota comes out too late for anyone with children to plan."
    assert offered(fine) == [fine]
    assert offered(f"{fine} I want to die.") == []


@pytest.mark.parametrize("text", cases.UNFIT)
def test_each_thing_that_could_hurt_somebody_is_seen_by_itself(text: str) -> None:
    assert not is_fit(text)


@pytest.mark.parametrize("text", [*held_out.OFFERED, *cases.OFFERED])
def test_and_in_whole_thoughts_about_work_there_is_none(text: str) -> None:
    assert is_fit(text)


@pytest.mark.parametrize("beginning", cases.LEANING)
def test_what_leans_on_words_before_it_is_no_whole_thought(beginning: str) -> None:
    text = "nobody asks the people on nights what they need."
    assert offered(f"{text[0].upper()}{text[1:]}") != []
    assert offered(f"{beginning} {text}") == []
