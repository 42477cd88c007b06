"""Lets simcord find out sooner whether a bot has come to rest.

It looks at every task each time that one of them ends or a few milliseconds have passed, and searches all timers for
each. Most tasks are the bot's regular jobs, which sleep: that one sleeps is seen once, and holds until its timer is
due or is cancelled, or the task sleeps on something else. One task that doesn't sleep is enough to know that the bot
works: the rest isn't looked at. The loop asks for the time at each of its turns: whether that is the bot's time or the
machine's is found out with one look too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from simcord import _dpy_internals, _runtime, _settlement, env

from tests.private_names import require_names

_Task = asyncio.Task[Any]
_asleep: WeakKeyDictionary[_Task, tuple[Any, Any]] = WeakKeyDictionary()
_works = False
"""Whether this look at all tasks has found one that works."""
PRIVATE: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (env, ("_is_parked", "_virtualize_recognized_waits")),
    (_settlement, ("_is_parked", "_timer_records_waking", "_virtualize_recognized_waits")),
    (_dpy_internals, ("_clock_monotonic", "real_monotonic", "tasks_loop_sleep")),
    (_runtime, ("_BOT_SCOPE", "_CallbackRecord")),
)
"""Names of simcord's that are used or replaced here."""


def find_rest_sooner() -> None:
    """Let every simulated Discord that starts from now on keep in mind which jobs sleep.

    Raises RuntimeError if simcord has lost a name that this needs.
    """
    for owner, names in PRIVATE:
        require_names("simcord", owner, *names)
    for name, sooner in (("_is_parked", _looks_parked), ("_virtualize_recognized_waits", _virtualize_others)):
        setattr(env, name, sooner)
    _dpy_internals._clock_monotonic = partial(_time, _dpy_internals._clock_monotonic)
    # A callback that has run is looked for among all that wait: two are never the same, and to compare them takes long.
    _runtime._CallbackRecord.__eq__ = object.__eq__  # type: ignore[method-assign]


def _sleeps_on(state: Any, task: _Task) -> bool:
    """Whether a job that was found asleep still sleeps on the same, with no timer in real time."""
    if (seen := _asleep.get(task)) is None:
        return False
    waiter, timer = seen
    return (
        task._fut_waiter is waiter  # type: ignore[attr-defined]
        and not waiter.done()
        and timer.when > state.virtual_time
        and not timer.handle.cancelled()
        and (timer.real_handle is None or timer.real_handle.cancelled())
    )


def _looks_parked(state: Any, task: _Task, deadline: float) -> bool:
    global _works
    if _works and _dpy_internals.real_monotonic() < deadline:  # after that, all are looked at: an error names them
        return False
    if _sleeps_on(state, task):
        return True
    parked = _settlement._is_parked(state, task, deadline)
    waiter = task._fut_waiter  # type: ignore[attr-defined]
    if parked and _dpy_internals.tasks_loop_sleep(task, waiter):
        timers = _settlement._timer_records_waking(state, task, waiter)
        if len(timers) == 1:
            _asleep[task] = (waiter, timers[0])
    _works = not parked
    return parked


def _virtualize_others(state: Any, pending: list[_Task]) -> None:
    """Do what each look begins with. Where a task is about to go on, no more has to be seen: another look follows."""
    global _works
    _works = any(task._fut_waiter is None and not task.done() for task in pending)  # type: ignore[attr-defined]
    if not _works:
        _settlement._virtualize_recognized_waits(state, [task for task in pending if not _sleeps_on(state, task)])


def _time(virtual_time: Callable[[], float]) -> float:
    return _dpy_internals.real_monotonic() if _runtime._BOT_SCOPE.get() is None else virtual_time()
