"""What the administrator of a machine has decided for all its users: settings that are fixed, limits, and defaults."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import fnmatch
import ntpath
import posixpath
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sottovoce.domain.endpoints import mistake_in, reach_of, reaches
from sottovoce.domain.errors import EraseForbidden, ExportForbidden, PolicyUnusable
from sottovoce.domain.memories import Reach
from sottovoce.domain.policy_table import DECLARED, PolicyValues
from sottovoce.domain.settings import MOST_CHARS, Settings, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sottovoce.domain.policy_declared import DeclaredPolicy

NAMES: Mapping[str, str] = MappingProxyType({one.name: one.field for one in DECLARED})
"""As policy files write them, and the field each stands for."""
_BY_NAME = {one.name: one for one in DECLARED}
_DECIDING = tuple(one for one in DECLARED if one.setting)
MOST_DAYS = _BY_NAME["KeepDaysAtMost"].high or 0
ESCROW = frozenset({"RecoveryEscrowFolder", "RecoveryEscrowKey"})
"""Policies about who keeps a store's recovery code."""
NO_MODEL = "none"
X25519_BYTES = 32
X25519_HEAD = bytes.fromhex("302a300506032b656e032100")
"""What stands before an X25519 public key in the DER form that `openssl` writes (RFC 8410)."""
_HOW_FAR: Mapping[str, str] = MappingProxyType(
    {
        NO_MODEL: "Your administrator lets no language model be asked.",
        Reach.DEVICE: "Your administrator lets only language models on this machine be asked.",
        Reach.NETWORK: "Your administrator lets only language models in your own network be asked.",
        Reach.ANY: "Your administrator lets any language model be asked.",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(PolicyValues):
    """One machine's; what is not set leaves the choice to the user."""

    recommended: tuple[tuple[str, Any], ...] = ()
    """Settings with the default that the administrator gives them, in the order of the table of policies."""

    def lets_install(self, name: str) -> bool:
        """Whether a speech model of this name may be installed or imported."""
        return _fits(name, self.models_allowed)

    def lets_ask(self, address: str, name: str = "") -> bool:
        """Whether a language model of this name at this address, which must be one, may be asked."""
        limit = self.language_model_at_most
        near = limit is None or (limit != NO_MODEL and reaches(reach_of(address), Reach(limit)))
        named = _fits(address.lower(), self.endpoints_allowed and tuple(map(str.lower, self.endpoints_allowed)))
        return near and named and _fits(name, self.language_models_allowed)

    @property
    def escrows(self) -> bool:
        """Whether recovery codes are kept for the administrator."""
        return bool(self.recovery_escrow_folder or self.recovery_escrow_key)

    @property
    def usual(self) -> Settings:
        """Every setting's default, as the administrator gives it."""
        return Settings(**dict(self.recommended))

    def applied(self, settings: Settings) -> Settings:
        """The settings that are in force under this policy."""
        fixed = {one.setting: one.sets if one.sets is not None else value for one, value in self._deciding()}
        return dataclasses.replace(settings, **fixed) if fixed else settings

    def _deciding(self) -> Iterable[tuple[DeclaredPolicy, Any]]:
        """The policies that decide a setting here, with their values; a later one beats those before."""
        for one in _DECIDING:
            value = getattr(self, one.field)
            if value is not None and one.only in {None, value}:
                yield one, value

    @property
    def decided(self) -> frozenset[str]:
        """Settings that the policy decides alone: a user's own choice is kept, and not in force."""
        return frozenset(one.setting for one, _ in self._deciding())

    @property
    def locked(self) -> Mapping[str, str]:
        """Settings that are not, or not wholly, the user's to choose: the name, and what to tell about it."""
        told = {one.setting: _told_of(one, value) for one, value in self._deciding()}
        if self.keep_days_at_most:
            days = f"Your administrator lets messages be kept for {self.keep_days_at_most} days at most."
            told["keep_days"] = " ".join(filter(None, [told.get("keep_days"), days]))
        if self.endpoints_allowed is not None:
            told.setdefault("language_model_address", "Your administrator lets only some addresses be asked.")
        if self.language_model_at_most is not None and "language_model_address" not in self.decided:
            told["language_model_address"] = _HOW_FAR[self.language_model_at_most]
        if self.language_models_allowed is not None:
            told.setdefault("language_model_name", "Your administrator lets only some language models be asked.")
        return told

    @property
    def forbidden(self) -> Mapping[str, str]:
        """Acts that are not the user's to do: `export`, `erase`, and what to tell about it."""
        told = {}
        if self.export_allowed is False:
            told["export"] = ExportForbidden().sentence
        if self.erase_allowed is False:
            told["erase"] = EraseForbidden().sentence
        return told

    def to_json(self) -> dict[str, Any]:
        """As a policy file writes it; what is not set is null."""
        return {one.name: _plain(one, getattr(self, one.field)) for one in DECLARED}

    def recommended_json(self) -> dict[str, Any]:
        """What is recommended, as a policy file writes it."""
        given = dict(self.recommended)
        return {one.name: given[one.setting] for one in DECLARED if one.may_be_recommended and one.setting in given}


CLOSED = Policy(**{one.field: one.closed for one in DECLARED if one.closed is not None})
"""In force in place of what can't be read: all that a policy may forbid is forbidden, and nothing is erased on its
account."""


def _fits(text: str, patterns: tuple[str, ...] | None) -> bool:
    return patterns is None or any(fnmatch.fnmatchcase(text, pattern) for pattern in patterns)


def _told_of(one: DeclaredPolicy, value: object) -> str:
    if one.told:
        return one.told
    if isinstance(value, bool):
        return f"Your administrator has turned this {'on' if value else 'off'}."
    return "Your administrator has decided this."


def _plain(one: DeclaredPolicy, value: object) -> object:
    if value is None or (one.unset is not None and value == one.unset):
        return None
    return list(value) if isinstance(value, tuple) else value


# What files say


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is in one file, or one key of the registry."""

    values: Mapping[str, Any]
    """What can be used, by the names of the policies."""
    mistakes: tuple[str, ...] = ()
    """Naming keys and never values."""
    unusable: frozenset[str] = frozenset()
    """Policies whose value can't be used."""
    all_unusable: bool = False
    """Whether nobody can tell what it was to guard."""


def judge(raw: object) -> Judged:
    """What of it can be used, and every mistake in it."""
    if not isinstance(raw, dict):
        return Judged(values={}, mistakes=("it is no JSON object",), all_unusable=True)
    unknown = [f"`{key}` is no policy" for key in raw if key not in NAMES]
    values, wrong = {}, {}
    for name, value in raw.items():
        if name in NAMES and (mistake := _mistake(_BY_NAME[name], value, raw)):
            wrong[name] = f"`{name}` must be {mistake}"
        elif name in NAMES:
            values[name] = tuple(value) if isinstance(value, list) else value
    return Judged(
        values=values,
        mistakes=(*unknown, *wrong.values()),
        unusable=frozenset(wrong),
        all_unusable=bool(unknown),
    )


def parse_policy(raw: object, *, name: str) -> dict[str, Any]:
    """The fields that one policy file sets.

    Args:
        raw: What is in it.
        name: Of the file, for the error.

    Raises:
        PolicyUnusable: With every mistake, naming keys and never values.
    """
    judged = judge(raw)
    if judged.mistakes:
        raise PolicyUnusable(mistakes_in(name, judged.mistakes))
    return {NAMES[key]: value for key, value in judged.values.items()}


def mistakes_in(name: str, mistakes: Iterable[str]) -> str:
    """What is wrong with a policy file, as a sentence."""
    return f"The policy file {name} has mistakes: {'; '.join(mistakes)}."


def _mistake(one: DeclaredPolicy, value: object, raw: Mapping[str, object]) -> str:
    """What the value must be and is not, behind "must be"; empty if it can be used."""
    wrong = _OF_KIND[one.kind](one, value)
    if not wrong and one.form:
        wrong = next(filter(None, map(_OF_FORM[one.form], value if isinstance(value, list) else [value])), "")
    if not wrong and one.may_be_recommended:
        beside = {"own_network": raw["OwnNetwork"]} if "OwnNetwork" in raw and one.name != "OwnNetwork" else {}
        mistakes = [said for said in parse({**beside, one.setting: value}).mistakes if f"`{one.setting}`" in said]
        wrong = next(iter(mistakes), "").removeprefix(f"`{one.setting}` must ").removeprefix("be ")
    return wrong


def _not_whole(one: DeclaredPolicy, value: object) -> str:
    fits = isinstance(value, int) and not isinstance(value, bool) and (one.low or 0) <= value <= (one.high or 0)
    return "" if fits else f"a whole number from {one.low} to {one.high}"


def _is_short(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MOST_CHARS


def _not_listed(one: DeclaredPolicy, value: object) -> str:
    if isinstance(value, list) and all(_is_short(entry) and entry for entry in value):
        return ""
    return "a list of absolute paths" if one.form == "path" else "a list of names or patterns of names"


_OF_KIND: dict[str, Callable[[DeclaredPolicy, object], str]] = {
    "boolean": lambda _, value: "" if isinstance(value, bool) else "true or false",
    "integer": _not_whole,
    "text": lambda _, value: "" if _is_short(value) else "text",
    "choice": lambda one, value: "" if value in one.choices else f"one of {', '.join(one.choices)}",
    "list": _not_listed,
}


def _not_address(value: str) -> str:
    """One far away is spoken to enciphered."""
    return "an https address, or one near here, without a name, password or query" if mistake_in(value) else ""


def _not_proxy(value: str) -> str:
    """What goes through it is enciphered itself."""
    wrong = mistake_in(value.replace("http://", "https://", 1))
    return "an address like http://proxy.example:3128, without a name, password or query" if wrong else ""


def _not_path(value: str) -> str:
    return "" if posixpath.isabs(value) or ntpath.splitdrive(value)[0] else "an absolute path"


def _not_key(value: str) -> str:
    return "" if public_key(value) else "an X25519 public key in base64"


_OF_FORM: dict[str, Callable[[str], str]] = {
    "address": _not_address,
    "proxy": _not_proxy,
    "path": _not_path,
    "public-key": _not_key,
}


def public_key(text: str) -> bytes:
    """The 32 bytes of an X25519 public key in base64, alone or behind its DER head; empty if it is none."""
    try:
        content = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return b""
    content = content.removeprefix(X25519_HEAD)
    return content if len(content) == X25519_BYTES else b""


# What comes of all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One file, or one key of the registry, as it was read."""

    place: str
    """Where it is, for people."""
    managed: bool
    """Whether it beats the user; else it recommends."""
    raw: object = None
    trouble: str = ""
    """Why it can't be read, as a sentence; empty if it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What all the layers together say."""

    policy: Policy
    places: Mapping[str, str]
    """Where the value of each comes from: a managed one by its name, a recommended one by `name (recommended)`."""
    trouble: PolicyUnusable | None = None
    """What is wrong with them."""
    closed: frozenset[str] = frozenset()
    """Policies that can't be read, by their names: all that they may forbid is forbidden."""


RECOMMENDED_MARK = " (recommended)"
UNREADABLE = "a policy that can't be read"
"""Where the value of a policy comes from that is closed for it."""


def merged(layers: Iterable[Layer]) -> InForce:
    """What is in force.

    Args:
        layers: The weakest first: a later one wins.
    """
    merging = _Merging()
    for layer in layers:
        merging.take(layer)
    return merging.result()


class _Merging:
    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._recommended: dict[str, Any] = {}
        self._places: dict[str, str] = {}
        self._closed: set[str] = set()
        self._all_closed = False
        self._told: list[str] = []

    def take(self, layer: Layer) -> None:
        if layer.trouble:
            judged = Judged(values={}, all_unusable=True)
            self._told.append(layer.trouble)
        else:
            judged = judge(layer.raw)
        values = dict(judged.values)
        mistakes = list(judged.mistakes)
        if not layer.managed:
            mistakes += [f"`{name}` can't be recommended" for name in values if not _BY_NAME[name].may_be_recommended]
            values = {name: value for name, value in values.items() if _BY_NAME[name].may_be_recommended}
        if mistakes:
            self._told.append(mistakes_in(layer.place, mistakes))
        mark = "" if layer.managed else RECOMMENDED_MARK
        self._places |= {f"{name}{mark}": layer.place for name in values}
        if layer.managed:
            self._values |= values
            self._closed |= judged.unusable
            self._all_closed |= judged.all_unusable
        else:
            self._recommended |= values

    def result(self) -> InForce:
        closed = [one for one in DECLARED if self._all_closed or one.name in self._closed]
        for one in closed:
            if one.closed is not None:
                self._values[one.name] = one.closed
                self._places[one.name] = UNREADABLE
            elif one.erases:
                self._values.pop(one.name, None)
                self._places.pop(one.name, None)
        return InForce(
            policy=Policy(
                recommended=tuple(
                    (one.setting, self._recommended[one.name]) for one in DECLARED if one.name in self._recommended
                ),
                **{NAMES[name]: value for name, value in self._values.items()},
            ),
            places={key: self._places[key] for key in sorted(self._places)},
            trouble=PolicyUnusable(" ".join(self._told)) if self._told else None,
            closed=frozenset(one.name for one in closed),
        )
