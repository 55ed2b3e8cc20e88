"""A report that goes to somebody else has nothing in it that was said, no name, no path, no address and no key."""

from __future__ import annotations

import dataclasses
import json
import logging
import stat
import zipfile
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.log_file import start_logging
from sottovoce.adapters.observing.report import LOG_BYTES, end_of, own_names, scrubbed
from sottovoce.domain.errors import PlacesUnusable, StoreFull
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from tests.adapters.canaries import KEY, TYPED
from tests.adapters.test_log_file import _root_as_before  # noqa: F401 - a fixture
from tests.served import Service

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.home import Home

MICROPHONE, MODEL, FILE, NAME = "karlottas headset", "qwertzmodell", "geheimakte", "karlotta"
ADDRESS = "http://10.9.8.7:8080/geheimpfad"
CANARIES = (TYPED, "karlotta", "balduin", "headset", MODEL, FILE, "10.9.8.7", "geheimpfad", KEY.hex(), KEY.hex()[:16])
SETTINGS = Settings(
    user=NAME, microphone=MICROPHONE, language_model_address=ADDRESS, language_model_name=MODEL, volume=37, speak=False
)
"""A user with a name, things and addresses of their own."""


def read(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as archive:
        return {one: archive.read(one).decode() for one in archive.namelist()}


def lose() -> None:
    raise StoreFull(TYPED)


def fail() -> None:
    try:
        lose()
    except StoreFull as error:
        raise ValueError(TYPED) from error


async def used(home: Home) -> str:
    """A home in which things were said, kept, read and logged; returns its newest recovery code."""
    (home.places.knowledge / f"{FILE}.md").write_text(f"# {FILE}\n\nThe {TYPED} sings.\n")
    service = Service(home)
    await service.answer("knowledge.sync", {})
    await home.ask(f"remember that my bird is a {TYPED}")
    await home.ask(f"take a note {TYPED}", user_id=NAME)
    await home.ask("what time is it", user_id=NAME)
    log = logging.getLogger("sottovoce.talk")
    log.warning("a part was lost: %s", "microphone-lost")
    log.warning(
        "could not read %s for %s of '%s' at %s under %s", home.places.data / FILE, NAME, TYPED, ADDRESS, KEY.hex()
    )
    log.warning("two lines\n%s\nGeheimakte", TYPED.capitalize())
    logging.getLogger("httpx2").error("sent %s", TYPED)
    try:
        fail()
    except ValueError:
        log.exception("a turn failed")
    return str((await service.answer("key.recovery-code", {}))["code"])


async def test_what_goes_out_tells_how_it_does_and_nothing_that_is_somebodys(tmp_path: Path) -> None:
    place, file = tmp_path / f"{NAME}-s" / FILE, tmp_path / "report.zip"
    place.mkdir(parents=True)
    async with open_home(place, KEY, settings=SETTINGS, policy=Policy(keep_days_at_most=90)) as home:
        start_logging(home.places.logs, {})
        home.services.maintenance.settings = dataclasses.replace(SETTINGS, user="balduin", volume=38)  # changed since
        logging.getLogger("sottovoce.talk").warning("asked by balduin")
        code = await used(home)
        answered = await Service(home).answer("diagnostics", {"file": str(file)})
        present = (home.places.logs / "sottovoce.log").read_text("utf-8")
    parts = read(file)
    assert list(parts) == answered["parts"]
    whole = json.dumps(parts).casefold()
    groups = [group for group in code.casefold().replace("-", " ").split() if len(group) > 3]
    for canary in (*CANARIES, str(place), str(tmp_path), *groups):
        assert canary.casefold() not in whole, canary
    # The proof is none unless what may not go out was there to be left out, and the rest is there still.
    assert KEY.hex() in present
    assert FILE in present
    log = parts["log.txt"]
    assert "WARNING sottovoce.talk: a part was lost: microphone-lost" in log
    assert "could not read <path> for <name> of <text> at <address> under <id>" in log
    assert "ERROR sottovoce.talk: a turn failed\nValueError\n  test_diagnostics.py:" in log
    assert "caused by\nStoreFull\n" in log
    assert json.loads(parts["checks.json"])["store"] == "ok"
    settings = json.loads(parts["settings.json"])
    assert (settings["volume"], settings["speak"], settings["microphone"], settings["voice"]) == (
        38,
        False,
        "set",
        "usual",
    )
    assert json.loads(parts["policy.json"])["decides"] == ["KeepDaysAtMost"]
    assert json.loads(parts["audit.json"])["store.created"] == 1
    assert {one["name"] for one in json.loads(parts["figures.json"])["figures"]} >= {"answers", "memory_bytes"}
    assert json.loads(parts["program.json"])["version"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_report_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    async with open_home(tmp_path / "home", KEY, policy=Policy()) as home:
        with pytest.raises(PlacesUnusable):
            await Service(home).answer("diagnostics", {"file": str(tmp_path / "nowhere" / "report.zip")})


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("see C:\\Users\\karl\\x.txt now", "see <path> now"),
        ("see ~/karl/x now", "see <path> now"),
        ("mail karl@example.org", "mail <name>"),
        ("key 00112233445566778899aabb", "key <id>"),
        ("heard “guten tag” at 12.5 s", "heard <text> at 12.5 s"),
        ("für", "f<text>r"),
        ("Karl's part", "<name>'s part"),
        ("karlsruhe stays", "karlsruhe stays"),
        ("asked karl.lan:8080", "asked <name>:8080"),
        ("asked 10.0.0.7:11434 at 12:30:05", "asked <address>:11434 at 12:30:05"),
        ("asked [fe80::1%eth0]:80", "asked [<address>]:80"),
    ],
)
def test_what_a_line_of_the_log_loses(line: str, left: str) -> None:
    head = "2026-11-30 21:00:00,123 INFO sottovoce.talk: "
    assert list(scrubbed(head + line, frozenset({"karl"}))) == [head + left]


def test_what_is_no_line_of_ours_is_left_out() -> None:
    foreign = f"2026-11-30 21:00:00,123 INFO httpx2: {TYPED}\n{TYPED}\n"
    text = f"{foreign}Some.Other\n  /home/karl/a.py:3 run\ncaused by\nKeyError"
    left = ["<foreign>", "  a.py:3 run", "caused by", "KeyError"]
    assert list(scrubbed(text, frozenset({"karl"}))) == left


def test_a_log_in_json_goes_out_as_text_with_the_same_left_out() -> None:
    line = {"at": "2026-11-30T21:00:00.123+00:00", "level": "ERROR", "logger": "sottovoce.talk", "message": "of Karl"}
    text = "\n".join([json.dumps(line | {"trace": ["KeyError", "  /home/karl/a.py:3 run", TYPED]}), '{"x', "[1]"])
    head = "2026-11-30 21:00:00,123 ERROR sottovoce.talk: of <name>"
    assert list(scrubbed(text, frozenset({"karl"}))) == [head, "KeyError", "  a.py:3 run"]


def test_who_uses_this_machine_is_known(tmp_path: Path) -> None:
    assert {"karl", "karl heinz", "heinz"} <= own_names(["Karl Heinz", "5", "x"])
    assert end_of(tmp_path / "no.log") == ""
    (log := tmp_path / "a.log").write_bytes(b"x" * (LOG_BYTES + 5))
    assert len(end_of(log)) == LOG_BYTES
