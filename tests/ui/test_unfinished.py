"""A question that a crash left without an answer is offered everywhere, and settled from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.conversations import Role
from sottovoce.domain.errors import HotkeyTaken, ThingNotFound
from sottovoce.domain.turns import Heard, Outcome, Stage, StageChanged, TurnEnded, TurnFailed, TurnUnfinished
from sottovoce.language import words
from sottovoce.ui.history_rows import rows_of
from sottovoce.ui.interface import Interface
from tests.ui.fakes import FakeActions, message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from PySide6.QtWidgets import QApplication

AT = 1_700_000_001.0
TURN = TurnUnfinished("what do i like & why", AT)
UNANSWERED = words("history-unanswered")
QUESTION, HOW = words("overlay-unfinished"), words("overlay-unfinished-how")
ASKED = message(1, Role.USER, TURN.text)


@pytest.fixture
async def interface(qapp: QApplication, actions: FakeActions) -> AsyncIterator[Interface]:
    made = Interface(actions)
    yield made
    await made.close()


async def test_the_overlay_shows_it_and_asks(interface: Interface) -> None:
    interface.hear(TURN)
    overlay = interface.overlay
    assert overlay.isVisible()
    assert (overlay.heard.text(), overlay.answer.text(), overlay.remedy.text()) == (TURN.text, QUESTION, HOW)
    assert QUESTION in overlay.accessibleDescription()
    assert overlay.hiding.isActive()
    overlay.hiding.timeout.emit()
    assert not overlay.isVisible()


async def test_the_overlay_lets_what_it_shows_be_read_first(interface: Interface) -> None:
    interface.hear(TurnFailed(HotkeyTaken()))
    interface.hear(TURN)
    assert interface.overlay.trouble.text() == HotkeyTaken().sentence
    interface.overlay.hiding.timeout.emit()
    assert interface.overlay.answer.text() == QUESTION
    assert interface.overlay.trouble.text() == ""


async def test_a_turn_goes_before_the_offer(interface: Interface) -> None:
    interface.hear(StageChanged(Stage.LISTENING))
    interface.hear(TURN)
    interface.hear(Heard("what time is it"))
    assert interface.overlay.heard.text() == "what time is it"
    interface.hear(TurnEnded(Outcome.ANSWERED))
    interface.overlay.hiding.timeout.emit()
    assert interface.overlay.heard.text() == TURN.text


async def test_the_menu_offers_it(interface: Interface, actions: FakeActions) -> None:
    menu = interface.menu
    assert not menu.answer.isVisible()
    assert not menu.forget.isVisible()
    interface.hear(TURN)
    assert menu.answer.text() == "&Answer: “what do i like && why”"
    assert menu.forget.isVisible()
    menu.answer.trigger()
    await interface.tasks.idle()
    assert actions.calls == ["answer"]
    assert not menu.answer.isVisible()
    interface.hear(TurnUnfinished("a " * 60, AT))
    assert len(menu.answer.text()) < 60
    menu.forget.trigger()
    await interface.tasks.idle()
    assert actions.calls == ["answer", "dismiss"]


@pytest.mark.parametrize("early", [False, True])
async def test_the_window_offers_it_and_marks_its_row(
    interface: Interface, actions: FakeActions, *, early: bool
) -> None:
    actions.messages = (ASKED,)
    if early:
        interface.hear(TURN)
    interface.show_window()
    interface.hear(TURN)
    window = interface.history
    assert window is not None
    await interface.tasks.idle()
    assert window.offer.isVisible()
    assert TURN.text in window.question.text()
    assert window.model.rows[0].plain.endswith(f"({UNANSWERED})")
    window.answer.click()
    await interface.tasks.idle()
    assert actions.calls == ["answer"]
    assert not window.offer.isVisible()
    assert UNANSWERED not in window.model.rows[0].plain
    interface.hear(TURN)
    window.forget.click()
    await interface.tasks.idle()
    assert actions.calls == ["answer", "dismiss"]


async def test_settled_from_the_menu_it_leaves_the_overlay(interface: Interface) -> None:
    interface.hear(TURN)
    interface.menu.forget.trigger()
    assert interface.overlay.hiding.remainingTime() == 0


async def test_one_settled_elsewhere_is_told_calmly(interface: Interface, actions: FakeActions) -> None:
    interface.hear(TURN)
    actions.failure = ThingNotFound("No question waits for its answer any more.")
    interface.menu.answer.trigger()
    await interface.tasks.idle()
    assert interface.overlay.trouble.text() == "No question waits for its answer any more."


def test_only_the_question_itself_is_marked() -> None:
    other = message(5, Role.USER, "and now")
    answered = (message(2, Role.ASSISTANT, "Pizza."), ASKED)
    assert UNANSWERED not in rows_of((other,), AT)[0].plain
    assert UNANSWERED not in rows_of(answered, AT)[0].plain
    assert UNANSWERED in rows_of((ASKED,), AT)[0].plain
