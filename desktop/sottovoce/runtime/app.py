"""The tray application: the composition root with Qt."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import importlib
import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import sottovoce.language  # noqa: F401 - the words of errors
from sottovoce.adapters.local_socket import LocalServer, request
from sottovoce.adapters.log_file import set_level, start_logging, write_as
from sottovoce.adapters.places import places as places_of
from sottovoce.adapters.session_bus import only_if_it_answers
from sottovoce.adapters.settings_file import read_settings
from sottovoce.domain.errors import (
    NotRunning,
    PlacesUnusable,
    ScreenMissing,
    SettingsUnusable,
    SottovoceError,
    StoreInUse,
)
from sottovoce.domain.settings import Settings
from sottovoce.language import words
from sottovoce.memory.finish import finish
from sottovoce.runtime.reception import Reception
from sottovoce.ui.loop import run
from sottovoce.ui.unlocking import Unlocking

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from sottovoce.adapters.places import Places
    from sottovoce.home import Home
    from sottovoce.runtime.application import Application
    from sottovoce.runtime.locked import Locked
    from sottovoce.ui.interface import Interface
    from sottovoce.ui.starting import Starting

log = logging.getLogger(__name__)
T = TypeVar("T")

STARTS = 5
"""Tries to get the home, each waiting `LOCK_S`, before somebody else is taken to keep it."""

LOCK_S = 1.0
"""Seconds a try waits for whoever has the home: a start at the same moment should not be noticed by its user."""

BEHIND_THE_ICON = (
    "sottovoce.home.opening",
    "sottovoce.home.sound",
    "sottovoce.operations.every_check",
    "sottovoce.operations.keys",
)
"""Three quarters of a second of imports that the icon does not wait for."""

SHOW_S = 3.0
"""Seconds a second start waits for the first one's answer."""


def run_application() -> bool:
    """Run the tray application until it is quit; returns whether it ran (else it runs already, and was shown).

    Raises:
        SottovoceError: It can't start (no screen, no key, no store): nothing was changed.
    """
    unlocking = Unlocking(_has_code)
    try:
        return _ran(unlocking)
    except ScreenMissing:
        raise
    except SottovoceError as error:
        # Started from a menu, nobody sees stderr; who has been asked for a secret, and quit, knows why.
        if not (unlocking.asked or _has_terminal()):
            log.warning("refused to start: %s", error.code)
            with contextlib.suppress(ScreenMissing):
                run(functools.partial(_refused, error))
        raise


async def _refused(error: SottovoceError, quitting: asyncio.Event) -> int:
    from sottovoce.ui.refusal import show_refusal  # noqa: PLC0415 - hardly ever needed

    return await show_refusal(error, quitting)


def _has_code() -> bool:
    from sottovoce.operations.keys import recovery_made  # noqa: PLC0415 - behind the icon

    return recovery_made(_prepared()) is not None


def _prepared() -> Places:
    found = places_of(os.environ)
    found.prepare()
    return found


def _has_terminal() -> bool:
    return any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def _ran(unlocking: Unlocking) -> bool:
    places = _prepared()
    # Asked before Qt is there: a second start is over in a moment.
    if asyncio.run(_shown_elsewhere(places)):
        return False
    start_logging(places.logs)
    only_if_it_answers()
    settings, _ = _settings(places)  # what the policy says of them comes behind the icon
    for _ in range(STARTS):
        try:
            run(lambda quitting: _live(places, settings, quitting, unlocking), overlay=settings.overlay)
        except StoreInUse:
            # A command may have had the home for a moment; or two were started at once, and the other was quicker.
            if asyncio.run(_shown_elsewhere(places)):
                return False
        else:
            return True
    raise StoreInUse


async def _live(places: Places, settings: Settings, quitting: asyncio.Event, unlocking: Unlocking) -> int:
    reception = Reception(quitting, unlocking)
    server = LocalServer(places.socket, reception.answer)
    async with contextlib.AsyncExitStack() as stack:
        try:
            await _listen(server)
            until: Locked | None = None
            while not quitting.is_set():
                life = contextlib.AsyncExitStack()
                stack.push_async_exit(life)
                until = await _lived(life, places, settings, reception, until)
                if until is not None:
                    reception.take_back()
                    await finish(life.aclose())
        finally:
            # First of all: whoever starts next finds nobody, and waits for the home's lock instead.
            await finish(reception.leave_bus())
            await finish(server.close())
    return 0


async def _lived(
    stack: contextlib.AsyncExitStack, places: Places, settings: Settings, reception: Reception, after: Locked | None
) -> Locked | None:
    """Open it, after it was locked when it is wanted, and return when it is to be quit (None) or locked."""
    quitting = reception.quitting
    interface, starting = _icon(settings if after is None else after.settings, quitting)
    stack.push_async_callback(interface.close)
    if after is not None:
        await _first(after.wanted(reception.wanted, interface, starting), quitting)
        if quitting.is_set():
            return None
    # A keyring that asks for a password can hold this up for a minute: who wants to quit need not wait.
    application = await _first(_opened(stack, places, reception, interface, starting), quitting)
    if application is None:
        return None
    await _first(application.idle.over(), quitting)
    return None if quitting.is_set() else await application.known_while_locked()


async def _first(doing: Coroutine[object, object, T], quitting: asyncio.Event) -> T | None:
    """Do it, unless it is to be quit before: then None."""
    done = asyncio.create_task(doing)
    asked = asyncio.create_task(quitting.wait())
    try:
        await asyncio.wait({done, asked}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        done.cancel()
        asked.cancel()
        await finish(asyncio.wait({done, asked}))
    return None if done.cancelled() else done.result()


def _icon(settings: Settings, quitting: asyncio.Event) -> tuple[Interface, Starting]:
    """The icon in the tray, before anything that takes longer."""
    from sottovoce.ui.interface import Interface  # noqa: PLC0415 - a second start needs none of it
    from sottovoce.ui.starting import Starting  # noqa: PLC0415

    starting = Starting(settings, quitting)
    interface = Interface(starting, started=False)
    starting.tell = interface.tell_error
    return interface, starting


async def _loaded() -> None:
    """Import what is behind the icon on a thread of its own: the icon is drawn and answers meanwhile."""
    loading = ThreadPoolExecutor(1, "imports")
    try:
        loop = asyncio.get_running_loop()
        for name in BEHIND_THE_ICON:
            await loop.run_in_executor(loading, importlib.import_module, name)
    finally:
        loading.shutdown(wait=False)
        gc.freeze()  # garbage is not looked for in what was imported


async def _listen(server: LocalServer) -> None:
    """Be there for other processes; where no socket can be made, the home's lock alone keeps them apart.

    Raises:
        StoreInUse: Another one is starting or running.
    """
    try:
        await server.open()
    except PlacesUnusable as error:
        log.warning("no command can reach the application: %s", error.code)


async def _opened(
    stack: contextlib.AsyncExitStack,
    places: Places,
    reception: Reception,
    interface: Interface,
    starting: Starting,
) -> Application:
    await _loaded()
    from sottovoce.adapters.policy_files import PolicySource  # noqa: PLC0415 - behind the icon
    from sottovoce.home import open_home  # noqa: PLC0415
    from sottovoce.runtime.application import Application  # noqa: PLC0415
    from sottovoce.runtime.front_end import TrayFrontEnd  # noqa: PLC0415

    reception.join_bus()
    policies, unlocking, front_end = PolicySource(), reception.unlocking, TrayFrontEnd()
    if level := policies.now().log_level:
        set_level(level)
    settings, troubles = _settings(places, policies.now().usual)
    write_as(policies.now().applied(settings).log_format)

    async def attempt(recovery_code: str | None) -> Home:
        return await stack.enter_async_context(
            open_home(
                settings=settings,
                asker=unlocking,
                recovery_code=recovery_code,
                lock_s=LOCK_S,
                policy=policies,
                maintain=False,  # the upkeep does it, and quitting takes no time
                front_end=front_end.for_home(),
            )
        )

    home = await unlocking.opened(attempt)
    if home.warning is not None:
        troubles.append(home.warning)
    application = Application(home, reception.quitting, interface)
    front_end.hand_over(application)
    starting.hand_over(application)
    await application.open(stack, troubles, reception.hand_over)
    return application


async def _shown_elsewhere(places: Places) -> bool:
    """Bring up the application that runs already, if one does.

    Raises:
        AppSilent: It runs but does not answer.
    """
    try:
        await request(places.socket, "show", reply_s=SHOW_S)
    except NotRunning as nobody:
        if type(nobody) is not NotRunning:
            raise
        return False
    print(words("notice-running-already"), file=sys.stderr)  # noqa: T201 - said to who started it
    return True


def _settings(places: Places, usual: Settings | None = None) -> tuple[Settings, list[SottovoceError]]:
    """The settings; one mistake in the file must not keep anybody from talking, but it is told."""
    try:
        parsed = read_settings(places.settings_file, usual or Settings())
    except SettingsUnusable as error:
        return usual or Settings(), [error]
    try:
        return parsed.strict(), []
    except SettingsUnusable as error:
        return parsed.settings, [error]
