"""Everything that runs in the tray, and what the interface and the socket ask of it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.adapters.clipboard_x11 import X11Clipboard
from sottovoce.adapters.file_watch import folder_watched
from sottovoce.adapters.hotkey import open_hotkey
from sottovoce.adapters.notifications import DesktopNotices
from sottovoce.adapters.process_clock import now_s
from sottovoce.adapters.typing import open_typing
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import (
    CodeEscrowed,
    SottovoceError,
    StillStarting,
    StoreTrouble,
    UsageWrong,
)
from sottovoce.domain.said import said
from sottovoce.domain.turns import Stage, StageChanged, TurnEvent, TurnFailed
from sottovoce.home.idle_lock import IdleLock
from sottovoce.home.sound import TurnParts
from sottovoce.memory.schedule import Wakes
from sottovoce.operations.declared import Face, Needs
from sottovoce.operations.registry import find
from sottovoce.operations.values import Asks, Values, from_json, to_json
from sottovoce.runtime.beside_turns import BesideTurns
from sottovoce.runtime.examined import every_part, key_pressed
from sottovoce.runtime.locked import Locked
from sottovoce.runtime.offered import OfferedQuestions
from sottovoce.runtime.policy_follower import PolicyFollower, ended
from sottovoce.runtime.programs import Programs
from sottovoce.runtime.ringing import ringing
from sottovoce.runtime.settings_in_force import SettingsInForce
from sottovoce.runtime.upkeep import upkeep_of
from sottovoce.runtime.welcoming import welcome
from sottovoce.runtime.window_questions import WindowQuestions
from sottovoce.talk.call_order import Call, CallMoment, CallOrder
from sottovoce.talk.conversation import Talk
from sottovoce.talk.talk_key import TalkKey
from sottovoce.ui.clipboard import QtClipboard, x11_display
from sottovoce.ui.interface import Interface
from sottovoce.ui.not_into_self import NotIntoSelf

if TYPE_CHECKING:
    import contextlib
    from collections.abc import Callable

    from sottovoce.adapters.media import OtherMedia
    from sottovoce.domain.erasing import ErasingProgress
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.speech_models import Progress as ModelProgress
    from sottovoce.domain.turns import Answer
    from sottovoce.home import Home
    from sottovoce.home.front_end import ApiServed, Speak
    from sottovoce.memory.knowledge import KnowledgeProgress
    from sottovoce.operations.values import Json
    from sottovoce.talk.dictation import Typing
    from sottovoce.talk.ringing import Notice, Ringing
    from sottovoce.ui.session_lock import SessionLock

log = logging.getLogger(__name__)
R = TypeVar("R", bound=Values)


_OF_TURNS = {Call.PRESS: Talk.press, Call.RELEASE: Talk.release, Call.TOGGLE: Talk.toggle, Call.CANCEL: Talk.cancel}


def _clipboard() -> X11Clipboard | QtClipboard:
    """The clipboard; under X11 a program that owns it and hangs must not hang us."""
    windows = QtClipboard()
    display = x11_display()
    return X11Clipboard(display, windows.copy) if display else windows


class Application(WindowQuestions):
    """Everything that runs, and what the interface and the socket ask of it (`ui.ports.Actions`)."""

    def __init__(self, home: Home, quitting: asyncio.Event, interface: Interface | None = None) -> None:
        """Serve `home` until `quitting` is set, in an interface that is shown already or in one of its own."""
        self._upkeep = upkeep_of(home, lambda: self._shown, idle=self.is_idle, on_trouble=self.tell_standing)
        self._quitting = quitting
        self._session_lock: SessionLock | None = None
        self._is_locked = False
        self._keeping = 0
        self._order = CallOrder()
        self._key = TalkKey(
            open_hotkey(self._key_lost, self._key_given),
            self._when_started,
            stay=self._stay,
            listening=lambda: self._parts is not None and self._parts.talk.listening,
            on_trouble=self.tell_standing,
        )
        self.idle = IdleLock(lambda: home.policy.lock_after_idle_minutes, self._is_needed)
        self._programs = Programs(
            home,
            self.ask,
            on_stored=self._stored,
            on_trouble=self.tell_standing,
            using=self.idle.using,
        )
        in_force = SettingsInForce(
            home,
            self._key,
            self._open_parts,
            interface=lambda: self._interface,
            on_trouble=self.tell_standing,
            followed=self._programs.follow,
        )
        super().__init__(home, in_force)
        self._offered = OfferedQuestions(home, lambda: self._talk, self._emit, self.tell_standing)
        self._beside = BesideTurns(home.places, lambda: self._in_force.applied)
        self._policy = PolicyFollower(
            home, self._in_force, lambda: self._interface, self.tell_standing, followed=self.idle.look
        )
        self._shown = interface
        self._notices = DesktopNotices(self._show_notice)
        self._ringing: Ringing | None = None
        self.clipboard = _clipboard()
        self._typing = NotIntoSelf(open_typing(self.clipboard.copy))

    @property
    def media(self) -> OtherMedia:
        """Who holds other programs' players while somebody talks."""
        return self._beside.media

    @property
    def _parts(self) -> TurnParts | None:
        return self._in_force.parts

    @property
    def _interface(self) -> Interface:
        if self._shown is None:
            raise StillStarting
        return self._shown

    async def open(
        self,
        stack: contextlib.AsyncExitStack,
        troubles: list[SottovoceError],
        hand_over: Callable[[Application], None] | None = None,
    ) -> None:
        """Open every part in order; `stack` closes them in reverse. A part in trouble is told and does without.

        Args:
            stack: Closes what was opened.
            troubles: What was in trouble before: told when there is somebody to tell.
            hand_over: Called as soon as there is a window, for what the socket has been asked meanwhile.
        """
        if self._shown is None:
            self._shown = Interface(self)
        self._shown.begin()
        stack.push_async_callback(self._interface.close)
        stack.callback(self._home.speech.dictation.stop)  # while there is an icon that shows it
        if hand_over:
            hand_over(self)
        # The icon is there first: a large speech model takes some seconds.
        parts = self._in_force.parts = await self._open_parts(self._in_force.settings)
        stack.callback(self._sample.hush)
        stack.push_async_callback(self._notices.close)
        stack.push_async_callback(self._typing.close)
        stack.push_async_callback(self.clipboard.close)
        self._beside.open(stack)
        stack.push_async_callback(self._in_force.close_parts)
        stack.push_async_callback(self._key.close)
        try:
            await self._key.use(self._in_force.applied)
        except SottovoceError as error:
            self._key.error = error
            troubles.append(error)
        self._key_given()
        for trouble in (*troubles, *parts.troubles):
            if isinstance(trouble, CodeEscrowed):  # good news, and nothing that stands in the way
                self._interface.tell_error(trouble)
            else:
                self.tell_standing(trouble)
        await self._offered.offer()
        for name, work in {"upkeep": self._upkeep.run, "warm": self._warm}.items():
            stack.push_async_callback(ended, asyncio.create_task(work(), name=name))
        self._ringing = await stack.enter_async_context(
            ringing(self._home, lambda: self._talk, self._show_notice, self.tell_standing)
        )
        stack.push_async_callback(self._programs.close)
        await self._programs.follow(self._in_force.applied)
        stack.push_async_callback(self._policy.end_knowledge)
        await self._policy.follow_knowledge()
        self._interface.tasks.start(self._welcome())
        self._home.policies.follow(self._policy.changed)
        stack.callback(self._home.policies.follow, lambda: None)
        for folder in self._home.policies.place.folders:
            stack.enter_context(folder_watched(folder, lambda: self._home.policy))
        file = self._home.places.settings_file
        for one in {file, file.resolve()}:  # a link into a folder of dotfiles
            stack.enter_context(folder_watched(one.parent, self._in_force.file_changed, only=one.name))
        stack.callback(self._in_force.stop_following)
        self._home.policies.now()  # it may have changed since the home was opened
        log.info("ready")

    async def _open_parts(self, settings: Settings) -> TurnParts:
        settings = self._home.policy.applied(settings)
        if settings.preroll:
            self._follow_session()
        parts = await TurnParts.open(
            self._home.places,
            self._home.speech.answering,
            settings,
            self._emit,
            on_sound=self._sound_arrived,
            on_preroll=self._sound_kept,
            former=self._parts,
            on_trouble=self.tell_standing,
            dictation=self._home.speech.dictation,
            figures=self._home.figures,
        )
        if self._is_locked:
            await parts.rest(resting=True)
        return parts

    def _sound_kept(self, keeps: bool) -> None:  # noqa: FBT001 - it is what is reported
        self._keeping += 1 if keeps else -1  # a new microphone may begin before the former one has ended
        self._interface.show_preroll(self._keeping > 0)

    def _follow_session(self) -> None:
        """Hear from now on whether the screen is locked."""
        if self._session_lock is None:
            from sottovoce.ui.session_lock import SessionLock  # noqa: PLC0415 - the icon does not wait for it

            self._session_lock = SessionLock(self._session_locked)
            log.info("follows the session")

    @property
    def typing(self) -> Typing:
        """What types into the window in front."""
        return self._typing

    def show_dictation(self, on: bool) -> None:  # noqa: FBT001 - it is what is reported
        """Show that what is said is typed; it ends when the screen is locked."""
        if on:
            self._follow_session()
        if self._shown is not None:
            self._shown.show_dictation(on)

    def _session_locked(self, locked: bool) -> None:  # noqa: FBT001 - it is what is reported
        """Keep no sound, and type nothing, while nobody is at the screen; what was said before is answered."""
        self._is_locked = locked
        if locked:
            self._home.speech.dictation.stop()
            if self._parts and self._parts.talk.listening:
                self.release()
        if self._parts:
            self._interface.tasks.start(self._parts.rest(resting=locked))

    def _stay(self) -> None:
        if self._parts:
            self._parts.talk.stay()

    def _key_lost(self, error: SottovoceError | None) -> None:
        self._key.lost(error)

    def _key_given(self) -> None:
        """The desktop calls the key otherwise than before."""
        if self._shown is not None:
            self._shown.show_settings_in_force()

    def _sound_arrived(self) -> None:
        self._beside.sound_arrived()
        self._interface.sound_arrived()

    def _emit(self, event: TurnEvent) -> None:
        self._beside.hear(event)
        if isinstance(event, StageChanged):
            self._key.stage(event.stage)
            self._programs.stage(event.stage)
            if self._ringing is not None:
                self._ringing.stage(event.stage)
        self._interface.hear(event)

    def tell_standing(self, error: SottovoceError) -> None:
        """Trouble that belongs to no turn: shown until the next press."""
        log.warning("trouble: %s", error.code)
        self._interface.hear(TurnFailed(error))
        self._interface.hear(StageChanged(Stage.TROUBLE, error))

    def notify(self, notice: Notice | None) -> None:
        """See `Actions`."""
        shown = self._notices.withdraw() if notice is None else self._notices.show(notice)
        self._interface.tasks.start(shown)

    def _show_notice(self, notice: Notice) -> None:
        if self._shown is not None:
            self._shown.show_notice(notice.title, notice.text)

    def show_progress(self, progress: KnowledgeProgress) -> None:
        """Show how far the user's files have been read."""
        if self._shown is not None:
            self._shown.show_progress(progress)

    def show_installing(self, progress: ModelProgress) -> None:
        """Show how far a model is installed."""
        if self._shown is not None:
            self._shown.show_installing(progress)

    def show_erasing(self, progress: ErasingProgress) -> None:
        """Show how far the files are written anew after an erasure."""
        if self._shown is not None:
            self._shown.show_erasing(progress)

    async def _welcome(self) -> None:
        await welcome(self._home, self._interface, self.ask)

    async def _warm(self) -> None:
        """Have at hand what the first question will need."""
        try:
            await self._home.memory.warm(self._home.settings.user)
            await self._home.speech.answering.warm(self._home.settings.user)
        except StoreTrouble as trouble:
            log.warning("nothing is at hand yet: %s", trouble.code)
        self._follow_session()

    def _stored(self) -> None:
        self.idle.used()
        if self._shown is not None:
            self._shown.stored(anew=False)

    @property
    def api_served(self) -> ApiServed:
        """Where the local API is served, or why it is not."""
        return self._programs.served

    def is_idle(self) -> bool:
        """Whether no turn runs."""
        return self.stage in {Stage.READY, Stage.TROUBLE}

    async def known_while_locked(self) -> Locked:
        """What stays known when this is closed for nobody uses it."""
        try:
            wakes = await self._home.planner.schedule.wakes()
        except StoreTrouble:  # told elsewhere
            wakes = Wakes()
        return Locked(self._in_force.applied, wakes)

    def _is_needed(self) -> bool:
        """Whether something goes on that must not be cut off though nobody asks for anything."""
        rings = self._ringing is not None and self._ringing.is_ringing
        return not self.is_idle() or rings or self._home.speech.dictation.on or self._interface.is_needed

    @property
    def stage(self) -> Stage:
        """What the application is doing now."""
        return self._parts.talk.stage if self._parts else Stage.THINKING

    # What the interface asks

    @property
    def _talk(self) -> Talk:
        if self._parts is None:
            raise StillStarting
        return self._parts.talk

    def _when_started(self, call: Call) -> None:
        if self._parts:
            self._call(call, CallMoment(now_s()))
        else:
            self._interface.tell_error(StillStarting())

    def _call(self, call: Call, began: CallMoment) -> None:
        """Do what is called for, unless a later call has overtaken it.

        Raises:
            StillStarting: There is nobody to talk to yet.
        """
        self.idle.used()
        admitted = self._order.admit(call, began)
        if admitted:
            self._sample.hush()
            if self._ringing is not None and admitted is not Call.RELEASE:
                self._ringing.stop()
            _OF_TURNS[admitted](self._talk)

    def press(self) -> None:
        """Start listening."""
        self._when_started(Call.PRESS)

    def release(self) -> None:
        """Stop listening and answer."""
        self._when_started(Call.RELEASE)

    def toggle(self) -> None:
        """Press, or release if it listens."""
        self._when_started(Call.TOGGLE)

    def cancel(self) -> None:
        """Drop the turn and be silent."""
        self._when_started(Call.CANCEL)

    def show(self, window: str = "history") -> None:
        """Bring up a window: the history, the settings, how the program does, or what it is."""
        shown = {
            "settings": self._interface.show_settings,
            "diagnostics": self._interface.show_diagnostics,
            "about": self._interface.show_about,
        }
        shown.get(window, self._interface.show_window)()

    def quit(self) -> None:
        """End the application."""
        self._quitting.set()

    def talk_key(self) -> TalkKey:
        """The key to talk, to be tried out."""
        return self._key

    def named_key(self) -> str:
        """The key to talk as the desktop calls it."""
        return self._key.named(self._in_force.applied.hotkey)

    async def save_settings(self, settings: Settings) -> None:
        """Put new settings into force and on disk; on an error the old ones stay in force."""
        await self._in_force.save(settings)

    async def set_setting(self, name: str, value: object) -> None:
        """Put one setting into force and on disk; on an error all stay as they are."""
        await self._in_force.set_setting(name, value)

    async def answer_unfinished(self) -> None:
        """Answer the newest question that a crash left without an answer, aloud; then offer the one before it."""
        await self._offered.answer()

    async def dismiss_unfinished(self) -> None:
        """Leave the newest such question without an answer for good; then offer the one before it."""
        await self._offered.dismiss()

    # What the socket asks

    async def serve(self, command: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Answer one request of the socket.

        Raises:
            SottovoceError: It failed.
        """
        operation = find(command)
        if Face.SOCKET not in operation.faces:
            raise UsageWrong(said("cli-unknown-operation"))
        return to_json(await self.ask(from_json(operation.asked, arguments)))

    async def ask(self, asked: Asks[R], /) -> R:
        """Answer what an operation is asked, whoever asks.

        Raises:
            SottovoceError: It failed.
        """
        operation = asked.operation
        with self.idle.using(operation.name):
            if operation.needs is Needs.APPLICATION:
                return await operation.run(self, asked)  # type: ignore[no-any-return] # as it is declared
            try:
                return await operation.run(self._home, asked)  # type: ignore[no-any-return] # as it is declared
            finally:
                if operation.effect is not Effect.READ:
                    self._interface.stored(anew=operation.rewrites)

    def call(self, call: Call, began: CallMoment) -> None:
        """Do what is called for, unless a later call has overtaken it, or the key is just being tried out.

        Raises:
            StillStarting: There is nobody to talk to yet.
        """
        if not self._key.tried(call):
            self._call(call, began)

    @property
    def voice(self) -> Speak | None:
        """What answers a text aloud; None where answers are not to be spoken."""
        return self._say_answer if self._in_force.applied.speak else None

    async def _say_answer(self, text: str, conversation: str | None, user: str | None) -> Answer:
        return await self._talk.say_answer(text, conversation, user)

    async def try_key(self, key: str, within_s: float) -> Json:
        """What was seen of a key being pressed; of the one that is set if "" is named."""
        return await key_pressed(self._key, key or self._in_force.applied.hotkey, within_s)

    async def examine(self) -> Json:
        """The state of every part."""
        return await every_part(self._home, self._in_force, self._key, self._upkeep.troubles)
