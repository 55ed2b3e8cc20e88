"""`sottovoce key …` where no keyring answers: a home that lives on its passphrase and its recovery code."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.recovery_sheet import sheet
from tests import processes
from tests.waiting import HANGS_S, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands.conftest import Called, Caller

ROOT = Path(__file__).parents[2]
PASSPHRASE = "correct horse battery staple"  # noqa: S105 - a test's
ANOTHER = "entirely different and longer"
"""Longer than any word the program prints."""


@pytest.fixture
def key(commanded: Caller) -> Callable[..., Called]:
    """Runs `sottovoce …` with lines on its input; no keyring can be reached."""

    def run(*words: str, given: str = "") -> Called:
        code, out, err = commanded(*words, given=given)
        for secret in (PASSPHRASE, ANOTHER):
            assert secret not in out + err
        assert "Traceback" not in err
        return code, out, err

    return run


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {
        "PYTHONPATH": str(ROOT / "desktop"),
        "SOTTOVOCE_HOME": str(home),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home}/no-bus",
    }


def _lines(*secrets: str) -> str:
    return "".join(f"{secret}\n" for secret in secrets)


def _json(called: Called) -> dict[str, Any]:
    code, out, _ = called
    assert code == 0, called
    found: dict[str, Any] = json.loads(out)
    return found


def test_a_whole_life_without_a_keyring(key: Callable[..., Called], home: Path, tmp_path: Path) -> None:
    code, _, err = key("history")
    assert code == 3
    assert "sottovoce key passphrase" in err
    code, _, err = key("key", "passphrase", given=_lines(PASSPHRASE))
    assert code == 0
    assert "sottovoce key recovery-code" in err
    code, _, err = key("history")
    assert code == 3
    assert "--passphrase-stdin" in err
    code, _, err = key("history", "--passphrase-stdin", given=_lines(ANOTHER))
    assert code == 3
    assert "not the passphrase" in err
    assert key("ask", "what time is it", "--passphrase-stdin", given=_lines(PASSPHRASE))[0] == 0
    sheet_file = tmp_path / "sheet.pdf"
    made = _json(
        key("key", "recovery-code", "--passphrase-stdin", "--json", "--pdf", str(sheet_file), given=_lines(PASSPHRASE))
    )
    assert made["code"].encode()[:19] in sheet_file.read_bytes()
    assert sheet_file.stat().st_mode & 0o077 == 0
    status = _json(key("key", "status", "--passphrase-stdin", "--json", given=_lines(PASSPHRASE)))
    assert (status["keyring"], status["generation"]) == ("no-keyring", 1)
    assert status["recovery_code_made_at"]
    assert status["passphrase_made_at"]
    # A new passphrase by the code, since the old one was forgotten.
    assert key("key", "recover", given=_lines(made["code"]))[0] == 3
    assert key("key", "recover", "--passphrase", given=_lines(made["code"], ANOTHER))[0] == 0
    code, out, _ = key("key", "rotate", "--passphrase-stdin", given=_lines(ANOTHER))
    assert code == 0
    assert "Recovery code, shown this once" in out
    code, out, _ = key("history", "--passphrase-stdin", given=_lines(ANOTHER))
    assert (code, "what time is it" in out) == (0, True)
    assert key("key", "recover", "--passphrase", given=_lines(made["code"], ANOTHER))[0] == 3
    assert key("key", "passphrase", "--remove", "--passphrase-stdin", given=_lines(ANOTHER))[0] == 1
    assert key("key", "passphrase", "--passphrase-stdin", given=_lines(ANOTHER, PASSPHRASE))[0] == 0
    assert key("history", "--passphrase-stdin", given=_lines(PASSPHRASE))[0] == 0
    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(said.encode() in content for said in (PASSPHRASE, ANOTHER, made["code"], "what time is it"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no output here that takes nothing")
def test_a_code_ends_the_one_before_only_when_it_was_shown(key: Callable[..., Called], home: Path) -> None:
    opened = ("--passphrase-stdin", "--json")
    assert key("key", "passphrase", given=_lines(PASSPHRASE))[0] == 0
    old = _json(key("key", "recovery-code", *opened, given=_lines(PASSPHRASE)))["code"]
    assert key("--passphrase-stdin", "backup", "create", given=_lines(PASSPHRASE))[0] == 0
    for what in ("recovery-code", "rotate"):
        with Path("/dev/full").open("w") as full:
            unseen = subprocess.run(
                (*processes.TIED, sys.executable, "-m", "sottovoce", "key", what, "--passphrase-stdin"),
                env=_environment(home),
                input=_lines(PASSPHRASE),
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
                timeout=30,
            )
        assert (unseen.returncode, "could not be written" in unseen.stderr) == (1, True), unseen.stderr
        assert key("key", "recover", "--passphrase", given=_lines(old, PASSPHRASE))[0] == 0, what
    new = _json(key("key", "recovery-code", *opened, given=_lines(PASSPHRASE)))["code"]
    for path in home.glob("sottovoce.keys*"):
        path.unlink()  # what is left are the backups' headers
    assert key("key", "recover", "--passphrase", given=_lines(old, PASSPHRASE))[0] == 3
    assert key("key", "recover", "--passphrase", given=_lines(new, PASSPHRASE))[0] == 0


def test_a_passphrase_is_asked_for_on_a_terminal_and_not_shown(key: Callable[..., Called], home: Path) -> None:
    assert key("key", "passphrase", given=_lines(PASSPHRASE))[0] == 0
    terminal, far_end = pty.openpty()
    process = subprocess.Popen(
        (*processes.TIED, sys.executable, "-m", "sottovoce", "key", "status"),
        env=_environment(home),
        stdin=far_end,
        stdout=far_end,
        stderr=far_end,
        start_new_session=True,
    )
    os.close(far_end)
    seen = io.BytesIO()

    def asked(words: bytes, times: int) -> bool:
        seen.write(os.read(terminal, 4096))
        return seen.getvalue().count(words) == times

    wait_for(lambda: asked(b"Passphrase of the store: ", 1))
    os.write(terminal, _lines(ANOTHER).encode())
    wait_for(lambda: asked(b"Passphrase of the store: ", 2))
    os.write(terminal, _lines(PASSPHRASE).encode())
    wait_for(lambda: asked(b"This key:", 1))
    assert process.wait(timeout=HANGS_S) == 0
    os.close(terminal)
    assert PASSPHRASE.encode() not in seen.getvalue()
    assert ANOTHER.encode() not in seen.getvalue()


@pytest.mark.parametrize(
    ("words", "given", "expected"),
    [
        (("key",), "", 2),
        (("key", "status", "--pdf", "x.pdf"), "", 2),
        (("key", "rotate", "--remove"), "", 2),
        (("key", "passphrase", "--passphrase"), "", 2),
        (("key", "recover"), "", 2),
        (("key", "passphrase"), "", 2),
        (("key", "passphrase"), "short\n", 1),
        (("key", "recover"), "0000 1111\n", 1),
        (("key", "recover"), "x" * 10_000, 2),
        (("key", "recover"), "000G 40R4 0M30 E209 185G R38E 1X6W\n", 3),
    ],
)
def test_wrong_calls_are_told_and_make_nothing(
    key: Callable[..., Called], home: Path, words: tuple[str, ...], given: str, expected: int
) -> None:
    assert key(*words, given=given)[0] == expected
    assert not list(home.glob("sottovoce.[dk]*"))


def test_a_sheet_is_never_written_over_a_file(key: Callable[..., Called], tmp_path: Path) -> None:
    assert key("key", "passphrase", given=_lines(PASSPHRASE))[0] == 0
    taken = tmp_path / "letter.pdf"
    taken.write_text("not ours")
    command = ("key", "recovery-code", "--passphrase-stdin", "--pdf")
    assert key(*command, str(taken), given=_lines(PASSPHRASE))[0] == 3
    assert key(*command, str(tmp_path / "no" / "folder.pdf"), given=_lines(PASSPHRASE))[0] == 3
    assert key(*command, str(tmp_path / "new.pdf"), given=_lines(ANOTHER))[0] == 3
    assert not (tmp_path / "new.pdf").exists()
    assert taken.read_text() == "not ours"
    status = _json(key("key", "status", "--passphrase-stdin", "--json", given=_lines(PASSPHRASE)))
    assert status["recovery_code_made_at"] is None


def test_the_sheet_is_a_whole_pdf_whatever_the_folder_is_called(tmp_path: Path) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415 - used here alone

    page = sheet("AAAA " * 6 + "AAAA", "/home/(a) \\ b/\u6f22", datetime(2026, 1, 2, tzinfo=UTC))
    assert page.startswith(b"%PDF-1.4")
    assert page.endswith(b"%%EOF\n")
    table = int(page.split(b"startxref\n")[1].split()[0])
    rows = page[table:].split(b"\n")[3:10]
    for number, row in enumerate(rows, 1):
        assert page[int(row.split()[0]) :].startswith(b"%d 0 obj" % number)
    assert rb"/home/\(a\) \\ b/?" in page
