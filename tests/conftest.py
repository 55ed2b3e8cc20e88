"""What holds for every test: it leaves no thread, task, process or window behind."""

import asyncio
import gc
import importlib
import inspect
import os
import pkgutil
import signal
import sys
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from sottovoce.adapters.store.sealed import key_file
from sottovoce.adapters.store.sealed.sealing import CHEAPEST, USUAL, Argon2Cost, Sealed, seal
from sottovoce.language import ENGLISH, display
from sottovoce.ui.garbage import collect_due
from tests import processes
from tests.scratch import scratch
from tests.waiting import wait_for

GRACE_S = 30.0
"""Seconds that a model which is being loaded may still need where a processor is shared; a leak stays for ever."""

OF_THE_CORE = {Path(__file__).parent / "unit", Path(__file__).parent / "language"}
"""Tests that reach every line of the core by themselves; measuring the others too takes their time again."""

CORPORA = {Path(__file__).parent / "language" / "test_corpus.py"}
"""Thousands of sentences, among those: each line is reached without them, and measured they take twice as long."""

CORE = tuple(f"sottovoce.{floor}" for floor in ("domain", "language", "memory", "agent", "talk"))
"""The floors that are measured."""

LAST = {"desktop": -1, "ui": 1, "unit": 2}
"""In which order the folders come; what is not named lies in the middle."""

# A deadline for one example would be a figure in disguise: machines are slow at times.
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")

# Ignored where a shell has put us into the background, and by each program we start: some tests interrupt one.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Windows of the tests' own process need no screen; the virtual desktop sets its own platform for what it runs.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_API"] = "pyside6"

# Programs that a test starts speak English, whatever language the machine is set to.
os.environ["LC_ALL"] = "C.UTF-8"


# Before pytest asks for it.
os.environ["PYTEST_DEBUG_TEMPROOT"] = str(scratch())


# Left-over windows of one test are never freed by a thread of the next one (see `ui/garbage.py`).
gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the long ones begin and the many short ones fill the end: no worker is left with a long one alone."""
    items.sort(key=lambda item: LAST.get(item.path.relative_to(Path(__file__).parent).parts[0], 0))


def pytest_collection_finish() -> None:
    """Thousands of tests and what they import stay: looking through them for garbage takes a quarter of a second."""
    gc.collect()
    gc.freeze()


def _measuring(config: pytest.Config) -> Any:  # noqa: ANN401 - pytest-cov has no types
    plugin = config.pluginmanager.getplugin("_cov")
    return plugin and plugin.cov_controller


def pytest_collection(session: pytest.Session) -> None:
    """Load while it is measured what a test of another folder may be the first to ask for, and then find the tests.

    Measuring how they are found takes as long again, and reaches nothing that a test would have to.
    """
    if measuring := _measuring(session.config):
        for package in map(importlib.import_module, CORE):
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                importlib.import_module(module.name)
        if measuring.started:
            measuring.pause()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Measure what the core's own tests reach, and nothing beside."""
    measuring = _measuring(item.config)
    measured = not OF_THE_CORE.isdisjoint(item.path.parents) and item.path not in CORPORA
    if measuring and measuring.started != measured:
        (measuring.pause if measuring.started else measuring.resume)()
        if measuring.started:
            _forget_results()


def _forget_results() -> None:
    """Empty the caches of the core's functions: what another test has filled would not be reached again."""
    for name, module in list(sys.modules.items()):
        if name.startswith(CORE):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear") and value.__module__ == name:
                    value.cache_clear()


def _threads() -> set[threading.Thread]:
    # A foreign thread (an audio callback) that once asked for its name stays listed for ever, alive or not.
    return {thread for thread in threading.enumerate() if type(thread).__name__ != "_DummyThread"}


def _children() -> set[int]:
    if sys.platform != "linux":
        return set()
    return {pid for pid in processes.children(os.getpid()) if processes.running(pid)}


def _windows() -> list[str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return [repr(widget) for widget in widgets.QApplication.topLevelWidgets() if widget.isVisible()]


@pytest.fixture(scope="session", autouse=True)
def _secrets_are_cheap_to_try() -> Iterator[None]:
    """Let no home of this process take 64 MiB and a tenth of a second for each try of a code or passphrase.

    What a user's takes is told by tests/adapters/test_key_file.py, and taken in every process that a test starts.
    """

    def cheap(key: bytes, secret: bytes, bound: Mapping[str, object], cost: Argon2Cost) -> Sealed:
        return seal(key, secret, bound, CHEAPEST if cost == USUAL else cost)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(key_file, "seal", cheap)
        yield


@pytest.fixture
async def _no_task_left() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    if left:
        pytest.fail(f"left tasks behind: {sorted(task.get_name() + ' ' + repr(task.get_coro()) for task in left)}")


@pytest.fixture(autouse=True)
def leaves_nothing(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, an asyncio task, a child process or a window behind."""
    threads, children = _threads(), _children()
    if inspect.iscoroutinefunction(getattr(request.node, "obj", None)):
        request.getfixturevalue("_no_task_left")
    yield
    display.show_in(ENGLISH)  # as it was: an open home follows the language of its user
    collect_due()
    left: list[str] = []
    for thread in _threads() - threads:
        thread.join(GRACE_S)
        if thread.is_alive():
            left.append(f"thread {thread.name}")
    try:
        wait_for(lambda: not (_children() - children), GRACE_S)
    except TimeoutError:
        left += [f"child process {pid}: {processes.command(pid)}" for pid in _children() - children]
    left += [f"window {window}" for window in _windows()]
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)
