"""What other programs of the same user can not see; tried from outside, as a plain user even where root runs it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.hardening import SWITCH_INTERVAL_S

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))}
YAMA = Path("/proc/sys/kernel/yama/ptrace_scope")


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A path for a socket, longer than an address may be, that a plain user may use."""
    folder = tmp_path.joinpath(*(["a long name"] * 12))
    folder.mkdir(parents=True)
    way = [one for one in folder.parents if one.stat().st_uid == os.geteuid()]
    modes = {one: one.stat().st_mode for one in way if not one.stat().st_mode & 0o001}
    for one in modes:
        one.chmod(0o711)
    folder.chmod(0o777)
    yield folder / "socket"
    for one, mode in modes.items():  # the tests after it live there as well
        one.chmod(mode)


@contextmanager
def _running(how: str, path: Path) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, object]]]:
    command = [sys.executable, "-m", "tests.adapters.hardened_process", how, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        assert line, process.stderr.read().decode()
        yield process, json.loads(line)


def _pry(pid: int) -> list[str]:
    command = [sys.executable, "-m", "tests.adapters.prying_process", str(pid)]
    return subprocess.run(
        command, capture_output=True, check=True, cwd=ROOT, env=ENVIRONMENT, text=True, timeout=30
    ).stdout.split()


def test_a_hardened_process_cannot_be_looked_into(deep: Path) -> None:
    with _running("hardened", deep) as (process, found):
        assert found == {"hidden": True, "core": [0, 0], "switch": SWITCH_INTERVAL_S}
        assert deep.is_socket()
        assert _pry(process.pid) == ["EACCES", "EPERM"]


def test_any_other_process_can_unless_the_kernel_forbids_it_to_all(deep: Path) -> None:
    with _running("plain", deep) as (process, found):
        assert found["hidden"] is False
        forbidden = YAMA.exists() and YAMA.read_text().strip() != "0"
        assert _pry(process.pid) == (["EACCES", "EPERM"] if forbidden else ["read", "attach"])


def test_a_crash_leaves_no_core(deep: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        with _running("crash", deep) as (process, _):
            process.wait(timeout=30)
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
    assert process.returncode == -6
    assert not list(ROOT.glob("core*"))
