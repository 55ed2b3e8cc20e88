"""The running application, as operations that need it ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.domain.stages import Stage
    from sottovoce.domain.turn_times import TurnTimes
    from sottovoce.operations.values import Json
    from sottovoce.talk.call_order import Call, CallMoment


class Running(Protocol):
    """Everything that runs in the tray."""

    @property
    def stage(self) -> Stage:
        """What it is doing."""

    def last_turns(self) -> Sequence[TurnTimes]:
        """When the last turns reached their stages, the newest first."""

    def call(self, call: Call, began: CallMoment) -> None:
        """Do what is called for, unless a later call has overtaken it, or the key is just being tried out.

        Raises:
            StillStarting: There is nobody to talk to yet.
        """

    def show(self, window: str = "history") -> None:
        """Bring up a window."""

    def quit(self) -> None:
        """End the application."""

    async def set_setting(self, name: str, value: Any) -> None:  # noqa: ANN401 - of any setting
        """Put one setting into force and on disk; on an error all stay as they are.

        Raises:
            SottovoceError: It can't be.
        """

    async def answer_unfinished(self) -> None:
        """Answer the newest question that a crash left without an answer, aloud; then offer the one before it.

        Raises:
            SottovoceError: There is none any more, or the store can't be read.
        """

    async def dismiss_unfinished(self) -> None:
        """Leave the newest such question without an answer for good; then offer the one before it.

        Raises:
            SottovoceError: There is none any more, or the store can't be read or written.
        """

    async def examine(self) -> Json:
        """The state of every part (`operations.checks.examine`)."""

    async def try_key(self, key: str, within_s: float) -> Json:
        """What was seen of a key being pressed (`operations.key_findings`); "" is the one that is set."""
