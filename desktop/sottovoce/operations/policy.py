"""The administrator's policy: what is in force and who says so, and whether a file would do."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import PolicyUnusable
from sottovoce.language import words
from sottovoce.operations.declared import Face, Family, Needs, Positional
from sottovoce.operations.shapes import TroubleShown
from sottovoce.operations.values import FILE_NAME, FOR_PEOPLE, LEFT_OUT, Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places

POLICY: Final = Family("policy", usage="clipolicy-one-file", default="show")


@values
class PolicyInForce(Values):
    """What is in force, and who says so."""

    policy: Mapping[str, Any]
    """Name → what is decided; null where the user chooses."""
    recommended: Mapping[str, Any]
    sources: Mapping[str, str]
    """Name → where that is said."""
    files: tuple[str, ...]
    reserved: tuple[str, ...]
    """Names of what nothing is guarded by yet."""
    closed: tuple[str, ...]
    """What is forbidden because a part of the policy can't be used."""
    trouble: TroubleShown | None


@values
class ShowPolicy(Asks[PolicyInForce]):
    """The policy in force."""


def _in_force(answered: PolicyInForce) -> str:
    lines = _lines(answered.policy, answered.recommended, answered.sources)
    return "\n".join(lines if answered.sources else [words("clipolicy-none"), *lines])


@POLICY.operation(
    "policy.show",
    ShowPolicy,
    PolicyInForce,
    effect=Effect.READ,
    needs=Needs.NOTHING,
    faces=Face.LINE,
    prints=_in_force,
    exit_code=lambda answered: PolicyUnusable.exit_code if answered.trouble else 0,
    notes=lambda answered: answered.trouble,
)
async def show_policy(_: "Places", __: ShowPolicy) -> PolicyInForce:
    """Show the policy in force."""
    from sottovoce.adapters.policy_files import PolicySource  # noqa: PLC0415 - completion needs none of these
    from sottovoce.domain.policy_table import DECLARED  # noqa: PLC0415

    source = PolicySource()
    present, places = source.in_force.policy, source.in_force.places
    return PolicyInForce(
        policy=present.to_json(),
        recommended=present.recommended_json(),
        sources={name: _named(place) for name, place in places.items()},
        files=tuple(sorted(map(_named, set(places.values())))),
        reserved=tuple(one.name for one in DECLARED if one.planned),
        closed=tuple(sorted(source.in_force.closed)),
        trouble=TroubleShown.of(source.trouble),
    )


def _named(place: str) -> str:
    from sottovoce.domain.policy import UNREADABLE  # noqa: PLC0415 - as above

    return words("policy-unreadable") if place == UNREADABLE else place


@values
class PolicyChecked(Values):
    """Whether a file would do."""

    file: str
    ok: bool
    error: Annotated[TroubleShown | None, LEFT_OUT] = None
    policy: Annotated[Mapping[str, Any] | None, LEFT_OUT] = None
    """What it decides."""
    recommended: Annotated[Mapping[str, Any] | None, FOR_PEOPLE] = None


@values
class CheckPolicy(Asks[PolicyChecked]):
    """Whether a file, or a folder of them, could be put into force."""

    file: Annotated[str, FILE_NAME, Positional("FILE", "cli-policy-file")]


def _checked(answered: PolicyChecked) -> str:
    if answered.policy is None:
        return ""
    return "\n".join([words("clipolicy-usable"), *_lines(answered.policy, answered.recommended or {}, {})])


@POLICY.operation(
    "policy.check",
    CheckPolicy,
    PolicyChecked,
    effect=Effect.READ,
    needs=Needs.NOTHING,
    faces=Face.LINE,
    prints=_checked,
    exit_code=lambda answered: 0 if answered.ok else 1,
    notes=lambda answered: answered.error,
)
async def check_policy(_: "Places", asked: CheckPolicy) -> PolicyChecked:
    """Read it; that it can't be used is the answer."""
    return _read(Path(asked.file))


def _read(file: Path) -> PolicyChecked:
    from sottovoce.adapters.policy_files import read_policy, read_policy_file  # noqa: PLC0415 - as above
    from sottovoce.domain.policy import Policy  # noqa: PLC0415 - as above

    try:
        checked = read_policy(file) if file.is_dir() else Policy(**read_policy_file(file))
    except PolicyUnusable as error:
        return PolicyChecked(file=str(file), ok=False, error=TroubleShown.of(error))
    return PolicyChecked(file=str(file), ok=True, policy=checked.to_json(), recommended=checked.recommended_json())


def _lines(policy: Mapping[str, Any], recommended: Mapping[str, Any], sources: Mapping[str, str]) -> list[str]:
    from sottovoce.domain.policy import RECOMMENDED_MARK  # noqa: PLC0415 - as above
    from sottovoce.domain.policy_table import DECLARED  # noqa: PLC0415 - as above

    lines = []
    for one in DECLARED:
        value = policy[one.name]
        shown = _in_words(value, sources.get(one.name, ""), planned=one.planned)
        if value is None and one.name in recommended:
            place = sources.get(f"{one.name}{RECOMMENDED_MARK}", "")
            shown = _in_words(recommended[one.name], place, recommended=True)
        lines.append(f"{one.name:30}{shown}")
    return lines


def _in_words(value: Any, place: str, *, planned: bool = False, recommended: bool = False) -> str:  # noqa: ANN401 - of any policy
    if value is None:
        return words("clipolicy-reserved") if planned else words("clipolicy-user-chooses")
    shown = str(value)
    if isinstance(value, bool):
        shown = words("clipolicy-on") if value else words("clipolicy-off")
    if isinstance(value, list):
        shown = ", ".join(value) or words("clipolicy-nothing")
    mark = words("clipolicy-recommended", place=place) if recommended and place else place
    marks = [mark, words("clipolicy-reserved") if planned else ""]
    return "  ".join([shown, *(f"({one})" for one in marks if one)])
