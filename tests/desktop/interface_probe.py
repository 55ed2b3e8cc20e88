"""The real interface over a made-up application, for looking at: `python -m tests.desktop.interface_probe FIFO [dark]`.

It reads one word a line from the FIFO, does what the word means, and answers with `did WORD` on stdout; what the user
asks of the application is printed as `asked WORD`.
"""

import asyncio
import os
import sys
import time

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from sottovoce.domain.conversations import Role
from sottovoce.domain.errors import KeyMissing, KeyringMissing, MicrophoneLost
from sottovoce.domain.said import said
from sottovoce.domain.turns import (
    Answer,
    Answered,
    AnswerGrew,
    Heard,
    Outcome,
    PartialHeard,
    Source,
    SpeechStarted,
    Stage,
    StageChanged,
    TurnEnded,
    TurnEvent,
    TurnFailed,
    TurnUnfinished,
)
from sottovoce.language import ENGLISH, display
from sottovoce.operations.shapes import MessageShown
from sottovoce.ui import loop
from sottovoce.ui.interface import Interface
from sottovoce.ui.unlock_window import UnlockWindow
from sottovoce.ui.unlocking import LOST, REASONS, TYPE
from sottovoce.ui.window import Window
from tests.ui.fakes import CODE, FakeActions, message

REPLY = "You told me that you like pizza with mushrooms, long walks, and quiet voices."
STORY = "Once upon a time there was a quiet voice in a small machine, and it said little. " * 40

SCENES: dict[str, tuple[TurnEvent, ...]] = {
    "ready": (StageChanged(Stage.READY), TurnEnded(Outcome.CANCELLED)),
    "listening": (StageChanged(Stage.LISTENING), PartialHeard("what do i")),
    "thinking": (StageChanged(Stage.THINKING), Heard("what do i like")),
    "speaking": (
        StageChanged(Stage.THINKING),
        Heard("what do i like"),
        AnswerGrew(REPLY[:40]),
        StageChanged(Stage.SPEAKING),
        SpeechStarted(),
        Answered(Answer(reply=REPLY, source=Source.SKILL, intent="likes", conversation="c", message="m")),
    ),
    "story": (StageChanged(Stage.THINKING), Heard("tell me a story"), AnswerGrew(STORY)),
    "unfinished": (TurnUnfinished("what did i say about the pizza with mushrooms", 1_700_000_000.0),),
    "trouble": (
        StageChanged(Stage.LISTENING),
        TurnFailed(MicrophoneLost()),
        StageChanged(Stage.TROUBLE, MicrophoneLost()),
        TurnEnded(Outcome.FAILED),
    ),
}

WELCOME = ("welcome-key", "welcome-microphone", "welcome-sentence", "welcome-voice", "welcome-code")
PAGES = ("hearing", "voice", "key", "answers", "data", "what")
"""The pages of the settings, in their order."""

DARK = {
    QPalette.ColorRole.Window: "#2a2e34",
    QPalette.ColorRole.WindowText: "#eef0f3",
    QPalette.ColorRole.Base: "#1f2227",
    QPalette.ColorRole.AlternateBase: "#262a30",
    QPalette.ColorRole.Text: "#eef0f3",
    QPalette.ColorRole.Button: "#353a42",
    QPalette.ColorRole.ButtonText: "#eef0f3",
    QPalette.ColorRole.PlaceholderText: "#9aa3ae",
    QPalette.ColorRole.Highlight: "#3d6fb4",
    QPalette.ColorRole.HighlightedText: "#ffffff",
}


class PrintingActions(FakeActions):
    """Says on stdout what it is asked for."""

    def toggle(self) -> None:
        print("asked toggle", flush=True)  # noqa: T201 - what the test reads

    def cancel(self) -> None:
        print("asked cancel", flush=True)  # noqa: T201 - what the test reads


def some_messages() -> tuple[MessageShown, ...]:
    """Three turns, the newest first."""
    now = time.time()
    said = (
        (90_000.0, "remember that i like pizza with mushrooms", "I will remember that you like pizza with mushrooms."),
        (500.0, "what time is it", "It is three minutes past two in the afternoon."),
        (300.0, "what do i like", REPLY),
    )
    messages = []
    for number, (ago_s, question, answer) in enumerate(said):
        messages.append(message(2 * number, Role.USER, question, at=now - ago_s))
        messages.append(message(2 * number + 1, Role.ASSISTANT, answer, at=now - ago_s))
    return tuple(reversed(messages))


def darken() -> None:
    """Make the application dark, as a dark desktop would."""
    palette = QApplication.palette()
    for role, colour in DARK.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#777f8a"))
    QApplication.setPalette(palette)


class Probe:
    """Does what the words say."""

    def __init__(self, interface: Interface, actions: FakeActions, quitting: asyncio.Event) -> None:
        self._interface = interface
        self._actions = actions
        self._quitting = quitting
        self._unlock: UnlockWindow | None = None
        self._asking: list[asyncio.Task[object]] = []

    def do(self, word: str) -> None:
        """One word."""
        ui = self._interface
        if word in SCENES:
            for event in SCENES[word]:
                ui.hear(event)
        elif word in {"passphrase", "wrong", "code", "choose"}:
            self._ask(word)
        elif word in WELCOME:
            ui.show_welcome(WELCOME.index(word), None)
        elif word in PAGES:
            self._turn_to(word)
        else:
            {
                "window": ui.show_window,
                "settings": ui.show_settings,
                "about": ui.show_about,
                "recovery": lambda: ui.show_recovery_code(CODE),
                "remind": lambda: ui.ask_recovery_kept(time.time() - 3000),
                "keys": lambda: self._show_keys(with_fields=False),
                "setting": lambda: self._show_keys(with_fields=True),
                "mistake": self._make_mistake,
                "menu": lambda: ui.menu.popup(QApplication.primaryScreen().availableGeometry().center()),
                "empty": self._forget,
                "large": _enlarge,
                "larger": lambda: _enlarge(1.5),
                "german": lambda: display.show_in("de"),
                "english": lambda: display.show_in(ENGLISH),
                "unseen": self._unsee,
                "quit": self._quitting.set,
            }[word]()

    def _turn_to(self, page: str) -> None:
        self._interface.show_settings()
        if self._interface.settings is not None:
            self._interface.settings.pages.setCurrentIndex(PAGES.index(page))

    def _forget(self) -> None:
        self._actions.messages = ()

    def _make_mistake(self) -> None:
        self._interface.show_settings()
        if self._interface.settings is not None:
            user = self._interface.settings.fields["user"]
            user.fill("")
            user.edited.emit()
            self._interface.settings.turn_to(user.row)

    def _unsee(self) -> None:
        """Close every window."""
        ui = self._interface
        for task in self._asking:
            task.cancel()
        windows: list[QWidget | None] = [ui.history, ui.settings, ui.about, ui.menu, ui.recovery, ui.welcome]
        for window in filter(None, windows):
            window.leave() if isinstance(window, Window) else window.close()
        if self._unlock is not None:
            self._unlock.hide()

    async def close(self) -> None:
        """Ask nothing any more."""
        for task in self._asking:
            task.cancel()
        await asyncio.gather(*self._asking, return_exceptions=True)

    def _ask(self, word: str) -> None:
        """Show a page of the window of a start that needs a secret."""
        self._unlock = window = UnlockWindow()
        reason = (REASONS[KeyringMissing], TYPE)
        question = {
            "passphrase": lambda: window.passphrase(reason, wrong=False, with_code=True),
            "wrong": lambda: window.passphrase(reason, wrong=True, with_code=True),
            "code": lambda: window.code((REASONS[KeyMissing], LOST), "", back=said("unlock-try-again")),
            "choose": lambda: window.new_passphrase(recovered=False),
        }[word]()
        self._asking.append(asyncio.get_running_loop().create_task(question))

    def _show_keys(self, *, with_fields: bool) -> None:
        self._interface.show_settings()
        window = self._interface.settings
        if window is not None:
            window.turn_to(window.keys)
            if with_fields:
                window.keys.choose.click()
                window.keys.new.first.setText("too short")


def _enlarge(scale: float = 2.0) -> None:
    """Make all text so many times as large."""
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    QApplication.setFont(font)


async def main(quitting: asyncio.Event) -> int:
    if sys.argv[2:] == ["dark"]:
        darken()
    actions = PrintingActions()
    actions.messages = some_messages()
    interface = Interface(actions)
    probe = Probe(interface, actions, quitting)
    fifo = os.open(sys.argv[1], os.O_RDWR | os.O_NONBLOCK)  # RDWR: no end of file between two writers

    def read() -> None:
        for word in os.read(fifo, 4096).decode().split():
            probe.do(word)
            print("did", word, flush=True)  # noqa: T201 - what the test reads

    asyncio.get_running_loop().add_reader(fifo, read)
    print("up", QSystemTrayIcon.isSystemTrayAvailable(), flush=True)  # noqa: T201 - what the test reads
    await quitting.wait()
    asyncio.get_running_loop().remove_reader(fifo)
    os.close(fifo)
    await probe.close()
    await interface.close()
    print("closed", flush=True)  # noqa: T201 - what the test reads
    return 0


if __name__ == "__main__":
    sys.exit(loop.run(main))
