"""The Diagnostics window: figures in the words of the language that is shown, and a report for who helps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.errors import PlacesUnusable
from sottovoce.language import display
from sottovoce.ui.interface import Interface

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from PySide6.QtWidgets import QApplication

    from sottovoce.ui.diagnostics_window import DiagnosticsWindow
    from tests.ui.fakes import FakeActions


@pytest.fixture
async def interface(qapp: QApplication, actions: FakeActions) -> AsyncIterator[Interface]:
    made = Interface(actions)
    yield made
    await made.close()


async def opened(interface: Interface) -> DiagnosticsWindow:
    interface.menu.diagnostics.trigger()
    await interface.tasks.idle()
    assert interface.diagnostics is not None
    assert interface.diagnostics.isVisible()
    return interface.diagnostics


def rows(window: DiagnosticsWindow) -> list[str]:
    return [window.list.item(number).text() for number in range(window.list.count())]


async def test_figures_are_told_in_words_and_read_again(interface: Interface, actions: FakeActions) -> None:
    window = await opened(interface)
    assert rows(window) == [
        "From the end of what was said to the voice: 4: half within 0.25 s, 95 % within 2.5 s",
        "Answers, by where they came from (skill): 7",
        "Memory this program holds: 200.0 MiB",
    ]
    window.list.clear()
    window.refresh.click()
    await interface.tasks.idle()
    assert len(rows(window)) == 3
    display.show_in("de")
    try:
        assert rows(window)[1] == "Antworten, nach ihrer Herkunft (skill): 7"
    finally:
        display.show_in("en")


async def test_a_report_is_written_and_told_and_so_is_what_is_in_the_way(
    interface: Interface, actions: FakeActions, tmp_path: Path
) -> None:
    window = await opened(interface)
    window.save_to(tmp_path / "report.zip")
    await interface.tasks.idle()
    assert actions.calls == ["report report.zip"]
    assert "report.zip (figures.json)" in window.told.text()
    actions.failure = PlacesUnusable()
    window.save_to(Path("/nowhere/report.zip"))
    await interface.tasks.idle()
    assert window.trouble.text().startswith(PlacesUnusable().sentence)
    assert window.told.isHidden(), "what was written before is not what was asked for"
