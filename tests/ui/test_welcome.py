"""The welcome over a made-up application: its steps, what it keeps, and that no recovery code is lost in it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sottovoce.domain.errors import HotkeyTaken, MicrophoneMissing, MicrophoneTooQuiet, StoreFull, VoiceUnknown
from sottovoce.domain.hotkeys import Edge
from sottovoce.domain.microphones import SoundLevel
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import Answered, Heard, Outcome, PartialHeard, Stage, StageChanged, TurnEnded, TurnFailed
from sottovoce.language import words
from sottovoce.ui.interface import Interface
from sottovoce.ui.setting_controls import ChoiceBox
from sottovoce.ui.texts import in_words
from sottovoce.ui.welcome_steps import HearStep, KeyStep, MicrophoneStep, SayStep
from tests.ui.fakes import CODE, VOICES
from tests.ui.windows import ANSWER, MADE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sottovoce.ui.welcome_window import WelcomeWindow
    from tests.ui.fakes import FakeActions

KEY, MICROPHONE, SAY, HEAR, RECOVERY = range(5)


@pytest.fixture
async def interface(qapp: QApplication, actions: FakeActions) -> AsyncIterator[Interface]:
    made = Interface(actions)
    yield made
    await made.close()


async def shown(interface: Interface, step: int = KEY, made: float | None = None) -> WelcomeWindow:
    interface.show_welcome(step, made)
    assert interface.welcome is not None
    QApplication.sendEvent(interface.welcome, QEvent(QEvent.Type.WindowActivate))
    await settled()
    return interface.welcome


async def settled() -> None:
    """Let what was started go as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_it_goes_through_five_steps_and_back_and_notes_each(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface)
    assert not window.back.isEnabled()
    titles = [in_words(window.step.title)]
    for _ in range(4):
        window.next.click()
        await settled()
        titles.append(in_words(window.step.title))
        assert [step.isVisible() for step in window.steps] == [step is window.step for step in window.steps]
        assert window.focusWidget() is window.first()
        assert in_words(window.step.title) in window.heading.accessibleName()
    assert len(set(titles)) == 5
    assert "5 of 5" in window.place.text()
    window.back.click()
    assert actions.welcome == [0, 1, 2, 3, 4, 3]


async def test_it_goes_on_where_it_was(interface: Interface) -> None:
    window = await shown(interface, HEAR)
    assert isinstance(window.step, HearStep)
    window = await shown(interface, 99)
    assert window.number == RECOVERY


async def test_a_new_home_says_where_a_backup_from_elsewhere_goes(interface: Interface) -> None:
    window = await shown(interface)
    assert window.steps[0].noted.isHidden()
    interface.show_welcome(KEY, None, new_home=True)
    assert "backup restore" in window.steps[0].noted.text()
    assert window.steps[0].noted.isVisible()


async def test_closing_puts_it_off_and_skipping_ends_it(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface, SAY)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert None not in actions.welcome
    window = await shown(interface, SAY)
    window.leave_button.click()
    assert not window.isVisible()
    assert actions.welcome[-1] is None
    assert actions.key_actions.calls == []  # no code is made for who has not come to it


# The key


async def test_both_ends_of_a_press_are_seen_without_taking_the_key_from_its_work(
    interface: Interface, actions: FakeActions
) -> None:
    window = await shown(interface)
    step = window.step
    assert isinstance(step, KeyStep)
    said: list[str] = []
    step.page.recorder.announcer.said.connect(said.append)
    interface.hear(StageChanged(Stage.LISTENING))
    assert "not" not in step.page.lights[Edge.PRESS].text()
    assert "not" in step.page.lights[Edge.RELEASE].text()
    interface.hear(StageChanged(Stage.THINKING))
    interface.hear(StageChanged(Stage.READY))
    assert "not" not in step.page.lights[Edge.RELEASE].text()
    assert said == ["pressed", "let go"]
    assert actions.key_to_talk.calls == []


async def test_a_trial_without_a_microphone_ends_with_the_step(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface)
    assert isinstance(window.step, KeyStep)
    window.step.page.try_button.click()
    await settled()
    assert actions.key_to_talk.calls == ["try Ctrl+Alt+Space"]
    window.next.click()
    await settled()
    assert actions.key_to_talk.calls[-1] == "end"


async def test_another_key_is_saved_at_once(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface)
    assert isinstance(window.step, KeyStep)
    window.step.page.recorder.fill("Super+F9")
    window.step.page.changed.emit()
    await settled()
    assert actions.kept == Settings(hotkey="Super+F9")
    actions.failure = HotkeyTaken()
    window.step.page.recorder.fill("Super+F10")
    window.step.page.changed.emit()
    await settled()
    assert HotkeyTaken().sentence in window.step.page.mistake.text()


# The microphone


async def test_the_level_moves_and_being_heard_is_said(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface, MICROPHONE)
    step = window.step
    assert isinstance(step, MicrophoneStep)
    said: list[str] = []
    step.section._announcer.said.connect(said.append)  # noqa: SLF001 - what a screen reader hears
    (trial,) = actions.microphone_actions.tests
    trial.heard.put_nowait(SoundLevel(rms_dbfs=-55.0, peak_dbfs=-50.0))
    await settled()
    quiet = step.section.bar.value()
    trial.heard.put_nowait(SoundLevel(rms_dbfs=-20.0, peak_dbfs=-10.0))
    await settled()
    assert step.section.bar.value() > quiet
    assert said == [words("settings-heard")]
    trial.wrong = MicrophoneTooQuiet()
    trial.heard.put_nowait(SoundLevel(rms_dbfs=-51.0, peak_dbfs=-50.0))
    await settled()
    assert MicrophoneTooQuiet().sentence in step.section.trouble.text()
    window.next.click()
    await settled()
    assert actions.microphone_actions.open == 0
    assert step.section.bar.value() == 0


async def test_no_microphone_is_open_before_somebody_looks(interface: Interface, actions: FakeActions) -> None:
    interface.show_welcome(MICROPHONE, None)
    await settled()
    assert actions.microphone_actions.tests == []
    await shown(interface, MICROPHONE)
    assert actions.microphone_actions.open == 1


async def test_a_microphone_is_chosen_from_those_that_are_there(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface, MICROPHONE)
    picker = window.fields.fields["microphone"].control
    assert isinstance(picker, ChoiceBox)
    offered = [picker.itemText(number) for number in range(picker.count())]
    assert offered == [
        "The system’s choice (Built-in Audio Analog Stereo)",
        "Built-in Audio Analog Stereo",
        "Headset Mono",
    ]
    picker.setCurrentIndex(2)
    picker.activated.emit(2)
    await settled()
    assert actions.kept.microphone == "alsa_input.usb"
    assert actions.microphone_actions.open == 1
    assert len(actions.microphone_actions.tests) == 2


async def test_a_test_recording_is_played_back(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface, MICROPHONE)
    assert isinstance(window.step, MicrophoneStep)
    section = window.step.section
    (trial,) = actions.microphone_actions.tests
    section.test.click()
    await settled()
    assert (trial.recorded_s, trial.played) == (4.0, 1)
    assert section.told.text() == words("settings-test-done")
    trial.gate.clear()
    section.test.click()
    await settled()
    section.test.click()  # stop
    await settled()
    assert section.test.text() == words("settings-test")
    assert section.told.text() != words("settings-playing")
    assert actions.microphone_actions.open == 1


async def test_that_there_is_no_microphone_is_told(interface: Interface, actions: FakeActions) -> None:
    actions.microphone_actions.failure = MicrophoneMissing()
    window = await shown(interface, MICROPHONE)
    assert isinstance(window.step, MicrophoneStep)
    assert MicrophoneMissing().sentence in window.step.section.trouble.text()
    assert not window.step.section.test.isEnabled()


# A sentence


async def test_a_sentence_is_seen_as_it_is_heard_and_answered(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface, SAY)
    step = window.step
    assert isinstance(step, SayStep)
    assert "Hold Ctrl+Alt+Space" in step.words.text()
    step.talk.click()
    assert actions.calls == ["toggle"]
    interface.hear(StageChanged(Stage.LISTENING))
    assert "inish" in step.talk.text()
    interface.hear(PartialHeard("what time"))
    assert "what time" in step.heard.text()
    said: list[str] = []
    step._announcer.said.connect(said.append)  # noqa: SLF001 - what a screen reader hears
    for event in (StageChanged(Stage.THINKING), Heard("what time is it"), Answered(ANSWER)):
        interface.hear(event)
    assert ANSWER.reply in step.answer.text()
    assert said == ["You: what time is it", f"Sottovoce: {ANSWER.reply}"]
    interface.hear(StageChanged(Stage.LISTENING))
    interface.hear(TurnEnded(Outcome.SILENCE))
    assert step.trouble.text() == words("welcome-nothing")
    interface.hear(TurnFailed(MicrophoneMissing()))
    assert MicrophoneMissing().sentence in step.trouble.text()


# A voice


async def test_a_voice_is_heard_before_it_is_chosen(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface, HEAR)
    step = window.step
    assert isinstance(step, HearStep)
    picker = window.fields.fields["voice"].control
    assert isinstance(picker, ChoiceBox)
    assert picker.count() == len(VOICES) + 1
    picker.setCurrentIndex(2)
    picker.activated.emit(2)
    actions.sample_gate.clear()
    step.section.button.click()
    await settled()
    assert actions.samples[-1].voice == VOICES[1].name
    assert actions.kept.voice == VOICES[1].name
    step.section.button.click()
    await settled()
    assert actions.calls == ["hush sample"]
    assert step.section.button.text() == words("settings-listen")
    actions.failure = VoiceUnknown()
    step.section.button.click()
    await settled()
    assert VoiceUnknown().sentence in step.section.trouble.text()
    actions.failure = None
    actions.sample_gate.clear()
    step.section.button.click()
    await settled()
    window.next.click()  # and it is silent
    assert actions.calls == ["hush sample"] * 2


# The recovery code


async def test_the_code_is_made_when_its_step_is_reached_and_a_group_ends_the_welcome(
    interface: Interface, actions: FakeActions
) -> None:
    window = await shown(interface, HEAR)
    assert actions.key_actions.calls == []
    window.next.click()
    await settled()
    assert actions.key_actions.calls == ["new"]
    assert window.recovery.code.text().split() == CODE.split()
    assert not window.next.isVisible()
    window.back.click()
    window.next.click()
    await settled()
    assert actions.key_actions.calls == ["new"]  # the same is shown again
    window.recovery.group.setText(CODE.split()[2])
    QTest.keyClick(window.recovery.group, Qt.Key.Key_Return)
    await settled()
    assert actions.key_actions.calls == ["new", "kept"]
    assert not window.isVisible()
    assert actions.welcome[-1] is None
    assert not interface.menu.recovery.isVisible()


@pytest.mark.parametrize("way", ["later", "escape"])
async def test_who_leaves_with_a_code_finds_it_in_the_menu(
    interface: Interface, actions: FakeActions, way: str
) -> None:
    window = await shown(interface, RECOVERY)
    assert interface.menu.recovery.isVisible()
    if way == "later":
        window.leave_button.click()
    else:
        QTest.keyClick(window, Qt.Key.Key_Escape)
    await settled()
    assert not window.isVisible()
    assert interface.menu.recovery.isVisible()
    interface.menu.recovery.trigger()
    assert interface.recovery is not None
    assert interface.recovery.isVisible()
    assert interface.recovery.code.text().split() == CODE.split()
    assert actions.key_actions.calls == ["new"]
    assert CODE not in repr(vars(window.recovery))


async def test_a_code_of_before_is_asked_after_and_none_is_made_unasked(
    interface: Interface, actions: FakeActions
) -> None:
    window = await shown(interface, RECOVERY, MADE)
    assert actions.key_actions.calls == []
    assert "2023" in window.recovery.reason.text()
    window.recovery.whole.setText(CODE)
    window.recovery.have.click()
    await settled()
    assert actions.key_actions.calls == [f"kept {CODE}"]
    assert actions.welcome[-1] is None


async def test_a_code_that_cannot_be_made_is_told_and_can_be_tried_again(
    interface: Interface, actions: FakeActions
) -> None:
    actions.key_actions.failure = StoreFull()
    window = await shown(interface, RECOVERY)
    assert StoreFull().sentence in window.recovery.trouble.text()
    actions.key_actions.failure = None
    window.recovery.make.click()
    await settled()
    assert window.recovery.code.text().split() == CODE.split()


async def test_the_settings_lead_to_a_code_that_the_welcome_shows(interface: Interface) -> None:
    window = await shown(interface, RECOVERY)
    interface.ask_new_recovery_code(MADE)
    assert interface.recovery is None
    assert window.isVisible()


async def test_the_code_goes_with_the_application(interface: Interface) -> None:
    window = await shown(interface, RECOVERY)
    await interface.close()
    assert window.recovery.code.text() == ""
    assert CODE not in repr(vars(window.recovery))
