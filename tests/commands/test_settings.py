"""The settings on the command line: listed with their sources, set in the file, mistakes named by their line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed
from sottovoce.domain.settings import declared
from sottovoce.language import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "settings.toml"


@pytest.fixture
def do(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    def done(*words: str, code: int = 0) -> dict[str, Any]:
        assert run(["--json", "settings", *words], lambda: Printed("")) == code
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found.get("error", found) if code else found

    return done


def test_a_change_that_waits_for_the_next_start_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    def told(*setting: str) -> str:
        assert run(["settings", "set", *setting], lambda: Printed("")) == 0
        return capsys.readouterr().out

    address = "http://127.0.0.1:4318"
    assert told("traces_address", address) == f"traces_address = {address}\nIt holds from the next start on.\n"
    assert told("volume", "50") == "volume = 50\n"
    assert {one.name for one in declared() if one.at_start} == {"traces_address"}


def test_each_is_listed_with_type_unit_default_and_source_and_nothing_is_made(
    do: Callable[..., dict[str, Any]], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {row["key"]: row for row in do()["settings"]}
    assert rows.keys() == {setting.name for setting in declared()}
    volume = rows["volume"]
    assert (volume["value"], volume["type"], volume["unit"], volume["default"]) == (100, "whole number", "%", 100)
    assert (volume["low"], volume["high"], volume["source"], volume["locked"]) == (0, 100, "default", None)
    assert not file.parent.exists()
    assert run(["settings", "list"], lambda: Printed("")) == 0
    out = capsys.readouterr().out
    assert str(file) in out
    assert all(words(setting.meaning.key) in out and setting.name in out for setting in declared())


def test_one_is_set_and_everything_else_in_the_file_stays(do: Callable[..., dict[str, Any]], file: Path) -> None:
    assert do("set", "volume", "50")["value"] == 50
    file.write_text(f"# mine\ncolour = 1\n{file.read_text()}")
    assert do("set", "overlay_s", "2.5")["source"] == "file"
    assert do("set", "speak", "off")["value"] is False
    assert do("set", "user", "anna", "maria")["value"] == "anna maria"
    assert do("set", "microphone", "")["value"] == ""
    assert do("set", "volume", "100")["source"] == "default"
    assert file.read_text().startswith("# mine\ncolour = 1\nvolume = 100\n")
    assert (do("get", "overlay_s")["value"], do("path")["path"]) == (2.5, str(file))
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("set", "volume", "loud"), 3, "settings-unusable"),
        (("set", "volume", "101"), 3, "settings-unusable"),
        (("set", "speak", "perhaps"), 3, "settings-unusable"),
        (("set", "language_model_address", "http://far.example.com/v1"), 3, "settings-unusable"),
        (("set", "colour", "red"), 2, "usage-wrong"),
        (("set", "volume"), 2, "usage-wrong"),
        (("get",), 2, "usage-wrong"),
        (("get", "colour"), 2, "usage-wrong"),
        (("list", "volume"), 2, "usage-wrong"),
    ],
)
def test_what_can_not_be_set_is_told_and_changes_nothing(
    do: Callable[..., dict[str, Any]], file: Path, words: tuple[str, ...], code: int, error: str
) -> None:
    assert do(*words, code=code)["code"] == error
    assert not file.exists()


def test_a_mistake_names_the_file_and_the_line(do: Callable[..., dict[str, Any]], file: Path) -> None:
    file.parent.mkdir(mode=0o700)
    file.write_text('# volume = 3\n\n  "volume" = 300\nspeak = true\n[colours]\nred = 1\n')
    found = do("list")
    assert [mistake.partition(":")[0] for mistake in found["mistakes"]] == ["line 5", "line 3"]
    assert found["file"] == str(file)
    assert do("set", "volume", "50")["value"] == 50
    assert [mistake.partition(":")[0] for mistake in do("list")["mistakes"]] == ["line 5"]
    file.write_text("volume = 1\nspeak = = true\n")
    refused = do("list", code=3)
    assert str(file) in refused["sentence"]
    assert "line 2" in refused["sentence"]


def test_what_is_in_force_in_place_of_a_mistake_is_told_with_the_file_and_the_line(
    do: Callable[..., dict[str, Any]], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.parent.mkdir(mode=0o700)
    file.write_text("speak = false\nvolume = 300\n")
    assert run(["settings", "get", "volume"], lambda: Printed("")) == 0
    out, told = capsys.readouterr()
    assert out == "100\n"
    assert f"{file} has mistakes: line 2: " in told
    found = do("get", "volume")
    assert (found["value"], found["trouble"]["code"]) == (100, "settings-unusable")
    assert do("get", "speak")["trouble"] is None
