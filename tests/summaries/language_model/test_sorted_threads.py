"""A thread that a language model sorted: its points as drafts, in people's words and with people's counts."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from typing import Any

import pytest

from bot.models.grouping import Sorting
from bot.models.summaries import Role, SummaryOptions
from bot.models.threads import Message, Thread
from bot.summaries import check_summary, summarise
from bot.summaries.language_model.answers import read_object, read_sorting
from bot.summaries.language_model.grouping import prepare, read_answers
from bot.summaries.language_model.requests import SortingCall
from tests.summaries.language_model.models import numbered, sort_by_words, sort_thread
from tests.summaries.language_model.test_what_goes_out import said_by_many
from tests.summaries.threads import thread

LATE = (
    "The rota comes out too late to plan childcare.",
    "I only hear on Friday which days I work on Monday, and no rota tells me.",
    "Nobody can book a dentist when the rota is not there.",
)
OTHER = ("Parking costs more than my lunch.", "Night shifts are short of nurses every week.")
QUESTION = "Who decides about the rota?"
JOKE = "The rota is a work of fiction and it deserves a prize."


def number_of(call: SortingCall, words: str) -> int:
    return next(number for number, says in numbered(call).items() if words in says)


def test_its_points_take_the_place_of_the_engines_groups_and_its_best_statement_heads_them() -> None:
    said = thread(*LATE, *OTHER)

    def answer(call: SortingCall) -> str:
        members = [number_of(call, text[:20]) for text in LATE]
        point = {"best": members[2], "members": members}
        return json.dumps({"themes": [{"name": "Late rotas", "points": [point], "members": members}]})

    summary = summarise(said, grouping=sort_thread(said, answer))

    head = summary.points[0]
    assert head.statement in LATE[2]
    assert (head.people, head.total) == (1, 1)
    assert {quote.text for quote in head.group} == set(LATE[:2])
    assert head.theme == "Late rotas"
    assert [theme.name for theme in summary.themes] == ["Late rotas"]
    assert summary.vectors == "TF-IDF and a language model"
    assert check_summary(summary, said) == ()


def test_what_people_share_by_their_own_act_stays_a_point_of_its_own_and_is_proposed_too() -> None:
    said = thread(*LATE, *OTHER)
    agreed = Message("m9", "p9", "I agree, the rota is always late.", "m1")
    said = replace(said, messages=(*said.messages, agreed))
    alone = summarise(said).points[0]

    summary = summarise(said, grouping=sort_thread(said, sort_by_words("rota", "friday")))

    assert summary.points[0].statement == alone.statement
    assert summary.points[0].people == alone.people == 2
    assert {quote.role for quote in summary.points[0].group} == {Role.GROUPED}


def test_what_it_does_not_name_is_among_what_else_was_said() -> None:
    said = thread(*LATE, *OTHER)
    summary = summarise(said, grouping=sort_thread(said, lambda _: '{"themes": []}'))
    told = {point.quotes[0].text for point in (*summary.points, *summary.voices)}
    assert set(LATE) | set(OTHER) <= told
    assert not any(point.group for point in summary.points)


REFUSED: dict[str, Any] = {
    "a point with words of its own": {
        "name": "Food",
        "points": [{"best": 1, "members": [1, 2], "text": "All is well"}],
    },
    "a point without members": {"name": "Food", "points": [{"best": 1}]},
    "a theme with a quote": {"name": "Food", "members": [1, 2], "quote": "All is well"},
    "a theme without a name": {"points": [{"best": 1, "members": [1, 2]}], "members": [1, 2]},
    "a theme whose name is a number": {"name": 7, "points": [{"best": 1, "members": [1, 2]}]},
    "numbers as text": {"name": "Food", "points": [{"best": "1", "members": ["1", "2"]}]},
    "numbers with a point": {"name": "Food", "points": [{"best": 1.0, "members": [1.0, 2.0]}]},
    "numbers that nobody was given": {"name": "Food", "points": [{"best": 901, "members": [901, 902]}]},
    "doubles of another point": {"name": "Food", "points": [{"best": 3, "members": [3, 4]}]},
}
"""Themes that are refused, whole or in part: 1 and 2 stand for two statements on food, 3 and 4 for two on rotas."""
FOOD = ("The canteen closes before the late shift has its break.", "Nobody can buy a meal after six in the evening.")


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_refused_falls_to_what_else_was_said_and_the_rest_stands(kind: str) -> None:
    said = thread(*LATE, *OTHER, *FOOD)

    def answer(call: SortingCall) -> str:
        rota = [number_of(call, text[:20]) for text in LATE]
        given = dict(zip(("1", "2", "3", "4"), (*(number_of(call, text[:20]) for text in FOOD), *rota), strict=False))
        entry = re.sub(r"\b[1-4]\b", lambda match: str(given[match[0]]), json.dumps(REFUSED[kind]))
        good = {"name": "Rota", "points": [{"best": rota[0], "members": rota}], "members": rota}
        return json.dumps({"themes": [good, json.loads(entry)]})

    grouping = sort_thread(said, answer)
    summary = summarise(said, SummaryOptions(max_points=1), grouping)

    assert grouping.sorting.refused >= 1
    (point,) = summary.points
    assert {quote.text for quote in point.group} == set(LATE[1:])
    assert {voice.quotes[0].text for voice in summary.voices} == {*OTHER, *FOOD}
    assert not any(voice.group for voice in summary.voices)
    assert [theme.name for theme in summary.themes] == ["Rota"]
    assert check_summary(summary, said, most_points=1) == ()


def test_jokes_head_no_point_and_stay_among_what_else_was_said() -> None:
    said = thread(*LATE, JOKE)

    def answer(call: SortingCall) -> str:
        return json.dumps({"themes": [], "asides": [number_of(call, "fiction")]})

    summary = summarise(said, grouping=sort_thread(said, answer))
    assert not any("fiction" in point.statement for point in summary.points)
    assert any("fiction" in voice.quotes[0].text for voice in summary.voices)


def test_a_model_that_takes_most_of_what_people_say_for_jokes_sets_nothing_aside() -> None:
    said = thread(*LATE, *OTHER)
    summary = summarise(
        said, grouping=sort_thread(said, lambda call: json.dumps({"themes": [], "asides": list(numbered(call))}))
    )
    assert len(summary.points) >= len(summarise(said).points)


def test_what_people_agreed_with_heads_a_point_though_a_model_takes_it_for_a_joke() -> None:
    said = thread(*LATE, JOKE)
    liked = replace(said.messages[3], endorsers=("p8", "p9"))
    said = replace(said, messages=(*said.messages[:3], liked))

    def answer(call: SortingCall) -> str:
        return json.dumps({"themes": [], "asides": [number_of(call, "fiction")]})

    summary = summarise(said, grouping=sort_thread(said, answer))
    assert any("fiction" in point.statement for point in summary.points)


def test_pairs_that_oppose_are_offered_with_a_quote_of_each_and_no_dispute_is_told() -> None:
    said = thread("The new rota system works well for nights.", "The new rota system is a disaster for nights.")

    def answer(call: SortingCall) -> str:
        return json.dumps({"themes": [], "opposed": [[1, 2], [2, 1], [1, 1], [1, 9]]})

    grouping = sort_thread(said, answer)
    summary = summarise(said, grouping=grouping)
    assert len(summary.opposed) == 1
    assert {quote.message for quote in summary.opposed[0]} == {"m1", "m2"}
    assert summary.disagreements == ()
    assert grouping.sorting.refused == 3


def test_a_question_that_it_names_is_one_only_if_its_words_ask() -> None:
    said = thread(*LATE, QUESTION)

    def answer(call: SortingCall) -> str:
        return json.dumps({"themes": [], "questions": list(numbered(call))})

    summary = summarise(said, grouping=sort_thread(said, answer))
    assert [question.text for question in summary.questions] == [QUESTION]


def test_what_may_not_go_out_is_grouped_by_the_engine_as_without_a_model() -> None:
    said = thread(*LATE, "Parking at the site costs too much for staff.", "The parking costs at the site are too much.")
    alone = summarise(said)
    grouping = sort_thread(said, sort_by_words("rota"), hidden=tuple(m.id for m in said.messages))
    assert grouping.read == ()
    assert [point.possible for point in summarise(said, grouping=grouping).points] == [
        point.possible for point in alone.points
    ]


def test_where_no_answer_could_be_used_the_summary_is_the_engines_and_says_so() -> None:
    said = thread(*LATE, *OTHER)
    for answer in (lambda _: None, lambda _: "Sure! Here are your themes:"):
        grouping = sort_thread(said, answer)
        summary = summarise(said, grouping=grouping)
        assert grouping.sorting == Sorting(1, unanswered=1)
        assert summary.vectors == "TF-IDF (the language model couldn’t be used)"
        assert replace(summary, vectors="TF-IDF", sorting=None) == summarise(said)


def test_batches_are_brought_together_by_a_second_call() -> None:
    said = said_by_many(120)
    purposes = []
    by_words = sort_by_words("rota", "short")

    def answer(call: SortingCall) -> str | None:
        purposes.append(call.purpose.value)
        return by_words(call)

    grouping = sort_thread(said, answer)
    assert purposes == ["groups"] * (len(purposes) - 1) + ["merge"]
    assert [len(theme.points) for theme in grouping.themes if theme.points] == [1, 1]
    sizes = sorted(len(point.members) for theme in grouping.themes for point in theme.points)
    assert sum(sizes) == len(grouping.read)
    assert check_summary(summarise(said, grouping=grouping), said) == ()


def test_a_batch_without_an_answer_leaves_the_others_as_they_are() -> None:
    said = said_by_many(200)
    outgoing = prepare(said)
    answers = [sort_by_words("rota")(call) for call in outgoing.calls]
    answers[1] = "no JSON"
    grouping = read_answers(said, outgoing, answers)
    summary = summarise(said, grouping=grouping)
    assert grouping.sorting.unanswered == 2  # and nobody was asked to bring them together
    assert "of" in summary.vectors
    assert summary.points[0].group
    assert check_summary(summary, said) == ()


def test_a_name_is_shown_only_in_words_of_its_people() -> None:
    said = Thread(
        "t", "", tuple(Message(f"m{n}", f"p{n}", text) for n, text in enumerate(LATE)), names=("Bo Tremaine",)
    )
    names = {
        "Late rotas": True,
        "Childcare and the rota": True,
        "Rota planning before Friday": True,
        "Management failures": False,
        "Rota for 12 wards": False,
        "Twelve late rotas": False,
        "Priya and the rota": False,
        "Rota of Tremaine": False,
        "Rota in Birmingham": False,
        "The rota is late": False,
        "We need a rota": False,
        "Rota.": False,
        "**Rota**": False,
        "Rota\nand more": False,
        "rota @everyone": False,
        "rota https://example.org": False,
        "a b c d e f g h rota": False,
        "Rota\u202e": False,
        "rota okonkwo": False,
        "Rota and the bloggs family": False,
        "rota \U0001d40friya": False,
        "rota \u0440riya": False,
        "rota ｐｒｉｙａ": False,
        "Rota\u0336\u0337\u0338": False,
        "Rota\ufe0f": False,
        "Late shifts and the rota": True,
        "": False,
    }
    for name, is_proved in names.items():

        def answer(call: SortingCall, name: str = name) -> str:
            everything = list(numbered(call))
            return json.dumps(
                {"themes": [{"name": name, "points": [{"best": 1, "members": everything}], "members": []}]}
            )

        summary = summarise(said, grouping=sort_thread(said, answer))
        assert [theme.name for theme in summary.themes] == ([name] if is_proved else []), name
        assert summary.points[0].group, "its points stay, with a name or without"


def test_only_one_whole_object_is_an_answer() -> None:
    assert read_object('{"themes": []}') == {"themes": []}
    assert read_object('\ufeff ```json\n{"themes": []}\n``` ') == {"themes": []}
    assert read_object('Here it is:\n```\n{"themes": []}\n```\nAnything else?') == {"themes": []}
    assert read_object('<think>{"themes": 1}</think>{"themes": []}') == {"themes": []}
    for text in (
        "",
        "no",
        "[]",
        '{"themes": []',
        '{"themes": []} or so',
        'Sure: {"themes": []}',
        '{"themes": []}{"themes": []}',
        '```\n{"a": 1}\n```\n```\n{"b": 2}\n```',
        '{"themes": NaN}',
        '{"a": 1, "a": 2}',
        '{"a": ' + "[" * 20 + "]" * 20 + "}",
        '{"a": "' + "x" * 1_000_000 + '"}',
    ):
        assert read_object(text) is None, text[:40]


@pytest.mark.parametrize(
    "text",
    [
        "```\n" + "\n" * 200_000 + "x",
        "```" + " \n" * 200_000,
        "```\n" * 100_000,
        "```json\n" + "{\n" * 200_000,
        '{"a": "' + "\\" * 900_000,
        "{" + '"' * 900_000,
    ],
)
def test_no_answer_takes_long_to_read(text: str) -> None:
    began = time.process_time()
    assert read_object(text) is None
    assert time.process_time() - began < 2


def test_what_is_refused_is_counted() -> None:
    answer = {
        "themes": [
            {"name": "x", "points": [{"best": 9, "members": [1, 2, 2, 77, True, 1.0, "3"]}], "members": [1, 3, 3]},
            {"name": "y", "points": [{"best": 4, "members": [1, 4]}], "members": [3, 5]},
            {"name": "z", "points": [], "members": [], "quote": "words of nobody"},
            "theme",
        ],
        "opposed": [[1, 2], [1]],
        "questions": [6, 1],
        "asides": [6],
    }
    numbers = read_sorting(json.dumps(answer), 6)
    assert numbers is not None
    assert [[point.members for point in theme.points] for theme in numbers.themes] == [[(1, 2)], [(4,)]]
    assert [theme.others for theme in numbers.themes] == [(3,), (5,)]
    assert (numbers.opposed, numbers.questions, numbers.asides) == ([(1, 2)], [6], [])
    assert (numbers.kept, numbers.refused) == (7, 14)
    assert read_sorting('{"themes": [], "tool_calls": []}', 6) is None
