"""The administrator's policy in the registry of Windows: the machine's beats the user's."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Protocol

from sottovoce.domain.policy import PolicyLayer
from sottovoce.domain.policy_table import DECLARED, REGISTRY
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HIVES = ("HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE")
"""The weaker one first."""
RECOMMENDED = "Recommended"
_KINDS = {one.name: one.kind for one in DECLARED}
_NUMBERED = re.compile(r"[0-9]+")


class Registry(Protocol):
    """A tree of keys with values."""

    def values(self, hive: str, key: str) -> Mapping[str, object] | None:
        """The values of a key by their names: text, a number, or a list of texts; None if there is no such key.

        Raises:
            OSError: It is there and can't be read.
        """

    def keys(self, hive: str, key: str) -> tuple[str, ...]:
        """Names of the keys in a key; none if there is no such key.

        Raises:
            OSError: It is there and can't be read.
        """


class PolicyRegistry:
    """Four keys: the user's and the machine's, and what each recommends."""

    folders: tuple[Path, ...] = ()

    def __init__(self, registry: Registry) -> None:
        """Read from `registry`."""
        self._registry = registry

    def look(self) -> object:
        """All of it: it is a few values."""
        return self.layers()

    def layers(self) -> list[PolicyLayer]:
        """See `policy_files.PolicyPlace`."""
        found = []
        for managed in (False, True):
            key = REGISTRY if managed else rf"{REGISTRY}\{RECOMMENDED}"
            found += [self._layer(hive, key, managed=managed) for hive in HIVES]
        return [layer for layer in found if layer is not None]

    def _layer(self, hive: str, key: str, *, managed: bool) -> PolicyLayer | None:
        place = rf"{hive}\{key}"
        try:
            raw = self._raw(hive, key)
        except OSError:
            return PolicyLayer(place=place, managed=managed, trouble=said("error-policy-unusable-registry", key=place))
        return PolicyLayer(place=place, managed=managed, raw=raw) if raw else None

    def _raw(self, hive: str, key: str) -> dict[str, object]:
        values = self._registry.values(hive, key) or {}
        # The empty name is a key's own value, which the group policy editor leaves alone.
        raw = {name: _meant(_KINDS.get(name, ""), value) for name, value in values.items() if name}
        for name in self._registry.keys(hive, key):
            if name != RECOMMENDED:
                raw[name] = _listed(self._registry.values(hive, rf"{key}\{name}") or {})
        return raw


def _meant(kind: str, value: object) -> object:
    """What a value stands for: the registry knows no booleans."""
    if kind == "boolean" and value in {0, 1} and not isinstance(value, str):
        return bool(value)
    return value


def _listed(values: Mapping[str, object]) -> object:
    """A list as the group policy editor writes it: values named 1, 2, 3, …; anything else is no list."""
    if not all(_NUMBERED.fullmatch(name) for name in values):
        return dict(values)
    return [values[name] for name in sorted(values, key=int)]


if sys.platform == "win32":
    import winreg

    class WindowsRegistry:
        """The registry of this machine, its 64-bit part whatever runs here."""

        def values(self, hive: str, key: str) -> Mapping[str, object] | None:
            """See `Registry`."""
            try:
                with self._opened(hive, key) as opened:
                    return dict(
                        winreg.EnumValue(opened, number)[:2] for number in range(winreg.QueryInfoKey(opened)[1])
                    )
            except FileNotFoundError:
                return None

        def keys(self, hive: str, key: str) -> tuple[str, ...]:
            """See `Registry`."""
            try:
                with self._opened(hive, key) as opened:
                    return tuple(winreg.EnumKey(opened, number) for number in range(winreg.QueryInfoKey(opened)[0]))
            except FileNotFoundError:
                return ()

        def _opened(self, hive: str, key: str) -> winreg.HKEYType:
            return winreg.OpenKey(getattr(winreg, hive), key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)
else:

    class WindowsRegistry:
        """Stands where there is no registry of Windows."""

        def values(self, hive: str, key: str) -> Mapping[str, object] | None:  # noqa: ARG002 - as `Registry`
            """See `Registry`."""
            return None

        def keys(self, hive: str, key: str) -> tuple[str, ...]:  # noqa: ARG002 - as above
            """See `Registry`."""
            return ()
