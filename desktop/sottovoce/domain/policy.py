"""What the administrator of a machine has decided for all its users: settings that are fixed, and limits."""

from __future__ import annotations

import dataclasses
import fnmatch
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sottovoce.domain.endpoints import mistake_in, reach_of, reaches
from sottovoce.domain.errors import PolicyUnusable
from sottovoce.domain.memories import Reach

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.domain.settings import Settings

MOST_DAYS = 36_500
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "LocalBackups": "local_backups",
        "KeepDaysAtMost": "keep_days_at_most",
        "LanguageModelAtMost": "language_model_at_most",
        "Welcome": "welcome",
        "PrerollAllowed": "preroll_allowed",
        "ModelsAllowed": "models_allowed",
        "ModelMirror": "model_mirror",
        "ModelProxy": "model_proxy",
        "UpdateCheckAllowed": "update_check_allowed",
    }
)
"""As policy files write them, and the field each stands for."""
NO_MODEL = "none"
_HOW_FAR: Mapping[str, str] = MappingProxyType(
    {
        NO_MODEL: "Your administrator lets no language model be asked.",
        Reach.DEVICE: "Your administrator lets only language models on this machine be asked.",
        Reach.NETWORK: "Your administrator lets only language models in your own network be asked.",
        Reach.ANY: "Your administrator lets any language model be asked.",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One machine's; what is not set leaves the choice to the user."""

    local_backups: bool | None = None
    """Whether backups are made on days of use, whatever the setting says."""
    keep_days_at_most: int = 0
    """Days that messages are kept at most; 0 sets no limit."""
    language_model_at_most: str | None = None
    """How far away a language model may be that is asked: a `Reach`, or `NO_MODEL`."""
    welcome: bool | None = None
    """Whether a new home begins with the welcome; False where an administrator has prepared it."""
    preroll_allowed: bool | None = None
    """Whether the last moment before a press may be kept; it is the user's to want it, in any case."""
    models_allowed: tuple[str, ...] | None = None
    """Patterns of names (`vosk-model-small-*`) of models that may be installed or imported; none at all if empty."""
    model_mirror: str = ""
    """Address of a folder with all files of the catalogue, asked in place of where they were published."""
    model_proxy: str = ""
    """Address of the HTTP proxy through which models are fetched."""
    update_check_allowed: bool | None = None
    """Whether it may be asked for newer versions; it is the user's to name whom, in any case."""

    def lets_install(self, name: str) -> bool:
        """Whether a model of this name may be installed or imported."""
        allowed = self.models_allowed
        return allowed is None or any(fnmatch.fnmatchcase(name, pattern) for pattern in allowed)

    def lets_ask(self, address: str) -> bool:
        """Whether a language model at this address, which must be one, may be asked."""
        limit = self.language_model_at_most
        return limit is None or (limit != NO_MODEL and reaches(reach_of(address), Reach(limit)))

    def applied(self, settings: Settings) -> Settings:
        """The settings that are in force under this policy."""
        fixed: dict[str, Any] = {}
        if self.local_backups is not None:
            fixed["local_backups"] = self.local_backups
        if self.preroll_allowed is False:
            fixed["preroll"] = False
        if self.update_check_allowed is False:
            fixed["update_address"] = ""
        return dataclasses.replace(settings, **fixed) if fixed else settings

    @property
    def decided(self) -> frozenset[str]:
        """Settings that the policy decides alone: a user's own choice is kept, and not in force."""
        decided = {
            "local_backups": self.local_backups is not None,
            "preroll": self.preroll_allowed is False,
            "update_address": self.update_check_allowed is False,
        }
        return frozenset(name for name, is_decided in decided.items() if is_decided)

    @property
    def locked(self) -> Mapping[str, str]:
        """Settings that are not, or not wholly, the user's to choose: the name, and what to tell about it."""
        told = {}
        if self.local_backups is not None:
            told["local_backups"] = f"Your administrator has turned this {'on' if self.local_backups else 'off'}."
        if self.preroll_allowed is False:
            told["preroll"] = "Your administrator lets no sound be kept from before a press."
        if self.update_check_allowed is False:
            told["update_address"] = "Your administrator lets nobody be asked for newer versions."
        if self.keep_days_at_most:
            told["keep_days"] = f"Your administrator lets messages be kept for {self.keep_days_at_most} days at most."
        if self.language_model_at_most is not None:
            told["language_model_address"] = _HOW_FAR[self.language_model_at_most]
        return told

    def to_json(self) -> dict[str, Any]:
        """As a policy file writes it; what is not set is null."""
        return {
            "LocalBackups": self.local_backups,
            "KeepDaysAtMost": self.keep_days_at_most or None,
            "LanguageModelAtMost": self.language_model_at_most,
            "Welcome": self.welcome,
            "PrerollAllowed": self.preroll_allowed,
            "ModelsAllowed": None if self.models_allowed is None else list(self.models_allowed),
            "ModelMirror": self.model_mirror or None,
            "ModelProxy": self.model_proxy or None,
            "UpdateCheckAllowed": self.update_check_allowed,
        }


CLOSED = Policy(
    local_backups=False,
    language_model_at_most=NO_MODEL,
    preroll_allowed=False,
    models_allowed=(),
    update_check_allowed=False,
)
"""In force in a running program while its machine's policy can't be read: all that one may forbid is forbidden, and
nothing is erased on its account."""


def parse_policy(raw: object, *, name: str) -> dict[str, Any]:
    """The fields that one policy file sets.

    Args:
        raw: What is in it.
        name: Of the file, for the error.

    Raises:
        PolicyUnusable: With every mistake, naming keys and never values.
    """
    if not isinstance(raw, dict):
        raise PolicyUnusable(f"The policy file {name} is no JSON object.")
    mistakes = [f"`{key}` is no policy" for key in raw if key not in NAMES]
    mistakes += [
        f"`{key}` must be true or false"
        for key in ("LocalBackups", "PrerollAllowed", "UpdateCheckAllowed", "Welcome")
        if not isinstance(raw.get(key, True), bool)
    ]
    days = raw.get("KeepDaysAtMost", 1)
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= MOST_DAYS:
        mistakes.append(f"`KeepDaysAtMost` must be a whole number from 1 to {MOST_DAYS}")
    far = raw.get("LanguageModelAtMost", NO_MODEL)
    if not isinstance(far, str) or far not in _HOW_FAR:
        mistakes.append(f"`LanguageModelAtMost` must be one of {', '.join(_HOW_FAR)}")
    mistakes += _mistakes_about_models(raw)
    if mistakes:
        raise PolicyUnusable(f"The policy file {name} has mistakes: {'; '.join(mistakes)}.")
    return {NAMES[key]: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}


def _mistakes_about_models(raw: Mapping[str, Any]) -> list[str]:
    mistakes = []
    allowed = raw.get("ModelsAllowed", [])
    if not isinstance(allowed, list) or not all(isinstance(one, str) and one for one in allowed):
        mistakes.append("`ModelsAllowed` must be a list of names or patterns of names")
    for key, in_clear in (("ModelMirror", False), ("ModelProxy", True)):
        if key in raw and not _is_address(raw[key], in_clear=in_clear):
            how = "an address like http://proxy.example:3128" if in_clear else "an https address, or one near here"
            mistakes.append(f"`{key}` must be {how}, without a name, password or query")
    return mistakes


def _is_address(value: object, *, in_clear: bool) -> bool:
    """Whether it names a server; one far away is spoken to in clear only where what is sent is enciphered itself."""
    if not isinstance(value, str):
        return False
    near = value.replace("http://", "https://", 1) if in_clear else value
    return mistake_in(near) is None
