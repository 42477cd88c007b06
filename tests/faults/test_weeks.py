"""Weeks of the loop on a line that fails: in the end each thing is posted once, told, and placed.

One week on a clean checkout, and with FAULTS_WEEKS as many as it says, also on a line that fails to the end;
``python -m tests.faults --minutes 10`` plays as many as go into ten minutes.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults.counting import count
from tests.faults.weeks import Plan, played

WEEKS = int(os.environ.get("FAULTS_WEEKS", "1"))
"""More for whoever has the time: a card is deleted in the second, threads in the third and the fourth."""


@pytest.mark.sampled(0)
@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(Plan(seed=1, share=0.3, weeks=WEEKS), id="the line is mended at the end"),
        pytest.param(
            Plan(seed=2, share=0.3, weeks=WEEKS, stays_bad=True),
            id="the line fails to the end",
            marks=pytest.mark.skipif(WEEKS == 1, reason="takes half a minute; FAULTS_WEEKS=2 plays it"),
        ),
    ],
)
async def test_on_a_line_that_fails_each_thing_is_posted_once_told_and_placed(tmp_path: Path, plan: Plan) -> None:
    async with played(plan, tmp_path) as (trust, _):
        found = {name: wrong for name, wrong in (await count(trust)).items() if wrong}

        assert trust.line.faults.total() > 0.2 * trust.line.exchanges > 10
        assert trust.restarts >= WEEKS
        assert found == {}
