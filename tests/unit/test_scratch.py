"""Where tests write: a folder in memory that is ours and that everybody gets into, else that of the system."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import scratch

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no such folder")


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PYTEST_DEBUG_TEMPROOT")
    monkeypatch.setattr(scratch, "MEMORY", tmp_path)
    monkeypatch.setattr(scratch, "OURS", tmp_path / "ours")
    monkeypatch.setattr(scratch, "ENOUGH_BYTES", 1)
    return tmp_path / "ours"


def test_others_get_into_it_whatever_the_umask(ours: Path) -> None:
    before = os.umask(0o077)
    try:
        assert scratch.scratch() == ours
    finally:
        os.umask(before)
    assert ours.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("leads_to", ["", "nowhere", "/"])
def test_what_is_no_folder_of_ours_is_left_alone(ours: Path, leads_to: str) -> None:
    if leads_to:
        ours.symlink_to(leads_to)
    else:
        ours.write_text("")
    assert scratch.scratch() == Path(tempfile.gettempdir())


MOUNTED = """
mount -t tmpfs -o size=4g,$1 scratch "$2"
"$3" -c 'import pathlib, sys; from tests.scratch import is_fit; print(is_fit(pathlib.Path(sys.argv[1])))' "$2"
"""


def test_where_nothing_may_be_run_nothing_is_written(tmp_path: Path) -> None:
    """A container's /dev/shm is mounted so."""
    mounting = ("unshare", *(() if os.geteuid() == 0 else ("--map-root-user",)), "--mount")
    if subprocess.run((*mounting, "true"), capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")

    def fits(how: str) -> bool:
        words = (*mounting, "sh", "-ec", MOUNTED, "sh", how, tmp_path, sys.executable)
        return subprocess.run(words, cwd=ROOT, capture_output=True, check=True, text=True).stdout == "True\n"

    assert fits("exec")
    assert not fits("noexec")
