"""The history window over a made-up application: its rows, its pages, and what leads from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sottovoce.domain.conversations import MessageState, Role
from sottovoce.domain.errors import MicrophoneLost, StoreUnreadable
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import Outcome, Stage, StageChanged, TurnEnded
from sottovoce.language import words
from sottovoce.operations.history import TextMark
from sottovoce.ui.history_pages import MOST_HITS, MOST_ROWS, PAGE
from sottovoce.ui.history_rows import PREVIEW_LETTERS, marked, rows_found, rows_of
from sottovoce.ui.interface import Interface
from sottovoce.ui.moments import when, within
from sottovoce.ui.texts import in_words
from tests.ui.fakes import FakeActions, Long, hit, message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sottovoce.ui.history_window import HistoryWindow

TURN = (message(2, Role.ASSISTANT, "You like pizza."), message(1, Role.USER, "what do i like"))


@pytest.fixture
async def interface(qapp: QApplication, actions: FakeActions) -> AsyncIterator[Interface]:
    made = Interface(actions)
    yield made
    await made.close()


async def shown(interface: Interface) -> HistoryWindow:
    interface.show_window()
    assert interface.history is not None
    await interface.tasks.idle()
    return interface.history


# Rows


def test_a_turn_is_one_row_with_the_question_first() -> None:
    later = (message(4, Role.ASSISTANT, "Noon."), message(3, Role.USER, "what time is it"))
    rows = rows_of(later + TURN)
    assert [row.plain for row in rows] == [
        "You: what time is it\nSottovoce: Noon.",
        "You: what do i like\nSottovoce: You like pizza.",
    ]


def test_an_answer_without_its_question_and_one_cut_short_are_shown_too() -> None:
    cut = message(9, Role.ASSISTANT, "It is")
    object.__setattr__(cut, "state", MessageState.PARTIAL)
    rows = rows_of((cut, message(1, Role.USER, "old", conversation="other")))
    assert "cut short" in rows[0].lines[0][1]
    assert len(rows) == 2


def test_words_are_never_markup() -> None:
    (row,) = rows_of([message(1, Role.USER, "<b>1 < 2 & 3</b>")])
    assert row.lines == (("You", "&lt;b&gt;1 &lt; 2 &amp; 3&lt;/b&gt;"),)
    assert marked("<i>pizza</i>[0]", [TextMark(first=3, end=8)]) == "&lt;i&gt;<b>pizza</b>&lt;/i&gt;[0]"


def test_days_are_told_as_people_tell_them() -> None:
    now = QDateTime.currentDateTime()
    told = [in_words(when(now.addDays(-days).toSecsSinceEpoch())) for days in (0, 1, 40)]
    told += [in_words(within(now.addDays(-days).toSecsSinceEpoch())) for days in (0, 1, 40)]
    earlier = now.addDays(-40)
    written = QLocale.c().toString(earlier, "ddd d MMM yyyy HH:mm")
    time = now.toString("HH:mm")
    assert told == [
        *(f"Today {time}", f"Yesterday {time}", written),
        *(f"today {time}", f"yesterday {time}", f"on {written}"),
    ]


# History


async def test_nothing_said_yet_tells_how_to_begin(interface: Interface) -> None:
    window = await shown(interface)
    assert window.pages.currentWidget() is window.empty
    assert window.empty.text() == words("history-nothing-yet", key="Ctrl+Alt+Space")


async def test_a_key_that_is_pressed_to_begin_is_not_said_to_be_held(
    interface: Interface, actions: FakeActions
) -> None:
    actions.kept = Settings(hotkey_mode="toggle")
    window = await shown(interface)
    assert window.empty.text() == words("history-nothing-yet-toggle", key="Ctrl+Alt+Space")


async def test_where_no_key_is_set_none_is_named(interface: Interface, actions: FakeActions) -> None:
    actions.kept = Settings(hotkey="")
    window = await shown(interface)
    assert window.empty.text() == words("history-nothing-yet-no-key")


async def test_what_was_said_is_listed(interface: Interface, actions: FakeActions) -> None:
    actions.messages = TURN
    window = await shown(interface)
    assert window.pages.currentWidget() is window.list
    spoken = window.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "You: what do i like" in spoken
    assert window.list.sizeHintForRow(0) > 0


async def test_it_is_read_again_after_a_turn(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface)
    actions.messages = TURN
    interface.hear(TurnEnded(Outcome.ANSWERED))
    await interface.tasks.idle()
    assert len(window.model.rows) == 1


async def test_a_search_shows_what_was_found(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface)
    actions.found = (hit(TURN[0], "You like [pizza]."),)
    window.search.setText(" pizza ")
    window.search.returnPressed.emit()
    await interface.tasks.idle()
    assert actions.searched == ["pizza"]
    assert window.model.rows == rows_found(actions.found)
    actions.found = ()
    window.read()
    await interface.tasks.idle()
    assert window.empty.text() == words("history-nothing-found")


async def test_an_answer_to_an_older_question_is_dropped(interface: Interface, actions: FakeActions) -> None:
    actions.messages = TURN
    actions.found = (hit(TURN[0], "[pizza]"),)
    window = await shown(interface)
    actions.history_gate.clear()
    window.read()
    window.search.setText("pizza")
    window.read()
    await actions.search_asked.wait()
    actions.history_gate.set()
    await interface.tasks.idle()
    assert window.model.rows == rows_found(actions.found)


async def test_the_window_talks_and_stops(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface)
    assert not window.stop.isEnabled()
    window.talk.click()
    interface.hear(StageChanged(Stage.LISTENING))
    assert window.talk.text() == "&Finish"
    window.stop.click()
    assert actions.calls == ["toggle", "cancel"]


async def test_a_window_opened_late_shows_the_stage_of_the_moment(interface: Interface) -> None:
    interface.hear(StageChanged(Stage.SPEAKING))
    assert (await shown(interface)).word.text() == "Speaking"


async def test_a_turn_can_be_copied_by_key(interface: Interface, actions: FakeActions) -> None:
    actions.messages = TURN
    window = await shown(interface)
    window.list.setCurrentIndex(window.model.index(0))
    window._copy()  # noqa: SLF001 - what Ctrl+C runs; offscreen windows get no keys
    assert QGuiApplication.clipboard().text() == "You: what do i like\nSottovoce: You like pizza."


async def test_a_store_that_cannot_be_read_is_told(interface: Interface, actions: FakeActions) -> None:
    actions.failure = StoreUnreadable()
    await shown(interface)
    assert interface.overlay.trouble.text() == StoreUnreadable().sentence


async def test_a_bug_is_told_calmly_and_its_words_stay_out_of_the_log(
    interface: Interface, actions: FakeActions, caplog: pytest.LogCaptureFixture
) -> None:
    actions.failure = ValueError("what was said")
    await shown(interface)
    assert interface.overlay.trouble.text() == "Something went wrong inside Sottovoce."
    assert "ValueError" in caplog.text
    assert "what was said" not in caplog.text


async def test_without_a_tray_the_window_comes_up_and_says_why(interface: Interface) -> None:
    interface.tray.missing.emit()
    await interface.tasks.idle()
    assert interface.history is not None
    assert interface.history.isVisible()
    assert "sottovoce show" in interface.history.notice.text()


# Long histories


@pytest.fixture
def million() -> Long:
    return Long(1_000_000)


@pytest.fixture
async def endless(qapp: QApplication, million: Long) -> AsyncIterator[Interface]:
    made = Interface(million)
    yield made
    await made.close()


async def scrolled(interface: Interface, window: HistoryWindow, *, down: bool) -> None:
    """To the end of what is held, and what follows is read."""
    bar = window.list.verticalScrollBar()
    bar.setValue(bar.maximum() if down else 0)
    QApplication.processEvents()
    await interface.tasks.idle()


def turn_numbers(window: HistoryWindow) -> list[int]:
    return [int(row.oldest, 16) // 2 for row in window.model.rows]


async def test_a_million_messages_are_never_held_and_none_is_skipped(endless: Interface, million: Long) -> None:
    window = await shown(endless)
    numbers: list[int] = []
    for _ in range(20):
        await scrolled(endless, window, down=True)
        numbers = turn_numbers(window)
        assert numbers == list(range(numbers[0], numbers[-1] - 1, -1))
        assert len(numbers) <= MOST_ROWS
    assert numbers[0] < 500_000 - MOST_ROWS
    for _ in range(40):
        await scrolled(endless, window, down=False)
        numbers = turn_numbers(window)
        assert numbers == list(range(numbers[0], numbers[-1] - 1, -1))
    assert numbers[0] == 499_999
    assert max(million.pages) <= PAGE


async def test_what_is_seen_stays_where_it_is_when_more_comes(endless: Interface) -> None:
    window = await shown(endless)
    for _ in range(12):
        await scrolled(endless, window, down=True)
    middle = window.list.indexAt(window.list.viewport().rect().center())
    row, top = window.model.rows[middle.row()], window.list.visualRect(middle).top()
    window._pages._newer = True  # noqa: SLF001 - the page above is read
    await window._pages.fetch(older=False)  # noqa: SLF001 - as the scrolling asks
    assert window.model.rows[0].oldest != row.oldest
    assert window.list.visualRect(window.model.index(window.model.rows.index(row))).top() == top


async def test_after_a_turn_only_the_newest_page_is_read(endless: Interface, million: Long) -> None:
    window = await shown(endless)
    for _ in range(3):
        await scrolled(endless, window, down=True)
    window.list.verticalScrollBar().setValue(0)
    held = len(window.model.rows)
    million.count += 2
    million.pages.clear()
    endless.hear(TurnEnded(Outcome.ANSWERED))
    await endless.tasks.idle()
    assert million.pages[0] <= PAGE
    assert len(window.model.rows) >= held + 1
    numbers = turn_numbers(window)
    assert numbers == list(range(500_000, numbers[-1] - 1, -1))
    assert window.list.verticalScrollBar().value() == 0


async def test_heights_are_worked_out_once(endless: Interface) -> None:
    window = await shown(endless)
    held = window.model.rows[3]
    assert window.list.delegate.known(held)
    window.resize(window.width() - 120, window.height())
    assert not window.list.delegate.known(window.model.rows[-1])  # it is measured when there is time
    while not all(map(window.list.delegate.known, window.model.rows)):
        QApplication.processEvents()


async def test_a_very_long_message_is_shown_by_its_beginning_and_read_whole(
    interface: Interface, actions: FakeActions
) -> None:
    story = "once upon a time " * 6000
    actions.messages = (message(2, Role.ASSISTANT, story), message(1, Role.USER, "tell me a story"))
    window = await shown(interface)
    (row,) = window.model.rows
    assert len(row.lines[1][1]) < PREVIEW_LETTERS + 100
    assert words("history-goes-on") in row.lines[1][1]
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    assert window.pages.currentWidget() is window.reader
    assert story in window.reader.toPlainText()
    window._escape()  # noqa: SLF001 - what Esc runs; offscreen windows get no keys
    assert window.pages.currentWidget() is window.list
    assert window.isVisible()


# Searching


async def test_a_hit_opens_in_its_conversation_and_leads_back(interface: Interface, actions: FakeActions) -> None:
    said = [message(number, Role.USER, f"line {number}", conversation="a") for number in range(300, 0, -1)]
    other = message(999, Role.USER, "elsewhere", conversation="b")
    actions.messages = (other, *said)
    line = said[150]
    actions.found = (hit(line, "[line]", "line", (0, 4)),)
    window = await shown(interface)
    window.search.setText("line")
    window.read()
    await interface.tasks.idle()
    window.list.setCurrentIndex(window.model.index(0))
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    await interface.tasks.idle()
    current = window.model.rows[window.list.currentIndex().row()]
    assert current.oldest == line.id
    assert all("line" in row.plain for row in window.model.rows)
    assert len(window.model.rows) > 20
    await window._pages.fetch(older=True)  # noqa: SLF001 - as the scrolling asks
    assert all("line" in row.plain for row in window.model.rows)
    interface.hear(TurnEnded(Outcome.ANSWERED))  # a turn meanwhile leaves it alone
    await interface.tasks.idle()
    assert window.model.rows[window.list.currentIndex().row()].oldest == line.id
    window.back.click()
    await interface.tasks.idle()
    assert window.model.rows == rows_found(actions.found)
    assert window.back.isHidden()


async def test_more_hits_come_as_they_are_scrolled_to(interface: Interface, actions: FakeActions) -> None:
    actions.found = tuple(hit(message(number, Role.USER, "again"), "again", "again") for number in range(5000, 0, -1))
    window = await shown(interface)
    window.search.setText("again")
    window.read()
    await interface.tasks.idle()
    assert len(window.model.rows) == PAGE
    for _ in range(MOST_HITS // PAGE + 3):
        await scrolled(interface, window, down=True)
    assert len(window.model.rows) == MOST_HITS


# What else is stored


async def test_an_open_window_shows_what_a_command_added_or_erased(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface)
    actions.messages = TURN
    interface.stored()
    await interface.tasks.idle()
    assert len(window.model.rows) == 1
    actions.messages = ()
    interface.stored(anew=True)
    await interface.tasks.idle()
    assert not window.model.rows
    assert window.pages.currentWidget() is window.empty


# Trouble and the tray


async def test_trouble_is_named_where_no_overlay_is_seen(interface: Interface) -> None:
    window = await shown(interface)
    interface.hear(StageChanged(Stage.TROUBLE, MicrophoneLost()))
    interface.overlay.hiding.timeout.emit()
    assert window.trouble.text() == f"{MicrophoneLost().sentence} {MicrophoneLost().remedy}"
    assert window.trouble.isVisible()
    assert interface.menu.trouble.text() == MicrophoneLost().sentence
    assert interface.menu.trouble.isVisible()
    interface.hear(StageChanged(Stage.READY))
    assert not window.trouble.isVisible()
    assert not interface.menu.trouble.isVisible()


async def test_that_there_is_no_tray_is_told_until_one_comes(interface: Interface) -> None:
    interface.tray.missing.emit()
    await interface.tasks.idle()
    window = interface.history
    assert window is not None
    assert window.notice.text() == words("history-no-tray")
    assert window._looking.isActive()  # noqa: SLF001 - one of the other kind tells nobody
    interface.tray.renew()
    assert not window.notice.isVisible()
    assert not window._looking.isActive()  # noqa: SLF001 - as above
