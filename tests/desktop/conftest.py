"""A virtual desktop for the tests. What it lacks makes a test fail, never be skipped."""

import contextlib
import re
import subprocess
from collections.abc import Callable, Generator, Iterator

import pytest

from tests.desktop.deskbox import Desk, DeskOptions, missing_packages
from tests.desktop.shell import Shell, opened
from tests.desktop.waybox import WaylandDesk, WaylandOptions

DeskFactory = Callable[[DeskOptions], Desk]
WaylandDeskFactory = Callable[[WaylandOptions], WaylandDesk]


@pytest.fixture(scope="session", autouse=True)
def shell() -> Iterator[Shell]:
    """Runs the commands of the whole session; there before the first test, which leaves no process behind."""
    with opened() as shell:
        yield shell


def _open(options: DeskOptions, shell: Shell) -> Desk:
    if missing := missing_packages(options):
        pytest.fail(
            f"the virtual desktop lacks these packages (./dev test installs them): {', '.join(missing)}", pytrace=False
        )
    desk = Desk(options)
    desk.shell = shell
    return desk


def _pictured(item: pytest.Item, desk: Desk) -> str:
    """Keep a picture of the screen; where, or why not."""
    assert item.config.cache is not None
    name = re.sub(r"\W+", "-", f"{item.name} {desk.root.name}")
    try:
        return str(desk.screen.shot(item.config.cache.mkdir("pictures") / f"{name}.png"))
    except (subprocess.SubprocessError, OSError) as error:
        return f"no picture: {error!r}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell with a failure what could be seen in the desks: it may never come again where somebody can look."""
    report = yield
    if report.failed and call.when in {"setup", "call"}:
        for desk in Desk.up:
            report.sections.append((f"shown in {desk.root.name} ({_pictured(item, desk)})", desk.seen.told()))
    return report


@pytest.fixture(scope="module")
def plain_desk(shell: Shell) -> Iterator[Desk]:
    """The desk of a module (starting one takes a second): XEmbed tray, unlocked keyring, sound, notifications."""
    with _open(DeskOptions(), shell) as desk:
        yield desk


@pytest.fixture
def desk(plain_desk: Desk) -> Iterator[Desk]:
    """The module's desk for one test: what the test started in it is ended after it."""
    with plain_desk.guest():
        yield plain_desk


@pytest.fixture
def make_desk(shell: Shell) -> Iterator[DeskFactory]:
    """Start special desks: `make_desk(DeskOptions(tray="sni", keyring="locked"))`, ended after the test."""
    with contextlib.ExitStack() as stack:

        def make(options: DeskOptions) -> Desk:
            return stack.enter_context(_open(options, shell))

        yield make


@pytest.fixture
def make_wayland_desk() -> Iterator[WaylandDeskFactory]:
    """Start Wayland desks: `make_wayland_desk(WaylandOptions(xwayland=True))`, ended after the test."""
    with contextlib.ExitStack() as stack:

        def make(options: WaylandOptions) -> WaylandDesk:
            return stack.enter_context(WaylandDesk(options))

        yield make
