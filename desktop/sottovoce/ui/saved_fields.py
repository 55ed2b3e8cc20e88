"""Settings that are saved as soon as they are chosen, and follow what is in force."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from sottovoce.domain.errors import SettingsUnusable, SottovoceError
from sottovoce.domain.said import Said, said
from sottovoce.domain.settings import declared, parse
from sottovoce.operations.settings import SetSetting
from sottovoce.ui.setting_controls import finish_typing
from sottovoce.ui.setting_field import Field
from sottovoce.ui.texts import AsSentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtWidgets import QWidget

    from sottovoce.domain.mistakes import Mistake
    from sottovoce.domain.settings import Declared
    from sottovoce.operations.values import Scalar
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.talk_key_page import TalkKeyPage
    from sottovoce.ui.tasks import Tasks
    from sottovoce.ui.texts import Text


class SavedFields(QObject):
    """A field for each setting that a window shows."""

    losing = Signal(object)
    """Carries a `Field` whose new value destroys something: `save` it, or `take_back`, after asking."""
    saved = Signal(str)
    """The name of a setting that has come into force."""

    def __init__(
        self, actions: Actions, tasks: Tasks, names: Iterable[str], own: Mapping[str, QWidget] | None = None
    ) -> None:
        """Build the fields of these settings; `own` are controls in place of the usual ones."""
        super().__init__()
        self._actions = actions
        self._tasks = tasks
        chosen, given = set(names), own or {}
        self.fields = {one.name: Field(one, given.get(one.name)) for one in declared() if one.name in chosen}
        for name, field in self.fields.items():
            field.edited.connect(lambda name=name: self._edited(self.fields[name]))

    def fill(self) -> None:
        """Show what is in force; what was typed before is forgotten."""
        settings = self._actions.settings()
        for name, field in self.fields.items():
            field.show_in_force(getattr(settings, name))
        self._show_locked()

    def follow(self) -> None:
        """Show what is in force now; what is being typed stays."""
        settings = self._actions.settings()
        self._show_locked()
        for name, field in self.fields.items():
            field.follow(getattr(settings, name))

    def _show_locked(self) -> None:
        locked, decided, usual = self._actions.locked(), self._actions.decided(), self._actions.usual()
        for name, field in self.fields.items():
            field.use_default(getattr(usual, name))
            field.lock(locked.get(name, ""), wholly=name in decided)

    # What is not saved

    def commit(self) -> None:
        """Save what was typed and not yet left."""
        for field in self.fields.values():
            finish_typing(field.control)
            if field.changed and not field.saving:
                self._edited(field)

    @property
    def wrong(self) -> tuple[Field, ...]:
        """Fields in which something stands that can't be saved."""
        return tuple(field for field in self.fields.values() if field.changed and field.mistake.text())

    def _edited(self, field: Field) -> None:
        if mistake := self._mistake(field):
            field.tell(mistake)
        elif _loses(field):
            self.losing.emit(field)
        else:
            self.save(field)

    def _mistake(self, field: Field) -> Text:
        """What is wrong with it, beside all that is in force or on its way there."""
        now = dataclasses.asdict(self._actions.settings())
        now |= {name: one.value() for name, one in self.fields.items() if one.saving}
        known = parse(now).mistakes
        for mistake in parse({**now, field.setting.name: field.value()}).mistakes:
            if mistake not in known:
                return _sentence(mistake, field.setting)
        return ""

    def save(self, field: Field) -> None:
        """Put it into force; what is wrong is told beside it."""
        field.begin_saving()
        self._tasks.start(self._save(field, field.value()))

    async def _save(self, field: Field, value: object) -> None:
        try:
            await self._actions.ask(SetSetting(key=field.setting.name, value=cast("Scalar", value)))
        except SottovoceError as error:
            if field.value() == value and not isinstance(error, SettingsUnusable):
                field.take_back()
            field.tell(error)
        else:
            field.tell("")
            self.saved.emit(field.setting.name)
        finally:
            field.end_saving()
            field.follow(getattr(self._actions.settings(), field.setting.name))


async def save_key(actions: Actions, page: TalkKeyPage) -> None:
    """Put into force what is chosen on the page about the key; what is wrong with it is told there."""
    for name, value in page.values().items():
        if getattr(actions.settings(), name) != value:
            try:
                await actions.ask(SetSetting(key=name, value=value))
            except SottovoceError as error:
                page.tell(error)


def _loses(field: Field) -> bool:
    before, now = field.in_force, field.value()
    if not field.setting.erases or not isinstance(before, int) or not isinstance(now, int):
        return False
    return now != 0 and (before == 0 or now < before)


def losing_words(field: Field) -> Said:
    """What would be lost, as a sentence."""
    return said("settings-losing", title=field.title, shown=field.shown(field.value()))


def _sentence(mistake: Mistake, setting: Declared) -> AsSentence:
    """`user` must not be empty -> Must not be empty."""
    if mistake.name == setting.name:
        return AsSentence(mistake.why)
    title = next((one.title for one in declared() if one.name == mistake.name), mistake.name)
    return AsSentence(said("must-plain", name=title, why=mistake.why))
