"""Speech models, with how far an installation is on stderr."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.adapters.models.library import ModelLibrary
from sottovoce.adapters.places import places
from sottovoce.adapters.policy_files import PolicySource, settings_under
from sottovoce.commands.asked import printed
from sottovoce.commands.asking import asker_of_command
from sottovoce.commands.printed import note
from sottovoce.commands.reach import ask_app, tell_of_recovery_code
from sottovoce.domain.errors import AppSilent, NotRunning
from sottovoce.domain.speech_models import InstallStep, Progress
from sottovoce.home import FrontEnd
from sottovoce.language import words
from sottovoce.operations.models import (
    CancelInstallation,
    ImportModel,
    ImportPreinstalled,
    InstallModel,
    ListModels,
    ShowProgress,
    size,
)
from sottovoce.operations.values import Asks, Values

if TYPE_CHECKING:
    import argparse

    from sottovoce.commands.printed import Printed
    from sottovoce.operations.models import ModelProgress

R = TypeVar("R", bound=Values)

POLL_S = 0.5
"""Between two looks at how far the running application is."""

_WIDTH = 44
"""Of the line that changes: the longest text covers what stood there before."""


async def models(asked: Asks[Any], _: argparse.Namespace) -> Printed:
    """`models list|install NAME|import [PATH]|remove NAME`.

    Raises:
        SottovoceError: It failed.
    """
    if isinstance(asked, ImportModel) and asked.path is None:
        asked = ImportPreinstalled()
    online = isinstance(asked, InstallModel) or (isinstance(asked, ListModels) and asked.refresh)
    return printed(asked, await _done(asked, online=online))


@dataclass(frozen=True, slots=True)
class _Alone:
    """The folder of models without its home."""

    models: ModelLibrary
    front_end: FrontEnd


async def _done(asked: Asks[R], *, online: bool) -> R:
    """In the running application, else here; what goes over the network opens the home, which notes what is sent."""
    shown = _Shown()
    try:
        try:
            return await _in_app(asked, shown)
        except NotRunning as nobody:
            if isinstance(nobody, AppSilent):
                raise
        return await (_in_home(asked, shown) if online else _alone(asked, shown))
    finally:
        shown.end()


async def _alone(asked: Asks[R], shown: _Shown) -> R:
    found = places(os.environ)
    found.prepare()
    policies = PolicySource()
    library = ModelLibrary(found, settings_under(policies.now(), found), policies.now)
    try:
        alone = _Alone(library, FrontEnd(installing=shown.show))
        return await asked.operation.run(alone, asked)  # type: ignore[no-any-return] # as it is declared
    finally:
        await library.close()


async def _in_home(asked: Asks[R], shown: _Shown) -> R:
    from sottovoce.home import open_home  # noqa: PLC0415 - the database engine, when it is needed

    front_end = FrontEnd(installing=shown.show)
    async with open_home(asker=asker_of_command(), maintain=False, front_end=front_end) as home:
        tell_of_recovery_code(home, asked.operation.name)
        return await asked.operation.run(home, asked)  # type: ignore[no-any-return] # as it is declared


async def _in_app(asked: Asks[R], shown: _Shown) -> R:
    task = asyncio.create_task(ask_app(asked))
    try:
        while not (await asyncio.wait({task}, timeout=POLL_S))[0]:
            if isinstance(asked, InstallModel | ImportModel | ImportPreinstalled):
                shown.show(_progress(await ask_app(ShowProgress())))
        return task.result()
    except asyncio.CancelledError:
        with contextlib.suppress(NotRunning):
            await ask_app(CancelInstallation())
        raise
    finally:
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # told above, or of no more interest


def _progress(raw: ModelProgress) -> Progress | None:
    return Progress(InstallStep(raw.step), raw.done_bytes, raw.total_bytes) if raw.step else None


def _step(step: InstallStep) -> str | None:
    """What is being done; None of what nobody need be told."""
    return {
        InstallStep.LOOKING_UP: words("climodels-looking-up"),
        InstallStep.DOWNLOADING: words("climodels-downloading"),
        InstallStep.CHECKING: words("climodels-checking"),
        InstallStep.UNPACKING: words("climodels-unpacking"),
        InstallStep.PROVING: words("climodels-proving"),
    }.get(step)


class _Shown:
    """How far it is, on stderr: in one line that changes where somebody looks, else a line for each step."""

    def __init__(self) -> None:
        self._step: InstallStep | None = None
        self._line = sys.stderr.isatty()

    def show(self, progress: Progress | None) -> None:
        """Show a step's progress."""
        if progress is None or (text := _step(progress.step)) is None:
            return
        if self._line:
            done, total = size(progress.done_bytes), progress.total_bytes
            if progress.done_bytes and total:
                text = words("climodels-step-of", step=text, done=done, total=size(total))
            elif progress.done_bytes:
                text = f"{text} {done}"
            note(f"{text} …".ljust(_WIDTH), end="\r")
        elif progress.step is not self._step:
            note(f"{text} …")
        self._step = progress.step

    def end(self) -> None:
        """Go on below."""
        if self._line and self._step is not None:
            note("")
