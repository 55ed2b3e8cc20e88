"""Where Windows and macOS keep policies, read from copies of what lies there."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.policy_files import PolicyFolders, PolicySource, usual_place
from sottovoce.adapters.policy_preferences import ManagedPreferences
from sottovoce.adapters.policy_registry import PolicyRegistry, WindowsRegistry
from sottovoce.domain.policy import CLOSED, Policy
from sottovoce.domain.policy_table import BUNDLE, REGISTRY
from tools.policies.macos import profile
from tools.policies.table import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

USER, MACHINE = "HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE"


class FakeRegistry:
    """A registry in memory: values by hive and key."""

    def __init__(self) -> None:
        self.there: dict[tuple[str, str], dict[str, object]] = {}
        self.locked: set[tuple[str, str]] = set()

    def values(self, hive: str, key: str) -> Mapping[str, object] | None:
        if (hive, key) in self.locked:
            raise PermissionError
        return self.there.get((hive, key))

    def keys(self, hive: str, key: str) -> tuple[str, ...]:
        inside = [
            name.removeprefix(f"{key}\\") for at, name in self.there if at == hive and name.startswith(f"{key}\\")
        ]
        return tuple(sorted({name.partition("\\")[0] for name in inside}))


@pytest.fixture
def registry() -> FakeRegistry:
    return FakeRegistry()


def test_an_empty_registry_is_no_policy(registry: FakeRegistry) -> None:
    assert PolicySource(place=PolicyRegistry(registry)).now() == Policy()


def test_the_machines_part_beats_the_users_and_both_beat_recommendations(registry: FakeRegistry) -> None:
    registry.there[USER, REGISTRY] = {"ExportAllowed": 1, "Volume": 10, "Hotkey": "F9"}
    registry.there[MACHINE, REGISTRY] = {"ExportAllowed": 0, "": "set by nobody"}
    registry.there[MACHINE, rf"{REGISTRY}\Recommended"] = {"Volume": 90, "Speak": 0}
    source = PolicySource(place=PolicyRegistry(registry))
    assert source.now() == Policy(
        export_allowed=False, volume=10, hotkey="F9", recommended=(("speak", False), ("volume", 90))
    )
    assert source.in_force.places["ExportAllowed"] == rf"{MACHINE}\{REGISTRY}"
    assert source.in_force.places["Volume"] == rf"{USER}\{REGISTRY}"
    assert source.in_force.places["Speak (recommended)"] == rf"{MACHINE}\{REGISTRY}\Recommended"


def test_a_list_is_a_key_with_numbered_values(registry: FakeRegistry) -> None:
    registry.there[MACHINE, rf"{REGISTRY}\ModelsAllowed"] = {"10": "c", "1": "a", "2": "b"}
    registry.there[MACHINE, REGISTRY] = {"EndpointsAllowed": ["https://a/*"]}
    policy = PolicySource(place=PolicyRegistry(registry)).now()
    assert policy.models_allowed == ("a", "b", "c")
    assert policy.endpoints_allowed == ("https://a/*",)


@pytest.mark.parametrize("value", [2, "0", "no", b"\0"])
def test_a_value_of_another_kind_closes_what_it_guards(registry: FakeRegistry, value: object) -> None:
    registry.there[MACHINE, REGISTRY] = {"ExportAllowed": value, "Volume": 10}
    source = PolicySource(place=PolicyRegistry(registry))
    assert source.now() == Policy(export_allowed=False, volume=10)
    assert source.trouble


def test_an_unknown_name_a_strange_list_and_a_locked_key_are_told(registry: FakeRegistry) -> None:
    registry.there[MACHINE, REGISTRY] = {"ExportAllow": 0}
    assert PolicySource(place=PolicyRegistry(registry)).now() == CLOSED
    registry.there = {(MACHINE, rf"{REGISTRY}\ModelsAllowed"): {"first": "a"}}
    assert PolicySource(place=PolicyRegistry(registry)).now() == Policy(models_allowed=())
    registry.locked.add((USER, REGISTRY))
    source = PolicySource(place=PolicyRegistry(registry))
    assert source.now() == CLOSED
    assert source.trouble
    assert rf"{USER}\{REGISTRY} cannot be read" in source.trouble.sentence


def test_a_change_of_the_registry_is_in_force_at_the_next_look(registry: FakeRegistry) -> None:
    source, told = PolicySource(place=PolicyRegistry(registry)), []
    source.follow(lambda: told.append(source.now()))
    registry.there[MACHINE, REGISTRY] = {"Volume": 10}
    assert source.now() == Policy(volume=10)
    assert source.now() == Policy(volume=10)
    assert told == [Policy(volume=10)]


def test_where_there_is_no_registry_nothing_is_read() -> None:
    assert PolicySource(place=PolicyRegistry(WindowsRegistry())).now() == Policy()


def _preferences(folder: Path, user: str = "", **values: object) -> Path:
    file = folder / user / f"{BUNDLE}.plist"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(plistlib.dumps(values))
    return file


def test_a_macs_preferences_for_all_beat_those_of_one_user(tmp_path: Path) -> None:
    everybody = _preferences(tmp_path, ExportAllowed=False, PayloadUUID="X", Recommended={"Speak": False})
    mine = _preferences(tmp_path, "anna", ExportAllowed=True, Volume=10)
    _preferences(tmp_path, "ben", Volume=20)
    source = PolicySource(place=ManagedPreferences(tmp_path, "anna"))
    assert source.now() == Policy(export_allowed=False, volume=10, recommended=(("speak", False),))
    assert source.in_force.places == {
        "ExportAllowed": str(everybody),
        "Speak (recommended)": f"{everybody} (Recommended)",
        "Volume": str(mine),
    }
    everybody.unlink()
    assert source.now() == Policy(export_allowed=True, volume=10)


@pytest.mark.parametrize("content", [b"<plist", b"bplist00", b"", b"{}", b" " * ((1 << 20) + 1)])
def test_preferences_that_are_none_close_everything(tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"{BUNDLE}.plist").write_bytes(content)
    source = PolicySource(place=ManagedPreferences(tmp_path, "anna"))
    assert source.now() == CLOSED
    assert source.trouble


def test_preferences_that_are_a_list_close_everything(tmp_path: Path) -> None:
    (tmp_path / f"{BUNDLE}.plist").write_bytes(plistlib.dumps(["ExportAllowed"]))
    assert PolicySource(place=ManagedPreferences(tmp_path, "anna")).now() == CLOSED


def test_the_profile_that_ships_can_be_used_as_it_is(tmp_path: Path) -> None:
    payload = plistlib.loads(profile(read()).encode())["PayloadContent"][0]
    assert payload["PayloadType"] == BUNDLE
    _preferences(tmp_path, **payload)
    source = PolicySource(place=ManagedPreferences(tmp_path, "anna"))
    assert source.now().export_allowed is False
    assert source.trouble is None


def test_each_system_has_its_place() -> None:
    assert isinstance(usual_place("linux"), PolicyFolders)
    assert isinstance(usual_place("win32"), PolicyRegistry)
    assert isinstance(usual_place("darwin"), ManagedPreferences)
    assert PolicySource(place=usual_place("plan9")).now() == Policy()


def test_in_a_flatpaks_sandbox_policies_are_the_hosts(tmp_path: Path) -> None:
    (tmp_path / ".flatpak-info").touch()
    managed = tmp_path / "run/host/etc/sottovoce/policies/managed"
    managed.mkdir(parents=True)
    (managed / "a.json").write_text('{"ExportAllowed": false}')
    place = usual_place("linux", tmp_path)
    assert managed in place.folders
    assert PolicySource(place=place).now() == Policy(export_allowed=False)


def test_a_sandbox_that_may_not_see_the_hosts_policies_closes_all_they_could_guard(tmp_path: Path) -> None:
    (tmp_path / ".flatpak-info").touch()
    source = PolicySource(place=usual_place("linux", tmp_path))
    assert source.now() == CLOSED
    assert source.trouble is not None
    (tmp_path / "run/host/etc").mkdir(parents=True)
    assert source.now() == Policy()
    assert source.trouble is None
