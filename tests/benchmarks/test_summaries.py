"""The arithmetic of the quality harness: overlap of words, coverage, support, and intervals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.summaries import convert, data
from benchmarks.summaries.numbers import mean, share, table
from benchmarks.summaries.on_pairs import relations
from benchmarks.summaries.on_threads import verbatim
from benchmarks.summaries.on_topics import Point, scores
from benchmarks.summaries.rouge import longest_common, rouge

WARD = frozenset("abc")
ROTA = frozenset("defg")


def test_rouge_counts_words_pairs_of_words_and_the_longest_common_order() -> None:
    found = rouge("The night rota is late", ["The rota for the night is late."])
    assert found.one == pytest.approx(200 * 5 / 12)
    assert found.two == pytest.approx(200 * 2 / 10)
    assert found.longest == pytest.approx(200 * 4 / 12)


def test_rouge_is_the_mean_over_the_references() -> None:
    assert rouge("a b", ["a b", "c d"]).one == pytest.approx(50)


def test_a_word_said_twice_counts_only_as_often_as_the_reference_has_it() -> None:
    assert rouge("late late late", ["late"]).one == pytest.approx(50)


def test_an_empty_summary_scores_nothing() -> None:
    assert rouge("", ["late"]).one == 0


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_the_longest_common_order_is_the_same_both_ways_and_fits_in_both(left: list[str], right: list[str]) -> None:
    common = longest_common(left, right)
    assert common == longest_common(right, left)
    assert common <= min(len(left), len(right))
    assert longest_common(left, left) == len(left)


def test_a_line_is_verbatim_after_a_label_too() -> None:
    thread = {"messages": [{"text": "We need a rota. It is late."}]}
    assert verbatim("It is late.\nA proposal: We need a rota.\nWe need it.", thread) == [True, True, False]


def test_points_that_list_everyone_of_each_key_point_score_full_marks() -> None:
    found = scores([Point("a", WARD), Point("d", ROTA)], [WARD, ROTA], 10)
    assert found.covered == found.support == found.support_of_heading == 100
    assert found.redundant == found.count_error == 0


def test_a_second_heading_for_the_same_key_point_is_redundant() -> None:
    found = scores([Point("a", WARD), Point("b", frozenset("b"))], [WARD, ROTA], 10)
    assert found.covered == 50
    assert found.redundant == 50


def test_no_more_key_points_are_expected_than_points_are_allowed() -> None:
    assert scores([Point("a", WARD)], [WARD, ROTA], 1).covered == 100


def test_support_of_another_key_point_counts_against_that_one_but_not_against_the_heading() -> None:
    found = scores([Point("a", frozenset("adefg"))], [WARD, ROTA], 10)
    assert found.support == pytest.approx(200 * 4 / 9)
    assert found.support_of_heading == pytest.approx(200 * 1 / 8)
    assert found.count_error == pytest.approx(100 * 2 / 3)


def test_a_heading_that_supports_no_key_point_earns_nothing() -> None:
    found = scores([Point("x", frozenset("x"))], [WARD], 10)
    assert (found.covered, found.support, found.support_of_heading, found.count_error) == (0, 0, 0, 100)


def test_a_mean_lies_within_its_interval_which_is_the_same_at_every_run() -> None:
    found = mean([1.0, 2.0, 3.0, 6.0])
    assert found.value == 3
    assert found.low <= 3 <= found.high
    assert found == mean([1.0, 2.0, 3.0, 6.0])


def test_a_share_of_nothing_is_nothing() -> None:
    assert share([0.0, 0.0], [0.0, 0.0]).value == 0
    assert share([1.0, 0.0], [1.0, 1.0]).value == 50


def test_a_table_keeps_its_columns_in_line() -> None:
    assert table(["", "F"], [["ours", "9"], ["a", "100"]]) == "        F\nours    9\na     100"


def test_the_relation_of_a_pair_is_read_from_the_answer_of_the_program() -> None:
    assert relations({"agreements": ["2"], "disagreements": []}) == {"agrees"}
    assert relations({"agreements": [], "disagreements": [{"text": "No."}]}) == {"disagrees"}
    assert relations({"agreements": ["1"], "disagreements": []}) == set()


def test_pairs_are_converted_and_read_back(tmp_path: Path) -> None:
    (tmp_path / "some.csv").write_text('"quote_text","response_text","relation"\n"It works","It doesn�t",0\n', "utf-8")
    convert.main("agreement", tmp_path, tmp_path / "out")
    assert data.pairs(tmp_path / "out") == [{"answered": "It works", "text": "It doesn't", "relation": "disagrees"}]


def test_claims_become_topics_whose_key_points_name_their_messages(tmp_path: Path) -> None:
    pool = [{"pId": number, "text": f"Reason {number}"} for number in range(30)]
    groups = [{"pids": list(range(start, start + 15))} for start in (0, 15)]
    (tmp_path / "perspective_pool_v1.0.json").write_text(json.dumps(pool), "utf-8")
    claims = [{"cId": 7, "text": "It should change", "perspectives": groups}]
    (tmp_path / "perspectrum_with_answers_v1.0.json").write_text(json.dumps(claims), "utf-8")
    convert.main("perspectrum", tmp_path, tmp_path / "out")
    (topic,) = data.topics(tmp_path / "out")
    assert len(topic["messages"]) == 30
    assert [len(point["support"]) for point in topic["key_points"]] == [15, 15]


def test_the_words_allowed_are_the_mean_length_of_all_references_of_a_source() -> None:
    threads = [{"source": "a", "references": ["one two", "one"]}, {"source": "a", "references": ["one two three"]}]
    convert.with_budgets(threads)
    assert [data.budget_of(thread) for thread in threads] == [2, 2]
