"""Names of the people on the server are taken out of what people write, and words of the work stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.identifiers import NAMES
from bot.replies.redaction.redact import redact
from tests.examples import examples


@pytest.mark.parametrize(
    ("written", "cleared"),
    [
        ("As ANNA kowalska said, and Kowalska again", "As [name removed] said, and [name removed] again"),
        ("Kowalska is a name, and will may go", "[name removed] is a name, and will may go"),
        ("Anna’s rota, Falcon ward sister's rota", "[name removed]’s rota, Falcon ward sister's rota"),
        ("annabel and bens", "annabel and bens"),
    ],
)
def test_names_that_were_seen_in_the_server_are_removed_and_words_stay(written: str, cleared: str) -> None:
    assert redact(written, names=NAMES).text == cleared


@pytest.mark.parametrize(
    ("name", "written", "cleared"),
    [
        ("Matron Okonkwo", "ask okonkwo, our matron", "ask [name removed], our matron"),
        ("Ward Sister Okonkwo (Elm)", "Okonkwo said so", "[name removed] said so"),
        ("MATRON OKONKWO", "okonkwo’s rota", "[name removed]’s rota"),
        ("Amara Okonkwo", "so okonkwo went", "so [name removed] went"),
        ("Matron Wright", "so Wright said, as a wright", "so [name removed] said, as a wright"),
        ("Matron Rota", "the rota is late, Matron", "the rota is late, Matron"),
        ("Consultant Anaesthetist", "an anaesthetist or a Consultant", "an anaesthetist or a Consultant"),
        ("Staff Nurse Paeds", "paeds and Paeds", "paeds and Paeds"),
        ("Sue CAMHS", "we in camhs wait", "we in camhs wait"),
        ("Winterbourne Ward Sister", "on Winterbourne, or winterbourne", "on Winterbourne, or winterbourne"),
        ("Matron Winterbourne", "on Winterbourne ward", "on Winterbourne ward"),
        ("Datix Hero", "a datix, no hero", "a datix, no hero"),
    ],
)
def test_a_surname_is_removed_beside_a_role_too_and_words_of_the_work_stay(
    name: str, written: str, cleared: str
) -> None:
    assert redact(written, names=[name]).text == cleared


@given(st.lists(st.text(max_size=20), max_size=5), st.lists(st.sampled_from([*NAMES, "Anna", " ", ".", "’s", "will"])))
@settings(max_examples=examples(100))
def test_any_names_can_be_looked_for(names: list[str], parts: list[str]) -> None:
    once = redact("".join(parts), names=[*names, *NAMES])

    assert redact(once.text, names=[*names, *NAMES]) == type(once)(once.text, {})
