"""Vectors of a real model: those that its makers publish, of any text, in any order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.summaries.engine.semantic import Encoder
from bot.worker import Worker
from tests.examples import examples
from tests.summaries.engine.semantic import jobs
from tests.summaries.engine.semantic.models import MODEL_DIR, minilm
from tests.summaries.threads import SENTENCES, texts

# The cosines that the quickstart of sentence-transformers (sbert.net) prints for this model, computed with torch.
PUBLISHED_TEXTS = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
PUBLISHED_COSINES = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]

IN_EIGHT_BITS = 0.01
"""How far the vectors of a model in eight bits may be off, which are rounded together with those of other texts."""

PARAPHRASES = [
    ("There is nowhere to sit down and eat at night.", "The canteen is closed, so there is no hot food at night."),
    ("We cannot plan childcare because the rota comes late.", "The rota is too late for me to arrange childcare."),
    ("The new software logs me out.", "The app keeps throwing me out of my session."),
    ("Datix forms go in and nothing comes back.", "I stopped filling in Datix since nobody ever answers."),
]


def test_the_vectors_are_those_that_the_makers_publish() -> None:
    vectors = minilm().encode(PUBLISHED_TEXTS)

    assert np.abs(vectors @ vectors.T - PUBLISHED_COSINES).max() < IN_EIGHT_BITS


def test_what_means_the_same_is_closer_than_what_does_not() -> None:
    first = minilm().encode([one for one, _ in PARAPHRASES])
    second = minilm().encode([other for _, other in PARAPHRASES])
    cosines = first @ second.T

    same = np.diag(cosines)
    others = cosines[~np.eye(len(cosines), dtype=bool)]

    assert same.min() > 0.5
    assert others.max() < 0.35


def test_no_texts_give_no_vectors_and_an_empty_text_gives_one() -> None:
    assert minilm().encode([]).shape == (0, 384)
    assert np.linalg.norm(minilm().encode([""])[0]) == pytest.approx(1, abs=1e-5)


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(texts | st.text(alphabet=st.characters(categories=["Cs", "Ll", "Zs"])), min_size=1, max_size=5))
def test_every_text_has_a_vector_of_length_1(given_texts: list[str]) -> None:
    vectors = minilm().encode(given_texts)

    assert vectors.shape == (len(given_texts), 384)
    assert vectors.dtype == np.float32
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-5


def test_the_order_of_texts_and_their_repetition_change_nothing() -> None:
    shuffled = [*SENTENCES[::-3], *SENTENCES, *SENTENCES[5:]]
    vectors = dict(zip(SENTENCES, minilm().encode(SENTENCES), strict=True))

    assert all(
        np.array_equal(vectors[text], vector) for text, vector in zip(shuffled, minilm().encode(shuffled), strict=True)
    )


def test_a_text_alone_has_the_vector_that_it_has_among_others() -> None:
    among = minilm().encode(SENTENCES)

    for text, vector in zip(SENTENCES, among, strict=True):
        assert minilm().encode([text])[0] @ vector > 1 - IN_EIGHT_BITS


def test_a_text_past_the_greatest_length_is_cut_off_there() -> None:
    long, longer, other = minilm().encode(["staff " * 300, "staff " * 3_000, "staff " * 100])

    assert np.array_equal(long, longer)
    assert not np.array_equal(long, other)


async def test_the_worker_runs_the_model_within_its_limits_and_loads_nothing_that_could_download() -> None:
    async with Worker() as worker:
        cosines = await worker.call(jobs.cosines, str(MODEL_DIR), PUBLISHED_TEXTS)
        unwanted = await worker.call(jobs.unwanted_after_loading, str(MODEL_DIR))

    assert np.abs(np.array(cosines) - PUBLISHED_COSINES).max() < IN_EIGHT_BITS
    assert unwanted == []


@pytest.mark.sampled(0)
async def test_half_of_the_usual_memory_is_enough_for_long_and_short_texts() -> None:
    async with Worker(memory_mb=512) as worker:
        assert await worker.call(jobs.encode_many, str(MODEL_DIR), 60) == 60


def test_the_same_thread_read_again_is_not_encoded_again_and_no_other_gets_its_vectors() -> None:
    encoder, fresh = minilm(), Encoder.load(MODEL_DIR)
    first = encoder.encode(PUBLISHED_TEXTS)
    first_copy, again = first.copy(), encoder.encode(PUBLISHED_TEXTS[::-1])[::-1]
    first[:] = 0

    assert np.array_equal(again, first_copy)
    assert np.array_equal(encoder.encode(PUBLISHED_TEXTS), first_copy)
    assert np.array_equal(encoder.encode(PUBLISHED_TEXTS[1:]), fresh.encode(PUBLISHED_TEXTS[1:]))
