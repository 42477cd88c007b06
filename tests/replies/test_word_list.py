"""Words of the server’s own are taken out of what people write, and nothing else with them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.replies.redaction.kinds import Identifier
from bot.replies.redaction.redact import redact
from tests.examples import examples


def test_words_of_the_servers_own_are_removed_as_whole_words_in_any_case() -> None:
    done = redact("RIVERSIDE ward and project  bluebird, not Riversides.", ["Riverside", "Project Bluebird"])

    assert done.text == "[word removed] ward and [word removed], not Riversides."
    assert done.removed == {Identifier.OWN_WORD: 2}


def test_a_word_of_the_servers_own_is_no_pattern_and_an_empty_one_is_nothing() -> None:
    assert redact("Ward 7 (old), St Mary’s", ["7 (old)", "", "  ", "St Mary's", ".*"]).text == (
        "Ward [word removed], [word removed]"
    )


def test_words_of_the_servers_own_are_found_within_signs_of_format() -> None:
    text = "_Bluebird_, Willow **Ward**, **Willow** Ward and Dr. Smith, not bluebird2"

    assert redact(text, ["Bluebird", "Willow Ward", "Dr Smith"]).text == (
        "_[word removed]_, [word removed]**, **[word removed] and [word removed], not bluebird2"
    )


def test_the_longer_of_two_words_is_removed_whole() -> None:
    assert redact("Ward 7 North is closed", ["Ward 7", "Ward 7 North"]).text == "[word removed] is closed"


def test_words_of_the_servers_own_do_not_change_the_marks() -> None:
    text = redact("NHS 943 476 5919", ["number", "removed", "word"]).text

    assert text == "NHS [NHS number removed]"
    assert redact(text, ["number", "removed", "word"]).text == text


@pytest.mark.parametrize(
    "typed", ["Falcon ward", "falcon-ward", "FALCON – WARD", "Falcon\nward", "falcon_ward", "Falcon  ward"]
)
def test_words_of_the_servers_own_are_found_however_they_are_spaced(typed: str) -> None:
    assert redact(f"On {typed}, at night.", ["Falcon Ward"]).text == "On [word removed], at night."
    assert redact("Falcons ward off; falconward", ["Falcon Ward"]).removed == {}


@given(st.lists(st.text("ab -’.(*_\u017f", max_size=6), max_size=8), st.text("abAB -’.(*_\n", max_size=60))
@settings(max_examples=examples(60), deadline=None)
def test_any_words_of_the_servers_own_can_be_looked_for(own: list[str], text: str) -> None:
    once = redact(text, own)

    assert redact(once.text, own).text == once.text
