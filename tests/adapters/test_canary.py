"""Nothing said, and no key, is in any file that a whole turn leaves: home, log, write-ahead log, temporary folders."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.adapters.canaries import KEY, TYPED

ROOT = Path(__file__).parents[2]
RAM = (Path("/dev/shm"), Path(f"/run/user/{os.getuid()}"))  # noqa: S108 - looked through, not used


def _files(*folders: Path) -> set[Path]:
    return {path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()}


def _hits(files: set[Path], words: tuple[str, ...]) -> list[tuple[str, str]]:
    patterns = {
        f"{word!r} in {encoding}": word.encode(encoding)
        for word in words
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    }
    patterns |= {"the key": KEY, "the key in hex": KEY.hex().encode()}
    found = []
    for path in files:
        try:
            content = path.read_bytes()
        except OSError:  # another program's, gone meanwhile
            continue
        found += [(str(path), what) for what, pattern in patterns.items() if pattern in content]
    return found


def test_nothing_said_is_in_any_file_during_and_after_a_whole_turn(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    temporary.mkdir()
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT))),
        "SOTTOVOCE_LOG": "debug",
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "XDG_RUNTIME_DIR", "HOME", "XDG_CACHE_HOME"), str(temporary)),
    }
    before = _files(*RAM)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.adapters.canary_process", str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        heard = process.stdout.readline().decode().strip()
        if len(heard.split()) < 3:
            raise AssertionError(heard, process.communicate(b"\n", timeout=30)[1].decode())
        assert (home / "sottovoce.db-wal").stat().st_size
        words = (heard, TYPED)
        assert _hits(_files(home, temporary) | (_files(*RAM) - before), words) == []
        told = process.communicate(b"\n", timeout=30)
    assert process.returncode == 0, told[1].decode()
    assert not any(word.encode() in stream for word in words for stream in told)
    files = _files(home, temporary)
    assert any(path.parent.name == "logs" for path in files)
    assert _hits(files | (_files(*RAM) - before), words) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"..." + TYPED.encode("utf-16-le"))
    (tmp_path / "b").write_bytes(KEY)
    assert len(_hits(_files(tmp_path), (TYPED,))) == 2
