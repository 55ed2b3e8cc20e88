"""The policy that locks what nobody uses: the clock of it, and the application closed and opened again."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters import policy_files
from sottovoce.adapters.local_socket import request
from sottovoce.adapters.places import Places
from sottovoce.commands import doctor
from sottovoce.domain.errors import AppLocked, SottovoceError
from sottovoce.domain.settings import Settings
from sottovoce.home import idle_lock, open_home
from sottovoce.home.idle_lock import LOOK_S, MINUTE_S, IdleLock
from sottovoce.memory.schedule import Wakes
from sottovoce.operations.doctor import Examine
from sottovoce.runtime import app
from sottovoce.runtime.locked import Locked
from sottovoce.runtime.reception import Reception
from sottovoce.ui import loop
from sottovoce.ui.interface import Interface
from sottovoce.ui.starting import Starting
from sottovoce.ui.unlocking import Unlocking
from tests.fakes_store import FakeSecrets
from tests.virtual_time import run_virtual
from tests.waiting import HANGS_S, POLL_S

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")

WELCOMED = Settings(speak=False, hotkey="")


class Use:
    """What an `IdleLock` is asked about, under the loop's clock."""

    def __init__(self, minutes: int | None) -> None:
        self.minutes = minutes
        self.busy = False
        self.lock = IdleLock(lambda: self.minutes, lambda: self.busy, asyncio.get_running_loop().time)
        self.began = asyncio.get_running_loop().time()

    async def lasted_s(self) -> float:
        await self.lock.over()
        return asyncio.get_running_loop().time() - self.began


def test_it_is_over_so_long_after_the_last_use() -> None:
    async def story() -> float:
        use = Use(2)
        asyncio.get_running_loop().call_later(100, use.lock.used)
        return await use.lasted_s()

    assert run_virtual(story()) == pytest.approx(100 + 2 * MINUTE_S)


def test_what_takes_long_is_a_use_until_its_end_and_a_look_at_figures_is_none() -> None:
    async def story() -> float:
        use = Use(1)

        async def ask(operation: str, seconds: float) -> None:
            with use.lock.using(operation):
                await asyncio.sleep(seconds)

        asked = [asyncio.create_task(ask("models.install", 600)), asyncio.create_task(ask("stats", 5000))]
        lasted_s = await use.lasted_s()
        asked[1].cancel()
        return lasted_s

    assert run_virtual(story()) == pytest.approx(600 + MINUTE_S, abs=LOOK_S)


def test_a_turn_that_runs_keeps_it_open() -> None:
    async def story() -> float:
        use = Use(1)
        use.busy = True
        asyncio.get_running_loop().call_later(200, setattr, use, "busy", False)  # noqa: FBT003 - its new value
        return await use.lasted_s()

    assert run_virtual(story()) == pytest.approx(200 + MINUTE_S, abs=LOOK_S)


def test_without_a_policy_nothing_is_looked_at_until_there_is_one() -> None:
    async def story() -> float:
        use = Use(None)

        def decide() -> None:
            use.minutes = 1
            use.lock.look()

        asyncio.get_running_loop().call_later(30, decide)
        return await use.lasted_s()

    assert run_virtual(story()) == pytest.approx(MINUTE_S)


def test_who_monitors_does_not_keep_it_open() -> None:
    looks = ("doctor", "stats.prometheus", "stage", "api.status")
    uses = ("ask", "history.page", "api.key.create", "api.key.revoke")
    assert tuple(filter(idle_lock.is_use, (*looks, *uses))) == uses


def test_what_is_due_opens_it(qapp: object) -> None:
    async def main(quitting: asyncio.Event) -> int:
        reception = Reception(quitting, Unlocking(lambda: False))
        reception.take_back()
        starting = Starting(WELCOMED, quitting)
        interface = Interface(starting, started=False)
        try:
            async with asyncio.timeout(HANGS_S):
                await Locked(WELCOMED, Wakes(wall=1.0)).wanted(reception.wanted, interface, starting)
        finally:
            await interface.close()
        return 0

    assert loop.run(main) == 0


@pytest.fixture
def managed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This machine's folder of managed policies; a minute is over at once."""
    folder = tmp_path / "managed"
    folder.mkdir()
    monkeypatch.setattr(policy_files, "MANAGED", folder)
    monkeypatch.setattr(idle_lock, "MINUTE_S", 0.0)
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    keyring = FakeSecrets()
    monkeypatch.setattr("sottovoce.home.opening.KeyringSecrets", lambda *_: keyring)
    return folder


async def _until(places: Places, command: str, code: str, **asked: Any) -> Any:  # noqa: ANN401 - JSON
    """Ask again and again until the answer is this trouble, or, for "", one that is none."""
    pause = asyncio.Event()
    async with asyncio.timeout(HANGS_S):
        while True:
            try:
                answered = await request(places.socket, command, asked)
            except SottovoceError as error:
                answered, met = error, error.code
            else:
                met = ""
            if met == code:
                return answered
            asyncio.get_running_loop().call_later(POLL_S, pause.set)
            await pause.wait()
            pause.clear()


def test_what_nobody_uses_is_locked_and_the_next_use_opens_it(
    managed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places.under(tmp_path / "home")
    places.prepare()
    icons: list[Interface] = []
    make = app._icon  # noqa: SLF001 - what its user sees

    def icon(settings: Settings, quitting: asyncio.Event) -> tuple[Interface, Starting]:
        icons.append((made := make(settings, quitting))[0])
        return made

    monkeypatch.setattr(app, "_icon", icon)
    monkeypatch.setattr(doctor, "own_checks", list)  # the others are looked at elsewhere

    async def locked() -> None:
        (managed / "a.json").write_text('{"LockAfterIdleMinutes": 1, "Welcome": false}')
        await _until(places, "stage", AppLocked.code)
        async with open_home(lock_s=HANGS_S):
            """Nobody else has it open."""
        (managed / "a.json").unlink()

    async def main(quitting: asyncio.Event) -> int:
        living = asyncio.create_task(app._live(places, WELCOMED, quitting, Unlocking(lambda: False)))  # noqa: SLF001
        assert "It is" in (await _until(places, "ask", "", text="what time is it", speak=False))["reply"]
        await locked()
        assert AppLocked().sentence in icons[-1].tray.icon.toolTip()
        (told,) = (await doctor.doctor(Examine(), argparse.Namespace())).data["checks"]
        assert (told["name"], told["ok"], told["code"]) == ("application", True, AppLocked.code)
        assert (await _until(places, "history.list", ""))["conversations"], "what was said is there again"
        assert AppLocked().sentence not in icons[-1].tray.icon.toolTip()
        await locked()
        with pytest.raises(SottovoceError) as caught:
            await request(places.socket, "press", {})
        assert caught.value.code == AppLocked.code
        await _until(places, "stage", "")
        await locked()
        icons[-1].menu.history.trigger()
        await _until(places, "stage", "")
        await locked()
        icons[-1].menu.talk.trigger()
        await _until(places, "stage", "")
        await locked()
        await request(places.socket, "quit", {})
        return await living

    assert loop.run(main) == 0
