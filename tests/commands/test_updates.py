"""`sottovoce update check`: what it prints, where it is off, and that what it sent is listed."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce import __version__
from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed
from sottovoce.domain.policy import Policy
from sottovoce.home import open_home
from tests.adapters.model_server import Manners, ModelServer, model_server
from tests.adapters.publisher import Publisher, manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Call = tuple[int, str, str]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Call]:
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sottovoce.home.open_home", functools.partial(open_home, key=bytes(32), policy=Policy()))

    def call(*words: str) -> Call:
        code = run(words, lambda: Printed(""))
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_it_is_off_until_somebody_is_named(called: Callable[..., Call], tmp_path: Path) -> None:
    code, out, err = called("update", "check")
    assert (code, out) == (1, "")
    assert not (tmp_path / "home").exists(), "for that nothing has to be opened"
    assert "no address, or no key, is named" in err
    assert called("egress")[1] == "Nothing was ever sent anywhere.\n"


def test_a_newer_version_is_told_with_its_page_and_what_was_sent_is_listed(
    called: Callable[..., Call], server: ModelServer
) -> None:
    publisher = Publisher()

    def publish(**changes: Any) -> None:  # noqa: ANN401 - JSON
        content = manifest(**changes)
        server.files["/r.json"] = Manners(content)
        server.files["/r.json.minisig"] = Manners(publisher.signature(content))

    publish(page="https://releases.example/99")
    called("settings", "set", "update_address", f"{server.address}/r.json")
    called("settings", "set", "update_key", publisher.public)
    code, out, _ = called("update", "check")
    assert code == 0
    assert f"Sottovoce 99.0.0 is out; this is {__version__}." in out
    assert "About it: https://releases.example/99" in out
    assert called("egress")[1].count(f"{server.address}  is there a newer version") == 2
    publish(version="0.0.1")
    code, out, _ = called("update", "--json")
    found = json.loads(out)
    assert found.pop("command") is not None
    assert found == {"current": __version__, "newest": "0.0.1", "newer": False, "page": ""}
    assert called("update", "check")[1] == f"Sottovoce {__version__} is the newest version.\n"
