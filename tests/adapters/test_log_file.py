"""The log keeps what happened and forgets what was said."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.log_file import start_logging, write_as

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAID = "my sister is called anna"


@pytest.fixture(autouse=True)
def _root_as_before() -> Iterator[None]:
    root, own = logging.getLogger(), logging.getLogger("sottovoce")
    handlers, levels, raising = root.handlers[:], (root.level, own.level), logging.raiseExceptions
    yield
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    own.setLevel(levels[1])
    logging.raiseExceptions = raising


def logged(folder: Path) -> str:
    return (folder / "sottovoce.log").read_text("utf-8")


def test_a_trace_has_types_and_places_but_no_messages(tmp_path: Path) -> None:
    start_logging(tmp_path, {})
    try:
        try:
            int(SAID)
        except ValueError as error:
            raise RuntimeError(SAID) from error
    except RuntimeError:
        logging.getLogger("sottovoce.talk").exception("a turn failed")
    text = logged(tmp_path)
    assert "ERROR sottovoce.talk: a turn failed" in text
    assert "RuntimeError" in text
    assert "caused by" in text
    assert "ValueError" in text
    assert "test_log_file.py" in text
    assert SAID not in text


def test_the_log_as_json_is_an_object_a_line_and_withholds_the_same(tmp_path: Path) -> None:
    start_logging(tmp_path, {})
    write_as("json")
    log = logging.getLogger("sottovoce.talk")
    log.warning("a part was lost: %s", "microphone-lost")
    logging.getLogger("asyncio").error("Task exception was never retrieved: %r", SAID)
    try:
        _fail_together()
    except ExceptionGroup:
        log.exception("several\nlines")
    write_as("text")
    log.info("as text again")
    *lines, last = logged(tmp_path).splitlines()
    first, foreign, failed = map(json.loads, lines)
    assert list(first) == ["at", "level", "logger", "message"]
    assert (first["level"], first["logger"]) == ("WARNING", "sottovoce.talk")
    assert first["message"] == "a part was lost: microphone-lost"
    assert datetime.fromisoformat(first["at"]).tzinfo is not None
    assert foreign["message"] == "(message withheld)"
    assert failed["message"] == "several\nlines"
    assert failed["trace"][0] == "ExceptionGroup"
    assert "OSError" in failed["trace"]
    assert last.endswith("INFO sottovoce.talk: as text again")
    assert SAID not in logged(tmp_path)


def test_a_log_as_json_is_put_aside_like_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sottovoce.adapters.log_file.LOG_BYTES", 2000)
    start_logging(tmp_path, {})
    write_as("json")
    for number in range(60):
        logging.getLogger("sottovoce").info("line %d of many", number)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["sottovoce.log", "sottovoce.log.1", "sottovoce.log.2"]
    for name in names:
        assert all(json.loads(line)["logger"] == "sottovoce" for line in (tmp_path / name).read_text().splitlines())


def test_handlers_of_others_keep_their_form(tmp_path: Path) -> None:
    start_logging(tmp_path, {})
    (theirs := logging.NullHandler()).setFormatter(form := logging.Formatter())
    logging.getLogger().addHandler(theirs)
    write_as("json")
    assert theirs.formatter is form


def _fail_together() -> None:
    try:
        dict[str, str]()[SAID]
    except KeyError:
        raise ExceptionGroup(SAID, [OSError(SAID)]) from None


def test_groups_are_unfolded_and_suppressed_causes_left_out(tmp_path: Path) -> None:
    start_logging(tmp_path, {})
    try:
        _fail_together()
    except ExceptionGroup:
        logging.getLogger("sottovoce").exception("several")
    text = logged(tmp_path)
    assert "OSError" in text
    assert "KeyError" not in text
    assert SAID not in text


def test_other_libraries_messages_are_withheld(tmp_path: Path) -> None:
    start_logging(tmp_path, {})
    logging.getLogger("asyncio").error("Task exception was never retrieved: %r", SAID)
    logging.getLogger("sottovoceous").error(SAID)
    text = logged(tmp_path)
    assert "ERROR asyncio: (message withheld)" in text
    assert SAID not in text


def test_a_message_that_can_not_be_formatted_is_not_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(tmp_path, {})
    logging.getLogger("sottovoce").error("%d", SAID)
    assert SAID not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "debug", "info"), [("debug", True, True), ("", False, True), ("warning", False, False)]
)
def test_the_environment_sets_the_level(tmp_path: Path, value: str, *, debug: bool, info: bool) -> None:
    start_logging(tmp_path, {"SOTTOVOCE_LOG": value})
    logging.getLogger("sottovoce").debug("low")
    logging.getLogger("sottovoce").info("middle")
    assert ("low" in logged(tmp_path)) is debug
    assert ("middle" in logged(tmp_path)) is info


WRITER = """
import logging, pathlib, sys
from sottovoce.adapters import log_file
log_file.LOG_BYTES, log_file.KEPT = 2_000, 10_000
log_file.start_logging(pathlib.Path(sys.argv[1]), {})
for number in range(400):
    logging.getLogger("sottovoce").info("%s %d", sys.argv[2], number)
"""


def test_several_processes_write_one_log_and_nothing_is_lost(tmp_path: Path) -> None:
    command = (sys.executable, "-c", WRITER, str(tmp_path))
    writers = [subprocess.Popen((*command, name), stderr=subprocess.PIPE) for name in "abc"]
    assert [writer.communicate(timeout=30)[1] for writer in writers] == [b""] * 3
    files = list(tmp_path.glob("sottovoce.log*"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    told = sorted(line.partition("sottovoce: ")[2] for line in lines)
    assert told == sorted(f"{name} {number}" for name in "abc" for number in range(400))
    assert len(files) > 10
    assert max(file.stat().st_size for file in files) < 2_500


def test_a_log_that_can_not_be_written_stops_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(tmp_path / "missing", {})
    logging.getLogger("sottovoce").warning("still told")
    assert "still told" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
@pytest.mark.parametrize("kind", ["link", "dangling", "pipe"])
def test_nothing_is_logged_through_what_is_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    (tmp_path / "mine").write_text("mine")
    place = tmp_path / "sottovoce.log"
    if kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(tmp_path / ("mine" if kind == "link" else "made"))
    start_logging(tmp_path, {})
    logging.getLogger("sottovoce.test").warning("told nevertheless")
    assert "told nevertheless" in capsys.readouterr().err
    assert (tmp_path / "mine").read_text() == "mine"
    assert not (tmp_path / "made").exists()
