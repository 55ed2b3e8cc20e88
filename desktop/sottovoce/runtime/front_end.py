"""What an open home asks of the tray: handed in when the home is opened, before there is an application."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sottovoce.home import FrontEnd

if TYPE_CHECKING:
    from sottovoce.domain.erasing import ErasingProgress
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.home.front_end import Speak
    from sottovoce.memory.knowledge import KnowledgeProgress
    from sottovoce.runtime.application import Application

log = logging.getLogger(__name__)


class TrayFrontEnd:
    """Passes on to the application, as soon as there is one."""

    def __init__(self) -> None:
        """There is none yet: trouble is logged, and nobody is told of progress."""
        self._application: Application | None = None

    def hand_over(self, application: Application) -> None:
        """Ask and tell this one from now on."""
        self._application = application

    def for_home(self) -> FrontEnd:
        """What `open_home` takes."""
        return FrontEnd(
            idle=lambda: self._application is None or self._application.is_idle(),
            tell=self._tell,
            progress=self._show_progress,
            erasing=self._show_erasing,
            speak=self._speak,
            rings=True,
            patience_s=0.0,  # quitting takes less than a second
        )

    def _tell(self, trouble: SottovoceError) -> None:
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

    def _speak(self) -> Speak | None:
        return None if self._application is None else self._application.voice
