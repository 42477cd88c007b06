"""What was decided of the points of a paper, in words: each answer, and how many points have which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.board.document import NO_ANSWER, BoardAnswer
from bot.models.outcomes import Decision, Outcome, OutcomeState, PointRef
from bot.text.dates import format_date
from bot.text.mentions import anonymise_ids


def list_answers(outcomes: Collection[Outcome], numbers: Mapping[PointRef, int]) -> Iterator[BoardAnswer]:
    """Return each outcome that is the newest of a numbered point, with the points that it answers."""
    answered: defaultdict[int, list[int]] = defaultdict(list)
    for ref, number in numbers.items():
        if (newest := find_newest(ref, outcomes)) is not None:
            answered[newest.id].append(number)
    by_id = {outcome.id: outcome.decided for outcome in outcomes}
    for outcome_id, points in sorted(answered.items(), key=lambda pair: min(pair[1])):
        decided = by_id[outcome_id]
        yield BoardAnswer(
            tuple(sorted(points)),
            decided.state.label,
            format_promise(decided),
            anonymise_ids(decided.owner),
            "" if decided.due is None else format_date(decided.due),
        )


def count_states(outcomes: Collection[Outcome] | None, refs: Iterable[PointRef]) -> tuple[tuple[str, int], ...]:
    """Count the points by the state of their newest outcome, as labels; () where outcomes are no part of the paper."""
    if outcomes is None:
        return ()
    newest = [find_newest(ref, outcomes) for ref in refs]
    states = Counter(NO_ANSWER if outcome is None else outcome.decided.state.label for outcome in newest)
    return tuple(
        (state, states[state]) for state in (*(state.label for state in OutcomeState), NO_ANSWER) if states[state]
    )


def describe_newest(ref: PointRef, outcomes: Iterable[Outcome]) -> str:
    """Say what was decided last of a point, as sentences; empty if nothing was."""
    newest = find_newest(ref, outcomes)
    return "" if newest is None else _describe_outcome(newest)


def find_newest(ref: PointRef, outcomes: Iterable[Outcome]) -> Outcome | None:
    """Return the newest outcome that names a point; None if there is none."""
    return max((outcome for outcome in outcomes if ref in outcome.points), key=lambda outcome: outcome.id, default=None)


def format_promise(decided: Decision) -> str:
    """Say what was decided on one harmless line, with its reason where it is not possible."""
    if not decided.reason:
        return anonymise_ids(decided.what)
    link = ". Reason:" if decided.reason[0].isupper() else ", because"
    return anonymise_ids(f"{decided.what.rstrip('. ')}{link} {decided.reason}")


def _describe_outcome(outcome: Outcome) -> str:
    decided = outcome.decided
    told = [f"{decided.state.label}: {format_promise(decided)}".removesuffix(".") + "."]
    told += [f"Owner: {decided.owner}."] if decided.owner else []
    told += [f"Due {format_date(decided.due)}."] if decided.due is not None else []
    return anonymise_ids(" ".join(told))
