"""The settings: what can be set, what is in force and why, and setting one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import LanguageModelForbidden, NotRunning, SettingLocked, SettingsUnusable, UsageWrong
from sottovoce.domain.said import said
from sottovoce.language import shown, words
from sottovoce.operations.declared import INNER, Face, Family, Needs, Positional, Rest
from sottovoce.operations.shapes import Nothing, TroubleShown
from sottovoce.operations.values import Asks, Scalar, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places
    from sottovoce.domain.policy import Policy
    from sottovoce.domain.settings import Declared, Parsed, Settings
    from sottovoce.operations.declared import Ask
    from sottovoce.operations.running import Running

SAVED_S: Final = 60.0
"""Seconds the running application may take: a speech model is proven before it is taken."""
KINDS: Final = {str: "text", int: "whole number", float: "number", bool: "true or false"}
"""Names of kinds in the `--json` form."""

SETTINGS: Final = Family(
    "settings", usage="clisettings-words", default="list", words=Positional("cli-key-value", "cli-settings-words")
)


@values
class SettingShown(Values):
    """One setting, with its value in force and where that comes from."""

    key: str
    value: Scalar
    type: str
    """text, whole number, number, true or false."""
    unit: str
    choices: tuple[str, ...]
    default: Scalar
    low: float | None
    high: float | None
    source: str
    """policy, file, recommended or default."""
    locked: str | None
    """What is told of one that the policy decides."""
    text: str
    """What it means."""


@values
class SettingsShown(Values):
    """Every setting."""

    settings: tuple[SettingShown, ...]
    file: Path
    mistakes: tuple[str, ...]
    """In the file."""


@values
class ListSettings(Asks[SettingsShown]):
    """What can be set, what is in force and why."""


def _lines(answered: SettingsShown) -> str:
    lines = []
    for row in answered.settings:
        bounds = "" if row.low is None else words("clisettings-bounds", low=f"{row.low:g}", high=f"{row.high:g}")
        bounds += f": {', '.join(row.choices)}" if row.choices else ""
        value = " ".join(filter(None, [_text(row.value) or words("clisettings-empty"), row.unit]))
        lines.append(f"{row.key:24}{value}  ({row.source}; {_kind(row.type)}{bounds}; {_default(row)})")
        lines += [f"{'':24}{text}" for text in (row.text, row.locked) if text]
    return "\n".join([*lines, "", f"{answered.file}", *(f"  {mistake}" for mistake in answered.mistakes)])


def _kind(name: str) -> str:
    kinds = {
        KINDS[str]: words("clisettings-kind-text"),
        KINDS[int]: words("clisettings-kind-whole"),
        KINDS[float]: words("clisettings-kind-number"),
    }
    return kinds.get(name, words("clisettings-kind-switch"))


def _default(row: SettingShown) -> str:
    if row.default == "":
        return words("clisettings-default-empty")
    return words("clisettings-default", value=_text(row.default))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


@SETTINGS.operation(
    "settings.list",
    ListSettings,
    SettingsShown,
    effect=Effect.READ,
    needs=Needs.NOTHING,
    faces=Face.LINE,
    prints=_lines,
)
async def list_settings(places: "Places", _: ListSettings) -> SettingsShown:
    """List them."""
    rows, parsed = _rows(places.settings_file)
    mistakes = tuple(shown(mistake.said) for mistake in parsed.mistakes)
    return SettingsShown(settings=rows, file=places.settings_file, mistakes=mistakes)


@values
class SettingRead(SettingShown):
    """One setting, and what is wrong with what the file says of it."""

    trouble: TroubleShown | None
    """What stands in the file can't be used, so that another value is in force."""


@values
class GetSetting(Asks[SettingRead]):
    """One setting."""

    key: Annotated[str, Positional()]


@SETTINGS.operation(
    "settings.get",
    GetSetting,
    SettingRead,
    effect=Effect.READ,
    needs=Needs.NOTHING,
    faces=Face.LINE,
    prints=lambda answered: _text(answered.value),
    notes=lambda answered: answered.trouble,
)
async def get_setting(places: "Places", asked: GetSetting) -> SettingRead:
    """Show one setting.

    Raises:
        UsageWrong: There is none of this name.
    """
    key = _known(asked.key).name
    rows, parsed = _rows(places.settings_file)
    row = next(row for row in rows if row.key == key)
    return SettingRead(**vars(row), trouble=_trouble(parsed, key))


@values
class ChangeSetting(Asks[SettingShown]):
    """Set one: in the running application, which has it in force then; else in the file alone."""

    key: Annotated[str, Positional()]
    value: Annotated[str, Rest()]


def _changed(answered: SettingShown) -> str:
    line = f"{answered.key} = {_text(answered.value)}"
    return f"{line}\n{words('clisettings-at-start')}" if _known(answered.key).at_start else line


@SETTINGS.operation(
    "settings.change",
    ChangeSetting,
    SettingShown,
    effect=Effect.WRITE,
    needs=Needs.OPERATIONS,
    faces=Face.LINE,
    line="settings.set",
    prints=_changed,
)
async def change_setting(ask: "Ask", asked: ChangeSetting) -> SettingShown:
    """Change one setting.

    Raises:
        UsageWrong: There is none of this name.
        SettingsUnusable: The file can't be read or changed, or the value is none for the key.
        SettingLocked: The administrator's policy decides it alone.
        SottovoceError: The running application can't work with it; nothing was changed.
    """
    import os  # noqa: PLC0415 - completion needs none of these

    from sottovoce.adapters.places import places  # noqa: PLC0415
    from sottovoce.adapters.policy_files import PolicySource  # noqa: PLC0415
    from sottovoce.adapters.settings_file import write_setting  # noqa: PLC0415

    setting, file = _known(asked.key), places(os.environ).settings_file
    value = setting.from_text(asked.value)
    policy = PolicySource().now()
    if setting.name in policy.decided:
        raise SettingLocked(policy.locked[setting.name])
    try:
        await ask(SetSetting(key=setting.name, value=cast("Scalar", value)))
    except NotRunning as nobody:
        if type(nobody) is not NotRunning:
            raise
        if _is_forbidden(file, setting, value, policy):
            raise LanguageModelForbidden from None
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_setting(file, setting.name, value)
    return _row_of(file, setting.name)


@values
class SetSetting(Asks[Nothing]):
    """Put one setting into force and on disk, beside whatever else is changed meanwhile."""

    key: str
    value: Scalar


@SETTINGS.operation(
    "settings.set",
    SetSetting,
    Nothing,
    effect=Effect.WRITE,
    needs=Needs.APPLICATION,
    faces=INNER,
    line="",
    longest_s=SAVED_S,
)
async def set_setting(running: "Running", asked: SetSetting) -> Nothing:
    """Put it into force; on an error all stay as they are.

    Raises:
        SottovoceError: There is no such value, the policy decides it, a key is taken, a voice is missing.
    """
    await running.set_setting(asked.key, asked.value)
    return Nothing()


@values
class SettingsPath(Values):
    """Where they stand."""

    path: Path


@values
class ShowSettingsPath(Asks[SettingsPath]):
    """Where the settings stand."""


@SETTINGS.operation(
    "settings.path",
    ShowSettingsPath,
    SettingsPath,
    effect=Effect.READ,
    needs=Needs.NOTHING,
    faces=Face.LINE,
    prints=lambda answered: str(answered.path),
)
async def show_settings_path(places: "Places", _: ShowSettingsPath) -> SettingsPath:
    """Show where settings.toml is."""
    return SettingsPath(path=places.settings_file)


def _known(key: str) -> "Declared":
    from sottovoce.domain.settings import declared  # noqa: PLC0415 - as above

    for setting in declared():
        if setting.name == key:
            return setting
    raise UsageWrong(said("clisettings-unknown"))


def _row_of(file: Path, key: str) -> SettingShown:
    return next(row for row in _rows(file)[0] if row.key == key)


def _rows(file: Path) -> tuple[tuple[SettingShown, ...], "Parsed"]:
    """Every setting with its value in force and where that comes from; and what the file says."""
    from sottovoce.adapters.policy_files import PolicySource  # noqa: PLC0415 - as above
    from sottovoce.adapters.settings_file import read_settings  # noqa: PLC0415 - as above
    from sottovoce.domain.settings import declared  # noqa: PLC0415 - as above

    policy = PolicySource().now()
    parsed = read_settings(file, policy.usual)
    in_force = policy.applied(parsed.settings)
    usual = [setting.usual(policy.usual) for setting in declared()]
    return tuple(_row(setting, in_force, policy) for setting in usual), parsed


def _trouble(parsed: "Parsed", key: str) -> TroubleShown | None:
    """What is wrong with this one in the file, with its line."""
    import dataclasses  # noqa: PLC0415 - as above

    try:
        dataclasses.replace(parsed, mistakes=tuple(one for one in parsed.mistakes if one.name == key)).strict()
    except SettingsUnusable as error:
        return TroubleShown.of(error)
    return None


def _row(setting: "Declared", in_force: "Settings", policy: "Policy") -> SettingShown:
    value = getattr(in_force, setting.name)
    return SettingShown(
        key=setting.name,
        value=value,
        type=KINDS[setting.kind],
        unit=setting.unit,
        choices=tuple(setting.choices),
        default=setting.default,
        low=setting.low,
        high=setting.high,
        source=_source(setting, value, policy),
        locked=shown(policy.locked[setting.name]) if setting.name in policy.locked else None,
        text=shown(setting.meaning),
    )


def _source(setting: "Declared", value: object, policy: "Policy") -> str:
    """Who says so: the policy, which may only recommend it, the program's default, or the user's file."""
    if setting.name in policy.decided:
        return "policy"
    if value != setting.default:
        return "file"
    return "recommended" if setting.name in dict(policy.recommended) else "default"


def _is_forbidden(file: Path, setting: "Declared", value: Any, policy: "Policy") -> bool:  # noqa: ANN401 - of any setting
    """Whether a language model would be named that may not be asked."""
    from sottovoce.adapters.settings_file import read_settings  # noqa: PLC0415 - as above
    from sottovoce.domain.settings import with_setting  # noqa: PLC0415 - as above

    if not setting.names_model or not value:
        return False
    asked = policy.applied(with_setting(read_settings(file, policy.usual).settings, setting.name, value))
    return bool(asked.language_model_address) and not policy.lets_ask(
        asked.language_model_address, asked.language_model_name
    )
