"""Fixtures that every part of the tests shares."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests.engines import IS_ON_POSTGRES, Why, drop_all, use_postgres

if IS_ON_POSTGRES:
    use_postgres()  # before anything below imports what it replaces

from bot.client import EXTENSIONS
from bot.store import Store, open_store
from tests.compiling import share_compiling
from tests.copies import copy_sooner
from tests.databases import prepare
from tests.driver import has_threads, no_threads, spare_threads
from tests.examples import is_whole, leave_out, load_profile
from tests.folders import keep_in_memory
from tests.settling import find_rest_sooner
from tests.statements import share_compiled
from tests.world import DATA_KEY, World, keep_modules, keep_packs, new_world, shared_worker

# A shell lets what it starts in the background ignore Ctrl-C; what the tests start must hear it.
signal.signal(signal.SIGINT, signal.default_int_handler)
keep_in_memory()
load_profile()
share_compiled()
keep_modules()
keep_packs()
spare_threads()
find_rest_sooner()
copy_sooner()

SLOW = (
    "benchmarks/",
    "chaos/",
    "cogs/",
    "demo/",
    "faults/",
    "kills/",
    "permissions/test_permissions.py",
    "privacy/test_privacy",
    "test_architecture.py",
    "test_faults.py",
    "test_loading.py",
    "words/test_code_texts.py",
    "words/test_staff_screens.py",
)
"""What ``-m "not slow"`` leaves out: what the demo plays too, is killed, or is the same under every Python."""


def is_sampled(config: pytest.Config) -> bool:
    """Whether this run tries a sample of the long tests: at a desk, where nobody has named a file."""
    named: bool = getattr(config, "workerinput", {}).get("named", config.args_source is config.ArgsSource.ARGS)
    return not named and not is_whole()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a process of the run what its own arguments do not."""
    node.workerinput["named"] = node.config.args_source is node.config.ArgsSource.ARGS


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the slow tests by their place, so that none is forgotten, and leave out what a desk does without."""
    for item in items:
        if item.path.relative_to(Path(__file__).parent).as_posix().startswith(SLOW):
            item.add_marker(pytest.mark.slow)
        for marker in item.iter_markers("sqlite_file"):
            why = Why(*marker.args)  # any other reason is an error
            if IS_ON_POSTGRES:
                item.add_marker(pytest.mark.skip(reason=why.partition(":")[0]))
    if is_sampled(config):
        left_out = leave_out(items)
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let the garbage collector look for what tests leave alone, and less often: it took a tenth of the time."""
    gc.disable()
    share_compiling(session.config)
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        gc.set_threshold(10_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On a server, let nothing be skipped but what is marked so: else a fault could hide as a skip."""
    report = yield
    is_marked = item.get_closest_marker("sqlite_file") is not None
    if IS_ON_POSTGRES and report.skipped and not hasattr(report, "wasxfail") and not is_marked:
        report.outcome = "failed"
        report.longrepr = f"skipped on a server without a mark that says why: {call.excinfo}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Play a test, with what it shares with others, without the threads of SQLite's driver if they aren't its point."""
    with nullcontext() if has_threads(item.path) else no_threads():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test with a world read its clock: simcord does so for its own fixture only."""
    fixtures = getattr(item, "funcargs", {}).values()
    worlds = [world for value in fixtures if isinstance(world := getattr(value, "world", value), World)]
    with worlds[0].env.time_context() if worlds else nullcontext():
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _worker() -> Iterator[None]:
    """End the shared worker with the tests."""
    yield
    if "tests.servers.postgres" in sys.modules:
        from tests.servers.postgres import end_shared_server

        end_shared_server()
    if "tests.servers.key_server" in sys.modules:
        from tests.servers.key_server import end_key_server

        end_key_server()
    if shared_worker.cache_info().currsize:
        asyncio.run(shared_worker().close())


@pytest.fixture(autouse=IS_ON_POSTGRES)
def _databases() -> Iterator[None]:
    """Drop the databases of a test on a server once it has ended: a file goes with its folder."""
    yield
    drop_all()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A new, empty database."""
    prepare(tmp_path / "test.db")
    opened = await open_store(tmp_path / "test.db", DATA_KEY)
    yield opened
    await opened.close()


@pytest.fixture
def extensions() -> tuple[str, ...]:
    """Every cog. A folder or a file whose tests need fewer names those, since each does work at the start and after."""
    return EXTENSIONS


@pytest.fixture
async def world(tmp_path: Path, extensions: tuple[str, ...]) -> AsyncIterator[World]:
    """The real bot with its extensions in a simulated server, set up."""
    async with new_world(tmp_path, extensions=extensions) as made:
        yield made
