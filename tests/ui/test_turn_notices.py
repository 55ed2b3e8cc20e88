"""A turn where there is no overlay: the desktop's notifications tell how it ended, once and not for ever."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.errors import MicrophoneLost
from sottovoce.domain.turns import (
    Answer,
    Answered,
    Heard,
    HoldEnds,
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
from sottovoce.ui.interface import Interface
from sottovoce.ui.turn_notices import TurnNotices

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from sottovoce.domain.turns import TurnEvent
    from tests.ui.fakes import FakeActions

ANSWER = Answer(reply="You like pizza.", source=Source.SKILL, intent="likes", conversation="c", message="m")


@pytest.fixture
def notices(qapp: QApplication, actions: FakeActions) -> TurnNotices:
    return TurnNotices(actions)


def told(actions: FakeActions) -> list[tuple[str, str]]:
    return [(notice.title, notice.text) for notice in actions.notices if notice is not None]


def hear(notices: TurnNotices, *events: TurnEvent) -> None:
    for event in events:
        notices.hear(event)


def test_the_answer_is_told_under_what_was_asked_and_goes_in_time(
    qtbot: QtBot, actions: FakeActions, notices: TurnNotices
) -> None:
    actions.kept = replace(actions.kept, overlay_s=1.0)
    hear(notices, StageChanged(Stage.LISTENING), PartialHeard("what do"), Heard("what do i like"), Answered(ANSWER))
    assert told(actions) == [("what do i like", "You like pizza.")]
    assert actions.notices[-1] is not None
    qtbot.waitUntil(lambda: actions.notices[-1] is None, timeout=60_000)
    hear(notices, StageChanged(Stage.LISTENING), Answered(ANSWER))
    assert told(actions)[-1] == ("Sottovoce", "You like pizza.")  # a question that was typed


def test_trouble_is_told_once_and_again_in_the_next_turn(actions: FakeActions, notices: TurnNotices) -> None:
    error = MicrophoneLost()
    hear(notices, TurnFailed(error), StageChanged(Stage.TROUBLE, error), TurnEnded(Outcome.FAILED))
    assert told(actions) == [(error.sentence, error.remedy)]
    hear(notices, StageChanged(Stage.LISTENING), StageChanged(Stage.TROUBLE, error))
    assert told(actions) == [(error.sentence, error.remedy)] * 2


def test_silence_the_end_of_a_hold_and_a_question_of_before(actions: FakeActions, notices: TurnNotices) -> None:
    hear(notices, HoldEnds(10.0), TurnEnded(Outcome.SILENCE), TurnEnded(Outcome.CANCELLED))
    hear(notices, TurnUnfinished("what time is it", 0.0))
    assert [text for _, text in told(actions)] == [
        words("overlay-left", seconds=10),
        words("overlay-nothing-heard"),
        f"{words('overlay-unfinished')} {words('overlay-unfinished-how')}",
    ]


async def test_the_setting_decides_and_at_once(qtbot: QtBot, actions: FakeActions) -> None:
    interface = Interface(actions)
    try:
        interface.hear(TurnFailed(MicrophoneLost()))
        assert interface.overlay.isVisible()
        assert actions.notices == []
        actions.kept = replace(actions.kept, overlay="notification")
        interface.show_settings_in_force()
        assert not interface.overlay.isVisible()
        interface.hear(TurnFailed(MicrophoneLost()))
        assert told(actions) == [(MicrophoneLost().sentence, MicrophoneLost().remedy)]
        assert not interface.overlay.isVisible()
    finally:
        await interface.close()
