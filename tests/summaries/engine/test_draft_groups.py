"""Draft groups: what average link gives, by people, in any size of thread; and who is suggested."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from bot.summaries.engine import draft_groups
from bot.summaries.engine.draft_groups import find_groups, nearest
from bot.summaries.engine.likeness import ANSWERED, NEXT, Likeness, Statements
from bot.summaries.engine.vectors import Space
from bot.summaries.engine.words import content_stems

Matrix = npt.NDArray[np.float32]
TEXTS = [
    "We write the same thing twice, on paper and on screen.",
    "The canteen is closed at night.",
    "Everything is recorded twice, on paper and in the computer.",
    "There is no hot food at night, the canteen shuts.",
    "Parking costs an hour of pay.",
]


def likeness_of(*texts: str, authors: list[int] | None = None, answers: dict[int, int] | None = None) -> Likeness:
    stems = [content_stems(text) for text in texts]
    own = authors or list(range(len(texts)))
    statements = Statements(texts, own, range(len(texts)), range(len(texts)), answers or {})
    return Likeness(statements, Space(stems, []), Space(stems, []))


def random_likeness(count: int, seed: int, size: int = 4) -> Matrix:
    vectors = np.random.default_rng(seed).normal(size=(count, size))
    vectors /= np.linalg.norm(vectors, axis=1)[:, None]
    return np.asarray(vectors @ vectors.T, np.float32)


def join_slowly(likeness: Matrix, threshold: float) -> list[list[int]]:
    """Average link as its definition has it: the closest two groups are joined, again and again."""
    groups = [[place] for place in range(len(likeness))]
    while len(groups) > 1:
        means = {
            (a, b): likeness[np.ix_(groups[a], groups[b])].mean(dtype=np.float64)
            for a in range(len(groups))
            for b in range(a + 1, len(groups))
        }
        (one, other), mean = max(means.items(), key=lambda each: each[1])
        if mean < threshold:
            break
        groups[one] += groups.pop(other)
    return sorted(sorted(group) for group in groups if len(group) > 1)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.8])
def test_the_chain_of_neighbours_gives_the_groups_of_average_link(seed: int, threshold: float) -> None:
    likeness = random_likeness(5 + 2 * seed, seed)

    assert find_groups(likeness, range(len(likeness)), threshold) == join_slowly(likeness, threshold)


def test_a_group_of_one_person_is_none() -> None:
    likeness = np.ones((4, 4), np.float32)
    likeness[:2, 2:] = likeness[2:, :2] = 0

    assert find_groups(likeness, [7, 7, 7, 8], 0.5) == [[2, 3]]
    assert find_groups(likeness, [7, 7, 8, 8], 0.5) == []


@pytest.mark.parametrize("count", [0, 1, 2, 300])
def test_equal_likeness_and_few_statements_are_no_fault(count: int) -> None:
    likeness = np.ones((count, count), np.float32)

    assert find_groups(likeness, range(count), 0.5) == ([list(range(count))] if count > 1 else [])
    assert find_groups(likeness * 0, range(count), 0.5) == []


def test_likeness_that_differs_in_the_last_digit_by_its_side_ends_all_the_same() -> None:
    around = np.array([[0, 0.5, 0.4999999], [0.4999999, 0, 0.5], [0.5, 0.4999999, 0]], np.float32)

    assert find_groups(around, [0, 1, 2], 0.4) == [[0, 1, 2]]


def test_further_statements_come_to_the_group_that_they_are_most_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_groups, "MOST_JOINED", 4)
    kinds = np.array([0, 1, 0, 1, 1, 0, 2, 0])
    likeness = (kinds[:, None] == kinds).astype(np.float32)

    assert find_groups(likeness, range(8), 0.5) == [[0, 2, 5, 7], [1, 3, 4]]


def test_the_mean_with_a_group_is_that_of_its_statements() -> None:
    likeness, every = likeness_of(*TEXTS), np.arange(5)
    talk = NEXT

    assert np.abs(likeness.mean([1, 3])[[0, 4]] - likeness(every, np.array([1, 3])).mean(axis=1)[[0, 4]]).max() < talk


def test_statements_that_say_one_thing_in_different_words_come_together() -> None:
    likeness = likeness_of(*TEXTS)

    assert find_groups(likeness, range(5), likeness.threshold()) == [[0, 2], [1, 3]]


def test_an_answer_is_more_like_what_it_answers_and_one_person_is_never_like_themselves() -> None:
    plain, answered = likeness_of(*TEXTS), likeness_of(*TEXTS, answers={4: 1})
    own = likeness_of(*TEXTS, authors=[0, 1, 0, 1, 2])

    assert answered.row(4)[1] - plain.row(4)[1] == pytest.approx(ANSWERED, abs=1e-5)
    assert own.row(0)[2] <= 0 < plain.row(0)[2]


def test_likeness_is_mutual_and_a_block_is_a_part_of_the_whole() -> None:
    likeness, every = likeness_of(*TEXTS), np.arange(5)
    whole, narrow = likeness(every, every), likeness(every, np.array([3]))

    assert np.allclose(whole, whole.T, atol=1e-6)
    assert np.allclose(narrow[:, 0], whole[:, 3], atol=1e-6)
    assert likeness.threshold() == likeness.threshold()


def test_a_model_s_vectors_are_mixed_in() -> None:
    same = np.tile(np.array([[1, 0, 0]], np.float32), (5, 1))
    same[4] = [0, 1, 0]
    stems = [content_stems(text) for text in TEXTS]
    statements = Statements(TEXTS, range(5), range(5), range(5), {})
    likeness = Likeness(statements, Space(stems, []), Space(stems, []), same)

    assert likeness.row(0)[1] > likeness_of(*TEXTS).row(0)[1]
    assert same[0].tolist() == [1, 0, 0]


def test_the_nearest_are_other_people_each_once_the_first_of_equals_first() -> None:
    likeness = np.array([1.0, 0.9, 0.9, 0.8, 0.7, 0.9, 0.1])

    assert nearest(likeness, [0, 1, 2, 1, 3, 0, 4], [0], most=3) == [1, 2, 4]
    assert nearest(likeness, [0] * 7, [0]) == []
