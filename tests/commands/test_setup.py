"""After the set-up, what README tells people to type is found."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

DEV = Path(__file__).parents[2] / "dev"


@pytest.fixture
def offered(tmp_path: Path) -> Path:
    """A user's home, and an environment with the command in it."""
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    (command := tmp_path / "venv" / "bin" / "sottovoce").write_text("#!/bin/sh\necho it runs\n")
    command.chmod(0o755)
    return tmp_path


def offer(home: Path, *path: str) -> str:
    """What is said; the function of the set-up, run by itself."""
    found = re.search(r"^(offer_command\(\) \{$.*?^\})$", DEV.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found
    script = f"set -eu; say() {{ printf '%s\\n' \"$*\" >&2; }}\n{found[1]}\nCALLERS_PATH=$PATH\noffer_command"
    environment = {"HOME": str(home), "VENV": str(home / "venv"), "PATH": os.pathsep.join([*path, "/usr/bin", "/bin"])}
    ended = subprocess.run(["/bin/sh", "-c", script], env=environment, capture_output=True, text=True, check=True)
    return ended.stderr


def test_a_link_is_made_where_the_users_own_folder_is_searched(offered: Path) -> None:
    mine = offered / ".local" / "bin"
    assert str(mine / "sottovoce") in offer(offered, str(mine))
    assert subprocess.run([mine / "sottovoce"], capture_output=True, text=True, check=True).stdout == "it runs\n"
    assert offer(offered, str(mine)) == "", "once is enough"


def test_a_link_into_a_checkout_that_is_gone_is_made_anew(offered: Path) -> None:
    mine = offered / ".local" / "bin"
    mine.mkdir(parents=True)
    (mine / "sottovoce").symlink_to(offered / "gone" / "bin" / "sottovoce")
    assert offer(offered, str(mine))
    assert (mine / "sottovoce").resolve() == (offered / "venv" / "bin" / "sottovoce")


def test_elsewhere_the_line_to_add_is_printed_and_works(offered: Path) -> None:
    told = offer(offered)
    assert not (offered / ".local").exists()
    line = told.splitlines()[-1].strip()
    ended = subprocess.run(
        ["/bin/sh", "-c", f"{line}; sottovoce"], env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=True
    )
    assert ended.stdout == b"it runs\n"


def test_a_command_that_is_there_is_left_alone(offered: Path) -> None:
    (theirs := offered / "package").mkdir()
    (theirs / "sottovoce").write_text("#!/bin/sh\n")
    (theirs / "sottovoce").chmod(0o755)
    mine = offered / ".local" / "bin"
    assert offer(offered, str(theirs), str(mine)) == ""
    assert not mine.exists()
