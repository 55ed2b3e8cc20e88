"""The turn and the windows of the running application: what a compositor's key binding calls."""

import enum
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.operations.declared import INNER, Face, Family, Needs, Positional
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.operations.running import Running
    from sottovoce.talk.call_order import Call

PRESS: Final = Family("press")
RELEASE: Final = Family("release")
TOGGLE: Final = Family("toggle")
CANCEL: Final = Family("cancel")
SHOW: Final = Family("show")
QUIT: Final = Family("quit")
STAGE: Final = Family("stage")

_CALL: Final = Face.LINE | Face.SOCKET


class WindowName(enum.StrEnum):
    """Which window."""

    HISTORY = "history"
    SETTINGS = "settings"
    DIAGNOSTICS = "diagnostics"
    ABOUT = "about"


@values
class StageShown(Values):
    """What the application is doing."""

    stage: str


@values
class Press(Asks[StageShown]):
    """The key goes down: listen."""

    started_s: float | None = None
    """When the caller's process began, by a clock that all share; now, if it is not given."""
    process: float | None = None
    """The caller's number."""


@values
class LetGo(Asks[StageShown]):
    """The key comes up: answer."""

    started_s: float | None = None
    process: float | None = None


@values
class Toggle(Asks[StageShown]):
    """Press, or release if it is listening."""

    started_s: float | None = None
    process: float | None = None


@values
class Cancel(Asks[StageShown]):
    """Drop the turn and be silent."""

    started_s: float | None = None
    process: float | None = None


def _called(running: "Running", call: "Call", asked: Press | LetGo | Toggle | Cancel) -> StageShown:
    from sottovoce.adapters.process_clock import now_s  # noqa: PLC0415 - completion needs none of these
    from sottovoce.talk.call_order import CallMoment  # noqa: PLC0415

    given = {name: value for name, value in vars(asked).items() if value is not None}
    running.call(call, CallMoment.of_call(given, now_s()))
    return StageShown(stage=str(running.stage))


@PRESS.operation("press", Press, StageShown, effect=Effect.ACT, needs=Needs.APPLICATION, faces=_CALL)
async def press(running: "Running", asked: Press) -> StageShown:
    """Listen."""
    from sottovoce.talk.call_order import Call  # noqa: PLC0415 - as above

    return _called(running, Call.PRESS, asked)


@RELEASE.operation("release", LetGo, StageShown, effect=Effect.ACT, needs=Needs.APPLICATION, faces=_CALL)
async def release(running: "Running", asked: LetGo) -> StageShown:
    """Stop listening and answer."""
    from sottovoce.talk.call_order import Call  # noqa: PLC0415 - as above

    return _called(running, Call.RELEASE, asked)


@TOGGLE.operation("toggle", Toggle, StageShown, effect=Effect.ACT, needs=Needs.APPLICATION, faces=_CALL)
async def toggle(running: "Running", asked: Toggle) -> StageShown:
    """Press, or release."""
    from sottovoce.talk.call_order import Call  # noqa: PLC0415 - as above

    return _called(running, Call.TOGGLE, asked)


@CANCEL.operation("cancel", Cancel, StageShown, effect=Effect.ACT, needs=Needs.APPLICATION, faces=_CALL)
async def cancel(running: "Running", asked: Cancel) -> StageShown:
    """Drop the turn and be silent."""
    from sottovoce.talk.call_order import Call  # noqa: PLC0415 - as above

    return _called(running, Call.CANCEL, asked)


@values
class ShowWindow(Asks[StageShown]):
    """Show a window of the running application."""

    window: Annotated[WindowName | None, Positional(help="cli-show-window")] = None


@SHOW.operation("show", ShowWindow, StageShown, effect=Effect.ACT, needs=Needs.APPLICATION, faces=_CALL)
async def show(running: "Running", asked: ShowWindow) -> StageShown:
    """Bring it up."""
    running.show(asked.window or WindowName.HISTORY)
    return StageShown(stage=str(running.stage))


@values
class Quit(Asks[StageShown]):
    """End the running application."""


@QUIT.operation("quit", Quit, StageShown, effect=Effect.ACT, needs=Needs.APPLICATION, faces=_CALL)
async def quit_application(running: "Running", _: Quit) -> StageShown:
    """End it."""
    running.quit()
    return StageShown(stage=str(running.stage))


@values
class AskStage(Asks[StageShown]):
    """What the application is doing."""


@STAGE.operation("stage", AskStage, StageShown, effect=Effect.READ, needs=Needs.APPLICATION, faces=INNER)
async def show_stage(running: "Running", _: AskStage) -> StageShown:
    """Show what the application is doing."""
    return StageShown(stage=str(running.stage))
