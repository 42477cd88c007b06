"""Cutting messages into sentences and clauses."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from bot.summaries.engine.clauses import choose_heading, count_words, split_thoughts
from bot.summaries.engine.sentences import sentences
from bot.summaries.engine.words import content_stems
from tests.summaries.threads import texts


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are tired. Nobody asks!", ["We are tired.", "Nobody asks!"]),
        ("We need more, e.g. porters. Ask us.", ["We need more, e.g. porters.", "Ask us."]),
        ("It takes approx. 5 days. Too long.", ["It takes approx. 5 days.", "Too long."]),
        ("I'm tired.Nobody listens to us.", ["I'm tired.", "Nobody listens to us."]),
        ("See https://example.org/A.Html for it. Thanks.", ["See https://example.org/A.Html for it.", "Thanks."]),
        ("first line\nsecond line", ["first line", "second line"]),
        ("- more beds\n* more nurses\n2. more time", ["more beds", "more nurses", "more time"]),
        ("> you said so\nI did not.", ["I did not."]),
        (">>> all of this\nis quoted", []),
        ("Look:\n```\nx = 1. y = 2.\n```\nDone.", ["Look:", "Done."]),
        ("ماذا بعد؟ لا أعرف.", ["ماذا بعد؟", "لا أعرف."]),
        ("", []),
        ("   \n ", []),
    ],
)
def test_messages_are_cut_where_a_reader_would_cut_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u2009", "\u202f", "\u3000"])
def test_a_wide_space_between_an_initial_and_a_full_stop_does_no_harm(space: str) -> None:
    assert sentences(f"We want plan A{space}. Nobody asks us. Do ask.") == sentences(
        "We want plan A . Nobody asks us. Do ask."
    )


def test_lines_that_a_mail_program_wrapped_belong_together() -> None:
    text = (
        "We have asked for a second registrar at night since the spring and the\n"
        "answer has always been that there is no money for it, although the same\n"
        "money is spent on agency doctors every single week.\n"
        "\n"
        "Please publish the figures."
    )
    assert len(cut(text)) == 2


@given(texts)
def test_sentences_are_slices_in_order_that_do_not_overlap(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_a_run_on_sentence_is_cut_into_its_thoughts() -> None:
    text = (
        "Managers look at figures and not at people, we are very short staffed on nights, I work far over my hours "
        "for no pay, and we were told not to be so negative if your managers will not listen who will?"
    )
    assert [text[start:end] for start, end in split_thoughts(text, 0, len(text))] == [
        "Managers look at figures and not at people",
        "we are very short staffed on nights",
        "I work far over my hours for no pay",
        "we were told not to be so negative",
        "if your managers will not listen who will?",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I think that the rota is late.", "the rota is late"),
        ("But the rota is always late.", "the rota is always late"),
        ("As a porter: I see every ward at night.", "I see every ward at night"),
        ("I don't think the rota is late.", "I don't think the rota is late"),
        ("Short.", "Short"),
    ],
)
def test_a_heading_loses_its_opening_but_never_its_sense(text: str, expected: str) -> None:
    start, end = choose_heading(text, 0, len(text), weigh=lambda piece: len(content_stems(piece)))
    assert text[start:end] == expected


@pytest.mark.parametrize("marks", ['""', "“”", "«»", "()", "[]"])
def test_a_heading_is_never_cut_out_of_somebodys_quotation_or_a_bracket(marks: str) -> None:
    opening, closing = marks[0], marks[1]
    text = (
        f"The board said {opening}the wards are safe at night, we have enough nurses on every single shift in every "
        f"single month{closing}, and nobody there believed it"
    )
    apart = text.replace(opening, "").replace(closing, "")

    start, end = choose_heading(text, 0, len(text), weigh=lambda piece: len(content_stems(piece)))
    cut_from, cut_to = choose_heading(apart, 0, len(apart), weigh=lambda piece: len(content_stems(piece)))
    assert text[start:end] == text
    assert apart[cut_from:cut_to] == "we have enough nurses on every single shift in every single month"


@given(texts)
def test_a_heading_is_a_slice_that_is_not_empty_where_the_text_has_words(text: str) -> None:
    for sentence in sentences(text):
        for start, end in split_thoughts(text, *sentence):
            left, right = choose_heading(text, start, end, weigh=count_words)
            assert start <= left <= right <= end
            assert text[left:right].strip() or not any(map(str.isalnum, text[start:end]))
