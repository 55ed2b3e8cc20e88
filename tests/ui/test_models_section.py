"""The speech models in the settings, over a made-up catalogue."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.errors import StoreFull
from sottovoce.language import words
from sottovoce.ui.interface import Interface
from sottovoce.ui.setting_controls import ChoiceBox
from tests.ui.fakes import GERMAN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from PySide6.QtWidgets import QApplication

    from sottovoce.ui.models_section import ModelsSection
    from tests.ui.fakes import FakeActions


@pytest.fixture
async def interface(qapp: QApplication, actions: FakeActions) -> AsyncIterator[Interface]:
    made = Interface(actions)
    actions.model_actions.installing = made.show_installing
    yield made
    await made.close()


async def settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def section_of(interface: Interface) -> ModelsSection:
    interface.show_settings()
    assert interface.settings is not None
    await settled()
    return interface.settings.models


def choose(section: ModelsSection, name: str) -> None:
    (row,) = (number for number in range(section.list.count()) if name in section.list.item(number).text())
    section.list.setCurrentRow(row)


async def test_each_is_listed_with_language_size_licence_and_use(interface: Interface) -> None:
    section = await section_of(interface)
    rows = [section.list.item(number).text() for number in range(section.list.count())]
    assert rows == [
        "English: starter-en, 20 MB, Apache-2.0, in use",
        f"German: {GERMAN.name}, 46 MB, Apache-2.0, {GERMAN.good_for}",
    ]
    choose(section, "starter")
    assert not section.install.isEnabled()
    assert not section.remove.isEnabled()


async def test_one_is_installed_with_its_progress_chosen_and_removed(
    interface: Interface, actions: FakeActions
) -> None:
    section = await section_of(interface)
    picker = section._picker  # noqa: SLF001 - the field above it
    assert isinstance(picker, ChoiceBox)
    assert picker.count() == 1
    choose(section, GERMAN.name)
    actions.model_actions.gate.clear()
    section.install.click()
    await settled()
    assert section.bar.isVisible()
    assert section.bar.value() == 50
    assert "23 MB of 46 MB" in section.told.text()
    assert not section.refresh.isEnabled()
    actions.model_actions.gate.set()
    await settled()
    assert section.told.text() == words("settings-models-installed", model=GERMAN.name)
    assert not section.bar.isVisible()
    picker.setCurrentIndex(picker.findData(GERMAN.name))
    picker.activated.emit(1)
    await settled()
    assert actions.kept.model == GERMAN.name
    choose(section, GERMAN.name)
    section.remove.click()
    await settled()
    assert section.told.text() == words("settings-models-removed", model=GERMAN.name)
    assert actions.model_actions.calls == [f"install {GERMAN.name}", f"remove {GERMAN.name}"]


async def test_an_installation_can_be_stopped(interface: Interface, actions: FakeActions) -> None:
    section = await section_of(interface)
    choose(section, GERMAN.name)
    actions.model_actions.gate.clear()
    section.install.click()
    await settled()
    section.stop.click()
    await settled()
    assert section.told.text() == words("settings-models-stopped")
    assert section.install.isEnabled()


async def test_a_file_is_imported_and_the_list_updated(interface: Interface, actions: FakeActions) -> None:
    section = await section_of(interface)
    section.import_path(Path("/somewhere/model-fr.zip"))
    await settled()
    section.refresh.click()
    await settled()
    assert actions.model_actions.calls == ["import /somewhere/model-fr.zip", "refresh"]
    assert "up to date" in section.told.text()


async def test_what_goes_wrong_is_told(interface: Interface, actions: FakeActions) -> None:
    section = await section_of(interface)
    actions.model_actions.failure = StoreFull()
    choose(section, GERMAN.name)
    section.install.click()
    await settled()
    assert StoreFull().sentence in section.trouble.text()
    assert section.install.isEnabled()
