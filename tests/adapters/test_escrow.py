"""Recovery codes kept for an administrator: sealed, opened by the right key alone, and never lost on the way."""

from __future__ import annotations

import asyncio
import base64
import json
import stat
import sys
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sottovoce import open_home
from sottovoce.adapters.escrow import (
    IN_HOME,
    NOTE,
    escrow_file,
    new_key_pair,
    opened,
    read_escrow,
    read_private_key,
    write_escrow,
)
from sottovoce.adapters.policy_files import PolicySource
from sottovoce.adapters.store.erasing.care import CODE_KEPT
from sottovoce.adapters.store.sealed import key_file
from sottovoce.adapters.store.sealed.key_file import SlotKind
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed
from sottovoce.domain.errors import (
    CodeEscrowed,
    EscrowKeyWrong,
    EscrowTrouble,
    EscrowUnreadable,
    EscrowUnwritable,
    PlacesUnusable,
    StoreTrouble,
)
from sottovoce.domain.policy import Policy, parse_policy, public_key
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.recovery_code import decode
from sottovoce.home.escrow import is_kept
from tests.served import Service

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.home import Home

KEY = bytes(range(32))
ABOUT = {"home": "ab" * 16, "database": "cd" * 16, "made_at": 1.5, "user": "anna", "machine": "desk-7"}
CODE = "ABCD EFGH"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[X25519PrivateKey, str]:
    """A private key, and the public one as a policy names it."""
    public = new_key_pair(tmp_path / "private.pem")
    return read_private_key(tmp_path / "private.pem"), public


def test_what_is_sealed_is_opened_by_its_key_alone(pair: tuple[X25519PrivateKey, str]) -> None:
    private, public = pair
    content = escrow_file(CODE, ABOUT, public_key(public))
    assert CODE.encode() not in content
    assert opened(content, private) == (CODE, ABOUT)
    for wrong in (X25519PrivateKey.generate(), None):
        with pytest.raises(EscrowKeyWrong):
            opened(content, wrong)
    assert escrow_file(CODE, ABOUT, public_key(public)) != content, "each under a key of its own"


@pytest.mark.parametrize("field", ["home", "user", "made_at", "box", "key"])
def test_nothing_in_a_sealed_file_can_be_altered(pair: tuple[X25519PrivateKey, str], field: str) -> None:
    private, public = pair
    content = json.loads(escrow_file(CODE, ABOUT, public_key(public)))
    if field in {"box", "key"}:
        changed = bytearray(base64.b64decode(content["sealed"][field]))
        changed[3] ^= 1
        content["sealed"][field] = base64.b64encode(changed).decode()
    else:
        content[field] = "another"
    with pytest.raises(EscrowKeyWrong):
        opened(json.dumps(content).encode(), private)


def test_without_a_key_the_code_stands_in_clear() -> None:
    assert opened(escrow_file(CODE, ABOUT, b""), None) == (CODE, ABOUT)


HEAD = b'{"format": "sottovoce-escrow", "version": '


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]", b"\xff", b"{}", b"[" * 100_000),
        HEAD + b'2, "recovery_code": "A"}',
        HEAD + b"1}",
        HEAD + b'1, "sealed": 3}',
        HEAD + b'1, "sealed": {"to": "x", "key": "!", "box": ""}}',
    ],
)
def test_what_is_no_such_file_is_told(pair: tuple[X25519PrivateKey, str], content: bytes) -> None:
    with pytest.raises(EscrowTrouble):
        opened(content, pair[0])


def test_a_file_is_for_its_owner_alone_and_replaces_the_one_before(tmp_path: Path) -> None:
    for content in (b"first", b"second"):
        write_escrow(tmp_path / "a.escrow", content)
    assert read_escrow(tmp_path / "a.escrow") == b"second"
    assert stat.S_IMODE((tmp_path / "a.escrow").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.escrow"]
    with pytest.raises(EscrowUnwritable, match="missing"):
        write_escrow(tmp_path / "missing" / "a.escrow", b"")
    with pytest.raises(EscrowUnreadable):
        read_escrow(tmp_path / "b.escrow")


def test_a_private_key_is_never_written_over_and_must_be_one(tmp_path: Path) -> None:
    new_key_pair(tmp_path / "private.pem")
    assert stat.S_IMODE((tmp_path / "private.pem").stat().st_mode) == 0o600
    with pytest.raises(PlacesUnusable):
        new_key_pair(tmp_path / "private.pem")
    (tmp_path / "none.pem").write_text("no key")
    with pytest.raises(EscrowUnreadable):
        read_private_key(tmp_path / "none.pem")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where the policy has codes kept."""
    (folder := tmp_path / "kept").mkdir()
    return folder


def _opens(places: Places, code: str) -> bool:
    """Whether the code opens the store, whose key is `KEY`."""
    return bytes(read_key_file(places).unlock(SlotKind.RECOVERY, decode(code)) or b"") == KEY


def _found(kept: Path) -> list[Path]:
    return sorted(kept.iterdir())


async def test_the_first_start_puts_the_code_where_the_policy_says(
    tmp_path: Path, kept: Path, pair: tuple[X25519PrivateKey, str]
) -> None:
    private, public = pair
    policy = Policy(recovery_escrow_folder=str(kept), recovery_escrow_key=public)
    async with open_home(tmp_path / "home", KEY, policy=policy) as home:
        assert isinstance(home.warning, CodeEscrowed), "the user is told"
        (file,) = _found(kept)
        code, about = opened(file.read_bytes(), private)
        assert about["database"] == read_key_file(home.places).database
        assert _opens(home.places, code)
        last = await home.store.last_audit(AuditEvent.KEY_ESCROWED)
        assert last
        assert last.detail["sealed"] is True
        assert code not in json.dumps(dict(last.detail))
        status = await Service(home).answer("key.status", {})
        assert status["recovery_code_kept_for_administrator"] is True
    async with open_home(tmp_path / "home", KEY, policy=policy) as home:
        assert home.warning is None
        assert _found(kept) == [file]


async def test_without_a_folder_the_sealed_file_lies_in_the_home(
    tmp_path: Path, pair: tuple[X25519PrivateKey, str]
) -> None:
    async with open_home(tmp_path / "home", KEY, policy=Policy(recovery_escrow_key=pair[1])) as home:
        code, _ = opened((home.places.data / IN_HOME).read_bytes(), pair[0])
        assert _opens(home.places, code)


async def test_a_code_that_a_user_holds_goes_on_opening_and_each_new_one_is_kept_too(
    tmp_path: Path, kept: Path
) -> None:
    async with open_home(tmp_path / "home", KEY) as home:
        mine = await home.keys.new_recovery_code()
        await home.keys.confirm_recovery_code(mine)
    async with open_home(tmp_path / "home", KEY, policy=Policy(recovery_escrow_folder=str(kept))) as home:
        theirs, _ = opened(_found(kept)[0].read_bytes(), None)
        assert _opens(home.places, mine)
        assert _opens(home.places, theirs)
        assert (home.places.state / CODE_KEPT).exists(), "nobody is asked whether it was kept"
        another = await home.keys.new_recovery_code()
        assert another in [opened(file.read_bytes(), None)[0] for file in _found(kept)]
        assert home.services.escrow.kept()


async def test_a_folder_that_is_not_there_is_told_tried_again_and_keeps_nobody_out(tmp_path: Path, kept: Path) -> None:
    policy = Policy(recovery_escrow_folder=str(kept))
    kept.rmdir()
    async with open_home(tmp_path / "home", KEY, policy=policy) as home:
        assert isinstance(home.warning, EscrowUnwritable)
        await home.ask("what time is it")
        with pytest.raises(EscrowUnwritable):
            await home.services.escrow.ensure()
        with pytest.raises(EscrowUnwritable):
            await home.keys.new_recovery_code()
        kept.mkdir()
        assert await home.services.escrow.ensure()
        assert not await home.services.escrow.ensure()
        code, _ = opened(_found(kept)[-1].read_bytes(), None)
        assert _opens(home.places, code)


async def test_who_asks_for_a_code_and_is_cut_off_keeps_no_line_out_of_the_log(tmp_path: Path, kept: Path) -> None:
    async with open_home(tmp_path / "home", KEY, policy=Policy(recovery_escrow_folder=str(kept))) as home:
        note, escrow = home.store.audit, home.services.escrow

        async def cut_off(*line: Any) -> None:  # noqa: ANN401 - as the store's
            keeping.cancel()
            await asyncio.sleep(0)  # where it comes
            await note(*line)

        home.store.audit = cut_off  # type: ignore[assignment,method-assign] # in that very moment
        before = await _lines(home)
        keeping = asyncio.ensure_future(escrow.keep(CODE))
        with pytest.raises(asyncio.CancelledError):
            await keeping
        assert await _lines(home) == before + 1
        assert escrow.kept(), "and it is not made anew"


async def _lines(home: Home) -> int:
    return sum(entry.event == AuditEvent.KEY_ESCROWED for entry in await home.store.audit_log(99))


@pytest.mark.parametrize("step", ["code made", "file written", "noted"])
async def test_cut_off_at_any_step_the_next_start_keeps_a_code_that_opens(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    class CutOffError(BaseException):
        """The process is gone."""

    def cut_off(*_: Any) -> None:  # noqa: ANN401 - in place of anything
        raise CutOffError

    policy = Policy(recovery_escrow_folder=str(kept))
    async with open_home(tmp_path / "home", KEY) as home:
        await home.ask("what time is it")
    with monkeypatch.context() as patched:
        if step == "code made":
            patched.setattr("sottovoce.home.escrow.escrow_file", cut_off)
        elif step == "file written":
            patched.setattr("sottovoce.home.escrow.Escrow._note", cut_off)
        else:
            patched.setattr(key_file.KeyFile, "with_shown", cut_off)
        with pytest.raises(CutOffError):
            async with open_home(tmp_path / "home", KEY, policy=policy):
                pass
    async with open_home(tmp_path / "home", KEY, policy=policy) as home:
        assert home.services.escrow.kept()
        codes = [
            opened(file.read_bytes(), None)[0] for file in sorted(_found(kept), key=lambda one: one.stat().st_mtime_ns)
        ]
        assert _opens(home.places, codes[-1])
        assert len(await home.store.page(limit=10)) == 2


async def test_a_key_file_that_is_harmed_meanwhile_is_told_and_nothing_is_kept_for_it(
    tmp_path: Path, kept: Path
) -> None:
    async with open_home(tmp_path / "home", KEY, policy=Policy(recovery_escrow_folder=str(kept))) as home:
        whole = home.places.key_file.read_bytes()
        home.places.key_file.write_bytes(b"harmed")
        assert not home.services.escrow.kept()
        with pytest.raises(StoreTrouble):
            await home.services.escrow.ensure()
        home.places.key_file.write_bytes(whole)
        assert home.services.escrow.kept()


async def test_a_policy_that_names_another_place_has_a_code_kept_there(
    tmp_path: Path, kept: Path, pair: tuple[X25519PrivateKey, str]
) -> None:
    async with open_home(tmp_path / "home", KEY, policy=Policy(recovery_escrow_folder=str(kept))) as home:
        first, _ = opened(_found(kept)[0].read_bytes(), None)
    sealed = Policy(recovery_escrow_folder=str(kept), recovery_escrow_key=pair[1])
    async with open_home(tmp_path / "home", KEY, policy=sealed) as home:
        assert is_kept(home.places, PolicySource(fixed=sealed))
        assert not is_kept(home.places, PolicySource(fixed=Policy(recovery_escrow_folder=str(kept))))
        assert _opens(home.places, first)
        (home.places.state / NOTE).write_bytes(b"\xff")
        assert not home.services.escrow.kept()


async def test_a_new_key_has_its_code_kept_and_nothing_keeps_it_back(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    async def keep(code: str) -> None:
        told.append(code)
        raise EscrowUnwritable

    async with open_home(tmp_path / "home", KEY, policy=Policy(recovery_escrow_folder=str(kept))) as home:
        await home.keys.set_passphrase("correct horse battery staple")
        monkeypatch.setattr(home.keys, "on_code", keep)
        code = await home.keys.rotate("correct horse battery staple")
        assert told == [code]
        assert isinstance(home.keys.unfinished, EscrowUnwritable)


def test_the_administrator_makes_keys_and_opens_what_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def do(*words: str) -> tuple[int, str]:
        code = run(words, lambda: Printed(""))
        return code, capsys.readouterr().out

    private = str(tmp_path / "private.pem")
    code, out = do("key", "escrow", "new", private, "--json")
    assert code == 0
    public = json.loads(out)["public"]
    assert parse_policy({"RecoveryEscrowKey": public}, name="p")
    file = tmp_path / "a.escrow"
    write_escrow(file, escrow_file(CODE, ABOUT, public_key(public)))
    code, out = do("key", "escrow", "open", str(file), "--key", private)
    assert (code, CODE in out, "anna on desk-7" in out) == (0, True, True)
    code, out = do("key", "escrow", "open", str(file), "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "escrow-key-wrong")
    for wrong in (("escrow",), ("escrow", "open"), ("escrow", "new", "a", "--key", "b"), ("status", "more")):
        assert do("key", *wrong)[0] == 2
    assert do("key", "status", "--key", "x")[0] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="modes of folders")
def test_a_folder_that_nobody_may_look_into_takes_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr("sottovoce.adapters.escrow.sync_folder", refused)
    write_escrow(tmp_path / "a.escrow", b"kept")
    assert read_escrow(tmp_path / "a.escrow") == b"kept"
