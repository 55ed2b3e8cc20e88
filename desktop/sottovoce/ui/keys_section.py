"""The part of the settings about keys: what opens the conversations, in words, and what can be done about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.said import Said, said
from sottovoce.language import words
from sottovoce.operations.backup import CreateBackup, ListBackups
from sottovoce.operations.keys import SetPassphrase, ShowKey
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import mistake, paragraph, tell
from sottovoce.ui.flow import flowing
from sottovoce.ui.moments import when
from sottovoce.ui.passphrase_fields import RETURN, NewPassphrase
from sottovoce.ui.texts import write

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sottovoce.operations.keys import KeyStatus
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.tasks import Tasks
    from sottovoce.ui.texts import Text

GAP_PX = 16

KEYRING = {
    "found": said("keys-keyring-found"),
    "missing": said("keys-keyring-missing"),
    "wrong": said("keys-keyring-wrong"),
    "no-keyring": said("keys-keyring-no-keyring"),
    "locked": said("keys-keyring-locked"),
    "silent": said("keys-keyring-silent"),
    "failed": said("keys-keyring-failed"),
}
BACKUP_FILE = "sottovoce-backup"


def state_in_words(state: KeyStatus) -> Said:
    """The state of the keys, a line each."""
    code, passphrase = state.recovery_code_made_at, state.passphrase_made_at
    return said(
        "keys-state",
        keyring=KEYRING[state.keyring],
        code=said("keys-no-code") if code is None else said("keys-code-made", when=when(code)),
        passphrase=said("keys-no-passphrase")
        if passphrase is None
        else said("keys-passphrase-set", when=when(passphrase)),
    )


class KeysSection(QWidget):
    """What is done here is done at once."""

    recovery_asked = Signal(object)
    """The user wants a recovery code; carries when the present one was made, or None."""

    def __init__(self, actions: Actions, tasks: Tasks) -> None:
        """Build it; `read` fills it."""
        super().__init__()
        self._actions = actions
        self._tasks = tasks
        self._state: KeyStatus | None = None
        self._backed_up_at: float | None = None
        self.state = paragraph(said("keys-reading"))
        self.recovery = Button(said("keys-recovery"))
        self.recovery.clicked.connect(self._ask_recovery)
        self.choose = Button()
        self.choose.clicked.connect(self._open_fields)
        self.remove = Button(said("keys-remove"))
        self.remove.clicked.connect(lambda: self._do(SetPassphrase(remove=True), said("keys-removed")))
        row = _row(self.recovery, self.choose, self.remove)
        self.backup = Button(said("keys-back-up"))
        self.backup.clicked.connect(lambda: self.back_up(None))
        self.backup_file = Button(said("keys-back-up-to-file"))
        self.backup_file.clicked.connect(self._ask_file)
        self.backed_up = paragraph()
        self.told = paragraph(hidden=True)
        self.trouble = mistake()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state)
        column.addWidget(row)
        column.addWidget(self._build_fields())
        column.addSpacing(GAP_PX)
        column.addWidget(self.backed_up)
        column.addWidget(paragraph(said("keys-backup-hint")))
        column.addWidget(_row(self.backup, self.backup_file))
        column.addSpacing(GAP_PX)
        column.addWidget(self.told)
        column.addWidget(self.trouble)
        column.addStretch(1)
        self._show(None)

    def reset(self) -> None:
        """Look again; what was typed before is forgotten."""
        self._close_fields()
        tell(self.told, "")
        tell(self.trouble, "")
        self.read()

    def read(self) -> None:
        """Look anew at the key and the backups."""
        self._tasks.start(self._read())

    @property
    def typed(self) -> bool:
        """Whether a passphrase was begun and not set."""
        return self.fields.isVisibleTo(self) and self.new.typed

    def recolour(self) -> None:
        """Follow the desktop's colours."""
        self.trouble.setStyleSheet(mistake().styleSheet())

    async def _read(self) -> None:
        try:
            state = await self._actions.ask(ShowKey())
            backups = (await self._actions.ask(ListBackups())).backups
        except SottovoceError as error:
            self._tell_trouble(error)
            return
        self._backed_up_at = backups[0].created_at if backups else None
        self._show(state)

    def _show(self, state: KeyStatus | None) -> None:
        self._state = state
        write(self.state.setText, said("keys-reading") if state is None else state_in_words(state))
        backed_up = self._backed_up_at
        none = said("keys-no-backup")
        write(self.backed_up.setText, none if backed_up is None else said("keys-last-backup", when=when(backed_up)))
        has = state is not None and state.passphrase_made_at is not None
        write(self.choose.setText, said("keys-change") if has else said("keys-choose"))
        self.remove.setVisible(has)
        for button in self._buttons():
            button.setEnabled(state is not None)

    def _ask_recovery(self) -> None:
        if self._state is not None:
            self.recovery_asked.emit(self._state.recovery_code_made_at)

    def _open_fields(self) -> None:
        self.fields.show()
        self.choose.hide()  # its key is the field's now
        self.new.first.setFocus()

    def _close_fields(self) -> None:
        self.new.clear()
        self.fields.hide()
        self.choose.show()

    def _set(self) -> None:
        if self.new.ready:
            chosen = self.new.take()
            self._close_fields()
            self._do(SetPassphrase(passphrase=chosen), said("keys-set-done"))

    def _do(self, change: SetPassphrase, done: Text) -> None:
        self._begin("")
        self._tasks.start(self._changed(change, done))

    def back_up(self, path: Path | None) -> None:
        """Make a backup in that new file, or in the application's own folder."""
        self._begin(said("keys-backing-up"))
        self._tasks.start(self._backed_up(path))

    def _begin(self, telling: Text) -> None:
        for button in self._buttons():
            button.setEnabled(False)
        tell(self.told, telling)
        tell(self.trouble, "")

    async def _backed_up(self, path: Path | None) -> None:
        try:
            made = await self._actions.ask(CreateBackup(file=path))
        except SottovoceError as error:
            tell(self.told, "")
            self._show(self._state)
            self._tell_trouble(error)
            return
        await self._read()
        tell(self.told, said("keys-backed-up", file=str(made.file)))

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, words("keys-back-up-dialog"), str(Path.home() / BACKUP_FILE))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # a file that is there is never overwritten
        dialog.fileSelected.connect(lambda chosen: self.back_up(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (self.recovery, self.choose, self.remove, self.backup, self.backup_file)

    async def _changed(self, change: SetPassphrase, done: Text) -> None:
        try:
            await self._actions.ask(change)
        except SottovoceError as error:
            self._show(self._state)
            self._tell_trouble(error)
            return
        await self._read()
        tell(self.told, done)

    def _tell_trouble(self, error: SottovoceError) -> None:
        tell(self.trouble, error)

    def _build_fields(self) -> QWidget:
        self.new = NewPassphrase()
        self.set_button = Button(said("keys-set"))
        self.set_button.setEnabled(False)
        self.drop_button = Button(said("keys-drop"))
        self.set_button.clicked.connect(self._set)
        self.drop_button.clicked.connect(self._close_fields)
        self.new.changed.connect(lambda: self.set_button.setEnabled(self.new.ready))
        self.new.entered.connect(self._set)
        self.fields = QWidget()
        column = QVBoxLayout(self.fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.new)
        column.addWidget(_row(self.drop_button, self.set_button))
        self.fields.hide()
        return self.fields

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the focus, and nothing else."""
        if event.key() not in RETURN:
            super().keyPressEvent(event)
        elif isinstance(focused := self.focusWidget(), QPushButton):
            focused.click()


def _row(*buttons: QPushButton) -> QWidget:
    for button in buttons:
        button.setAutoDefault(False)
    return flowing(*buttons)
