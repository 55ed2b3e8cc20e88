"""Every command in the documentation does what stands there: blocks are run, all others are commands that there are."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shlex
import sys
import threading
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.local_socket import LocalServer
from sottovoce.adapters.places import Places
from sottovoce.adapters.settings_file import write_setting
from sottovoce.commands.line import grammar, run
from sottovoce.commands.printed import Printed
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import declared
from sottovoce.home import open_home
from sottovoce.operations import checks as doctor
from tests.fakes_store import FakeSecrets
from tests.served import Service
from tools.docs import reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sottovoce.home import Home

PROJECT = Path(__file__).parents[2]
AT_ROOT = [PROJECT / name for name in ("README.md", "SECURITY.md", "PRIVACY.md", "CONTRIBUTING.md")]
PAGES = [*AT_ROOT, *sorted((PROJECT / "docs").glob("*.md"))]
MADE = {"commands.md", "errors.md", "settings.md"}
"""Made from the program itself: what stands there are forms, not calls."""
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PASSPHRASE = "four words picked by chance"  # noqa: S105 - of a throw-away home

OF_WINDOWS = {"press", "release", "toggle", "cancel", "show", "quit", "stage"}
"""What only the tray application does: here somebody else says that it is done."""
ALONE = {"demo", "backup restore"}
"""Done without a running application: on a new machine, so to say."""


@dataclass
class Machine:
    """A home that is open and served, as by the tray application, and a new machine beside it."""

    folder: Path
    keyring: FakeSecrets = field(default_factory=FakeSecrets)
    code: str = ""
    """The newest recovery code."""
    _ready: threading.Event = field(default_factory=threading.Event)
    _end: Callable[[], object] = lambda: None

    def served(self) -> Iterator[Machine]:
        thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        thread.start()
        assert self._ready.wait(60)
        yield self
        self._end()
        thread.join()

    async def _serve(self) -> None:
        over = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._end = lambda: loop.call_soon_threadsafe(over.set)
        try:
            async with open_home(self.folder / "home", policy=Policy(), maintain=False) as home:
                server = LocalServer(home.places.socket, lambda command, asked: self._answer(home, command, asked))
                await server.open()
                self._ready.set()
                await over.wait()
                await server.close()
        finally:
            self._ready.set()

    async def _answer(self, home: Home, command: str, asked: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        if command in OF_WINDOWS:
            return {"stage": "ready"}
        if command == "settings.set":
            write_setting(home.places.settings_file, asked["key"], asked["value"])
            return {}
        if command == "doctor":
            return await doctor.examine([("folders", doctor.check_folders), ("settings", doctor.check_settings)])
        return await Service(home).answer(command, asked)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    made = Machine(tmp_path)
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    monkeypatch.setattr("sottovoce.home.opening.KeyringSecrets", lambda *_: made.keyring)
    monkeypatch.chdir(tmp_path)
    yield from made.served()


def called(machine: Machine, words: list[str], capfd: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with typed(machine, " ".join(words)), pytest.MonkeyPatch.context() as patch:
        if any(" ".join(words).startswith(alone) for alone in ALONE):
            patch.setenv("SOTTOVOCE_HOME", str(machine.folder / "new machine"))
        capfd.readouterr()
        code = run(words, lambda: Printed("", {}, 70))
        out, err = capfd.readouterr()
    if found := re.search(r"^ +((?:[0-9A-Z]{4} )+[0-9A-Z]{4})$", out, re.MULTILINE):
        machine.code = found[1]
    return code, out, err


@contextlib.contextmanager
def typed(machine: Machine, line: str) -> Iterator[None]:
    """What somebody types while this command runs: the code of before, or the passphrase."""
    answers = {"key recover": machine.code, "backup restore": machine.code, "key passphrase": PASSPHRASE}
    answers |= {"key rotate": PASSPHRASE}
    given = next((answer for begin, answer in answers.items() if line.startswith(begin)), "")
    reading, writing = os.pipe()
    os.write(writing, f"{given}\n{given}\n".encode())
    os.close(writing)
    with os.fdopen(reading) as stdin, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", stdin)
        yield


def newest(machine: Machine, what: str, capfd: pytest.CaptureFixture[str]) -> str:
    """What a word in capitals stands for in an example."""
    listed = {"MEMORY": ["memory"], "CONVERSATION": ["history"], "BACKUP": ["backup", "list"]}
    rows = {"MEMORY": ("memories", "id"), "CONVERSATION": ("conversations", "id"), "BACKUP": ("backups", "file")}
    if what == "ANSWER":
        answer = json.loads(called(machine, ["ask", "--json", "what", "do", "i", "like"], capfd)[1])
        return str(answer["message"])
    if what == "BACKUP":
        called(machine, ["backup", "create"], capfd)
    listing = json.loads(called(machine, [*listed[what], "--json"], capfd)[1])
    table, key = rows[what]
    return str(listing[table][0][key])


def examples(page: Path) -> list[tuple[str, list[str]]]:
    """Every line `$ sottovoce …` of the page's blocks `console`, with what is to be seen after it."""
    found: list[tuple[str, list[str]]] = []
    for kind, block in BLOCK.findall(page.read_text("utf-8")):
        if kind == "console":
            for line in block.splitlines():
                if line.startswith("$ "):
                    found.append((line.removeprefix("$ "), []))
                else:
                    found[-1][1].append(line)
    return found


WITH_EXAMPLES = [page for page in PAGES if examples(page)]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.name)
def test_what_stands_in_a_page_is_done_and_seen(
    page: Path, machine: Machine, capfd: pytest.CaptureFixture[str]
) -> None:
    for line, seen in examples(page):
        first, *words = shlex.split(line, comments=True)
        assert first == "sottovoce", line
        words = [newest(machine, word, capfd) if re.fullmatch("[A-Z]{5,}", word) else word for word in words]
        code, out, err = called(machine, words, capfd)
        assert code == 0, f"{line}: {err}"
        assert "Traceback" not in err
        place = 0
        for part in (part for shown in seen for part in shown.split("…")):
            place = out.find(part, place)
            assert place >= 0, f"{line}: no {part!r} in {out}"
            place += len(part)


def test_the_pages_have_examples() -> None:
    assert len(WITH_EXAMPLES) > 10
    assert sum(len(examples(page)) for page in WITH_EXAMPLES) > 50


def named_commands(text: str) -> set[str]:
    """Every `sottovoce …` in code, in a line of a block or within a text."""
    blocks = [line for kind, block in BLOCK.findall(text) if kind in {"sh", "console"} for line in block.splitlines()]
    inline = re.findall(r"`([^`]+)`", BLOCK.sub("", text).replace("\n", " "))
    found = set()
    for line in (*blocks, *inline):
        if match := re.match(r"(?:\$ )?(?:\w+=\S+ )?sottovoce(?: ([^|;&#]*))?", line):
            found.add((match[1] or "").strip())
    return found - {""}


def mistake_in(words: list[str]) -> UsageWrong | None:
    try:
        grammar().parse_args(words)
    except UsageWrong as wrong:
        return None if "required" in wrong.sentence else wrong  # it may be named without what it needs
    return None


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in MADE], ids=lambda page: page.name)
def test_every_command_that_is_named_is_one(page: Path) -> None:
    names = {setting.name for setting in declared()}
    for command in named_commands(page.read_text("utf-8")):
        words = [word for word in shlex.split(command) if word != "…"]
        short = [re.sub(r"\[|\]", "", word) for word in words]
        assert (mistake := mistake_in(short)) is None, f"sottovoce {command}: {mistake}"
        if short[:1] == ["settings"] and short[1:2] in (["get"], ["set"]) and short[2:3] not in ([], ["KEY"]):
            assert short[2] in names, command


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_word_of_dev_that_is_named_is_one(page: Path) -> None:
    words = set(re.findall(r"^  ([a-z-]+)\)", (PROJECT / "dev").read_text("utf-8"), re.MULTILINE))
    assert {"run", "test", "lock"} <= words
    assert set(re.findall(r"\./dev ([a-z-]+)", page.read_text("utf-8"))) - words == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", BLOCK.sub("", page.read_text("utf-8"))):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path) if path else page
        assert there.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_in_the_list_of_pages() -> None:
    listed = set(re.findall(r": ([\w-]+\.md)$", (PROJECT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE))
    assert {page.name for page in (PROJECT / "docs").glob("*.md")} <= listed


def test_what_is_handed_out_as_source_has_every_page() -> None:
    built = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["sdist"]
    assert {"/docs", "/mkdocs.yml", *(f"/{page.name}" for page in AT_ROOT if page.name != "README.md")} <= set(
        built["include"]
    )


def test_what_is_made_from_the_program_is_as_it_would_be_made() -> None:
    assert reference.stale() == []


def test_the_form_of_a_home_is_told_where_it_lies() -> None:
    told = (PROJECT / "PRIVACY.md").read_text("utf-8")
    places = Places.under("/home")
    for path in (places.database, places.key_file, places.backups, places.knowledge, places.models, places.logs):
        assert f"`{path.name}" in told
