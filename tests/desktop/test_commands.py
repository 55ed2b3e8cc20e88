"""The commands as scripts use them: their JSON, their exit codes, with the application running and without it."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.app import App, LevelMeter, rendered
from tests.desktop.deskbox import Desk

QUESTION = "what time is it"
CHECKS = {"folders", "settings", "keyring", "store", "speech model", "microphone", "voice", "hotkey"}


@pytest.fixture(scope="module")
def homes(plain_desk: Desk) -> Iterator[dict[str, App]]:
    """A home that the application runs on, and one that only commands use."""
    alone, running = App(plain_desk), App(plain_desk)
    running.start()
    yield {"alone": alone, "running": running}
    running.end()


@pytest.fixture(params=["alone", "running"])
def app(homes: dict[str, App], request: pytest.FixtureRequest) -> App:
    """Each of the two homes."""
    home: App = homes[request.param]
    return home


@pytest.fixture(scope="module")
def question(plain_desk: Desk) -> Path:
    """A recording of the question."""
    wav = plain_desk.root / "question.wav"
    rendered(plain_desk, QUESTION, wav)
    return wav


def _check_answer(answer: dict[str, Any], *, source: str, intent: str) -> None:
    assert set(answer) == {"reply", "source", "intent", "conversation", "message", "latency_ms"}
    assert (answer["source"], answer["intent"]) == (source, intent)
    assert all(isinstance(ms, float) and ms >= 0 for ms in answer["latency_ms"].values())
    assert {"answer", "total"} <= set(answer["latency_ms"])


def _told(app: App, *words: str | Path, code: int) -> str:
    """A failing command's one line, which `--json` repeats as an object."""
    ended = app.run(*words)
    assert ended.returncode == code, ended.stderr
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    error = app.json(*words, code=code)["error"]
    assert line == f"sottovoce: {error['sentence']} {error['remedy']}"
    return str(error["code"])


def test_ask_and_history(app: App) -> None:
    first = app.json("ask", "remember", "that i like tea")
    _check_answer(first, source="skill", intent="memory.remember")
    second = app.json("ask", "why is the sky blue", "--conversation", first["conversation"])
    _check_answer(second, source="fallback", intent="fallback")
    assert second["conversation"] == first["conversation"]
    assert app.run("ask", "what do i like").stdout.strip() == "You like tea."

    listed = app.json("history", "list", "--limit", "1")["conversations"]
    assert [row["id"] for row in listed] == [first["conversation"]]
    assert set(listed[0]) == {"id", "user", "title", "started_at", "last_at", "messages"}
    shown = app.json("history", "show", first["conversation"])["messages"]
    assert [message["content"] for message in shown[:4]] == [
        "remember that i like tea",
        first["reply"],
        "why is the sky blue",
        second["reply"],
    ]
    assert {"id", "conversation", "role", "content", "state", "created_at"} <= set(shown[0])
    assert shown[1]["id"] == first["message"]
    found = app.json("history", "search", "sky")["found"]
    assert [hit["content"] for hit in found] == ["why is the sky blue"]
    assert "sky" in found[0]["snippet"]
    assert app.json("history", "search", "zebra") == {"found": []}
    assert "why is the sky blue" in app.run("history", "show", first["conversation"]).stdout


def test_users_are_apart(app: App) -> None:
    answer = app.json("ask", "remember that i like jazz", "--user", "guest")
    mine = app.json("ask", "what do i like")
    assert "jazz" not in mine["reply"]
    assert answer["conversation"] != mine["conversation"]
    # Another user's conversation can be gone on with by nobody else: to them it does not exist.
    theirs = ("--conversation", answer["conversation"])
    for words in (["ask", "what do i like", *theirs], ["ask", "what do i like", *theirs, "--speak"]):
        assert _told(app, *words, code=1) == "not-found"
    again = app.json("ask", "what do i like", *theirs, "--user", "guest")
    assert (again["conversation"], again["reply"]) == (answer["conversation"], "You like jazz.")
    shown = app.json("history", "show", answer["conversation"])["messages"]
    assert len(shown) == 4, "the others' questions did not come into it"


def test_listen(app: App, question: Path) -> None:
    answer = app.json("listen", question)
    assert answer.pop("heard") == QUESTION
    assert "recognise" in answer["latency_ms"]
    _check_answer(answer, source="skill", intent="clock.time")
    assert app.said()[-2:] == [("user", QUESTION), ("assistant", answer["reply"])]


def test_silence_is_heard_as_nothing(app: App, desk: Desk) -> None:
    silence = desk.root / "nothing.wav"
    desk.run("sox", "-n", "-r", "16000", "-c", "1", silence, "trim", "0", "1")
    before = app.json("history", "list")
    assert app.json("listen", silence) == {"heard": ""}
    assert app.json("history", "list") == before


def test_an_answer_aloud(app: App, desk: Desk, tmp_path: Path) -> None:
    meter = LevelMeter(desk, tmp_path)
    answer = app.json("ask", QUESTION, "--speak")
    _check_answer(answer, source="skill", intent="clock.time")
    assert meter.wait_for_sound(0)


def test_transcribe(homes: dict[str, App], desk: Desk, question: Path) -> None:
    app = homes["alone"]
    other = desk.root / "other.wav"
    desk.run("sox", question, "-r", "44100", "-c", "2", "-b", "8", other)
    before = app.json("history", "list")
    files = app.json("transcribe", question, other)["files"]
    assert [file["file"] for file in files] == [str(question), str(other)]
    for file in files:
        assert set(file) == {"file", "text", "written", "words", "language", "audio_s", "decode_s"}
        assert file["text"] == " ".join(word["word"] for word in file["words"]) == QUESTION
        for word in file["words"]:
            assert set(word) == {"word", "start_s", "end_s", "confidence"}
            assert 0 <= word["start_s"] < word["end_s"] <= file["audio_s"] + 0.1
            assert 0 <= word["confidence"] <= 1
    assert app.run("transcribe", question).stdout == f"{QUESTION}\n"
    assert app.json("history", "list") == before


def test_recordings_that_are_none(homes: dict[str, App], desk: Desk, question: Path) -> None:
    app = homes["alone"]
    bad = {"empty": b"", "truncated": question.read_bytes()[:30], "text": b"what time is it\n" * 100}
    for name, content in bad.items():
        wav = desk.root / f"{name}.wav"
        wav.write_bytes(content)
        assert _told(app, "transcribe", wav, code=1) == "recording-unusable"
    assert _told(app, "listen", desk.root / "absent.wav", code=1) == "recording-unusable"


def test_wrong_usage(homes: dict[str, App]) -> None:
    app = homes["alone"]
    for words in (["frobnicate"], ["ask"], ["ask", " "], ["history", "search"], ["history", "list", "--limit", "0"]):
        assert _told(app, *words, code=2) == "usage-wrong"
    assert _told(app, "history", "show", "nowhere", code=1) == "not-found"
    assert _told(app, "ask", "hello", "--conversation", "nowhere", code=1) == "not-found"


def test_commands_for_the_application_say_that_none_runs(homes: dict[str, App]) -> None:
    for word in ("press", "release", "toggle", "cancel", "show", "quit"):
        assert _told(homes["alone"], word, code=1) == "not-running"


def test_doctor_looks_at_every_part(app: App, homes: dict[str, App]) -> None:
    ended = app.run("doctor", "--json")
    report = json.loads(ended.stdout)
    assert {check["name"] for check in report["checks"]} >= CHECKS
    assert all(set(check) == {"name", "ok", "code", "detail", "remedy"} for check in report["checks"])
    # The other home's application holds the key here.
    troubled = {check["name"] for check in report["checks"] if not check["ok"]}
    assert troubled & CHECKS == (set() if app is homes["running"] else {"hotkey"})
    assert report["ok"] == (not troubled) == (ended.returncode == 0)


def test_version(homes: dict[str, App]) -> None:
    assert homes["alone"].run("--version").stdout.startswith("sottovoce ")
    assert set(homes["alone"].json("--version")) == {"version"}


def test_demo_needs_nothing_and_leaves_nothing(homes: dict[str, App], desk: Desk) -> None:
    bare = desk.root / "bare"
    (bare / "tmp").mkdir(parents=True)
    env = {"PATH": os.defpath, "HOME": bare, "TMPDIR": bare / "tmp", "PYTHONPATH": homes["alone"].env["PYTHONPATH"]}
    ended = desk.run(
        "env",
        "-i",
        *(f"{name}={value}" for name, value in env.items()),
        sys.executable,
        "-m",
        "sottovoce",
        "demo",
        "--json",
    )
    assert ended.stderr == ""
    assert f'"heard": "{QUESTION}"' in ended.stdout
    assert '"ok": true' in ended.stdout
    assert [path for path in bare.rglob("*") if path != bare / "tmp"] == []
