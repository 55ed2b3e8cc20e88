"""Helper processes from source and frozen, and the environment that a frozen program leaves to what it starts."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Final

import pytest

from sottovoce.adapters.model_probe import PROBE_OK
from sottovoce.adapters.python_process import (
    HELPER_FLAG,
    HELPERS,
    PACKAGE_HELPERS,
    asked_helper,
    give_back_environment,
    python_command,
)
from sottovoce.resources import starter_model

FIRST_WORDS: Final = {
    "calendar_worker": (
        json.dumps({"do": "import", "path": "", "zone": "UTC", "now": 0, "cpu_s": 20, "memory_bytes": 1 << 30}),
        '{"trouble": "calendar',
    ),
    "knowledge_worker": (json.dumps({"embedder": ""}), '{"ready": ""}'),
    "media_worker": ("", ""),
    "model_probe": (str(starter_model()), PROBE_OK.decode()),
    "portal_worker": (json.dumps({"key": "RightCtrl", "called": ""}), '{"had": false'),
    "speech_worker": (json.dumps({"list": True}), '{"event": "voices"'),
}
"""What each is told, and how its answer begins."""


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)


def test_every_helper_has_its_first_words_here() -> None:
    assert sorted(FIRST_WORDS) == sorted((*HELPERS, *PACKAGE_HELPERS))


@pytest.mark.parametrize("how", ["from source", "as if frozen"])
@pytest.mark.parametrize("helper", sorted(FIRST_WORDS))
def test_a_helper_answers_its_first_words_and_ends_with_its_input(
    helper: str, how: str, request: pytest.FixtureRequest
) -> None:
    command = python_command(helper)
    if how == "as if frozen":
        request.getfixturevalue("frozen")
        program, *words = python_command(helper)
        assert program == sys.executable
        command = [sys.executable, "-m", "sottovoce", *words]
    told, answer = FIRST_WORDS[helper]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(told.encode() + (b"\n" if told.startswith("{") else b""))
        process.stdin.flush()
        if not told.startswith("{"):
            process.stdin.close()
        assert process.stdout.readline().decode().startswith(answer)
        process.stdin.close()
        process.wait(60)


@pytest.mark.parametrize(
    "words", [[], [HELPER_FLAG], [HELPER_FLAG, "nobody"], ["ask", "media_worker"], [HELPER_FLAG, "media_worker", "x"]]
)
def test_other_words_ask_for_no_helper(words: list[str]) -> None:
    assert asked_helper(words) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"LD_LIBRARY_PATH": "/usr/lib/sottovoce/_internal"}, {}),
        ({"LD_LIBRARY_PATH": "/opt:/usr/lib/x", "LD_LIBRARY_PATH_ORIG": "/opt"}, {"LD_LIBRARY_PATH": "/opt"}),
        ({"LD_LIBRARY_PATH": "/x", "_PYI_ARCHIVE_FILE": "/x/sottovoce", "HOME": "/home/a"}, {"HOME": "/home/a"}),
    ],
)
@pytest.mark.usefixtures("frozen")
def test_what_a_frozen_program_starts_has_the_environment_it_was_started_in(
    before: dict[str, str], after: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    give_back_environment(before)
    assert before == after


def test_from_source_the_environment_stays_as_it_is() -> None:
    environment = {"LD_LIBRARY_PATH": "/opt", "LD_LIBRARY_PATH_ORIG": "/x", "_PYI_ARCHIVE_FILE": "/x"}
    before = dict(environment)
    give_back_environment(environment)
    assert environment == before
