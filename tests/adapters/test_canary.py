"""Nothing said, and no key, is in any file that a whole spoken turn leaves; and once erased, on no decrypted page."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.store.backups.file import HEADER_BYTES, read_header
from tests.adapters.canaries import KEY, TYPED
from tests.adapters.erased_pages import hits, plain_pages
from tests.scratch import left_in_memory

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
RUNTIME = Path(f"/run/user/{os.getuid()}")
PIECE_CHARS = 6
"""Short enough to be met in a torn or half overwritten word, too long to be met by chance among encrypted bytes."""
KEY_PIECES = (KEY, KEY[12:24], KEY[16:])
"""None of them is a part of the alphabet, which may be in any file."""


def _files(*folders: Path) -> set[Path]:
    return {path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()}


def _elsewhere() -> set[Path]:
    """What anybody has in folders that are in memory; it is looked through, not used."""
    return {path for path in left_in_memory() if path.is_file()} | _files(RUNTIME)


def _pieces(heard: str) -> list[str]:
    """Every few letters of the made-up word in a row, and every two words in a row of what was heard."""
    words = heard.split()
    pairs = [" ".join(pair) for pair in itertools.pairwise(words)]
    return [*_windows(TYPED), *(pair for pair in pairs if len(pair) > PIECE_CHARS)]


def _windows(word: str) -> list[str]:
    return [word[at : at + PIECE_CHARS] for at in range(len(word) - PIECE_CHARS + 1)]


def _hits(files: Iterable[Path], words: Iterable[str]) -> list[tuple[str, str]]:
    patterns = {
        f"{word!r} in {encoding}": word.encode(encoding)
        for word in words
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    }
    patterns |= {f"the key's {piece!r}": piece for piece in KEY_PIECES}
    patterns |= {f"the key's {piece!r} in hex": piece.hex().encode() for piece in KEY_PIECES}
    found = []
    for path in files:
        try:
            content = path.read_bytes()
        except OSError:  # another program's, gone meanwhile
            continue
        found += [(str(path), what) for what, pattern in patterns.items() if pattern in content]
    return found


def _player(folder: Path) -> str:
    """A folder whose `aplay` hears everything and keeps nothing; the answer is spoken into it."""
    folder.mkdir()
    player = folder / "aplay"
    player.write_text('#!/bin/sh\nwc -c >> "$0.heard"\n')
    player.chmod(0o700)
    return str(folder)


def _on_pages(home: Path, pieces: Iterable[str]) -> dict[str, int]:
    """Hits on the decrypted pages of the database and of every backup, free pages and slack too."""
    plain = {"database": plain_pages(home / "sottovoce.db", KEY)}
    for path in (home / "backups").glob("*.backup"):
        key = read_header(path).unseal(KEY)
        assert key is not None
        plain[path.name] = plain_pages(path, key, start=HEADER_BYTES)
    return {name: sum(hits(pages, piece) for piece in pieces) for name, pages in plain.items()}


def test_a_spoken_turn_leaves_no_word_in_clear_and_once_erased_none_at_all(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    temporary.mkdir()
    path = f"{_player(tmp_path / 'player')}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT))),
        "SOTTOVOCE_LOG": "debug",
        "PATH": path,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "XDG_RUNTIME_DIR", "HOME", "XDG_CACHE_HOME"), str(temporary)),
    }
    before = _elsewhere()
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
            raise AssertionError(heard, process.communicate(b"\n\n", timeout=30)[1].decode())
        pieces = _pieces(heard)
        assert (home / "sottovoce.db-wal").stat().st_size
        assert int((tmp_path / "player/aplay.heard").read_text().split()[0]) > 10_000, "the answer was spoken"
        assert _hits(_files(home, temporary) | (_elsewhere() - before), pieces) == []
        (backup,) = (home / "backups").glob("*.backup")
        assert _on_pages(home, pieces)[backup.name], "the backup held it"
        process.stdin.write(b"\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"erased\n"
        assert _hits(_files(home, temporary) | (_elsewhere() - before), pieces) == []
        told = process.communicate(b"\n", timeout=30)
    assert process.returncode == 0, told[1].decode()
    assert not any(piece.encode() in stream for piece in pieces for stream in told)
    files = _files(home, temporary)
    assert any(path.parent.name == "logs" for path in files)
    assert _hits(files | (_elsewhere() - before), pieces) == []
    assert _on_pages(home, pieces) == {"database": 0, backup.name: 0}


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"..." + TYPED[3:10].encode("utf-16-le"))
    (tmp_path / "b").write_bytes(KEY[10:26])
    found = _hits(_files(tmp_path), _windows(TYPED))
    assert {Path(path).name for path, _ in found} == {"a", "b"}
