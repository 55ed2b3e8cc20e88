"""The administrator's policy: what is in force and who says so, and whether a file would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.policy_files import PolicySource, read_policy, read_policy_file
from sottovoce.commands.printed import Printed, note_error
from sottovoce.domain.errors import PolicyUnusable, UsageWrong
from sottovoce.domain.policy import RECOMMENDED_MARK, UNREADABLE, Policy
from sottovoce.domain.policy_table import DECLARED
from sottovoce.language import words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

RESERVED = "reserved: there is nothing yet that it guards"


async def policy(arguments: argparse.Namespace) -> Printed:
    """`policy show`: exit 3 if not all of it can be read; `policy check FILE|FOLDER`: exit 1 if it can't be used.

    Raises:
        UsageWrong: The file to check is missing, or one is named where none belongs.
    """
    if (arguments.what == "check") != (arguments.file is not None):
        raise UsageWrong("`policy check` takes one file, and `policy show` none.")
    return _shown(PolicySource()) if arguments.what == "show" else _checked(Path(arguments.file))


def _shown(source: PolicySource) -> Printed:
    present, places, trouble = source.in_force.policy, source.in_force.places, source.trouble
    if trouble:
        note_error(trouble)
    lines = _lines(present, places) if places else ["There is no policy on this machine.", *_lines(present, places)]
    return Printed(
        "\n".join(lines),
        {
            "policy": present.to_json(),
            "recommended": present.recommended_json(),
            "sources": {name: _named(place) for name, place in places.items()},
            "files": sorted(map(_named, set(places.values()))),
            "reserved": [one.name for one in DECLARED if one.planned],
            "closed": sorted(source.in_force.closed),
            "trouble": trouble and _told(trouble),
        },
        trouble.exit_code if trouble else 0,
    )


def _checked(file: Path) -> Printed:
    try:
        checked = read_policy(file) if file.is_dir() else Policy(**read_policy_file(file))
    except PolicyUnusable as error:
        note_error(error)
        return Printed("", {"file": str(file), "ok": False, "error": _told(error)}, 1)
    text = "\n".join(["It can be used.", *_lines(checked, {})])
    return Printed(text, {"file": str(file), "ok": True, "policy": checked.to_json()})


def _told(trouble: PolicyUnusable) -> dict[str, str]:
    return {"code": trouble.code, "sentence": trouble.sentence, "remedy": trouble.remedy}


def _lines(present: Policy, places: Mapping[str, str]) -> list[str]:
    recommended = present.recommended_json()
    lines = []
    for one in DECLARED:
        value = present.to_json()[one.name]
        said = _in_words(value, places.get(one.name, ""), planned=one.planned)
        if value is None and one.name in recommended:
            place = places.get(f"{one.name}{RECOMMENDED_MARK}", "")
            said = _in_words(recommended[one.name], place).replace("  (", "  (recommended, ", 1)
        lines.append(f"{one.name:30}{said}")
    return lines


def _named(place: str) -> str:
    return words("policy-unreadable") if place == UNREADABLE else place


def _in_words(value: Any, place: str, *, planned: bool = False) -> str:  # noqa: ANN401 - of any policy
    if value is None:
        return "the user chooses" if not planned else RESERVED
    shown = {True: "on", False: "off"}[value] if isinstance(value, bool) else value
    if isinstance(value, list):
        shown = ", ".join(value) or "none"
    marks = [place and _named(place), RESERVED if planned else ""]
    return "  ".join([str(shown), *(f"({mark})" for mark in marks if mark)])
