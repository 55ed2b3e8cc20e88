"""The table of policies, what is made from it, and that the program honours just that."""

from __future__ import annotations

import dataclasses
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.domain.policy import CLOSED, Policy, judge
from sottovoce.domain.policy_declared import DeclaredPolicy
from sottovoce.domain.policy_table import DECLARED
from sottovoce.domain.settings import Settings, declared
from sottovoce.language import shown
from tools.policies.__main__ import made, main, stale
from tools.policies.table import ROOT, Table, read

if TYPE_CHECKING:
    from pathlib import Path

TABLE = read()
SETTINGS = {one.name: one for one in declared()}
KINDS = {"boolean": bool, "integer": int, "text": str, "choice": str}


def test_everything_is_as_it_would_be_made() -> None:
    assert stale(TABLE) == [], "run `python -m tools.policies`"


def test_what_is_stale_is_named_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.policies.__main__.ROOT", tmp_path)
    assert main(["--check"]) == 1
    assert "docs/policies.md is stale" in capsys.readouterr().out
    assert main([]) == 0
    assert main(["--check"]) == 0
    (tmp_path / "docs" / "policies.md").write_text("changed by hand")
    assert main(["--check"]) == 1


def test_the_programs_own_table_is_the_written_one() -> None:
    fields = [field.name for field in dataclasses.fields(DeclaredPolicy)]
    for row, one in zip(TABLE.rows, DECLARED, strict=True):
        assert [getattr(row, key) for key in fields] == [getattr(one, key) for key in fields]


@pytest.mark.parametrize("row", [row for row in TABLE.rows if row.setting or row.limits], ids=lambda row: row.name)
def test_a_policy_about_a_setting_has_its_type_and_bounds(row: Any) -> None:  # noqa: ANN401 - a row
    setting = SETTINGS[row.setting or row.limits]
    if row.setting and row.sets is None:
        assert KINDS[row.kind] is setting.kind
        assert row.choices == setting.choices
        if row.kind == "integer":
            assert (row.low, row.high) == (setting.low, setting.high)


@pytest.mark.parametrize("row", TABLE.rows, ids=lambda row: row.name)
def test_its_example_can_be_used_and_what_is_no_such_value_not(row: Any) -> None:  # noqa: ANN401 - a row
    example = list(row.example) if isinstance(row.example, tuple) else row.example
    judged = judge({row.name: example})
    assert judged.mistakes == ()
    policy = Policy(**{row.field: judged.values[row.name]})
    assert policy.to_json()[row.name] == example
    wrongs: tuple[object, ...] = (None, {}, 10**9, "\0" * 5000)
    for wrong in wrongs:
        judged = judge({row.name: wrong})
        assert judged.unusable == {row.name}
        assert f"`{row.name}` must be " in shown(judged.mistakes[0].said)


@pytest.mark.parametrize("row", [row for row in TABLE.rows if row.setting], ids=lambda row: row.name)
def test_a_setting_that_is_decided_is_in_force_and_locked(row: Any) -> None:  # noqa: ANN401 - a row
    policy = Policy(**{row.field: row.example})
    assert getattr(policy.applied(Settings()), row.setting) == (row.example if row.sets is None else row.sets)
    assert row.setting in policy.decided
    assert policy.locked[row.setting]


def test_a_reserved_name_says_so_wherever_it_is_explained() -> None:
    files = made(TABLE)
    planned = [row.name for row in TABLE.rows if row.planned]
    assert set(planned) == {"McpServersAllowed", "EmbeddedModelAllowed"}
    for name in planned:
        section = files["docs/policies.md"].split(f"### {name}\n")[1].split("\n### ")[0]
        assert "*Planned*" in section
    assert "no telemetry" in files["docs/policies.md"]


def test_who_copies_a_sample_has_no_codes_kept_by_it() -> None:
    files = made(TABLE)
    samples = files["installer/policy/linux/sample.json"] + files[f"installer/policy/macos/{TABLE.bundle}.mobileconfig"]
    for name in ("RecoveryEscrowFolder", "RecoveryEscrowKey", "UpdateAddress", "UpdateKey"):
        assert name in files["docs/policies.md"]
        assert name not in samples


def test_templates_are_well_formed_and_speak_of_every_policy() -> None:
    files = made(TABLE)
    admx = ET.fromstring(files["installer/policy/windows/Sottovoce.admx"])  # noqa: S314 - made here
    adml = ET.fromstring(files["installer/policy/windows/en-US/Sottovoce.adml"])  # noqa: S314 - as above
    space = {"g": "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"}
    policies = {one.attrib["name"]: one for one in admx.findall("g:policies/g:policy", space)}
    assert {row.name for row in TABLE.rows} <= policies.keys()
    strings = {one.attrib["id"] for one in adml.iter("{{{}}}string".format(space["g"]))}
    forms = {one.attrib["id"] for one in adml.iter("{{{}}}presentation".format(space["g"]))}
    for policy in policies.values():
        for key in ("displayName", "explainText"):
            assert policy.attrib[key].removeprefix("$(string.").removesuffix(")") in strings
        if form := policy.attrib.get("presentation"):
            assert form.removeprefix("$(presentation.").removesuffix(")") in forms


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "keepDays"}, "PascalCase"),
        ({"type": "number"}, "no such type"),
        ({"category": "Other"}, "no such category"),
        ({"colour": "red"}, "`colour` means nothing"),
        ({"type": "integer"}, "needs its bounds"),
        ({"type": "choice"}, "has choices"),
    ],
)
def test_a_table_that_says_nonsense_makes_nothing(tmp_path: Path, change: dict[str, str], said: str) -> None:
    one = {"name": "Ab", "category": "C", "type": "boolean", "since": "1", "guards": "", "title": "", "text": ""}
    lines = "\n".join(f'{key} = "{value}"' for key, value in (one | change).items())
    table = f'[[category]]\nid = "C"\ntitle = "C"\n[[policy]]\nexample = true\n{lines}\n'
    (tmp_path / "p.toml").write_text(table)
    with pytest.raises(ValueError, match=said):
        read(tmp_path / "p.toml")


def test_while_nothing_can_be_read_all_that_may_be_forbidden_is() -> None:
    assert set(CLOSED.forbidden) == {"export", "erase"}
    assert not Policy().forbidden
    assert CLOSED.knowledge_allowed is False
    assert CLOSED.backups_elsewhere_allowed is False
    assert not CLOSED.lets_ask("http://127.0.0.1:8080/v1")
    assert CLOSED.applied(Settings(keep_days=90)).keep_days == 90
    assert all(getattr(CLOSED, row.field) == row.closed for row in TABLE.rows if row.closed is not None)


def test_the_shipped_table_is_among_the_resources() -> None:
    assert (ROOT / "resources" / "policy" / "policies.toml").is_file()
    assert isinstance(TABLE, Table)
    assert dataclasses.is_dataclass(Policy)
