"""What a command prints can be shown by a terminal, and can't steer it."""

from __future__ import annotations

import ast
import json
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sottovoce import commands
from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed, note, printable, show
from sottovoce.domain.errors import UsageWrong

if TYPE_CHECKING:
    import pytest

STEERING = (
    "\x1b]52;c;cm0gLXJm\x07 \x1b[2J \x9b31m \x90 \x00\x08\x7f \rover \u202ecod.exe\u202c \u2066\u2069 \u200f \u2028"
)
"""The clipboard, the screen, colours, a line written over, names read backwards."""


def steers(text: str) -> bool:
    return any(
        (unicodedata.category(sign) == "Cc" and sign not in "\n\t")
        or unicodedata.bidirectional(sign) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        or unicodedata.category(sign) in {"Zl", "Zp"}
        or sign in "\u061c\u200e\u200f\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb\U000e0001"
        for sign in text
    )


@given(st.text() | st.text(st.sampled_from(STEERING)))
def test_nothing_that_steers_is_left_and_no_word_is_lost(text: str) -> None:
    shown = printable(text)
    assert not steers(shown)
    assert printable(shown) == shown
    if not steers(text):
        assert printable(text) == text


def test_words_of_every_script_stay_as_they_are() -> None:
    text = "naïve Straße\t日本語\nעברת عربي हिन्दी 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 a\u200cb e\u0301"
    assert printable(text) == text


def test_for_people_it_is_spelled_out_and_for_scripts_it_is_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    said = Printed(f"reply: {STEERING}", {"reply": STEERING})
    show(said, as_json=False)
    out = capsys.readouterr().out
    assert not steers(out)
    assert "\\x1b]52;c;" in out
    assert "\\u202ecod.exe" in out
    show(said, as_json=True)
    assert json.loads(capsys.readouterr().out)["reply"] == STEERING


def test_an_error_is_one_line_whatever_a_name_in_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> Printed:
        raise UsageWrong(f"There is no file {STEERING}\nsottovoce: All is well.", "Name one.")

    assert run([], refuse) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert not steers(err)


def test_a_remedy_names_a_command_that_can_be_typed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse() -> Printed:
        raise UsageWrong("That is no command.", "Run `sottovoce --help` and `sottovoce doctor`.")

    def remedy(started: str) -> str:
        monkeypatch.setattr(sys, "argv", [started])
        assert run([], refuse) == 2
        return capsys.readouterr().err.partition("Run ")[2].strip()

    (command := tmp_path / "sottovoce").write_text("#!/bin/sh\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert remedy(str(command)) == f"`{command} --help` and `{command} doctor`."
    assert remedy("-c") == f"`{sys.executable} -m sottovoce --help` and `{sys.executable} -m sottovoce doctor`."
    monkeypatch.setenv("PATH", str(tmp_path))
    assert remedy(str(command)) == "`sottovoce --help` and `sottovoce doctor`."


def test_notes_are_cleaned_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    note(STEERING)
    assert not steers(capsys.readouterr().err)


def test_a_word_of_the_command_line_is_cleaned_where_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["history", "list", f"--{STEERING}"], lambda: Printed("")) == 2
    assert not steers(capsys.readouterr().err)


def test_no_command_prints_past_the_cleaning() -> None:
    folder = Path(commands.__file__).parent
    for file in folder.glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name | ast.Attribute):
                name = ast.unparse(call.func)
                assert file.name == "printed.py" or name not in {
                    *("print", "sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer.write", "input"),
                }, f"{file.name}:{call.lineno}"
