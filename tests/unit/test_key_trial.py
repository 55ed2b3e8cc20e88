"""A key that is proved by being pressed: what was seen, and for how long it was waited."""

from __future__ import annotations

import asyncio

import pytest

from sottovoce.domain.errors import HotkeyTaken, HotkeyUnsupported
from sottovoce.domain.hotkeys import Edge, KeyProof
from sottovoce.domain.settings import Settings
from sottovoce.operations.key_findings import key_findings
from sottovoce.talk.call_order import Call
from sottovoce.talk.key_trial import prove
from tests.unit.test_talk_key import Held
from tests.virtual_time import run_virtual


def proved(held: Held, *edges: Edge, key: str = "Super+F9") -> tuple[KeyProof, list[Edge]]:
    """What comes of these edges, told one after another."""

    async def story() -> tuple[KeyProof, list[Edge]]:
        await held.key.use(Settings())
        told: list[Edge] = []
        proving = asyncio.create_task(prove(held.key, key, on_edge=told.append))
        hands = {
            Edge.PRESS: held.hotkey.press,
            Edge.RELEASE: held.hotkey.release,
            Edge.REPEAT: held.key._repeated,  # noqa: SLF001 - what it gave the keyboard
        }
        for edge in edges:
            await asyncio.sleep(1)
            hands[edge]()
        return await proving, told

    return run_virtual(story())


def test_both_ends_are_seen_and_the_key_in_force_is_back() -> None:
    held = Held()
    proof, told = proved(held, Edge.PRESS, Edge.REPEAT, Edge.RELEASE)
    assert proof == KeyProof(presses=1, releases=1, repeats=1)
    assert told == [Edge.PRESS, Edge.REPEAT, Edge.RELEASE]
    assert held.hotkey.key == Settings().hotkey
    assert held.calls == []


def test_nobody_waits_for_ever() -> None:
    assert proved(Held())[0] == KeyProof()
    assert proved(Held(), Edge.PRESS)[0].modes == ("toggle",)


def test_a_taken_key_is_told_at_once_and_the_one_in_force_is_back() -> None:
    held = Held()

    async def story() -> None:
        await held.key.use(Settings())
        held.hotkey.failure = HotkeyTaken()
        with pytest.raises(HotkeyTaken):
            await prove(held.key, "Super+F9")
        assert not held.key.tried(Call.PRESS)

    run_virtual(story())


@pytest.mark.parametrize("pressed", [True, False])
def test_where_no_key_can_be_had_what_the_desktop_binds_is_proved(pressed: bool) -> None:  # noqa: FBT001
    held = Held()
    held.hotkey.reports_release = False

    async def story() -> KeyProof:
        held.hotkey.failure = HotkeyUnsupported()
        proving = asyncio.create_task(prove(held.key, "Super+F9"))
        await asyncio.sleep(1)
        if pressed:
            assert held.key.tried(Call.TOGGLE)
        return await proving

    if pressed:
        assert run_virtual(story()).modes == ("toggle",)
    else:
        with pytest.raises(HotkeyUnsupported):
            run_virtual(story())


@pytest.mark.parametrize(
    ("proof", "checks", "modes"),
    [
        (KeyProof(), {"hotkey": True, "press": False}, []),
        (KeyProof(presses=1), {"hotkey": True, "press": True, "release": False, "repeat": True}, ["toggle"]),
        (
            KeyProof(presses=1, releases=1, repeats=9),
            {"hotkey": True, "press": True, "release": True, "repeat": True},
            ["hold", "toggle"],
        ),
    ],
)
def test_what_was_seen_is_said_in_findings(proof: KeyProof, checks: dict[str, bool], modes: list[str]) -> None:
    for key in ("Pause", ""):
        found = key_findings(key, proof, 20)
        assert {check["name"]: check["ok"] for check in found["checks"]} == checks
        assert found["modes"] == modes
        assert found["ok"] == all(checks.values())
        assert all(check["ok"] or check["remedy"] for check in found["checks"])


def test_who_has_the_key_is_a_finding() -> None:
    found = key_findings("Pause", HotkeyTaken("i3 already uses Pause: see /x."), 20)
    assert not found["ok"]
    assert found["checks"][0]["detail"].startswith("i3")
