"""Model folders: found, complete, or told which file is wrong."""

import asyncio
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sottovoce.adapters import speech_model
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.speech_model import Trial, _kill, check_model, find_model
from sottovoce.domain.errors import ModelBroken, ModelMissing
from sottovoce.resources import starter_model
from tests import processes
from tests.waiting import wait_for

OFFICIAL = (
    "am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/HCLr.fst", "graph/Gr.fst", "graph/words.txt",
    "graph/disambig_tid.int", "graph/phones/word_boundary.int", "ivector/final.dubm", "ivector/final.ie",
    "ivector/final.mat", "ivector/global_cmvn.stats", "ivector/online_cmvn.conf", "ivector/splice.conf",
)  # fmt: skip
STATIC = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/HCLG.fst", "graph/words.txt")
OLD = ("final.mdl", "mfcc.conf", "HCLr.fst", "Gr.fst", "disambig_tid.int", "word_boundary.int", "words.txt")
OPTIONAL = {
    "graph/words.txt",
    "words.txt",
    "word_boundary.int",
    "graph/phones/word_boundary.int",
    "ivector/online_cmvn.conf",
}


WORDS = b"<eps> 0\n#0 1\n<s> 2\n</s> 3\n"


def lay_out(folder: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(WORDS if name.endswith("words.txt") else b"x")
    return folder


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A complete model of the user's own."""
    return Path(shutil.copytree(starter_model(), tmp_path / "models" / "mine"))


def test_the_one_that_ships_is_complete(tmp_path: Path) -> None:
    assert find_model("", tmp_path) == starter_model()


def test_a_name_and_a_path_are_found(mine: Path) -> None:
    assert find_model("mine", mine.parent) == mine
    assert find_model(str(mine), mine.parent / "elsewhere") == mine


def test_a_package_of_the_system_brings_models_and_the_own_one_comes_first(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = Path(shutil.copytree(mine, tmp_path / "usr" / "theirs"))
    monkeypatch.setattr(speech_model, "SYSTEM_MODELS", packaged.parent)
    assert find_model("theirs", mine.parent) == packaged
    own = Path(shutil.copytree(mine, mine.parent / "theirs"))
    assert find_model("theirs", mine.parent) == own
    with pytest.raises(ModelMissing):
        find_model("../usr/theirs", mine.parent)


@pytest.mark.parametrize("setting", ["models/mine", "./models/mine", "mine/", "models/mine/"])
def test_a_name_as_it_is_seen_from_outside_is_found(mine: Path, setting: str) -> None:
    assert find_model(setting, mine.parent) == mine
    with pytest.raises(ModelMissing):
        find_model("models/../../mine", mine.parent)
    real = Path(shutil.copytree(mine, mine.parent / "models" / "mine"))
    assert find_model("models/mine", mine.parent) == real


def test_a_model_unpacked_one_folder_too_deep_is_used(mine: Path) -> None:
    outer = mine.parent / "model-en-1.0"
    (outer / "__MACOSX").mkdir(parents=True)
    (outer / ".DS_Store").touch()
    inner = mine.rename(outer / "model-en")
    assert find_model(outer.name, outer.parent) == inner
    assert find_model(str(outer), outer.parent) == inner


def test_of_two_folders_none_is_guessed(mine: Path) -> None:
    outer = mine.parent / "outer"
    shutil.copytree(mine, outer / "one")
    shutil.copytree(mine, outer / "two")
    with pytest.raises(ModelBroken, match="“outer” lacks"):
        find_model("outer", mine.parent)


@pytest.mark.parametrize("name", ["pipe|name", "|", "rm -r x |", "\udcff\udcfe", "ark,t:x", " lead", "trail ", "a:7"])
async def test_any_name_of_a_folder_will_do(mine: Path, name: str) -> None:
    recognizer = VoskRecognizer(find_model(str(mine.rename(mine.parent / name)), mine.parent))
    await recognizer.open()
    assert (await recognizer.transcribe(bytes(32_000))).text == ""
    await recognizer.close()


@pytest.mark.parametrize(
    "setting", ["absent", "/nowhere/at/all", "../other", "x" * 5000, "~nobody-at-all/model", "a\0b"]
)
def test_no_folder_is_told(tmp_path: Path, setting: str) -> None:
    (tmp_path / "other").mkdir()
    with pytest.raises(ModelMissing):
        find_model(setting, tmp_path / "models")


def test_a_file_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"x")
    with pytest.raises(ModelMissing, match="mine"):
        find_model("mine", tmp_path)


@pytest.mark.parametrize("layout", [OFFICIAL, STATIC, OLD])
def test_each_layout_is_accepted_and_each_missing_file_named(tmp_path: Path, layout: tuple[str, ...]) -> None:
    folder = lay_out(tmp_path / "model", layout)
    check_model(folder)
    for name in layout:
        (folder / name).unlink()
        if name in OPTIONAL:
            check_model(folder)
        else:
            with pytest.raises(ModelBroken):
                check_model(folder)
        (folder / name).write_bytes(WORDS if name.endswith("words.txt") else b"x")


@pytest.mark.parametrize("words", [b"<eps> 0\nat 1\n", b"<eps> 0\nat 1\n#0", b"x"])
def test_a_table_of_words_without_its_end_is_told(tmp_path: Path, words: bytes) -> None:
    folder = lay_out(tmp_path / "model", STATIC)
    (folder / "graph" / "words.txt").write_bytes(words)
    with pytest.raises(ModelBroken, match="words"):
        check_model(folder)


def test_the_missing_the_empty_and_the_unreadable_file_are_named(mine: Path) -> None:
    (mine / "conf" / "model.conf").write_bytes(b"")
    with pytest.raises(ModelBroken, match=r"empty file: conf/model\.conf"):
        check_model(mine)
    (mine / "conf" / "model.conf").unlink()
    with pytest.raises(ModelBroken, match=r"lacks the file conf/model\.conf"):
        check_model(mine)
    (mine / "conf" / "model.conf").mkdir()
    with pytest.raises(ModelBroken, match=r"cannot be read: conf/model\.conf"):
        check_model(mine)


def test_a_sound_model_is_proven_once(mine: Path) -> None:
    Trial().prove(mine)
    Trial().prove(mine, deadline_s=0.001)  # no process starts within that


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst", "conf/model.conf"])
def test_damage_is_told_and_ends_no_more_than_the_trial(mine: Path, name: str) -> None:
    content = (mine / name).read_bytes()
    (mine / name).write_bytes(content[: len(content) // 3] if name != "conf/model.conf" else b"\n")
    with pytest.raises(ModelBroken, match="mine"):
        Trial().prove(mine)


def test_a_model_changed_since_is_tried_again(mine: Path) -> None:
    Trial().prove(mine)
    os.truncate(mine / "am" / "final.mdl", 1000)
    with pytest.raises(ModelBroken):
        Trial().prove(mine)


def test_a_model_that_takes_for_ever_is_told(mine: Path) -> None:
    with pytest.raises(ModelBroken):
        Trial().prove(mine, deadline_s=0.001)


# What a model that loads for ever does: it tells its number, has a child, and both stay.
HANGING = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen(["sleep", "600"])
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}\\n")
time.sleep(600)
"""


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """A probe that never ends in the place of the real one; returns the numbers of its processes, when there are."""
    told = tmp_path / "pids"
    monkeypatch.setattr(speech_model, "python_command", lambda _helper: [sys.executable, "-c", HANGING, str(told)])

    def pids() -> list[int]:
        wait_for(lambda: told.exists() and told.read_text().endswith("\n"), what="the probe runs")
        return [int(word) for word in told.read_text().split()]

    return pids


def all_gone(pids: list[int]) -> bool:
    return not any(processes.running(pid) for pid in pids)


def test_a_trial_that_is_stopped_leaves_no_process(mine: Path, hanging: Callable[[], list[int]]) -> None:
    trial = Trial()
    failed: list[ModelBroken] = []

    def prove() -> None:
        try:
            trial.prove(mine)
        except ModelBroken as error:
            failed.append(error)

    proving = threading.Thread(target=prove)
    proving.start()
    pids = hanging()
    trial.stop()
    proving.join(5)
    assert not proving.is_alive()
    assert failed
    wait_for(lambda: all_gone(pids), what="the probe and its child are gone")
    trial.stop()
    with pytest.raises(ModelBroken):
        trial.prove(mine)


def test_a_trial_past_its_deadline_leaves_no_process(mine: Path, hanging: Callable[[], list[int]]) -> None:
    with pytest.raises(ModelBroken):
        Trial().prove(mine, deadline_s=1)
    wait_for(lambda: all_gone(hanging()), what="the probe and its child are gone")


async def test_opening_a_recogniser_can_be_cancelled_while_its_model_is_proven(
    mine: Path, hanging: Callable[[], list[int]]
) -> None:
    opening = asyncio.create_task(VoskRecognizer(mine).open())
    await asyncio.sleep(0)
    pids = hanging()
    began = time.monotonic()
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert time.monotonic() - began < 10
    wait_for(lambda: all_gone(pids), what="the probe and its child are gone")


def test_a_process_that_has_ended_is_signalled_no_more() -> None:
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait(30)
    ended.pid = other.pid  # as when its number is given to another one
    _kill(ended)
    other.communicate(b"\n", timeout=30)
    assert other.returncode == 0


def test_a_linked_folder_in_models_is_found(tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    (models / "linked").symlink_to(starter_model())
    assert find_model("linked", models) == models / "linked"
    with pytest.raises(ModelMissing):
        find_model("../elsewhere", models)
