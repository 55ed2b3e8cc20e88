"""`sottovoce api serve` as a program of its own, and the tray application that serves while its settings want it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx2
import pytest

from sottovoce.adapters.policy_files import PolicySource
from sottovoce.api.http_server import loopback_socket, unix_socket
from sottovoce.api.speech import ApiSpeech
from sottovoce.api.talking import Pieces
from sottovoce.commands.serve import kept_up, locked_when_idle, policy_followed
from sottovoce.domain.errors import ApiUnservable, SpeechTrouble
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.domain.stages import Stage
from sottovoce.home import open_home
from sottovoce.home.idle_lock import IdleLock
from sottovoce.operations.ask import AskText
from sottovoce.runtime.programs import Programs
from tests.api.serving import KEY, host_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sottovoce.domain.errors import SottovoceError

PASSPHRASE = "four words picked by chance"  # noqa: S105 - of a throw-away home


class Program:
    """Runs `sottovoce …` in a home that lives on a passphrase."""

    def __init__(self, home: Path) -> None:
        self.environment = {
            **os.environ,
            "SOTTOVOCE_HOME": str(home),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home}/no-bus",
        }

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Begin; a passphrase is on its input."""
        started = subprocess.Popen(
            [sys.executable, "-m", "sottovoce", "--passphrase-stdin", *words],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert started.stdin is not None
        started.stdin.write(f"{PASSPHRASE}\n{PASSPHRASE}\n")
        started.stdin.close()
        return started

    def run(self, *words: str) -> str:
        """To its end."""
        ended = self.start(*words)
        ended.stdin = None
        out, err = ended.communicate(timeout=60)
        assert ended.returncode == 0, err
        return out


def test_it_is_served_without_a_screen_and_other_commands_go_through_it(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    program.environment.pop("DISPLAY", None)
    subprocess.run(
        [sys.executable, "-m", "sottovoce", "key", "passphrase"],
        input=f"{PASSPHRASE}\n{PASSPHRASE}\n",
        env=program.environment,
        text=True,
        capture_output=True,
        check=True,
        timeout=60,
    )
    serving = program.start("api", "serve", "--port", "0")
    try:
        assert serving.stderr is not None
        line = next(line for line in serving.stderr if "http://" in line)
        address = line.rpartition(" ")[2].strip()
        assert address.startswith("http://127.0.0.1:")
        assert "do not ring here" in next(serving.stderr)
        key = json.loads(program.run("--json", "api", "key", "create", "editor", "--scope", "conversation"))["key"]
        headers = {"Authorization": f"Bearer {key}"}
        question = {"message": "what is two plus three"}
        answer = httpx2.post(f"{address}/api/v1/conversation", json=question, headers=headers, timeout=60)
        assert answer.status_code == 200, answer.text
        status = json.loads(program.run("--json", "api", "status"))
        assert (status["served"], status["address"], status["keys"]) == (True, address, 1)
        assert "5" in program.run("ask", "what is two plus three")
        second = program.start("api", "serve", "--port", "0")
        second.stdin = None
        assert second.wait(60) == 1
        assert "Another Sottovoce process" in "".join(second.communicate())
        program.run("api", "key", "revoke", key[:11])
        assert httpx2.post(f"{address}/api/v1/conversation", json=question, headers=headers).status_code == 401
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(60) == 0
    finally:
        serving.kill()
        serving.wait()
        for stream in (serving.stdout, serving.stderr):
            if stream is not None:
                stream.close()
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(f"{address}/api/v1/health/live")


async def test_what_is_due_is_done_while_it_serves_without_a_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_home(tmp_path / "home", KEY, policy=Policy(), maintain=False) as home:
        due = {"backups": asyncio.Event(), "retention": asyncio.Event()}

        async def backed_up() -> None:
            due["backups"].set()

        async def retained() -> None:
            due["retention"].set()

        monkeypatch.setattr(home.services.maintenance, "back_up", backed_up)
        monkeypatch.setattr(home.services.maintenance, "retain", retained)
        monkeypatch.setattr("sottovoce.memory.upkeep.START_S", 0.0)
        async with kept_up(home), asyncio.timeout(60):
            await asyncio.gather(*(one.wait() for one in due.values()))


async def test_a_policy_that_forbids_it_ends_what_serves_without_a_screen(tmp_path: Path) -> None:
    policies = tmp_path / "managed"
    policies.mkdir()
    async with open_home(tmp_path / "home", KEY, policy=PolicySource(policies)) as home:
        over = asyncio.Event()
        with policy_followed(home, over.set, lambda: None):
            (policies / "a.json").write_text("{}")
            (policies / "b.json").write_text('{"ApiAllowed": false}')
            await asyncio.wait_for(over.wait(), 60)


async def test_what_serves_without_a_screen_ends_when_nobody_has_used_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sottovoce.home.idle_lock.MINUTE_S", 0.0)
    policies = tmp_path / "managed"
    policies.mkdir()
    async with open_home(tmp_path / "home", KEY, policy=PolicySource(policies)) as home:
        over = asyncio.Event()
        idle = IdleLock(lambda: home.policy.lock_after_idle_minutes, lambda: False)
        async with locked_when_idle(idle, over.set):
            with policy_followed(home, lambda: None, idle.look):
                (policies / "a.json").write_text('{"LockAfterIdleMinutes": 1}')
                await asyncio.wait_for(over.wait(), 60)
        assert idle.is_over


def test_two_that_are_bound_at_once_do_not_both_listen() -> None:
    with socket.socket() as early:
        early.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        early.bind(("127.0.0.1", 0))
        with loopback_socket("127.0.0.1", early.getsockname()[1]), pytest.raises(OSError, match="in use"):
            early.listen()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ApiUnservable):
            loopback_socket("127.0.0.1", taken.getsockname()[1])


async def test_the_tray_serves_as_long_as_its_settings_want_it(tmp_path: Path) -> None:
    troubles: list[SottovoceError] = []
    async with open_home(tmp_path / "home", KEY, policy=Policy()) as home:
        programs = Programs(home, host_of(home).ask, on_stored=lambda: None, on_trouble=troubles.append)
        try:
            await programs.follow(Settings())
            assert programs.served.address == ""
            await programs.follow(Settings(api=True, api_port=0))
            address = programs.served.address
            async with httpx2.AsyncClient() as client:
                assert (await client.get(f"{address}/api/v1/health/live")).status_code == 200
                await programs.follow(Settings(api=True, api_port=0))
                assert programs.served.address == address, "nothing has changed for it"
                other = Programs(home, host_of(home).ask, on_stored=lambda: None, on_trouble=troubles.append)
                await other.follow(Settings(api=True, api_port=int(address.rpartition(":")[2])))
                assert isinstance(other.served.trouble, ApiUnservable)
                assert [type(one) for one in troubles] == [ApiUnservable]
                await other.close()
                with loopback_socket("127.0.0.1", 0) as free:
                    port = free.getsockname()[1]
                await programs.follow(Settings(api=True, api_port=port))
                assert programs.served.address.endswith(f":{port}")
                assert (await client.get(f"{programs.served.address}/api/v1/health/live")).status_code == 200
                with pytest.raises(httpx2.TransportError):
                    await client.get(f"{address}/api/v1/health/live")
                assert (await client.get(f"http://127.0.0.1:{port}/", headers={"Host": address[7:]})).status_code == 421
                address = programs.served.address
                await programs.follow(Settings())
                with pytest.raises(httpx2.ConnectError):
                    await client.get(f"{address}/api/v1/health/live")
        finally:
            await programs.close()


async def test_in_the_tray_a_spoken_turn_goes_first(tmp_path: Path) -> None:
    async with open_home(tmp_path / "home", KEY, policy=Policy()) as home:
        programs = Programs(home, host_of(home).ask, on_stored=lambda: None, on_trouble=lambda _: None)
        await programs.follow(Settings(api=True, api_port=0))
        try:
            _, fresh = await home.services.api_keys.create("x", [])
            headers = {"Authorization": f"Bearer {fresh.text}"}
            async with httpx2.AsyncClient(base_url=programs.served.address, headers=headers, timeout=60) as client:
                for stage in (Stage.LISTENING, Stage.THINKING):
                    programs.stage(stage)
                    waiting = asyncio.create_task(programs.spoken_first())
                    assert (await client.get("/api/v1/health/live")).status_code == 200
                    assert not waiting.done()
                    programs.stage(Stage.SPEAKING)
                    await waiting
        finally:
            await programs.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no modes")
def test_a_unix_socket_is_its_users_alone_from_its_first_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(os, "chmod", too_late)
    before = os.umask(0)
    try:
        with unix_socket(tmp_path / "api"):
            assert (tmp_path / "api").stat().st_mode & 0o777 == 0o600
            assert os.umask(0) == 0, "it is put back"
    finally:
        os.umask(before)


async def test_what_is_done_for_a_program_is_a_use_for_as_long_as_it_takes(tmp_path: Path) -> None:
    uses: list[str] = []

    @contextlib.contextmanager
    def using(name: str) -> Iterator[None]:
        uses.append(name)
        yield
        uses.append(f"{name} over")

    async with open_home(tmp_path / "home", KEY, policy=Policy()) as home:
        async with asyncio.timeout(60):
            assert (await Pieces(host_of(home, using=using), AskText(text="2+2"), None).whole()).reply.reply
        speech = ApiSpeech(home, using=using)
        with contextlib.suppress(SpeechTrouble):
            await speech.pcm("Four.")
        await speech.close()
    assert uses[:3] == ["ask", "ask over", "speak"]
