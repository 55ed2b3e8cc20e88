"""The tray application put together: real parts, a screen nobody sees, a key nobody can grab."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication

from sottovoce import __version__
from sottovoce.adapters.clipboard_x11 import X11Clipboard
from sottovoce.adapters.local_socket import LocalServer, request
from sottovoce.adapters.policy_files import PolicySource
from sottovoce.adapters.settings_file import read_settings
from sottovoce.adapters.updates import ReleaseNews
from sottovoce.domain.errors import (
    HotkeyUnsupported,
    KeyringMissing,
    LanguageModelForbidden,
    ModelInUse,
    SettingLocked,
    SettingsUnusable,
    SottovoceError,
    StillStarting,
    StoreDamaged,
    StoreFull,
    ThingNotFound,
    TypingForbidden,
    UpdateForged,
    UpdateUnreachable,
    UsageWrong,
    VoiceUnknown,
)
from sottovoce.domain.policy import Policy
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.releases import Release
from sottovoce.domain.settings import Settings
from sottovoce.domain.speech_models import InstallStep
from sottovoce.domain.turns import Stage, StageChanged
from sottovoce.domain.voices import Delivery
from sottovoce.home import open_home
from sottovoce.home.sound import TurnParts
from sottovoce.language import shown
from sottovoce.language import words as in_words
from sottovoce.memory import ConversationMemory
from sottovoce.operations import checks as doctor
from sottovoce.operations.keys import KeepRecoveryCode, MakeRecoveryCode, recovery_made
from sottovoce.operations.models import ImportModel, ListModels, RemoveModel
from sottovoce.resources import starter_model
from sottovoce.runtime.application import Application
from sottovoce.runtime.front_end import TrayFrontEnd
from sottovoce.runtime.reception import Reception
from sottovoce.runtime.upkeep import tell_release
from sottovoce.talk import first_sound
from sottovoce.ui import loop
from sottovoce.ui.interface import Interface
from sottovoce.ui.refusal import RefusalWindow, show_refusal
from sottovoce.ui.tray import Tray
from sottovoce.ui.unlocking import Unlocking
from tests.fakes_talk import FakeHotkey, FakeMicrophone
from tests.ui.fakes import FakeActions
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from sottovoce.adapters.microphone import SoundDeviceMicrophone
    from sottovoce.adapters.recognition.resting import RestingRecognizer
    from sottovoce.domain.conversations import Message
    from sottovoce.domain.speech_models import Progress
    from sottovoce.domain.turns import TurnEvent
    from sottovoce.home import Home

pytestmark = pytest.mark.usefixtures("qapp")


class Unreadable(ConversationMemory):
    """Its journal lies on a damaged page."""

    async def unfinished_turns(self) -> tuple[Message, ...]:
        raise StoreDamaged


SETTINGS = Settings(speak=False)
NO_POLICY = Policy()


def tray_home(
    folder: Path, front: TrayFrontEnd, settings: Settings, policy: Policy | PolicySource | None = None
) -> contextlib.AbstractAsyncContextManager[Home]:
    """A home as the tray opens it."""
    front_end = front.for_home()
    return open_home(
        folder / "home", key=bytes(32), settings=settings, policy=policy, maintain=False, front_end=front_end
    )


@pytest.fixture
def in_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Runs a story with the application of a Wayland session, where no program can grab a key."""
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")

    def run(story: Callable[[Application], Awaitable[None]], policy: Policy | PolicySource = NO_POLICY) -> None:
        async def main(quitting: asyncio.Event) -> int:
            front = TrayFrontEnd()
            async with (
                tray_home(tmp_path, front, SETTINGS, policy) as home,
                contextlib.AsyncExitStack() as stack,
            ):
                reception = Reception(quitting, Unlocking(lambda: False))
                server = LocalServer(home.places.socket, reception.answer)
                await server.open()
                stack.push_async_callback(server.close)
                application = Application(home, quitting)
                front.hand_over(application)
                await application.open(stack, [], reception.hand_over)
                await story(application)
            return 0

        own = logging.getLogger("sottovoce")
        before = own.level
        try:
            assert loop.run(main) == 0
        finally:
            own.setLevel(before)  # a policy may have set it for the whole process

    return run


def test_a_setting_of_the_voice_counts_whatever_was_asked_for_aloud_before(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        for words in ("softer", "slower"):
            await application.serve("ask", {"text": words})

        async def delivery() -> Delivery:
            report = await application.serve("ask", {"text": "what time is it"})
            assert report["reply"]
            return await application._home.speech.answering.delivery("me")  # noqa: SLF001 - as it is said

        assert await delivery() == Delivery(volume=80, rate=155, language="en")
        await application.save_settings(replace(SETTINGS, volume=50))
        assert await delivery() == Delivery(rate=155, language="en"), "the slider that was moved, and no other"
        await application.save_settings(replace(SETTINGS, volume=50, overlay_s=9.0))
        assert await delivery() == Delivery(rate=155, language="en")

    in_application(story)


def test_settings_are_saved_where_no_key_can_be_grabbed(in_application: Callable[..., None], tmp_path: Path) -> None:
    async def story(application: Application) -> None:
        await application.save_settings(replace(SETTINGS, volume=50))
        assert application.settings().volume == 50
        assert read_settings(tmp_path / "home" / "settings.toml").strict().volume == 50
        with pytest.raises(HotkeyUnsupported):
            await application.save_settings(replace(SETTINGS, hotkey="Ctrl+Alt+V", volume=20))
        assert application.settings().volume == 50

    in_application(story)


def test_after_refused_settings_the_old_key_is_held_again(
    in_application: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = FakeHotkey()
    monkeypatch.setattr("sottovoce.runtime.application.open_hotkey", lambda *_: keys)

    async def story(application: Application) -> None:
        assert keys.key == SETTINGS.hotkey
        for wrong in ({"model": "none of that name"}, {"speak": True, "voice": "no such voice"}):
            with pytest.raises(SottovoceError):
                await application.save_settings(replace(SETTINGS, hotkey="Ctrl+Alt+V", **wrong))
            assert keys.key == SETTINGS.hotkey
            keys.press()
            assert application.stage is Stage.LISTENING
            application.cancel()
        await application.save_settings(replace(SETTINGS, hotkey="Ctrl+Alt+V"))
        assert keys.key == "Ctrl+Alt+V"

    in_application(story)


def test_a_model_is_imported_and_swapped_without_a_restart(
    in_application: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(starter_model(), tmp_path / "vosk-model-small-de-9")

    async def story(application: Application) -> None:
        told: list[Progress] = []
        monkeypatch.setattr(application._interface, "show_installing", told.append)  # noqa: SLF001 - what is shown
        imported = (await application.ask(ImportModel(path=tmp_path / "vosk-model-small-de-9"))).installed
        assert told[-1].step is InstallStep.DONE
        assert imported.language == "de"
        await application.save_settings(replace(SETTINGS, model=imported.name))
        assert application.about().model == imported.name
        installed = (await application.ask(ListModels())).installed
        assert [one.name for one in installed if one.in_use] == [imported.name]
        with pytest.raises(ModelInUse):
            await application.ask(RemoveModel(name=imported.name))
        await application.save_settings(SETTINGS)
        await application.ask(RemoveModel(name=imported.name))
        assert application.about().model == "starter-en"

    in_application(story)


def test_an_open_window_shows_what_commands_add_and_erase(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        interface = application._interface  # noqa: SLF001 - what is seen
        application.show()
        await interface.tasks.idle()
        window = interface.history
        assert window is not None
        assert not window.model.rows
        answer = await application.serve("ask", {"text": "what time is it"})
        await interface.tasks.idle()
        (row,) = window.model.rows
        assert "what time is it" in row.plain
        assert answer["reply"] in row.plain
        await application.serve("erase", {"conversation": answer["conversation"]})
        await interface.tasks.idle()
        assert not window.model.rows

    in_application(story)


def test_saved_settings_open_anew_only_what_they_change(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        def parts() -> dict[str, object]:
            owned = application._parts  # noqa: SLF001 - what is to stay the same
            assert owned is not None
            return {type(one.part).__name__: one.part for one in owned.opened} | {"all": owned}

        first = parts()
        await application.save_settings(replace(SETTINGS, keep_days=400, overlay_s=3.0))
        assert parts() == first
        await application.save_settings(replace(SETTINGS, microphone="Headset"))
        second = parts()
        assert {name for name in first if first[name] is not second[name]} == {"all", "SoundDeviceMicrophone"}
        await application.save_settings(replace(SETTINGS, microphone="Headset", speak=True))
        third = parts()
        assert third["RestingRecognizer"] is first["RestingRecognizer"]
        assert third["SoundDeviceMicrophone"] is second["SoundDeviceMicrophone"]
        assert "WorkerSpeaker" in third
        with pytest.raises(SottovoceError):
            await application.save_settings(replace(SETTINGS, microphone="Headset", speak=True, model="none such"))
        assert parts() == third
        recognizer = cast("RestingRecognizer", third["RestingRecognizer"])
        assert (await recognizer.transcribe(bytes(3200))).text == ""  # a refusal has closed nothing of it
        assert application.about().model == "starter-en"

    in_application(story)


def test_no_key_at_all_is_no_trouble(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        assert application._key.error is not None  # noqa: SLF001 - a Wayland session refuses every key
        await application.save_settings(replace(SETTINGS, hotkey=""))
        assert application._key.error is None  # noqa: SLF001
        report = await application.serve("doctor", {})
        (hotkey,) = (check for check in report["checks"] if check["name"] == "hotkey")
        assert hotkey["ok"]

    in_application(story)


def test_what_it_finds_is_told_in_the_language_of_its_user(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        await application.serve("context.set", {"key": "language", "value": "de"})
        report = await application.serve("doctor", {})
        details = {check["name"]: check["detail"] for check in report["checks"]}
        assert details["settings"] == "settings.toml enthält keine Fehler."
        assert details["clock"] == "Die Uhr ist nicht gesprungen."
        with pytest.raises(ThingNotFound, match="Es gibt kein Gespräch mit dieser ID"):
            await application.serve("history.show", {"conversation": "0190"})
        await application.serve("context.set", {"key": "language", "value": "en"})

    in_application(story)


def test_calls_are_done_in_the_order_their_callers_began(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        async def stage_after(command: str, at_s: float) -> str:
            return str((await application.serve(command, {"started_s": at_s, "process": 7}))["stage"])

        assert await stage_after("press", 10.0) == "listening"
        assert await stage_after("release", 9.9) == "listening"  # of the press before
        assert await stage_after("cancel", 11.0) == "ready"
        assert await stage_after("press", 10.9) == "ready"
        assert await stage_after("press", 11.1) == "listening"
        assert await stage_after("cancel", 10e9) == "ready"  # nobody calls from the future: it counts as now
        assert (await application.serve("press", {}))["stage"] == "listening"
        with pytest.raises(UsageWrong):
            await application.serve("release", {"started_s": "soon"})
        application.cancel()

    in_application(story)


def test_what_the_policy_decides_is_in_force_and_the_users_choice_is_kept(
    in_application: Callable[..., None], tmp_path: Path
) -> None:
    async def story(application: Application) -> None:
        assert application.locked().keys() == {"local_backups"}
        assert application.settings().local_backups is False
        await application.save_settings(replace(application.settings(), volume=50))
        await application._home.services.maintenance.back_up()  # noqa: SLF001 - what comes once a day
        assert await application._home.care.backups.present() == ()  # noqa: SLF001 - where it would be
        text = await doctor.check_backups(application._home, {}, on=False)  # noqa: SLF001 - as the doctor does
        assert "policy" in text

    in_application(story, Policy(local_backups=False))
    kept = read_settings(tmp_path / "home" / "settings.toml").strict()
    assert (kept.local_backups, kept.volume) == (True, 50)


def test_a_language_model_the_policy_forbids_is_refused_once_and_keeps_no_other_setting_back(
    in_application: Callable[..., None],
) -> None:
    near, far = "http://127.0.0.1:9/v1", "https://models.example.com/v1"

    async def story(application: Application) -> None:
        asked = application._home.speech.language_model  # noqa: SLF001 - what is asked is what is to be seen
        await application.save_settings(replace(SETTINGS, language_model_address=near))
        assert asked.endpoint == near
        with pytest.raises(LanguageModelForbidden):
            await application.save_settings(replace(SETTINGS, language_model_address=far))
        assert asked.endpoint == near
        assert application.settings().language_model_address == near
        application._in_force.settings = replace(SETTINGS, language_model_address=far)  # noqa: SLF001 - from before the policy
        await application.save_settings(replace(SETTINGS, language_model_address=far, volume=50))
        assert application.settings().volume == 50
        assert asked.endpoint == ""

    in_application(story, Policy(language_model_at_most="device"))


def test_a_policy_that_appears_is_in_force_locked_and_in_the_audit_log_at_once(
    in_application: Callable[..., None], tmp_path: Path
) -> None:
    (managed := tmp_path / "managed").mkdir()
    near = "http://127.0.0.1:9/v1"

    async def audited(application: Application) -> dict[str, object]:
        """What the log says after everything that the change started."""
        async with asyncio.timeout(HANGS_S):
            await application._interface.tasks.idle()  # noqa: SLF001 - what the change started
        entry = await application._home.store.last_audit(AuditEvent.POLICY_CHANGED)  # noqa: SLF001 - as above
        return dict(entry.detail) if entry else {}

    async def story(application: Application) -> None:
        asked, window = application._home.speech.language_model, application._interface  # noqa: SLF001 - as above
        await application.save_settings(replace(SETTINGS, language_model_address=near))
        window.show_settings()
        form = window.settings
        assert form is not None
        form.fields["user"].fill("anna")  # typed, and not saved
        box = form.fields["local_backups"].control
        assert box.isEnabled()
        changed = asyncio.Event()

        def tell() -> None:
            application._policy.changed()  # noqa: SLF001 - as above
            changed.set()

        application._home.policies.follow(tell)  # noqa: SLF001 - as above
        (managed / "a.tmp").write_text('{"LanguageModelAtMost": "none", "LocalBackups": false}')
        (managed / "a.tmp").rename(managed / "a.json")
        async with asyncio.timeout(HANGS_S):
            await changed.wait()
        assert asked.endpoint == ""
        assert application.locked().keys() == {"local_backups", "language_model_address"}
        assert not box.isEnabled()
        assert form.fields["local_backups"].value() is False
        assert form.fields["user"].value() == "anna"
        assert (await audited(application))["LanguageModelAtMost"] == "none"
        changed.clear()
        (managed / "a.json").unlink()
        async with asyncio.timeout(HANGS_S):
            await changed.wait()
        assert asked.endpoint == near
        assert box.isEnabled()
        assert form.fields["local_backups"].value() is True
        assert (await audited(application))["LanguageModelAtMost"] is None
        changed.clear()
        (managed / "b.json").mkdir()  # one that can't be read closes what it guards
        async with asyncio.timeout(HANGS_S):
            await changed.wait()
        assert asked.endpoint == ""
        findings = {one["name"]: one for one in (await application.serve("doctor", {}))["checks"]}
        assert not findings["policy"]["ok"]
        assert "b.json" in findings["policy"]["detail"]
        assert (await audited(application))["usable"] is False

    in_application(story, PolicySource(managed))


def _shows_dictation(application: Application) -> bool:
    return in_words("tray-dictates") in application._interface.tray.icon.toolTip()  # noqa: SLF001 - what its user sees


def test_a_policy_is_in_force_where_it_can_not_be_noted(
    in_application: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (managed := tmp_path / "managed").mkdir()

    async def full(*_: object) -> None:
        raise StoreFull

    async def story(application: Application) -> None:
        await application.save_settings(replace(SETTINGS, api=True, api_port=0))
        assert application.api_served.address
        monkeypatch.setattr("sottovoce.home.home.audited", full)
        (managed / "a.json").write_text('{"ApiAllowed": false}')
        application._home.policies.now()  # noqa: SLF001 - as the watch of the folder has it
        async with asyncio.timeout(HANGS_S):
            await application._interface.tasks.idle()  # noqa: SLF001 - what the change started
        assert application.api_served.address == ""

    in_application(story, PolicySource(managed))


def test_a_dictation_ends_when_the_policy_forbids_it(
    in_application: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (managed := tmp_path / "managed").mkdir()

    async def story(application: Application) -> None:
        home, ui = application._home, application._interface  # noqa: SLF001 - what is shown
        told: list[SottovoceError] = []
        monkeypatch.setattr(ui, "tell_error", told.append)
        home.speech.dictation.start("me", "en")
        assert _shows_dictation(application)
        (managed / "a.json").write_text('{"ToolsTypeAllowed": false}')
        home.policies.now()
        assert not home.speech.dictation.on
        assert not _shows_dictation(application)
        (error,) = told
        assert isinstance(error, TypingForbidden)
        assert error.sentence == "Your administrator lets me type nothing into other programs' windows."

    in_application(story, PolicySource(managed))


def test_a_dictation_ends_when_the_screen_is_locked(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        dictation = application._home.speech.dictation  # noqa: SLF001 - that of the windows
        assert application._session_lock is None  # noqa: SLF001 - nobody has to know yet
        dictation.start("me", "en")
        lock = application._session_lock  # noqa: SLF001 - hears the desktop
        assert lock is not None
        for change in (lock.saver_changed, lock.sleep_changed):
            assert _shows_dictation(application)
            change(True)  # noqa: FBT003 - as Qt calls it
            assert not dictation.on
            assert not _shows_dictation(application)
            change(False)  # noqa: FBT003 - as above
            assert not dictation.on, "it does not go on by itself"
            dictation.start("me", "en")
        lock.locked()
        assert not dictation.on

    in_application(story)


def test_quitting_ends_a_dictation_while_there_is_an_icon_to_show_it(in_application: Callable[..., None]) -> None:
    shown: list[tuple[bool, bool]] = []

    async def story(application: Application) -> None:
        interface, tray = application._interface, application._interface.tray  # noqa: SLF001 - that of the windows

        def show(on: bool) -> None:  # noqa: FBT001 - it is what is told
            shown.append((on, interface._closed))  # noqa: SLF001 - nothing can be shown from then on
            Tray.show_dictation(tray, on)

        tray.show_dictation = show  # type: ignore[method-assign]
        application._home.speech.dictation.start("me", "en")  # noqa: SLF001 - as above

    in_application(story)
    assert shown == [(True, False), (False, False)]


def test_after_the_end_nobody_is_shown_a_dictation(qapp: QApplication) -> None:
    async def main(quitting: asyncio.Event) -> int:
        interface = Interface(FakeActions())
        await interface.close()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the icon is gone
        interface.show_dictation(True)  # noqa: FBT003 - it is what is told
        return 0

    assert loop.run(main) == 0


def test_under_x11_the_clipboard_is_asked_for_beside_the_windows(
    in_application: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(application: Application) -> None:
        clipboard = application.clipboard
        assert isinstance(clipboard, X11Clipboard)
        await clipboard.copy("a text")
        assert QGuiApplication.clipboard().text() == "a text"

    monkeypatch.setattr("sottovoce.runtime.application.x11_display", lambda: ":4711")
    in_application(story)


def test_elsewhere_the_clipboard_is_that_of_the_windows(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        clipboard = application.clipboard
        await clipboard.copy("a text")
        assert await clipboard.text() == "a text"
        assert await clipboard.selection() in {None, ""}

    in_application(story)


def test_a_policy_about_the_key_the_files_and_defaults_is_in_force_at_once(
    in_application: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (managed := tmp_path / "managed").mkdir()
    (recommended := tmp_path / "recommended").mkdir()
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home" / "settings.toml").write_text("speak = false\n")
    keys = FakeHotkey()
    monkeypatch.setattr("sottovoce.runtime.application.open_hotkey", lambda *_: keys)

    async def story(application: Application) -> None:
        async def followed(folder: Path, **policies: object) -> None:
            (folder / "a.json").write_text(json.dumps(policies))
            assert application.locked() is not None  # a look, as every act takes one
            async with asyncio.timeout(HANGS_S):
                await application._interface.tasks.idle()  # noqa: SLF001 - what the change started

        def knowing() -> bool:
            return application._policy._knowing is not None  # noqa: SLF001 - what is to begin and end

        assert (keys.key, knowing()) == (SETTINGS.hotkey, True)
        await followed(managed, Hotkey="Ctrl+Alt+V", KnowledgeAllowed=False, LogLevel="warning")
        assert (keys.key, application.settings().hotkey, knowing()) == ("Ctrl+Alt+V", "Ctrl+Alt+V", False)
        assert logging.getLogger("sottovoce").level == logging.WARNING
        with pytest.raises(SettingLocked):
            await application.set_setting("hotkey", "F9")
        await application.set_setting("volume", 30)
        assert keys.key == "Ctrl+Alt+V"
        assert read_settings(tmp_path / "home" / "settings.toml").strict() == replace(SETTINGS, volume=30)
        await followed(recommended, SpeechRate=160)
        assert application.settings().speech_rate == 160
        await application.set_setting("volume", 40)
        assert "speech_rate" not in (tmp_path / "home" / "settings.toml").read_text(), "it is nobody's choice yet"
        await followed(managed)
        assert (keys.key, knowing()) == (SETTINGS.hotkey, True)
        assert logging.getLogger("sottovoce").level == logging.INFO

    in_application(story, PolicySource(managed))


def test_a_changed_settings_file_is_followed_and_a_mistake_in_it_is_told(
    in_application: Callable[..., None], tmp_path: Path
) -> None:
    file = tmp_path / "home" / "settings.toml"

    async def story(application: Application) -> None:
        follow, followed = application._in_force.follow_file, asyncio.Event()  # noqa: SLF001 - what is waited for

        async def told_when_followed() -> None:
            await follow()
            followed.set()

        async def in_force(change: Callable[[], object]) -> int:
            followed.clear()
            change()
            async with asyncio.timeout(HANGS_S):
                await followed.wait()
            return application.settings().volume

        application._in_force.follow_file = told_when_followed  # type: ignore[method-assign] # noqa: SLF001 - as above
        assert await in_force(lambda: file.write_text("volume = 50\n")) == 50
        (other := file.with_name("other")).write_text("volume = 40\nspeak = false\n")
        assert await in_force(lambda: other.rename(file)) == 40  # as most editors save
        assert await application.serve("settings.set", {"key": "volume", "value": 30}) == {}
        assert application.settings().volume == 30
        assert "volume = 30" in file.read_text()
        with pytest.raises(SettingsUnusable, match="`volume`"):
            await application.serve("settings.set", {"key": "volume", "value": 300})
        told: list[SottovoceError] = []
        application._in_force._on_trouble = told.append  # noqa: SLF001 - as above
        assert await in_force(lambda: file.write_text("volume = 300\n")) == 30
        assert "line 1: `volume`" in told[0].sentence

    in_application(story)


class SilentMicrophone(FakeMicrophone):
    """Opens, and delivers nothing by itself."""

    async def open(self) -> None:
        """See the adapter."""


class OpenMicrophone(Application):
    """Hears a microphone that delivers what a test pushes."""

    microphone: SilentMicrophone

    async def _open_parts(self, settings: Settings) -> TurnParts:
        home = self._home
        self.microphone = SilentMicrophone()
        microphone = cast("SoundDeviceMicrophone", self.microphone)
        return await TurnParts.open(
            home.places, home.speech.answering, settings, self._emit, microphone, on_sound=self._interface.sound_arrived
        )


def test_it_starts_where_unfinished_questions_cannot_be_read(tmp_path: Path) -> None:
    async def main(quitting: asyncio.Event) -> int:
        front = TrayFrontEnd()
        async with (
            tray_home(tmp_path, front, SETTINGS) as home,
            contextlib.AsyncExitStack() as stack,
        ):
            application = Application(
                replace(home, recollection=replace(home.recollection, conversations=Unreadable(home.store))), quitting
            )
            front.hand_over(application)
            await application.open(stack, [])
            assert application.stage is not Stage.LISTENING
            assert StoreDamaged().sentence in application._interface.overlay.trouble.text()  # noqa: SLF001 - what is seen
        return 0

    assert loop.run(main) == 0


def test_settings_saved_in_the_middle_of_a_turn_end_it_and_show_so(tmp_path: Path) -> None:
    async def main(quitting: asyncio.Event) -> int:
        front = TrayFrontEnd()
        async with (
            tray_home(tmp_path, front, SETTINGS) as home,
            contextlib.AsyncExitStack() as stack,
        ):
            application = OpenMicrophone(home, quitting)
            front.hand_over(application)
            await application.open(stack, [])
            application.press()
            interface = application._interface  # noqa: SLF001 - what its user sees
            interface.show_window()
            assert str(application.stage) == "listening"
            assert "Listening" in interface.tray.icon.toolTip()
            await application.save_settings(replace(SETTINGS, volume=50))
            assert str(application.stage) == "ready"
            assert "Ready" in interface.tray.icon.toolTip()
            assert not interface.menu.stop.isEnabled()
            assert interface.menu.talk.text().startswith("&Talk")
        return 0

    assert loop.run(main) == 0


def test_the_overlay_invites_to_talk_when_the_first_sound_has_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_sound, "LIMIT_S", HANGS_S)  # a busy machine takes longer to listen at all

    async def main(quitting: asyncio.Event) -> int:
        front = TrayFrontEnd()
        async with (
            tray_home(tmp_path, front, SETTINGS) as home,
            contextlib.AsyncExitStack() as stack,
        ):
            application = OpenMicrophone(home, quitting)
            front.hand_over(application)
            await application.open(stack, [])
            overlay = application._interface.overlay  # noqa: SLF001 - what its user sees
            before = overlay.word.text()
            application.press()
            assert overlay.word.text() == before
            await application.microphone.wait_listening()
            assert overlay.word.text() == before
            application.microphone.push()
            while overlay.word.text() == before:  # noqa: ASYNC110 - the block's way through the loop
                await asyncio.sleep(0)
            assert overlay.word.text() == "Listening…"
            application.cancel()
        return 0

    assert loop.run(main) == 0


class Interrupted(OpenMicrophone):
    """Its user presses the key as soon as it thinks."""

    def _emit(self, event: TurnEvent) -> None:
        super()._emit(event)
        if event == StageChanged(Stage.THINKING):
            self.press()


def test_who_asks_aloud_and_is_interrupted_is_told(tmp_path: Path) -> None:
    async def main(quitting: asyncio.Event) -> int:
        front = TrayFrontEnd()
        speaking = replace(SETTINGS, speak=True)
        async with (
            tray_home(tmp_path, front, speaking) as home,
            contextlib.AsyncExitStack() as stack,
        ):
            application = Interrupted(home, quitting)
            front.hand_over(application)
            server = LocalServer(home.places.socket, application.serve)
            await server.open()
            stack.push_async_callback(server.close)
            await application.open(stack, [])
            with pytest.raises(SottovoceError) as caught:
                await request(home.places.socket, "ask", {"text": "what time is it", "speak": True}, reply_s=10)
            assert caught.value.code == "interrupted"
            assert application.stage is Stage.LISTENING
        return 0

    assert loop.run(main) == 0


def test_before_there_is_a_home_it_can_be_shown_and_quit_and_nothing_else(tmp_path: Path) -> None:
    async def main(quitting: asyncio.Event) -> int:
        front = TrayFrontEnd()
        unlocking = Unlocking(lambda: False)
        reception = Reception(quitting, unlocking)
        with pytest.raises(StillStarting):
            await reception.answer("press", {})
        asking = asyncio.create_task(unlocking.ask_passphrase(KeyringMissing(), 1))
        await asyncio.sleep(0)
        for command in ("toggle", "ask", "doctor", "history.list"):
            with pytest.raises(StillStarting):
                await reception.answer(command, {})
        unlocking.window.showMinimized()
        assert await reception.answer("show", {}) == {"stage": "thinking"}
        assert not unlocking.window.isMinimized()
        unlocking.window.reject()
        await asking
        unlocking.window.hide()
        question = asyncio.create_task(reception.answer("ask", {"text": "what time is it"}))
        await asyncio.sleep(0)
        async with (
            tray_home(tmp_path, front, SETTINGS) as home,
            contextlib.AsyncExitStack() as stack,
        ):
            application = Application(home, quitting)
            front.hand_over(application)
            await application.open(stack, [], reception.hand_over)
            assert application._interface.history is not None, "shown as soon as it could"  # noqa: SLF001
            assert (await question)["intent"] == "clock.time"
            assert (await reception.answer("stage", {}))["stage"] == "ready"
        assert not quitting.is_set()
        await reception.answer("quit", {})
        assert quitting.is_set()
        return 0

    assert loop.run(main) == 0


def test_a_press_through_the_socket_before_the_parts_are_open_is_told(tmp_path: Path) -> None:
    async def main(quitting: asyncio.Event) -> int:
        front = TrayFrontEnd()
        async with (
            tray_home(tmp_path, front, SETTINGS) as home,
            contextlib.AsyncExitStack() as stack,
        ):
            application = Pressed(home, quitting)
            front.hand_over(application)
            await application.open(stack, [])
            assert application.refused == ["press", "release", "toggle", "cancel"]
        return 0

    assert loop.run(main) == 0


class Pressed(Application):
    """Somebody presses by command while its parts are being opened."""

    refused: ClassVar[list[str]] = []

    async def _open_parts(self, settings: Settings) -> TurnParts:
        for command in ("press", "release", "toggle", "cancel"):
            with pytest.raises(StillStarting):
                await self.serve(command, {})
            self.refused.append(command)
        assert (await self.serve("stage", {}))["stage"] == "thinking"
        return await super()._open_parts(settings)


def test_a_refused_start_is_shown_until_it_is_closed(qapp: QApplication) -> None:
    async def main(quitting: asyncio.Event) -> int:
        showing = asyncio.create_task(show_refusal(StoreDamaged(), quitting))
        await asyncio.sleep(0)
        (box,) = (
            widget for widget in qapp.topLevelWidgets() if isinstance(widget, RefusalWindow) and widget.isVisible()
        )
        assert box.sentence.text() == StoreDamaged().sentence
        assert box.remedy.text() == StoreDamaged().remedy
        box.close()
        assert await showing == 1
        showing = asyncio.create_task(show_refusal(KeyringMissing(), quitting))
        await asyncio.sleep(0)
        quitting.set()
        return await showing

    assert loop.run(main) == 3


def test_doctor_asks_the_keyring_for_real(
    in_application: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path / "home"))

    async def story(application: Application) -> None:
        report = await application.serve("doctor", {})
        (keyring,) = (check for check in report["checks"] if check["name"] == "keyring")
        assert keyring["ok"] is False
        assert keyring["detail"] == KeyringMissing().sentence
        assert "key passphrase" in keyring["remedy"]

    in_application(story)


def test_when_the_last_turns_reached_their_stages_is_known_until_it_ends(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        def findings(report: dict[str, list[dict[str, str]]]) -> dict[str, str]:
            return {one["name"]: one["detail"] for one in report["checks"]}

        assert await application.serve("turns", {}) == {"turns": []}
        assert findings(await application.serve("doctor", {}))["turns"] == (
            "Nothing has been answered aloud since the start."
        )
        answer = await application._talk.say_answer("what time is it")  # noqa: SLF001 - as the socket asks with a voice
        async with asyncio.timeout(HANGS_S):
            while not (turns := (await application.serve("turns", {}))["turns"]):  # noqa: ASYNC110 - the turn ends behind the answer
                await asyncio.sleep(0.01)
        (turn,) = turns
        assert (turn["number"], turn["spoken"], turn["outcome"]) == (1, False, "answered")
        assert turn["stages_ms"]["stored"] <= turn["stages_ms"]["end"]
        assert answer.reply not in json.dumps(turn)
        shown_alone = await application.serve("turns.show", {"turn": "1"})
        assert {**shown_alone, "ago_s": 0} == {**turn, "ago_s": 0}
        with pytest.raises(ThingNotFound):
            await application.serve("turns.show", {"turn": "2"})
        await application.save_settings(replace(SETTINGS, user="anna"))  # other parts
        assert [one["number"] for one in (await application.serve("turns", {}))["turns"]] == [1]
        assert shown(application.about().turns) == findings(await application.serve("doctor", {}))["turns"]

    in_application(story)


def test_what_another_user_asks_aloud_through_the_socket_stays_with_that_user(
    in_application: Callable[..., None], tmp_path: Path
) -> None:
    socket = tmp_path / "home" / "sottovoce.sock"

    async def story(application: Application) -> None:
        await application.save_settings(replace(SETTINGS, speak=True))
        await request(socket, "ask", {"text": "remember that i like tea", "user": "bob", "speak": True})
        answer = await request(socket, "ask", {"text": "what do i like", "speak": True})
        assert answer["reply"] == "You have not told me yet what you like."
        with pytest.raises(SottovoceError) as caught:
            await request(socket, "ask", {"text": "help", "user": 7})
        assert caught.value.code == "usage-wrong"

    in_application(story)


def test_a_voice_that_is_not_there_is_told_and_the_old_one_stays(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        await application.save_settings(replace(SETTINGS, speak=True))
        with pytest.raises(VoiceUnknown):
            await application.save_settings(replace(SETTINGS, speak=True, voice="no such voice"))
        assert application.settings().voice == ""

    in_application(story)


def test_what_is_asked_before_the_parts_are_open_is_told_not_lost(tmp_path: Path) -> None:
    async def main(quitting: asyncio.Event) -> int:
        front = TrayFrontEnd()
        async with tray_home(tmp_path, front, SETTINGS) as home:
            application = Impatient(home, quitting)
            front.hand_over(application)
            async with contextlib.AsyncExitStack() as stack:
                await application.open(stack, [])
            assert application.shown == ["Sottovoce is still starting."] * 2
        return 0

    assert loop.run(main) == 0


class Impatient(Application):
    """Somebody clicks while its parts are being opened."""

    shown: ClassVar[list[str]] = []

    async def _open_parts(self, settings: Settings) -> TurnParts:
        for click in (self.toggle, self.cancel):
            click()
            self.shown.append(self._interface.overlay.trouble.text())
        assert self.about().model == ""
        with pytest.raises(StillStarting):
            await self.save_settings(SETTINGS)
        return await super()._open_parts(settings)


@pytest.mark.parametrize(
    ("noted", "policy", "shown"),
    [
        (None, NO_POLICY, "welcome"),
        ("2", NO_POLICY, "welcome"),
        ("x", NO_POLICY, "welcome"),
        ("done", NO_POLICY, "recovery"),
        (None, Policy(welcome=False), "recovery"),
    ],
)
def test_a_new_home_is_welcomed_once_and_where_the_policy_lets_it(
    in_application: Callable[..., None], tmp_path: Path, noted: str | None, policy: Policy, shown: str
) -> None:
    state = tmp_path / "home"

    async def story(application: Application) -> None:
        ui = application._interface  # noqa: SLF001 - what is seen
        await ui.tasks.idle()
        if noted is not None:
            assert ui.welcome is not None
            ui.welcome.leave()
            ui.welcome = None
            (state / "welcome").write_text(noted)
            await application._welcome()  # noqa: SLF001 - as at the next start
        windows = {"welcome": ui.welcome, "recovery": ui.recovery}
        assert [name for name, window in windows.items() if window is not None and window.isVisible()] == [shown]
        if ui.welcome is not None:
            assert ui.welcome.number == (2 if noted == "2" else 0)
            assert recovery_made(application._home.places) is None  # noqa: SLF001 - none is made before its step
            ui.welcome.next.click()
            assert (state / "welcome").read_text() == str(ui.welcome.number)
            ui.welcome.leave_button.click()
            assert (state / "welcome").read_text() == "done"

    in_application(story, policy)


def test_who_has_confirmed_a_code_is_not_welcomed(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        ui = application._interface  # noqa: SLF001 - what is seen
        await ui.tasks.idle()
        assert ui.welcome is not None
        ui.welcome.leave()
        made = await application.ask(MakeRecoveryCode())
        await application.ask(KeepRecoveryCode(code=made.code))
        ui.welcome = None
        await application._welcome()  # noqa: SLF001 - as at the next start
        assert ui.welcome is None
        assert ui.recovery is None

    in_application(story)


def test_where_the_administrator_keeps_the_code_nobody_is_asked_to(
    in_application: Callable[..., None], tmp_path: Path
) -> None:
    (kept := tmp_path / "kept").mkdir()

    async def story(application: Application) -> None:
        ui = application._interface  # noqa: SLF001 - what is seen
        await ui.tasks.idle()
        assert (ui.welcome, ui.recovery) == (None, None)
        assert len(list(kept.iterdir())) == 1
        recovery = {one["name"]: one for one in (await application.serve("doctor", {}))["checks"]}["recovery"]
        assert recovery["ok"]

    in_application(story, Policy(recovery_escrow_folder=str(kept)))


class FakeMedia:
    """Other programs' media; keeps what was asked of them."""

    calls: ClassVar[list[str]] = []

    def __init__(self, _held: Path) -> None:
        self.calls.clear()

    def open(self) -> None:
        self.calls.append("open")

    def hold(self, how: str) -> None:
        self.calls.append(how)

    def release(self) -> None:
        self.calls.append("release")

    async def close(self) -> None:
        self.calls.append("close")


class FakeCues:
    """Cues that nobody hears."""

    played: ClassVar[list[str]] = []

    def __init__(self) -> None:
        self.played.clear()

    def play(self, cue: str) -> None:
        self.played.append(cue)

    async def close(self) -> None:
        """There is nothing to close."""


def test_other_media_make_way_for_a_turn_and_cues_tell_of_it_as_the_settings_say(
    in_application: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sottovoce.runtime.beside_turns.OtherMedia", FakeMedia)
    monkeypatch.setattr("sottovoce.runtime.beside_turns.SoundCues", FakeCues)

    def turn(application: Application) -> tuple[list[str], list[str]]:
        media, cues = len(FakeMedia.calls), len(FakeCues.played)
        application._emit(StageChanged(Stage.LISTENING))  # noqa: SLF001 - what a turn tells
        application._sound_arrived()  # noqa: SLF001 - what the microphone tells
        for stage in (Stage.THINKING, Stage.SPEAKING, Stage.READY):
            application._emit(StageChanged(stage))  # noqa: SLF001 - as above
        return FakeMedia.calls[media:], FakeCues.played[cues:]

    async def story(application: Application) -> None:
        assert turn(application) == (["pause", "pause", "release"], ["listening", "done"])
        await application.save_settings(replace(SETTINGS, media_while_listening="lower", sounds=False))
        assert turn(application) == (["lower", "lower", "release"], [])
        await application.save_settings(replace(SETTINGS, media_while_listening="leave"))
        assert turn(application)[0] == ["release"]

    in_application(story)
    assert FakeMedia.calls[0] == "open"
    assert FakeMedia.calls[-1] == "close"


def test_a_command_shows_each_window(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        ui = application._interface  # noqa: SLF001 - what is seen
        for window in ("settings", "about", "history"):
            assert await application.serve("show", {"window": window}) == {"stage": str(application.stage)}
        assert all(one is not None and one.isVisible() for one in (ui.settings, ui.about, ui.history))

    in_application(story)


def test_a_newer_version_is_told_once_and_an_unreachable_server_not_at_all(
    in_application: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    release, known = Release(version="99.0.0", serial=1, until=date(2999, 1, 1)), list[SottovoceError]()
    answers: list[Release | SottovoceError | None] = [release, None, UpdateUnreachable(), UpdateForged()]

    async def newer(_: ReleaseNews) -> Release | None:
        answer = answers.pop(0)
        if isinstance(answer, SottovoceError):
            raise answer
        return answer

    async def story(application: Application) -> None:
        ui, home = application._interface, application._home  # noqa: SLF001 - what is told

        def look() -> Awaitable[None]:
            return tell_release(home, lambda: ui)

        monkeypatch.setattr(ui, "tell_error", known.append)
        for _ in range(3):
            await look()
        (told,) = known
        assert told.sentence == f"Sottovoce 99.0.0 is out; this is {__version__}."
        with pytest.raises(UpdateForged):  # which the upkeep tells
            await look()

    monkeypatch.setattr(ReleaseNews, "newer", newer)
    in_application(story)
