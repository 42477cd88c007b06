"""Withdrawal codes: hard to guess, easy to type."""

from __future__ import annotations

import math
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.replies.withdrawal_codes import ALPHABET, GROUP_LENGTH, GROUPS, hash_code, new_code

SIGNS = st.sampled_from(["", " ", "-", " – ", "\u00a0", "`", "."])


def test_a_code_has_80_random_bits_in_groups_of_four() -> None:
    assert GROUPS * GROUP_LENGTH * math.log2(len(set(ALPHABET))) >= 80
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}", new_code()) for _ in range(200))
    assert len({new_code() for _ in range(1_000)}) == 1_000


@given(st.data(), st.text(ALPHABET, min_size=16, max_size=16))
def test_a_code_is_known_however_it_is_typed(data: st.DataObject, code: str) -> None:
    misread = {"0": "0Oo", "1": "1IilL"}
    typed = "".join(
        data.draw(SIGNS) + data.draw(st.sampled_from(misread.get(letter, letter + letter.lower()))) for letter in code
    )

    assert hash_code(typed) == hash_code(code) is not None


@given(st.text())
def test_what_is_no_code_is_refused_and_never_an_error(typed: str) -> None:
    hashed = hash_code(typed)

    assert hashed is None or re.fullmatch(r"[0-9a-f]{64}", hashed)


def test_other_codes_have_other_hashes() -> None:
    assert len({hash_code(new_code()) for _ in range(100)}) == 100
    for wrong in ("", "7Q2K-M0ZD-91TB", "7Q2K-M0ZD-91TB-XW4C-7", "7Q2K-M0ZD-91TB-XW4U"):
        assert hash_code(wrong) is None
