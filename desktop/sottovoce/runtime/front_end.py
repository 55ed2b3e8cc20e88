"""What an open home asks of the tray: handed in when the home is opened, before there is an application."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.home import FrontEnd
from sottovoce.home.front_end import ApiServed
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sottovoce.domain.erasing import ErasingProgress
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.speech_models import Progress as ModelProgress
    from sottovoce.home.front_end import Speak
    from sottovoce.memory.knowledge import KnowledgeProgress
    from sottovoce.runtime.application import Application
    from sottovoce.talk.dictation import Typing

log = logging.getLogger(__name__)


SAVE_S = 5.0
"""Longest wait for a picture of the screen to be written: 50 ms are usual, a large one on a slow disk takes more."""


async def take_picture(path: Path) -> bool:
    """Write what is on the screens to a file; whether it could."""
    from sottovoce.ui.screenshot import grabbed, saved  # noqa: PLC0415 - the icon comes first

    picture = grabbed()
    if picture is None:
        return False
    thread = OwnThread("picture")
    try:
        return await thread.run(lambda: saved(picture, path), deadline_s=SAVE_S)
    except TimeoutError:
        return False
    finally:
        await finish(thread.close())


class _HeldByApplication:
    """See `HeldPlayers`: what the application holds, as soon as there is one."""

    def __init__(self, front_end: TrayFrontEnd) -> None:
        self._front_end = front_end

    async def held(self) -> Sequence[str]:
        application = self._front_end.application
        return () if application is None else await application.media.held()

    def keep_paused(self) -> None:
        if (application := self._front_end.application) is not None:
            application.media.keep_paused()

    def go_on_with(self, player: str) -> bool:
        application = self._front_end.application
        return application is not None and application.media.go_on_with(player)


class TrayFrontEnd:
    """Passes on to the application, as soon as there is one."""

    def __init__(self) -> None:
        """There is none yet: trouble is logged, and nobody is told of progress."""
        self._application: Application | None = None

    def hand_over(self, application: Application) -> None:
        """Ask and tell this one from now on."""
        self._application = application

    @property
    def application(self) -> Application | None:
        """The one that is asked and told; None as long as there is none."""
        return self._application

    def for_home(self) -> FrontEnd:
        """What `open_home` takes."""
        return FrontEnd(
            idle=lambda: self._application is None or self._application.is_idle(),
            on_trouble=self._on_trouble,
            progress=self._show_progress,
            erasing=self._show_erasing,
            installing=self._show_installing,
            speak=self._speak,
            rings=True,
            held=_HeldByApplication(self),
            take_picture=take_picture,
            typing=self._typing,
            dictating=self._show_dictation,
            clipboard=lambda: None if self._application is None else self._application.clipboard,
            api=self._api,
            patience_s=0.0,  # quitting takes less than a second
        )

    def _api(self) -> ApiServed:
        return ApiServed() if self._application is None else self._application.api_served

    def _on_trouble(self, trouble: SottovoceError) -> None:
        if self._application is None:
            log.warning("trouble: %s", trouble.code)
        else:
            self._application.tell_standing(trouble)

    def _show_progress(self, progress: KnowledgeProgress) -> None:
        if self._application is not None:
            self._application.show_progress(progress)

    def _show_erasing(self, progress: ErasingProgress) -> None:
        if self._application is not None:
            self._application.show_erasing(progress)

    def _show_installing(self, progress: ModelProgress) -> None:
        if self._application is not None:
            self._application.show_installing(progress)

    def _speak(self) -> Speak | None:
        return None if self._application is None else self._application.voice

    def _typing(self) -> Typing | None:
        return None if self._application is None else self._application.typing

    def _show_dictation(self, on: bool) -> None:  # noqa: FBT001 - it is what is reported
        if self._application is not None:
            self._application.show_dictation(on)
