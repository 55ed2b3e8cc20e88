"""The administrator's files: merged by name, and closed where one can't be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sottovoce import open_home
from sottovoce.adapters.policy_files import MOST_BYTES, policy_files, read_policy
from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed
from sottovoce.domain.errors import PolicyUnusable
from sottovoce.domain.policy import Policy

if TYPE_CHECKING:
    from pathlib import Path


def test_no_folder_is_no_policy(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "none") == Policy()
    assert policy_files(tmp_path) == ()


def test_files_are_merged_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "20-more.json").write_text('{"LocalBackups": false}')
    (tmp_path / "10-first.json").write_text('{"LocalBackups": true, "KeepDaysAtMost": 90}')
    (tmp_path / "README.txt").write_text("not one of them")
    assert read_policy(tmp_path) == Policy(local_backups=False, keep_days_at_most=90)


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[" * 100_000, b"[]", b'{"X": 1}', b" " * (MOST_BYTES + 1)])
def test_a_file_that_can_not_be_used_closes_everything(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(PolicyUnusable, match=r"a\.json"):
        read_policy(tmp_path)


def test_what_can_not_be_read_closes_everything(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(PolicyUnusable, match="cannot be read"):
        read_policy(tmp_path)
    (tmp_path / "file").write_text("where a folder should be")
    with pytest.raises(PolicyUnusable, match="cannot be read"):
        read_policy(tmp_path / "file")


async def test_a_home_has_the_policy_it_is_opened_with(tmp_path: Path) -> None:
    policy = Policy(local_backups=False)
    async with open_home(tmp_path / "home", bytes(range(32)), policy=policy) as home:
        assert home.policy is policy


def test_a_file_is_checked_before_it_is_put_into_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"KeepDaysAtMost": 30}')
    assert run(("policy", "check", str(file), "--json"), lambda: Printed("")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"]
    assert told["policy"] == {"LocalBackups": None, "KeepDaysAtMost": 30, "LanguageModelAtMost": None}
    file.write_text('{"KeepDays": 30}')
    assert run(("policy", "check", str(file), "--json"), lambda: Printed("")) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "policy-unusable"
    assert run(("policy", "show", "--json"), lambda: Printed("")) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"policy", "files"}
    assert run(("policy", "check"), lambda: Printed("")) == 2
