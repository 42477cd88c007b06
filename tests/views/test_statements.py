import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.threads import Message, Thread
from bot.models.views import MOST_OFFERED
from bot.views.statement_edits import split
from bot.views.statements import choose_statements
from tests.summaries.threads import NAMES, SENTENCES, discussion
from tests.views import cases, held_out

LATE = "The rota comes out too late for anyone with children to plan."
QUIET = "There is no quiet room where staff can sit after a bad shift."
FORMS = "Nobody tells us what happens after we fill in an incident form."
FINE = (*held_out.OFFERED, *cases.OFFERED)


def say(*texts: str, authors: str = "", private: bool = False, quotable: bool = True) -> tuple[Message, ...]:
    return tuple(
        Message(str(n), authors[n - 1] if authors else f"p{n}", text, private=private, quotable=quotable)
        for n, text in enumerate(texts, 1)
    )


def thread(messages: tuple[Message, ...], *names: str) -> Thread:
    return Thread("t", "What is it like to work here?", messages, names)


def numbers(chosen: Thread, **options: object) -> list[int]:
    return [statement.reply_id for statement in choose_statements(chosen, **options)]  # type: ignore[arg-type]


def test_private_words_and_those_that_may_not_be_quoted_are_never_offered() -> None:
    assert numbers(thread(say(LATE))) == [1]
    assert numbers(thread(say(LATE, private=True))) == []
    assert numbers(thread(say(LATE, quotable=False))) == []


def test_a_barred_reply_is_never_offered_and_nobody_is_told_that_it_says_the_same() -> None:
    said = thread(say(LATE, LATE.upper(), QUIET))
    (late, *_) = [statement for statement in choose_statements(said) if statement.reply_id != 3]
    assert {late.reply_id, *late.others} == {1, 2}
    kept = choose_statements(said, barred={"2"})
    assert {number for statement in kept for number in (statement.reply_id, *statement.others)} == {1, 3}


@pytest.mark.parametrize(
    "again",
    [
        "the rota comes out too late for anyone with children to plan",
        "The rota comes out too late for anyone with childern to plan!!",
        "Rota really comes out too late for anyone with children to plan.",
    ],
)
def test_nearly_the_same_words_come_as_one_with_the_other_replies(again: str) -> None:
    (only,) = choose_statements(thread(say(LATE, f"{again}. Thanks for asking.")))
    assert {only.reply_id, *only.others} == {1, 2}


@pytest.mark.parametrize(
    "other",
    [
        "The rota comes out too late for anyone without children to plan.",
        "The rota never comes out too late for anyone with children to plan.",
        "The rota is published so late that parents cannot plan their weeks.",
    ],
)
def test_words_that_only_mean_the_like_are_not_one(other: str) -> None:
    assert all(not statement.others for statement in choose_statements(thread(say(LATE, other))))


def test_ones_own_second_reply_is_not_somebody_elses() -> None:
    (only,) = choose_statements(thread(say(LATE, LATE, authors="aa")))
    assert only.others == ()


def test_what_was_offered_before_is_not_offered_again_nor_nearly_the_same_words() -> None:
    said = thread(say(LATE, QUIET, LATE.lower()))
    assert numbers(said, taken=[("1", LATE), ("9", QUIET.replace("quiet", "queit"))]) == []
    assert numbers(said, taken=[("9", FORMS)]) != []


def test_everybody_comes_once_before_anybody_comes_twice() -> None:
    said = thread(say(f"{LATE} {QUIET} {FORMS}", *FINE[5:8], authors="abcd"))
    first = numbers(said, most=4)
    assert sorted(first) == [1, 2, 3, 4]
    assert numbers(said).count(1) == 2


def test_no_more_are_offered_than_asked_for() -> None:
    assert len(numbers(thread(say(*FINE)))) == MOST_OFFERED
    assert numbers(thread(say(*FINE)), most=0) == []


def test_different_matters_come_before_like_ones() -> None:
    like = [LATE, LATE.replace("children", "a family"), LATE.replace("children", "a second job"), FORMS, QUIET]
    assert {4, 5} < set(numbers(thread(say(*like)), most=3))


def test_a_display_name_is_a_name() -> None:
    words = "Nothing on the ward works unless willow has checked the orders first."
    assert numbers(thread(say(words))) == [1]
    assert numbers(thread(say(words), "Willow (Ward 3)")) == []


def test_a_mention_at_the_start_addresses_somebody() -> None:
    assert numbers(thread(say(f"@Sam {LATE}"))) == []
    assert numbers(thread(say(f"Hi all, {LATE}"))) == [1]


def test_a_part_of_a_long_sentence_is_offered_where_it_is_a_whole_thought() -> None:
    long = (
        "We spend more time on the computer than with patients; my manager walked in last week to ask how we were "
        "doing I told her that the printer, the scanner and both of the laptops had been broken since the move, and "
        "she wrote it down on a piece of paper."
    )
    (only,) = choose_statements(thread(say(long)))
    assert only.text == "We spend more time on the computer than with patients"


@pytest.mark.parametrize("name", ["clinical-engagement", "discharge", "night-staffing"])
def test_an_ordinary_thread_offers_eight_to_twelve(name: str) -> None:
    told = discussion(name)
    said = tuple(Message(str(n), m.author, m.text, None) for n, m in enumerate(told.messages))
    assert name in NAMES
    assert 8 <= len(choose_statements(Thread("t", told.prompt, said, tuple({m.author for m in said})))) <= 12


WORDS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*FINE, *SENTENCES, *held_out.NEVER_OFFERED]), max_size=4).map(" ".join),
)
MESSAGES = st.lists(st.tuples(st.sampled_from("abcde"), WORDS, st.booleans(), st.booleans()), max_size=12).map(
    lambda drawn: tuple(
        Message(str(n), author, text, private=private, quotable=quotable)
        for n, (author, text, private, quotable) in enumerate(drawn)
    )
)


@given(MESSAGES, st.frozensets(st.integers(0, 11).map(str)), st.lists(st.sampled_from(FINE), max_size=3))
def test_every_statement_is_verbatim_of_an_open_reply_and_no_two_are_the_same_words(
    messages: tuple[Message, ...], barred: frozenset[str], taken: list[str]
) -> None:
    said = thread(messages, "Willow")
    chosen = choose_statements(said, barred=barred, taken=[("1", text) for text in taken])
    assert chosen == choose_statements(said, barred=barred, taken=[("1", text) for text in taken])
    assert len(chosen) <= MOST_OFFERED
    for statement in chosen:
        message = messages[statement.reply_id]
        assert statement.text in message.text
        assert not any(word in statement.text for word in held_out.NEVER_OFFERED)
        for number in (statement.reply_id, *statement.others):
            assert not messages[number].private
            assert messages[number].quotable
            assert str(number) not in barred
        assert all(messages[number].author != message.author for number in statement.others)
    words = [tuple(split(text)) for text in [*(statement.text for statement in chosen), *dict.fromkeys(taken)]]
    assert len(set(words)) == len(words)
