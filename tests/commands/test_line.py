"""The command line from its words to what it prints, where no keyring and no screen is needed."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce import __version__
from sottovoce.adapters.synthesis import synthesise
from sottovoce.commands import doctor
from sottovoce.commands.line import grammar, run
from sottovoce.commands.printed import Printed
from sottovoce.domain.audio import SAMPLE_RATE_HZ
from sottovoce.domain.errors import ScreenMissing, StoreFull

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTRACT = [
    *("demo", "ask", "listen", "transcribe", "history", "audit", "doctor", "press", "release", "toggle", "cancel"),
    "show",
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, on a machine where no keyring answers."""
    folder = tmp_path / "home"
    monkeypatch.setenv("SOTTOVOCE_HOME", str(folder))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    return folder


def no_application() -> Printed:
    pytest.fail("the application was started")


def called(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(words, no_application)
    out, err = capsys.readouterr()
    return code, out, err


def called_json(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code, out, _ = called(capsys, "--json", *words)
    assert out.count("\n") == 1, "exactly one object"
    return code, json.loads(out)


async def wav(file: Path, text: str) -> Path:
    import numpy as np  # noqa: PLC0415 - slow to load
    import soundfile  # noqa: PLC0415 - loads NumPy

    pcm = await synthesise(text)
    soundfile.write(file, np.frombuffer(pcm, "<i2"), SAMPLE_RATE_HZ)
    return file


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert called(capsys, "--version") == (0, f"sottovoce {__version__}\n", "")
    assert called_json(capsys, "--version") == (0, {"version": __version__})


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            "memory add --reach network I like pears",
            {"what": "add", "reach": "network", "words": ["I", "like", "pears"]},
        ),
        ("history search --limit 5 python", {"what": "search", "limit": 5, "words": ["python"]}),
        ("history search python --best and --limit 5", {"best": True, "limit": 5, "words": ["python", "and"]}),
        ("transcribe a.wav --json b.wav", {"json": True, "files": ["a.wav", "b.wav"]}),
        ("settings set volume --json -5", {"json": True, "words": ["volume", "-5"]}),
        ("ask --user=me what --speak -- --json", {"user": "me", "speak": True, "text": ["what", "--json"]}),
        ("doctor --key F9 --json", {"key": "F9", "json": True}),
        ("doctor --key --json", {"key": "", "json": True}),
        ("ask -", {"text": ["-"]}),
        ("backup create f --passphrase-stdin", {"file": "f", "passphrase_stdin": True}),
    ],
)
def test_an_option_may_stand_anywhere(words: str, found: dict[str, Any]) -> None:
    parsed = vars(grammar().parse_args(words.split()))
    assert {name: parsed[name] for name in found} == found
    assert not (parsed.keys() & {"json"}) - found.keys()


def test_no_command_is_the_application(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([], lambda: Printed("", {"ran": True}, 7)) == 7
    assert capsys.readouterr().out == ""
    assert run(["--json"], lambda: Printed("", {"ran": True})) == 0
    assert capsys.readouterr().out == '{"ran": true}\n'


def test_the_application_that_can_not_start_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> Printed:
        raise ScreenMissing

    assert run([], refuse) == 3
    assert "no screen" in capsys.readouterr().err
    assert run(["--json"], refuse) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "screen-missing"


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["ask"],
        ["listen"],
        ["ask", "--colour", "x"],
        ["ask", "--js", "help"],
        ["history", "search"],
        ["history", "show"],
        ["history", "list", "words"],
        ["history", "list", "--limit", "0"],
        ["history", "list", "--limit", "many"],
        ["history", "list", "--best"],
        ["history", "show", "x", "--answer"],
        ["history", "unfinished", "--answer", "--dismiss"],
        ["audit", "--limit", "0"],
        ["audit", "forget"],
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = called(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith("sottovoce: ")
    assert err.count("\n") == 1
    code, told = called_json(capsys, *words)
    assert code == 2
    assert told["error"]["code"] == "usage-wrong"


def test_behind_two_dashes_everything_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = called(capsys, "ask", "--", "--json")
    assert (code, out) == (3, "")
    assert "keyring" in err


@pytest.mark.parametrize("command", CONTRACT)
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        run([command, "--help"], no_application)
    assert ended.value.code == 0
    assert command in capsys.readouterr().out


@pytest.mark.parametrize("command", ["press", "release", "toggle", "cancel", "show", "quit"])
def test_control_needs_the_application(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, out, err = called(capsys, command)
    assert (code, out) == (1, "")
    assert "not running" in err
    assert called_json(capsys, command)[1]["error"]["code"] == "not-running"


def test_the_last_turns_are_the_running_applications(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, out, err = called(capsys, "turns")
    assert (code, out) == (1, "")
    assert "not running" in err
    assert called_json(capsys, "turns")[1]["error"]["code"] == "not-running"
    assert called_json(capsys, "turns", "show", "1")[1]["error"]["code"] == "not-running"
    for wrong in (("show",), ("show", "1", "2"), ("list", "1")):
        code, out, err = called(capsys, "turns", *wrong)
        assert (code, out) == (2, "")
        assert f"That is not what `turns {wrong[0]}` takes." in err
    assert not (home / "sottovoce.db").exists(), "no home is opened for it"


def test_show_takes_the_name_of_a_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert called_json(capsys, "show", "settings")[1]["error"]["code"] == "not-running"
    assert called(capsys, "show", "nothing")[0] == 2


def test_without_a_keyring_nothing_is_made(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, out, err = called(capsys, "ask", "what", "time", "is", "it")
    assert (code, out) == (3, "")
    assert "keyring" in err
    assert not list(home.rglob("sottovoce.db*"))
    assert not list(home.rglob("*.keys"))


@pytest.mark.parametrize(("typed", "code"), [("", 2), (" \n", 2), ("what time is it\n", 3)])
def test_a_question_from_the_input_is_in_no_command_line(typed: str, code: int) -> None:
    """An empty one is wrong usage; a question needs the store, whose keyring does not answer here."""
    ended = subprocess.run(
        [sys.executable, "-m", "sottovoce", "ask", "-"],
        input=typed,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == code
    assert "what time" not in ended.stderr


def test_settings_with_wrong_types_are_one_sentence_and_exit_3(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "settings.toml").write_text('speech_rate = "fast"\nvolume = -1\n')
    code, _, err = called(capsys, "ask", "help")
    assert code == 3
    assert "line 1: `speech_rate` must be a whole number; line 2: `volume` must be from 0 to 100" in err
    assert str(home / "settings.toml") in err
    assert err.count("\n") == 1


def test_a_home_that_can_not_be_used(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    home.write_text("a file")
    code, _, err = called(capsys, "ask", "help")
    assert code == 3
    assert err.count("\n") == 1


def test_the_demo_is_a_whole_turn_and_leaves_nothing(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, told = called_json(capsys, "demo")
    assert code == 0
    assert (told["heard"], told["source"], told["ok"]) == ("what time is it", "skill", True)
    assert told["reply"].startswith("It is ")
    assert [step["name"] for step in told["steps"]] == [
        "synthesise",
        "open store",
        "load model",
        "recognise",
        "answer",
        "read back",
        "look from outside",
    ]
    assert not home.exists()
    code, out, _ = called(capsys, "demo")
    assert code == 0
    assert "throw-away home" in out
    assert "nothing is left behind" in out


async def _wavs(folder: Path) -> list[str]:
    return [str(await wav(folder / f"{n}.wav", text)) for n, text in enumerate(["what time is it", "what do i like"])]


def test_transcribe_prints_words_and_stores_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, home: Path, files: list[str]
) -> None:
    code, told = called_json(capsys, "transcribe", *files)
    assert code == 0
    assert [f["text"] for f in told["files"]] == ["what time is it", "what do i like"]
    first = told["files"][0]
    assert [w["word"] for w in first["words"]] == ["what", "time", "is", "it"]
    assert 0 <= first["words"][0]["start_s"] < first["words"][-1]["end_s"] <= first["audio_s"]
    assert first["decode_s"] > 0
    assert not home.exists()
    assert called(capsys, "transcribe", files[0])[1] == "what time is it\n"
    assert called(capsys, "transcribe", *files)[1].splitlines()[1] == f"{files[1]}: what do i like"


@pytest.fixture
async def files(tmp_path: Path) -> list[str]:
    return await _wavs(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8:strict", "latin-1:strict"])
def test_a_name_that_is_no_text_is_no_obstacle(files: list[str], encoding: str) -> None:
    """In the locale of a desktop Python refuses to print what it can't encode."""
    name = os.fsencode(files[0])[:-4] + b"\xff\xe2\x82\xac.wav"
    Path(files[0]).rename(os.fsdecode(name))
    printed = b""
    for words in ([name, files[1]], [b"--json", name]):
        ended = subprocess.run(
            [sys.executable, "-m", "sottovoce", "transcribe", *words],
            env=os.environ | {"PYTHONIOENCODING": encoding},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (0, b"")
        printed = ended.stdout
    assert os.fsencode(json.loads(printed)["files"][0]["file"]) == name


@pytest.mark.parametrize("command", ["transcribe", "listen"])
@pytest.mark.parametrize("content", [None, b"", b"no sound at all", b"RIFF\x24\x00\x00\x00WAVEfmt "])
def test_a_recording_that_is_none(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, content: bytes | None
) -> None:
    file = tmp_path / "x.wav"
    if content is not None:
        file.write_bytes(content)
    code, told = called_json(capsys, command, str(file))
    assert code == 1
    assert told["error"]["code"] == "recording-unusable"
    assert "x.wav" in told["error"]["sentence"]


def test_a_model_that_is_not_there(capsys: pytest.CaptureFixture[str], home: Path, files: list[str]) -> None:
    home.mkdir(mode=0o700)
    (home / "settings.toml").write_text('model = "french"\n')
    code, told = called_json(capsys, "transcribe", files[0])
    assert code == 3
    assert told["error"]["code"] == "model-missing"


def test_doctor_checks_every_part_and_says_what_helps(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = called_json(capsys, "doctor")
    checks = {check["name"]: check for check in told["checks"]}
    assert list(checks) == [
        "folders",
        "settings",
        "policy",
        "keyring",
        "store",
        "backups",
        "memory",
        "language model",
        "recovery",
        "speech model",
        "microphone",
        "voice",
        "windows",
        "hotkey",
    ]
    assert checks["keyring"]["ok"] is False
    assert checks["keyring"]["remedy"]
    assert checks["speech model"]["ok"] is True
    assert (code, told["ok"]) == (1, False)
    code, out, _ = called(capsys, "doctor")
    assert "FAIL  keyring" in out
    assert "ok    folders" in out


@pytest.fixture
def hung(home: Path) -> Iterator[socket.socket]:
    """An application that takes connections and answers nobody."""
    home.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(home / "sottovoce.sock"))
        listening.listen()
        yield listening


@pytest.mark.usefixtures("hung")
def test_doctor_tells_of_an_application_that_hangs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "ALIVE_S", 0.1)
    code, told = called_json(capsys, "doctor")
    assert (code, told["ok"]) == (1, False)
    first, *others = told["checks"]
    assert (first["name"], first["ok"]) == ("application", False)
    assert "does not answer" in first["detail"]
    assert "quit it" in first["remedy"]
    assert {check["name"] for check in others}.isdisjoint({"store", "hotkey"})
    assert "speech model" in {check["name"] for check in others}


def test_an_interrupted_command_is_told_to_scripts(hung: socket.socket) -> None:
    with _sottovoce("history", "list", "--json", stderr=subprocess.PIPE) as process:
        client, _ = hung.accept()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        client.close()
    assert process.returncode == 130
    assert json.loads(out)["error"]["code"] == "interrupted"
    assert err == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that takes nothing")
@pytest.mark.parametrize("words", [["--version"], ["--version", "--json"], ["press", "--json"], ["demo", "--help"]])
def test_an_output_that_takes_nothing_is_one_calm_line(words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "sottovoce", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=30,
            check=False,
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        )
    assert ended.returncode == 1
    *others, line = ended.stderr.splitlines()
    assert line.startswith("sottovoce: The output could not be written.")
    assert others == ["sottovoce: Sottovoce is not running. Start it with `sottovoce`, then try again."] * (
        words[0] == "press"
    )


def test_no_output_at_all_is_no_trace() -> None:
    with Path(os.devnull).open("rb") as unwritable:
        ended = subprocess.run(
            [sys.executable, "-m", "sottovoce", "--version"],
            stdout=unwritable,
            stderr=unwritable,
            timeout=30,
            check=False,
        )
    assert ended.returncode == 1


def test_a_bug_is_one_calm_line(capsys: pytest.CaptureFixture[str]) -> None:
    def break_down() -> Printed:
        raise KeyError("private words")

    assert run([], break_down) == 1
    err = capsys.readouterr().err
    assert "inside Sottovoce" in err
    assert "private" not in err


def test_a_failure_of_the_surroundings_has_its_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    def fill() -> Printed:
        raise StoreFull

    assert run([], fill) == 1
    assert "disk is full" in capsys.readouterr().err


def _sottovoce(*words: str, **options: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401 - Popen's own
    return subprocess.Popen([sys.executable, "-m", "sottovoce", *words], stdout=subprocess.PIPE, **options)


def test_as_a_program_its_files_are_private_and_a_closed_pipe_is_no_error(home: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with _sottovoce("history", "list", stderr=subprocess.PIPE) as process:
        process.communicate(timeout=30)
    assert process.returncode == 3
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    closed = subprocess.run(
        [sys.executable, "-m", "sottovoce", "--version"],
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=30,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
    )
    os.close(writer)
    assert closed.stderr == b""


BROKEN = """
import resource, sys
from sottovoce import __main__ as program
program._application = lambda: {}["private words"]
sys.argv = ["sottovoce"]
code = program.main()
print(resource.getrlimit(resource.RLIMIT_CORE))
sys.exit(code)
"""


def _broken() -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", BROKEN], capture_output=True, text=True, timeout=30, check=False)


def test_the_trace_of_a_bug_goes_to_the_log_without_its_words(home: Path) -> None:
    (home / "logs").mkdir(mode=0o700, parents=True)
    ended = _broken()
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    logged = (home / "logs" / "sottovoce.log").read_text("utf-8")
    assert "KeyError" in logged
    assert "private" not in logged + ended.stderr


def test_without_a_log_the_trace_is_told_without_its_words(home: Path) -> None:
    ended = _broken()
    assert "KeyError" in ended.stderr
    assert "private" not in ended.stderr
    assert not home.exists()


LEFT_BEHIND = """
import atexit, sys, threading
from sottovoce import __main__ as program
atexit.register(print, "python ended as usual")
started = threading.Event()
def stuck():
    started.set()
    threading.Event().wait()
if sys.argv.pop() == "stuck":
    threading.Thread(target=stuck, daemon=True).start()
    started.wait()
print("said before")
sys.exit(program._ended(7))
"""


@pytest.mark.parametrize("what", ["stuck", "nothing"])
def test_a_thread_that_was_left_behind_is_not_run_over_by_the_end(what: str) -> None:
    ended = subprocess.run([sys.executable, "-c", LEFT_BEHIND, what], capture_output=True, timeout=30, check=False)
    usual = b"" if what == "stuck" else b"python ended as usual\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (7, b"said before\n" + usual, b"")


def test_a_crash_leaves_no_picture_of_the_memory() -> None:
    assert _broken().stdout == "(0, 0)\n"


def test_press_loads_no_library_it_does_not_need() -> None:
    """A compositor runs it at each key event: no Qt, no NumPy, no engine."""
    code = (
        "import sys; from sottovoce.commands.line import run; run(['press'], lambda: 0); "
        "print([m for m in ('PySide6', 'numpy', 'vosk', 'sqlcipher3', 'keyring', 'hassil') if m in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True).stdout
    assert loaded == "[]\n"
