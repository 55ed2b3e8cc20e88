"""The administrator's files: merged by name, and closed where one can't be read."""

from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING

import pytest

from sottovoce import open_home
from sottovoce.adapters.file_watch import folder_watched
from sottovoce.adapters.policy_files import MOST_BYTES, PolicySource, policy_files, read_policy
from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed
from sottovoce.domain.errors import LanguageModelForbidden, PolicyUnusable
from sottovoce.domain.policy import CLOSED, Policy
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.settings import Settings
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import Callable
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
    assert told["policy"] == Policy(keep_days_at_most=30).to_json()
    file.write_text('{"KeepDays": 30}')
    assert run(("policy", "check", str(file), "--json"), lambda: Printed("")) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "policy-unusable"
    assert run(("policy", "check", str(file)), lambda: Printed("")) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert run(("policy", "show", "--json"), lambda: Printed("")) == 0
    assert set(json.loads(capsys.readouterr().out)) >= {"policy", "files", "sources"}
    assert run(("policy", "check"), lambda: Printed("")) == 2


def _rewritten_in_place(file: Path) -> None:
    """The same size, and the old time put back: what a look at size and time alone passes over."""
    before = file.stat()
    file.write_text('{"KeepDaysAtMost": 60}')
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _put_into_its_place(file: Path) -> None:
    other = file.with_name("new")
    other.write_text('{"KeepDaysAtMost": 60}')
    other.rename(file)


def _added(file: Path) -> None:
    file.with_name("b.json").write_text('{"KeepDaysAtMost": 60}')


@pytest.mark.parametrize("change", [_rewritten_in_place, _put_into_its_place, _added])
def test_a_change_is_in_force_at_the_next_look(tmp_path: Path, change: Callable[[Path], None]) -> None:
    (file := tmp_path / "a.json").write_text('{"KeepDaysAtMost": 90}')
    source, told = PolicySource(tmp_path), []
    source.follow(lambda: told.append(source.now()))
    assert source.now().keep_days_at_most == 90
    change(file)
    assert source.now().keep_days_at_most == 60
    assert source.now() == read_policy(tmp_path)
    assert told == [Policy(keep_days_at_most=60)]


def test_a_policy_that_comes_goes_or_breaks_while_it_is_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "policies" / "managed"
    source = PolicySource(folder)
    assert source.now() == Policy()
    folder.mkdir(parents=True)
    (file := folder / "a.json").write_text('{"LanguageModelAtMost": "device"}')
    assert source.now() == Policy(language_model_at_most="device")
    for broken in ("half written", "no file"):
        if broken == "half written":
            file.write_text("{")
        else:
            file.unlink()
            file.mkdir()
        assert source.now() == CLOSED
        assert source.trouble
        assert not source.now().lets_ask("http://127.0.0.1:8080/v1")
        assert not source.now().keep_days_at_most, "nothing is erased on account of what can't be read"
    file.rmdir()
    assert source.now() == Policy()
    assert source.trouble is None
    file.write_text('{"LocalBackups": true}')
    assert source.now() == Policy(local_backups=True)
    folder.rename(tmp_path / "elsewhere")
    assert source.now() == Policy()


def test_a_look_that_finds_nothing_new_reads_nothing(tmp_path: Path) -> None:
    (file := tmp_path / "a.json").write_text('{"LocalBackups": true}')
    os.utime(file, (1, 1))
    source = PolicySource(tmp_path)
    # A time stamp in the future is never trusted: whoever sets clocks can't freeze a policy.
    os.utime(file, (2**33, 2**33))
    assert source.now() == Policy(local_backups=True)


async def test_the_system_tells_of_a_folder_that_is_yet_to_be_made(tmp_path: Path) -> None:
    folder = tmp_path / "etc" / "policies" / "managed"
    source, seen = PolicySource(folder), asyncio.Event()
    source.follow(seen.set)

    async def told() -> Policy:
        async with asyncio.timeout(HANGS_S):
            await seen.wait()
        seen.clear()
        return source.now()

    with folder_watched(folder, source.now):
        folder.mkdir(parents=True)
        (folder / "a.json").write_text('{"LocalBackups": false}')
        assert await told() == Policy(local_backups=False)
        (folder / "a.json").write_text('{"LocalBackups": true}')
        # What is half written is closed; the rest of it is told as well.
        while await told() != Policy(local_backups=True):
            pass
        (folder / "a.json").unlink()
        assert await told() == Policy()
        folder.parent.rename(tmp_path / "gone")
        folder.mkdir(parents=True)
        (folder / "b.json").write_text('{"LocalBackups": true}')
        assert await told() == Policy(local_backups=True)


async def test_the_next_question_no_longer_goes_where_a_new_policy_forbids(tmp_path: Path) -> None:
    """Whether or not anybody has told of the change: it is looked at in the moment before a question is sent."""
    (managed := tmp_path / "managed").mkdir()
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        body = b'data: {"choices": [{"delta": {"content": "Yes."}}]}\n\ndata: [DONE]\n\n'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    settings = Settings(language_model_address=f"http://127.0.0.1:{port}/v1")
    async with (
        server,
        open_home(tmp_path / "home", bytes(32), settings=settings, policy=PolicySource(managed)) as home,
    ):
        assert (await home.ask("how do whales sleep")).source == "model"
        (managed / "a.json").write_text('{"LanguageModelAtMost": "none"}')
        sent = len(asked)
        with pytest.raises(LanguageModelForbidden):
            await home.ask("how do bats sleep")
        assert len(asked) == sent
        assert len(await home.store.egress(100)) == sent
        await home.audit_policy()
        await home.audit_policy()
        last = await home.store.last_audit(AuditEvent.POLICY_CHANGED)
        assert last
        assert last.detail == Policy(language_model_at_most="none").to_json()
        entries = await home.store.audit_log(100)
        assert [entry.event for entry in entries].count(AuditEvent.POLICY_CHANGED) == 1
    (managed / "a.json").write_text('{"LanguageModelAtMost": "device"}')  # while nobody has the home open
    async with open_home(tmp_path / "home", bytes(32), policy=PolicySource(managed)) as home:
        last = await home.store.last_audit(AuditEvent.POLICY_CHANGED)
        assert last
        assert last.detail["LanguageModelAtMost"] == "device"
    (managed / "a.json").unlink()
    async with open_home(tmp_path / "home", bytes(32), policy=PolicySource(managed)) as home:
        last = await home.store.last_audit(AuditEvent.POLICY_CHANGED)
        assert last
        assert last.detail["LanguageModelAtMost"] is None
