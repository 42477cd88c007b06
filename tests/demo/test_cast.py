"""The invented people and their words are complete, and hold nobody's real details."""

from __future__ import annotations

import re

from bot.demo.cast import Cast, Line, load_cast
from bot.demo.world import OWNER


def test_about_twenty_replies_by_a_dozen_staff_answer_the_first_two_prompts() -> None:
    cast = load_cast()
    lines = [*cast.scenes["first"], *cast.scenes["second"]]

    assert 18 <= len(lines) <= 26
    assert len({line.author for line in lines}) >= 12


def test_everybody_named_in_a_scene_belongs_to_the_cast_and_answers_a_line_before() -> None:
    cast = load_cast()
    for lines in cast.scenes.values():
        named: set[str] = set()
        for line in lines:
            assert people_of(line) <= set(cast.people)
            assert not line.reply_to or line.reply_to in named
            named.add(line.key)


def test_most_people_only_tap_about_the_first_prompt_and_nobody_about_their_own_words() -> None:
    cast = load_cast()
    for scene, entries in cast.taps.items():
        for taps in entries:
            (author,) = {line.author for line in cast.scenes[scene] if taps.words in line.text}
            assert {*taps.same, *taps.different} <= set(cast.people) - {author}
    wrote = {line.author for line in cast.scenes["first"]}
    tapped = {person for taps in cast.taps["first"] for person in (*taps.same, *taps.different)}
    assert len(tapped - wrote) > len(wrote)


def test_the_cast_has_an_owner_a_facilitator_and_an_organiser() -> None:
    cast = load_cast()

    assert OWNER in cast.people
    assert {person.role for person in cast.people.values()} == {"", "facilitator", "organiser"}
    assert names_are_distinct(cast)


def test_the_words_fit_discord_and_hold_no_numbers_that_could_identify_anybody() -> None:
    for lines in load_cast().scenes.values():
        for line in lines:
            assert 0 < len(line.text) <= 2000
            assert not re.search(r"\d{3}|@|https?:", line.text)


def people_of(line: Line) -> set[str]:
    return {line.author, *(person for reaction in line.reactions for person in reaction.people)}


def names_are_distinct(cast: Cast) -> bool:
    return len({person.name for person in cast.people.values()}) == len(cast.people)
