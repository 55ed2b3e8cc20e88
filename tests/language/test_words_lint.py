"""English in the code is counted, and what stays says why."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tools.words import catalogues
from tools.words.compile import sources
from tools.words.uses import Allowed, allowed, as_today, english_in

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_allowed_is_a_number_or_has_a_reason(tmp_path: Path) -> None:
    left = tmp_path / "left.toml"
    kept = {"a.py": Allowed(2), "b.py": Allowed(3, 'SQL, "quoted"')}
    left.write_text("".join(f'"{where}" = {one}\n' for where, one in kept.items()), "utf-8")
    assert allowed(left) == kept
    assert allowed(tmp_path / "none.toml") == {}


def test_a_reason_stays_and_its_number_only_falls() -> None:
    before = {"sql.py": Allowed(3, "SQL"), "more.py": Allowed(1, "SQL"), "words.py": Allowed(5), "gone.py": Allowed(1)}
    found = {"sql.py": ["a b"], "more.py": ["a b", "c d"], "words.py": ["a b"], "new.py": ["a b", "c d"]}
    assert as_today(found, before) == {
        "sql.py": Allowed(1, "SQL"),
        "more.py": Allowed(1, "SQL"),
        "words.py": Allowed(1),
        "new.py": Allowed(2),
    }


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('raise Wrong("It is gone.")', True),
        ('x = "It is gone." if y == "no one" else ""', True),
        ('log.warning("it is gone")', False),
        ('y = x == "no one"', False),
        ('y = x.startswith("no one")', False),
        ('y = re.search("no one", x)', False),
        ('JsonValue: TypeAlias = "str | list of them"', False),
        ('def f():\n    """It is gone."""', False),
    ],
)
def test_what_only_a_programmer_sees_is_no_english_for_people(code: str, *, shown: bool) -> None:
    assert bool(english_in(tuple(ast.walk(ast.parse(code))))) is shown


@pytest.mark.parametrize("german", [{}, {"clock.ftl": "# en: {hash}\nclock-time = Es ist soweit.\n"}])
def test_every_message_of_english_has_to_be_in_german(tmp_path: Path, german: dict[str, str]) -> None:
    english = {"clock.ftl": "clock-time = It is time.\n", "files.ftl": "files-none = There is none.\n"}
    for name, text in english.items():
        (say := tmp_path / "en" / "say").mkdir(parents=True, exist_ok=True)
        (say / name).write_text(text, "utf-8")
    made_from = catalogues.messages(sources(tmp_path))["en"]["clock-time"].hash
    begun = {"courtesy.ftl": "courtesy-yes = Ja.\n"}
    for name, text in (begun | german).items():
        (say := tmp_path / "de" / "say").mkdir(parents=True, exist_ok=True)
        (say / name).write_text(text.replace("{hash}", made_from), "utf-8")
    missing = [] if german else ["de: clock-time is missing"]
    both = sources(tmp_path)
    found = list(catalogues.faults(both, catalogues.messages(both)))
    assert found == [*missing, "de: files-none is missing", "de: courtesy-yes translates nothing"]
