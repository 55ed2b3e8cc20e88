"""Who is being talked to: a frozen snapshot handed down with every question."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_USER = "me"
"""The one user of a personal machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserContext:
    """A snapshot; changing one means making another with `copy_with`."""

    user_id: str = DEFAULT_USER
    display_name: str = ""
    language: str = "en"
    version: int = 0
    """Grows by one with every stored change."""
    conversations_count: int = 0
    """Turns answered so far."""
    preferences: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    first_seen: float | None = None
    """Seconds since 1970-01-01 UTC."""
    last_seen: float | None = None

    def __post_init__(self) -> None:
        """Freeze the maps too: `ctx.preferences["food"] = "pizza"` fails as `ctx.language = "de"` does."""
        object.__setattr__(self, "preferences", MappingProxyType(dict(self.preferences)))
        if not self.user_id:
            message = "user_id must not be empty"
            raise ValueError(message)

    def copy_with(self, **changes: Any) -> UserContext:  # noqa: ANN401 - the values are those of the fields
        """Another snapshot with these fields changed.

        Raises:
            TypeError: A name is no field.
        """
        return dataclasses.replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """Plain values, as the store keeps them."""
        return {name: getattr(self, name) for name in self.__slots__} | {"preferences": dict(self.preferences)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> UserContext:
        """The snapshot that `to_json` wrote; unknown fields of a newer version are left out."""
        return cls(**{name: value for name, value in stored.items() if name in cls.__slots__})
