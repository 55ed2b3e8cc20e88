"""A report for somebody who helps is written where the home can't be opened, too: there it is needed most."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.conftest import Caller

LINE = "2026-11-30 21:00:00,123 WARNING sottovoce.home: {}\n"


def test_without_a_key_there_is_a_report_and_what_is_wrong_is_told(
    commanded: Caller, home: Path, tmp_path: Path
) -> None:
    for folder in (home, logs := home / "logs"):
        folder.mkdir(0o700)
    (home / "settings.toml").write_text('user = "karlotta"\nvolume = 37\n')
    (logs / "sottovoce.log.1").write_text(LINE.format("put aside, of karlotta"))
    (logs / "sottovoce.log").write_text(LINE.format("asked by karlotta"))
    code, out, err = commanded("diagnostics", "--json", str(file := tmp_path / "report.zip"))
    assert (code, len(err.splitlines())) == (0, 1)
    assert "keyring" in err
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert json.loads(out)["parts"] == list(parts)
    checks = json.loads(parts["checks.json"])
    assert (checks["folders"], checks["settings"], checks["store"]) == ("ok", "ok", "keyring-missing")
    assert json.loads(parts["settings.json"])["volume"] == 37
    log = parts["log.txt"]
    assert log.index("put aside, of <name>") < log.index("asked by <name>")
    assert "karlotta" not in json.dumps(parts)
    assert str(tmp_path) not in json.dumps(parts)


def test_what_can_not_be_written_is_told_once(commanded: Caller, tmp_path: Path) -> None:
    code, out, err = commanded("diagnostics", str(tmp_path))
    assert (code != 0, out, len(err.splitlines())) == (True, "", 1)
