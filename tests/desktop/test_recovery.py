"""A key lost from, or shut up in, a real Secret Service: the recovery code and the passphrase give the same rows."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.desktop.deskbox import Desk, DeskOptions
from tests.waiting import wait_for

if TYPE_CHECKING:
    import subprocess

    from tests.desktop.conftest import DeskFactory

ROOT = Path(__file__).parents[2]
QUIET = DeskOptions(tray="none", audio=False, notifications=False)
PASSPHRASE = "correct horse battery staple"  # noqa: S105 - a test's
WITH_DEADLINE = """
import asyncio, sys
from sottovoce.adapters.places import places
from sottovoce.adapters.secrets import KeyringLimits, KeyringSecrets
from sottovoce.adapters.store import open_store
from sottovoce.commands.asking import CommandAsker

async def main(folder):
    secrets = KeyringSecrets(KeyringLimits(answer_s=0.5))
    store = await open_store(places({"SOTTOVOCE_HOME": folder}), secrets, asker=CommandAsker(from_stdin=True))
    print((await store.report()).messages)
    await store.close()
    await secrets.close()

asyncio.run(main(sys.argv[1]))
"""


class Machine:
    """Commands on one desk, with a home there."""

    def __init__(self, desk: Desk, folder: str = "sv") -> None:
        self.desk = desk
        self.home = desk.home / folder

    def run(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        env = {"PYTHONPATH": str(ROOT / "desktop"), "SOTTOVOCE_HOME": str(self.home)}
        done = self.desk.command(*words, env=env, stdin=given)
        assert PASSPHRASE not in done.stdout + done.stderr
        return done

    def json(self, *words: str, given: str = "") -> dict[str, Any]:
        done = self.run(*words, "--json", given=given)
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def made(self, *, passphrase: bool = False) -> str:
        """Say something into a new home; gives its recovery code."""
        told = self.run("ask", "what time is it")
        assert told.returncode == 0, told.stderr
        assert "sottovoce key recovery-code" in told.stderr
        if passphrase:
            self.json("key", "passphrase", given=f"{PASSPHRASE}\n")
        return str(self.json("key", "recovery-code")["code"])

    def said(self, *words: str, given: str = "") -> list[str]:
        """What the newest conversation holds."""
        found = self.json("history", "list", *words, given=given)["conversations"]
        return [conversation["title"] for conversation in found]

    def refused(self) -> str:
        """It wants its user, leaves every byte alone, and says what helps."""
        before = self._files()
        done = self.run("history")
        assert done.returncode == 3, done.stderr
        assert self._files() == before
        return done.stderr

    def _files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.home.glob("sottovoce.[dk]*")}

    def wipe_keyring(self) -> None:
        self.desk.run("secret-tool", "clear", "service", "sottovoce")


def test_a_wiped_key_comes_back_by_the_code(make_desk: DeskFactory) -> None:
    machine = Machine(make_desk(QUIET))
    code = machine.made()
    machine.wipe_keyring()
    assert "sottovoce key recover" in machine.refused()
    assert machine.run("key", "recover", given="0000 0000\n").returncode == 1
    done = machine.run("key", "recover", given=f"{code.lower()}\n")
    assert done.returncode == 0, done.stderr
    assert code not in done.stdout + done.stderr
    assert machine.said() == ["what time is it"]
    # Another key: the code before it is over, the keyring holds the new key alone, beside what it saw of the last use.
    newer = machine.json("key", "rotate")["code"]
    assert machine.said() == ["what time is it"]
    assert machine.desk.run("secret-tool", "search", "--all", "service", "sottovoce").stdout.count("secret = ") == 2
    machine.wipe_keyring()
    assert machine.run("key", "recover", given=f"{code}\n").returncode == 3
    assert machine.run("key", "recover", given=f"{newer}\n").returncode == 0
    assert machine.said() == ["what time is it"]
    assert machine.json("key", "status")["keyring"] == "found"


def test_a_home_moves_to_another_folder_and_another_machine(make_desk: DeskFactory) -> None:
    old, new = make_desk(QUIET), make_desk(QUIET)
    machine = Machine(old)
    code = machine.made()
    machine.home.rename(old.home / "elsewhere")
    moved = Machine(old, "elsewhere")
    assert moved.said() == ["what time is it"]
    shutil.copytree(moved.home, new.home / "sv", ignore=shutil.ignore_patterns("*.sock"))
    there = Machine(new)
    assert "sottovoce key recover" in there.refused()
    assert there.run("key", "recover", given=f"{code}\n").returncode == 0
    assert there.said() == ["what time is it"]


def test_a_passphrase_opens_it_while_the_keyring_is_locked_frozen_gone_or_empty(make_desk: DeskFactory) -> None:
    desk = make_desk(QUIET)
    machine = Machine(desk)
    machine.made(passphrase=True)
    by_passphrase = {"given": f"{PASSPHRASE}\n"}

    desk.lock_keyring()
    assert "passphrase" in machine.refused()
    assert machine.said("--passphrase-stdin", **by_passphrase) == ["what time is it"]
    desk.start_keyring()
    assert machine.said() == ["what time is it"]

    desk.freeze("keyring")
    command = ("-c", WITH_DEADLINE, str(machine.home))
    frozen = desk.python(
        *command, env={"PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))}, stdin=f"{PASSPHRASE}\n"
    )
    assert frozen.stdout == "2\n"
    desk.thaw("keyring")
    assert machine.said() == ["what time is it"]

    desk.kill("keyring")
    wait_for(lambda: not desk.owned("org.freedesktop.secrets"))
    assert "passphrase" in machine.refused()
    assert machine.said("--passphrase-stdin", **by_passphrase) == ["what time is it"]
    desk.start_keyring()

    machine.wipe_keyring()
    assert "passphrase" in machine.refused()
    assert machine.said("--passphrase-stdin", **by_passphrase) == ["what time is it"]
    assert machine.said() == ["what time is it"]  # the key is back in the keyring


def test_a_machine_without_a_keyring_lives_on_a_passphrase_until_there_is_one(make_desk: DeskFactory) -> None:
    desk = make_desk(QUIET)
    desk.kill("keyring")
    wait_for(lambda: not desk.owned("org.freedesktop.secrets"))
    machine = Machine(desk)
    assert "sottovoce key passphrase" in machine.refused()
    assert machine.run("key", "passphrase", given=f"{PASSPHRASE}\n").returncode == 0
    assert machine.run("ask", "what time is it", "--passphrase-stdin", given=f"{PASSPHRASE}\n").returncode == 0
    desk.start_keyring()
    assert machine.said("--passphrase-stdin", given=f"{PASSPHRASE}\n") == ["what time is it"]
    assert machine.said() == ["what time is it"]
