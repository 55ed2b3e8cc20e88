"""What the overlay says, how big it gets, and that it never asks for the focus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from sottovoce.domain.errors import HotkeyTaken, MicrophoneLost, VoiceLost
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import (
    Answer,
    Answered,
    AnswerGrew,
    Heard,
    HoldEnds,
    ListensOn,
    Outcome,
    PartialHeard,
    Source,
    Stage,
    StageChanged,
    TurnEnded,
    TurnFailed,
    TurnUnfinished,
)
from sottovoce.language import words
from sottovoce.ui.overlay import (
    ANSWER_SCALE,
    HEARD_LETTERS,
    HEARD_SCALE,
    SILENCE_S,
    TALLEST,
    TROUBLE_S,
    Overlay,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from sottovoce.domain.turns import TurnEvent
    from tests.ui.fakes import FakeActions

ANSWER = Answer(reply="You like <b>pizza</b>.", source=Source.SKILL, intent="likes", conversation="c", message="m")


@pytest.fixture
def overlay(qtbot: QtBot, actions: FakeActions) -> Iterator[Overlay]:
    made = Overlay(actions)
    qtbot.addWidget(made)
    yield made
    made.hide()


def tell(overlay: Overlay, *events: TurnEvent) -> None:
    for event in events:
        overlay.hear(event)


def spoken_turn(overlay: Overlay) -> None:
    tell(overlay, StageChanged(Stage.LISTENING), PartialHeard("what do"), StageChanged(Stage.THINKING))
    tell(overlay, Heard("what do i like"), AnswerGrew("You like"), StageChanged(Stage.SPEAKING), Answered(ANSWER))


def test_it_asks_for_nothing(overlay: Overlay) -> None:
    flags = overlay.windowFlags()
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
    assert flags & Qt.WindowType.WindowTransparentForInput
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert overlay.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert overlay.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_a_turn_is_shown_as_it_goes(overlay: Overlay) -> None:
    assert not overlay.isVisible()
    tell(overlay, StageChanged(Stage.LISTENING))
    assert overlay.isVisible()
    assert (overlay.word.text(), overlay.heard.text()) == ("Listening…", words("overlay-invitation"))
    tell(overlay, PartialHeard("what do"))
    assert overlay.heard.text() == "what do"
    assert overlay.heard.font().italic()
    tell(overlay, StageChanged(Stage.THINKING), Heard("what do i like"))
    assert (overlay.word.text(), overlay.heard.text()) == ("Thinking…", "what do i like")
    assert not overlay.heard.font().italic()
    tell(overlay, AnswerGrew("You like"))
    assert overlay.answer.text() == "You like"
    assert overlay.view.isVisible()
    tell(overlay, StageChanged(Stage.SPEAKING), Answered(ANSWER))
    assert (overlay.word.text(), overlay.answer.text()) == ("Speaking", "You like <b>pizza</b>.")


def test_what_is_said_is_never_markup(overlay: Overlay) -> None:
    spoken_turn(overlay)
    labels = (overlay.heard, overlay.answer, overlay.trouble, overlay.remedy)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_it_stays_as_long_as_the_settings_say(overlay: Overlay, actions: FakeActions) -> None:
    actions.kept = replace(actions.kept, overlay_s=11.0)
    spoken_turn(overlay)
    assert not overlay.hiding.isActive()
    tell(overlay, StageChanged(Stage.READY), TurnEnded(Outcome.ANSWERED))
    assert overlay.hiding.interval() == 11_000
    assert overlay.hiding.isActive()
    assert overlay.isVisible()
    overlay.hiding.timeout.emit()
    assert not overlay.isVisible()


def test_a_cancelled_turn_is_gone_at_once(overlay: Overlay, qtbot: QtBot) -> None:
    spoken_turn(overlay)
    tell(overlay, TurnEnded(Outcome.CANCELLED), StageChanged(Stage.READY))
    qtbot.waitUntil(lambda: not overlay.isVisible())


def test_a_press_during_an_answer_begins_a_clean_sheet(overlay: Overlay) -> None:
    spoken_turn(overlay)
    tell(overlay, TurnEnded(Outcome.CANCELLED))
    assert overlay.isVisible()  # it would flicker
    tell(overlay, StageChanged(Stage.LISTENING))
    assert overlay.isVisible()
    assert not overlay.hiding.isActive()
    assert (overlay.heard.text(), overlay.answer.text()) == (words("overlay-invitation"), "")


def test_a_question_that_was_typed_begins_with_thinking(overlay: Overlay) -> None:
    tell(overlay, StageChanged(Stage.THINKING), Heard("what time is it"))
    assert overlay.isVisible()
    assert overlay.heard.text() == "what time is it"


def test_silence_is_told_and_soon_gone(overlay: Overlay) -> None:
    tell(overlay, StageChanged(Stage.LISTENING), StageChanged(Stage.READY), TurnEnded(Outcome.SILENCE))
    assert overlay.heard.text() == "I heard nothing."
    assert overlay.hiding.interval() == SILENCE_S * 1000


def test_trouble_is_told_with_its_remedy_and_stays_to_be_read(overlay: Overlay) -> None:
    error = MicrophoneLost()
    tell(overlay, StageChanged(Stage.LISTENING), TurnFailed(error))
    assert (overlay.trouble.text(), overlay.remedy.text()) == (error.sentence, error.remedy)
    assert overlay.heard.text() == ""
    assert not overlay.hiding.isActive()
    tell(overlay, StageChanged(Stage.TROUBLE, error), TurnEnded(Outcome.FAILED))
    assert overlay.word.text() == "Trouble"
    assert overlay.hiding.interval() == TROUBLE_S * 1000


def test_a_lost_voice_does_not_hide_the_answer(overlay: Overlay) -> None:
    spoken_turn(overlay)
    tell(overlay, TurnFailed(VoiceLost()), StageChanged(Stage.TROUBLE, VoiceLost()), TurnEnded(Outcome.ANSWERED))
    assert overlay.answer.text() == ANSWER.reply
    assert overlay.trouble.text() == VoiceLost().sentence


def test_trouble_outside_a_turn_shows_nothing_of_the_last_one(overlay: Overlay) -> None:
    spoken_turn(overlay)
    tell(overlay, TurnEnded(Outcome.ANSWERED))
    overlay.hiding.timeout.emit()
    tell(overlay, TurnFailed(HotkeyTaken()))
    assert (overlay.heard.text(), overlay.answer.text()) == ("", "")
    assert overlay.trouble.text() == HotkeyTaken().sentence
    assert overlay.hiding.isActive()


def test_a_long_answer_is_capped_and_shows_its_end(overlay: Overlay) -> None:
    tell(overlay, StageChanged(Stage.THINKING), AnswerGrew("One short line."))
    assert overlay.more.isHidden()
    low = overlay.height()
    tell(overlay, AnswerGrew("Once upon a time there was a quiet voice. " * 200))
    screen = overlay.screen().availableGeometry()
    assert low < overlay.height() < screen.height()
    assert overlay.view.height() <= screen.height() * TALLEST
    bar = overlay.view.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    assert not overlay.more.isHidden()


def test_it_sits_at_the_lower_edge_whatever_its_height(overlay: Overlay) -> None:
    tell(overlay, StageChanged(Stage.LISTENING))
    low = overlay.geometry()
    tell(overlay, AnswerGrew("Once upon a time there was a quiet voice. " * 10))
    high = overlay.geometry()
    assert low.bottom() == high.bottom()
    assert high.height() > low.height()
    assert abs(high.center().x() - overlay.screen().availableGeometry().center().x()) <= 1


def test_of_long_speech_the_end_is_shown(overlay: Overlay) -> None:
    tell(overlay, StageChanged(Stage.LISTENING), PartialHeard("one two three " * 100 + "last"))
    shown = overlay.heard.text()
    assert shown.startswith("… ")
    assert shown.endswith("last")
    assert len(shown) <= HEARD_LETTERS + 2


def test_screen_readers_get_it_all_in_one(overlay: Overlay) -> None:
    spoken_turn(overlay)
    assert overlay.accessibleName() == "Sottovoce"
    assert overlay.accessibleDescription() == f"Speaking what do i like {ANSWER.reply}"


def test_the_end_of_a_long_hold_is_told_before(overlay: Overlay) -> None:
    for event in (StageChanged(Stage.LISTENING), PartialHeard("what do"), HoldEnds(30.0)):
        overlay.hear(event)
    assert overlay.hint.text() == "30 seconds left"
    assert overlay.heard.text() == "what do"
    overlay.hear(StageChanged(Stage.THINKING))
    assert overlay.hint.text() == ""


# Screen readers, large text, and what must not be covered


@pytest.fixture
def said(overlay: Overlay) -> list[str]:
    sentences: list[str] = []
    overlay.announcer.said.connect(sentences.append)
    return sentences


def test_screen_readers_hear_each_stage_and_the_answer_once(overlay: Overlay, said: list[str]) -> None:
    spoken_turn(overlay)
    tell(overlay, StageChanged(Stage.SPEAKING), StageChanged(Stage.READY), TurnEnded(Outcome.ANSWERED))
    assert said == ["Listening…", "Thinking…", "Speaking", ANSWER.reply, "Ready"]


def test_screen_readers_hear_trouble_once(overlay: Overlay, said: list[str]) -> None:
    error = MicrophoneLost()
    words = f"{error.sentence} {error.remedy}"
    for _ in range(2):
        said.clear()
        tell(overlay, StageChanged(Stage.LISTENING), TurnFailed(error), StageChanged(Stage.TROUBLE, error))
        tell(overlay, TurnEnded(Outcome.FAILED))
        assert said == ["Listening…", words]
    tell(overlay, StageChanged(Stage.READY))
    said.clear()
    tell(overlay, TurnFailed(error), StageChanged(Stage.TROUBLE, error))
    assert said == [words]


def test_screen_readers_hear_of_silence_and_of_a_question_of_before(overlay: Overlay, said: list[str]) -> None:
    tell(overlay, StageChanged(Stage.LISTENING), StageChanged(Stage.READY), TurnEnded(Outcome.SILENCE))
    assert said[-1] == words("overlay-nothing-heard")
    overlay.hide()
    tell(overlay, TurnUnfinished("what did i say", 1.0))
    assert said[-1].startswith("what did i say You asked this before")


@pytest.mark.parametrize("scale", [1.0, 2.0, 3.5])
def test_its_text_and_its_width_follow_the_desktops_font(qapp: QApplication, overlay: Overlay, scale: float) -> None:
    before = qapp.font()
    font = qapp.font()
    font.setPointSizeF(before.pointSizeF() * scale)
    try:
        qapp.setFont(font)
        tell(overlay, StageChanged(Stage.LISTENING), Heard("what do i like"))
        tell(overlay, AnswerGrew("Once upon a time there was a quiet voice. " * 30), TurnFailed(MicrophoneLost()))
        room = overlay.screen().availableGeometry()
        assert room.contains(overlay.geometry())
        for label, factor in ((overlay.heard, HEARD_SCALE), (overlay.answer, ANSWER_SCALE), (overlay.trouble, 1.0)):
            assert label.font().pointSizeF() == pytest.approx(before.pointSizeF() * scale * factor, abs=0.1)
        for label in (overlay.trouble, overlay.remedy):
            assert label.height() >= label.heightForWidth(label.width())
    finally:
        qapp.setFont(before)


def test_it_goes_out_of_the_way_of_what_must_be_seen(overlay: Overlay) -> None:
    room = overlay.screen().availableGeometry()
    tell(overlay, StageChanged(Stage.LISTENING))
    low = overlay.geometry()
    overlay.keep_clear(lambda: (low,))
    overlay.make_room()
    assert not overlay.geometry().intersects(low)
    assert room.contains(overlay.geometry())
    code = overlay.geometry()
    overlay.keep_clear(lambda: (room, code))  # a window as large as the screen: the code at least stays free
    overlay.make_room()
    assert overlay.geometry() == low


def test_who_holds_nothing_is_not_told_to_let_go(overlay: Overlay, actions: FakeActions) -> None:
    tell(overlay, StageChanged(Stage.LISTENING))
    assert overlay.hint.text() == "let go when you are done"
    tell(overlay, ListensOn())
    assert overlay.hint.text() == words("overlay-hint-listening-on")
    tell(overlay, StageChanged(Stage.SPEAKING))
    assert overlay.hint.text() == "press the key to interrupt"
    actions.kept = Settings(hotkey="")
    tell(overlay, StageChanged(Stage.LISTENING))
    tell(overlay, ListensOn())
    assert overlay.hint.text() == words("overlay-hint-listening-no-key")
    tell(overlay, StageChanged(Stage.SPEAKING))
    assert overlay.hint.text() == ""


def test_after_a_long_answer_a_short_one_is_shown_whole(overlay: Overlay) -> None:
    overlay.hear(StageChanged(Stage.THINKING))
    overlay.hear(AnswerGrew("Once upon a time there was a quiet voice. " * 60))
    assert overlay.more.isVisible()
    overlay.hear(TurnEnded(Outcome.CANCELLED))
    overlay.hide()
    overlay.hear(TurnUnfinished("what did i say", 1_700_000_000.0))
    assert not overlay.more.isVisible()
    assert overlay.answer.height() == overlay.view.height() < 100
