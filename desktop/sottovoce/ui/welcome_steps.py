"""The steps of the welcome: the key, the microphone, a sentence, a voice, the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from sottovoce.domain.hotkeys import Edge, how_to_talk
from sottovoce.domain.said import said
from sottovoce.domain.turns import Answered, Heard, Outcome, PartialHeard, Stage, StageChanged, TurnEnded, TurnFailed
from sottovoce.ui.announcing import Announcer
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import mistake, paragraph, tell
from sottovoce.ui.flow import flowing
from sottovoce.ui.microphone_section import MicrophoneSection
from sottovoce.ui.saved_fields import save_key
from sottovoce.ui.setting_controls import ChoiceBox
from sottovoce.ui.setting_field import Hint
from sottovoce.ui.talk_key_page import TalkKeyPage
from sottovoce.ui.texts import write
from sottovoce.ui.voice_section import VoiceSection

if TYPE_CHECKING:
    from sottovoce.domain.turns import TurnEvent
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.recovery_pane import RecoveryPane
    from sottovoce.ui.setting_field import Field
    from sottovoce.ui.tasks import Tasks
    from sottovoce.ui.texts import Text

GAP_PX = 10
TALK, FINISH_TALKING = said("welcome-talk"), said("welcome-finish-talking")


class WelcomeStep(QWidget):
    """One page. It is at work only while it is seen."""

    resized = Signal()
    """It needs another size."""
    title: Text = ""
    intro: Text = ""

    def __init__(self) -> None:
        """Begin with its intro."""
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP_PX)
        self.words = paragraph(self.intro)
        self.column.addWidget(self.words)
        self.noted = Hint()
        self.noted.hide()

    def note(self, text: Text) -> None:
        """Say something quietly at its end; "" for nothing."""
        self.column.addWidget(self.noted)
        tell(self.noted, text)

    def come_unasked(self) -> None:
        """The window is shown beside what the user does."""

    def begin(self) -> None:
        """It is turned to."""

    def follow(self) -> None:
        """What is in force has changed."""

    def hear(self, event: TurnEvent) -> None:
        """A turn goes on meanwhile."""


class KeyStep(WelcomeStep):
    """Both ends of a press are seen before anybody relies on them."""

    title = said("welcome-key")
    intro = said("welcome-key.intro")

    def __init__(self, actions: Actions, tasks: Tasks) -> None:
        """Build the page of the settings, with what one needs at first."""
        super().__init__()
        self._actions = actions
        self._listened = False
        self.page = TalkKeyPage(actions.talk_key(), tasks, brief=True)
        self.page.changed.connect(lambda: tasks.start(save_key(actions, self.page)))
        self.page.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        self.column.addWidget(self.page)

    def begin(self) -> None:
        """The key in force is tried as it will be used: what it opens is told by the stage."""
        self._listened = False
        self.page.fill(self._actions.settings())
        self.page.lock(self._actions.locked())

    def follow(self) -> None:
        """The desktop may have made another key of it."""
        self.page.follow()

    def hear(self, event: TurnEvent) -> None:
        """The key went down, or came up."""
        if isinstance(event, StageChanged):
            listens = event.stage is Stage.LISTENING
            if listens != self._listened:
                self._listened = listens
                self.page.show_edge(Edge.PRESS if listens else Edge.RELEASE)


class MicrophoneStep(WelcomeStep):
    """Somebody who speaks sees that they are heard."""

    title = said("welcome-microphone")
    intro = said("welcome-microphone.intro")

    def __init__(self, actions: Actions, tasks: Tasks, field: Field) -> None:
        """Build it around the field of the setting."""
        super().__init__()
        assert isinstance(field.control, ChoiceBox)  # noqa: S101 - what the window gives
        self.section = MicrophoneSection(actions.microphones(), tasks, field.control)
        self.column.addWidget(_named(said("welcome-microphone.label"), field.control))
        self.column.addWidget(field.row)
        self.column.addWidget(self.section)

    def come_unasked(self) -> None:
        """No microphone is open before somebody looks."""
        self.section.waits = True


class SayStep(WelcomeStep):
    """A sentence is said, seen, and answered."""

    title = said("welcome-say")

    def __init__(self, actions: Actions) -> None:
        """Build it."""
        super().__init__()
        self._actions = actions
        self.talk = Button(TALK)
        self.talk.setAutoDefault(False)
        self.talk.clicked.connect(actions.toggle)
        self.heard, self.answer = _spoken(), _spoken()
        self.trouble = mistake()
        for widget in (flowing(self.talk), self.heard, self.answer, self.trouble):
            self.column.addWidget(widget)
        self._announcer = Announcer(self.heard)

    def begin(self) -> None:
        """Say how it is done with the key of now."""
        settings = self._actions.settings()
        key = self._actions.named_key()
        how = how_to_talk(key, settings.hotkey_mode) if key else said("welcome-press-talk")
        self.intro = said("welcome-say-intro", how=how)
        write(self.words.setText, self.intro)

    def follow(self) -> None:
        """The desktop may have made another key of it; a step not come to yet is told when it begins."""
        if self.intro:
            self.begin()

    def hear(self, event: TurnEvent) -> None:
        """Show each thing as it comes."""
        match event:
            case StageChanged(stage, _):
                write(self.talk.setText, FINISH_TALKING if stage is Stage.LISTENING else TALK)
                if stage is Stage.LISTENING:
                    tell(self.trouble, "")
                    tell(self.answer, "")
                    tell(self.heard, said("welcome-listening"))
            case PartialHeard(text) if text:
                tell(self.heard, said("welcome-you", words=text))
            case Heard(text):
                tell(self.heard, said("welcome-you", words=text))
                self._announcer.say(self.heard.text())
            case Answered(answer):
                tell(self.answer, said("welcome-it", words=answer.reply))
                self._announcer.say(self.answer.text())
            case TurnFailed(error):
                self._fail(error)
            case TurnEnded(Outcome.SILENCE):
                tell(self.heard, "")
                self._fail(said("welcome-nothing"))
        self.resized.emit()

    def _fail(self, text: Text) -> None:
        tell(self.trouble, text)
        self._announcer.say(text)


class HearStep(WelcomeStep):
    """A voice is chosen by hearing it."""

    title = said("welcome-voice")
    intro = said("welcome-voice.intro")

    def __init__(self, actions: Actions, tasks: Tasks, field: Field) -> None:
        """Build it around the field of the setting."""
        super().__init__()
        assert isinstance(field.control, ChoiceBox)  # noqa: S101 - what the window gives
        self.section = VoiceSection(actions, tasks, field.control, {"voice": field})
        self.column.addWidget(_named(said("welcome-voice.label"), field.control))
        self.column.addWidget(field.row)
        self.column.addWidget(self.section)


class RecoveryStep(WelcomeStep):
    """The recovery code is made when this is turned to, and confirmed by a group of it."""

    title = said("welcome-recovery")

    def __init__(self, pane: RecoveryPane, tasks: Tasks) -> None:
        """Build it around the pane."""
        super().__init__()
        self.words.hide()
        self._pane = pane
        self._tasks = tasks
        self.made: float | None = None
        """When one was made that nobody has shown to have."""
        pane.resized.connect(self.resized)
        for shown in pane.titles:  # the step bears one
            shown.hide()
        self.column.addWidget(pane)
        self.column.addWidget(flowing(pane.have, pane.make, pane.done_button))

    def begin(self) -> None:
        """Show the code that is to be had; else ask after the one of before, else make one."""
        if self._pane.pending:
            return
        if self.made is not None:
            self._pane.ask_kept(self.made)
        else:
            self._pane.ask_new(None)
            self._tasks.start(self._pane.make_first())


def _named(text: Text, control: QWidget) -> QLabel:
    label = QLabel()
    write(label.setText, text)
    label.setBuddy(control)
    return label


def _spoken() -> QLabel:
    label = paragraph(hidden=True)
    label.setFrameShape(QFrame.Shape.StyledPanel)
    label.setMargin(10)
    return label
