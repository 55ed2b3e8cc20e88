"""Models on the command line: by itself, and through the running application."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.local_socket import LocalServer
from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from sottovoce.language import display
from sottovoce.resources import starter_model
from tests.adapters.archives import zipped
from tests.adapters.model_server import Manners, ModelServer, model_server
from tests.adapters.test_model_installing import NAME, listed
from tests.served import Service

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from sottovoce.home import Home


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "models"


@pytest.fixture
def do(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    def done(*words: str, code: int = 0) -> dict[str, Any]:
        assert run(["--json", "models", *words], lambda: Printed("")) == code
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found.get("error", found) if code else found

    return done


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        model = starter_model()
        files = {str(path.relative_to(model)): path.read_bytes() for path in model.rglob("*") if path.is_file()}
        content = zipped(Path(os.environ["SOTTOVOCE_HOME"]).with_suffix(".zip"), files).read_bytes()
        running.files["/model-list.json"] = Manners(listed(content))
        running.files[f"/{NAME}.zip"] = Manners(content)
        yield running


def test_what_is_there_and_what_can_be_had_is_listed(
    do: Callable[..., dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    found = do()
    (starter,) = found["installed"]
    assert (starter["name"], starter["shipped"], starter["in_use"]) == ("starter-en", True, True)
    assert {"vosk-model-small-de-0.15", "vosk-model-small-fr-0.22"} < {one["name"] for one in found["catalogue"]}
    assert run(["models", "list", "--language", "german"], lambda: Printed("")) == 0
    out = capsys.readouterr().out
    assert "vosk-model-small-de-0.15 German 46 MB Apache-2.0 everyday speech" in " ".join(out.split())
    assert "vosk-model-small-fr-0.22" not in out


@pytest.mark.usefixtures("models")
def test_a_model_of_a_language_that_is_not_answered_is_of_use_for_transcribe(
    do: Callable[..., dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del do
    shutil.copytree(starter_model(), tmp_path / "vosk-model-small-fr-9")
    assert run(["models", "import", str(tmp_path / "vosk-model-small-fr-9")], lambda: Printed("")) == 0
    said = "It hears French; questions in it are not answered, so it is of use for `transcribe`."
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("named", ["deutsch", "german", "de"])
def test_german_lists_name_languages_in_german(named: str, capsys: pytest.CaptureFixture[str]) -> None:
    display.show_in("de")
    try:
        assert run(["models", "list", "--language", named], lambda: Printed("")) == 0
    finally:
        display.show_in("en")
    assert "vosk-model-small-de-0.15 Deutsch 46 MB" in " ".join(capsys.readouterr().out.split())


def test_a_folder_is_imported_used_and_removed(
    do: Callable[..., dict[str, Any]], models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(starter_model(), tmp_path / "vosk-model-small-de-9")
    assert run(["models", "import", str(tmp_path / "vosk-model-small-de-9")], lambda: Printed("")) == 0
    out = capsys.readouterr().out
    assert "settings set model vosk-model-small-de-9" in out
    assert "not answered" not in out
    assert run(["settings", "set", "model", "vosk-model-small-de-9"], lambda: Printed("")) == 0
    capsys.readouterr()
    (model,) = [one for one in do()["installed"] if one["in_use"]]
    assert (model["name"], model["language"], model["proven"]) == ("vosk-model-small-de-9", "de", True)
    assert do("remove", "vosk-model-small-de-9", code=1)["code"] == "model-in-use"
    assert run(["settings", "set", "model", ""], lambda: Printed("")) == 0
    capsys.readouterr()
    assert do("remove", "vosk-model-small-de-9") == {"removed": "vosk-model-small-de-9"}
    assert not list(models.iterdir())


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("install",), 2, "usage-wrong"),
        (("import", ""), 2, "usage-wrong"),
        (("import", "~nobody-of-that-name/x"), 2, "usage-wrong"),
        (("remove", "a", "b"), 2, "usage-wrong"),
        (("list", "a"), 2, "usage-wrong"),
        (("remove", "a", "--refresh"), 2, "usage-wrong"),
        (("remove", "starter-en"), 1, "model-unknown"),
        (("import", "/nowhere"), 1, "archive-unreadable"),
    ],
)
def test_what_can_not_be_is_told(
    do: Callable[..., dict[str, Any]], words: tuple[str, ...], code: int, error: str
) -> None:
    assert do(*words, code=code)["code"] == error


def test_one_is_installed_by_itself_and_its_requests_are_listed(
    do: Callable[..., dict[str, Any]],
    server: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    opened = functools.partial(open_home, key=bytes(32), policy=Policy(model_mirror=server.address))
    monkeypatch.setattr("sottovoce.home.open_home", opened)
    assert NAME in {one["name"] for one in do("list", "--refresh")["catalogue"]}
    whole = server.files[f"/{NAME}.zip"]
    server.files[f"/{NAME}.zip"] = Manners(whole.content, cut_after=[1_500_000, 0], status=[0, 404])
    assert do("install", NAME, code=1)["code"] == "download-refused"
    assert do()["begun"] == [{"name": NAME, "bytes": 1_500_000}]
    assert run(["models"], lambda: Printed("")) == 0
    assert f"Begun: {NAME}, 2 MB are there" in capsys.readouterr().out
    server.files[f"/{NAME}.zip"] = whole
    assert do("install", NAME)["installed"]["proven"]
    assert do("install", NAME, code=1)["code"] == "model-there"
    assert do("install", "no such model", code=1)["code"] == "model-unknown"
    assert run(["egress"], lambda: Printed("")) == 0
    out = capsys.readouterr().out
    assert f"{server.address}  the model {NAME}" in out
    assert "the list of models" in out


class Running:
    """An application's socket with its home, and commands as processes of their own."""

    def __init__(self, home: Home) -> None:
        self.home = home

    async def command(self, *words: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "sottovoce",
            "models",
            *words,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )


@pytest.fixture
async def running(server: ModelServer, tmp_path: Path) -> AsyncIterator[Running]:
    policy = Policy(model_mirror=server.address)
    async with open_home(tmp_path / "home", key=bytes(32), settings=Settings(), policy=policy, maintain=False) as home:
        socket = LocalServer(home.places.socket, lambda command, asked: Service(home).answer(command, asked))
        await socket.open()
        yield Running(home)
        await socket.close()


async def test_through_the_application_one_is_installed_with_its_progress(running: Running, models: Path) -> None:
    listing = await running.command("list", "--refresh", "--json")
    out, _ = await listing.communicate()
    assert NAME in {one["name"] for one in json.loads(out)["catalogue"]}
    install = await running.command("install", NAME, "--json")
    out, _ = await install.communicate()
    assert json.loads(out)["installed"]["name"] == NAME
    assert (models / NAME).is_dir()
    sent = await running.home.store.egress(10)
    assert [one.purpose for one in sent] == [f"the model {NAME}", "the list of models"]
    remove = await running.command("remove", NAME, "--json")
    out, _ = await remove.communicate()
    assert json.loads(out) == {"removed": NAME}


async def test_ctrl_c_ends_the_installation_in_the_application(
    running: Running, server: ModelServer, models: Path
) -> None:
    await (await running.command("list", "--refresh")).communicate()
    whole = server.files[f"/{NAME}.zip"]
    server.files[f"/{NAME}.zip"] = Manners(whole.content, stall_after=[100_000])
    install = await running.command("install", NAME)
    assert install.stderr is not None
    assert b"Downloading" in await install.stderr.readline()
    install.send_signal(signal.SIGINT)
    await install.communicate()
    assert install.returncode == 130
    assert running.home.models.now is None
    server.files[f"/{NAME}.zip"] = whole
    await (await running.command("install", NAME)).communicate()
    assert (models / NAME).is_dir()
