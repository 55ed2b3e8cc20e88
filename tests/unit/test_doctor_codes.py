"""Codes that monitoring reads: each check and code stands on the page, and the page is what would be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.commands import doctor as command
from sottovoce.domain import errors
from sottovoce.domain.errors import MicrophoneMissing, SottovoceError
from sottovoce.operations import checks as doctor
from tools.doctor.__main__ import main, page

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_page_is_as_it_would_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["--check"]) == 0, "run `python -m tools.doctor`"
    monkeypatch.setattr("tools.doctor.__main__.FILE", tmp_path / "codes.md")
    assert main(["--check"]) == 1
    assert main([]) == 0
    assert main(["--check"]) == 0


def test_every_check_and_every_code_stands_on_it() -> None:
    names = [name for name, _ in command.own_checks()]
    assert set(names) <= doctor.CHECKS.keys()
    written = page()
    for name in doctor.CHECKS:
        assert f"| `{name}` |" in written
    classes = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, SottovoceError)]
    for code in doctor.OWN_CODES:
        assert written.count(f"\n| `{code}` |") == 1
        assert code not in {one.code for one in classes}


async def test_each_finding_tells_its_code() -> None:
    async def well() -> str:
        return "Well."

    async def advised() -> doctor.Advice:
        return doctor.Advice("Works.", "Do this.", "recovery-code-missing")

    async def ill() -> str:
        raise MicrophoneMissing

    async def broken() -> str:
        raise ZeroDivisionError

    async def late() -> str:
        raise TimeoutError

    checks: list[tuple[str, doctor.Check]] = [("store", well), ("recovery", advised), ("microphone", ill)]
    checks += [("voice", broken), ("hotkey", late)]
    found = (await doctor.examine(checks))["checks"]
    codes = ["ok", "recovery-code-missing", "microphone-missing", "bug", "check-timed-out"]
    assert [one["code"] for one in found] == codes
    assert [one["ok"] for one in found] == [True, True, False, False, False]
