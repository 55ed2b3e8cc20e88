"""Memories, context and files from the command line, in a home that lives on a passphrase."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce import open_home
from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed
from sottovoce.domain.errors import UsageWrong
from tests.commands.test_data import call
from tests.served import Service

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands.conftest import Called

__all__ = ["call"]  # a fixture


@pytest.fixture
def do(call: Callable[..., Called], home: Path) -> Callable[..., dict[str, Any]]:
    """Runs `sottovoce --json …`; the object it prints."""
    assert call("key", "passphrase")[0] == 0

    def done(*words: str, code: int = 0) -> dict[str, Any]:
        ended, out, err = call("--json", "--passphrase-stdin", *words)
        assert ended == code, out + err
        found: dict[str, Any] = json.loads(out)
        return found

    return done


def test_memories_are_added_listed_explained_and_forgotten(
    do: Callable[..., dict[str, Any]], call: Callable[..., Called]
) -> None:
    added = do("memory", "add", "my", "sister", "is", "called", "anna", "--reach", "network")
    assert (added["new"], added["superseded"]) == (True, [])
    assert (added["memory"]["kind"], added["memory"]["reach"]) == ("person", "network")
    assert do("memory", "add", "My sister is called Anna!")["new"] is False
    corrected = do("memory", "add", "my sister is called eva", "--user", "ben", "--kind", "fact")
    assert corrected["superseded"] == []
    instead = do("memory", "add", "my sister is called eva")
    assert [one["id"] for one in instead["superseded"]] == [added["memory"]["id"]]
    assert [one["text"] for one in do("memory", "list")["memories"]] == ["my sister is called eva"]
    answer = do("ask", "who is my sister")
    used = do("memory", "why", answer["message"])["memories"]
    assert [(one["id"], one["holds"]) for one in used] == [(instead["memory"]["id"], True)]
    wider = do("memory", "reach", instead["memory"]["id"], "any")
    assert wider["memory"]["reach"] == "any"
    assert do("memory", "forget", instead["memory"]["id"], "--user", "ben", code=1)["error"]["code"] == "not-found"
    forgotten = do("memory", "forget", instead["memory"]["id"])["forgotten"]
    assert forgotten == [instead["memory"]["id"], added["memory"]["id"]]
    assert do("memory", "list")["memories"] == []
    assert len(do("memory", "list", "--user", "ben")["memories"]) == 1
    assert do("memory", "why", "nothing", code=1)["error"]["code"] == "not-found"
    code, out, _ = call("--passphrase-stdin", "memory", "list", "--user", "ben")
    assert code == 0
    assert out.rstrip().endswith("my sister is called eva")


def test_what_another_has_taken_the_place_of_is_forgotten_by_its_id(do: Callable[..., dict[str, Any]]) -> None:
    ids = [do("memory", "add", "my", "sister", "is", "called", name)["memory"]["id"] for name in ("anna", "eva", "ida")]
    assert do("memory", "forget", ids[1])["forgotten"] == [ids[1]]
    assert do("memory", "forget", ids[1], code=1)["error"]["code"] == "not-found"
    assert [one["id"] for one in do("memory", "list")["memories"]] == [ids[2]]
    assert do("memory", "forget", ids[2])["forgotten"] == [ids[2], ids[0]]


@pytest.mark.parametrize(
    "words",
    [
        ("memory", "add"),
        ("memory", "list", "tea"),
        ("memory", "list", "--limit", "0"),
        ("memory", "list", "--kind", "fact"),
        ("memory", "forget"),
        ("memory", "why", "a", "b"),
        ("memory", "reach", "a"),
        ("context", "show", "me"),
        ("context", "set", "display_name"),
    ],
)
def test_wrong_words_are_told(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words, lambda: Printed("")) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("memory", "add", "i like", os.fsdecode(b"caf\xe9")),
        ("memory", "forget", os.fsdecode(b"\xff")),
        ("memory", "list", "--user", os.fsdecode(b"\xff")),
        ("context", "set", "display_name", os.fsdecode(b"\xff")),
    ],
)
def test_what_is_no_utf_8_is_told_in_a_sentence(call: Callable[..., Called], words: tuple[str, ...]) -> None:
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert "not UTF-8" in err
    assert "\\u" not in err
    code, out, _ = call("--json", *words)
    assert code == 2
    assert json.loads(out)["error"]["code"] == "usage-wrong"


WRONG = (
    ("memory.add", {"text": " "}),
    ("memory.add", {"text": "i like tea", "kind": "guess"}),
    ("memory.add", {"text": "i like tea", "reach": "moon"}),
    ("memory.add", {"text": "i like tea", "user": ""}),
    ("memory.add", {"text": 7}),
    ("memory.list", {"limit": True}),
    ("memory.list", {"limit": 1_000_000}),
    ("context.set", {"key": "version", "value": "7"}),
    ("context.set", {"key": "personality", "value": "kind"}),
    ("context.set", {"key": "personality.mood", "value": "kind"}),
    ("context.set", {"key": "personality.tone", "value": "loud"}),
    ("context.set", {"key": "friendship_level", "value": "101"}),
    ("context.set", {"key": "friendship_level", "value": "much"}),
    ("context.set", {"key": "friendship_frozen", "value": "perhaps"}),
    ("context.set", {"key": "time_zone", "value": "Mars/Olympus"}),
)


async def test_what_can_not_be_is_refused(tmp_path: Path) -> None:
    async with open_home(tmp_path / "open", bytes(range(32))) as opened:
        service = Service(opened)
        for command, arguments in WRONG:
            with pytest.raises(UsageWrong):
                await service.answer(command, arguments)
        assert (await service.answer("context.show", {}))["context"]["version"] == 0


def test_a_context_is_shown_set_and_heard(do: Callable[..., dict[str, Any]], call: Callable[..., Called]) -> None:
    assert do("context", "show")["context"]["closeness"] == "stranger"
    do("context", "set", "display_name", "Anna", "Maria")
    do("context", "set", "personality.verbosity", "brief")
    do("context", "set", "friendship_level", "60")
    do("context", "set", "friendship_frozen", "true")
    do("context", "set", "preferences.editors", '["vim", "ed"]')
    do("context", "set", "preferences.food", "rice")
    do("context", "set", "preferences.food", "")
    shown = do("context", "set", "time_zone", "Asia/Tokyo")["context"]
    assert (shown["display_name"], shown["friendship_level"], shown["closeness"]) == ("Anna Maria", 60, "friend")
    assert shown["personality"]["tone"] == "warm"
    assert shown["preferences"] == {"editors": ["vim", "ed"]}
    assert "Anna Maria" in do("ask", "hello")["reply"]
    assert not do("ask", "what time is it")["reply"].startswith("It is")
    code, out, _ = call("--passphrase-stdin", "context")
    assert code == 0
    assert "personality.verbosity" in out


def test_files_are_read_before_a_question_and_on_the_users_word(
    do: Callable[..., dict[str, Any]], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "knowledge").chmod(0o755)
    (home / "knowledge" / "garden.md").write_text("# Tomatoes\n\nTomatoes are sown in March on the window sill.\n")
    told = do("ask", "what do my files say about tomatoes")
    assert "sown in March" in told["reply"]
    (home / "knowledge" / "boiler.md").write_text("# Boiler\n\nThe boiler was serviced in May.\n")
    assert {one["path"] for one in do("knowledge", "sync")["documents"]} == {"garden.md", "boiler.md"}
    (opener := tmp_path / "xdg-open").write_text(f'#!/bin/sh\nprintf %s "$1" >{tmp_path}/opened\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert do("knowledge", "open")["folder"] == str(home / "knowledge")
    assert (tmp_path / "opened").read_text() == str(home / "knowledge")
    opener.write_text("#!/bin/sh\nexit 3\n")
    assert do("knowledge", "open", code=3)["error"]["code"] == "screen-missing"


def test_the_files_that_are_known_are_listed(do: Callable[..., dict[str, Any]], home: Path) -> None:
    found = do("knowledge")
    assert found["documents"] == []
    assert found["folder"] == str(home / "knowledge")
