"""Names that were seen in a server: one more or one fewer changes nothing about the others, and none is overlooked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.replies.redaction.redact import redact
from bot.replies.redaction.seen_names import SeenNames
from bot.replies.watch import MOST_NAMES, Watch
from tests.examples import examples

GUILD, OTHER_GUILD = 1, 2
WORDS = (
    *("Anna", "anna", "KOWALSKA", "Kowalska", "Ben", "Dr", "Matron", "Okonkwo", "okonkwo's", "siobhan.k", "nurse_k"),
    *("Nurse", "Ward", "ward", "Night", "Owl", "Will", "will", "Wright", "O’Brien", "Rota", "(ED)", "nightowl92", "a"),
    *("Groß", "GROSS", "Νίκος", "ΝΊΚΟΣ", "İnci", "Jo-Ann", "ǰan", "anna\u0345"),
)
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join) | st.text(max_size=12)
texts = st.lists(st.sampled_from((*WORDS, " ", " ", ". ", ", ", "’s ", "\n", "-", "_")), max_size=20).map("".join)


@given(st.lists(names, max_size=12), st.integers(1, 6), texts)
@settings(max_examples=examples(300))
def test_names_that_came_one_by_one_are_found_like_a_list_of_those_that_are_left(
    seen: list[str], most: int, text: str
) -> None:
    grown = SeenNames(seen, most)

    assert list(grown) == list(dict.fromkeys(reversed(seen)))[:most][::-1]
    assert list(grown.find(text)) == list(SeenNames(list(grown)).find(text))


@given(st.lists(names, max_size=6), texts)
@settings(max_examples=examples(300))
def test_the_quick_look_at_a_texts_words_overlooks_no_name(seen: list[str], text: str) -> None:
    known = SeenNames(seen)
    done = redact(text, names=known)

    assert done.removed or not any(known.find(text))
    assert redact(done.text, names=known).removed == {}


@pytest.mark.parametrize(("name", "written"), [("Anna Groß", "so Groß said"), ("Νίκος", "so Νίκος said")])
def test_a_name_whose_letters_have_two_small_forms_is_removed(name: str, written: str) -> None:
    assert redact(written, names=[name]).text == "so [name removed] said"


def test_the_longest_of_the_names_that_begin_alike_is_removed_whole() -> None:
    known = ["Zanele Ward", "Zanele", "Zanele Ward Rota Queen"]

    assert redact("zanele ward rota queen asks; zanele ward rota", names=known).text == (
        "[name removed] asks; [name removed] rota"
    )


def test_the_newest_names_of_each_server_are_remembered() -> None:
    watch = Watch()
    watch.note_names(GUILD, ["Anna Kowalska", "Chidi Eze"])
    watch.note_names(OTHER_GUILD, ["Ben Okafor"])
    watch.note_names(GUILD, ["Anna Kowalska", *(f"Nurse {number}" for number in range(MOST_NAMES - 1))])

    assert watch.names(GUILD)[0] == "Anna Kowalska"
    assert len(watch.names(GUILD)) == MOST_NAMES
    assert redact("Kowalska, Eze and Okafor wait", names=watch.seen_names(GUILD)).text == (
        "[name removed], Eze and Okafor wait"
    )
    assert watch.names(OTHER_GUILD) == ("Ben Okafor",)
