"""What is declared of a policy: its form, and what it decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredPolicy:
    """One policy as the program needs it; `resources/policy/policies.toml` says what each field means."""

    name: str
    """As policy files write it."""
    field: str
    """Of `Policy`."""
    kind: str
    """boolean, integer, text, choice or list."""
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    form: str = ""
    """What a text must be: address, proxy, path or public-key; empty for any."""
    setting: str = ""
    """Which one it decides, or, as a recommendation, gives another default."""
    only: Any = None
    """The one value with which it decides the setting; None for all."""
    sets: Any = None
    """What the setting is then; None for that value itself."""
    told: str = ""
    """The message about a setting that it has decided; empty for the usual words."""
    limits: str = ""
    """The setting whose choice it narrows."""
    unset: Any = None
    closed: Any = None
    """In force while a policy can't be read; None leaves it to the user."""
    erases: bool = False
    """Whether messages are erased on its account: never while a policy can't be read."""
    planned: bool = False
    """Whether the name is only reserved."""

    @property
    def may_be_recommended(self) -> bool:
        """Whether it can be a default that the user may change."""
        return bool(self.setting) and self.only is None
