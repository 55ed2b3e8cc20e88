"""The application of the window tests: the one the program runs, offscreen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from sottovoce.ui.loop import QtApplication
from tests.ui.fakes import FakeActions

OFFSCREEN = (
    r"This plugin does not support (propagateSizeHints|raise)\(\)",
    r"This plugin does not support grabbing the keyboard",
    r"No such signal QPlatformNativeInterface::systemTrayWindowChanged",
)
"""What Qt's offscreen platform complains of and a real screen does not; any other warning is a failure."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(*OFFSCREEN))


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QtApplication


@pytest.fixture
def actions() -> FakeActions:
    return FakeActions()


@pytest.fixture(autouse=True)
def _qt_clears_up(qapp: QApplication) -> Iterator[None]:
    """What was to be deleted later is deleted now, for there is no event loop that would do it."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
