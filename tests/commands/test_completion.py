"""Completion: what is offered is what the grammar knows; asked of bash itself."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.commands.completion import SHELLS, commands_of, script
from sottovoce.commands.line import grammar, run

if TYPE_CHECKING:
    from sottovoce.commands.printed import Printed

COMMANDS = commands_of(grammar())


def offered(*words: str) -> list[str]:
    """What bash offers behind these words; the last one may be begun."""
    asked = f"""{script("bash", COMMANDS)}
COMP_WORDS=(sottovoce {shlex.join(words)}) COMP_CWORD={len(words)}
_sottovoce
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(["bash"], input=asked, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.split()


def test_every_command_and_option_of_the_grammar_is_in_every_script() -> None:
    known: Any = next(action for action in grammar()._actions if action.dest == "command")  # noqa: SLF001
    assert [one.name for one in COMMANDS[1:]] == list(known.choices)
    for shell in SHELLS:
        text = script(shell, COMMANDS)
        for name, parser in known.choices.items():
            assert name in text
            for action in parser._actions:  # noqa: SLF001
                for option in action.option_strings:
                    assert (f"-l {option[2:]}" if shell == "fish" and option[:2] == "--" else option[1:]) in text


def test_bash_offers_commands_then_what_the_command_takes() -> None:
    assert offered("hi") == ["history"]
    assert {"ask", "doctor", "--version"} <= set(offered(""))
    assert offered("history", "se") == ["search"]
    assert offered("--json", "history", "--l") == ["--limit"]
    assert offered("erase", "--e") == ["--everything"]
    assert offered("transcribe", "talk.w") == []  # bash goes on with files


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_takes_its_script(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not here")
    subprocess.run([shell, "-n"], input=script(shell, COMMANDS), text=True, check=True, timeout=60)


def test_the_command_prints_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    def no_application() -> Printed:
        pytest.fail("the application was started")

    assert run(["completion", "fish"], no_application) == 0
    plain = capsys.readouterr().out
    assert plain == script("fish", COMMANDS) + "\n"
    assert run(["--json", "completion", "fish"], no_application) == 0
    assert json.loads(capsys.readouterr().out) == {"shell": "fish", "script": plain[:-1]}


def test_what_a_turn_or_a_record_is_made_of_is_not_loaded_for_it() -> None:
    code = (
        "import sys; from sottovoce.commands.line import grammar; grammar();"
        "print(*(one for one in ('records', 'turns', 'contexts') if f'sottovoce.domain.{one}' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "\n"
