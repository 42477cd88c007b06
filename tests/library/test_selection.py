"""The passages that are most worth discussing."""

from __future__ import annotations

import json
from pathlib import Path

from bot.library.selection import MOST_CHOSEN, choose_passages
from bot.models.library import Excerpt, Passage

LABELLED = json.loads((Path(__file__).parent / "labelled_passages.json").read_text(encoding="utf-8"))
RECOMMENDS = (
    "Boards must spend at least one meeting in four on a ward or in a clinic. The papers for that meeting should be "
    "written by the people who work there, and staff should hear within a month what came of what they said."
)
METHOD = (
    "Respondents were asked to give the number of people in their team. The survey was open from March to April and "
    "should be read with Table 3, which shows the response rate. This chapter describes how the sample was drawn."
)


def excerpts(*passages: Passage) -> list[Excerpt]:
    return [Excerpt(100 + n, 1, n, passage) for n, passage in enumerate(passages, 1)]


def chosen(*passages: Passage) -> list[int]:
    return [excerpt_id - 100 for excerpt_id in choose_passages(excerpts(*passages))]


def vary(number: int) -> str:
    """A recommendation whose other words no other number has."""
    suffix = "".join("abcdefghij"[int(digit)] for digit in str(number))
    words = [f"{first}{second}{suffix}" for first in ("alpha", "beta", "gamma", "delta") for second in "stuvwxyz"]
    return f"Boards must look at {' '.join(words[:16])} with their staff. Managers should ask {' '.join(words[16:])}."


def test_what_recommends_is_chosen_and_what_tells_of_the_method_is_not() -> None:
    assert chosen(Passage(METHOD, "Method"), Passage(RECOMMENDS, "Boards")) == [2]


def test_what_is_too_short_too_long_cut_or_a_table_is_not_chosen() -> None:
    short = "Boards must listen to their staff."
    cut = RECOMMENDS[:-1] + " and"
    table = f"{RECOMMENDS}\nTrust | 12 | 4"
    attributed = f"Leicester, female, Workshop 1\n\n{RECOMMENDS}"
    begun = RECOMMENDS[0].lower() + RECOMMENDS[1:]

    assert chosen(*map(Passage, (short, RECOMMENDS * 4, cut, table, attributed, begun))) == []


def test_what_judges_comes_before_what_tells_who_did_what_and_when() -> None:
    told = Passage(
        "On 3 May 2019 the Board of Eastham Trust should have met Jane Hill and Omar Shah of Westham Council. It met "
        "them on 9 June 2019 in Room 12 of the Town Hall, where Mr Shah read a letter of 2 May from Dr Anne Black. "
        "The Council wrote back on 30 June 2019 that it must ask the Mayor of Westham."
    )
    judged = Passage(
        "It is difficult to speak up where a manager decides who gets the next shift. The risk is clear: people see a "
        "problem, and say nothing, because it is better for them to be silent. Nobody needs to be brave in a place "
        "that is effective at listening, and too few places are."
    )

    assert chosen(told, judged) == [2]


def test_a_passage_with_a_heading_left_in_it_comes_after_one_without() -> None:
    stray = Passage(f"Listening to staff\n\n{vary(1)}")
    assert choose_passages(excerpts(stray, Passage(vary(2))), most=1) == (102,)


def test_the_choice_is_spread_over_the_chapters_and_comes_in_the_order_of_the_report() -> None:
    passages = [Passage(vary(chapter * 100 + n), f"Chapter {chapter}") for chapter in range(1, 7) for n in range(20)]
    found = chosen(*passages)

    assert len(found) == MOST_CHOSEN
    assert found == sorted(found)
    assert {(number - 1) // 20 for number in found} == set(range(6))


def test_a_passage_that_says_the_same_again_is_passed_over() -> None:
    again = RECOMMENDS.replace("within a month", "within one month")

    assert chosen(Passage(RECOMMENDS, "Summary"), Passage(again, "Chapter 4")) == [1]


def test_no_labelled_passage_that_does_nothing_is_chosen() -> None:
    padding = (
        "The second part of it follows on the page after next, in the same order and at the same length as before."
    )
    dull = [Passage(f"{each['text']} {padding}") for each in LABELLED if not each["does"]]

    assert chosen(*dull) == []


def test_the_same_report_gives_the_same_choice_and_an_empty_one_gives_none() -> None:
    report = excerpts(*(Passage(f"{each['text']} {each['text']}") for each in LABELLED))

    assert choose_passages(report) == choose_passages(report)
    assert choose_passages([]) == ()
