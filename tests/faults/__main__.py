"""``python -m tests.faults --minutes 10``: simulated weeks on a line that fails, and a table of what came of them."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import click

from tests.faults.counting import Violations, count
from tests.faults.people import People
from tests.faults.trust import Trust
from tests.faults.weeks import Plan, played
from tests.world import shared_worker

MOST_WEEKS = 400
MOST_SHOWN = 12


@click.command()
@click.option("--minutes", default=10.0, show_default=True, help="For how long new weeks begin, in real minutes.")
@click.option("--weeks", default=MOST_WEEKS, show_default=True, help="How many weeks at most.")
@click.option("--seed", default=1, show_default=True)
@click.option("--share", default=0.3, show_default=True, help="The share of exchanges that fail.")
@click.option("--stays-bad", is_flag=True, help="Let the line fail to the end, two days instead of a good one.")
@click.option("--verbose", is_flag=True, help="Show each violation, and what stood in people's way.")
def main(minutes: float, weeks: int, seed: int, share: float, stays_bad: bool, verbose: bool) -> None:
    """Play weeks of the loop on a line that fails, then count what Discord holds against the database."""
    logging.getLogger().addHandler(logging.NullHandler())
    violations = asyncio.run(_run(Plan(seed, share, weeks, stays_bad), minutes * 60, verbose=verbose))
    sys.exit(any(violations.values()))


async def _run(plan: Plan, seconds: float, *, verbose: bool) -> Violations:
    started, cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        try:
            async with played(plan, Path(folder), seconds) as (trust, people):
                violations = await count(trust)
                took = f"{time.perf_counter() - started:.0f} s, {time.process_time() - cpu:.0f} s of them CPU"
                click.echo(table(plan, trust, violations, took))
                if verbose:
                    click.echo(details(people, violations))
        finally:
            await shared_worker().close()
    return violations


def table(plan: Plan, trust: Trust, violations: Violations, took: str) -> str:
    """What was done, what failed, and each check."""
    line, backend = trust.line, trust.env.backend
    written = sum(
        m.author_id != backend.bot_user.id and m.type in (0, 19) for k in backend.messages.values() for m in k.values()
    )
    rows: list[tuple[str, object]] = [
        (
            "seed, share of faults",
            f"{plan.seed}, {plan.share:.0%}, {'to the end' if plan.stays_bad else 'then a good day'}",
        ),
        ("took", took),
        ("weeks, servers", f"{trust.weeks}, {len(trust.servers)}"),
        ("requests of the bot", line.requests),
        ("exchanges with repeats", line.exchanges),
        *((f"  {fault}", times) for fault, times in sorted(line.faults.items())),
        ("restarts", trust.restarts),
        ("prompts", len(trust.bot.watch.prompts())),
        ("messages of staff held", written),
        ("forms sent", len(trust.ledger.forms)),
        *((name, "ok" if not found else f"{len(found)} WRONG") for name, found in violations.items()),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)


def details(people: People, violations: Violations) -> str:
    """The violations in words, the same ones counted together where there are many."""
    lines = []
    for name, found in violations.items():
        if found:
            lines.append(f"\n{name}:")
            lines += [f"  {times:>3} x {text}" for text, times in Counter(found).most_common(MOST_SHOWN)]
    lines.append("\nwhat stood in people's way:")
    lines += [f"  {times:>3} x {text}" for text, times in people.stood_before.most_common(MOST_SHOWN)]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
