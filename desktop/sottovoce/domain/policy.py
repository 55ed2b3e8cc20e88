"""What the administrator of a machine has decided for all its users: settings that are fixed, limits, and defaults."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import fnmatch
import functools
import ntpath
import posixpath
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sottovoce.domain.endpoints import mistake_in, reach_of, reaches
from sottovoce.domain.errors import PolicyUnusable
from sottovoce.domain.memories import Reach
from sottovoce.domain.mistakes import Mistake, in_a_row
from sottovoce.domain.policy_table import DECLARED, PolicyValues
from sottovoce.domain.said import Said, said
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
_HOW_FAR: Mapping[str, Said] = MappingProxyType(
    {
        NO_MODEL: said("policy-asks-nobody"),
        Reach.DEVICE: said("policy-asks-device"),
        Reach.NETWORK: said("policy-asks-network"),
        Reach.ANY: said("policy-asks-any"),
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

    def lets_trace(self, address: str) -> bool:
        """Whether times of steps, without any words, may be sent to this address, which must be one."""
        if self.traces_allowed is False:
            return False
        limit = self.language_model_at_most
        near = limit is None or reaches(reach_of(address), Reach.DEVICE if limit == NO_MODEL else Reach(limit))
        return near and _fits(address.lower(), self.endpoints_allowed and tuple(map(str.lower, self.endpoints_allowed)))

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
    def locked(self) -> Mapping[str, Said]:
        """Settings that are not, or not wholly, the user's to choose: the name, and what to tell about it."""
        told = {one.setting: _told_of(one, value) for one, value in self._deciding()}
        if self.keep_days_at_most:
            days = said("policy-keeps-days", days=self.keep_days_at_most)
            before = told.get("keep_days")
            told["keep_days"] = said("policy-both", first=before, rest=days) if before else days
        if self.endpoints_allowed is not None:
            told.setdefault("language_model_address", said("policy-asks-addresses"))
        if self.language_model_at_most is not None and "language_model_address" not in self.decided:
            told["language_model_address"] = _HOW_FAR[self.language_model_at_most]
        if self.language_models_allowed is not None:
            told.setdefault("language_model_name", said("policy-asks-models"))
        return told

    @property
    def forbidden(self) -> Mapping[str, Said]:
        """Acts that are not the user's to do: `export`, `erase`, and what to tell about it."""
        told = {}
        if self.export_allowed is False:
            told["export"] = said("error-export-forbidden")
        if self.erase_allowed is False:
            told["erase"] = said("error-erase-forbidden")
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


def _told_of(one: DeclaredPolicy, value: object) -> Said:
    if one.told:
        return said(one.told)
    if isinstance(value, bool):
        return said("policy-turned-on" if value else "policy-turned-off")
    return said("policy-decided")


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
    mistakes: tuple[Mistake, ...] = ()
    unusable: frozenset[str] = frozenset()
    """Policies whose value can't be used."""
    all_unusable: bool = False
    """Whether nobody can tell what it was to guard."""


def judge(raw: object) -> Judged:
    """What of it can be used, and every mistake in it."""
    if not isinstance(raw, dict):
        return Judged(values={}, mistakes=(Mistake("", said("must-be-object")),), all_unusable=True)
    unknown = [Mistake(key, said("must-be-policy")) for key in raw if key not in NAMES]
    values: dict[str, Any] = {}
    wrong: dict[str, Mistake] = {}
    for name, value in raw.items():
        if name in NAMES and (mistake := _mistake(_BY_NAME[name], value, raw)):
            wrong[name] = Mistake(name, mistake)
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


def mistakes_in(name: str, mistakes: Iterable[Mistake]) -> Said:
    """What is wrong with a policy file, as a sentence."""
    return said("error-policy-unusable-mistakes", file=name, mistakes=in_a_row(mistakes))


def _mistake(one: DeclaredPolicy, value: object, raw: Mapping[str, object]) -> Said | None:
    """What the value must be and is not; None if it can be used."""
    wrong = _OF_KIND[one.kind](one, value)
    if wrong is None and one.form:
        wrong = next(filter(None, map(_OF_FORM[one.form], value if isinstance(value, list) else [value])), None)
    if wrong is None and one.may_be_recommended:
        beside = {"own_network": raw["OwnNetwork"]} if "OwnNetwork" in raw and one.name != "OwnNetwork" else {}
        mistakes = parse({**beside, one.setting: value}).mistakes
        wrong = next((mistake.why for mistake in mistakes if mistake.name == one.setting), None)
    return wrong


def _not_whole(one: DeclaredPolicy, value: object) -> Said | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and (one.low or 0) <= value <= (one.high or 0)
    return None if fits else said("must-be-whole-from-to", low=one.low, high=one.high)


def _is_short(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MOST_CHARS


def _not_listed(one: DeclaredPolicy, value: object) -> Said | None:
    if isinstance(value, list) and all(_is_short(entry) and entry for entry in value):
        return None
    return said("must-be-paths" if one.form == "path" else "must-be-patterns")


def _not_chosen(one: DeclaredPolicy, value: object) -> Said | None:
    return None if value in one.choices else said("must-be-one-of", choices=", ".join(one.choices))


_OF_KIND: dict[str, Callable[[DeclaredPolicy, object], Said | None]] = {
    "boolean": lambda _, value: None if isinstance(value, bool) else said("must-be-true-or-false"),
    "integer": _not_whole,
    "text": lambda _, value: None if _is_short(value) else said("must-be-any-text"),
    "choice": _not_chosen,
    "list": _not_listed,
}


def _not_address(value: str) -> Said | None:
    """One far away is spoken to enciphered."""
    return said("must-be-near-address") if mistake_in(value) else None


def _not_proxy(value: str) -> Said | None:
    """What goes through it is enciphered itself."""
    return said("must-be-proxy") if mistake_in(value.replace("http://", "https://", 1)) else None


def _not_path(value: str) -> Said | None:
    return None if posixpath.isabs(value) or ntpath.splitdrive(value)[0] else said("must-be-path")


def _not_key(value: str) -> Said | None:
    return None if public_key(value) else said("must-be-public-key")


_OF_FORM: dict[str, Callable[[str], Said | None]] = {
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
class PolicyLayer:
    """One file, or one key of the registry, as it was read."""

    place: str
    """Where it is, for people."""
    managed: bool
    """Whether it beats the user; else it recommends."""
    raw: object = None
    trouble: Said | str | None = None
    """Why it can't be read, as a sentence; None if it can."""


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
UNREADABLE = "unreadable"
"""In the place of where a value comes from, for a policy that can't be read and is closed for it."""


def merged(layers: Iterable[PolicyLayer]) -> InForce:
    """Merge the policies of all places into what is in force.

    Args:
        layers: The weakest first: a later one wins.
    """
    merging = _Merging()
    for layer in layers:
        merging.take(layer)
    return merging.result()


def _both(first: Said | str, rest: Said | str) -> Said:
    return said("policy-both", first=first, rest=rest)


class _Merging:
    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._recommended: dict[str, Any] = {}
        self._places: dict[str, str] = {}
        self._closed: set[str] = set()
        self._all_closed = False
        self._told: list[Said | str] = []

    def take(self, layer: PolicyLayer) -> None:
        if layer.trouble:
            judged = Judged(values={}, all_unusable=True)
            self._told.append(layer.trouble)
        else:
            judged = judge(layer.raw)
        values = dict(judged.values)
        mistakes = list(judged.mistakes)
        if not layer.managed:
            own = [name for name in values if not _BY_NAME[name].may_be_recommended]
            mistakes += [Mistake(name, said("must-not-be-recommended")) for name in own]
            values = {name: value for name, value in values.items() if name not in own}
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
            trouble=PolicyUnusable(functools.reduce(_both, self._told)) if self._told else None,
            closed=frozenset(one.name for one in closed),
        )
