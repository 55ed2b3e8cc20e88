"""Commands answer in the language of the machine's own user, with and without the running application."""

from __future__ import annotations

import argparse
import asyncio
import inspect
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.local_socket import LocalServer
from sottovoce.commands.argparse_words import OWN
from sottovoce.commands.asking import agreed
from sottovoce.commands.line import run
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from sottovoce.language import ENGLISH, available, display, language
from sottovoce.operations import checks
from sottovoce.operations.registry import COMMANDS
from tests.commands.test_data import PASSPHRASE, call
from tests.served import Service

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from sottovoce.home import Home
    from tests.commands.conftest import Called

__all__ = ["call"]  # a fixture

NOBODY_YET = "Noch wurde nichts gesagt.\n"


@pytest.fixture
def fresh(call: Callable[..., Called]) -> Callable[..., Called]:
    """Runs `sottovoce …` as a process of its own would on an English machine: English until it knows better."""
    assert call("key", "passphrase")[0] == 0

    def called(*words: str) -> Called:
        display.show_in(ENGLISH)
        return call("--passphrase-stdin", *words)

    return called


def test_without_the_application_it_is_known_once_the_home_is_open(fresh: Callable[..., Called]) -> None:
    assert fresh("history", "list") == (0, "Nothing has been said yet.\n", "")
    assert fresh("context", "set", "language", "de")[0] == 0
    assert fresh("history", "list") == (0, NOBODY_YET, "")
    assert fresh("memory", "list") == (0, "Noch ist nichts gemerkt.\n", "")
    code, out, err = fresh("history", "show", "0190")
    assert (code, out) == (1, "")
    assert err == "sottovoce: Es gibt kein Gespräch mit dieser ID. Sieh in `sottovoce history list` nach.\n".replace(
        "`sottovoce ", err[err.index("`") : err.index("history")]
    )


def in_process(*words: str, given: str = "") -> Called:
    """Runs `sottovoce …` as a process of its own."""
    command = [sys.executable, "-m", "sottovoce", *words]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout, done.stderr


def unquoted(text: str) -> str:
    """Python 3.13 puts what can be chosen in no quotation marks any more."""
    return text.replace("'", "")


def test_before_a_home_is_open_the_machine_s_language_is_shown(
    fresh: Callable[..., Called], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert "Aufruf: sottovoce history" in in_process("history", "--help")[1]
    assert unquoted(in_process("dance")[2]).startswith(
        "sottovoce: Argument COMMAND: dance gibt es hier nicht (möglich: demo, "
    )
    assert "nimmt keine Wörter" in in_process("history", "list", "python")[2]
    assert in_process("settings", "set", "dance", "3")[2].startswith(
        "sottovoce: Es gibt keine Einstellung mit diesem Namen."
    )
    fresh("settings", "path")  # a home whose user speaks English
    code, out, err = in_process("--passphrase-stdin", "history", "list", given="wrong\n")
    assert (code, out) == (3, "")
    assert err.startswith("sottovoce: Das ist nicht die Passphrase dieser Datenbank.")
    assert in_process("--passphrase-stdin", "history", "list", given=PASSPHRASE + "\n") == (
        0,
        "Nothing has been said yet.\n",
        "",
    )
    monkeypatch.setenv("LC_ALL", "C")
    assert "takes no words" in in_process("history", "list", "python")[2]


def test_a_mistake_in_the_settings_is_told_in_the_machine_s_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    (tmp_path / "settings.toml").write_text("hotkey = \n")
    for command in (("settings", "set", "hotkey", "Pause"), ("history", "list")):
        code, out, err = in_process(*command)
        assert (code, out) == (3, "")
        assert "kein gültiges TOML" in err
        assert "Berichtige die Datei" in err


@pytest.mark.parametrize("command", [name for name, one in COMMANDS.items() if one.help])
def test_the_help_of_every_command_is_german_too(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    display.show_in("de")
    with pytest.raises(SystemExit):
        run([command, "--help"], lambda: pytest.fail("the application was started"))
    out = capsys.readouterr().out
    assert out.startswith(f"Aufruf: sottovoce {command} ")
    assert "diese Hilfe zeigen" in out
    assert not {"usage:", "options", "arguments:", "Examples:"} & set(out.split())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("dance", "Argument COMMAND: dance gibt es hier nicht (möglich: demo, ask, "),
        ("history --limit", "Argument --limit: hier fehlt ein Wert. "),
        ("history --limit many", "Argument --limit: many ist kein Wert dafür (int). "),
        ("history --loud", "Unbekannt: --loud. "),
        ("history --best=yes", "Argument --best: die Option nimmt keinen Wert, also auch nicht yes. "),
        ("history unfinished --answer --dismiss", "Argument --dismiss: das geht nicht zusammen mit --answer. "),
        ("export", "Es fehlt: FOLDER. "),
        ("erase", "Eines davon muss angegeben werden: --conversation "),
        ("completion csh", "Argument shell: csh gibt es hier nicht (möglich: bash, zsh, fish). "),
    ],
)
def test_what_argparse_says_is_german_too(line: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    display.show_in("de")
    assert run(line.split(), lambda: pytest.fail("the application was started")) == 2
    assert unquoted(capsys.readouterr().err).startswith(f"sottovoce: {told}")


@pytest.mark.parametrize("key", OWN)
def test_a_sentence_of_argparse_is_asked_for_as_it_stands(key: str) -> None:
    assert repr(language(ENGLISH).text(key)) in inspect.getsource(argparse)
    placed = [re.findall(r"%(?:\(\w+\))?[sr]", language(tag).text(key)) for tag in available()]
    assert all(sorted(one) == sorted(placed[0]) for one in placed)


def test_the_doctor_looks_at_the_home_first_and_finds_everything_in_german(fresh: Callable[..., Called]) -> None:
    fresh("context", "set", "language", "de")
    _, out, _ = fresh("doctor")
    lines = out.splitlines()
    named = [line.split()[1] for line in lines if not line.startswith(" ")]
    assert named[:5] == ["folders", "settings", "policy", "keyring", "store"]
    assert "settings.toml enthält keine Fehler." in out
    assert "Unversehrt: 0 Nachrichten in 0 Gesprächen, 0 Erinnerungen" in out
    labels = {line[:7] for line in lines if not line.startswith(" ")}
    assert labels <= {"ok     ", "Hinweis", "FEHLER "}, "as wide as the widest"
    assert all(line.startswith(" " * 25) for line in lines if line.startswith(" "))


def test_another_user_is_answered_in_a_language_of_their_own(fresh: Callable[..., Called]) -> None:
    assert fresh("context", "set", "language", "de", "--user", "anna")[0] == 0
    assert fresh("ask", "--user", "anna", "wie heißt du")[1].startswith("Ich bin Sottovoce.")
    assert fresh("memory", "list", "--user", "anna")[1] == "Nothing is remembered yet.\n"
    fresh("context", "set", "language", "de")
    fresh("context", "set", "language", "en", "--user", "anna")
    assert fresh("ask", "--user", "anna", "what is your name")[1].startswith("I am Sottovoce.")
    assert fresh("memory", "list", "--user", "anna")[1] == "Noch ist nichts gemerkt.\n"


def _forms(fresh: Callable[..., Called]) -> list[Any]:
    """What does not change from call to call of what scripts read, without its sentences."""

    def bare(found: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(found, dict):
            return {name: bare(value) for name, value in found.items() if name not in {"sentence", "remedy", "detail"}}
        return [bare(one) for one in found] if isinstance(found, list) else found

    commands = ("history list", "memory list", "settings list", "doctor", "key status", "history show 0190", "egress")
    return [bare(json.loads(fresh("--json", *command.split())[1])) for command in commands]


def test_what_scripts_read_changes_its_sentences_only(fresh: Callable[..., Called]) -> None:
    fresh("memory", "add", "i like python")
    english = _forms(fresh)
    fresh("context", "set", "language", "de")
    assert _forms(fresh) == english


class Application:
    """A home that is open and served, and checked as an application checks it."""

    def __init__(self, home: Home) -> None:
        self.served = Service(home)

    async def answer(self, command: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        if command == "stage":
            return {"stage": "ready"}
        if command == "doctor":
            return await checks.examine([("settings", checks.check_settings)])
        return await self.served.answer(command, arguments)


@pytest.fixture
async def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Home]:
    """A home whose user speaks German, served on its socket."""
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path))
    async with open_home(tmp_path, bytes(32), settings=Settings(), policy=Policy()) as home:
        await home.memory.set_context(Settings().user, language="de")
        server = LocalServer(home.places.socket, Application(home).answer)
        await server.open()
        yield home
        await server.close()


async def process(*words: str) -> Called:
    """Runs `sottovoce …` as a process of its own."""
    made = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sottovoce", *words, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, err = await made.communicate()
    return made.returncode or 0, out.decode(), err.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="local sockets")
async def test_the_running_application_says_in_which_language_it_answers(running: Home) -> None:
    assert await process("history", "list") == (0, NOBODY_YET, "")
    assert await process("memory", "list", "--user", "anna") == (0, "Noch ist nichts gemerkt.\n", "")
    code, out, err = await process("history", "show", "0190")
    assert (code, out) == (1, "")
    assert err.startswith("sottovoce: Es gibt kein Gespräch mit dieser ID. ")
    assert (await process("doctor"))[1] == "ok       settings        settings.toml enthält keine Fehler.\n"
    await running.memory.set_context(Settings().user, language="en")
    assert await process("history", "list") == (0, "Nothing has been said yet.\n", "")


@pytest.mark.parametrize(
    ("tag", "typed", "yes"),
    [("de", "Ja", True), ("de", "yes", True), ("de", "nein", False), ("en", "yes", True), ("en", "ja", False)],
)
async def test_yes_is_understood_in_english_and_in_what_is_shown(tag: str, typed: str, *, yes: bool) -> None:
    display.show_in(tag)
    reading, writing = os.pipe()
    try:
        os.write(writing, f"{typed}\n".encode())
        assert await agreed(reading) is yes
    finally:
        os.close(reading)
        os.close(writing)
